"""The files of a household read again, by means that know nothing of how they were written.

These are no importers: they read what this package writes, for its invariants to be checked.
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
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
_BEGINS: Final = len("2024-03-31")
_MIDNIGHT: Final = "T00:00"


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


def cents(text: str) -> int:
    """The cents of an amount with two decimals."""
    whole, _, part = text.partition(".")
    return int(f"{whole}{part:0<2}")


def statement(content: bytes) -> Statement:
    """A bank file, OFX or CAMT.053."""
    if content.startswith(b"OFXHEADER"):
        return _ofx(content.decode("cp1252"))
    return _camt(content.decode())


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


def _signed(amount: str, sign: str) -> int:
    return cents(amount) if sign == "CRDT" else -cents(amount)


def _compact(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def load(content: bytes) -> dict[date, tuple[int, int]]:
    """The load curve: how many half hours each civil day has, and the sum of their W."""
    sums: dict[str, int] = defaultdict(int)
    counts: dict[str, int] = defaultdict(int)
    before = ""
    for row in content.decode("utf-8-sig").splitlines()[3:]:
        stamp, _, watts = row.partition(";")
        # A stamp is the end of its half hour: at midnight it is the last one of the day before.
        day = before if stamp.startswith(_MIDNIGHT, _BEGINS) else stamp[:_BEGINS]
        sums[day] += int(watts)
        counts[day] += 1
        before = day
    return {date.fromisoformat(day): (counts[day], total) for day, total in sums.items()}


def in_json(content: bytes) -> Any:
    """What a JSON file holds, numbers with a fraction as texts."""
    return json.loads(content, parse_float=str)


def days(first: str, last: str) -> list[date]:
    """The days from one to another, both included."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


Files = Mapping[str, bytes]
