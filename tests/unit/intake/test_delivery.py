"""Who gave an export, and what that holder is called."""

import pytest

from importers import by_format
from pod.intake.delivery import Delivery, holder_of
from vocab.offers import catalogue

EDF = "https://www.edf.fr/"


@pytest.mark.parametrize(
    ("holder", "called", "name"),
    [
        ("https://banque.example/", "Banque Exemple", "Banque Exemple"),
        ("https://banque.example/", "", "banque.example"),
        (EDF, "", catalogue().holders[EDF].name),
        (EDF, "EDF Pro", "EDF Pro"),
        (None, "Banque Exemple", "Banque Exemple"),
    ],
)
def test_a_holder_is_called_as_is_said_then_as_the_catalogue_has_it(holder, called, name):
    importer = by_format("ofx")
    assert importer is not None
    delivery = Delivery(filename="a.ofx", media_type="", content=b"", holder=holder, called=called)
    found = holder_of(delivery, importer, b"")
    assert (found.iri, found.name) == (holder or importer.holder(b"").iri, name)
