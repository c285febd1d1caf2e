"""Values of an OFX file: days, amounts and the currency they are in."""

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from importers.bank.ofx_sgml import Element
from importers.clock import compact_date
from importers.money import currency, decimal

DATE: Final = re.compile(
    r"(\d{8})(\d{6})?(?:\.\d*)?(?:\[([+-]?\d{1,2}(?:\.\d+)?)?(?::\w*)?\])?", re.ASCII
)


def currency_of(element: Element, statement: Element) -> str:
    """The currency of an element, else that of its statement. Raises ValueError without one."""
    # OFX 2.2 §5.2: CURRENCY of a movement overrides CURDEF; ORIGCURRENCY was converted already.
    code = element.get("CURRENCY", "CURSYM") or statement.get("CURDEF")
    if not code:
        raise ValueError("the statement does not say its currency (CURDEF)")
    return currency(code)


def day(element: Element, name: str) -> date:
    """The civil day that the bank writes under a name. Raises ValueError that names it."""
    found = DATE.fullmatch(element.get(name))
    if found is None:
        raise ValueError(f"{name} is missing or is not a date")
    try:
        return _civil(found.group(1))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


_civil = lru_cache(maxsize=4096)(compact_date)  # many movements are of one day


def amount(element: Element, name: str) -> Decimal:
    """The amount under a name. Raises ValueError that names it."""
    text = element.get(name)
    # OFX 2.2 §3.2.9.1: amounts have a decimal comma or point, and nothing groups thousands.
    try:
        return decimal(text, mark="," if "," in text else ".")
    except ValueError:
        raise ValueError(f"{name} is missing or is not a number") from None
