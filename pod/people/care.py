"""Health: care that is paid by card, and what the health insurance and the mutual pay back of it.

Each body pays on one day of the week, and one transfer is for all that it settled in that week.
What comes back at about one time is told apart by its amount, so that a query which looks for money
by the amount counts none twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from pod.people.chance import Chance
from pod.people.events import Anomaly, Care, Event, Link, Payment, Reimbursement
from pod.people.everyday import card
from pod.people.holidays import worked_from
from pod.people.home import Home

STATE: Final = "state"
MUTUAL: Final = "mutual"
NAMES: Final = {STATE: "CPAM EXEMPLE", MUTUAL: "MUTUELLE EXEMPLE"}
_MISSING: Final = "missing-reimbursement"
# What is written, by whom it is charged, cents, base, rate in per cent, the mutual's flat part,
# and how often in a year for one person.
_ACTS: Final = (
    ("CONSULTATION GENERALISTE", "DR AUBRAC", 3000, 3000, 70, None, 2.6),
    ("CONSULTATION SPECIALISTE", "DR VERCORS", 6000, 3150, 70, None, 0.8),
    ("ANALYSES BIOLOGIQUES", "LABO DU PARC", 3240, 3240, 60, None, 0.7),
    ("PHARMACIE 65 %", "PHARMACIE DU PONT", 1475, 1475, 65, None, 2.2),
    ("PHARMACIE 30 %", "PHARMACIE DU PONT", 890, 890, 30, None, 1.0),
    ("SOINS DENTAIRES", "CABINET DENTAIRE", 4330, 2892, 60, None, 0.5),
    ("LUNETTES", "OPTIQUE DES HALLES", 28900, 10, 60, 15000, 0.15),
)
_DEARER: Final = range(0, 300, 10)
"""Cents that a care may cost above the least."""
_ABOUT_ONE_TIME: Final = timedelta(days=14)
_FRANCHISE: Final = {"CONSULTATION GENERALISTE": 200, "CONSULTATION SPECIALISTE": 200}
_PAID_ON: Final = {STATE: 3, MUTUAL: 1}  # Thursday, Tuesday


def care(home: Home) -> Iterator[Event]:
    """Care, the card payments for it, what comes back, and the transfers that bring it."""
    chance = home.chance("care")
    back: list[Reimbursement] = []
    for least, payee, flat in tuple(_acts(home, chance)):
        one, owed = _unlike(back, least, flat, chance)
        yield one
        paid = card(one.id, (payee, "health"), home, (one.day, chance), -one.charged)
        yield paid
        yield Link(kind="settledBy", source=one.id, target=paid.id)
        back += owed
    due = [each for each in back if each.body == MUTUAL and each.paid <= home.span.last]
    if due and _MISSING in home.anomalies:
        missing = chance.pick(due)
        back.remove(missing)
        yield _missed(missing)
    yield from _transfers(home, back)


def _acts(home: Home, chance: Chance) -> Iterator[tuple[Care, str, int | None]]:
    for number in range(home.span.days):
        day = worked_from(home.span.first + timedelta(days=number))
        for rank, (label, payee, charged, base, rate, flat, yearly) in enumerate(_ACTS):
            if chance.happens(yearly * len(home.living(day)) / 365) and day <= home.span.last:
                yield (
                    Care(
                        id=f"care-{number}-{rank}",
                        day=day,
                        label=label,
                        charged=charged,
                        base=base,
                        rate=rate,
                        given=chance.pick(home.living(day)).given,
                    ),
                    payee,
                    flat,
                )


def _unlike(
    before: Iterable[Reimbursement], least: Care, flat: int | None, chance: Chance
) -> tuple[Care, tuple[Reimbursement, ...]]:
    """A care, dearer than the least by so much that what comes back is like nothing before it."""
    first, waits = chance.below(len(_DEARER)), (chance.between(4, 9), chance.between(3, 10))
    cares = (
        replace(least, charged=least.charged + cents, base=least.base + cents)
        for cents in (*_DEARER[first:], *_DEARER[:first])
    )
    known = tuple(before)
    found = ((one, _back(one, flat, waits)) for one in cares)
    return next(
        (one, owed)
        for one, owed in found
        if not any(_are_alike(each, other) for each in owed for other in known)
    )


def _are_alike(one: Reimbursement, other: Reimbursement) -> bool:
    return one.cents == other.cents and abs(one.paid - other.paid) <= _ABOUT_ONE_TIME


def _back(one: Care, flat: int | None, waits: tuple[int, int]) -> tuple[Reimbursement, ...]:
    """What each body owes. The franchise stays with the person, whoever else pays."""
    full = one.base * one.rate // 100
    state = max(full - _FRANCHISE.get(one.label, 0), 0)
    paid = _weekday(one.day + timedelta(days=waits[0]), _PAID_ON[STATE])
    mutual = min(one.base - full if flat is None else flat - state, one.charged - state)
    later = _weekday(paid + timedelta(days=waits[1]), _PAID_ON[MUTUAL])
    return (
        Reimbursement(id=f"state-{one.id}", body=STATE, care=one, paid=paid, cents=state),
        Reimbursement(id=f"mutual-{one.id}", body=MUTUAL, care=one, paid=later, cents=mutual),
    )


def _missed(one: Reimbursement) -> Anomaly:
    sentence = "the mutual insurer never paid its part of this care"
    return Anomaly(kind=_MISSING, about=(one.care.id,), cents=one.cents, sentence=sentence)


def _weekday(day: date, weekday: int) -> date:
    return worked_from(day + timedelta(days=(weekday - day.weekday()) % 7))


def _transfers(home: Home, back: list[Reimbursement]) -> Iterator[Event]:
    """What each body pays on a day, in one transfer."""
    grouped: dict[tuple[date, str], list[Reimbursement]] = defaultdict(list)
    for one in back:
        if one.paid <= home.span.last:
            grouped[one.paid, one.body].append(one)
    for (day, body), several in sorted(grouped.items(), key=lambda one: one[0]):
        reference = f"{day:%y%m%d}{home.number:05}"
        transfer = Payment(
            id=f"transfer-{body}-{day:%Y%m%d}",
            day=day,
            cents=sum(one.cents for one in several),
            label=f"VIR SEPA {NAMES[body]} {reference}",
            party=NAMES[body].title(),
            nature="transfer",
            item="health",
            reference=reference,
        )
        yield transfer
        for one in several:
            yield one
            yield Link(kind="reimburses", source=one.id, target=one.care.id)
            yield Link(kind="settledBy", source=one.id, target=transfer.id)
