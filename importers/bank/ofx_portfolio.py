"""What an OFX statement of a portfolio has: trades, income, transfers and splits, and positions.

Format: OFX 2.2 chapter 13; made after the standard, with made-up statements. A movement is the
money that it brings or takes, as a movement of the account, and what becomes of its security, or
either alone where there is no other. A TOTAL is signed as money: below zero for what is bought.
Units leave by a sale or a transfer OUT whatever their sign in the file; those of a closed option
are signed as written. What moves within the account (JRNLFUND, JRNLSEC) leaves one sub-account and
comes to another, which is two records.

Left out: the names of securities (SECLIST), which stand behind all statements, so that what is read
of a movement does not hang on what follows it; and gains, cost bases, accrued interest, sizes of
contracts, markups that are a part of the price, settlement dates, and other sub-accounts.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.bank.holding import Holding, isin
from importers.bank.movement import Movement
from importers.bank.ofx_sgml import Element
from importers.bank.ofx_values import amount, currency_of, day
from importers.bank.portfolio_movement import PortfolioMovement, beside
from importers.contract import Code, Key, Record, Value

POSITION: Final = "INVPOS"
# OFX 2.2 §13.9.2.4.4: what moves money, what moves securities, and what moves within the account.
MONEY: Final = frozenset(
    {
        *(f"BUY{kind}" for kind in ("DEBT", "MF", "OPT", "OTHER", "STOCK")),
        *(f"SELL{kind}" for kind in ("DEBT", "MF", "OPT", "OTHER", "STOCK")),
        *("INCOME", "INVEXPENSE", "MARGININTEREST", "RETOFCAP"),
    }
)
SECURITIES: Final = frozenset({"REINVEST", "TRANSFER", "SPLIT", "CLOSUREOPT"})
WITHIN: Final = frozenset({"JRNLFUND", "JRNLSEC"})
MOVEMENTS: Final = MONEY | SECURITIES | WITHIN
MARK: Final = "DTTRADE"
"""What stands in movements of a portfolio only, once in each."""
_NATURES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "INVEXPENSE": "fee",
        "MARGININTEREST": "interest",
        "RETOFCAP": "capitalReturn",
        "REINVEST": "reinvestment",
        "TRANSFER": "transfer",
        "SPLIT": "split",
        "JRNLFUND": "internalTransfer",
        "JRNLSEC": "internalTransfer",
    }
)
# OFX 2.2 §13.9.2.4.3 INCOMETYPE and OPTACTION.
_INCOME: Final[Mapping[str, str]] = MappingProxyType(
    {"DIV": "dividend", "INTEREST": "interest", "CGLONG": "capitalGain", "CGSHORT": "capitalGain"}
)
_CLOSURES: Final[Mapping[str, str]] = MappingProxyType(
    {"EXERCISE": "optionExercise", "ASSIGN": "optionAssignment", "EXPIRE": "optionExpiry"}
)
_COSTS: Final = (
    ("sd:commission", ("COMMISSION",)),
    ("sd:fees", ("FEES", "LOAD", "PENALTY")),
    ("sd:taxTotal", ("TAXES", "WITHHOLDING", "STATEWITHHOLDING")),
)
_OF_MONEY: Final = frozenset({"fee", "interest"})
"""What says as much of the money alone."""


def invested(element: Element, statement: Element, account: Key) -> Iterator[Record]:
    """The records of a movement: the first is its row. Raises ValueError with the reason."""
    if element.count(MARK) > 1:
        raise ValueError("two movements run into one another: a tag between them is damaged")
    if element.name in WITHIN:
        yield from _within(element, statement, account)
        return
    money = _money(element, statement, account)
    if money:
        yield money
    if element.name in SECURITIES or _number(element):
        moved = _moved(element, statement, account, money)
        # A split may pay for what it leaves of a unit: its row is the split.
        yield moved.record()


def _money(element: Element, statement: Element, account: Key) -> Record | None:
    """The money that a movement brings or takes, None for one that moves none."""
    is_cash_of_split = element.name == "SPLIT" and element.get("FRACCASH") != ""
    if element.name not in MONEY and not is_cash_of_split:
        return None
    total = amount(element, "FRACCASH" if is_cash_of_split else "TOTAL")
    if total > 0 and element.name.startswith("BUY"):
        raise ValueError("TOTAL brings money in, where something is bought")
    nature = _nature(element)
    return Movement(
        account=account,
        on=day(element, MARK),
        amount=total,
        currency=currency_of(element, statement),
        label=_label(element),
        locator=element.locator,
        identifier=element.get("FITID"),
        beside={"sd:nature": Code(nature)} if nature in _OF_MONEY else {},
    ).record()


def _moved(
    element: Element, statement: Element, account: Key, money: Record | None
) -> PortfolioMovement:
    """What becomes of a security, with the money that moves with it."""
    return PortfolioMovement(
        account=account,
        on=day(element, MARK),
        nature=_nature(element),
        label=_label(element),
        apart=element.name,
        identifier=element.get("FITID"),
        security=_security(element),
        quantity=_quantity(element),
        price=_figure(element, "UNITPRICE"),
        total=_figure(element, "TOTAL"),
        currency=currency_of(element, statement),
        beside=_costs(element),
        settled_by=money,
        locator=element.locator,
    )


def _within(element: Element, statement: Element, account: Key) -> Iterator[Record]:
    """What leaves one sub-account, and what comes to the other, which is of the same row."""
    figure = amount(element, "UNITS" if element.name == "JRNLSEC" else "TOTAL")
    for side, moved in (("SUBACCTFROM", -figure), ("SUBACCTTO", figure)):
        sub_account = element.get(side)
        if not sub_account:
            raise ValueError(f"{side} is missing")
        record = PortfolioMovement(
            account=account,
            on=day(element, MARK),
            nature=_nature(element),
            label=f"{_label(element)} {sub_account}",
            apart=f"{element.name} {side}",
            identifier=element.get("FITID"),
            security=_security(element) if _number(element) else {},
            quantity=moved if element.name == "JRNLSEC" else None,
            total=moved if element.name == "JRNLFUND" else None,
            currency=currency_of(element, statement),
            locator=element.locator,
        ).record()
        yield record if side == "SUBACCTFROM" else beside(record)


def _nature(element: Element) -> str:
    """The code of what a movement is. Raises ValueError for an option that ends in no known way."""
    if element.name == "CLOSUREOPT":
        if closure := _CLOSURES.get(element.get("OPTACTION").upper()):
            return closure
        raise ValueError("OPTACTION is missing or is not known")
    if element.name == "INCOME":
        return _INCOME.get(element.get("INCOMETYPE").upper(), "otherIncome")
    if element.name in _NATURES:
        return _NATURES[element.name]
    return "purchase" if element.name.startswith("BUY") else "sale"


def _label(element: Element) -> str:
    """What the bank says of a movement, in the order in which it says it."""
    ratio = ":".join(filter(None, (element.get("NUMERATOR"), element.get("DENOMINATOR"))))
    return " ".join(filter(None, (element.name, ratio, _number(element), element.get("MEMO"))))


def _quantity(element: Element) -> Decimal | None:
    """How many units come in. Raises ValueError where that is not said and is all there is."""
    if element.name == "SPLIT":
        return amount(element, "NEWUNITS") - amount(element, "OLDUNITS")
    if element.name in MONEY and not element.get("UNITS"):
        return None
    units = amount(element, "UNITS")
    if element.name == "TRANSFER" and element.get("TFERACTION"):
        return abs(units) if _comes_in(element) else -abs(units)
    if element.name.startswith(("BUY", "SELL")):
        return abs(units) if element.name.startswith("BUY") else -abs(units)
    return units


def _comes_in(element: Element) -> bool:
    """Whether a transfer adds units: one of a short position takes them when it comes."""
    is_short = element.get("POSTYPE").upper() == "SHORT"
    return (element.get("TFERACTION").upper() == "IN") != is_short


def _costs(element: Element) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, parts in _COSTS:
        said = [amount(element, part) for part in parts if element.get(part)]
        if said:
            found[name] = sum(said, Decimal())
    return found


def _figure(element: Element, name: str) -> Decimal | None:
    return amount(element, name) if element.get(name) else None


def _number(element: Element) -> str:
    return element.get("SECID", "UNIQUEID")


def _security(element: Element) -> dict[str, Value]:
    """The properties of the security that a movement is of. Raises ValueError without a number.

    One without an ISIN (US portfolios have CUSIPs) goes by its number.
    """
    number, kind = _number(element), element.get("SECID", "UNIQUEIDTYPE").upper()
    if not number:
        raise ValueError("the security has no number (SECID)")
    return (
        {"sd:isin": isin(number)} if kind == "ISIN" else {"schema:name": f"{kind} {number}".strip()}
    )


def holding(element: Element, statement: Element, account: Key) -> Record:
    """A position on the day of the statement, which has UNITS below zero where it is short."""
    security = _security(element)
    return Holding(
        account=account,
        on=day(statement, "DTASOF"),
        isin=str(security.get("sd:isin", "")),
        name=str(security.get("schema:name", "")),
        number=_number(element),
        quantity=amount(element, "UNITS"),
        price=_figure(element, "UNITPRICE"),
        value=_figure(element, "MKTVAL"),
        currency=currency_of(element, statement),
        locator=element.locator,
    ).record()
