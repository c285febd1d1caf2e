"""School: marks of the eldest child who goes to one, in three terms a year."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from pod.people.events import Event, Mark
from pod.people.holidays import is_school
from pod.people.home import Home, Person

# What is taught, its code, and how many marks there are in a term.
SUBJECTS: Final = (
    ("FRANCAIS", "FRANC", 4),
    ("MATHEMATIQUES", "MATHS", 5),
    ("HISTOIRE-GEOGRAPHIE", "HISGE", 3),
    ("ANGLAIS LV1", "AGL1", 4),
    ("SCIENCES VIE ET TERRE", "SVT", 2),
)
_TERMS: Final = ((9, 2, 11, 28), (12, 1, 3, 6), (3, 9, 6, 20))
_LEAST_AGE, _MOST_AGE = 11, 18  # in years, at collège and lycée


def pupil(home: Home) -> Person | None:
    """The eldest child."""
    children = [one for one in home.people if not one.is_adult]
    return min(children, key=lambda one: one.born) if children else None


def school(home: Home) -> Iterator[Event]:
    """The marks of each term that has begun, by the day."""
    child = pupil(home)
    if child is None:
        return
    chance, last = home.chance("school"), home.span.last
    talent = [chance.between(80, 155) for _ in SUBJECTS]
    drift = [chance.between(-6, 8) for _ in SUBJECTS]
    number = 1000 * home.number
    for year in range(home.span.first.year - 1, last.year + 1):
        if not _LEAST_AGE <= year - child.born.year < _MOST_AGE:
            continue
        for term, (first, end) in enumerate(_terms(year), start=1):
            if first < home.span.first or first > last:
                continue
            for rank, (_, _, count) in enumerate(SUBJECTS):
                talent[rank] = max(40, min(190, talent[rank] + drift[rank]))
                for _ in range(count):
                    number += 1
                    day = first + timedelta(days=chance.below((end - first).days))
                    tenths = talent[rank] + int(chance.bell() * 18)
                    yield Mark(
                        id=f"mark-{number}",
                        number=number,
                        year=year,
                        term=term,
                        subject=rank,
                        day=_lesson(day, first),
                        halves=max(2, min(40, tenths // 5)),
                        weight=chance.between(1, 3),
                        mean=chance.between(85, 130),
                    )


def _terms(year: int) -> tuple[tuple[date, date], ...]:
    def day(month: int, number: int) -> date:
        return date(year if month > 8 else year + 1, month, number)

    return tuple((day(a, b), day(c, d)) for a, b, c, d in _TERMS)


def _lesson(day: date, first: date) -> date:
    """That day, or the last one before it with lessons."""
    while day > first and not is_school(day):
        day -= timedelta(days=1)
    return day
