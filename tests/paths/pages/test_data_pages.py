"""The pages of a person's data: what they count is what the public query counts."""

import csv
import io
import json
import urllib.parse

from access_pages import given, text
from own_query import asked

from pod.insight.life import LIFE
from pod.web.ui.kinds import kinds_named
from vocab.kinds import KINDS
from vocab.names import SD

DATA = "/.account/data"
_KINDS = {kind.iri for kind in KINDS.values()}
BANK = "in=bank&class=BankTransaction"


def several(iri: str) -> str:
    return kinds_named(iri.removeprefix(SD.NS), "en")


def movements(lived) -> int:
    return sum(account["movements"] for account in lived.made.answers["accounts"])


def test_all_domains_of_a_life_are_shown_in_both_languages(lived, browse, world):
    for who in (lived.owner, world.fresh()):
        for language, money in (("fr", "Argent"), ("en", "Money")):
            browser = browse(who, language)
            browser.open(f"{DATA}/")
            assert money in text(browser)
            assert all(f"domain={life.name}" in browser.page.text for life in LIFE)


def test_what_is_counted_is_what_a_query_counts(lived, browse):
    shown = json.loads(browse(lived.owner).open(f"{DATA}.json").body)["categories"]
    counted = asked(
        lived,
        "SELECT ?c ?d (COUNT(?x) AS ?n) { ?x a ?c ; sd:holder ?h . "
        'BIND(STRBEFORE(STRAFTER(STR(?x), "/data/"), "/") AS ?d) } GROUP BY ?c ?d',
    )
    numbers = {(several(row["c"]), int(row["n"])) for row in counted if row["c"] in _KINDS}
    assert {(one["category"], one["count"]) for one in shown} <= numbers
    broader = {several(SD.Account), several(SD.Contract)}
    left_out = numbers - {(one["category"], one["count"]) for one in shown}
    assert {name for name, _ in left_out} <= broader
    first = shown[0]
    assert (first["domain"], first["category"]) == ("Money", "Bank transactions")
    assert first["count"] == movements(lived)


def test_a_category_is_counted_by_holder_and_shown_with_its_newest_records(lived, browse):
    browser = browse(lived.owner)
    found = json.loads(browser.open(f"{DATA}.json?{BANK}").body)
    assert sum(one["count"] for one in found["sources"]) == movements(lived)
    newest = asked(lived, "SELECT (MAX(?on) AS ?day) { ?x a sd:BankTransaction ; sd:date ?on }")[0][
        "day"
    ]
    assert found["records"][0]["date"] == newest
    days = [one["date"] for one in found["records"]]
    assert days == sorted(days, reverse=True)
    rows = list(csv.DictReader(io.StringIO(browser.open(f"{DATA}.csv?{BANK}").text)))
    assert [float(row["amount"]) for row in rows] == [one["amount"] for one in found["records"]]


def test_pages_and_filters_show_each_record_once(lived, browse):
    browser = browse(lived.owner)
    seen, page = [], 0
    while rows := json.loads(browser.open(f"{DATA}.json?{BANK}&page={page}").body)["records"]:
        seen += rows
        page += 1
    assert len(seen) == movements(lived)
    holder = asked(
        lived, "SELECT DISTINCT ?h { ?x a sd:BankTransaction ; sd:holder ?h } ORDER BY ?h"
    )[0]["h"]
    named_ = urllib.parse.quote(holder, safe="")
    only = browser.open(f"{DATA}/?{BANK}&holder={named_}&origin=observed")
    assert only.status == 200
    none = json.loads(browser.open(f"{DATA}.json?{BANK}&holder={named_}&origin=derived").body)
    assert none["records"] == []


def test_a_category_says_who_can_read_it(world, browse):
    owner, reader = world.fresh(), world.fresh()
    put = owner.put(
        f"{owner.storage}data/bank/b/2026/2026-01.ttl",
        f"<#one> a <{SD.BankTransaction}> ; <{SD.holder}> <https://b.example/> ; "
        f'<{SD.date}> "2026-01-02"^^<http://www.w3.org/2001/XMLSchema#date> ; <{SD.amount}> 2.5 .',
    )
    assert put.status == 201, put.text
    browser = browse(owner)
    browser.open(f"{DATA}/?{BANK}")
    assert reader.webid not in text(browser)
    given(world, owner, reader)
    browser.open(f"{DATA}/?{BANK}")
    assert f"{reader.webid} can read all that has to do with “Money”." in text(browser)


def test_what_is_written_and_deleted_is_seen_at_the_next_look(world, browse):
    owner = world.fresh()
    browser = browse(owner)
    day = '"2026-01-02"^^<http://www.w3.org/2001/XMLSchema#date>'
    one = f"a <{SD.BankTransaction}> ; <{SD.holder}> <https://b.example/> ; <{SD.date}> {day} ."
    at = f"{owner.storage}data/bank/b/2026/2026-01.ttl"
    for count in (1, 2, 1):
        put = owner.put(at, "".join(f"<#r{n}> {one}\n" for n in range(count)))
        assert put.status in {201, 204}
        found = json.loads(browser.open(f"{DATA}.json?{BANK}").body)
        assert len(found["records"]) == sum(each["count"] for each in found["sources"]) == count
        assert browser.open(f"{DATA}.ttl?{BANK}").body.count(b"#r") == count
    assert owner.delete(at).status == 205
    for form in ("/", ".json", ".ttl"):
        assert browser.open(f"{DATA}{form}?{BANK}").status == 404


def test_what_is_not_there_is_said(lived, browse):
    browser = browse(lived.owner)
    for asked_for in ("in=bank&class=Nothing", "in=nowhere&class=Trip", "in=health&class=Trip"):
        for form in ("/", ".json", ".ttl"):
            assert browser.open(f"{DATA}{form}?{asked_for}").status == 404
    for form in ("/", ".json", ".ttl"):
        assert browser.open(f"{DATA}{form}?domain=nothing").status == 404
    filtered = f"{DATA}.ttl?{BANK}&origin=derived"
    assert browser.open(filtered).body == b""
    assert browser.open(f"{DATA}.csv?domain=money&sheet=nothing").status == 404


def test_each_field_of_a_page_has_its_help(lived, browse):
    browser = browse(lived.owner, "fr")
    browser.open(f"{DATA}/?{BANK}")
    assert "Montant" in text(browser)
    found = json.loads(browser.open(f"{DATA}.json?{BANK}").body)
    explained = {one["field"].rpartition("#")[2] for one in found["fields"]}
    assert set(found["records"][0]) <= explained
    assert all(one["meaning"] and one["example"] for one in found["fields"])
