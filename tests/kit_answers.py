"""What each query of the developer's kit has to find, by the answer sheet of a household."""

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

Cell = str | Decimal | bool | None
Row = tuple[Cell, ...]
Asked = Callable[[Any], Iterable[Row]]
"""The rows that an answer sheet says."""


def cell(term: dict[str, str] | None) -> Cell:
    """A value of a result: numbers as such, of a code its name."""
    if term is None:
        return None
    value, datatype = term["value"], term.get("datatype", "").rpartition("#")[2]
    if term["type"] == "uri":
        return value.rpartition("#")[2] or value
    if datatype == "boolean":
        return value == "true"
    return Decimal(value) if datatype in {"integer", "decimal"} else value


def rows(found: Any) -> Counter[Row]:
    """The rows of a result, each in the order of its columns."""
    names = found["head"]["vars"]
    return Counter(
        tuple(cell(row.get(name)) for name in names) for row in found["results"]["bindings"]
    )


def _energy_asked_for(sheet: Any) -> Iterable[Row]:
    for said in sheet["queries"]["q1-energy-vs-bank"]:
        line = said["transaction"]
        yield said["due"], Decimal(said["total"]), said["paidOn"], line["id"] if line else None


def _cards_around_trips(sheet: Any) -> Iterable[Row]:
    for said in sheet["queries"]["q2-trips-vs-cards"]:
        yield said["label"], Decimal(said["paid"]), said["isTicket"]


def _care_left_to_pay(sheet: Any) -> Iterable[Row]:
    for said in sheet["queries"]["q3-health-out-of-pocket"]:
        amounts = (Decimal(said[name]) for name in ("charged", "reimbursed", "leftToPay"))
        yield said["date"], *amounts, Decimal(said["reimbursements"]), Decimal(said["received"])


def _billed_by_holder(sheet: Any) -> Iterable[Row]:
    for holder, said in sheet["queries"]["q4-supplier-dashboard"].items():
        billed, contracts = Decimal(said["billed"]), Decimal(said["contracts"])
        yield holder, billed or None, contracts or None


def _carbon(sheet: Any) -> Iterable[Row]:
    for post, kilograms in sheet["queries"]["q5-carbon"].items():
        if Decimal(kilograms):
            yield post, Decimal(kilograms)


def _receipts_behind_cards(sheet: Any) -> Iterable[Row]:
    for said in sheet["queries"]["q6-receipt-behind-card"]:
        for item, total in said["lines"]:
            yield said["label"], item, Decimal(total)


def _guaranteed_until(sheet: Any) -> Iterable[Row]:
    for said in sheet["services"]["SVC-14"]:
        yield *(said[name] for name in ("bought", "name", "gtin", "until")), said["guarantee"]["id"]


def _care_by_year(sheet: Any) -> Iterable[Row]:
    for year, said in sheet["services"]["SVC-04"]["years"].items():
        yield year, Decimal(said["charged"])


def _electricity_by_month(sheet: Any) -> Iterable[Row]:
    for month, energy in sheet["services"]["SVC-18"].items():
        yield month, Decimal(energy)


ANSWERS: Final[dict[str, Asked]] = {
    "billed-by-holder": _billed_by_holder,
    "carbon": _carbon,
    "cards-around-trips": _cards_around_trips,
    "care-by-year": _care_by_year,
    "care-left-to-pay": _care_left_to_pay,
    "electricity-by-month": _electricity_by_month,
    "energy-asked-for": _energy_asked_for,
    "guaranteed-until": _guaranteed_until,
    "receipts-behind-cards": _receipts_behind_cards,
}
