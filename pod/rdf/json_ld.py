"""Graphs as JSON-LD 1.1 in expanded form, flattened: one object for each node."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from vocab.graph import BlankNode, Literal, NamedNode, Term, Triple
from vocab.names import RDF, XSD

Node = dict[str, Any]
Name = NamedNode | BlankNode | None
"""The name of a graph, None that of the default graph."""

_Part = Term | Triple  # as the library types what is in a triple

_FIRST, _REST, _NIL = (NamedNode(RDF.NS + name) for name in ("first", "rest", "nil"))


def expanded(graphs: Mapping[Name, Sequence[Triple]]) -> list[Node]:
    """The node objects of graphs whose triples are sorted by subject (JSON-LD 1.1 §9.2).

    Lists that nothing else speaks of are written as such.
    """
    uses = _uses(graphs)
    nodes = list(_nodes(graphs.get(None, ()), uses))
    if graphs.keys() <= {None}:
        return nodes
    by_id = {node["@id"]: node for node in nodes}
    for name, triples in graphs.items():
        if name is not None:
            node = by_id.setdefault(_id(name), {"@id": _id(name)})
            node["@graph"] = list(_nodes(triples, uses))
    return list(by_id.values())


def _uses(graphs: Mapping[Name, Sequence[Triple]]) -> Counter[_Part]:
    """How often a blank node is an object, or is known by name in another way."""
    uses: Counter[_Part] = Counter()
    subjects: Counter[_Part] = Counter()
    for name, triples in graphs.items():
        uses.update(t.object for t in triples if isinstance(t.object, BlankNode))
        if name is not None:
            subjects.update({t.subject for t in triples})
            uses[name] += 2
    if subjects:
        subjects.update({t.subject for t in graphs.get(None, ())})
        # What is a subject in several graphs, or names one, cannot go without its name.
        uses.update(node for node, number in subjects.items() if number > 1)
    return uses


def _nodes(triples: Sequence[Triple], uses: Counter[_Part]) -> Iterator[Node]:
    lists = _Lists(triples, uses)
    for subject, about in groupby(triples, key=lambda triple: triple.subject):
        if subject in lists.links:
            continue
        node: defaultdict[str, list[Any]] = defaultdict(list)
        for triple in about:
            value = triple.object
            if triple.predicate.value == RDF.type and isinstance(value, NamedNode):
                node["@type"].append(value.value)
            else:
                node[triple.predicate.value].append(lists.value(value))
        yield {"@id": _id(subject), **node}


class _Lists:
    """The lists of a graph that can be written as such (JSON-LD 1.1 API §8.4.2, step 6).

    A list within a list is left as it is, so that nothing nests. `links` are the nodes that the
    others consist of.
    """

    def __init__(self, triples: Sequence[Triple], uses: Counter[_Part]) -> None:
        self.links: set[_Part] = set()
        self._items: dict[_Part, list[_Part]] = {}
        if any(t.object == _NIL and t.predicate == _REST for t in triples):
            self._find(triples, uses)

    def value(self, term: _Part) -> Node:
        if term in self._items:
            return {"@list": [_value(item) for item in self._items[term]]}
        return {"@list": []} if term == _NIL else _value(term)

    def _find(self, triples: Sequence[Triple], uses: Counter[_Part]) -> None:
        firsts = {t.subject: t.object for t in triples if t.predicate == _FIRST}
        rests = {t.subject: t.object for t in triples if t.predicate == _REST}
        said = Counter(t.subject for t in triples)
        users = {t.object: t for t in triples if uses[t.object] == 1}
        links = {n for n in firsts.keys() & rests.keys() if said[n] == 2 and n in users}
        for last in [node for node in links if rests[node] == _NIL]:
            chain = [last]
            while users[chain[-1]].predicate == _REST and users[chain[-1]].subject in links:
                chain.append(users[chain[-1]].subject)
            if users[chain[-1]].predicate != _FIRST:
                self.links.update(chain)
                self._items[chain[-1]] = [firsts[node] for node in reversed(chain)]


def _value(term: _Part) -> Node:
    if not isinstance(term, Literal):
        return {"@id": _id(term)}
    if term.language is None:
        typed = {} if term.datatype.value == XSD.string else {"@type": term.datatype.value}
        return {**typed, "@value": term.value}
    directed = {} if term.direction is None else {"@direction": term.direction.value}
    return {"@language": term.language, **directed, "@value": term.value}


def _id(term: _Part) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
