"""The text of a document after a difference was made to it, statement by statement.

Statements that it does not touch stay as they are, with all that is around them. What is touched
is written anew, with what comes to its subjects; all else that comes stands at the end.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from pod.rdf.order import order
from pod.rdf.patch import Difference
from pod.rdf.statements import Declared, Document
from pod.rdf.turtle import Nodes
from vocab.graph import BlankNode, Term, Triple

Write = Callable[[Sequence[Triple], Declared], str]
"""Writes triples as statements, where something is declared."""

_Node = Term | Triple  # as the library types what is a subject

_END = -1  # the place after all statements
_BEFORE = re.compile(r"(?:\A|\n)[ \t]*\Z")
_BEHIND = re.compile(r"[ \t]*(?:\r?\n|\Z)")


def rewritten(document: Document, difference: Difference, nodes: Nodes, write: Write) -> str:
    """The document with all that is added and without all that is removed."""
    places = _kept(document, difference, nodes)
    placed = _Placing(document, difference, tuple(places))
    for triple in sorted(difference.added, key=order):
        places.setdefault(placed.find(triple.subject), []).append(triple)
    added = places.pop(_END, [])

    text = document.text
    parts, position = [], 0
    for index, triples in sorted(places.items()):
        statement = document.statements[index]
        begin, end = statement.begin, statement.end
        if triples:
            parts += [text[position:begin], write(triples, statement.declared)]
        else:
            begin, end = _line(text, begin, end)
            parts.append(text[position:begin])
        position = end
    body = "".join([*parts, text[position:]])
    if not added:
        return body
    between = "" if not body or body.endswith("\n") else "\n"
    return f"{body}{between}{write(added, document.declared)}\n"


def _kept(document: Document, difference: Difference, nodes: Nodes) -> dict[int, list[Triple]]:
    """What stays of each statement that has to be written anew, by its number."""
    removed = difference.removed
    # A node without a name can only be spoken of within its own statement.
    ends = (term for triple in difference.added for term in (triple.subject, triple.object))
    nameless = {t for t in ends if isinstance(t, BlankNode) and not nodes.is_labelled(t)}
    found = {}
    for index, statement in enumerate(document.statements):
        triples = statement.triples
        kept = [triple for triple in triples if triple not in removed] if removed else triples
        if len(kept) < len(triples) or (nameless and _speaks_of(triples, nameless)):
            found[index] = list(kept)
    return found


def _speaks_of(triples: Sequence[Triple], nodes: set[BlankNode]) -> bool:
    return any(triple.subject in nodes or triple.object in nodes for triple in triples)


class _Placing:
    """Where something new stands: with its subject, or with what leads to that."""

    def __init__(self, document: Document, difference: Difference, indexes: Sequence[int]) -> None:
        self._places: dict[_Node, int] = {}
        for index in indexes:
            for triple in document.statements[index].triples:
                self._places.setdefault(triple.subject, index)
                if isinstance(triple.object, BlankNode):
                    self._places.setdefault(triple.object, index)
        self._from: dict[_Node, _Node] = {
            t.object: t.subject for t in sorted(difference.added, key=order)
        }

    def find(self, subject: _Node) -> int:
        """The number of the statement to which the subject belongs."""
        way = list(self._way(subject))
        place = self._places.get(way[-1], _END)
        self._places.update(dict.fromkeys(way, place))
        return place

    def _way(self, subject: _Node) -> Iterator[_Node]:
        seen = {subject}
        yield subject
        while subject not in self._places and isinstance(subject, BlankNode):
            subject = self._from.get(subject, subject)
            if subject in seen:
                return
            seen.add(subject)
            yield subject


def _line(text: str, begin: int, end: int) -> tuple[int, int]:
    """A part of a text, with its whole line where nothing else stands there."""
    before = _BEFORE.search(text, max(text.rfind("\n", 0, begin), 0), begin)
    behind = _BEHIND.match(text, end)
    if before is None or behind is None:
        return begin, end
    return before.start() + before[0].startswith("\n"), behind.end()
