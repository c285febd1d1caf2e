"""Google Takeout of Chrome: `History.json`, in older exports `BrowserHistory.json`.

No format is published; members are as observed. `time_usec` is in microseconds since 1970, in UTC.
Each element of `Browser History` is a visit, and the same as the one that the browser itself keeps.
Not kept: `client_id`, by which the device can be found again, how the address was come to, and the
icon. What stands beside the visits, typed addresses and open tabs, is told and not kept: the visits
have them.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import BinaryIO, Final

from importers.browsing.visits import CHROME, Visit, moment_since, visit_of
from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.document import Element, has_marks, parts
from importers.rows import convert
from importers.text import decode, lines

_LIST: Final = "/Browser History"
_BESIDE: Final = frozenset({"/Typed Url", "/Session"})
# Which of them comes first, and how long it is, differs.
_OF_CHROME: Final = re.compile(r'"(?:Browser History|Typed Url)"\s*:\s*\[')
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class ChromeTakeout:
    """The history of Chrome that Google has."""

    format = "chrome-takeout"
    title = "Chrome (Takeout): history of the browser (History.json)"
    domain = "online"
    extensions = (".json",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        is_history = has_marks(head, ()) and _OF_CHROME.search(decode(head))
        return Match(confidence=90) if is_history else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return CHROME

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each visit, one at a time. Takes no options."""
        del options
        return convert(parts(lines(export), ("", _LIST)), _read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file states neither count nor sum."""
        del items
        return ()


def _read(element: Element) -> Iterator[Item]:
    if element.locator in _BESIDE:
        yield Problem(element.locator, "this is beside the visits, and not kept", row=False)
        return
    if not element.locator.startswith(_LIST + "/"):
        raise ValueError("this is not known, and not kept")
    microseconds, address = element.number("time_usec"), element.text("url")
    if not address or microseconds % 1:
        raise ValueError("the visit says no address, or no time")
    yield visit_of(
        Visit(
            at=moment_since(_EPOCH, int(microseconds)),
            address=address,
            title=element.text("title"),
            locator=element.locator,
        )
    )
