"""The library's parser, with a bound on what it makes of a text.

A base or a prefix is written once and stands in every IRI: a small text can say very much. And each
relative base is put behind the one before.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

import pyoxigraph as ox

from pod.problems import Malformed, TooLarge
from vocab.graph import Quad

MAX_STATEMENTS = 200_000  # of one document: about a second to read, a few to write
MAX_EXPANDED = 64 * 1024 * 1024  # characters of them, with all names in full
MAX_BASES = 100  # directives
MAX_BASE = 4096  # characters of all of them

_PIECE = 1024 * 1024  # characters that are read beyond the bound, at most, or one statement
_AT_ONCE = 1024
# What might be a directive for a base; in a text it may also be something else.
_BASE = re.compile(rb"(?i:base)(?:[ \t\r\n]|#[^\r\n]*)*+<([^<>\"{}|^`\\\x00-\x20]*+)>")


def opened(text: bytes, syntax: ox.RdfFormat, base: str) -> ox.QuadParser:
    """The parser of a text. Raises Malformed for bases that cost too much."""
    if syntax in {ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG, ox.RdfFormat.N3}:
        bases = [len(found) for found in _BASE.findall(text)]
        if len(bases) > MAX_BASES or sum(bases) > MAX_BASE:
            raise Malformed("the document declares too many bases, or too long ones; use one")
    return ox.parse(text, syntax, base_iri=base)


@dataclass(slots=True)
class Room:
    """How much may still be said, in statements and in characters with all names in full."""

    statements: int = MAX_STATEMENTS
    characters: int = MAX_EXPANDED

    def take(self, quads: list[Quad]) -> int:
        """Make room for them, and tell how long they are. Raises TooLarge where there is none."""
        output = BytesIO()
        ox.serialize(quads, output, ox.RdfFormat.N_QUADS)
        length = output.tell()
        self.statements -= len(quads)
        self.characters -= length
        if self.statements < 0:
            raise TooLarge(f"RDF has at most {MAX_STATEMENTS} statements here; split the document")
        if self.characters < 0:
            raise TooLarge("with all its names in full, this is too long; shorten its prefixes")
        return length


def read(parser: ox.QuadParser, room: Room) -> list[Quad]:
    """All that a text says. Raises SyntaxError for one that is broken, and TooLarge."""
    quads: list[Quad] = []
    at_once = 1
    while some := list(islice(parser, at_once)):
        quads += some
        # What comes next is as long as what came: nearly no more is read than there is room for.
        at_once = max(1, min(_AT_ONCE, _PIECE * len(some) // room.take(some)))
    return quads
