"""The catalogue of data given back, as anyone reads it."""

import csv
import io
from html import escape

import pytest
from answers import said

from importers import known
from pod.catalogue.lines import lines
from tests import importable as tried
from vocab.formats import importable
from vocab.names import DCAT, DCTERMS, RDF, SD
from vocab.offers import FREQUENCIES
from vocab.samples import sample

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
    assert set(importable()) == {one.format for one in known()}


@pytest.mark.spec("Self Data CON-15")
def test_what_is_given_is_importable_or_said_not_to_be(world, nobody):
    shown = nobody.get(world.base + PAGE, {"Accept": "text/html"}).body.decode()
    for line in lines():
        made = frozenset().union(*(importable()[name].classes for name in line.by))
        assert set(line.offer.classes) - made == set(line.missing)
        told = shown.partition(f'id="{line.offer.name}"')[2].partition("</details>")[0]
        assert (">\nno, not yet" in told) == (not line.by)
        assert (">\nyes: " in told) is (not line.missing)


def test_the_formats_that_an_offer_names_are_imported():
    named = {name for line in lines() for name in line.offer.formats}
    assert named <= set(importable())


@pytest.mark.spec("Self Data CON-05")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_shows_how_often_how_far_back_and_what_each_field_looks_like(
    world, nobody, language
):
    wanted = {"Accept": "text/html", "Accept-Language": language}
    shown = nobody.get(world.base + PAGE, wanted).body.decode()
    told = shown.partition('id="enedis-daily"')[2].partition("</details>")[0]
    often = {"fr": ("chaque jour", "trois ans"), "en": ("every day", "three years")}[language]
    assert all(f"<dd>{words}</dd>" in told for words in often)
    energy = {"fr": "Énergie (kWh)", "en": "Energy (kWh)"}[language]
    value = int(float(sample(SD.Consumption, SD.energy)))
    assert f"<dt>{energy}</dt><dd>{value}\u00a0kWh</dd>" in told
    groups = {line.holder.name for line in lines() if line.holder}
    assert all(f">{escape(name)}</a></li>" in shown for name in groups)


@pytest.mark.spec("Self Data CON-05")
def test_the_table_names_and_exemplifies_every_field(world, nobody):
    answer = nobody.get(world.base + f"{PAGE}.csv", {"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(answer.body.decode())))
    assert all(row[name] for row in rows for name in ("property_fr", "property_en", "example"))
    assert all(row["update_every"] for row in rows if row["holder"])


@pytest.mark.spec("Self Data CON-05")
def test_the_dcat_says_how_often_and_which_shape(world, nobody):
    answer = nobody.get(world.base + PAGE, {"Accept": "text/turtle"})
    offer = "https://w3id.org/selfdata/catalogue#la-banque-postale-operations"
    about = {(str(p), str(o)) for s, p, o in said(answer, world.base) if str(s) == offer}
    assert (DCTERMS.accrualPeriodicity, f"{FREQUENCIES}DAILY") in about
    assert (DCTERMS.conformsTo, "https://w3id.org/selfdata/shapes#BankTransactionShape") in about
