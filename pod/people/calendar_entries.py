"""The person's calendar: when she is at the doctor's, away, or moves."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from pod.people.events import Appointment, Care, Event, Link, Payment
from pod.people.holidays import DAY
from pod.people.home import Home

_CALLED: Final = {
    "CONSULTATION GENERALISTE": "Médecin",
    "CONSULTATION SPECIALISTE": "Rendez-vous",
}
_LASTS: Final = timedelta(minutes=30)
_APART: Final = timedelta(hours=1)


def entries(
    home: Home, gone: frozenset[date], cares: Iterable[Care], paid: dict[str, Payment]
) -> Iterator[Event]:
    """An entry for each consultation, which is paid at its end; for each absence; for the move.

    Of what two of the household do at about one time, nothing is noted.
    """
    shown = [(care, at) for care in cares if (at := paid[f"card-{care.id}"].at)]
    for care, at in shown:
        about_then = sum(1 for _, other in shown if abs(other - at) < _APART)
        if care.label in _CALLED and about_then == 1:
            entry = Appointment(
                id=f"appointment-{care.id}",
                title=f"{_CALLED[care.label]} {care.given}",
                days=(care.day, care.day),
                start=at - _LASTS,
                end=at,
            )
            yield entry
            yield Link(kind="relatedTo", source=care.id, target=entry.id)
    for first, last in stretches(sorted(gone), home):
        yield Appointment(id=f"away-{first:%Y%m%d}", title="Vacances", days=(first, last))
    for dwelling in home.dwellings[1:]:
        day = dwelling.first
        yield Appointment(id=f"moving-{day:%Y%m%d}", title="Déménagement", days=(day, day))


def stretches(days: list[date], home: Home) -> Iterator[tuple[date, date]]:
    """The stretches of days that follow each other, within the time that is told of."""
    run: list[date] = []
    for day in (one for one in days if home.span.first <= one <= home.span.last):
        if run and day != run[-1] + DAY:
            yield run[0], run[-1]
            run = []
        run.append(day)
    if run:
        yield run[0], run[-1]
