"""What belongs together among the records of a pod: found, confirmed or rejected by the person.

Of each document the version is remembered that was looked at. A run reads those that have changed
since, and of the others those with records of about the same days; no other match is touched.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pod.flows.annotate import record_of
from pod.flows.by_owner import apply
from pod.flows.context import Pod
from pod.flows.owner import owner_of
from pod.intake.document import turtle
from pod.ldp.operation import Operation
from pod.matching.item import Item
from pod.matching.items import days_of_lines, items_of
from pod.matching.left_open import open_graph, open_in
from pod.matching.looked import Days, Looked, looked_at, looked_graph
from pod.matching.match import Decided, Match, Open, Standing, matched_by
from pod.matching.matched import matched
from pod.matching.rules import rule_between
from pod.matching.scope import is_in, is_near, looked, scope_of, within
from pod.matching.written import MATCHES, graph_of, matches_of, path_of
from pod.model import Resource
from pod.problems import Malformed, NotFound
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from pod.store.port import Snapshot, Transaction
from vocab.graph import Graph, nodes_of, text_of
from vocab.iri import ResourceIri
from vocab.names import SCHEMA
from vocab.places import DATA

TURTLE = RdfFormat.TURTLE.media_type
LOOKED = f"{MATCHES}looked.ttl"
OPEN = f"{MATCHES}open.ttl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """All matches of a pod and what stays open; how many documents were new and how many read."""

    matches: tuple[Match, ...]
    open: tuple[Open, ...] = ()
    read: int = 0
    changed: int = 0


async def match(pod: Pod) -> Matched:
    """Find what belongs together, as far as documents have changed since the last run."""

    def work(tx: Transaction) -> Matched:
        return _Run(tx, pod).done()

    return await pod.store.write(work)


async def confirm(name: str, pod: Pod) -> Match:
    """Have a match stand, as the person says. Raises NotFound."""
    return await _decide(name, Standing.SURE, pod)


async def reject(name: str, pod: Pod) -> Match:
    """Have a match never come back, as the person says. Raises NotFound."""
    return await _decide(name, Standing.REJECTED, pod)


async def link(source: str, target: str, pod: Pod) -> Match:
    """Have two records belong together, as the person says: one that was left open, mostly.

    Raises NotFound, and Malformed for two that no rule is about.
    """

    def work(tx: Transaction) -> Match:
        one, other = (_item(iri, tx, pod) for iri in (source, target))
        rule = rule_between(one.kind, other.kind) if one and other else None
        if one is None or rule is None:
            raise Malformed(
                "these two are not matched: give what was paid first, and the line of the bank"
            )
        said = matched_by(rule, one, target, owner_of(pod).webid or "")
        others = [match for match in _matches(tx, pod) if not _is_instead(match, said)]
        _write([*others, said], tx, pod)
        return said

    return await pod.store.write(work)


def _item(iri: str, found: Snapshot, pod: Pod) -> Item | None:
    nodes = nodes_of(record_of(iri, found, pod))
    return next(items_of(nodes, {}), None)


async def _decide(name: str, standing: Standing, pod: Pod) -> Match:
    wanted = name.rpartition("#")[2]

    def work(tx: Transaction) -> Match:
        known = _matches(tx, pod)
        found = next((one for one in known if one.name == wanted), None)
        if found is None:
            raise NotFound(
                "there is no such match; look at its name again in what `pod match` lists"
            )
        said = replace(found, standing=standing, by=owner_of(pod).webid or "")
        others = [one for one in known if one.name != wanted]
        if standing is Standing.SURE:
            others = [one for one in others if not _is_instead(one, said)]
        _write([*others, said], tx, pod)
        return said

    return await pod.store.write(work)


def _is_instead(one: Match, said: Match) -> bool:
    """Whether a match goes for what the person says: a record that was linked by itself."""
    is_same = one.name == said.name
    return is_same or (not one.by and (one.rule, one.source) == (said.rule, said.source))


class _Run:
    """One run, in one transaction."""

    def __init__(self, tx: Transaction, pod: Pod) -> None:
        self._tx = tx
        self._pod = pod
        self._read = 0
        self._items: dict[str, list[Item]] = {}
        self._days: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def done(self) -> Matched:
        known = _matches(self._tx, self._pod)
        open_ = _still(open_in(_graph(OPEN, self._tx, self._pod)), known)
        before = looked_at(_graph(LOOKED, self._tx, self._pod))
        there = {str(one.iri): one for one in tuple(self._tx.documents(self._data))}
        changed = [iri for iri, one in there.items() if _version(before.get(iri)) != one.version]
        gone = before.keys() - there.keys()
        if not (changed or gone):
            return Matched(matches=known, open=open_)
        for iri in changed:
            self._take(there[iri])
        seen = {iri: one for iri, one in before.items() if iri in there}
        seen |= {iri: looked(there[iri].version, self._items[iri]) for iri in changed}
        affected = [before[iri] for iri in (*changed, *gone) if iri in before]
        scope = scope_of([*affected, *(seen[iri] for iri in changed)])
        found = Matched(matches=known, open=open_)
        if scope:
            found = self._found(found, scope, there, seen)
        _write(found.matches, self._tx, self._pod)
        _put(OPEN, open_graph(found.open, f"{self._pod.store.storage}{OPEN}"), self._tx, self._pod)
        _put(LOOKED, looked_graph(seen), self._tx, self._pod)
        return replace(found, read=self._read, changed=len(changed))

    @property
    def _data(self) -> ResourceIri:
        return ResourceIri(self._pod.store.storage, DATA)

    def _found(
        self,
        known: Matched,
        scope: Days,
        there: Mapping[str, Resource],
        seen: Mapping[str, Looked],
    ) -> Matched:
        for iri, one in seen.items():
            if iri not in self._items and is_near(scope, one):
                self._take(there[iri])
        items = [self._dated(one) for several in self._items.values() for one in several]
        kept = [one for one in known.matches if one.by or not is_in(scope, one.day)]
        decided = Decided(
            standing=tuple(one for one in kept if one.standing is not Standing.REJECTED),
            rejected=frozenset(one.pair for one in kept if one.standing is Standing.REJECTED),
        )
        found = matched(within(items, scope), decided)
        matches = (*kept, *found.matches)
        asked = {(one.rule, one.sources) for one in found.open}
        before = (
            one
            for one in known.open
            if not is_in(scope, one.day) and (one.rule, one.sources) not in asked
        )
        return Matched(matches=matches, open=_still((*before, *found.open), matches))

    def _take(self, one: Resource) -> None:
        """Reads the records of a document."""
        self._read += 1
        nodes = nodes_of(_content(one, self._tx))
        self._days |= days_of_lines(nodes)
        self._items[str(one.iri)] = list(items_of(nodes, self._named(one.iri)))

    def _dated(self, one: Item) -> Item:
        """A record, a line on the day of its bill: the two may stand in different documents."""
        day = self._days.get(one.iri)
        return replace(one, day=date.fromisoformat(day)) if day else one

    def _named(self, document: ResourceIri) -> Mapping[str, str]:
        """What the holder of a document is called."""
        holder = "/".join([*document.path.split("/")[:3], "holder.ttl"])
        if holder not in self._names:
            self._names[holder] = ""
            for iri, node in nodes_of(_graph(holder, self._tx, self._pod)).items():
                self._names[iri] = text_of(node, SCHEMA.name)
        return self._names


def _still(left: Iterable[Open], matches: Iterable[Match]) -> tuple[Open, ...]:
    """What is open and has found no answer since."""
    answered = {(one.rule, one.source) for one in matches if one.is_linked}
    return tuple(one for one in left if not any((one.rule, iri) in answered for iri in one.sources))


def _version(looked: Looked | None) -> str | None:
    return None if looked is None else looked.version


def _matches(found: Snapshot, pod: Pod) -> tuple[Match, ...]:
    documents = tuple(found.documents(ResourceIri(pod.store.storage, MATCHES)))
    return tuple(match for one in documents for match in matches_of(_content(one, found)))


def _content(one: Resource, found: Snapshot) -> Graph:
    syntax = RdfFormat.of(one.media_type)
    if syntax is None:
        return frozenset()
    return parse(found.read(one.content), syntax, str(one.iri))


def _graph(path: str, found: Snapshot, pod: Pod) -> Graph:
    one = found.load(ResourceIri(pod.store.storage, path))
    return frozenset() if one is None else _content(one, found)


def _write(matches: Iterable[Match], tx: Transaction, pod: Pod) -> None:
    """Writes the documents of matches that say something else now."""
    of_path: dict[str, list[Match]] = {}
    for one in matches:
        of_path.setdefault(path_of(one), []).append(one)
    folder = ResourceIri(pod.store.storage, MATCHES)
    there = {one.iri.path for one in tuple(tx.documents(folder))} - {LOOKED, OPEN}
    for path in sorted(there | of_path.keys()):
        document = f"{pod.store.storage}{path}"
        _put(path, graph_of(of_path.get(path, ()), document), tx, pod)


def _put(path: str, graph: Graph, tx: Transaction, pod: Pod) -> None:
    target = ResourceIri(pod.store.storage, path)
    if graph == _graph(path, tx, pod):
        return
    if graph:
        content = turtle(nodes_of(graph), str(target))
        operation = Operation(method="PUT", target=target, media_type=TURTLE, content=content)
    else:
        operation = Operation(method="DELETE", target=target)
    apply(operation, tx, pod, pod.server.now())
