"""Numbers and dates as people write them, in French and in English: on charts and around them."""

from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

THIN: Final = "\u202f"  # French separates thousands with it, and never breaks a line there
LANGUAGES: Final = ("fr", "en")
_WORDS: Final = {  # what charts say by themselves
    "fr": {
        "estimated": "estimé",
        "missing": "sans données",
        "others": "autres",
        "events": "événements",
    },
    "en": {"estimated": "estimated", "missing": "no data", "others": "others", "events": "events"},
}
_WEEKDAYS: Final = {
    "fr": ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS: Final = {
    "fr": (
        ("janvier", "janv."),
        ("février", "févr."),
        ("mars", "mars"),
        ("avril", "avr."),
        ("mai", "mai"),
        ("juin", "juin"),
        ("juillet", "juil."),
        ("août", "août"),
        ("septembre", "sept."),
        ("octobre", "oct."),
        ("novembre", "nov."),
        ("décembre", "déc."),
    ),
    "en": (
        ("January", "Jan"),
        ("February", "Feb"),
        ("March", "Mar"),
        ("April", "Apr"),
        ("May", "May"),
        ("June", "Jun"),
        ("July", "Jul"),
        ("August", "Aug"),
        ("September", "Sep"),
        ("October", "Oct"),
        ("November", "Nov"),
        ("December", "Dec"),
    ),
}


def number(value: Decimal | float, language: str, places: int | None = None) -> str:
    """A number: with so many decimal places, or with those that it has."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    said = f"{exact:,f}"
    if language != "fr":
        return said.replace("-", "\u2212")
    return said.replace(",", THIN).replace(".", ",").replace("-", "\u2212")


def money(value: Decimal, currency: str, language: str) -> str:
    """An amount with its currency (ISO 4217), to the cent."""
    said = number(value, language, 2)
    if currency != "EUR":
        return f"{said}\u00a0{currency}"
    return f"{said}\u00a0€" if language == "fr" else f"€{said}".replace("€\u2212", "\u2212€")


def stated(name: str, value: str, language: str) -> str:
    """A value with what it is of before it."""
    return f"{name}{THIN}: {value}" if language == "fr" else f"{name}: {value}"


def month(day: date, language: str, *, short: bool = False) -> str:
    """A month and its year."""
    return f"{_MONTHS[language][day.month - 1][short]} {day.year}"


def dated(moment: date, language: str) -> str:
    """A day; of a time with its hour and minute, as that zone's clocks show it."""
    name = _MONTHS[language][moment.month - 1][0]
    said = f"{_day(moment, language)} {name} {moment.year}"
    return f"{said} {moment:%H:%M}" if isinstance(moment, datetime) else said


def month_name(day: date, language: str, *, short: bool = False) -> str:
    """A month without its year."""
    return _MONTHS[language][day.month - 1][short]


def day_of_month(day: date, language: str) -> str:
    """A day without its year, as it fits on an axis."""
    return f"{_day(day, language)} {month_name(day, language, short=True)}"


def share(value: float, language: str) -> str:
    """A part of a whole (0 to 1) in hundredths: "72 %", "72%"; never 0 or 100 of what is but
    nearly so.
    """
    hundredths = round(value * 100)
    if 0 < value < 1:
        hundredths = min(max(hundredths, 1), 99)
    said = number(Decimal(hundredths), language)
    return f"{said}{THIN}%" if language == "fr" else f"{said}%"


def with_unit(value: Decimal | float, unit: str, language: str, places: int | None = None) -> str:
    """A number with its unit, which no end of line parts from it."""
    said = number(value, language, places)
    return f"{said}\u00a0{unit}" if unit else said


def word(name: str, language: str) -> str:
    """One of the words that charts say by themselves."""
    return _WORDS[language][name]


def weekday(day: date, language: str) -> str:
    """A day of the week, short."""
    return _WEEKDAYS[language][day.weekday()]


def hour(value: int, language: str) -> str:
    """A full hour of a day (0 to 24)."""
    return f"{value}\u00a0h" if language == "fr" else f"{value:02}:00"


def _day(day: date, language: str) -> str:
    return "1er" if language == "fr" and day.day == 1 else str(day.day)
