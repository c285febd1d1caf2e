"""What happens in a household, before any holder writes it down. Amounts are in euro cents."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pod.people.events_besides import Besides


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One line of a bank account; `cents` is negative where money leaves.

    `nature` is that of the vocabulary: card, debit, transfer, cash, fee, interest. `item` is what
    it belongs to in a budget. `at` is when a card was shown, in UTC.
    """

    id: str
    day: date
    cents: int
    label: str
    party: str
    nature: str
    item: str
    account: str = "main"
    mandate: str = ""
    creditor: str = ""
    reference: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a bill or receipt: `price` is in hundredths of a cent for one `unit`.

    `cents` is what it comes to, less its `discount`. `days` are the first and the last that it is
    for, where they are not those of its bill.
    """

    name: str
    quantity: int
    unit: str
    price: int
    cents: int
    gtin: str = ""
    discount: int = 0
    days: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """What a supplier asks for, for what was supplied from `first` to `last`, both included.

    `tax` is what its lines do not hold yet, 0 where their prices have it. `before` is what was paid
    in advance by instalments: `cents` is what remains, and is negative where too much was.
    """

    id: str
    number: str
    supplier: str
    day: date
    due: date
    first: date
    last: date
    lines: tuple[Line, ...]
    tax: int = 0
    before: int = 0
    mandate: str = ""

    @property
    def line_ids(self) -> tuple[str, ...]:
        """The ids of its lines, in their order."""
        return tuple(f"{self.id}-line-{rank}" for rank in range(1, len(self.lines) + 1))

    @property
    def energy(self) -> int:
        """The kWh that it is for."""
        return sum(line.quantity for line in self.lines if line.unit == "KWH")

    @property
    def worth(self) -> int:
        """What its lines and the tax on them add up to."""
        return sum(line.cents for line in self.lines) + self.tax

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call or text; `seconds` is 0 for a text. `is_charged` is what the plan does not hold."""

    id: str
    start: datetime
    partner: str
    seconds: int
    is_outgoing: bool
    is_charged: bool = False

    @property
    def minutes(self) -> int:
        """The minutes that are charged: each that has begun."""
        return -(-self.seconds // 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A receipt of a shop, paid at `at` (UTC) on the civil day `day`."""

    id: str
    number: int
    day: date
    at: datetime
    lines: tuple[Line, ...]

    @property
    def cents(self) -> int:
        """What was paid."""
        return sum(line.cents for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """One act of care: what was charged for it, and the base that reimbursements go by."""

    id: str
    day: date
    label: str
    charged: int
    base: int
    rate: int
    given: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reimbursement:
    """What one body pays back of a care, in a transfer of the day `paid`."""

    id: str
    body: str
    care: Care
    paid: date
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """An insurance contract: its product, and what it costs in a year, in cents."""

    id: str
    product: str
    name: str
    start: date
    yearly: int
    plate: str = ""
    dwelling: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ride:
    """A ride from one of two `places` to the other, in ten-thousandths of a degree.

    `miles` are hundredths of a mile.
    """

    id: str
    day: date
    city: str
    start: datetime
    end: datetime
    miles: int
    cents: int
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GasReading:
    """What a gas meter showed before and after some days, in m³; how that is known, in French."""

    id: str
    meter: str
    first: date
    last: date
    before: int
    after: int
    quality: str

    @property
    def until(self) -> date:
        """The day at six of which it ends."""
        return self.last + timedelta(days=1)

    @property
    def volume(self) -> int:
        return self.after - self.before

    @property
    def energy(self) -> int:
        """The kWh, at 11.2 to a m³, rounded half up."""
        return (self.volume * 112 + 5) // 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark out of 20, in `halves`; `mean` is that of the class, in tenths. `year` begins it."""

    id: str
    number: int
    year: int
    term: int
    subject: int
    day: date
    halves: int
    weight: int
    mean: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """Until when the thing that a bill is for is guaranteed, by a document of the day `day`."""

    id: str
    bill: Bill
    day: date
    until: date

    @property
    def product(self) -> str:
        """The id of the line of the bill that it is for."""
        return self.bill.line_ids[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Payslip:
    """A month's pay: `gross` less `contributions` and `tax` is what reaches the account."""

    id: str
    number: str
    day: date
    first: date
    last: date
    gross: int
    contributions: int
    tax: int

    @property
    def cents(self) -> int:
        """What is paid."""
        return self.gross - self.contributions - self.tax


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """An entry of the calendar: from `start` to `end` in UTC, or whole days, both included."""

    id: str
    title: str
    days: tuple[date, date]
    start: datetime | None = None
    end: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """Points of a loyalty card that were earned or, negative, used; what it holds after that."""

    id: str
    day: date
    label: str
    points: int
    balance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dues:
    """What membership in an association costs for a year."""

    id: str
    number: int
    day: date
    year: int
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """Blood pressure on a day, in mmHg."""

    id: str
    day: date
    systolic: int
    diastolic: int


Event = (
    Payment
    | Bill
    | Instalment
    | Link
    | Anomaly
    | Call
    | Receipt
    | Care
    | Reimbursement
    | Cover
    | Ride
    | GasReading
    | Mark
    | Guarantee
    | Payslip
    | Appointment
    | Points
    | Dues
    | Pressure
    | Besides
)
