"""A page of the journal as its owner gets it: in JSON, and in RDF."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from acl import MODES, mode_iri
from pod.http.parameters import moment, number
from pod.model import Entry
from pod.problems import Malformed
from pod.rdf.said import iri_of
from vocab.graph import Graph, Literal, NamedNode, Triple
from vocab.iri import ResourceIri
from vocab.names import ACL, DPV, PROV, RDF, SD, XSD

MOST = 1000  # lines of a page
_USUAL = 100
_PARAMETERS = frozenset({"after", "limit", "since", "agent", "client", "category"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the query of an address asks for; `since` is in UTC."""

    after: int = 0
    limit: int = _USUAL
    since: datetime | None = None
    agent: str | None = None
    client: str | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A line to be told. `root` is what was signed where it ends a day."""

    number: int
    entry: Entry
    hash: bytes
    root: str | None


def read_asked(url: str) -> Asked:
    """What an address asks for. Raises Malformed for what it cannot ask."""
    given = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    if unknown := sorted(given.keys() - _PARAMETERS):
        raise Malformed(
            f"`{unknown[0][:40]}` is no parameter here; use {', '.join(sorted(_PARAMETERS))}"
        )
    return Asked(
        after=_number(given, "after", 0),
        limit=min(max(_number(given, "limit", _USUAL), 1), MOST),
        since=_time(given["since"]) if "since" in given else None,
        agent=given.get("agent"),
        client=given.get("client"),
        category=given.get("category"),
    )


def next_page(url: str, after: int) -> str:
    """The address of the page behind a line, by that of this one."""
    parts = urlsplit(url)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "after"]
    return parts._replace(query=urlencode([*kept, ("after", str(after))])).geturl()


def json_page(journal: ResourceIri, lines: Sequence[Told], more: str | None) -> bytes:
    """A page in JSON; `more` is the address of the next one."""
    document = {
        "journal": str(journal),
        "lines": [json_line(journal.storage, line) for line in lines],
        "roots": [line.root for line in lines if line.root is not None],
        "next": more,
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def json_line(storage: str, line: Told) -> dict[str, Any]:
    """A line as JSON; times in UTC."""
    entry = line.entry
    return {
        "number": line.number,
        "time": _written(entry.time),
        "agent": entry.agent,
        "client": entry.client,
        "action": entry.action,
        "target": storage + entry.target,
        "modes": entry.modes.split("+"),
        "rules": None if entry.source is None else storage + entry.source,
        "outcome": entry.outcome,
        "purpose": entry.purpose,
        "grants": list(entry.grants),
        "categories": list(entry.categories),
        "fields": [iri_of(field) or field for field in entry.fields],
        "query": entry.query,
        "rows": entry.rows,
        "bytes": entry.bytes,
        "precision": entry.precision,
        "issuer": entry.issuer,
        "needs": list(entry.needs),
        "edition": _edition(entry),
        "hash": line.hash.hex(),
    }


def _edition(entry: Entry) -> dict[str, Any] | None:
    """Which access rules it was decided by: after which change, and seen at which time."""
    if entry.edition is None:
        return None
    number, looked_at = entry.edition
    # To the microsecond, since the hash of the line is made of it.
    return {"number": number, "lookedAt": looked_at and looked_at.isoformat()}


def page_graph(journal: ResourceIri, lines: Sequence[Told]) -> Graph:
    """The lines in RDF, each named by its number as the fragment of the journal's address."""
    return frozenset(triple for line in lines for triple in _triples(journal, line))


def _triples(journal: ResourceIri, line: Told) -> Iterator[Triple]:
    subject, entry, storage = NamedNode(f"{journal}#{line.number}"), line.entry, journal.storage
    iris = {
        RDF.type: (SD.JournalLine, PROV.Activity),
        ACL.agent: (entry.agent,),
        PROV.used: (storage + entry.target,),
        ACL.mode: tuple(mode_iri(mode) for mode in entry.modes.split("+") if mode in MODES),
        SD.accessRules: (None if entry.source is None else storage + entry.source,),
        DPV.hasPurpose: (entry.purpose,),
        SD.grant: entry.grants,
        SD.field: tuple(map(iri_of, entry.fields)),
    }
    texts = {
        SD.client: (entry.client,),
        SD.action: (entry.action,),
        SD.dataCategory: entry.categories,
        SD.queryDigest: (entry.query,),
        SD.precision: (entry.precision,),
        SD.lineHash: (line.hash.hex(),),
        SD.signedRoot: (line.root,),
    }
    numbers = {
        SD.lineNumber: line.number,
        SD.outcome: entry.outcome,
        SD.rows: entry.rows,
        SD.bytes: entry.bytes,
    }
    time = Literal(_written(entry.time), datatype=NamedNode(XSD.dateTime))
    yield Triple(subject, NamedNode(PROV.endedAtTime), time)
    for predicate, values in iris.items():
        for iri in filter(None, map(_named, values)):
            yield Triple(subject, NamedNode(predicate), iri)
    for predicate, values in texts.items():
        for text in values:
            if text is not None:
                yield Triple(subject, NamedNode(predicate), Literal(text))
    for predicate, figure in numbers.items():
        if figure is not None:
            value = Literal(str(figure), datatype=NamedNode(XSD.integer))
            yield Triple(subject, NamedNode(predicate), value)


def _named(iri: str | None) -> NamedNode | None:
    try:
        return None if iri is None else NamedNode(iri)
    except ValueError:  # what a broken request made of its target, or an app of its purpose
        return None


def _written(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _number(given: Mapping[str, str], name: str, usual: int) -> int:
    try:
        return number(given.get(name, str(usual)))
    except ValueError as error:
        raise Malformed(f"give `{name}` as a number") from error


def _time(text: str) -> datetime:
    try:
        return moment(text)
    except ValueError as error:
        raise Malformed("give `since` as a date or a time, as in 2026-03-01") from error
