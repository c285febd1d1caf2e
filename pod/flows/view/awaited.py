"""Care that no reimbursement is known for, of the last year that anything is known of."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from pod.flows.rows import Asking
from pod.insight.awaited import Care, awaited
from pod.insight.query import query
from pod.insight.rows import day, number

_YEAR: Final = timedelta(days=365)


async def awaited_of(her: Asking) -> tuple[Care, ...]:
    """Raises Unavailable."""
    today = her.pod.server.now().date()
    found = await her.rows(query("care", since=today - _YEAR))
    last = max((known for row in found if (known := day(row, "last"))), default=None)
    care = (
        Care(
            iri=row["it"],
            on=on,
            total=number(row, "total") or Decimal(),
            label=row.get("label", ""),
            is_reimbursed=row["reimbursed"] == "true",
        )
        for row in found
        if (on := day(row, "on"))
    )
    return awaited(care, last, today)
