"""Amazon: what was paid back for orders (Retail.OrdersReturned.Payments, Refund Details; CSV).

A row is a payment back, which the order history does not have. Times are in UTC. Rows that are not
completed have no day and are told. What the money is for stands in the order of the same number.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import BinaryIO, Final

from importers.contract import Check, HolderHint, Item, Match, Options
from importers.money import currency, decimal, ungrouped
from importers.retail.order_cells import moment, nothing
from importers.retail.purchase import Purchase, purchase_of
from importers.rows import convert
from importers.table import Columns, Row, check_width, first_rows, rows

_ORDER: Final = ("OrderID", "Order ID")
_DAY: Final = ("RefundCompletionDate", "Refund Date")
_AMOUNT: Final = ("AmountRefunded", "Refund Amount")
_REVERSAL: Final = ("ReversalID", "Reversal ID")
_WAYS: Final = {"creditcard": "card", "giftcertificate": "giftCard", "giftcard": "giftCard"}
_UNPAID = "this refund is not completed: no day of it is known"


class AmazonRefunds:
    format = "amazon-refunds"
    title = "Amazon: refunds of orders (CSV)"
    domain = "retail"
    extensions = (".csv",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the columns, whatever the file is called."""
        del filename
        found = first_rows(head, 1, delimiter=",")
        return Match(confidence=90) if found and _begins_with(found[0]) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return HolderHint(iri="https://www.amazon.com/", name="Amazon", sector="retail")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A purchase of negative total a row. Takes no options."""
        del options
        columns: Columns | None = None
        width = 0

        def read(row: Row) -> Iterator[Item]:
            nonlocal columns, width
            if _begins_with(row):
                columns, width = Columns.of(row), len(row.cells)
                return
            if columns is None:
                raise ValueError("the table does not begin with the names of its columns")
            check_width(row, width)
            yield purchase_of(_refund(row, columns), ())

        return convert(rows(export, delimiter=",", is_a_line=True), read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the table states no total."""
        del items
        return ()


def _begins_with(row: Row) -> bool:
    columns = Columns.of(row)
    return all(any(map(columns.have, names)) for names in (_ORDER, _DAY, _AMOUNT))


def _refund(row: Row, columns: Columns) -> Purchase:
    """Raises ValueError for a row that is no payment that was made."""

    def said(names: tuple[str, ...]) -> str:
        cells = (columns.cell(row, name) for name in names if columns.have(name))
        return next((cell for cell in cells if not nothing(cell)), "")

    if not said(_DAY):
        raise ValueError(_UNPAID)
    on, at = moment(said(_DAY))
    number, amount = said(_ORDER), _amount(said(_AMOUNT))
    if not number:
        raise ValueError("the row does not say the order")
    unit = said(("Currency", "Currency Code"))
    way = said(("DisbursementType", "Disbursement Type")).replace(" ", "").lower()
    return Purchase(
        key=(number, said(_REVERSAL), str(amount)),
        number=number,
        on=on,
        at=at,
        total=-abs(amount) or Decimal(0),
        currency=currency(unit) if unit else "EUR",
        seller="Amazon",
        channel="web",
        nature=_WAYS.get(way, ""),
        locator=row.locator,
    )


def _amount(text: str) -> Decimal:
    """An amount with a decimal point, or with the comma of a program that saved the table anew."""
    try:
        return decimal(text)
    except ValueError:
        return ungrouped(text)
