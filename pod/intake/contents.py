"""What an export holds, in figures: how many of which kind, from when to when."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from importers.contract import Item, Problem, Reading, Record, Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What was found in one export.

    `kinds` counts the records by their kind, `series` the points by the name of their series.
    `first` and `last` are civil dates. `problems` are the rows that cannot be read and the remarks.
    """

    kinds: Mapping[str, int]
    series: Mapping[str, int]
    first: date | None
    last: date | None
    problems: tuple[Problem, ...]

    @property
    def rejected(self) -> int:
        """How many rows cannot be read."""
        return sum(problem.row for problem in self.problems)


def contents(items: Iterable[Item]) -> Contents:
    """The contents that the items of one export come to, looked at one by one."""
    kinds: Counter[str] = Counter()
    series: Counter[str] = Counter()
    problems: list[Problem] = []
    first = last = None
    for item in items:
        day = None
        if isinstance(item, Record):
            kinds[item.kind] += 1
            day = item.on
        elif isinstance(item, Reading):
            series[item.series.name] += 1
            day = item.start.astimezone(item.series.zone).date()
        elif isinstance(item, Sample):
            series[item.sensor.name] += 1
            day = item.start.date()
        elif isinstance(item, Problem):
            problems.append(item)
        if day:
            first = day if first is None else min(first, day)
            last = day if last is None else max(last, day)
    return Contents(kinds=kinds, series=series, first=first, last=last, problems=tuple(problems))
