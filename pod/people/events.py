"""What happens in a household, before any holder writes it down. Amounts are in euro cents."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One line of a bank account; `cents` is negative where money leaves.

    `nature` is that of the vocabulary: card, debit, transfer, cash, fee, interest. `at` is when a
    card was shown, in UTC.
    """

    id: str
    day: date
    cents: int
    label: str
    party: str
    nature: str
    account: str = "main"
    mandate: str = ""
    creditor: str = ""
    reference: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a bill or receipt: `price` is in hundredths of a cent for one `unit`."""

    name: str
    quantity: int
    unit: str
    price: int
    cents: int
    gtin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What a supplier asks for, for what was supplied from `first` to `last`, both included.

    `before` is what was paid in advance by instalments: `cents` is what remains, and is negative
    where too much was.
    """

    id: str
    number: str
    supplier: str
    day: date
    due: date
    first: date
    last: date
    lines: tuple[Line, ...]
    before: int = 0
    mandate: str = ""

    @property
    def worth(self) -> int:
        """What its lines add up to."""
        return sum(line.cents for line in self.lines)

    @property
    def cents(self) -> int:
        """What is to be paid."""
        return self.worth - self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """A part of a yearly bill, asked for in advance."""

    id: str
    supplier: str
    day: date
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That one event is settled by another, reimburses it or stands for it, by their ids."""

    kind: str
    source: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Anomaly:
    """Something that is wrong on purpose: a service has to find it. `about` are ids of events."""

    kind: str
    about: tuple[str, ...]
    cents: int
    sentence: str


Event = Payment | Bill | Instalment | Link | Anomaly
