"""Help on fields: each one of each class has a name, a meaning and an example, in each language."""

import pytest

from pod.insight.fields import fields_of, help_on
from vocab.kinds import KINDS
from vocab.names import SD


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_field_is_without_help(kind, language):
    fields = fields_of(kind.iri)
    assert fields
    for field in fields:
        found = help_on(field, kind.iri, language)
        assert found.label, field
        assert found.meaning, field
        assert found.example, field
        assert "sd:" not in found.meaning, field


def test_terms_in_a_meaning_are_told_by_their_names():
    found = help_on(SD.amount, SD.BankTransaction, "fr")
    assert found.label == "Montant signé"
    assert found.example
