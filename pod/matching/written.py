"""Matches as a document of annotations has them, a year in each; and as they are read back.

A match says which two it matches, from which to which (rdf:subject, rdf:object) and by which link
(rdf:predicate). The link itself stands beside it, on the IRI of the record: what the holder gave is
not touched, and its digest leaves links out.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from pod.matching.match import Match, Standing
from pod.matching.rules import RULES
from vocab.graph import Graph, Literal, NamedNode, Node, Triple, nodes_of, text_of
from vocab.names import PROV, RDF, SCHEMA, SD, SDC, XSD
from vocab.places import ANNOTATIONS

MATCHES: Final = f"{ANNOTATIONS}matches/"
_BY: Final = "urn:sd:matching:"
_STANDINGS: Final = {SDC.NS + one.value: one for one in Standing}


def path_of(match: Match) -> str:
    """The document of a match, by the year of its record."""
    return f"{MATCHES}{match.day.year:04}.ttl"


def graph_of(matches: Iterable[Match], document: str) -> Graph:
    """The matches of a document, whose IRI it is, and the links of those that stand."""
    return frozenset(triple for one in matches for triple in _triples(one, document))


def matches_of(document: Graph) -> tuple[Match, ...]:
    """The matches that a document states, in the order of their names; what is none is left out."""
    found = (_match(node) for node in nodes_of(document).values())
    return tuple(sorted((one for one in found if one), key=lambda one: one.name))


def _triples(match: Match, document: str) -> Iterator[Triple]:
    about = NamedNode(f"{document}#{match.name}")
    source, target = NamedNode(match.source), NamedNode(match.target)
    link = NamedNode(RULES[match.rule].link)
    said: list[tuple[str, NamedNode | Literal]] = [
        (RDF.type, NamedNode(SD.Match)),
        (RDF.type, NamedNode(PROV.Entity)),
        (SD.matches, source),
        (SD.matches, target),
        (RDF.subject, source),
        (RDF.predicate, link),
        (RDF.object, target),
        (SD.date, Literal(match.day.isoformat(), datatype=NamedNode(XSD.date))),
        (SD.confidence, Literal(f"{match.confidence:.2f}", datatype=NamedNode(XSD.decimal))),
        (SD.status, NamedNode(SDC.NS + match.standing.value)),
        (PROV.wasGeneratedBy, NamedNode(_BY + match.rule)),
        *((SCHEMA.description, Literal(text, language=name)) for name, text in match.why),
    ]
    if match.by:
        said.append((PROV.wasAttributedTo, NamedNode(match.by)))
    yield from (Triple(about, NamedNode(name), value) for name, value in said)
    if match.is_linked:
        yield Triple(source, link, target)


def _match(node: Node) -> Match | None:
    rule = text_of(node, PROV.wasGeneratedBy).removeprefix(_BY)
    standing = _STANDINGS.get(text_of(node, SD.status))
    source, target = text_of(node, RDF.subject), text_of(node, RDF.object)
    if rule not in RULES or standing is None or not (source and target):
        return None
    try:
        day, confidence = date.fromisoformat(text_of(node, SD.date)), text_of(node, SD.confidence)
        return Match(
            rule=rule,
            source=source,
            target=target,
            day=day,
            confidence=float(confidence),
            why=tuple(sorted(_said(node))),
            standing=standing,
            by=text_of(node, PROV.wasAttributedTo),
        )
    except ValueError:
        return None


def _said(node: Node) -> Iterator[tuple[str, str]]:
    for one in node.get(SCHEMA.description, ()):
        if isinstance(one, Literal) and one.language:
            yield one.language, one.value
