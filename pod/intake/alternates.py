"""Records that another source told of already: their names are kept, and nothing is doubled.

The first statement of a movement stays as it is. What a second source calls it is a node beside it
that is `prov:alternateOf` it, with the digest of what that source says and the import it came by.
It has no holder and says nothing else, so that no query counts it; the next import meets it.
"""

from collections.abc import Iterable, Iterator, Mapping

from importers.contract import Problem
from pod.intake.draft import Draft, Outcome, digest_of, outcome_of
from pod.intake.equivalence import agree, first_of, same_movements
from pod.intake.formats import Formats
from pod.intake.records import Entry, Told, became, put_entry, unreadable
from pod.intake.tombstones import is_tombstone
from pod.intake.withdrawn import is_withdrawn
from vocab.graph import NamedNode, Node
from vocab.kinds import KINDS
from vocab.names import PROV, RDF, SD

SEVERAL_SOURCES = frozenset({"bank"})
"""The domains in which what sources have in common is looked for."""
_MOVEMENT = NamedNode(KINDS["BankTransaction"].iri)
_ACCOUNT = NamedNode(KINDS["BankAccount"].iri)
_KEPT = (SD.recordDigest, SD.sourceLocator, PROV.wasGeneratedBy)
_MATCHED = "{} movements of this month are those that another source told of: they stay as they are"
_OVERTAKEN = (
    "{} records stay as an export says that was made later: this one is older, and says something "
    "else of them"
)
_CONTRADICTS = "another source says something else of this movement, and that one is kept"


def put_entries(entries: Iterable[Entry | Told], draft: Draft) -> Iterator[Told]:
    """Puts the records of one export, but those that other sources told of; what became of each.

    What is told of an entry already is passed on.
    """
    found = tuple(entries)
    matches = _matches([one for one in found if isinstance(one, Entry)], draft)
    tally: dict[tuple[str, str], list[Entry]] = {}
    for one in found:
        if isinstance(one, Told):
            yield one
            continue
        if one.about in matches:
            tally.setdefault((one.path, _MATCHED), []).append(one)
        elif _is_overtaken(one, draft):
            tally.setdefault((one.path, _OVERTAKEN), []).append(one)
            draft.tell(one.about)
            yield became(Outcome.SAME, one.stands_for)
            continue
        yield _put(one, matches.get(one.about), draft)
    for (_, message), told in tally.items():
        problem = Problem(told[0].locator, message.format(len(told)), row=False)
        yield Told(outcome=None, count=0, problem=problem)


def _put(entry: Entry, match: str | None, draft: Draft) -> Told:
    there = draft.node(entry.path, entry.about)
    if not there and match is None:
        return put_entry(entry, draft)
    first = match or first_of(there)
    if first is not None and draft.node(entry.path, first):
        return _put_alternate(entry, first, draft)
    if _says_it_otherwise(entry, there, draft.formats):
        draft.tell(entry.about)
        return Told(outcome=Outcome.SAME, count=entry.stands_for)
    return put_entry(entry, draft)


def _is_overtaken(entry: Entry, draft: Draft) -> bool:
    """Whether an export that was made later says something else of a record, or lacked it."""
    there = draft.node(entry.path, entry.about)
    if not draft.formats.is_newer(there) or is_tombstone(there):
        return False
    is_other = outcome_of(entry.node, there) is Outcome.UPDATED
    return is_other and not _says_it_otherwise(entry, there, draft.formats)


def _put_alternate(entry: Entry, first: str, draft: Draft) -> Told:
    """What a second source says of a record, beside the record."""
    draft.tell(entry.about)
    draft.tell(first)
    there = draft.node(entry.path, entry.about)
    if not there:
        draft.put(entry.path, entry.about, _alternate(entry, first))
    elif digest_of(there) != digest_of(entry.node):
        record = draft.node(entry.path, first)
        if not agree(entry.node, record):
            problem = Problem(entry.locator, _CONTRADICTS, row=entry.stands_for > 0, conflict=True)
            return unreadable(problem)
    return Told(outcome=Outcome.SAME, count=entry.stands_for)


def _alternate(entry: Entry, first: str) -> Node:
    kept = {name: entry.node[name] for name in _KEPT}
    return {**kept, PROV.alternateOf: (NamedNode(first),)}


def _matches(entries: Iterable[Entry], draft: Draft) -> Mapping[str, str]:
    """The records that other sources told of, by the IRIs that this export gives them."""
    formats = draft.formats
    named: dict[str, set[str]] = {}
    new: dict[str, dict[str, Node]] = {}
    for entry in entries:
        named.setdefault(entry.path, set()).add(entry.about)
        if _is(entry.node, _MOVEMENT) and not draft.node(entry.path, entry.about):
            new.setdefault(entry.path, {})[entry.about] = entry.node
    found: dict[str, str] = {}
    for path, movements in new.items():
        nodes = dict(draft.nodes(path))
        taken = {
            first
            for node in nodes.values()
            if (first := first_of(node)) and not formats.is_other(node)
        }
        there = {
            about: node
            for about, node in nodes.items()
            if about not in taken | named[path] and _is_open(node, formats)
        }
        if there:
            found |= same_movements(movements, there)
    return found


def _is_open(record: Node, formats: Formats) -> bool:
    """Whether a record that is held may be what a new one tells of."""
    lives = not is_tombstone(record) and not is_withdrawn(record)
    return lives and _is(record, _MOVEMENT) and formats.is_other(record)


def _says_it_otherwise(entry: Entry, there: Node, formats: Formats) -> bool:
    """Whether another source named the record the same, and only its words are others."""
    if is_tombstone(there) or is_withdrawn(there) or not formats.is_other(there):
        return False
    if _is(there, _ACCOUNT):
        return True
    return _is(there, _MOVEMENT) and agree(entry.node, there)


def _is(record: Node, kind: NamedNode) -> bool:
    return kind in record.get(RDF.type, ())
