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
