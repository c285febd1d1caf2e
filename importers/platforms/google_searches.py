"""Google Takeout before 2018: what was searched, three months a file (JSON).

Since then searches stand in My Activity, as events of another shape: a search in both files is
there twice. Times are millionths of a second since 1970, one for each time that it was searched.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from importers.contract import Item, Options
from importers.document import Element
from importers.platforms.holders import GOOGLE
from importers.platforms.json_file import JsonFile
from importers.platforms.online import Act, record_of
from importers.rows import convert

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST: Final = 250 * 10**15
_NO_TIME: Final = "the search does not say its time"


def _searches(element: Element, _options: Options) -> Iterator[Item]:
    """A search for each time at which it was made. Raises ValueError."""
    words, times = element.text("query/query_text"), element.get("query/id")
    if not words:
        raise ValueError("the search has no words")
    if not isinstance(times, list) or not times:
        raise ValueError(_NO_TIME)
    around = f"{element.locator}/query/id/"
    rows = (Element(f"{around}{place}", one) for place, one in enumerate(times))
    yield from convert(rows, lambda row: (_search(row, words),))


def _search(row: Element, words: str) -> Item:
    count = row.number("timestamp_usec")
    if not 0 < count < _LATEST:
        raise ValueError(_NO_TIME)
    at = _EPOCH + timedelta(microseconds=int(count))
    return record_of(Act(at=at, nature="search", label=words, locator=row.locator))


GOOGLE_SEARCHES: Final = JsonFile(
    format="google-searches",
    title="Google Takeout before 2018: searches (JSON)",
    domain="online",
    by=GOOGLE,
    marks=('"event"', '"query_text"', '"timestamp_usec"'),
    read=_searches,
    rows="/event/*",
    opens="{",
)
