"""The page of a record: within three clicks from home, it says where a number comes from."""

import json
import re
import urllib.parse

from access_pages import text
from own_query import asked

from pod.flows.add import add
from pod.flows.annotate import correct, note
from pod.intake.own import Words
from vocab.names import PROV, SD

_FILE = re.compile(r'href="(/\.account/data/file\?source=[^"]+)" download>([^<]+)<')
HOME, DATA = "/.account/", "/.account/data"


def page_of(iri: str, form: str = "/") -> str:
    return f"{DATA}{form}?{urllib.parse.urlencode({'record': iri})}"


def one_of(lived, kind: str, more: str = "") -> str:
    return asked(lived, f"SELECT ?x {{ ?x a sd:{kind} . {more} }} ORDER BY ?x LIMIT 1")[0]["x"]


def test_where_a_number_comes_from_is_three_clicks_from_home(lived, browse):
    browser = browse(lived.owner)
    home = browser.open(HOME).text
    assert f'href="{DATA}/"' in home
    data = browser.open(f"{DATA}/").text
    category = re.search(r'href="(/\.account/data/\?in=bank&amp;class=BankTransaction)"', data)
    rows = browser.open(category[1].replace("&amp;", "&")).text
    record = re.search(r'href="(/\.account/data/\?record=[^"]+)"', rows)
    browser.open(record[1].replace("&amp;", "&"))
    said = text(browser)
    assert "Where it comes from" in said
    assert "in the original file" in said


def test_a_record_is_told_with_its_file_and_the_file_is_as_it_was_given(lived, browse):
    browser = browse(lived.owner)
    iri = one_of(lived, "BankTransaction")
    answer = browser.open(page_of(iri))
    files = re.findall(
        r'href="(/\.account/data/file\?source=[^"]+)" download>([^<]+)<', answer.text
    )
    assert files
    contents = {path.rpartition("/")[2]: body for path, body in lived.made.contents.items()}
    for address, name in files:
        given = browser.open(address.replace("&amp;", "&"))
        assert given.status == 200
        assert given.body == contents[name]
        assert given.headers["Content-Disposition"].startswith("attachment")
        assert given.headers["Content-Type"] == "application/octet-stream"


def test_what_a_page_says_of_a_record_is_what_is_stored(lived, browse):
    browser = browse(lived.owner)
    iri = one_of(lived, "Payslip")
    rows = json.loads(browser.open(page_of(iri, ".json")).body)["record"]
    net = asked(lived, f"SELECT ?v {{ <{iri}> sd:netPay ?v }}")[0]["v"]
    assert {row["field"]: row["value"] for row in rows}[SD.netPay] == float(net)
    assert all(row["label"] and row["meaning"] for row in rows)
    turtle = browser.open(page_of(iri, ".ttl"))
    assert turtle.headers["Content-Type"] == "text/turtle"
    assert f"<{iri}>" in turtle.text


def test_what_goes_with_a_record_leads_there_and_back(lived, browse):
    browser = browse(lived.owner)
    iri = one_of(lived, "Purchase", "?x sd:line ?l")
    lines = asked(lived, f"SELECT ?l {{ <{iri}> sd:line ?l }}")
    browser.open(page_of(iri))
    for line in lines:
        assert urllib.parse.quote(line["l"], safe="") in browser.page.text
    browser.open(page_of(lines[0]["l"]))
    assert urllib.parse.quote(iri, safe="") in browser.page.text


def test_what_she_says_of_a_record_stands_beside_what_the_holder_says(world, browse):
    owner = world.fresh()
    path = "data/bank/b/2026/2026-01.ttl"
    body = (
        f"<#one> a <{SD.BankTransaction}> ; <{PROV.wasGeneratedBy}> <#hand> ; "
        f"<{SD.account}> <#a> ; <{SD.holder}> <https://b.example/> ; "
        f'<{SD.sourceLabel}> "COFFEE" ; <{SD.amount}> -2.5 ; '
        f'<{SD.date}> "2026-01-02"^^<http://www.w3.org/2001/XMLSchema#date> .'
    )
    assert owner.put(f"{owner.storage}{path}", body).status == 201
    iri = f"{owner.storage}{path}#one"
    pod = world.pod(owner.name)
    world.run(note(iri, "with Ada", pod))
    world.run(correct(iri, "amount", "-3.5", pod))
    browser = browse(owner)
    browser.open(page_of(iri))
    said = text(browser)
    assert "with Ada" in said
    assert "You corrected “Amount”: -3.5." in said
    assert "2.50" in said


def test_nothing_but_records_and_files_of_hers_is_told(lived, world, browse):
    browser = browse(world.fresh())
    for iri in (
        one_of(lived, "Payslip"),
        "nothing",
        f"{lived.owner.storage}data/x> <y",
        f"{lived.owner.storage}profile/card#me",
    ):
        assert browser.open(page_of(iri)).status == 404
        assert browser.open(page_of(iri, ".ttl")).status == 404
    for source in ("profile/card", "imports/", "imports/2026/files/none", "../x", ""):
        sent = urllib.parse.urlencode({"source": source})
        assert browser.open(f"{DATA}/file?{sent}").status == 404


def test_what_a_record_said_before_stands_below_what_it_says_now(world, browse):
    owner = world.fresh()
    pod = world.pod(owner.name)
    for total in ("40", "42.5"):
        said = Words(
            kind="Invoice",
            said=(("total", total), ("date", "2026-01-02"), ("counterpartyName", "Water")),
            id="bill",
            domain="energy",
        )
        done = world.run(add(said, pod))
    browser = browse(owner)
    browser.open(page_of(done.record))
    now, _, before = text(browser).partition("What this item said before")
    assert "42.50" in now
    assert "Bill, given by you." in now
    assert "40.00" in before
    assert "42.50" not in before
    assert "Water" not in before
