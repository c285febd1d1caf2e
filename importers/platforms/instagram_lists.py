"""Instagram and Facebook since 2025: lists of what was liked, saved or seen (JSON).

Each row has a time and values under labels in the language of the account; what a list is of, its
name alone says (`liked_posts.json`, `saved_posts.json`). A row is the same record as in the older
archives: one like is there once. Not kept: captions, which others wrote, and what was tagged.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.address import page_of
from importers.contract import (
    Check,
    HolderHint,
    Iri,
    Item,
    Match,
    Option,
    Options,
    Problem,
    Record,
    Value,
)
from importers.document import Element, elements
from importers.platforms.holders import FACEBOOK, INSTAGRAM
from importers.platforms.meta_values import mended, moment, within
from importers.platforms.online import Act, record_of
from importers.platforms.persons import account_of
from importers.rows import convert
from importers.text import decode, lines

_NATURES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "liked_posts": "like",
        "saved_posts": "bookmark",
        "stories_viewed": "watch",
        "link_history": "visit",
        "your_activity_off_meta_technologies": "visit",
    }
)
_ELSEWHERE: Final = "your_activity_off_meta_technologies"
_NAMED: Final = re.compile("|".join(_NATURES))
_ROWS: Final = re.compile(r'\s*\[\s*\{\s*"(?:timestamp|title|media|fbid|label_values)"')
_LABELS: Final = '"label_values"'
_ACCOUNT: Final = 3  # address, name, and name of the account
_NO_LIST: Final = "what the file is a list of stands only in its name: say it, `--option list=NAME`"
_NO_VALUES: Final = "`label_values` are missing"
_NO_EVENTS: Final = "the site or its events are missing"

LIST: Final = Option(
    name="list",
    fr="ce dont le fichier est la liste, que seul son nom dit",
    en="what the file is a list of, which only its name says",
    values=tuple(_NATURES),
    is_required=True,
)


class InstagramLists:
    """One list."""

    format = "instagram-lists"
    title = "Instagram, Facebook: posts liked or saved, stories and links opened (JSON since 2025)"
    domain = "online"
    extensions = (".json",)
    version = "1"
    options = (LIST,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By its members and its name."""
        text, named = decode(head), _NAMED.search(filename)
        if named is None or not _ROWS.match(text) or _LABELS not in text:
            return None
        return Match(confidence=90, named=((LIST.name, named[0]),))

    def holder(self, head: bytes) -> HolderHint:
        """Instagram, where an address of it stands in the file."""
        return INSTAGRAM if b"instagram.com" in head else FACEBOOK

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """An act for each row, of what another site told one for each event. Takes the list."""
        said = options.said(LIST)
        if not said:
            yield Problem("/", _NO_LIST)
            return

        def read(row: Element) -> Iterable[Item]:
            whole = Element(row.locator, mended(row.value))
            return _elsewhere(whole) if said == _ELSEWHERE else (_act(whole, _NATURES[said]),)

        yield from convert(elements(lines(export), "/*"), read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: a list states neither count nor sum."""
        del items
        return ()


def _act(row: Element, nature: str) -> Record:
    """What was done with a page, and whose it is."""
    said = tuple(within(row, "label_values"))
    if not said:
        raise ValueError(_NO_VALUES)
    pages = [_page(one) for one in said]
    about = next(filter(None, pages), None)
    # Only of what lies elsewhere is the title one that its author gave it.
    titles = (one.text("value") for one, page in zip(said, pages, strict=True) if page is None)
    owner = next(filter(None, map(_owner, said)), "")
    more: tuple[tuple[str, Value], ...] = ()
    if owner:
        more = (("sd:counterparty", account_of("instagram", owner)),)
    return record_of(
        Act(
            at=moment(row, "timestamp"),
            nature=nature,
            label=next(filter(None, titles), "") if nature == "visit" else "",
            about=about,
            more=more,
            locator=row.locator,
        )
    )


def _page(value: Element) -> Iri | None:
    return page_of(value.text("href") or value.text("value"))


def _owner(value: Element) -> str:
    """The account that is told of in a value, "" where it tells of none."""
    for outer in within(value, "dict"):
        inner = tuple(within(outer, "dict"))
        if len(inner) == _ACCOUNT:
            return inner[-1].text("value")
    return ""


def _elsewhere(row: Element) -> Iterator[Item]:
    """What another site told of the person: an act for each event."""
    name = row.text("title")
    events = [event for one in within(row, "label_values") for event in within(one, "vec")]
    if not name or not events:
        raise ValueError(_NO_EVENTS)
    yield from convert(events, lambda event: (_event(name, event),))


def _event(name: str, event: Element) -> Record:
    said = tuple(within(event, "dict"))
    timed = next((one for one in said if one.get("timestamp_value") is not None), None)
    if timed is None:
        raise ValueError("the event does not say its time")
    # The identifier of a site stands before the name of what was done there.
    words = [one.text("value") for one in said if one is not timed]
    label = f"{name}: {words[-1] if words else ''}".rstrip(": ")
    at = moment(timed, "timestamp_value")
    return record_of(Act(at=at, nature="visit", label=label, locator=event.locator))
