"""The files of a household read again, by means that know nothing of how they were written.

These are no importers: they read what this package writes, for its invariants to be checked.
Amounts are cents.
"""

import json
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

_OFX: Final = re.compile(
    r"<STMTTRN>\n<TRNTYPE>(?P<type>\w+)\n<DTPOSTED>(?P<day>\d{8})\n(?:<DTUSER>\S+\n)?"
    r"<TRNAMT>(?P<amount>\S+)\n<FITID>(?P<id>\S+)\n<NAME>(?P<label>.*)\n</STMTTRN>"
)
_OFX_CLOSING: Final = re.compile(r"<LEDGERBAL><BALAMT>([-\d.]+)")
_CAMT: Final = re.compile(
    r'<Ntry><Amt Ccy="EUR">(?P<amount>[\d.]+)</Amt><CdtDbtInd>(?P<sign>\w+)</CdtDbtInd>'
    r".*?<BookgDt><Dt>(?P<day>[-\d]+)<.*?<AcctSvcrRef>(?P<id>\w+)<"
    r".*?<Ustrd>(?P<label>.*?)</Ustrd>.*?</Ntry>"
)
_CAMT_BALANCE: Final = re.compile(
    r'<Cd>(OPBD|CLBD)</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">([\d.]+)</Amt><CdtDbtInd>(\w+)<'
)
_TABLE: Final = re.compile(
    r'(?P<day>[-\d]{10});[-\d]{10};"(?P<label>[^"]*)";[^;]*;[^;]*;;"(?P<amount>[-\d,]+)";;\d+;'
    r'"[^"]*";(?P<closing>[-\d.]+)'
)
_CARE: Final = re.compile(
    r"(?P<day>\d\d/\d\d/\d{4})  \S+ +(?P<label>\S.*?) {2,}(?P<charged>[\d,]+) € +(?P<base>[\d,]+) €"
    r" +\d+ % +(?P<back>[\d,]+) €"
)
_TRANSFER: Final = re.compile(r"Virement du (\d\d/\d\d/\d{4}) de ([\d,]+) €")
_SHOWN: Final = re.compile(r"^\((.*)\) Tj", re.MULTILINE)
_TERMS: Final = re.compile(
    r"<cbc:(ID|DueDate|StartDate|TaxExclusiveAmount|PayableAmount)\b[^>]*>([^<]*)<"
)
_LINES: Final = re.compile(
    r'unitCode="(\w+)">(\d+)</cbc:InvoicedQuantity><cbc:LineExtensionAmount[^>]*>([\d.]+)<'
    r".*?<cbc:PriceAmount[^>]*>([\d.]+)<",
    re.DOTALL,
)
_ITEMS: Final = re.compile(r"<cac:Item><cbc:Name>([^<]*)<")
_DAY: Final = len("2024-03-31")
_STAMP: Final = len("2024-03-31T00:30:00+01:00;")
_MIDNIGHT: Final = "T00:00"

Files = Mapping[str, bytes]
Place = tuple[str, str, str]
"""A file, the class of a record in it, and the reference that it is kept under."""


def place(told: Mapping[str, str]) -> Place:
    """The place of a record as the answer sheet tells it."""
    return told["file"], told["class"], told["id"]


@dataclass(frozen=True, slots=True)
class Booked:
    """A line of a bank statement."""

    day: date
    cents: int
    label: str


@dataclass(frozen=True, slots=True)
class Statement:
    """An account as its file tells it; `opening` is None where it says none."""

    lines: dict[str, Booked]
    count: int
    opening: int | None
    closing: int


@dataclass(frozen=True, slots=True)
class Care:
    """A row of a health insurance statement."""

    day: date
    label: str
    charged: int
    back: int
    paid: date


@dataclass(frozen=True, slots=True)
class Invoice:
    """An electronic invoice: its lines are unit, quantity, cents and hundredths of a cent."""

    number: str
    due: date
    first: date
    net: int
    total: int
    lines: tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class GasBill:
    """A bill for gas: the days and the meter that it is for, its kWh and cents."""

    due: date
    first: date
    last: date
    meter: str
    energy: int
    total: int


def cents(text: str) -> int:
    """The cents of an amount with two decimals, after a point or a comma."""
    whole, _, part = text.replace(",", ".").partition(".")
    return int(f"{whole}{part:0<2}")


def french_day(text: str) -> date:
    """A day as it is written in France, 31/03/2024."""
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


def statement(path: str, content: bytes) -> Statement:
    """A bank file: OFX, CAMT.053 or a table."""
    if path.endswith(".ofx"):
        return _ofx(content.decode("cp1252"))
    return _camt(content.decode()) if path.endswith(".xml") else _table(content.decode("utf-8-sig"))


def _ofx(text: str) -> Statement:
    rows = [
        (found["id"], Booked(_compact(found["day"]), cents(found["amount"]), found["label"]))
        for found in _OFX.finditer(text)
    ]
    return Statement(dict(rows), len(rows), None, cents(_OFX_CLOSING.findall(text)[0]))


def _camt(text: str) -> Statement:
    rows = [(found["id"], _entry(found)) for found in _CAMT.finditer(text)]
    balances = [_signed(amount, sign) for _, amount, sign in _CAMT_BALANCE.findall(text)]
    return Statement(dict(rows), len(rows), balances[0], balances[-1])


def _entry(found: re.Match[str]) -> Booked:
    amount = _signed(found["amount"], found["sign"])
    return Booked(date.fromisoformat(found["day"]), amount, found["label"])


def _table(text: str) -> Statement:
    found = [_TABLE.fullmatch(row) for row in text.splitlines()[1:]]
    rows = {
        f"line={rank}": Booked(date.fromisoformat(row["day"]), cents(row["amount"]), row["label"])
        for rank, row in enumerate(found, start=2)
        if row
    }
    closing = next((cents(row["closing"]) for row in found if row), 0)
    return Statement(rows, len(found), None, closing)


def _signed(amount: str, sign: str) -> int:
    return cents(amount) if sign == "CRDT" else -cents(amount)


def _compact(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def load(content: bytes) -> dict[date, tuple[int, int, int]]:
    """The load curve: how many half hours each civil day has, the sum and the highest of their W.

    A stamp is the end of its half hour: at midnight it is the last one of the day before.
    """
    rows = content.decode("utf-8-sig").splitlines()[3:]
    days, watts = [row[:_DAY] for row in rows], [int(row[_STAMP:]) for row in rows]
    found, first = {}, 0
    while first < len(rows):
        day = days[first]
        # Of the day after, the stamp of midnight still belongs here.
        end = bisect_right(days, day, first)
        end += end < len(rows) and rows[end].startswith(_MIDNIGHT, _DAY)
        there = watts[first:end]
        found[date.fromisoformat(day)] = (len(there), sum(there), max(there))
        first = end
    return found


def invoice(content: bytes) -> Invoice:
    """An electronic invoice (UBL)."""
    text = content.decode()
    said = dict(reversed(_TERMS.findall(text)))
    lines = tuple(
        (unit, int(quantity), cents(net), int(price.replace(".", "")))
        for unit, quantity, net, price in _LINES.findall(text)
    )
    return Invoice(
        number=said["ID"],
        due=date.fromisoformat(said["DueDate"]),
        first=date.fromisoformat(said["StartDate"]),
        net=cents(said["TaxExclusiveAmount"]),
        total=cents(said["PayableAmount"]),
        lines=lines,
    )


def names_of_lines(content: bytes) -> list[str]:
    """What the lines of an electronic invoice are for, in their order."""
    return _ITEMS.findall(content.decode())


def guarantees(content: bytes) -> dict[str, str]:
    """The titles of the documents in a vault, by their ids there."""
    return {one["id"]: one["title"] for one in in_json(content)["documents"]}


def gas_bills(content: bytes) -> dict[str, GasBill]:
    """The bills for gas of a table, by their numbers."""
    rows = [row.split(";") for row in content.decode().splitlines()[1:]]
    return {
        number: GasBill(
            french_day(due), french_day(first), french_day(last), meter, int(energy), cents(total)
        )
        for number, _, due, first, last, meter, energy, total, _ in rows
    }


def bill_lines(content: bytes) -> dict[str, list[tuple[int, int, int]]]:
    """The lines of bills of a table, by the number of the bill: quantity, price and cents."""
    found: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for row in content.decode().splitlines()[1:]:
        number, *_, quantity, _, price, total = row.split(";")
        found[number].append((int(quantity), int(price.replace(",", "")), cents(total)))
    return found


def cares(content: bytes) -> tuple[dict[str, Care], dict[date, int]]:
    """The rows of a health insurance statement by their line, and what each transfer brought."""
    rows, transfers, paid = {}, {}, date.min
    for where, line in _pages(content) if content.startswith(b"%PDF") else _lines(content):
        if begins := _TRANSFER.fullmatch(line):
            paid = french_day(begins[1])
            transfers[paid] = cents(begins[2])
        elif row := _CARE.fullmatch(line):
            said = french_day(row["day"]), row["label"], cents(row["charged"]), cents(row["back"])
            rows[where] = Care(*said, paid)
    return rows, transfers


def _lines(content: bytes) -> Iterator[tuple[str, str]]:
    """The lines of a text, and where each of them stands."""
    for rank, line in enumerate(content.decode().splitlines(), start=1):
        yield f"line={rank}", line


def _pages(content: bytes) -> Iterator[tuple[str, str]]:
    """The lines that the pages of a PDF show, and where each of them stands."""
    for page, text in enumerate(content.decode("cp1252").split("\nBT ")[1:], start=1):
        for rank, line in enumerate(_SHOWN.findall(text), start=1):
            yield f"page={page} line={rank}", line


def mutual(content: bytes) -> dict[str, Care]:
    """The rows of the mutual's table by their line; it does not say what was charged."""
    rows = [row.split(";") for row in content.decode("cp1252").splitlines()[1:]]
    return {
        f"line={rank}": Care(french_day(day), label, 0, cents(back), french_day(paid))
        for rank, (day, _, label, _, back, paid) in enumerate(rows, start=2)
    }


def rides(content: bytes) -> dict[str, tuple[date, int]]:
    """Each ride by the moment at which it began, in UTC: the day, and what it cost."""
    rows = [row.split(",") for row in content.decode().splitlines()[1:]]
    return {
        f"{row[4][:10]}T{row[4][11:19]}Z": (date.fromisoformat(row[4][:10]), cents(row[13]))
        for row in rows
    }


def charged_minutes(files: Files) -> Counter[str]:
    """The minutes of each month that a plan does not hold, by the log or the details of bills."""
    found = Counter[str]()
    for _, content in under(files, "telecom/appels"):
        for call in in_json(content):
            if call["partner"].startswith("33899"):
                found[call["timestamp"][:7]] += -(-call["length"] // 60)
    for _, content in under(files, "telecom/detail"):
        for row in content.decode("cp1252").splitlines()[2:]:
            _, when, partner, _, lasted, _ = row.split(";")
            if partner.startswith("0899"):
                minutes, _, seconds = lasted.rstrip("s").partition("min")
                found[f"{when[6:10]}-{when[3:5]}"] += int(minutes) + (int(seconds) > 0)
    return found


def in_json(content: bytes) -> Any:
    """What a JSON file holds, numbers with a fraction as texts."""
    return json.loads(content, parse_float=str)


def instant(text: str) -> datetime:
    """An instant with its offset, `Z` or `+02:00`."""
    return datetime.fromisoformat(text)


def days(first: str, last: str) -> list[date]:
    """The days from one to another, both included."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def under(files: Files, folder: str) -> Iterator[tuple[str, bytes]]:
    """The files of a folder."""
    return ((path, content) for path, content in files.items() if path.startswith(folder))
