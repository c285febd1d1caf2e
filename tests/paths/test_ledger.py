"""The journal at its own address: for the owner alone, in JSON and RDF, page by page."""

import json
import urllib.parse
from itertools import islice

import pytest
from agents import EVERYONE, rule

from pod.flows.authenticate import PURPOSE
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.graph import NamedNode, objects, subjects
from vocab.names import DPV, PROV, RDF, SD
from vocab.shapes import validate

FULL = "Read Write Control"
SERVICE = "https://w3id.org/dpv#ServiceProvision"
BANK = b"""<#a> a <https://w3id.org/selfdata/ns#BankTransaction> ;
  <https://w3id.org/selfdata/ns#amount> 1.5 ; <https://shop.example/ns#mood> "secret value" .
<#b> <https://w3id.org/selfdata/ns#amount> 2 ."""


@pytest.fixture
def journal(owner):
    return owner.storage + ".well-known/journal"


def page(person, url, **query):
    answer = person.get(f"{url}?{urllib.parse.urlencode(query)}" if query else url)
    assert answer.status == 200, answer.text
    return json.loads(answer.body)


def pages(person, url, **query):
    while url is not None:
        found = page(person, url, **query)
        yield found
        url, query = found["next"], {}


@pytest.mark.spec("Self Data CAP-13")
@pytest.mark.spec("Self Data CON-37")
def test_a_read_is_told_with_what_left_and_no_value(owner, bob, journal):
    url = owner.storage + "data/bank/movements.ttl"
    owner.put(url, BANK)
    owner.grant(owner.storage + "data/bank/", rule(owner.webid, FULL), rule(bob.webid, "Read"))
    read = bob.get(url, {PURPOSE: SERVICE})
    line = page(owner, journal)["lines"][-1]
    assert line["agent"] == bob.webid
    assert line["client"] == bob.app.iri
    assert (line["action"], line["target"], line["outcome"]) == ("GET", url, 200)
    assert (line["modes"], line["rules"]) == (["read"], owner.storage + "data/bank/")
    assert line["purpose"] == SERVICE
    assert line["categories"] == ["bank"]
    assert set(line["fields"]) == {SD.amount, RDF.type, "https://shop.example/ns#mood"}
    assert (line["rows"], line["bytes"]) == (2, len(read.body))
    assert line["precision"] is None
    assert "secret value" not in json.dumps(line)


@pytest.mark.spec("Self Data CAP-34")
def test_its_own_reading_is_noted(owner, journal):
    first = owner.get(journal)
    line = page(owner, journal)["lines"][-1]
    assert (line["target"], line["modes"], line["outcome"]) == (journal, ["control"], 200)
    assert (line["bytes"], line["rows"]) == (len(first.body), 1)


def test_nobody_else_reads_it(owner, bob, nobody, journal):
    owner.grant(owner.storage, rule(owner.webid, FULL), rule(bob.webid, "Read Write"))
    assert (nobody.get(journal).status, bob.get(journal).status) == (401, 403)
    assert bob.head(journal).status == 403
    owner.grant(owner.storage, rule(owner.webid, FULL), rule(EVERYONE, "Read"))
    assert nobody.get(journal).status == 401


def test_an_app_that_does_not_control_the_root_does_not_read_it(world, owner, journal):
    other = world.app(owner.name, "a second app")
    trusted = f"a acl:ClientCondition ; acl:client <{owner.app.iri}>"
    owner.grant(
        owner.storage, rule(owner.webid, FULL, when=trusted), rule(owner.webid, "Read Write")
    )
    assert (owner.get(journal).status, other.get(journal).status) == (200, 403)


def test_whoever_controls_the_root_reads_it(owner, bob, journal):
    owner.grant(owner.storage, rule(owner.webid, FULL), rule(bob.webid, "Control"))
    assert bob.get(journal).status == 200


def test_it_is_found_by_the_storage_description(owner, nobody, journal):
    answer = nobody.get(owner.storage + ".well-known/solid", {"Accept": "text/turtle"})
    graph = parse(answer.body, RdfFormat.TURTLE, owner.storage)
    assert list(objects(graph, NamedNode(owner.storage), NamedNode(SD.journal))) == [
        NamedNode(journal)
    ]


def test_nothing_is_written_there(owner, journal):
    assert owner.put(journal, b"").status == 405
    assert owner.delete(journal).status == 405
    assert owner.options(journal).headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("syntax", [RdfFormat.TURTLE, RdfFormat.JSON_LD, RdfFormat.RDF_XML])
def test_it_says_the_same_in_rdf(owner, journal, syntax):
    owner.put(owner.storage + "data/health/x.ttl", BANK)
    owner.get(owner.storage + "data/health/x.ttl", {PURPOSE: SERVICE})
    answer = owner.get(journal, {"Accept": syntax.media_type})
    assert answer.headers["Content-Type"] == syntax.media_type
    graph = parse(answer.body, syntax, journal)
    lines = page(owner, journal)["lines"][:-1]
    found = set(subjects(graph, NamedNode(RDF.type), NamedNode(SD.JournalLine)))
    assert found == {NamedNode(f"{journal}#{line['number']}") for line in lines}
    last = NamedNode(f"{journal}#{lines[-1]['number']}")

    def said(predicate):
        return {term.value for term in objects(graph, last, NamedNode(predicate))}

    assert said(SD.rows) == {"2"}
    assert said(SD.bytes) == {str(len(BANK))}
    assert said(SD.dataCategory) == {"health"}
    assert said(DPV.hasPurpose) == {SERVICE}
    assert said(PROV.used) == {owner.storage + "data/health/x.ttl"}
    assert said(SD.field) == set(lines[-1]["fields"])
    assert said(SD.lineHash) == {lines[-1]["hash"]}
    assert validate(graph) == ()
    noted = page(owner, journal)["lines"][len(lines)]
    assert (noted["rows"], noted["bytes"]) == (len(lines), len(answer.body))


def test_a_format_that_there_is_not_is_refused(owner, journal):
    answer = owner.get(journal, {"Accept": "image/png"})
    assert answer.status == 406
    assert "application/json" in answer.text


def test_it_is_read_page_by_page(owner, journal):
    for _ in range(7):
        owner.get(owner.storage)
    first = owner.get(f"{journal}?limit=3")
    assert first.headers["Link"].count('rel="next"') == 1
    found = list(islice(pages(owner, journal, limit=3), 4))
    numbers = [line["number"] for one in found for line in one["lines"]]
    assert numbers == list(range(1, 13))


def test_a_page_begins_behind_a_number_and_a_time(owner, journal):
    for _ in range(4):
        owner.get(owner.storage)
    lines = page(owner, journal)["lines"]
    assert page(owner, journal, after=3, limit=1)["lines"][0]["number"] == 4
    since = lines[2]["time"]
    assert page(owner, journal, since=since)["lines"][0]["number"] <= 3
    assert page(owner, journal, since="2100-01-01")["lines"] == []


def test_lines_are_chosen_by_who_and_what(world, owner, bob, journal):
    other = world.app(owner.name, "a second app")
    owner.put(owner.storage + "data/bank/x.ttl", BANK)
    other.get(owner.storage + "data/bank/x.ttl")
    bob.get(owner.storage + "data/bank/x.ttl")

    def targets(**query):
        return [
            (line["action"], line["outcome"]) for line in page(owner, journal, **query)["lines"]
        ]

    assert targets(client=other.app.iri) == [("GET", 200)]
    assert targets(agent=bob.webid) == [("GET", 403)]
    assert targets(category="bank") == [("PUT", 201), ("GET", 200), ("GET", 403)]
    assert targets(category="bank", agent=owner.webid, client=other.app.iri) == [("GET", 200)]
    assert targets(category="health") == []


@pytest.mark.parametrize(
    "query", ["limit=x", "after=-1", "since=yesterday", "order=1", f"after={'9' * 30}"]
)
def test_what_cannot_be_asked_is_refused(owner, journal, query):
    assert owner.get(f"{journal}?{query}").status == 400
