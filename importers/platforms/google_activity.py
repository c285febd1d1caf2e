"""Google Takeout: My Activity, and the histories of YouTube, as JSON.

Each file (`MyActivity.json`, `watch-history.json`, `search-history.json`, by other names in other
languages) is an array of events. Not kept: where somebody was then (`locationInfos`), on what
ground Google keeps it, and further links. What an event is, its words or its address tell.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from importers.clock import instant
from importers.contract import Check, HolderHint, Item, Match, Options
from importers.document import Element, elements, has_marks
from importers.platforms.google_event import Event, event_record
from importers.platforms.holders import GOOGLE
from importers.rows import convert
from importers.text import lines

_MARKS = ('"header"', '"title"', '"time"')


class GoogleActivity:
    """Events of My Activity."""

    format = "google-activity"
    title = "Google Takeout: My Activity, YouTube history (JSON)"
    domain = "online"
    extensions = (".json",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By names of members that only it has, whatever the file is called."""
        del filename
        return Match(confidence=90) if has_marks(head, _MARKS, opens="[") else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return GOOGLE

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record for each event. Takes no options."""
        del options
        return convert(elements(lines(export), "/*"), _event)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the file states neither count nor sum of its events."""
        del items
        return ()


def _event(element: Element) -> Iterator[Item]:
    yield event_record(
        Event(
            product=element.text("header"),
            title=element.text("title"),
            address=element.text("titleUrl"),
            at=instant(element.text("time")),
            by=_maker(element.get("subtitles")),
            locator=element.locator,
        )
    )


def _maker(subtitles: object) -> str:
    """The channel of a video, by its link; other lines under an event have none."""
    first = subtitles[0] if isinstance(subtitles, list) and subtitles else None
    if isinstance(first, dict) and isinstance(first.get("name"), str) and first.get("url"):
        return str(first["name"])
    return ""
