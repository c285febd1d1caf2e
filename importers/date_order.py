"""Dates of which day or month may come first, which only the whole file or the person can tell."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from importers.clock import full_year, iso_date
from importers.contract import Option, Options

DAY_FIRST: Final = Option(
    name="day_first",
    fr="si le jour d'une date vient avant le mois, là où aucune date du fichier ne le montre",
    en="whether the day of a date comes before the month, where no date of the file shows it",
    values=("yes", "no"),
)
_ORDERS: Final = {"yes": True, "no": False}
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d\d)|'(\d{4}|\d{1,2}))", re.ASCII)
_MONTHS = 12
_ASK = "this could be the day or the month first: say which with day_first=yes or day_first=no"


def is_day_first(options: Options, dates: Iterable[str]) -> bool | None:
    """The order that the person says, else the one that the dates tell, None where none does."""
    said = options.said(DAY_FIRST)
    return _ORDERS[said] if said in _ORDERS else says_day_first(dates)


def says_day_first(dates: Iterable[str]) -> bool | None:
    """The order that the first date tells of which a part is no month; None where none does.

    A later date that says otherwise does not exist in that order, and is refused.
    """
    for text in dates:
        if found := _YEAR_LAST.fullmatch(_closed(text)):
            first, second = int(found[1]), int(found[2])
            if (first > _MONTHS) != (second > _MONTHS):
                return first > _MONTHS
    return None


def day(text: str, *, day_first: bool | None) -> date:
    """`2/14'2020`, `8/12/13`, `14.02.2020`, `2020-02-14`. Raises ValueError for anything else.

    An apostrophe is of this century: `'20`, `' 5`. Other years in two digits go from 1980 to 2079.
    """
    plain = _closed(text)
    if found := _YEAR_FIRST.fullmatch(plain):
        return _date(*found.groups())
    found = _YEAR_LAST.fullmatch(plain)
    if found is None:
        raise ValueError("this is not a date")
    if day_first is None:
        raise ValueError(_ASK)
    first, second, year, of_century = found.groups()
    of_month, month = (first, second) if day_first else (second, first)
    return _date(_year(year, of_century), month, of_month)


def _closed(text: str) -> str:
    return text.replace(" ", "")


def _year(year: str | None, of_century: str | None) -> str:
    if of_century:
        return of_century if len(of_century) > 2 else f"20{of_century:0>2}"
    return year if year and len(year) > 2 else full_year(year or "")


def _date(year: str, month: str, of_month: str) -> date:
    return iso_date(f"{year}-{month:0>2}-{of_month:0>2}")
