"""Insurance: a contract for the home, one for the car and the mutual, and their monthly dues."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from pod.people.events import Cover, Event, Link
from pod.people.holidays import worked_from
from pod.people.home import Home
from pod.people.paid import Creditor
from pod.people.tariffs import months

INSURER: Final = Creditor("Assureur Exemple", "FR56ZZZ567890", "insurance")
MUTUAL: Final = Creditor("Mutuelle Exemple", "FR78ZZZ789012", "health")


def member_of(home: Home) -> str:
    """The number under which the insurer keeps the household."""
    return f"7{home.number:06}"


def cover(home: Home) -> Iterator[Event]:
    """Contracts, and what is debited for each of them every month."""
    chance = home.chance("cover")
    for rank, dwelling in enumerate(home.dwellings):
        yearly = (dwelling.surface * chance.between(240, 330)) // 12 * 12
        one = Cover(
            id=f"cover-home-{rank}",
            product="NOR",
            name="Habitation Équilibre",
            start=dwelling.first,
            yearly=yearly,
            dwelling=rank,
        )
        yield from _dues(home, one, INSURER, dwelling.last)
    if chance.happens(0.6):
        plate = f"{chance.pick('ABCDEFG')}{chance.pick('HJKLM')}-{chance.digits(3)}-XX"
        car = Cover(
            id="cover-car",
            product="VAM",
            name="Auto Plénitude",
            start=date(home.span.first.year - chance.between(1, 9), home.span.first.month, 1),
            yearly=chance.between(320, 690) * 120 // 12 * 12,
            plate=plate,
        )
        yield from _dues(home, car, INSURER, home.span.last)
    yield from _mutual(home, chance.between(28, 55) * 100 * len(home.wages))


def _dues(home: Home, one: Cover, creditor: Creditor, last: date) -> Iterator[Event]:
    """A twelfth of the year each month, on the seventh."""
    yield one
    mandate = f"AS{member_of(home)}{one.product}{one.start:%y%m}"
    for first, end in months(max(one.start, home.span.first), min(last, home.span.last)):
        day = worked_from(first.replace(day=7))
        if first <= day <= end:
            reference = f"{one.product}{first:%y%m}"
            debit = creditor.debit(
                f"{one.id}-{first:%Y%m}", one.yearly // 12, day, mandate, reference
            )
            yield debit
            yield Link(kind="dueOf", source=debit.id, target=one.id)


def _mutual(home: Home, monthly: int) -> Iterator[Event]:
    for first, end in months(home.span.first, home.span.last):
        day = worked_from(first.replace(day=6))
        if first <= day <= end:
            mandate = f"MU{member_of(home)}"
            yield MUTUAL.debit(f"mutual-{first:%Y%m}", monthly, day, mandate, f"MUT{first:%y%m}")
