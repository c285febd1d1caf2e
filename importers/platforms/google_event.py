"""An entry of My Activity of Google, whichever file it stands in, as a record.

The page (HTML) and the JSON tell the same events, the page to the second and in the time of some
place, the JSON to the thousandth and in UTC. So that both are one record, its time is kept to the
second and in UTC, and its day is the one in UTC.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from importers.address import page_of
from importers.contract import Record
from importers.platforms.online import Act, record_of
from importers.platforms.redirection import led_to
from importers.text import for_key

# What was done, by how its words begin in English and French, or end in German.
_WORDS: Final = (
    ("search", re.compile(r"searched|(?:vous avez )?recherch[eé]|.*\bgesucht$|gesucht nach")),
    ("watch", re.compile(r"watched|(?:vous avez |a )?regardé|.*\bangesehen$")),
    ("listen", re.compile(r"listened|(?:vous avez |a )?écouté|.*\bangehört$")),
    ("visit", re.compile(r"visited|viewed|(?:vous avez )?(?:consulté|visité)|.*\baufgerufen$")),
    ("like", re.compile(r"liked|(?:vous avez )?aimé")),
    ("use", re.compile(r"used|(?:vous avez )?utilisé|.*\bverwendet$")),
)
_PATHS: Final = (
    ("search", re.compile(r"/search|/results|/maps/search|/store/search")),
    ("watch", re.compile(r"/watch")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`product` is the one of Google; `by` is who made what was watched, "" where none is told."""

    product: str
    title: str
    address: str
    at: datetime
    locator: str
    by: str = ""


def event_record(event: Event) -> Record:
    """Raises ValueError for an event without its words."""
    label = " ".join(event.title.split())
    if not label:
        raise ValueError("the event does not say what was done")
    address, at = led_to(event.address), event.at.astimezone(UTC).replace(microsecond=0)
    by = " ".join(event.by.split())
    return record_of(
        Act(
            at=at,
            nature=_nature(label, event.address),
            label=label,
            about=page_of(address),
            told_by=(for_key(event.product), for_key(label)),
            more=(("sd:counterpartyName", by),) if by else (),
            locator=event.locator,
        )
    )


def _nature(label: str, address: str) -> str:
    words = label.casefold()
    for nature, begins in _WORDS:
        if begins.match(words):
            return nature
    try:
        path = urlsplit(address).path
    except ValueError:
        path = ""
    return next((nature for nature, begins in _PATHS if begins.match(path)), "use")
