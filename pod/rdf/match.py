"""In which ways triple patterns match a graph (SPARQL 1.1 §18.3), with bounded effort."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Variable

from pod.problems import Unprocessable
from vocab.graph import BlankNode, Graph, Term, Triple

Node = Term | Variable
Pattern = tuple[Node, Node, Node]
Patterns = frozenset[Pattern]
Way = Mapping[Variable, Term]
"""What each variable stands for."""

MOST = 300_000  # looks at a triple or at a pattern: less than a second
_OF_A_WAY = 10  # what it costs to keep one, in looks
_COPIED = 8  # terms that are copied in the time of one

_Key = tuple[Term | None, ...]
_Bound = dict[Node, Term]
_State = tuple[_Bound, tuple[Pattern, ...]]


@dataclass(slots=True)
class Effort:
    """How much may still be looked at, and made."""

    left: int = MOST

    def spend(self, number: int = 1) -> None:
        """Raises Unprocessable when it is too much."""
        self.left -= number
        if self.left < 0:
            raise Unprocessable(
                "it takes too long to find what the patch is about; say it more precisely, or"
                " replace the document by PUT"
            )


def solutions(
    where: Patterns, graph: Graph, effort: Effort, *, most: int | None = None
) -> tuple[Way, ...]:
    """The different ways in which all patterns are in a graph; of them `most` are enough.

    Blank nodes of patterns stand for anything, and two ways differ by their variables alone.
    Raises Unprocessable for what takes too long.
    """
    found: dict[frozenset[tuple[Node, Term]], Way] = {}
    for bound in _search(tuple(where), _Index(graph, effort), effort):
        effort.spend(_OF_A_WAY)
        way = {node: term for node, term in bound.items() if isinstance(node, Variable)}
        found[frozenset(way.items())] = way
        if len(found) == most:
            break
    return tuple(found.values())


def variables_of(patterns: Iterable[Pattern]) -> frozenset[Node]:
    return frozenset(n for pattern in patterns for n in pattern if isinstance(n, Variable))


def blank_nodes_of(patterns: Iterable[Pattern]) -> frozenset[Node]:
    return frozenset(n for pattern in patterns for n in pattern if isinstance(n, BlankNode))


class _Index:
    """The triples of a graph by what is known of them; each way to look them up is made once."""

    def __init__(self, graph: Graph, effort: Effort) -> None:
        self._graph = graph
        self._effort = effort
        self._made: dict[tuple[bool, ...], dict[_Key, list[Triple]]] = {}

    def find(self, pattern: Pattern, bound: _Bound) -> Sequence[Triple]:
        """The triples that a pattern may match."""
        key = tuple(_known(node, bound) for node in pattern)
        known = tuple(term is not None for term in key)
        if known not in self._made:
            self._made[known] = self._by(known)
        return self._made[known].get(key, ())

    def _by(self, known: tuple[bool, ...]) -> dict[_Key, list[Triple]]:
        self._effort.spend(len(self._graph))
        made: dict[_Key, list[Triple]] = {}
        for triple in self._graph:
            key = tuple(t if k else None for t, k in zip(triple, known, strict=True))
            made.setdefault(key, []).append(triple)
        return made


def _search(where: tuple[Pattern, ...], index: _Index, effort: Effort) -> Iterator[_Bound]:
    """Every way to find something for each unknown; one may come several times."""
    pending: list[Iterator[_State]] = [iter([({}, where)])]
    while pending:
        state = next(pending[-1], None)
        if state is None:
            pending.pop()
        elif state[1]:
            pending.append(_next_states(*state, index, effort))
        else:
            yield state[0]


def _next_states(
    bound: _Bound, patterns: tuple[Pattern, ...], index: _Index, effort: Effort
) -> Iterator[_State]:
    """What comes of matching one more pattern: that with the fewest triples to try."""
    fewest: Sequence[Triple] | None = None
    chosen = 0
    for position, pattern in enumerate(patterns):
        effort.spend()
        triples = index.find(pattern, bound)
        if fewest is None or len(triples) < len(fewest):
            fewest, chosen = triples, position
        if len(fewest) <= 1:
            break
    rest = patterns[:chosen] + patterns[chosen + 1 :]
    for triple in fewest or ():
        effort.spend(1 + len(bound) // _COPIED)
        matched = _matched(patterns[chosen], triple, bound)
        if matched is not None:
            yield matched, rest


def _matched(pattern: Pattern, triple: Triple, bound: _Bound) -> _Bound | None:
    """What is known when a pattern is this triple; None when it cannot be."""
    found = dict(bound)
    for node, term in zip(pattern, triple, strict=True):
        if isinstance(node, Variable | BlankNode) and found.setdefault(node, term) != term:
            return None
    return found


def _known(node: Node, bound: _Bound) -> Term | None:
    return bound.get(node) if isinstance(node, Variable | BlankNode) else node
