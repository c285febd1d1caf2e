"""What an OFX statement of a portfolio has: purchases, sales, income and costs, and positions.

Format: OFX 2.2 chapter 13. A TOTAL is signed as money: below zero for what is bought. Of a movement
its money is kept, and not how many units it was at what price; what moves securities and no money
is told of. The names of securities (SECLIST) are left out: they stand behind all statements, and
what is read of a position does not hang on what follows it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from importers.bank.holding import Holding, isin
from importers.bank.movement import Movement
from importers.bank.ofx_sgml import Element
from importers.bank.ofx_values import amount, currency_of, day
from importers.contract import Code, Key, Record, Value

POSITION: Final = "INVPOS"
# OFX 2.2 §13.9.2.4.4: what moves money, and what moves securities or sub-accounts only.
MONEY: Final = frozenset(
    {
        *(f"BUY{kind}" for kind in ("DEBT", "MF", "OPT", "OTHER", "STOCK")),
        *(f"SELL{kind}" for kind in ("DEBT", "MF", "OPT", "OTHER", "STOCK")),
        *("INCOME", "INVEXPENSE", "MARGININTEREST", "RETOFCAP"),
    }
)
SECURITIES: Final = frozenset(
    {"REINVEST", "TRANSFER", "SPLIT", "JRNLFUND", "JRNLSEC", "CLOSUREOPT"}
)
MARK: Final = "DTTRADE"
"""What stands in movements of a portfolio only, once in each."""
_NATURES: Final[Mapping[str, str]] = MappingProxyType(
    {"INVEXPENSE": "fee", "MARGININTEREST": "interest"}
)
_NO_MONEY = "this moves securities and no money, and is not kept"


def invested(element: Element, statement: Element, account: Key) -> Record:
    """The money that a movement brings or takes. Raises ValueError for one that moves none."""
    if element.count(MARK) > 1:
        raise ValueError("two movements run into one another: a tag between them is damaged")
    if element.name in SECURITIES:
        raise ValueError(_NO_MONEY)
    total = amount(element, "TOTAL")
    if total > 0 and element.name.startswith("BUY"):
        raise ValueError("TOTAL brings money in, where something is bought")
    words = (element.name, element.get("SECID", "UNIQUEID"), element.get("MEMO"))
    nature = _NATURES.get(element.name)
    if element.get("INCOMETYPE").upper() == "INTEREST":
        nature = "interest"
    beside: dict[str, Value] = {"sd:nature": Code(nature)} if nature else {}
    return Movement(
        account=account,
        on=day(element, MARK),
        amount=total,
        currency=currency_of(element, statement),
        label=" ".join(filter(None, words)),
        locator=element.locator,
        identifier=element.get("FITID"),
        beside=beside,
    ).record()


def holding(element: Element, statement: Element, account: Key) -> Record:
    """A position on the day of the statement, which has UNITS below zero where it is short.

    A security without an ISIN (US portfolios have CUSIPs) goes by its number.
    """
    number, kind = element.get("SECID", "UNIQUEID"), element.get("SECID", "UNIQUEIDTYPE").upper()
    if not number:
        raise ValueError("the security of this position has no number")
    price, value = element.get("UNITPRICE"), element.get("MKTVAL")
    return Holding(
        account=account,
        on=day(statement, "DTASOF"),
        isin=isin(number) if kind == "ISIN" else "",
        name="" if kind == "ISIN" else f"{kind} {number}".strip(),
        number=number,
        quantity=amount(element, "UNITS"),
        price=amount(element, "UNITPRICE") if price else None,
        value=amount(element, "MKTVAL") if value else None,
        currency=currency_of(element, statement),
        locator=element.locator,
    ).record()
