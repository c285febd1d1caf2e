"""Which days a run has to do with: those of the records that have changed, and what is near."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from pod.matching.item import Item
from pod.matching.looked import Days, Looked
from pod.matching.rules import CLAIM, PREMIUM, WIDEST

_REACH: Final = timedelta(days=WIDEST + 15)  # the bank books what a card paid some days later
_OPEN: Final = date(2999, 12, 31)  # when a contract ends that says no end


def looked(version: str, items: Iterable[Item]) -> Looked:
    """A document of a version, with the records in it that may be matched."""
    days = [day for item in items for day in _days(item)]
    return Looked(version, (min(days), max(days)) if days else None)


def _days(item: Item) -> tuple[date, ...]:
    """The day of a record; of a contract or a claim the last one for paying it, too."""
    if item.kind == CLAIM.source:
        return item.day, item.day + timedelta(days=CLAIM.after)
    if item.kind != PREMIUM.target:
        return (item.day,)
    ends = item.period[1] if item.period and item.period[1] > item.period[0] else _OPEN
    return item.day, ends


def scope_of(changed: Iterable[Looked]) -> Days | None:
    """The days of which matches may be others now; None where nothing that changed has a day."""
    days = [one.days for one in changed if one.days]
    if not days:
        return None
    return min(one[0] for one in days) - _REACH, max(one[1] for one in days) + _REACH


def is_in(scope: Days, day: date) -> bool:
    return scope[0] <= day <= scope[1]


def is_near(scope: Days, one: Looked) -> bool:
    """Whether what is asked about within a scope may be answered by a document."""
    if one.days is None:
        return False
    return one.days[0] <= scope[1] + _REACH and scope[0] - _REACH <= one.days[1]


def within(items: Collection[Item], scope: Days) -> Iterator[Item]:
    """What is to be asked about within some days, and everything that may be an answer.

    A claim is asked about for as long as it may be paid.
    """
    for one in items:
        if one.is_answer or one.kind == CLAIM.source or is_in(scope, one.day):
            yield one
