"""Spotify: what was played, as the short and the extended package have it (JSON).

Spotify describes both in the package. The short one (`StreamingHistory_music_0.json`, before 2024
`StreamingHistory0.json`, and `…_podcast_…`, `…_audiobook_…`) has the last
year, with `endTime` to the minute. The
extended one (`Streaming_History_Audio_*.json`, `…_Video_*.json`, before 2023 `endsong_0.json`) has
all of it, with `ts` to the second. Both times are in UTC, and are when the playing ended. They
overlap: a play is the same where the minute, the title, the artist and the milliseconds are, so it
is there once; import the extended package last, which says more. How long something was played is
not how long it is. What was played in a private session (`incognito_mode`) has the nature
sdc:privateSession. Never kept: `ip_addr`, `user_agent`, `username`, country and device. Not kept:
why a play began and ended. An entry that names nothing that was played is told.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import BinaryIO, Final

from importers.clock import civil_date, instant, wall_time
from importers.contract import Check, HolderHint, Item, Match, Options
from importers.document import Element, elements, has_marks
from importers.media.viewing import Viewing, record_of
from importers.rows import convert
from importers.text import for_key, lines

SPOTIFY: Final = HolderHint(iri="https://www.spotify.com/", name="Spotify", sector="platform")
_ADDRESS: Final = re.compile(r"spotify:[A-Za-z0-9:._~%-]{1,200}", re.ASCII)
_LONGEST: Final = 7 * 86_400_000
_MUSIC: Final = ("trackName", "artistName", "")
_PODCAST: Final = ("episodeName", "", "podcastName")
_AUDIOBOOK: Final = ("chapterName", "", "audiobookName")
# Where the extended package has the title, the artist, the whole that it is of, and its address.
_EXTENDED: Final = (
    (
        "master_metadata_track_name",
        "master_metadata_album_artist_name",
        "master_metadata_album_album_name",
        "spotify_track_uri",
    ),
    ("episode_name", "", "episode_show_name", "spotify_episode_uri"),
    ("audiobook_chapter_title", "", "audiobook_title", "audiobook_chapter_uri"),
)


class _Spotify:
    domain = "telecom"
    extensions = (".json",)
    version = "2"
    options = ()

    def __init__(self, read: Callable[[Element], Iterator[Item]]) -> None:
        self._read = read

    def holder(self, head: bytes) -> HolderHint:
        del head
        return SPOTIFY

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each play, one at a time. Takes no options."""
        del options
        return convert(elements(lines(export), "/*"), self._read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file states neither count nor sum."""
        del items
        return ()


class SpotifyShort(_Spotify):
    """The short package: a year, to the minute."""

    format = "spotify-year"
    title = "Spotify: what was played in a year (StreamingHistory_music_*.json)"

    def __init__(self) -> None:
        super().__init__(_short)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        marks = ('"endTime"', '"msPlayed"')
        return Match(confidence=90) if has_marks(head, marks, opens="[") else None


class SpotifyExtended(_Spotify):
    """The extended package: everything, to the second."""

    format = "spotify-extended"
    title = "Spotify: all that was played (Streaming_History_Audio_*.json)"

    def __init__(self) -> None:
        super().__init__(_extended)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        marks = ('"ts"', '"ms_played"')
        return Match(confidence=90) if has_marks(head, marks, opens="[") else None


def _short(element: Element) -> Iterator[Item]:
    kinds = (_PODCAST, _AUDIOBOOK)
    names = next((one for one in kinds if element.get(one[0]) is not None), _MUSIC)
    end = wall_time(element.text("endTime")).replace(tzinfo=UTC)
    yield record_of(_viewing(element, (*names, ""), end, "msPlayed"))


def _extended(element: Element) -> Iterator[Item]:
    names = next((one for one in _EXTENDED if element.text(one[0])), None)
    if names is None:
        raise ValueError("the entry names nothing that was played")
    yield record_of(_viewing(element, names, instant(element.text("ts")), "ms_played"))


def _viewing(
    element: Element, names: tuple[str, str, str, str], end: datetime, played: str
) -> Viewing:
    title, artist, album, address = (element.text(name) if name else "" for name in names)
    lasted = element.number(played)
    if not 0 <= lasted <= _LONGEST or lasted % 1:
        raise ValueError(f"`{played}` is no number of milliseconds")
    minute = end.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    return Viewing(
        on=civil_date(end),
        end=end,
        title=title,
        artist=artist,
        album=album,
        address=address if _ADDRESS.fullmatch(address) else "",
        seconds=round(lasted / Decimal(1000)),
        nature="privateSession" if element.get("incognito_mode") is True else "",
        key=(minute, for_key(title), for_key(artist), str(int(lasted))),
        locator=element.locator,
    )
