"""The RDF formats that the pod reads and writes: closed enums, no media type travels as text."""

from dataclasses import dataclass
from enum import Enum


class RdfFormat(Enum):
    """A syntax of RDF. The value is its media type."""

    TURTLE = "text/turtle"
    JSON_LD = "application/ld+json"
    N_TRIPLES = "application/n-triples"
    N_QUADS = "application/n-quads"
    TRIG = "application/trig"
    RDF_XML = "application/rdf+xml"

    @property
    def media_type(self) -> str:
        return self.value

    @property
    def title(self) -> str:
        """What people call it."""
        return _TITLES[self]

    @property
    def has_graphs(self) -> bool:
        """Whether a document can hold named graphs beside its default graph."""
        return self in _WITH_GRAPHS

    @classmethod
    def of(cls, media_type: str) -> "RdfFormat | None":
        """The format of a Content-Type; parameters and case do not matter (RFC 9110 §8.3.1)."""
        essence = media_type.partition(";")[0].strip().lower()
        return _FORMATS.get(essence)


class Profile(Enum):
    """A document form of JSON-LD (JSON-LD 1.1 §C), by the IRI that asks for it."""

    COMPACTED = "http://www.w3.org/ns/json-ld#compacted"
    EXPANDED = "http://www.w3.org/ns/json-ld#expanded"
    FLATTENED = "http://www.w3.org/ns/json-ld#flattened"


@dataclass(frozen=True, slots=True)
class Form:
    """How a graph is written: a format, and of JSON-LD the document form if one was asked for."""

    syntax: RdfFormat
    profile: Profile | None = None

    @property
    def media_type(self) -> str:
        """The Content-Type of what is written in this form."""
        essence = self.syntax.media_type
        return essence if self.profile is None else f'{essence};profile="{self.profile.value}"'

    @property
    def suffix(self) -> str:
        """What marks the entity tags of this form."""
        return _SUFFIXES[self.syntax] + ("" if self.profile is None else _MARKS[self.profile])


_FORMATS = {member.value: member for member in RdfFormat}
_TITLES = {
    RdfFormat.TURTLE: "Turtle",
    RdfFormat.JSON_LD: "JSON-LD",
    RdfFormat.N_TRIPLES: "N-Triples",
    RdfFormat.N_QUADS: "N-Quads",
    RdfFormat.TRIG: "TriG",
    RdfFormat.RDF_XML: "RDF/XML",
}
_SUFFIXES = {
    RdfFormat.TURTLE: "ttl",
    RdfFormat.JSON_LD: "json",
    RdfFormat.N_TRIPLES: "nt",
    RdfFormat.N_QUADS: "nq",
    RdfFormat.TRIG: "trig",
    RdfFormat.RDF_XML: "rdf",
}
_MARKS = {Profile.COMPACTED: "c", Profile.EXPANDED: "e", Profile.FLATTENED: "f"}
_WITH_GRAPHS = frozenset({RdfFormat.JSON_LD, RdfFormat.N_QUADS, RdfFormat.TRIG})

# What is offered, and in which order to somebody with no preference. JSON-LD without a document
# form comes before those with one.
FORMS = (
    Form(RdfFormat.TURTLE),
    Form(RdfFormat.JSON_LD),
    *(Form(RdfFormat.JSON_LD, profile) for profile in Profile),
    Form(RdfFormat.N_TRIPLES),
    Form(RdfFormat.N_QUADS),
    Form(RdfFormat.TRIG),
    Form(RdfFormat.RDF_XML),
)
