"""What a complete export lacks: records of its time that nobody tells of any more."""

from collections.abc import Container, Iterable, Sequence

from importers.contract import Covers, Problem
from importers.naming import Naming
from pod.intake.draft import Manner
from pod.intake.records import Told
from pod.intake.sources import Sources
from pod.intake.withdrawn import came_by, is_missing, months

_MARKED = "{} that the pod holds of this time are not in it: marked as withdrawn"
_UNSURE = (
    "{} that the pod holds of this time are not in it, and stay: a row or a sum of it is wrong"
)


def covered(covers: Iterable[Covers], naming: Naming) -> frozenset[str]:
    """The paths of the documents that covered records are in."""
    return frozenset(path for one in covers for path in _places(one, naming))


def absent(
    covers: Covers, told: Container[str], naming: Naming, sources: Sources
) -> Sequence[tuple[str, str]]:
    """The covered records that an export lacks, each by the path of its document and its IRI.

    What an export that was made later tells of is not missing in an older one.
    `told` are the IRIs of those that it tells of, in all documents that it covers.
    """
    places = _places(covers, naming)
    # Another source of the account calls the same records by other names, so that none of those
    # that its imports brought is told of.
    known = {
        by
        for path in places
        for about, record in (sources.held(path) or {}).items()
        if about in told
        for by in came_by(record)
        if not sources.formats.is_of_another(by)
    }
    return [
        (path, about)
        for path in places
        for about, record in sorted((sources.held(path) or {}).items())
        if is_missing(record, about, covers, told)
        and known & came_by(record)
        and not sources.formats.is_newer(record)
    ]


def told_of(covers: Covers, missing: int, *, is_sure: bool) -> Told:
    """What is told of records that are missing.

    Where a row was lost, or what the export states of itself does not hold, nothing is marked.
    """
    message = _MARKED if is_sure else _UNSURE
    problem = Problem(covers.locator, message.format(missing), row=False)
    manner = Manner.WITHDRAWN if is_sure else None
    return Told(outcome=None, count=missing, manner=manner, problem=problem)


def _places(covers: Covers, naming: Naming) -> list[str]:
    days = months(covers)
    places = {naming.place(covers.kind, account=covers.account, on=day) for day in days}
    return sorted(places)
