"""The histories of browsers, as they keep them: SQLite databases.

| browser | file | times |
|---|---|---|
| Chrome, Edge, Brave, Opera and others of Chromium | `History` | microseconds since 1601 |
| Firefox and others of Mozilla | `places.sqlite` | microseconds since 1970 |
| Firefox of a telephone | `places.sqlite`, before 2020 `browser.db` | milliseconds, microseconds |
| Safari | `History.db` | seconds since 2001 |
| qutebrowser | `history.sqlite` | seconds since 1970 |

All are in UTC, as the sources of Chromium and Mozilla have it (`base/time/time.h`, `PRTime`) and
Apple's reference date. A visit is an online activity with the address and the title of the page, in
Chrome how long it was open too. A name and password of a user in an address are dropped. Not kept:
which visit led to which, how an address was come to, downloads, searches, bookmarks, and icons.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.browsing.database import DatabaseRow, Query, has_tables, hides_schema, rows
from importers.browsing.visits import CHROME, reader_of
from importers.contract import Check, HolderHint, Item, Match, Options
from importers.rows import convert

_ANY: Final = HolderHint(iri="urn:sd:holder:browser", name="browser", sector="platform")
# Chromium notes these in a table of its own, which comes early in the file.
_OF_CHROMIUM: Final = (b"last_compatible_version", b"early_expiration_threshold")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Browser:
    """A kind of browser: what its query gives is address, title, time and duration of a visit.

    Times are in `unit` microseconds after `epoch`.
    """

    name: str
    by: HolderHint
    query: Query
    epoch: datetime
    unit: int = 1


_FIREFOX: Final = HolderHint(
    iri="https://www.mozilla.org/firefox/", name="Firefox", sector="platform"
)
_UNIX: Final = datetime(1970, 1, 1, tzinfo=UTC)
_OF_MOZILLA: Final = (
    "SELECT moz_historyvisits.id, moz_places.url, moz_places.title, moz_historyvisits.visit_date,"
    " NULL FROM moz_historyvisits LEFT JOIN moz_places"
    " ON moz_places.id = moz_historyvisits.place_id ORDER BY moz_historyvisits.id"
)

# Of two that fit, the first: Firefox of a telephone has the tables of Firefox, and more columns.
_BROWSERS: Final = (
    _Browser(
        name="chromium",
        by=CHROME,
        query=Query(
            "SELECT visits.id, urls.url, urls.title, visits.visit_time, visits.visit_duration"
            " FROM visits LEFT JOIN urls ON urls.id = visits.url ORDER BY visits.id",
            MappingProxyType({"visits": "visit_time", "urls": "last_visit_time"}),
        ),
        epoch=datetime(1601, 1, 1, tzinfo=UTC),
    ),
    _Browser(
        name="firefox-mobile",
        by=_FIREFOX,
        query=Query(
            _OF_MOZILLA,
            MappingProxyType({"moz_historyvisits": "is_local", "moz_places": "visit_count_local"}),
        ),
        epoch=_UNIX,
        unit=1000,
    ),
    _Browser(
        name="firefox",
        by=_FIREFOX,
        query=Query(
            _OF_MOZILLA,
            MappingProxyType({"moz_historyvisits": "visit_date", "moz_places": "url"}),
        ),
        epoch=_UNIX,
    ),
    _Browser(
        name="firefox-mobile-old",
        by=_FIREFOX,
        query=Query(
            "SELECT visits._id, history.url, history.title, visits.date, NULL FROM visits"
            " LEFT JOIN history ON history.guid = visits.history_guid ORDER BY visits._id",
            MappingProxyType({"visits": "history_guid", "history": "date_local"}),
        ),
        epoch=_UNIX,
    ),
    _Browser(
        name="safari",
        by=HolderHint(iri="https://www.apple.com/safari/", name="Safari", sector="platform"),
        query=Query(
            "SELECT history_visits.id, history_items.url, history_visits.title,"
            " history_visits.visit_time, NULL FROM history_visits"
            " LEFT JOIN history_items ON history_items.id = history_visits.history_item"
            " ORDER BY history_visits.id",
            MappingProxyType({"history_visits": "visit_time", "history_items": "url"}),
        ),
        epoch=datetime(2001, 1, 1, tzinfo=UTC),
        unit=1_000_000,
    ),
    _Browser(
        name="qutebrowser",
        by=HolderHint(iri="https://qutebrowser.org/", name="qutebrowser", sector="platform"),
        query=Query(
            "SELECT rowid, url, title, atime, NULL FROM History ORDER BY rowid",
            MappingProxyType({"History": "atime"}),
        ),
        epoch=_UNIX,
        unit=1_000_000,
    ),
)


class BrowserHistory:
    """The database of visits of any of these browsers."""

    format = "browser-history"
    title = "Chrome, Edge, Firefox, Safari: history of the browser (History, places.sqlite)"
    domain = "online"
    extensions = (".sqlite", ".db", ".sqlite3")
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the tables of the database.

        A database that was used for long has its schema further behind: such a one is taken for a
        history, and told of where it is none, because nothing else that is a database is read.
        """
        del filename
        found = _known(head)
        if found is not None:
            return Match(confidence=90, variant=found.name)
        return Match(confidence=40) if hides_schema(head) else None

    def holder(self, head: bytes) -> HolderHint:
        found = _known(head)
        if found is not None:
            return found.by
        return CHROME if any(mark in head for mark in _OF_CHROMIUM) else _ANY

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each visit. The database is held in memory once. Takes no options."""
        del options
        readers = [(one.query, reader_of(one.epoch, unit=one.unit)) for one in _BROWSERS]

        def visit(row: DatabaseRow) -> Iterable[Item]:
            return next(read for query, read in readers if query is row.query)(row)

        return convert(rows(export, tuple(one.query for one in _BROWSERS)), visit)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: what databases count of visits they forget otherwise than the visits."""
        del items
        return ()


def _known(head: bytes) -> _Browser | None:
    return next((one for one in _BROWSERS if has_tables(head, one.query.tables)), None)
