"""A page of the journal in JSON and RDF, and what may be asked of it."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from acl.model import Edition
from pod.ldp.journal_page import (
    MOST,
    Asked,
    Told,
    json_page,
    next_page,
    page_graph,
    read_asked,
)
from pod.model import Entry
from pod.problems import Malformed
from vocab.graph import NamedNode
from vocab.iri import ResourceIri
from vocab.names import ACL, DPV, PROV, SD
from vocab.shapes import validate

JOURNAL = ResourceIri("https://pod.example/ana/", ".well-known/journal")
ENTRY = Entry(
    time=datetime(2026, 3, 1, 12, 0, 0, 250_000, tzinfo=UTC),
    agent="https://pod.example/ana/profile/card#me",
    client="https://app.example/id",
    action="GET",
    target="data/bank/x.ttl",
    modes="read",
    source="data/bank/",
    outcome=200,
    purpose="https://w3id.org/dpv#ServiceProvision",
    grants=("https://pod.example/ana/.well-known/grants/1",),
    categories=("bank",),
    fields=("*", "<urn:p>", "sd:amount"),
    query="ab",
    rows=2,
    bytes=30,
    precision="month",
    issuer="https://pod.example/",
    needs=("read:data/bank/x.ttl",),
    edition=Edition(5, datetime(2026, 3, 1, 11, tzinfo=UTC)),
)
BARE = ENTRY._replace(
    agent=None,
    client=None,
    source=None,
    purpose="no address at all",
    grants=(),
    categories=(),
    fields=(),
    query=None,
    rows=None,
    bytes=None,
    precision=None,
    modes="none",
    edition=None,
)
LINES = (Told(7, ENTRY, b"\x01" * 32, "a.b.c"), Told(8, BARE, b"\x02" * 32, None))


def test_a_page_in_json_says_all_of_a_line():
    told = json.loads(json_page(JOURNAL, LINES, "https://pod.example/next"))
    assert told["next"] == "https://pod.example/next"
    assert told["roots"] == ["a.b.c"]
    line, bare = told["lines"]
    assert line["time"] == "2026-03-01T12:00:00.250Z"
    assert line["target"] == "https://pod.example/ana/data/bank/x.ttl"
    assert line["rules"] == "https://pod.example/ana/data/bank/"
    assert line["fields"] == ["*", "urn:p", SD.amount]
    assert (line["rows"], line["bytes"], line["precision"]) == (2, 30, "month")
    assert line["hash"] == "01" * 32
    assert line["edition"] == {"number": 5, "lookedAt": "2026-03-01T11:00:00+00:00"}
    assert (line["issuer"], line["needs"]) == (ENTRY.issuer, list(ENTRY.needs))
    assert bare["edition"] is None
    assert (bare["agent"], bare["rules"], bare["rows"]) == (None, None, None)


def test_a_page_in_rdf_says_all_of_a_line():
    graph = page_graph(JOURNAL, LINES)

    def said(number, predicate):
        node = NamedNode(f"{JOURNAL}#{number}")
        found = (t for t in graph if t.subject == node and t.predicate.value == predicate)
        return {triple.object.value for triple in found}

    assert said(7, PROV.used) == {"https://pod.example/ana/data/bank/x.ttl"}
    assert said(7, ACL.agent) == {ENTRY.agent}
    assert said(7, ACL.mode) == {ACL.Read}
    assert said(7, DPV.hasPurpose) == {ENTRY.purpose}
    assert said(7, SD.grant) == set(ENTRY.grants)
    assert said(7, SD.field) == {"urn:p", SD.amount}
    assert said(7, SD.precision) == {"month"}
    assert said(7, SD.signedRoot) == {"a.b.c"}
    assert said(8, SD.lineNumber) == {"8"}
    for predicate in (ACL.agent, ACL.mode, DPV.hasPurpose, SD.rows, SD.client, SD.accessRules):
        assert said(8, predicate) == set()
    assert validate(graph) == ()


ASKED = {
    "": Asked(),
    "?after=12&limit=3": Asked(after=12, limit=3),
    "?limit=0": Asked(limit=1),
    f"?limit={MOST + 1}": Asked(limit=MOST),
    "?since=2026-03-01": Asked(since=datetime(2026, 3, 1, tzinfo=UTC)),
    "?since=2026-03-01T02:00:00%2B02:00": Asked(since=datetime(2026, 3, 1, tzinfo=UTC)),
    "?agent=urn:a&client=b&category=bank": Asked(agent="urn:a", client="b", category="bank"),
}


@pytest.mark.parametrize(("query", "asked"), ASKED.items(), ids=ASKED.keys())
def test_what_is_asked_is_read(query, asked):
    assert read_asked(f"{JOURNAL}{query}") == asked


def test_times_of_other_zones_become_utc():
    zone = timezone(timedelta(hours=5))
    asked = read_asked(
        f"{JOURNAL}?since={datetime(2026, 3, 1, 5, tzinfo=zone).isoformat()}".replace("+", "%2B")
    )
    assert asked.since == datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=-1",
        "limit=٣",
        "since=now",
        "since=0001-01-01T00:00:00%2B14:00",
        "x=1",
        "after=" + "9" * 19,
    ],
)
def test_what_cannot_be_asked_is_refused(query):
    with pytest.raises(Malformed):
        read_asked(f"{JOURNAL}?{query}")


def test_the_next_page_keeps_what_was_asked():
    url = next_page(f"{JOURNAL}?limit=3&after=2&client=a%26b", 5)
    assert url == f"{JOURNAL}?limit=3&client=a%26b&after=5"
