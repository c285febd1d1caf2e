"""The permission diet: what was granted and is not used, so that less of it would do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pod.consent.categories import CATEGORIES
from pod.consent.line import Line, line

SOON: Final = 30
"""Days before which nobody is told that something is not used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What a grant covers of a category. `fields` are IRIs of properties, () where it is all."""

    category: str
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What was read of a category that was granted. `asked` is how many fields the app said it
    would use, 0 where it may use all; `used` how many of those were read, None where nothing was.
    """

    category: str
    asked: int
    used: int | None

    @property
    def line(self) -> Line:
        """The sentence that says so."""
        label = CATEGORIES[self.category].label
        if self.used is None:
            return line("used_not", category=label)
        if not self.asked:
            return line("used_all", category=label)
        return line("used_fields", category=label, asked=self.asked, used=self.used)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What could be taken back, and the sentence that says so.

    `unused` are the fields of `category` that were not read, empty where it was not read at all.
    """

    category: str
    unused: frozenset[str]
    line: Line


def diet(
    granted: Iterable[Covered],
    read: Mapping[str, frozenset[str]],
    *,
    since: datetime,
    now: datetime,
) -> tuple[Advice, ...]:
    """The advice on a grant that holds from `since`, in the order of `granted`.

    `read` are the fields that were read since then, by category; one that is not in it was never
    read. Times are in UTC.
    """
    days = (now - since).days
    if days < SOON:
        return ()
    found = (_advice(one, read.get(one.category), days) for one in granted)
    return tuple(advice for advice in found if advice)


def usage(granted: Iterable[Covered], read: Mapping[str, frozenset[str]]) -> tuple[Usage, ...]:
    """What was granted beside what was read of it, by category, in the order of `granted`."""
    return tuple(
        Usage(
            category=one.category,
            asked=len(one.fields),
            used=len(one.fields & read[one.category]) if one.category in read else None,
        )
        for one in granted
    )


def _advice(one: Covered, read: frozenset[str] | None, days: int) -> Advice | None:
    label = CATEGORIES[one.category].label
    if read is None:
        said = line("diet_unused", category=label, days=days)
        return Advice(category=one.category, unused=frozenset(), line=said)
    unused = one.fields - read
    if not unused:
        return None
    asked, used = len(one.fields), len(one.fields) - len(unused)
    said = line("diet_fields", category=label, asked=asked, used=used, days=days)
    return Advice(category=one.category, unused=unused, line=said)
