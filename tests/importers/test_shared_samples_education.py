"""Real files of schools and of Europass, where they are at hand."""

import pytest

from importers.contract import Record
from tests.importers.test_shared_samples import MANIFEST, counted, expected, read, rows_lost

pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="the shared samples are not at hand")


def test_a_european_digital_credential_has_its_claim():
    name = "elm/Sample-CertOfPart-unsigned.jsonld"
    _, items = read(name)
    # The manifest counts the members of the one claim, which is no list.
    assert expected(name)["claims"] == 9
    assert [record.kind for record in counted(items)] == ["Credential", "Enrolment"]
    person = [i for i in items if isinstance(i, Record) and i.kind == "CustomerFile"]
    assert len(person) == 1
    assert rows_lost(items) == []


def test_a_europass_cv_has_the_entries_that_were_counted():
    name = "europass/CV-Example-v3.0-TEST-SIMPLE.xml"
    _, items = read(name)
    known = expected(name)
    records = [(record.kind, dict(record.fields)) for record in counted(items)]
    natures = [fields["sd:nature"].name for _, fields in records if "sd:nature" in fields]
    assert natures.count("job") == known["work"]
    assert natures.count("language") == known["langs"]
    assert [kind for kind, _ in records].count("Enrolment") == known["education"]
    assert rows_lost(items) == []
