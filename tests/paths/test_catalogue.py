"""The catalogue of data given back, as anyone reads it."""

import csv
import io

import pytest
from answers import said

from importers import IMPORTERS
from pod.catalogue.lines import importable, lines
from tests import importable as tried
from vocab.names import DCAT, RDF, SD

PAGE = "ns/catalogue"


@pytest.mark.spec("Self Data CON-05")
@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json"])
def test_it_is_dcat(world, nobody, accept):
    answer = nobody.get(world.base + PAGE, {"Accept": accept})
    assert answer.headers["Content-Type"] == accept
    kinds = [str(kind) for _, is_a, kind in said(answer, world.base) if str(is_a) == RDF.type]
    assert kinds.count(SD.DataOffer) == len(lines()) > 100
    assert DCAT.Distribution in kinds


@pytest.mark.spec("Self Data CON-05")
@pytest.mark.parametrize("path", [PAGE, f"{PAGE}.csv"])
def test_it_is_a_table_with_a_line_for_each_property(world, nobody, path):
    answer = nobody.get(world.base + path, {"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.body.decode())))
    (amount,) = (
        row
        for row in rows
        if (row["holder"], row["class"], row["property"])
        == ("La Banque Postale", "sd:BankTransaction", "sd:amount")
    )
    assert (amount["at_least"], amount["at_most"], amount["importable"]) == ("1", "1", "yes")
    assert "la-banque-postale-csv" in amount["imported_by"].split()
    assert amount["example"]


@pytest.mark.parametrize(
    ("language", "heading"),
    [("fr", "Catalogue des données restituées"), ("en", "Catalogue of data given back")],
)
def test_it_is_a_page_in_the_reader_s_language(world, nobody, language, heading):
    wanted = {"Accept": "text/html", "Accept-Language": language}
    answer = nobody.get(world.base + PAGE, wanted)
    assert answer.headers["Content-Type"].startswith("text/html")
    assert f"<h1>{heading}</h1>" in answer.body.decode()
    assert "<script" not in answer.body.decode()


@pytest.mark.spec("Self Data CON-15")
def test_what_it_says_is_importable_is_what_importers_make():
    assert tried.TARGET.read_text(encoding="utf-8") == tried.text()
    assert set(importable()) == {one.format for one in IMPORTERS}


@pytest.mark.spec("Self Data CON-15")
def test_what_is_given_is_importable_or_said_not_to_be(world, nobody):
    shown = nobody.get(world.base + PAGE, {"Accept": "text/html"}).body.decode()
    for line in lines():
        made = frozenset().union(*(importable()[name].classes for name in line.by))
        assert set(line.offer.classes) - made == set(line.missing)
        told = shown.partition(f'id="{line.offer.name}"')[2].partition("</ul>")[0]
        assert ("no, not yet" in told) == (not line.by)
        assert ("Importable here: yes" in told) == line.is_importable


def test_the_formats_that_an_offer_names_are_imported():
    named = {name for line in lines() for name in line.offer.formats}
    assert named <= set(importable())
