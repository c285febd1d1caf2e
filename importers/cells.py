"""Cells of tables: days in the order that is known or said, amounts with either decimal mark."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from importers.clock import american_date, compact_date, french_date, iso_date
from importers.money import decimal
from importers.months import month_number

_LETTERED = re.compile(r"(\d{1,2})[ -]([^\W\d_]+)\.?[ -](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"^(\d{4})[/.](\d{2})[/.](\d{2})$", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", re.ASCII)
_TIME = r"[ T]\d{1,2}:\d{2}(?::\d{2})?"
_WITH_TIME = re.compile(rf"(.{{6,10}}){_TIME}", re.ASCII)
_ANY_ORDER = re.compile(
    rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-](?:\d{{4}}|\d{{2}})(?:{_TIME})?$", re.ASCII
)
_MONTHS = 12
_TWO_DAYS = (
    "this date could be one of two days, since a program saved the file anew: download it again "
    "and import it as it came"
)
# Without thousands, and with what can only be a fraction.
_PLAIN = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,2})?", re.ASCII)
_ORDERS: Final[Mapping[str, Callable[[str], date]]] = MappingProxyType(
    {"day-first": french_date, "month-first": american_date, "year-first": iso_date}
)
_UNSAID_ORDER: Final = (
    "this date could be one of two days: say `dates: day-first` or `dates: month-first`"
)
# Programs that a person lets show cells as money put its sign there; the table says which it is.
_MONEY = re.compile(r"^([-+\u2212]?)\s*(?:[€£]|EUR\b)\s*|\s*(?:[€£]|\bEUR)$")
# How accountants write what is less than nothing.
_LESS = re.compile(r"\(([^()+\u2212-]+)\)|([^()+\u2212-]+)[\u2212-]")
_THOUSAND_OR_FRACTION = re.compile(r"[+-]?\d{1,3}[.,]\d{3}", re.ASCII)


@lru_cache(maxsize=4096)
def day(text: str) -> date:
    """`31/03/2026`, `31.3.26`, `31 mars 2026`, `31-Mar-26`, `2026/03/31` or `2026-03-31`.

    A time of day behind one in figures is left out, and two digits are a year of this century.
    Raises ValueError for anything else.
    """
    timed = _WITH_TIME.fullmatch(text)
    text = timed.group(1) if timed else text
    found = _DAY.fullmatch(text) or _LETTERED.fullmatch(text)
    if found is None:
        return iso_date(_YEAR_FIRST.sub(r"\1-\2-\3", text))
    of_month, month, year = found.groups()
    number = month if month.isdigit() else month_number(month)
    if not number:
        return iso_date(text)  # which it is not
    return french_date(f"{of_month}/{number}/{year if len(year) > 2 else '20' + year}")


def ordered_day(text: str, order: str) -> date:
    """A day by the order that the person says: "day-first", "month-first" or "year-first".

    One that begins with the year is read in any case, and a time of day behind it is left out.
    Raises ValueError, with what to say, where the order is unsaid ("") and decides.
    """
    timed = _WITH_TIME.match(text)
    plain = timed.group(1).strip() if timed else text
    if plain.isdigit():
        return compact_date(plain)
    if plain[:4].isdigit():
        return iso_date(plain.replace("/", "-").replace(".", "-"))
    before, _, year = plain.replace(".", "/").replace("-", "/").rpartition("/")
    slashed = f"{before}/20{year}" if len(year) == 2 else f"{before}/{year}"
    if order:
        return _ORDERS[order](slashed)
    try:
        french_date(slashed)
    except ValueError:
        american_date(slashed)
    raise ValueError(_UNSAID_ORDER)


def doubtful(texts: Iterable[str], *, writes_iso: bool) -> str:
    """Why days of a table cannot be told from months, "" where they can.

    `writes_iso` says that the bank puts the year first: of days that stand otherwise, a program
    that saved the table anew has written them, and which country it follows must be seen.
    """
    days = months_first = 0
    for one in filter(None, map(_ANY_ORDER.match, texts)):
        if int(one[1]) > _MONTHS:
            return ""
        days += 1
        months_first += int(one[2]) > _MONTHS
    # One alone is a wrong row.
    return _TWO_DAYS if months_first > 1 or (writes_iso and days) else ""


def is_day(text: str) -> bool:
    """Whether this is a day that exists."""
    try:
        day(text)
    except ValueError:
        return False
    return True


class Ambiguous(ValueError):
    """A number whose mark may be that of decimals or of thousands."""


def amount(text: str) -> Decimal:
    """`-1 234,56`, `11'373.94`, `-£14.90`, `(23,45 €)`, `23,45-`.

    The last of comma and full stop is the decimal mark. Raises ValueError for what is no number,
    and Ambiguous for `1.234`, which is one of two.
    """
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    less = _LESS.fullmatch(text)
    plain = _MONEY.sub(r"\1", (less[1] or less[2]).strip() if less else text)
    if _THOUSAND_OR_FRACTION.fullmatch(plain):
        raise Ambiguous("this could be a thousand or a fraction")
    found = decimal(plain, mark="," if plain.rfind(",") > plain.rfind(".") else ".")
    return -found if less else found


def money_of(text: str) -> str:
    """The currency whose sign stands at an amount, "" where none does."""
    found = _MONEY.search(text.strip("() -"))
    return ("GBP" if "£" in found.group() else "EUR") if found else ""
