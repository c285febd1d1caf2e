"""A course of a day that the person takes now and then, for which she gets a badge."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from pod.people.events import Appointment, Event
from pod.people.events_besides import Training
from pod.people.everyday import at
from pod.people.home import Home

PROVIDER: Final = "Atelier des Savoirs"
# What the badge is called, and what it attests.
_COURSES: Final = (
    ("Premiers secours", "Secourisme"),
    ("Réparer son vélo", "Mécanique du cycle"),
    ("Tableur, niveau 2", "Bureautique"),
    ("Initiation à l'apiculture", "Apiculture"),
)
_YEARLY = 1.3
_FROM = 9 * 60  # minutes from midnight
UNTIL: Final = 17 * 60
_SATURDAY = 5


def trainings(home: Home) -> Iterator[Event]:
    """A course on a Saturday, and its entry of the calendar; each course once."""
    chance, left = home.chance("training"), list(_COURSES)
    for number in range(home.span.days):
        day = home.span.first + timedelta(days=number)
        if day.weekday() != _SATURDAY or not left or not chance.happens(_YEARLY / 52):
            continue
        name, skill = left.pop(chance.below(len(left)))
        one = Training(id=f"training-{number}", day=day, name=name, skill=skill)
        entry = Appointment(
            id=f"appointment-{one.id}",
            title=f"Formation {name}",
            days=(day, day),
            start=at(day, _FROM),
            end=at(day, UNTIL),
        )
        yield one
        yield entry
