"""Triple patterns in the syntax of Turtle and N3: text to patterns.

The parser behind knows no variables: IRIs stand for them while it reads.
"""

import hashlib
import re
from collections.abc import Mapping

import pyoxigraph as ox

from pod.problems import Malformed, Unprocessable
from pod.rdf.match import Node, Pattern, Patterns
from pod.rdf.parse import MAX_QUOTED, QUOTED
from pod.rdf.reading import Room, opened, read
from vocab.graph import NamedNode, Triple

_STRINGS = (
    r"'''(?>'{0,2}+(?:[^'\\]|\\.))*+'''|'(?:[^'\\\r\n]|\\.)*+'"
    r'|"""(?>"{0,2}+(?:[^"\\]|\\.))*+"""|"(?:[^"\\\r\n]|\\.)*+"'
)
MARKS = re.compile(
    rf"(?P<other>{_STRINGS}|<[^<>\"{{}}|^`\x00-\x20]*+>|\\.)|(?P<comment>\#[^\r\n]*+)"
    r"|[?$](?P<variable>\w[\w-]*+)|(?P<brace>[{}])",
    re.DOTALL,
)
"""The variables and braces of N3 and SPARQL, and where what looks like one is none."""


def read_patterns(
    text: str, base: str, *, prologue: str = "", line: int = 1, room: Room | None = None
) -> Patterns:
    """The patterns of a text in Turtle, where the last full stop may be left out, as in SPARQL.

    `prologue` declares prefixes, without a line break; `line` is where in its document the text
    begins, and `room` what is left for several that belong together. Raises Malformed and TooLarge.
    """
    if text.count("<<(") > MAX_QUOTED:
        raise Malformed(QUOTED)
    variables = _Variables(text)

    def readable(found: re.Match[str]) -> str:
        if found["variable"]:
            return variables.iri(found["variable"])
        return "" if found["comment"] else found[0]

    turtle = MARKS.sub(readable, text).rstrip()
    if not turtle:
        return frozenset()
    if not turtle.endswith(".") or turtle.endswith("\\."):
        turtle += " ."
    try:
        parser = opened(f"{prologue}\n{turtle}".encode(), ox.RdfFormat.TURTLE, base)
        return frozenset(map(variables.pattern, read(parser, room or Room())))
    except SyntaxError as error:
        raise Malformed(_sentence(error, line - 2)) from error


def read_formulas(text: str, base: str) -> tuple[Patterns, Mapping[Node, Patterns]]:
    """The triples of an N3 text that stand outside of formulas, and those of each formula by name.

    Raises Malformed, and Unprocessable for N3 that is no RDF.
    """
    variables = _Variables(text)
    mark = variables.mark
    # A mark in each formula: else an empty one would look like a blank node.
    begin = f"{{ {mark} {mark} {mark} . "

    def readable(found: re.Match[str]) -> str:
        if found["variable"]:
            return variables.iri(found["variable"])
        return begin if found["brace"] == "{" else found[0]

    statements: set[Pattern] = set()
    formulas: dict[Node, set[Pattern]] = {}
    try:
        for quad in read(opened(MARKS.sub(readable, text).encode(), ox.RdfFormat.N3, base), Room()):
            name = quad.graph_name
            if isinstance(name, ox.DefaultGraph):
                place = statements
            else:
                place = formulas.setdefault(name, set())
            place.add(variables.pattern(quad))
    except SyntaxError as error:
        if error.lineno is None:
            raise Unprocessable(f"a patch holds RDF triples: {error.msg}") from error
        raise Malformed(_sentence(error, 0)) from error
    marked = {(mark, mark, mark)}
    return frozenset(statements), {n: frozenset(f - marked) for n, f in formulas.items()}


class _Variables:
    """The variables of one text. No IRI in the text can be one of those that stand for them."""

    def __init__(self, text: str) -> None:
        # An IRI in the text would have to hold the digest of that very text.
        self._begin = f"urn:sha256:{hashlib.sha256(text.encode()).hexdigest()}:"
        self.mark = NamedNode(self._begin + "mark")
        self._iris: dict[str, NamedNode] = {}
        self._variables: dict[Node, ox.Variable] = {}

    def iri(self, name: str) -> str:
        """What stands for a variable in the text that is parsed."""
        if name not in self._iris:
            self._iris[name] = NamedNode(f"{self._begin}{len(self._iris)}")
            # In hexadecimal, since a name in N3 may hold a hyphen.
            self._variables[self._iris[name]] = ox.Variable("v" + name.encode().hex())
        return str(self._iris[name])

    def pattern(self, parsed: ox.Quad) -> Pattern:
        """The pattern that a parsed triple stands for. Raises Malformed for a quoted triple."""
        subject, predicate, value = parsed.triple
        if isinstance(subject, Triple) or isinstance(value, Triple):
            raise Malformed(QUOTED)
        find = self._variables.get
        return find(subject, subject), find(predicate, predicate), find(value, value)


def _sentence(error: SyntaxError, lines: int) -> str:
    # What stands for a variable is longer than it: the line is right, the column is not.
    what = " ".join(error.msg.partition(": ")[2].split())[:200]
    return f"the patch is broken in line {lines + (error.lineno or 0)}: {what}"
