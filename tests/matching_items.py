"""Records for the tests of rules: a bill of 40 euros of the 1 March, and a line that pays it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from pod.matching.item import Item

FIRST = date(2026, 3, 1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def day(number: int) -> date:
    """So many days after the 1 March."""
    return FIRST + timedelta(days=number)


def item(name: str, kind: str, amount: str, after: int = 0, **said: object) -> Item:
    """A record with a name, so many days after the 1 March."""
    iri = f"https://pod.example/ana/data/any/{name}"
    holder = said.pop("holder", "https://holder.example/#it")
    return Item(
        iri=iri,
        kind=kind,
        holder=str(holder),
        day=day(after),
        amount=Decimal(amount),
        **said,  # type: ignore[arg-type]
    )


def line(name: str, amount: str, after: int = 0, **said: object) -> Item:
    return item(name, "BankTransaction", amount, after, **said)


def bill(name: str, amount: str, after: int = 0, **said: object) -> Item:
    return item(name, "Invoice", amount, after, **said)


def back(name: str, amount: str, after: int = 0, **said: object) -> Item:
    return item(name, "Reimbursement", amount, after, **said)
