"""What the person says of records: apart from them, under /annotations/, on their IRIs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from pod.intake.instants import utc
from vocab.graph import Graph, Literal, NamedNode, Term, Triple
from vocab.names import PROV, RDF, SD, XSD

# How a node of an annotation names the records it is about.
_ABOUT = frozenset({RDF.subject, SD.matches})


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A value that the person states in the place of the holder's; `by` is her WebID."""

    record: str
    property: str
    value: NamedNode | Literal
    by: str
    at: datetime


def without_notes(
    graph: Graph, *, records: Collection[str] = (), documents: Collection[str] = ()
) -> Graph:
    """A document of annotations without what it says of records, or of all records of documents."""

    def is_gone(term: object) -> bool:
        iri = getattr(term, "value", "")
        return iri in records or iri.partition("#")[0] in documents

    gone = {t.subject for t in graph if t.predicate.value in _ABOUT and is_gone(t.object)}

    def is_about(triple: Triple) -> bool:
        # What links a record to another says something of both.
        return triple.subject in gone or is_gone(triple.subject) or is_gone(triple.object)

    return frozenset(triple for triple in graph if not is_about(triple))


def corrected(document: Graph, where: str, correction: Correction) -> Graph:
    """A document of corrections, at `where`, with one more; one of the same property goes."""
    name = sha256(f"{correction.record}\n{correction.property}".encode()).hexdigest()[:16]
    about = NamedNode(f"{where}#c-{name}")
    moment = Literal(utc(correction.at), datatype=NamedNode(XSD.dateTime))
    said: tuple[tuple[str, NamedNode | Literal], ...] = (
        *((RDF.type, NamedNode(kind)) for kind in (SD.Correction, RDF.Statement, PROV.Entity)),
        (RDF.subject, NamedNode(correction.record)),
        (RDF.predicate, NamedNode(correction.property)),
        (RDF.object, correction.value),
        (PROV.generatedAtTime, moment),
        (PROV.wasAttributedTo, NamedNode(correction.by)),
    )
    kept = (triple for triple in document if triple.subject != about)
    return frozenset({*kept, *(Triple(about, NamedNode(name), value) for name, value in said)})


def noted(document: Graph, record: str, property_: str, value: NamedNode | Literal) -> Graph:
    """A document of notes or categories in which a property of a record has one value, this one."""
    about, predicate = NamedNode(record), NamedNode(property_)
    kept = (t for t in document if (t.subject, t.predicate) != (about, predicate))
    return frozenset({*kept, Triple(about, predicate, value)})


def as_corrected(record: Graph, corrections: Graph) -> Graph:
    """What a holder says of a record, with the person's corrections in the place of its values."""
    about = {t.subject for t in record}
    said: dict[object, dict[str, Term]] = {}
    for triple in corrections:
        said.setdefault(triple.subject, {})[triple.predicate.value] = triple.object  # type: ignore[assignment]
    found = [one for one in said.values() if one.get(RDF.subject) in about and RDF.object in one]
    replaced = {one[RDF.predicate] for one in found if RDF.predicate in one}
    return frozenset(
        {
            *(t for t in record if t.predicate not in replaced),
            *(
                Triple(one[RDF.subject], one[RDF.predicate], one[RDF.object])  # type: ignore[arg-type]
                for one in found
                if RDF.predicate in one
            ),
        }
    )


def like(text: str, values: Collection[Term]) -> NamedNode | Literal:
    """A text as a value of the kind that a property has: of its datatype, an IRI, else a text.

    Raises ValueError for what is no IRI where one is asked for.
    """
    for value in values:
        if isinstance(value, NamedNode):
            return NamedNode(text)
        if isinstance(value, Literal) and not value.language:
            return Literal(text, datatype=value.datatype)
    return Literal(text)
