"""Netflix: `ViewingActivity.csv` of the data that Netflix gives on request, of all profiles.

Netflix describes the columns in the archive itself: `Start Time` is in UTC, `Duration` is how long
it was watched, `H:MM:SS`. A subscription has several profiles, which mostly are several people. The
rows of the profile that the option `profile` names are kept; those of others are not the person's,
and are told with their number. Where the file has one profile, the option is not needed; where it
has several and it is not said, nothing is kept. What Netflix played beside a film (trailers and the
like, `Supplemental Video Type`) is kept apart: its nature is sdc:trailer, and no query of what was
watched need count it. Not kept: device, country, bookmarks, and whether it began by itself.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO, Final

from importers.clock import civil_date, wall_time
from importers.contract import Check, HolderHint, Item, Key, Match, Options, Problem
from importers.headed import HeadedRow, headed, is_headed
from importers.media.netflix import NETFLIX, PROFILE, profile_key
from importers.media.viewing import Profiles, Viewing, record_of
from importers.rows import convert
from importers.text import for_key

_PROFILE: Final = "Profile Name"
_NAMES: Final = (_PROFILE, "Start Time", "Duration", "Title", "Supplemental Video Type")
_LASTED: Final = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)", re.ASCII)
_SEVERAL: Final = "the file has several profiles: say which is yours with profile=NAME"
_OTHERS: Final = "rows of other profiles are not kept: {}"


class NetflixActivity:
    """What a profile watched on Netflix, to the second."""

    format = "netflix-viewing-activity"
    title = "Netflix: what was watched, of all profiles (ViewingActivity.csv)"
    domain = "telecom"
    extensions = (".csv",)
    version = "1"
    options = (PROFILE,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        if not is_headed(head, _NAMES):
            return None
        is_shared = len(_profiles(headed(BytesIO(head), _NAMES))) > 1
        return Match(confidence=90, needs=(PROFILE.name,) if is_shared else ())

    def holder(self, head: bytes) -> HolderHint:
        del head
        return NETFLIX

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A viewing for each row of the profile that the option `profile` says, or of the only one.

        All rows are held at once: how many profiles there are, the whole file tells.
        """
        found = list(headed(export, _NAMES))
        reader = _Reader(for_key(options.said(PROFILE)), found)
        yield from convert(found, reader.read)
        if reader.others:
            yield Problem("/", _OTHERS.format(reader.others), row=False)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the table states neither count nor sum."""
        del items
        return ()


class _Reader:
    def __init__(self, said: str, found: Iterable[HeadedRow | Problem]) -> None:
        names = _profiles(found)
        self._mine = said or (names.pop() if len(names) == 1 else "")
        self._profiles = Profiles()
        self.others = 0

    def read(self, row: HeadedRow) -> Iterator[Item]:
        name = row.text(_PROFILE)
        profile = profile_key(name)
        if profile is None:
            raise ValueError("the row does not say whose profile it is of")
        if not self._mine:
            raise ValueError(_SEVERAL)
        if for_key(name) != self._mine:
            self.others += 1
            return
        record = record_of(_viewing(row, profile))
        yield from self._profiles.new(profile, name, row.locator)
        yield record


def _profiles(found: Iterable[HeadedRow | Problem]) -> set[str]:
    return {for_key(row.text(_PROFILE)) for row in found if isinstance(row, HeadedRow)}


def _viewing(row: HeadedRow, profile: Key) -> Viewing:
    start = row.read("Start Time", _utc)
    beside, title = row.text("Supplemental Video Type"), row.text("Title")
    return Viewing(
        on=civil_date(start),
        start=start,
        title=title,
        seconds=row.read("Duration", _seconds),
        profile=profile,
        nature="trailer" if beside else "",
        label=beside,
        key=(*profile.natural, start.isoformat(), for_key(title)),
        locator=row.locator,
    )


def _utc(text: str) -> datetime:
    return wall_time(text).replace(tzinfo=UTC)


def _seconds(text: str) -> int:
    found = _LASTED.fullmatch(text)
    if found is None:
        raise ValueError("this is no duration")
    hours, minutes, seconds = map(int, found.groups())
    return hours * 3600 + minutes * 60 + seconds
