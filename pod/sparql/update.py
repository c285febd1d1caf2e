"""SPARQL Update as a patch of one document: its text to the same value as an N3 Patch.

Taken are the forms of INSERT and DELETE whose conditions are triple patterns. Whatever names
another graph, asks another server, or needs more than patterns is refused, and never run.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pod.problems import Malformed, Unprocessable
from pod.rdf.match import Patterns, blank_nodes_of, variables_of
from pod.rdf.patch import NOTHING, Patch, Step
from pod.rdf.patterns import MARKS, read_patterns
from pod.rdf.reading import Room
from pod.sparql.lexer import Kind, Token, tokenize, without_escapes
from pod.sparql.words import KEYWORDS, UPDATES, A

# SPARQL 1.1 Update §3.1: the words of a form, and for each of its blocks what it says.
_FORMS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "INSERT DATA {}": (("inserts",),),
    "DELETE DATA {}": (("deletes",),),
    "DELETE WHERE {}": (("deletes", "where"),),
    "DELETE {} WHERE {}": (("deletes",), ("where",)),
    "INSERT {} WHERE {}": (("inserts",), ("where",)),
    "DELETE {} INSERT {} WHERE {}": (("deletes",), ("inserts",), ("where",)),
}
MAX_OPERATIONS = 100
MAX_PROLOGUE = 64 * 1024  # characters; each block is read with it

_BEYOND = (UPDATES | {"WITH", "USING"}) - {"INSERT", "DELETE"}
_DECLARATIONS = {"BASE": (Kind.IRI,), "PREFIX": (Kind.PREFIXED_NAME, Kind.IRI)}
_IN_PATTERNS = {"TRUE", "FALSE"}


@dataclass(frozen=True, slots=True)
class _Block:
    """What stands between two braces, and the line where it begins."""

    content: str
    line: int
    text: str = "{}"
    kind: Kind = Kind.OTHER


@dataclass(frozen=True, slots=True)
class _Around:
    """What holds for all blocks of an operation; the room is that of the whole update."""

    base: str
    prologue: str
    room: Room


_Piece = Token | _Block


def read_update(text: str, base: str) -> Patch:
    """The patch of a SPARQL Update request; relative IRIs are resolved against `base`.

    Raises Malformed for what is no update, Unprocessable for one that is no patch, and TooLarge.
    """
    steps: list[Step] = []
    prologue, room = "", Room()
    for operation in _operations(text):
        declared, pieces = _split(operation)
        prologue += declared
        if pieces:
            steps.append(_step(pieces, _Around(base, prologue, room)))
        if len(steps) > MAX_OPERATIONS or len(prologue) > MAX_PROLOGUE:
            raise Unprocessable(
                f"an update has at most {MAX_OPERATIONS} operations and few prefixes; put all"
                " triples that go, and all that come, into one block each"
            )
    return Patch(tuple(steps))


def read_single_match(text: str, base: str) -> Patch:
    """The patch of an update as `application/sparql-update-single-match`; raises as `read_update`.

    Each of its operations must match in exactly one way, and what it deletes must be there.
    """
    steps = read_update(text, base).steps
    return Patch(tuple(replace(step, once=True, strict=True) for step in steps))


def _operations(text: str) -> Iterator[list[_Piece]]:
    """What stands between semicolons (§3 `Update`)."""
    pieces: list[_Piece] = []
    for piece in _pieces(without_escapes(text)):
        if piece.text == ";":
            yield pieces
            pieces = []
        else:
            pieces.append(piece)
    yield pieces


def _pieces(text: str) -> Iterator[_Piece]:
    begin = depth = 0
    line = 1
    for found in MARKS.finditer(text):
        brace = found["brace"]
        if brace is None:
            continue
        depth += 1 if brace == "{" else -1
        if depth > 1:
            raise Unprocessable(
                "the blocks of a patch hold plain triples; leave out GRAPH, OPTIONAL, UNION"
                " and other groups"
            )
        if depth < 0:
            raise Malformed("a brace is closed that was not opened")
        if depth:
            yield from _words(text[begin : found.start()])
        else:
            yield _Block(text[begin : found.start()], line)
        line += text.count("\n", begin, found.end())
        begin = found.end()
    if depth:
        raise Malformed("a brace is opened and not closed")
    yield from _words(text[begin:])


def _words(text: str) -> Iterator[Token]:
    return (t for t in tokenize(text) if t.kind not in {Kind.SPACE, Kind.COMMENT})


def _split(pieces: Sequence[_Piece]) -> tuple[str, Sequence[_Piece]]:
    """The prologue of an operation (§4.1.1 of the query language), and what follows it."""
    position = 0
    while position < len(pieces):
        kinds = _DECLARATIONS.get(pieces[position].text.upper())
        following = pieces[position + 1 : position + 3]
        if kinds is None or tuple(piece.kind for piece in following[: len(kinds)]) != kinds:
            break
        position += 1 + len(kinds)
    return "".join(f"{piece.text} " for piece in pieces[:position]), pieces[position:]


def _step(pieces: Sequence[_Piece], around: _Around) -> Step:
    blocks = [piece for piece in pieces if isinstance(piece, _Block)]
    form = " ".join(piece.text.upper() for piece in pieces)
    if form not in _FORMS:
        raise _refusal(pieces)
    said: dict[str, Patterns] = {}
    for block, roles in zip(blocks, _FORMS[form], strict=True):
        patterns = _patterns(block, around)
        said.update(dict.fromkeys(roles, patterns))
    where, deletes, inserts = (said.get(r, NOTHING) for r in ("where", "deletes", "inserts"))
    # §3.1.1, §3.1.2: the triples of DATA are "all RDF triples": "variables in [them] are not
    # allowed"; §3.1.3: blank nodes are not allowed in what is deleted.
    if "DATA" in form and variables_of(deletes | inserts):
        raise Malformed("the triples of DATA have no variables; use WHERE")
    if blank_nodes_of(deletes):
        raise Malformed("what is deleted has no blank nodes; write a variable and use WHERE")
    return Step(where=where, deletes=deletes, inserts=inserts, strict=form == "DELETE DATA {}")


def _refusal(pieces: Sequence[_Piece]) -> Malformed | Unprocessable:
    words = [piece.text.upper() for piece in pieces]
    if beyond := [word for word in words if word in _BEYOND]:
        return Unprocessable(f"a patch is about its target alone; leave out {beyond[0]}")
    forms = ", ".join(_FORMS)
    return Malformed(f"the update is not one of {forms}, or several with semicolons between them")


def _patterns(block: _Block, around: _Around) -> Patterns:
    try:
        return read_patterns(
            block.content,
            around.base,
            prologue=around.prologue,
            line=block.line,
            room=around.room,
        )
    except Malformed:
        words = (
            t.text.upper() for t in _words(block.content) if t.kind is Kind.WORD and t.text != A
        )
        if unknown := [word for word in words if word in KEYWORDS - _IN_PATTERNS]:
            raise Unprocessable(
                f"the blocks of a patch hold plain triples; leave out {unknown[0]}"
            ) from None
        raise
