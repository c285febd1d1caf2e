"""Everything over time: all dated categories in one order, and all of one organisation."""

import json
import urllib.parse
from datetime import date

from access_pages import given, text
from own_query import asked

TIMELINE = "/.account/timeline"


def shown(browser, **named: object) -> dict[str, list[dict]]:
    sent = urllib.parse.urlencode(named)
    return json.loads(browser.open(f"{TIMELINE}.json?{sent}").body)


def test_a_month_has_each_dated_record_once_and_in_order(lived, browse):
    browser = browse(lived.owner)
    counted = int(
        asked(
            lived,
            "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?x sd:date ?d ; sd:holder ?h "
            'FILTER(STRSTARTS(STR(?d), "2026-02")) }',
        )[0]["n"]
    )
    found, page = [], 0
    while rows := shown(browser, when="2026-02", page=page)["timeline"]:
        found += rows
        page += 1
    assert len(found) == counted
    days = [one["day"] for one in found]
    assert days == sorted(days, reverse=True)
    assert len({one["category"] for one in found}) >= 4
    assert sum(one["count"] for one in shown(browser, when="2026-02")["days"]) == counted


def test_a_year_is_drawn_and_told_in_both_languages(lived, browse):
    for language, said in (("fr", "En 2026"), ("en", "In 2026")):
        browser = browse(lived.owner, language)
        answer = browser.open(f"{TIMELINE}/?when=2026")
        assert "<svg" in answer.text
        assert 'href="/.account/timeline/?when=2026-02"' in answer.text
        assert said in text(browser)


def test_an_organisation_is_followed_over_its_categories_what_it_gave_and_read(lived, browse):
    browser = browse(lived.owner)
    world = lived.world
    energy = next(
        row["h"]
        for row in asked(lived, "SELECT DISTINCT ?h { ?x a sd:Invoice ; sd:holder ?h }")
        if "energie" in row["h"]
    )
    found = shown(browser, when="2026", holder=energy)
    assert {one["source"] for one in found["timeline"]} == {
        asked(lived, f"SELECT ?n {{ <{energy}> <https://schema.org/name> ?n }}")[0]["n"]
    }
    today = world.server.now().date()
    browser.open(
        f"{TIMELINE}/?{urllib.parse.urlencode({'holder': energy, 'when': f'{today:%Y-%m}'})}"
    )
    assert "gave data back" in browser.page.text


def test_who_reads_is_in_the_timeline_of_that_organisation(world, browse):
    owner, reader = world.fresh(), world.fresh()
    given(world, owner, reader)
    day = world.server.now().date()
    put = owner.put(
        f"{owner.storage}data/bank/b/holder.ttl",
        f"<{reader.webid}> a <https://w3id.org/selfdata/ns#Holder> ; "
        '<https://schema.org/name> "The reader" . '
        "<#a> a <https://w3id.org/selfdata/ns#Balance> ; "
        f"<https://w3id.org/selfdata/ns#holder> <{reader.webid}> ; "
        "<https://w3id.org/selfdata/ns#date> "
        f'"{day}"^^<http://www.w3.org/2001/XMLSchema#date> .',
    )
    assert put.status == 201, put.text
    assert reader.get(f"{owner.storage}data/bank/b/holder.ttl").status == 200
    browser = browse(owner)
    browser.open(f"{TIMELINE}/?{urllib.parse.urlencode({'holder': reader.webid})}")
    assert "read data" in browser.page.text
    assert "You and The reader" in text(browser)


def test_nothing_and_nobody_are_said(lived, world, browse):
    browser = browse(world.fresh())
    assert browser.open(f"{TIMELINE}/").status == 200
    assert "Nothing has a date" in text(browser)
    for holder in ("https://nobody.example/", "nothing", "> <"):
        sent = urllib.parse.urlencode({"holder": holder})
        assert browser.open(f"{TIMELINE}/?{sent}").status == 404
    assert date.fromisoformat(shown(browse(lived.owner))["timeline"][0]["day"])
