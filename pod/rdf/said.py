"""What a document says, as far as the journal notes it: how many subjects, which properties.

A field is noted by its prefixed name where the prefix is known here (`sd:amount`), else by its IRI
in angle brackets. Values never get here.
"""

import re
from collections.abc import Iterable

from pod.model import Said
from pod.problems import Malformed, TooLarge
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse, parse_dataset
from pod.rdf.serialise import PREFIX_OF
from vocab.graph import Dataset, Graph
from vocab.prefixes import PREFIXES

ANY = "*"
"""Stands among fields for others that are not named."""

MOST = 64  # fields of one line
LONGEST = 200  # characters of a field
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*", re.ASCII)
_NAMESPACES = {**{prefix: iri for iri, prefix in PREFIX_OF.items()}, **PREFIXES}

FILE = Said(1, ())
"""What is said by any file that is no RDF, or that is not read as such here."""


def said_by(text: bytes, syntax: RdfFormat, base: str, *, graphs: bool) -> Said:
    """What a document says: with `graphs` in all of its graphs, else in the default graph.

    May take long for a document that is. One that cannot be read as RDF is a FILE.
    """
    try:
        if graphs and syntax.has_graphs:
            return said_in(parse_dataset(text, syntax, base))
        return said_in(parse(text, syntax, base))
    except (Malformed, TooLarge):
        return FILE


def said_in(statements: Graph | Dataset) -> Said:
    """The distinct subjects, and the properties."""
    found = {one.subject for one in statements}
    return Said(len(found), fields_of({one.predicate.value for one in statements}))


def fields_of(properties: Iterable[str]) -> tuple[str, ...]:
    """Properties by IRI as they are noted, in order; of very many the first, and ANY."""
    named = sorted({_name(iri) for iri in properties})
    return tuple(named) if len(named) <= MOST else (ANY, *named[: MOST - 1])


def iri_of(field: str) -> str | None:
    """The IRI that a field was noted for; None for ANY."""
    if field == ANY:
        return None
    if field.startswith("<"):
        return field[1:-1]
    prefix, _, local = field.partition(":")
    return _NAMESPACES[prefix] + local


def _name(iri: str) -> str:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix, local = PREFIX_OF.get(iri[:cut]), iri[cut:]
    if prefix is not None and _LOCAL.fullmatch(local):
        return f"{prefix}:{local}"
    return f"<{iri}>" if len(iri) <= LONGEST else ANY
