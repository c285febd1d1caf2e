"""Into a draft, what a complete export lacks: records of its time that nobody tells of any more."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from importers.contract import Covers, Problem
from importers.naming import Naming
from pod.intake.draft import Draft, Manner
from pod.intake.provenance import Export
from pod.intake.records import Told
from pod.intake.withdrawn import came_by, is_missing, months, withdrawn
from vocab.graph import Graph

_MARKED = "{} that the pod holds of this time are not in it: marked as withdrawn"
_UNSURE = (
    "{} that the pod holds of this time are not in it, and stay: a row or a sum of it is wrong"
)


def put_absent(
    export: Export, told: Iterable[Told], naming: Naming, draft: Draft, now: datetime
) -> Iterator[Told]:
    """Marks what is missing as withdrawn, after all of the export is put, which came to `told`.

    Where a row was lost, or what the export states of itself does not hold, nothing is marked.
    """
    lost = any(one.problem and one.problem.row for one in told)
    is_sure = not lost and all(check.ok for check in export.checks)
    for covers in export.covers:
        missing = list(_missing(covers, naming, draft))
        if is_sure:
            for path, about, record in missing:
                draft.put(path, about, withdrawn(record, about, naming.activity, now))
        if missing:
            message = _MARKED if is_sure else _UNSURE
            problem = Problem(covers.locator, message.format(len(missing)), row=False)
            manner = Manner.WITHDRAWN if is_sure else None
            yield Told(outcome=None, count=len(missing), manner=manner, problem=problem)


def _missing(covers: Covers, naming: Naming, draft: Draft) -> Iterator[tuple[str, str, Graph]]:
    """The covered records that the export lacks, each with its document and its IRI."""
    days = months(covers)
    places = {naming.place(covers.kind, account=covers.account, on=day) for day in days}
    there = [(path, *node) for path in sorted(places) for node in draft.nodes(path)]
    # Another source of the account calls the same records by other names, so that none of those
    # that its imports brought is told of.
    told = (record for _, about, record in there if about in draft.told)
    known = {by for one in told for by in came_by(one) if not draft.formats.is_of_another(by)}
    for path, about, record in there:
        if is_missing(record, about, covers, draft.told) and known & came_by(record):
            yield path, about, record
