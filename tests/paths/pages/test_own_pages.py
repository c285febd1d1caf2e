"""A record written by hand on a page, put right, noted on and forgotten."""

import re
import urllib.parse

import pytest
from access_pages import text
from uploading import brought, kept

from importers.members import kinds
from pod.flows.rows import rows

OWN = "/.account/add/own"
SAID = (
    "PREFIX sd: <https://w3id.org/selfdata/ns#> PREFIX schema: <https://schema.org/>"
    " SELECT ?record ?price ?origin { ?record a sd:Contract ; sd:periodicPrice ?price ."
    " OPTIONAL { ?record sd:dataOrigin ?origin } }"
)


def contracts(world, who):
    return world.run(rows(SAID, world.pod(who.name)))


@pytest.fixture
def written(world, browse):
    """Somebody who has written down a contract, and her browser at it."""
    who = world.fresh()
    browser = browse(who)
    browser.open(f"{OWN}?class=Contract")
    browser.send(
        {
            "domain": "energy",
            "id": "C-17",
            "said-schema:name": "Wood <b>pellets</b>",
            "said-sd:periodicPrice": "12,50",
        }
    )
    return who, browser


@pytest.mark.parametrize("language", ["fr", "en"])
def test_there_is_a_form_for_each_class_in_words(browse, world, language):
    browser = browse(world.fresh(), language)
    browser.open(OWN)
    addresses = re.findall(r'href="([^"]*class=[^"]*)"', browser.page.text)
    assert len(addresses) == len(kinds())
    for address in addresses[:: len(addresses) // 8]:
        assert browser.open(address.replace("&amp;", "&")).status == 200
        # No name of a property is left bare where its label should be.
        assert not re.search(r"<label>[a-z]+:[A-Za-z]", browser.page.text)


def test_a_record_is_written_and_said_to_be_hers(written, world):
    who, browser = written
    (row,) = contracts(world, who)
    assert (row["price"], row["origin"].rpartition("#")[2]) == ("12.5", "provided")
    assert "/data/energy/self/" in row["record"]
    assert "It is kept, as provided by you." in text(browser)
    assert "Wood &lt;b&gt;pellets&lt;/b&gt;" in browser.page.text


def test_the_same_name_changes_what_was_written(written, world):
    who, browser = written
    browser.open(f"{OWN}?class=Contract")
    browser.send({"domain": "energy", "id": "C-17", "said-sd:periodicPrice": "13"})
    assert "It is changed." in text(browser)
    assert [row["price"] for row in contracts(world, who)] == ["13"]


def test_what_does_not_fit_is_told_and_what_was_typed_stays(browse, world):
    browser = browse(world.fresh())
    browser.open(f"{OWN}?class=Contract")
    browser.send(
        {"domain": "energy", "id": "C-1", "said-schema:name": "X", "said-sd:periodicPrice": "much"}
    )
    assert browser.page.status == 400
    assert "write a number, as in 12.50." in text(browser)
    assert "sd:" not in text(browser)
    assert 'value="much"' in browser.page.text
    # The sentence leads to its field, and the field is told of the sentence.
    field = "said-sd:periodicPrice"
    assert f'<li id="wrong-{field}"><a href="#{field}">' in browser.page.text
    assert f'id="{field}" name="{field}" aria-invalid="true" aria-describedby="wrong-{field}"' in (
        browser.page.text
    )


def test_a_record_of_an_organisation_is_corrected_and_keeps_what_it_said(lived, browse, world):
    who = world.fresh()
    (file,) = [one for one in lived.made.files if one.path.endswith("savings.csv")]
    browser = browse(who)
    brought(browser, [("savings.csv", file.content)])
    kept(browser)
    found = world.run(
        rows(
            "PREFIX sd: <https://w3id.org/selfdata/ns#> SELECT ?record ?amount"
            " { ?record a sd:BankTransaction ; sd:amount ?amount } ORDER BY ?record",
            world.pod(who.name),
        )
    )
    record = found[0]["record"]
    browser.open(f"{OWN}?{urllib.parse.urlencode({'record': record})}")
    assert not any("forget" in form.action for form in browser.forms)
    # The page of the record and this one lead to each other.
    (address,) = set(re.findall(r'href="(/\.account/data/[^"]*record=[^"]*)"', browser.page.text))
    page = browser.open(address.replace("&amp;", "&"))
    (back,) = set(re.findall(r'href="(/\.account/add/own[^"]*)"', page.text))
    browser.open(back.replace("&amp;", "&"))
    form = next(n for n, one in enumerate(browser.forms) if "correct" in one.action)
    browser.send({"property": "sd:amount", "value": "-1.25"}, form=form)
    assert "It is corrected." in text(browser)
    assert "\N{MINUS SIGN}1.25" in text(browser)
    form = next(n for n, one in enumerate(browser.forms) if "note" in one.action)
    browser.send({"note": "ask them why"}, form=form)
    assert "Your note is kept." in text(browser)
    browser.post(f"{OWN}/forget", {"record": record, "sure": "yes"})
    assert browser.page.status == 404


def test_what_she_wrote_is_forgotten_once_she_is_sure(written, world):
    who, browser = written
    at, form = browser.at, len(browser.forms) - 2
    assert "forget" in browser.forms[form].action
    assert browser.send({}, form=form).status == 400
    browser.send({"sure": "yes"}, form=len(browser.forms) - 2)
    assert contracts(world, who) == ()
    assert browser.open(at).status == 404


def test_another_account_sees_and_changes_nothing_of_it(written, browse, world):
    who, _ = written
    (row,) = contracts(world, who)
    other = browse(world.fresh())
    named = {"record": row["record"]}
    assert other.open(f"{OWN}?{urllib.parse.urlencode(named)}").status == 404
    for act in ("/correct", "/note", "/forget"):
        more = {"property": "sd:periodicPrice", "value": "1", "note": "x", "sure": "yes"}
        other.open(OWN)
        assert other.post(OWN + act, named | more).status == 404
    assert [one["price"] for one in contracts(world, who)] == ["12.5"]


def test_what_is_lacking_is_told_in_words(browse, world):
    browser = browse(world.fresh(), "fr")
    browser.open(f"{OWN}?class=HealthMeasure")
    browser.send({"said-sd:date": "2026-03-01"})
    assert browser.page.status == 400
    assert "Ce qui est mesuré" in text(browser)
    assert "il le faut" in text(browser)


def test_a_correction_that_does_not_fit_is_told_in_words(written, world):
    who, browser = written
    form = next(n for n, one in enumerate(browser.forms) if "correct" in one.action)
    browser.send({"property": "sd:periodicPrice", "value": "dear"}, form=form)
    assert browser.page.status == 400
    assert "write a number, as in 12.50." in text(browser)
    assert [row["price"] for row in contracts(world, who)] == ["12.5"]
