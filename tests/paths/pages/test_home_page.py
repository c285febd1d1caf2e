"""The first page: what is to decide, what the data tell, where they are from, what it was worth."""

import json
import re
import urllib.parse

import pytest
from access_pages import given, text
from own_query import asked

from pod.consent.deed import Kind, Who, kind_of, party_of
from pod.web.ui.words import words

HOME = "/.account/"
TWIN = "/.account/home.json"


def shown(browser):
    return json.loads(browser.open(TWIN).body)


def links(browser):
    return {
        urllib.parse.unquote_plus(one.replace("&amp;", "&"))
        for one in re.findall(r'href="([^"]+)"', browser.page.text)
    }


@pytest.mark.spec("Self Data PRI-13")
def test_three_insights_are_told_with_their_evidence(lived, matched, browse):
    for known in (lived, matched):
        browser = browse(known.owner)
        found = shown(browser)["insights"]
        assert len(found) == 3
        page = browser.open(HOME).text
        assert page.count('class="chart"') >= 2
        said = " ".join(text(browser).split())
        for one in found:
            assert re.search(r"\d", one["sentence"])
            assert " ".join(one["sentence"].split()) in said


def test_an_insight_says_the_number_of_the_books(lived, browse):
    said = " ".join(one["sentence"] for one in shown(browse(lived.owner))["insights"])
    bill = next(one for one in lived.made.life.bills if one.supplier == "electricity")
    billed = [line.quantity for line in bill.lines if line.unit == "KWH"][-1]
    metered = lived.made.answers["services"]["SVC-18"]["2026-02"]
    assert f"{billed:,}" in said
    assert f"{float(metered):.1f}" in said


@pytest.mark.spec("Self Data PRI-18")
def test_uses_come_before_settings_and_answers_are_near(lived, browse):
    browser = browse(lived.owner)
    page = browser.open(HOME).text
    assert page.index(words("en")["home.insights"]) < page.index(words("en")["home.meter"])
    main = page[page.index("<main") :]
    assert "settings/" not in main
    ways = links(browser)
    assert any("journal/" in one and "category=bank" in one and "month=" in one for one in ways)
    for place in ("recipes/energy/", "recipes/budget/", "recipes/suppliers/", "organisations/"):
        assert any(one.startswith(f"/.account/{place}") for one in ways), place
    assert "/.account/apps/" in ways


def test_what_people_ask_is_answered_within_three_clicks(lived, browse):
    browser = browse(lived.owner)
    browser.open(HOME)
    ways = {one for one in links(browser) if one.startswith("/.account/")}
    january = next(one for one in ways if one.startswith("/.account/recipes/energy/"))
    read = next(one for one in ways if "category=bank" in one)
    number = next(one for one in ways if "record=" in one)
    kwh = lived.made.answers["services"]["SVC-18"]["2026-01"]
    assert browser.open(january).status == 200
    assert "January 2026" in text(browser)
    assert f"{float(kwh):.1f}" in text(browser)
    assert browser.open(urllib.parse.quote(read, safe="/?=&.")).status == 200
    assert browser.title.startswith("Journal")
    assert browser.open(urllib.parse.quote(number, safe="/?=&.")).status == 200
    assert browser.open("/.account/apps/").status == 200


def test_sources_are_those_who_gave_and_the_meter_counts_what_they_gave(lived, browse):
    found = shown(browse(lived.owner))
    # Other tests read with tokens of hers; what the page says is what the journal says.
    told = lived.world.journal(lived.owner.name)
    counted = asked(
        lived,
        "SELECT ?holder { ?i a sd:Import ; <http://www.w3.org/ns/prov#wasAssociatedWith> ?holder . "
        "?holder a sd:Holder } GROUP BY ?holder",
    )
    assert len(found["sources"]) == len(counted)
    assert {one["holder"] for one in counted} == {one.holder for one in lived.made.files}
    reports = asked(lived, "SELECT ?report { ?i a sd:Import ; sd:report ?report }")
    rows = sum(json.loads(one["report"])["new"] for one in reports)
    figures = {one["what"]: one["figure"] for one in found["meter"]}
    assert figures[words("en")["home.meter_records"]] == rows
    owners = lived.world.pod(lived.owner.name).store.identity.owners
    read = [one for one in told if kind_of(one) is Kind.OUT]
    others = [one for one in read if party_of(one.agent, one.client, owners).who is not Who.YOU]
    assert figures[words("en")["home.meter_read"]] == len(others)


def test_whoever_is_new_is_invited_and_led_step_by_step(world, browse):
    owner = world.fresh()
    browser = browse(owner)
    browser.open(HOME)
    assert words("en")["home.begin"] in text(browser)
    assert any(one.startswith("/.account/add/") for one in links(browser))
    assert "svg class" not in browser.page.text.partition("<main")[2]
    browser.open("/.account/step?step=terms")
    assert browser.at.endswith("/.account/terms/")
    browser.open(HOME)
    assert text(browser).count(words("en")["home.done"]) == 1
    later = next(
        number for number, form in enumerate(browser.forms) if form.action == "/.account/step"
    )
    browser.send(form=later)
    assert words("en")["home.steps"] not in text(browser)
    assert browser.open("/.account/step?step=nonsense").status == 200
    assert browser.at.endswith(HOME)


def test_access_that_was_given_counts_as_decided(world, reader, browse):
    owner = world.fresh()
    browser = browse(owner)
    assert shown(browser)["insights"] == []
    given(world, owner, reader)
    browser.open(HOME)
    assert words("en")["home.step_decide"] in text(browser)
    assert text(browser).count(words("en")["home.done"]) == 1
