"""A Turtle or N-Triples document as its statements: where each stands, and what it says.

What is around them, directives, comments and white space, belongs to no statement.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyoxigraph as ox

from pod.problems import Conflict
from vocab.graph import NamedNode, Triple

# Turtle §6.5: the terminals, as far as they tell a full stop that ends from one that does not.
MAX_DIRECTIVES = 200  # of a document: after each, all that is declared is taken down

_STRING = (
    r'"""(?>"{0,2}+(?:[^"\\]|\\.))*+"""|"(?:[^"\\\r\n]|\\.)*+"'
    r"|'''(?>'{0,2}+(?:[^'\\]|\\.))*+'''|'(?:[^'\\\r\n]|\\.)*+'"
)
_IRI = r'<[^<>"{}|^`\x00-\x20]*+>'
_BLANK = r"(?:[ \t\r\n]++|\#[^\r\n]*+)"
_IN_WORD = r"""(?:[^ \t\r\n<>"'\#;,()\[\]{}.\\^]|\\.)"""
# A name may have full stops, but not at its end; a number may begin with one.
_WORD = rf"(?:{_IN_WORD}|\.(?=[0-9]))(?:{_IN_WORD}|\.++(?={_IN_WORD}))*+"
_PATTERN = re.compile(
    rf"(?P<before>{_BLANK}*+)(?:"
    rf"(?P<sparql>(?i:PREFIX){_BLANK}*+[^\s:]*+:{_BLANK}*+{_IRI}|(?i:BASE){_BLANK}*+{_IRI})"
    rf"|(?P<turtle>@(?:prefix|base)\b)?(?:{_BLANK}|{_STRING}|{_IRI}|{_WORD}|[^.])*+\."
    r")",
    re.DOTALL,
)
_REFERENCES = re.compile(_IRI)
_LABELS = re.compile(r"_:([^\s<>\"'#;,()\[\]]+)")


@dataclass(frozen=True, slots=True)
class Declared:
    """What is declared at a place of a document: the base, and the prefixes by their names."""

    base: str
    prefixes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What stands from one character up to another, its full stop included."""

    begin: int
    end: int
    triples: Sequence[Triple]
    declared: Declared


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document whose statements stand in their order; `declared` is what is at its end."""

    text: str
    statements: Sequence[Statement]
    declared: Declared

    def references(self) -> frozenset[str]:
        """Every IRI of a statement as it is written, in its angle brackets."""
        spans = ((statement.begin, statement.end) for statement in self.statements)
        return frozenset(iri for span in spans for iri in _REFERENCES.findall(self.text, *span))

    def labels(self) -> frozenset[str]:
        """The names of its blank nodes; no other blank node of it can be named otherwise."""
        return frozenset(label.rstrip(".") for label in _LABELS.findall(self.text))


def read_document(text: str, base: str) -> Document:
    """The document of a text at an address. Raises Conflict for a text that cannot be read."""
    pieces = _pieces(text)
    if sum(piece.declares for piece in pieces) > MAX_DIRECTIVES:
        raise Conflict("what is stored here declares too many prefixes; replace it by PUT")
    # A mark that no text can hold, since it would have to hold its own digest.
    mark = NamedNode(f"urn:x:{hashlib.sha256(text.encode()).hexdigest()[:32]}")
    parts = [part for p in pieces for part in (text[p.before : p.end], f" {mark} <x:> 0 . ")]
    parts.append(text[pieces[-1].end :] if pieces else text)
    statements: list[Statement] = []
    triples: list[Triple] = []
    declared = Declared(base, {})
    following = iter(pieces)
    try:
        parser = ox.parse("".join(parts).encode(), ox.RdfFormat.TURTLE, base_iri=base)
        for quad in parser:
            if quad.subject != mark:
                triples.append(quad.triple)
                continue
            piece = next(following)
            if piece.declares:
                declared = Declared(parser.base_iri or base, parser.prefixes)
            else:
                statements.append(
                    Statement(begin=piece.begin, end=piece.end, triples=triples, declared=declared)
                )
                triples = []
    except SyntaxError as error:
        raise Conflict("what is stored here cannot be read as RDF; replace it by PUT") from error
    return Document(text=text, statements=statements, declared=declared)


class _Piece(NamedTuple):
    before: int
    begin: int
    end: int
    declares: bool


def _pieces(text: str) -> list[_Piece]:
    """The statements and the directives of a text."""
    found: list[_Piece] = []
    position = 0
    while piece := _PATTERN.match(text, position):
        declares = piece["sparql"] is not None or piece["turtle"] is not None
        found.append(_Piece(position, piece.end("before"), piece.end(), declares))
        position = piece.end()
    return found
