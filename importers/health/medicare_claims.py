"""The claims of a MyMedicare.gov report: what was charged for, line by line, and by whom paid."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from importers.contract import Item, Key, Record, Stated
from importers.health.blue_button_text import Row
from importers.health.civil_dates import american_date
from importers.health.codes import concept
from importers.health.entry import Entry, Fields, record
from importers.health.moments import on_day
from importers.money import decimal

LINES: Final = "lines"
_UNKNOWN = "* Not Available *"
_TOTAL_LINE = "0001"  # revenue code: the sum of the other lines
_DOLLARS = re.compile(r"(-?)\$?(-?[\d,]+(?:\.\d+)?)", re.ASCII)
_NDC = "http://hl7.org/fhir/sid/ndc"


@dataclass(slots=True)
class Claim:
    """A claim and the lines that are its."""

    row: Row
    lines: list[Row] = field(default_factory=list)

    @property
    def locator(self) -> str:
        return self.row.locator


def dollars(text: str) -> Decimal | None:
    """`$1,234.50`; None where the amount is not available. Raises ValueError otherwise."""
    text = text.strip()
    if text in {"", _UNKNOWN}:
        return None
    found = _DOLLARS.fullmatch(text)
    if found is None:
        raise ValueError("this is not an amount in dollars")
    return decimal(found.group(1) + found.group(2))


def claim_items(claim: Claim) -> Iterator[Item]:
    """An expense, what was paid for it, and what was done by its lines; a medicine for Part D.

    Raises ValueError without a date, and where it is not said what was charged.
    """
    row = claim.row
    if row.get("Drug Name"):
        yield record(_medicine(row))
        return
    day = american_date(row.get("Service Start Date"))
    charged = dollars(row.get("Amount Charged"))
    number = row.get("Claim Number")
    if day is None or charged is None or not number:
        raise ValueError("this claim does not say its number, its date and what was charged")
    yield _expense(claim, number, charged)
    paid = dollars(row.get("Provider Paid"))
    if paid is not None:
        yield Record(
            kind="Reimbursement",
            key=Key(natural=("payment", number)),
            fields=(
                ("sd:date", day),
                ("sd:total", paid),
                ("sd:currency", "USD"),
                ("sd:paymentReference", number),
            ),
            locator=claim.locator,
            on=day,
            counted=False,
        )
    yield from (record(_act(number, line)) for line in claim.lines if _what(line))
    sums = [_charged(line) for line in claim.lines if not _is_total(line)]
    if sums and None not in sums:
        total = sum((one for one in sums if one is not None), Decimal(0))
        yield Stated(name=LINES, scope=number, value=total, locator=claim.locator)


def _expense(claim: Claim, number: str, charged: Decimal) -> Record:
    row = claim.row
    day = american_date(row.get("Service Start Date"))
    end = american_date(row.get("Service End Date"))
    share, approved = dollars(row.get("You May be Billed")), dollars(row.get("Medicare Approved"))
    provider = row.get("Provider").replace("No Information Available", "").strip()
    kind = row.get("Claim Type")
    said: Fields = (
        *((("sd:date", day),) if day else ()),
        ("sd:total", charged),
        ("sd:currency", "USD"),
        *((("sd:regulatedBase", approved),) if approved is not None else ()),
        *((("sd:patientShare", share),) if share is not None else ()),
        *((("sd:sourceLabel", kind),) if kind else ()),
        *((("schema:endDate", end),) if end else ()),
        *((("sd:counterpartyName", provider),) if provider else ()),
    )
    return Record(
        kind="HealthExpense", key=Key(stable=number), fields=said, locator=claim.locator, on=day
    )


def _what(line: Row) -> str:
    return line.get("Procedure Code/Description")


def _act(number: str, line: Row) -> Entry:
    """What a line says was done. It stands within the claim, and counts no row of its own."""
    day = american_date(line.get("Date of Service From"))
    return Entry(
        kind="Procedure",
        label=_what(line),
        locator=line.locator,
        begin=on_day(day) if day else None,
        alike=(number, line.get("Line number")),
        counted=False,
    )


def _charged(line: Row) -> Decimal | None:
    return dollars(line.get("Submitted Amount/Charges"))


def _is_total(line: Row) -> bool:
    return line.get("Revenue Code/Description").startswith(_TOTAL_LINE)


def _medicine(row: Row) -> Entry:
    day = american_date(row.get("Claim Service Date"))
    code = concept(_NDC, row.get("Drug Code"))
    supply = row.get("Days' Supply")
    return Entry(
        kind="Medication",
        label=row.get("Drug Name"),
        locator=row.locator,
        id=row.get("Claim Number"),
        codes=(code,) if code else (),
        told=on_day(day) if day else None,
        by=(row.get("Pharmacy Name"),),
        more=(("sd:dosage", f"{supply} days"),) if supply else (),
    )
