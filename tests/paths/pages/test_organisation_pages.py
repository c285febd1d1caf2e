"""The pages of organisations, whose numbers are those of the same questions asked by anybody."""

import csv
import io
import json
import secrets
import urllib.parse
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from access_pages import text
from uploading import brought, kept

from pod.flows.share import accept
from pod.insight.query import query
from pod.intake.holder import RANDOM_BYTES, Deposit, keygen, profile, signed_request

HERE = "/.account/organisations/"
BANK = "https://banque.example/"
INSURER = "https://assureur.example/"
ENERGY = "https://energie.example/"


def at(**named: str) -> str:
    return f"{HERE}?{urllib.parse.urlencode(named)}"


def asked(lived, name: str) -> list[dict[str, str]]:
    """The rows of a query behind the pages, by the query endpoint."""
    url = f"{lived.owner.storage}.well-known/sparql?" + urllib.parse.urlencode(
        {"query": query(name)}
    )
    answer = lived.owner.get(url, {"Accept": "application/sparql-results+json"})
    found = answer.json()["results"]["bindings"]
    return [{key: term["value"] for key, term in row.items()} for row in found]


def imports_of(lived, holder: str) -> list[dict[str, str]]:
    return [row for row in asked(lived, "imports") if row["holder"] == holder]


def test_each_organisation_is_there_once(lived, browse):
    browser = browse(lived.owner)
    page = browser.open(HERE)
    assert browser.title == "My organisations"
    holders = {file.holder for file in lived.made.files}
    for holder in holders:
        assert page.text.count(urllib.parse.quote(holder, safe="") + '"') == 1, holder
    rows = csv.DictReader(io.StringIO(browser.open("/.account/organisations.csv").text))
    assert sum(int(row["imports"]) for row in rows) == len(
        {row["import"] for row in asked(lived, "imports")}
    )


def test_what_an_organisation_gave_is_what_a_query_finds(lived, browse):
    browser = browse(lived.owner)
    found = {
        row["class"].rpartition("#")[2]: int(row["count"])
        for row in asked(lived, "organisations")
        if row["holder"] == BANK
    }
    address = f"/.account/organisations.json?{urllib.parse.urlencode({'holder': BANK})}"
    shown = json.loads(browser.open(address).text)
    told = {row["category"]: row["count"] for row in shown["categories"]}
    assert told["Bank transaction"] == found["BankTransaction"]
    assert told["Account balance"] == found["Balance"]
    assert "Account" not in told  # each is told as the bank account that it is
    assert len(shown["imports"]) == len(imports_of(lived, BANK))
    reports = [json.loads(row["report"]) for row in imports_of(lived, BANK)]
    assert sum(row["read"] for row in shown["imports"]) == sum(one["read"] for one in reports)


def test_an_import_leads_to_its_report_and_to_its_file(lived, browse):
    browser = browse(lived.owner)
    (row, *_) = imports_of(lived, BANK)
    report = json.loads(row["report"])
    browser.open(at(**{"import": row["import"]}))
    said = text(browser)
    assert f"Rows read {report['read']}" in said
    assert f"New {report['new']}" in said
    assert row["name"] in said
    named = {"file": row["address"], "space": lived.owner.name}
    answer = browser.open(f"{HERE}file?{urllib.parse.urlencode(named)}")
    (file,) = [one for one in lived.made.files if one.path.rpartition("/")[2] == row["name"]]
    assert answer.body == file.content
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_large_file_comes_whole(lived, browse, world):
    who = world.fresh()
    (file,) = [one for one in lived.made.files if one.path.endswith("energie/contrats.json")]
    large = file.content + b" " * (300 * 1024)
    browser = browse(who)
    brought(browser, [("contrats.json", large)])
    kept(browser)
    browser.open(HERE)
    browser.open(at(holder=file_holder(browser)))
    (address,) = [one for one in addresses(browser) if "/file?" in one]
    assert browser.open(address).body == large
    # A record leads to the very file, too.
    (named,) = urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["file"]
    source = urllib.parse.urlencode({"source": named.removeprefix(who.storage)})
    assert browser.open(f"/.account/data/file?{source}").body == large


def addresses(browser) -> list[str]:
    return [
        part.partition('"')[0].replace("&amp;", "&")
        for part in browser.page.text.split('href="')[1:]
    ]


def file_holder(browser) -> str:
    (address,) = {one for one in addresses(browser) if "holder=" in one}
    return urllib.parse.parse_qs(urllib.parse.urlsplit(address).query)["holder"][0]


@pytest.mark.parametrize(
    "path",
    ["profile/card", "data/bank/", "imports/", "imports/2026/files/none", "../x/imports/a/files/b"],
)
def test_nothing_else_is_given_as_a_file(lived, browse, path):
    named = {"file": lived.owner.storage + path, "space": lived.owner.name}
    assert browse(lived.owner).open(f"{HERE}file?{urllib.parse.urlencode(named)}").status == 404


def test_another_account_gets_no_file(lived, browse, world):
    (row, *_) = imports_of(lived, BANK)
    other = browse(world.fresh())
    for named in ({"file": row["address"]}, {"file": row["address"], "space": lived.owner.name}):
        assert other.open(f"{HERE}file?{urllib.parse.urlencode(named)}").status == 404
    assert other.open(at(holder=BANK)).status == 404


@pytest.mark.spec("Self Data SVC-36")
def test_whom_to_call_about_a_contract_is_on_one_card(lived, browse):
    browser = browse(lived.owner)
    browser.open(at(holder=ENERGY))
    cards = [part.partition("</li>")[0] for part in browser.page.text.split('<li class="card">')]
    number = next(
        row["number"] for row in contracts(lived) if row["holder"] == ENERGY and "number" in row
    )
    (card,) = [one for one in cards if f"<strong>{number}</strong>" in one]
    assert "Energie Exemple" in card
    assert "electricity" in card
    browser.open(at(holder=INSURER))
    assert "332.64 a year" in text(browser).replace("€", "")


def contracts(lived) -> list[dict[str, str]]:
    found = (
        "PREFIX sd: <https://w3id.org/selfdata/ns#> SELECT ?holder ?number"
        " { ?x a sd:Contract ; sd:holder ?holder . OPTIONAL { ?x sd:recordId ?number } }"
        " ORDER BY ?number"
    )
    url = f"{lived.owner.storage}.well-known/sparql?" + urllib.parse.urlencode({"query": found})
    answer = lived.owner.get(url, {"Accept": "application/sparql-results+json"})
    rows = answer.json()["results"]["bindings"]
    return [{key: term["value"] for key, term in row.items()} for row in rows]


def test_what_could_not_be_read_is_remembered_with_its_place(lived, browse, world):
    who = world.fresh()
    (file,) = [one for one in lived.made.files if one.path.endswith("savings.csv")]
    browser = browse(who)
    brought(browser, [("savings.csv", file.content + b"2026-13-45;x;y;z;t;u;v;w\r\n")])
    assert "1 refused" in text(browser)
    kept(browser)
    browser.open(HERE)
    browser.open(at(holder=file_holder(browser)))
    (address,) = {one for one in addresses(browser) if "import=" in one}
    browser.open(address)
    assert "Refused 1" in text(browser)
    assert "Line " in text(browser)


@pytest.mark.spec("Self Data PRI-05")
def test_a_deposit_has_the_same_receipt_for_both(lived, browse, world):
    who = world.fresh()
    webid = f"{who.storage}public/holder#org"
    key = keygen(secrets.token_bytes(RANDOM_BYTES))
    who.put(webid.partition("#")[0], profile(webid, "Fournisseur Exemple", key).encode())
    world.run(accept(webid, "bank", world.pod(who.name)))
    (file,) = [one for one in lived.made.files if one.path.endswith("savings.csv")]
    digest = sha256(file.content)
    deposit = Deposit(
        url=who.storage + ".well-known/deposit",
        webid=webid,
        filename="savings.csv",
        media_type="text/csv",
        digest=digest.digest(),
    )
    headers = signed_request(deposit, key, secrets.token_urlsafe(16), datetime.now(UTC))
    told = world.connection.ask("POST", deposit.url, headers, file.content).json()
    (reference,) = [one for one in told["resources"] if "/imports/" in one and "/files/" not in one]
    browser = browse(who)
    browser.open(at(**{"import": reference + "#import"}))
    said = text(browser)
    assert "Deposited by the organisation" in said
    assert f"{reference}#import" in said
    assert digest.hexdigest() in said
    assert f"Rows read {told['read']:,}" in said


def test_who_is_to_be_called_is_found_among_the_contacts(lived, browse, world):
    who = world.fresh()
    (file,) = [one for one in lived.made.files if one.path.endswith("energie/contrats.json")]
    card = (
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:EDF Service client\r\nN:;EDF Service client;;;\r\n"
        b"TEL:+33900000000\r\nUID:edf-1\r\nEND:VCARD\r\n"
    )
    browser = browse(who)
    brought(browser, [("contrats.json", file.content), ("contacts.vcf", card)])
    kept(browser)
    browser.open(at(holder="https://www.edf.fr/"))
    assert 'href="tel:+33900000000"' in browser.page.text
    assert "Contract number" in text(browser)
    assert "its site" in text(browser)


def test_who_has_nothing_yet_is_told_how_to_begin(browse, world):
    browser = browse(world.fresh(), "fr")
    browser.open(HERE)
    assert "Aucune organisation" in text(browser)
    assert any("/add/" in one for one in addresses(browser))
