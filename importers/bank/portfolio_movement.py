"""What becomes of a security of an account on a day, beside the money that moves with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from importers.contract import Code, Key, Record, Ref, Value
from importers.text import for_key


@dataclass(frozen=True, slots=True, kw_only=True)
class PortfolioMovement:
    """A movement of a securities account, of a `nature` that is a code.

    `quantity` is how many units came in, below zero what went out; `total` is signed as money.
    `apart` is what tells it from others of its day, and with `identifier`, the holder's own id,
    from what else has that id. `security` has the properties of the security, and `beside` what
    the holder says besides. `settled_by` is the money that moved with it.
    """

    account: Key
    on: date
    nature: str
    label: str
    apart: str
    locator: str
    identifier: str = ""
    security: Mapping[str, Value] = field(default_factory=dict)
    quantity: Decimal | None = None
    price: Decimal | None = None
    total: Decimal | None = None
    currency: str = ""
    beside: Mapping[str, Value] = field(default_factory=dict)
    settled_by: Record | None = None

    def record(self) -> Record:
        """The record, which is the row of the export where no money moved with it."""
        fields: dict[str, Value | None] = {
            "sd:account": Ref("BankAccount", self.account),
            "sd:date": self.on,
            "sd:nature": Code(self.nature),
            "sd:sourceLabel": self.label,
            **self.security,
            "sd:quantityMoved": self.quantity,
            "schema:price": self.price,
            **self.beside,
            "sd:total": self.total,
            "sd:currency": self.currency or None,
            "sd:settledBy": self._money(),
        }
        return Record(
            kind="PortfolioMovement",
            key=self._key(),
            account=self.account,
            fields=tuple((name, value) for name, value in fields.items() if value is not None),
            on=self.on,
            locator=self.locator,
            counted=self.settled_by is None,
        )

    def _key(self) -> Key:
        if self.identifier:
            return Key(stable=f"{self.identifier} {self.apart}")
        figures = (self.quantity, self.total)
        told = (f"{one.normalize():f}" if one is not None else "" for one in figures)
        return Key(natural=(self.apart, *told, for_key(self.label)))

    def _money(self) -> Ref | None:
        money = self.settled_by
        if money is None:
            return None
        return Ref(money.kind, money.key, account=money.account, on=money.on, is_pair=True)


def beside(record: Record) -> Record:
    """The record as one that the row of another record gives."""
    return replace(record, counted=False)
