"""Netflix: `NetflixViewingHistory.csv`, the short list that a profile downloads by itself.

It has a title and a date, named in the language of the profile, and no time. The date is written as
its country does: `31/03/2024`, `3/31/24`, `31.03.24`, `2024-03-31`. Which of day and month comes
first, the first date tells of which a part is no month; where none does, the option `day_first` is
asked for. The file does not say its profile; the option `profile` does. Its rows are not those of
ViewingActivity.csv, which has each time that a film was begun: whoever imports both has them twice,
which a remark says.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.date_order import DAY_FIRST, day, is_day_first
from importers.headed import HeadedRow, headed
from importers.media.netflix import NETFLIX, PROFILE, profile_key
from importers.media.viewing import Profiles, Viewing, record_of
from importers.rows import convert
from importers.table import first_rows, folded
from importers.text import for_key

_TITLE: Final = "Title"
_DATE: Final = "Date"
_NAMES: Final = (_TITLE, _DATE)
_TWICE: Final = "ViewingActivity.csv has the same with times: whoever imports both has it twice"
_TITLES: Final = ("title", "titre", "titel", "titulo", "titolo", "tytuł")
_DATES: Final = ("date", "datum", "fecha", "data")
_CALLED: Final = MappingProxyType(dict.fromkeys(_TITLES, _TITLE) | dict.fromkeys(_DATES, _DATE))


class NetflixHistory:
    """What a profile watched on Netflix, to the day."""

    format = "netflix-viewing-history"
    title = "Netflix: what a profile watched, by day (NetflixViewingHistory.csv)"
    domain = "telecom"
    extensions = (".csv",)
    version = "2"
    options = (PROFILE, DAY_FIRST)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By a header of just these two names, in this order, which is all that the file has."""
        del filename
        first = first_rows(head, 1, delimiter=",")
        names = [_CALLED.get(folded(cell), cell) for row in first for cell in row.cells if cell]
        return Match(confidence=90) if tuple(names) == _NAMES else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return NETFLIX

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A viewing a row, of the profile and in the order of dates that the options say."""
        found = list(headed(export, _NAMES, called=_CALLED))
        order = is_day_first(
            options, (row.text(_DATE) for row in found if isinstance(row, HeadedRow))
        )
        yield from convert(found, _reader(options.said(PROFILE), day_first=order))
        yield Problem("/", _TWICE, row=False)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the table states neither count nor sum."""
        del items
        return ()


def _reader(name: str, *, day_first: bool | None) -> Callable[[HeadedRow], Iterator[Item]]:
    profile, profiles = profile_key(name), Profiles()

    def read_day(text: str) -> date:
        return day(text, day_first=day_first)

    def read(row: HeadedRow) -> Iterator[Item]:
        title = row.text(_TITLE)
        record = record_of(
            Viewing(
                on=row.read(_DATE, read_day),
                title=title,
                profile=profile,
                key=(*(profile.natural if profile else ()), for_key(title)),
                locator=row.locator,
            )
        )
        if profile:
            yield from profiles.new(profile, name, row.locator)
        yield record

    return read
