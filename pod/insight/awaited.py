"""Care that was paid for, and for which no reimbursement is known after weeks (SVC-21)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

LONG: Final = timedelta(weeks=6)
"""After how long a reimbursement is awaited: most come within two weeks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Care by its record: its day, what it cost in euros, and whether a reimbursement is linked."""

    iri: str
    on: date
    total: Decimal
    label: str = ""
    is_reimbursed: bool = False


def awaited(found: Iterable[Care], last: date | None, today: date) -> tuple[Care, ...]:
    """What nothing was paid back for, the longest awaited first.

    Nothing is told where no reimbursement is linked to any care, since then nobody has looked, nor
    of care after which the last reimbursement that is known, on `last`, came too soon.
    """
    every = tuple(found)
    if last is None or not any(one.is_reimbursed for one in every):
        return ()
    known = min(last, today) - LONG
    left = (one for one in every if not one.is_reimbursed and one.on <= known)
    return tuple(sorted(left, key=lambda one: (one.on, one.iri)))
