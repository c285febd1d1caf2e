"""An invoice as EN 16931 models it, read from an element of any of its syntaxes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Final

from importers.clock import compact_date, iso_date
from importers.contract import Problem
from importers.gtin import gtin
from importers.invoices.syntax import FREIGHT, Syntax, Terms
from importers.markup import Element
from importers.money import currency, xml_decimal

_EXTENSION = ":extension:xrechnung"
_ISO_LENGTH = len("2026-01-31")
_ZERO = Decimal(0)
# UNTDID 1001: the documents whose positive amounts are given back.
_CREDITS: Final = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458"})
_NATURES: Final = {"384": "correctedInvoice", "389": "selfBilledInvoice"}
_QUOTED: Final = (
    ("sd:paymentReference", "BT-83"),
    ("sd:mandateId", "BT-89"),
    ("sd:creditorId", "BT-90"),
)
_GROUPED: Final = frozenset({"GROUP", "INFORMATION"})
_SAYS_AGAIN = "this line only sums up or explains others, and is not kept beside them"
_NOTE = "this line has no amount: it is a note, and is not kept"
_NO_AMOUNT = "this line does not say its amount"
_NO_INDICATOR = "it does not say whether this is an allowance or a charge"

STATED: Final = {
    "lines": "BT-106",
    "allowances": "BT-107",
    "charges": "BT-108",
    "net": "BT-109",
    "tax": "BT-110",
    "total": "BT-112",
    "prepaid": "BT-113",
    "rounding": "BT-114",
    "due": "BT-115",
}
"""What an invoice states of its whole, and the term of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line, or an allowance or a charge on the whole: what it is, and what it is net of tax.

    `price` is that of one. Amounts are those that the person pays; those of a credit are negative.
    """

    id: str
    name: str
    net: Decimal
    locator: str
    is_change: bool = False
    is_allowance: bool = False
    quantity: Decimal | None = None
    price: Decimal | None = None
    gtin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """What an invoice says. `stated` has the figures of STATED and `tax by rate`, as far as said.

    `nature` is the local name of a code, "" for a plain invoice. `references` are what a payment
    quotes, `before` is the number and the day of the invoice that this one corrects.
    """

    kind: str
    number: str
    issued: date
    currency: str
    nature: str
    seller: str
    stated: dict[str, Decimal]
    lines: tuple[Line, ...]
    locator: str
    due_on: date | None = None
    period: tuple[date | None, date | None] = (None, None)
    references: tuple[tuple[str, str], ...] = ()
    before: tuple[str, date] | None = None


def text(element: Element, terms: Terms, term: str) -> str:
    """What an element says of a term, "" where it says nothing."""
    for path in terms.get(term, ()):
        for found in _all(element, path):
            if said := found.text.strip():
                return said
    return ""


def _all(element: Element, path: str) -> Iterator[Element]:
    path, _, asked = path.rstrip("]").partition("[")
    name, _, value = asked.partition("=")
    for found in element.all(path):
        if not name or found.attributes.get(name) == value:
            yield found


def day(said: str) -> date:
    """A day: `2026-01-31`, which UBL writes with a zone or none, or `20260131`."""
    return iso_date(said[:_ISO_LENGTH]) if "-" in said else compact_date(said[:8])


def read(root: Element, syntax: Syntax) -> tuple[Invoice, tuple[Problem, ...]]:
    """An invoice, and what of it could not be read. Raises ValueError where it is none."""
    said = partial(text, root, syntax.header)
    code = said("BT-3")
    is_credit = syntax.is_credit or code in _CREDITS
    sign = -1 if is_credit else 1
    number, unit = _required(said("BT-1"), "number"), currency(said("BT-5"))
    lines, problems = _lines(root, syntax, sign)
    stated = _stated(root, syntax, unit, sign)
    remarks: list[Problem] = []
    days = {term: _day(said(term), root, remarks) for term in ("BT-9", "BT-26", "BT-73", "BT-74")}
    before = said("BT-25")
    invoice = Invoice(
        kind=syntax.kind,
        number=number,
        issued=day(_required(said("BT-2"), "date")),
        currency=unit,
        nature="creditNote" if is_credit else _NATURES.get(code, ""),
        seller=said("BT-27"),
        stated=stated,
        lines=_as_stated(lines, stated),
        locator=root.locator,
        due_on=days["BT-9"],
        period=(days["BT-73"], days["BT-74"]),
        references=tuple((name, said(term)) for name, term in _QUOTED if said(term)),
        before=(before, days["BT-26"]) if before and days["BT-26"] else None,
    )
    return invoice, (*problems, *remarks)


def _required(said: str, what: str) -> str:
    if not said:
        raise ValueError(f"the invoice has no {what}")
    return said


def _day(said: str, root: Element, remarks: list[Problem]) -> date | None:
    if not said:
        return None
    try:
        return day(said)
    except ValueError as error:
        remarks.append(Problem(root.locator, f"a day was left out: {error}", row=False))
        return None


def _signed(amount: Decimal, sign: int) -> Decimal:
    return amount * sign if amount else _ZERO


def _stated(root: Element, syntax: Syntax, unit: str, sign: int) -> dict[str, Decimal]:
    """The figures of the whole, in the currency of the invoice.

    EN 16931 BT-6, BT-111: the tax may be stated in another currency besides. Raises ValueError.
    """
    found = {}
    for name, term in STATED.items():
        amount = _amount(root, syntax.header[term], unit)
        if amount is not None:
            found[name] = _signed(amount, sign)
    if "total" not in found:
        raise ValueError("the invoice has no total with tax")
    rates = [
        xml_decimal(one.text)
        for around in root.all(syntax.taxes)
        for one in around.all(syntax.tax)
        if one.attributes.get("currencyID", unit) == unit
    ]
    if rates:
        found["tax by rate"] = _signed(sum(rates, _ZERO), sign)
    # XRechnung BG-DEX-09: claims of others that are paid together with this one.
    if _EXTENSION in text(root, syntax.header, "BT-24"):
        others = sum((xml_decimal(one.text) for one in root.all(syntax.others)), _ZERO)
        found["for others"] = _signed(others, sign)
    return found


def _amount(root: Element, paths: tuple[str, ...], unit: str) -> Decimal | None:
    for path in paths:
        for one in root.all(path):
            if one.text.strip() and one.attributes.get("currencyID", unit) == unit:
                return xml_decimal(one.text)
    return None


def _lines(
    root: Element, syntax: Syntax, sign: int
) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """The lines, then the allowances and charges on the whole, and what is none of these."""
    lines: list[Line] = []
    problems: list[Problem] = []
    found = [(_line, one, syntax.line) for one in root.all(syntax.lines)]
    found += [(_change, one, syntax.change) for one in root.all(syntax.changes)]
    found += [(_change, one, FREIGHT) for one in root.all(syntax.freight)]
    for make, element, terms in found:
        try:
            made = make(element, terms, sign)
        except ValueError as error:
            problems.append(Problem(element.locator, str(error)))
            continue
        if isinstance(made, str):
            problems.append(Problem(element.locator, made, row=False))
            continue
        lines.append(made)
        if (number := text(element, terms, "BT-157")) and not made.gtin:
            problems.append(Problem(element.locator, _wrong(number), row=False))
    return tuple(lines), tuple(problems)


def _line(element: Element, terms: Terms, sign: int) -> Line | str:
    """A line, or why it is none that counts. Raises ValueError where it cannot be read."""
    said = partial(text, element, terms)
    if said("status") in _GROUPED:
        return _SAYS_AGAIN
    if not said("BT-131") and not said("BT-129"):
        return _NOTE
    if not said("BT-131"):
        raise ValueError(_NO_AMOUNT)
    quantity, number = said("BT-129"), said("BT-157")
    return Line(
        id=said("BT-126"),
        name=said("BT-153") or said("BT-154") or said("BT-127") or "—",
        net=_signed(xml_decimal(said("BT-131")), sign),
        locator=element.locator,
        quantity=_signed(xml_decimal(quantity), sign) if quantity else None,
        price=_price(said("BT-146"), said("BT-149")),
        gtin="" if _wrong(number) else gtin(number),
    )


def _price(price: str, base: str) -> Decimal | None:
    """The price of one, where it is stated of one: what of ten has no end is not divided."""
    if not price or (base and xml_decimal(base) != 1):
        return None
    return xml_decimal(price)


def _wrong(number: str) -> str:
    """What is wrong with the number of a product, "" where nothing is."""
    try:
        gtin(number)
    except ValueError as error:
        return str(error)
    return ""


def _as_stated(lines: tuple[Line, ...], stated: dict[str, Decimal]) -> tuple[Line, ...]:
    """The lines, with allowances turned round where their total says that they are meant so.

    Some write an allowance as a negative amount, or those of a correction as positive ones.
    """
    changes = [line for line in lines if line.is_change]
    says = stated.get("charges", _ZERO) - stated.get("allowances", _ZERO)
    turned = sum((-one.net if one.is_allowance else one.net for one in changes), _ZERO)
    if turned != says or sum((one.net for one in changes), _ZERO) == says:
        return lines
    return tuple(replace(one, net=-one.net) if one.is_allowance else one for one in lines)


def _change(element: Element, terms: Terms, sign: int) -> Line:
    """An allowance or a charge on the whole. Raises ValueError where it cannot be read."""
    said = partial(text, element, terms)
    indicator = said("indicator").lower() if terms is not FREIGHT else "true"
    if indicator not in {"true", "false", "1", "0"}:
        raise ValueError(_NO_INDICATOR)
    is_charge = indicator in {"true", "1"}
    amount = xml_decimal(said("amount"))
    return Line(
        id=element.locator.rpartition("/")[2],
        name=said("reason") or ("Charge" if is_charge else "Allowance"),
        net=_signed(amount, sign if is_charge else -sign),
        locator=element.locator,
        is_change=True,
        is_allowance=not is_charge,
    )
