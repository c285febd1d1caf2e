"""A record as far as matching looks at it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from importers.text import unaccented
from vocab.graph import Node, text_of
from vocab.names import RDF, SCHEMA, SD
from vocab.places import DATA

BANK_LINE: Final = "BankTransaction"
_ANSWERS: Final = frozenset({BANK_LINE, "Contract", "Event", "HealthExpense", "Invoice", "Line"})
_CIVIL: Final = ZoneInfo("Europe/Paris")  # vocabulary rule 3: the days of records are of here
_WORD: Final = re.compile(r"[a-z0-9]{2,}")
_SAID_DAY: Final = re.compile(r"\b(\d{2})/(\d{2})(?:/\d{2,4})?\b")
_LONGEST_BOOKING: Final = 15  # days from the use of a card to the line of the bank
_DEPARTURE: Final = SCHEMA.NS + "departureTime"
_ARRIVAL: Final = SCHEMA.NS + "arrivalTime"
_DUE: Final = SCHEMA.NS + "paymentDueDate"
_LEFT_TO_PAY: Final = SCHEMA.NS + "totalPaymentDue"
_GTIN: Final = SCHEMA.NS + "gtin"
_BILLED: Final = SCHEMA.NS + "billingDuration"
_IN_A_YEAR: Final = {"P1Y": 1, "P6M": 2, "P3M": 4, "P1M": 12}
_SERIAL: Final = SCHEMA.NS + "serialNumber"
_NAMED: Final = (SD.sourceLabel, SCHEMA.name, SD.counterpartyName)
_LINKS: Final = (SD.settledBy, SD.reimburses, SD.invoicedIn, SD.contract, SD.relatedTo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A record. `amount` is signed on a line of a bank and as stated elsewhere, in `currency`; that
    of a contract is its price of a year, of a loyalty card points.

    `day` is that of the record, `due` when a bill is to be paid, `used` when a card was shown.
    `instants` are the first and the last of it, where they are told; `period` the first and the
    last day of what it is for. `transfer` is the sum of the payment that it came in, `base` what
    reimbursements of a care go by. `names` are the words of whom it is with, `words` all words of
    its label and its names. `meters` are the names in the pod of the accounts and meters that it
    hangs on: one has the same name whichever holder tells of it. `links` are the links that it
    states itself, by property and IRI.
    """

    iri: str
    kind: str
    holder: str
    day: date
    amount: Decimal | None = None
    currency: str = "EUR"
    due: date | None = None
    used: date | None = None
    instants: tuple[datetime, datetime] | None = None
    period: tuple[date, date] | None = None
    transfer: Decimal | None = None
    base: Decimal | None = None
    label: str = ""
    nature: str = ""
    names: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()
    mandate: str = ""
    creditor: str = ""
    codes: frozenset[str] = frozenset()
    domain: str = ""
    meters: frozenset[str] = frozenset()
    commodity: str = ""
    links: frozenset[tuple[str, str]] = frozenset()

    @property
    def is_answer(self) -> bool:
        """Whether others are settled by it, reimburse it or are in it."""
        return self.kind in _ANSWERS

    @property
    def expected(self) -> date:
        """When the money is to move."""
        return self.due or self.day

    @property
    def moved(self) -> date:
        """When the person or the bank moved the money."""
        return self.used or self.day


def item_of(
    iri: str, node: Node, kind: str, *, names: Mapping[str, str], day: str = ""
) -> Item | None:
    """A record of a kind; None where it has no day and none is known from elsewhere.

    `names` are what holders are called, by their IRIs.
    """
    on = _day(text_of(node, SD.date) or text_of(node, SCHEMA.startDate) or day)
    if on is None:
        return None
    label = text_of(node, SD.sourceLabel) or text_of(node, SCHEMA.name)
    holder = text_of(node, SD.holder)
    party = text_of(node, SD.counterpartyName) or names.get(holder, "")
    is_line = kind == BANK_LINE
    instants = _instants(node)
    return Item(
        iri=iri,
        kind=kind,
        holder=holder,
        day=on,
        amount=_amount(node, is_line=is_line),
        currency=text_of(node, SD.currency) or "EUR",
        due=_day(text_of(node, _DUE)),
        used=_used(label, instants, on) if is_line else None,
        instants=instants,
        period=_period(node, instants),
        transfer=_decimal(node, SD.transferTotal),
        base=_decimal(node, SD.regulatedBase),
        label=" ".join(_words(label)),
        nature=text_of(node, SD.nature).rpartition("#")[2],
        names=frozenset(_words(party)),
        words=frozenset(word for name in _NAMED for word in _words(text_of(node, name))),
        references=frozenset(_references(node, is_line=is_line)),
        mandate=text_of(node, SD.mandateId),
        creditor=text_of(node, SD.creditorId),
        codes=frozenset(value.value for name in (_GTIN, _SERIAL) for value in node.get(name, ())),
        domain=_domain(iri),
        meters=frozenset(_name_in(one.value) for one in node.get(SD.account, ())),
        commodity=text_of(node, SD.commodity),
        links=frozenset((name, one.value) for name in _LINKS for one in node.get(name, ())),
    )


def kind_in(node: Node, kinds: Iterable[str]) -> str:
    """The first of some classes of ours that a record has, "" where it has none."""
    types = {one.value for one in node.get(RDF.type, ())}
    return next((one for one in kinds if SD.NS + one in types), "")


def _name_in(iri: str) -> str:
    return iri.rpartition("#")[2]


def _domain(iri: str) -> str:
    return iri.partition(f"/{DATA}")[2].partition("/")[0]


def _words(text: str) -> Iterator[str]:
    return (found[0] for found in _WORD.finditer(unaccented(text)))


def _amount(node: Node, *, is_line: bool) -> Decimal | None:
    if is_line:
        return _decimal(node, SD.amount)
    # Where nothing is left to pay, it was paid before the bill was written.
    asked = _decimal(node, _LEFT_TO_PAY) or _decimal(node, SD.total)
    return asked or _of_a_year(node) or _decimal(node, SD.points)


def _of_a_year(node: Node) -> Decimal | None:
    """What a contract costs in a year, where it says for how long its price is."""
    price, times = _decimal(node, SD.periodicPrice), _IN_A_YEAR.get(text_of(node, _BILLED))
    return price * times if price is not None and times is not None else None


def _decimal(node: Node, name: str) -> Decimal | None:
    text = text_of(node, name)
    return Decimal(text) if text else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _instant(node: Node, *names: str) -> datetime | None:
    for name in names:
        try:
            found = datetime.fromisoformat(text_of(node, name))
        except ValueError:
            continue
        if found.tzinfo is not None:
            return found
    return None


def _instants(node: Node) -> tuple[datetime, datetime] | None:
    first = _instant(node, SCHEMA.startTime, _DEPARTURE)
    last = _instant(node, SCHEMA.endTime, _ARRIVAL)
    return None if first is None else (first, max(first, last or first))


def _period(node: Node, instants: tuple[datetime, datetime] | None) -> tuple[date, date] | None:
    first, last = _day(text_of(node, SCHEMA.startDate)), _day(text_of(node, SCHEMA.endDate))
    if first is not None:
        return first, last or first
    if instants is None:
        return None
    return tuple(one.astimezone(_CIVIL).date() for one in instants)  # type: ignore[return-value]


def _used(label: str, instants: tuple[datetime, datetime] | None, booked: date) -> date | None:
    """The day on which a card was shown: by its time, else as the label of the bank says it."""
    if instants is not None:
        return instants[0].astimezone(_CIVIL).date()
    for found in _SAID_DAY.finditer(label):
        for year in (booked.year, booked.year - 1):
            try:
                said = date(year, int(found[2]), int(found[1]))
            except ValueError:
                continue
            if timedelta(0) <= booked - said <= timedelta(days=_LONGEST_BOOKING):
                return said
    return None


def _references(node: Node, *, is_line: bool) -> Iterator[str]:
    yield from (one.value.strip() for one in node.get(SD.paymentReference, ()))
    if not is_line and (number := text_of(node, SD.recordId)):
        yield number.strip()
