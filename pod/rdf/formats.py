"""The RDF formats that the pod reads and writes: one closed enum, no media type travels as text."""

from enum import Enum


class RdfFormat(Enum):
    """A syntax of RDF. The value is its media type; `suffix` marks its entity tags."""

    TURTLE = "text/turtle"
    JSON_LD = "application/ld+json"
    N_TRIPLES = "application/n-triples"

    @property
    def media_type(self) -> str:
        return self.value

    @property
    def suffix(self) -> str:
        return _SUFFIXES[self]

    @classmethod
    def of(cls, media_type: str) -> "RdfFormat | None":
        """The format of a Content-Type; parameters and case do not matter (RFC 9110 §8.3.1)."""
        essence = media_type.partition(";")[0].strip().lower()
        return _FORMATS.get(essence)


_FORMATS = {member.value: member for member in RdfFormat}
_SUFFIXES = {RdfFormat.TURTLE: "ttl", RdfFormat.JSON_LD: "json", RdfFormat.N_TRIPLES: "nt"}
