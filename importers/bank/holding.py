"""What an account holds of a security on a day: a state of a portfolio, and no movement."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from importers.contract import Key, Record, Ref, Value

_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}\d", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A line of a portfolio. `value` is what all of it was worth, `price` what one unit was.

    A security that has no `isin` is known by another `number`.
    """

    account: Key
    on: date
    isin: str
    quantity: Decimal
    locator: str
    number: str = ""
    name: str = ""
    currency: str = ""
    price: Decimal | None = None
    purchase_price: Decimal | None = None
    value: Decimal | None = None

    def record(self) -> Record:
        """The record, which is a row of the export."""
        said: dict[str, Value | None] = {
            "sd:account": Ref("BankAccount", self.account),
            "sd:date": self.on,
            "schema:name": self.name or None,
            "sd:isin": self.isin or None,
            "sd:quantity": self.quantity,
            "sd:purchasePrice": self.purchase_price,
            "schema:price": self.price,
            "sd:total": self.value,
            "sd:currency": self.currency or None,
        }
        return Record(
            kind="Holding",
            key=Key(natural=(self.on.isoformat(), self.isin or self.number)),
            account=self.account,
            fields=tuple((name, value) for name, value in said.items() if value is not None),
            on=self.on,
            locator=self.locator,
        )


def isin(text: str) -> str:
    """A number of a security (ISO 6166). Raises ValueError for what does not look like one."""
    if not _ISIN.fullmatch(text):
        raise ValueError("this is not an ISIN")
    return text
