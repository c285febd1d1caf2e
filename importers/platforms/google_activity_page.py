"""Google Takeout: My Activity and the histories of YouTube, as a page (HTML), which is the default.

One row is a cell of a grid: the product, the words of the event with its link, below them who made
it, and at the end the time, in the language and the clock of the account. The page is read piece by
piece: it has no line ends, and can be of any length. The same event in the JSON is the same record.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import BinaryIO, Final
from zoneinfo import ZoneInfo

from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.platforms.google_event import Event, event_record
from importers.platforms.holders import GOOGLE
from importers.platforms.plain_text import plain
from importers.platforms.said_zone import ZONE, zone_of
from importers.platforms.written_time import ZoneUnsaid, written_time
from importers.rows import convert
from importers.text import decode, for_key

_INNER: Final = r"([^<]*+(?:<(?!/?div\b)[^<]*+)*+)"
_ROW: Final = re.compile(
    r'\s*<div class="outer-cell[^"<>]*">\s*<div class="mdl-grid">\s*'
    rf'(?:<div class="header-cell[^"<>]*">{_INNER}</div>\s*)?'
    rf'<div class="content-cell[^"<>]*body-1">{_INNER}</div>\s*'
    rf'(?:<div class="content-cell[^"<>]*text-right">{_INNER}</div>\s*)?'
    rf'(?:<div class="content-cell[^"<>]*caption">{_INNER}</div>\s*)?'
    r"</div>\s*</div>"
)
_BEGIN: Final = re.compile(r'<body[^<>]*>\s*<div class="mdl-grid">')
_OUTER: Final = '<div class="outer-cell'
_END: Final = re.compile(r"\s*</div>\s*</body>\s*</html>\s*")
_BREAK: Final = re.compile(r"<br\s*/?>")
_LINK: Final = re.compile(r'<a\b[^<>]*\bhref="([^"<>]*)"')
_ANYTHING: Final = re.compile(r"\S")
_LONGEST_ROW: Final = 1 << 18  # characters
_CUT: Final = "the page is cut short, or is not one of My Activity from here on"
_STRANGE: Final = "what stands here is no event as Google writes them, and is not read"
_NO_TIME: Final = "the event does not say its time"


class GoogleActivityPage:
    """Events of My Activity, as a page."""

    format = "google-activity-page"
    title = "Google Takeout: My Activity, YouTube history (HTML)"
    domain = "online"
    extensions = (".html",)
    version = "2"
    options = (ZONE,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By its cells, or by its style and its name, since the style alone can be long."""
        text = decode(head)
        if not text.lstrip().lower().startswith(("<html", "<!doctype html")):
            return None
        begun = _BEGIN.search(text)
        title = _TITLE.search(text)
        named = for_key(f"{filename} {title[1] if title else ''}")
        is_named = "mdl-" in text and _NAMES.search(named) is not None
        if not (begun and text.find(_OUTER, begun.end()) >= 0) and not is_named:
            return None
        return Match(confidence=90, needs=("zone",) if _needs_zone(text) else ())

    def holder(self, head: bytes) -> HolderHint:
        del head
        return GOOGLE

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each event. Takes the zone of times that have only letters for it."""
        zone = zone_of(options)
        return convert(_rows(_pieces(export)), lambda row: _event(row, zone))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the page states neither count nor sum of its events."""
        del items
        return ()


_BLOCK: Final = 1 << 16
_TITLE: Final = re.compile(r"<title>([^<]{1,200})</title>")
# What such a page is called, in the languages of the pages that were seen and some beside them.
_NAMES: Final = re.compile(
    r"(?i)my ?activity|activité|aktivitäten|attività|actividad|atividade"
    r"|watch-history|search-history|historique|verlauf|history"
)


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    product: str
    content: str

    @property
    def locator(self) -> str:
        return f"event={self.number}"


def _pieces(export: BinaryIO) -> Iterator[str]:
    """The text of a page, which is in UTF-8: what is damaged in it damages nothing beside it."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    while block := export.read(_BLOCK):
        yield decoder.decode(block)
    yield decoder.decode(b"", final=True)


def _needs_zone(text: str) -> bool:
    """Whether the first event that can be read tells its zone by letters alone, or not at all."""
    for row in _rows([text]):
        if isinstance(row, _Row):
            try:
                written_time(_lines_of(row)[-1][0], None)
            except ZoneUnsaid:
                return True
            except (ValueError, IndexError):
                return False
            return False
    return False


def _rows(pieces: Iterable[str]) -> Iterator[_Row | Problem]:
    """The rows of a page, and a Problem for all that stands between them."""
    page = _Page(iter(pieces))
    number = 1
    if not page.begin():
        yield Problem("/", _CUT)
    while page.more(_ROW):
        found = page.take(_ROW)
        if found is not None:
            yield _Row(number, plain(found[1] or ""), found[2])
        elif page.take(_END) is not None and not page.more(_ROW):
            return
        else:
            yield Problem(f"event={number}", _STRANGE if page.skip() else _CUT)
        number += 1
    yield Problem("/", _CUT)


class _Page:
    """A page of which as much is held as one row needs."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self._text = ""
        self._at = 0

    def begin(self) -> bool:
        """Go to the first row; whether the page begins as it should."""
        while True:
            found = _BEGIN.search(self._text)
            if found is not None:
                self._at = found.end()
                return True
            at = self._text.find(_OUTER)
            if at >= 0:
                self._at = at
                return False
            self._text = self._text[-len(_OUTER) * 20 :]
            if not self._read():
                self._at = len(self._text)
                return False

    def more(self, form: re.Pattern[str]) -> bool:
        """Whether anything but blanks is left; reads until a row is whole, or too long for one."""
        while (
            form.match(self._text, self._at) is None and len(self._text) - self._at < _LONGEST_ROW
        ):
            if not self._read():
                break
        return _ANYTHING.search(self._text, self._at) is not None

    def take(self, form: re.Pattern[str]) -> re.Match[str] | None:
        found = form.match(self._text, self._at)
        if found is not None:
            self._at = found.end()
        return found

    def skip(self) -> bool:
        """Go to where the next row begins, or to the end of the page; whether there is one."""
        at = self._text.find(_OUTER, self._at + len(_OUTER))
        while at < 0:
            self._text, self._at = self._text[-len(_OUTER) :], 0
            if not self._read():
                self._at = len(self._text)
                return False
            at = self._text.find(_OUTER)
        self._at = at
        return True

    def _read(self) -> bool:
        piece = next(self._pieces, None)
        if piece is None:
            return False
        self._text = self._text[self._at :] + piece
        self._at = 0
        return True


def _lines_of(row: _Row) -> list[tuple[str, str]]:
    """The lines of an event that say anything: the text and the first link of each."""
    found = []
    for line in _BREAK.split(row.content):
        link = _LINK.search(line)
        text = plain(line)
        if text:
            found.append((text, unescape(link[1]) if link else ""))
    return found


def _event(row: _Row, zone: ZoneInfo | None) -> Iterator[Item]:
    told = _lines_of(row)
    if len(told) < 2:
        raise ValueError(_NO_TIME)
    (title, address), *below, (time, _) = told
    yield event_record(
        Event(
            product=row.product,
            title=title,
            address=address,
            at=written_time(time, zone),
            by=below[0][0] if below and below[0][1] else "",
            locator=row.locator,
        )
    )
