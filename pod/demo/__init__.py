"""Camille, whom the demonstration is about, and what her holders give back of one year.

But for her name hers is one of the households of `pod people`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from pod.people.files.written import HolderFile
from pod.people.home import Home, Span, home
from pod.people.made import made

_SEED, _NUMBER = 7, 227
_DAYS = 365
_SHOWN: Final = frozenset(
    {"banque", "energie", "reseau", "eau", "telecom", "assurance", "sante", "ecole"}
)
"""The folders of her holders."""
_LEFT_OUT: Final = frozenset({"e-invoice", "kivra-receipt", "enedis-data-connect"})
"""Formats of which a year has a file a week or a month, or a row a day, which would take long."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a holder gives back under one title."""

    holder: str
    title: str
    files: tuple[HolderFile, ...]


def camille(last: date, days: int = _DAYS) -> Home:
    """Her household, told of so many days up to one; her operator gives a log of her calls, and her
    health insurance a text, as the library that reads PDF may not be installed.
    """
    one = home(_SEED, _NUMBER, Span(first=last - timedelta(days=days - 1), days=days))
    her = replace(one.person, given="Camille", family="Exemple")
    return replace(one, people=(her, *one.people[1:]), itemises=False, states_in_pdf=False)


def given_back(one: Home) -> Iterator[Given]:
    """What each holder gives, the bank first."""
    files = [
        file
        for file in made(one).files
        if file.path.partition("/")[0] in _SHOWN and file.format not in _LEFT_OUT
    ]
    for (holder, title), group in groupby(files, key=lambda file: (file.holder, file.title)):
        yield Given(holder, title, tuple(group))
