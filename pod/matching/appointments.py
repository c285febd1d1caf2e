"""Which entry of the calendar was the appointment for a care.

An entry says neither a price nor who is paid. It is found by its day, by what it is called, and by
the card that paid for the care: it is shown in the appointment, or about then.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from pod.matching.assign import Pair, assigned
from pod.matching.evidence import Ask, Evidence, Reason, is_at
from pod.matching.item import Item
from pod.matching.match import Found, found_in
from pod.matching.rules import APPOINTMENT, PAYMENTS
from pod.matching.table import Table

_PAID: Final = next(one.name for one in PAYMENTS if one.source == APPOINTMENT.source)

# The words, unaccented, by which entries of calendars say what they are.
_MEETING: Final = frozenset({"rendez", "rdv", "appointment", "appt"})
_AS_CARE: Final = frozenset({"dr", "docteur", "doctor", "sante", "clinique", "clinic", "hopital"})
_APPOINTED: Final = {
    "consultation": frozenset(
        {"medecin", "generaliste", "specialiste", "consultation", "gp", "pediatre", "kine"}
    ),
    "dental": frozenset({"dentiste", "dentaire", "orthodontiste", "detartrage", "dentist"}),
    "analysis": frozenset({"labo", "laboratoire", "analyse", "analyses", "prelevement", "lab"}),
    "hospital": frozenset({"hospital", "operation", "urgences", "radio", "irm"}),
}
"""By the nature of a care that people go to by appointment."""
_APPOINTMENT: Final = timedelta(hours=3)
"""The longest of an appointment in which paying by card tells anything."""


def appointments(table: Table, paid: Found) -> Found:
    """The appointment for each care; `paid` says which line of the bank paid for it."""
    of_day: dict[date, list[Item]] = defaultdict(list)
    for entry in table.answers(APPOINTMENT):
        of_day[entry.day].append(entry)
    return found_in(assigned(_pairs(table, of_day, _lines(table, paid))))


def _pairs(
    table: Table, of_day: Mapping[date, list[Item]], lines: Mapping[str, Item]
) -> Iterator[Pair]:
    for care in table.asked(APPOINTMENT):
        ask = Ask.of(APPOINTMENT, care)
        for entry in of_day.get(care.day, ()):
            evidence = _evidence(care, entry, lines.get(care.iri))
            if evidence is not None and not table.is_rejected(ask, entry):
                yield Pair(ask, entry, evidence)


def _lines(table: Table, paid: Found) -> dict[str, Item]:
    """The line of the bank that paid for each care, by the IRI of the care."""
    lines = {one.iri: one for one in table.answers(PAYMENTS[0])}
    found = dict(table.settled)
    found |= {one.source: one.target for one in paid.matches if one.rule == _PAID and one.is_linked}
    return {care: lines[line] for care, line in found.items() if line in lines}


def _evidence(care: Item, entry: Item, line: Item | None) -> Evidence | None:
    """What speaks for an entry of the day of a care being the appointment for it, which a line of
    the bank paid for, if that is known; None where it cannot be, or nothing but the day speaks.
    """
    words = _APPOINTED.get(care.nature)
    if words is None or not entry.words & (_MEETING | _AS_CARE | words):
        return None
    reasons = {Reason.DAY}
    if entry.words & (_AS_CARE | words):
        reasons.add(Reason.CARE)
    if line is not None and line.names and line.names <= entry.words:
        reasons.add(Reason.NAME)
    if line is not None and _lasts(entry) <= _APPOINTMENT and is_at(entry, line):
        reasons.add(Reason.INSTANT)
    return Evidence(frozenset(reasons), 0) if len(reasons) > 1 else None


def _lasts(one: Item) -> timedelta:
    """How long it takes, as far as it is told."""
    return one.instants[1] - one.instants[0] if one.instants else timedelta(0)
