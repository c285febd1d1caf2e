"""Mastodon and others that speak ActivityStreams 2.0: outbox.json, likes.json and bookmarks.json.

Format: https://www.w3.org/TR/activitystreams-core/ in JSON-LD. The context is the one that is
known, and none is fetched: names of members are those of ActivityStreams. A post that is addressed
to some accounts alone is a message. Likes and bookmarks have no time, so they are interests and no
acts. Not kept: pictures, polls, tags, and the names of those who were mentioned.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit

from importers.address import page_of
from importers.clock import instant
from importers.contract import (
    Check,
    Code,
    HolderHint,
    Item,
    Key,
    Match,
    Options,
    Problem,
    Record,
    Stated,
    Value,
)
from importers.document import Element, has_marks, parts
from importers.platforms.holders import FEDIVERSE
from importers.platforms.interests import interest
from importers.platforms.online import Act, record_of
from importers.platforms.persons import account_of
from importers.platforms.plain_text import plain
from importers.rows import convert
from importers.text import decode, lines

_CONTEXT: Final = "https://www.w3.org/ns/activitystreams"
_PUBLIC: Final = frozenset({f"{_CONTEXT}#Public", "as:Public", "Public"})
_FOLLOWERS: Final = "/followers"
_ROWS: Final = "/orderedItems"
_TOTAL: Final = "/totalItems"
_ACTOR: Final = re.compile(r'"(?:actor|id|attributedTo)"\s*:\s*"(https://[^/"\\\s]+)/')
_NATURES: Final = {"Create": "publish", "Announce": "share", "Like": "like", "Follow": "follow"}
_BESIDE: Final = frozenset({"/@context", "/id", "/type", "/first", "/last"})
_NOT_KNOWN: Final = "this member of the collection is not known, and is not kept"


class ActivityStreams:
    """A collection of activities, or of the addresses of what was liked or marked."""

    format = "activity-streams"
    title = "Mastodon, ActivityStreams 2.0: outbox, likes and bookmarks (JSON)"
    domain = "online"
    extensions = (".json",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By its context and the list of a collection."""
        del filename
        found = has_marks(head, (f'"{_CONTEXT}"', '"OrderedCollection"', '"orderedItems"'))
        return Match(confidence=90) if found else None

    def holder(self, head: bytes) -> HolderHint:
        """The server on which the account is."""
        found = _ACTOR.search(decode(head))
        if found is None:
            return FEDIVERSE
        name = urlsplit(found[1]).hostname or FEDIVERSE.name
        return HolderHint(iri=f"{found[1]}/", name=name, sector="platform")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """What each item of the collection says. Takes no options."""
        del options
        found = parts(lines(export), [_ROWS])
        return convert(found, _item, is_row=lambda one: one.locator.startswith(_ROWS))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """How many items the collection states, against those that there are.

        An archive states how many posts its account counts, and has those beside that it does not
        count: fewer is a loss, and more is none.
        """
        stated: list[Decimal] = []
        got = 0
        for item in items:
            if isinstance(item, Stated):
                stated.append(item.value)
            else:
                got += getattr(item, "row", getattr(item, "counted", False))
        return tuple(
            Check(name="items", expected=f"at least {total}", got=str(got), ok=got >= total)
            for total in stated
        )


def _item(element: Element) -> Iterator[Item]:
    if element.locator.startswith(f"{_ROWS}/"):
        yield _row(element)
    elif element.locator == _TOTAL:
        yield Stated(
            name="count",
            scope="items",
            value=Element("", {"totalItems": element.value}).number("totalItems"),
            locator=_TOTAL,
        )
    elif element.locator not in _BESIDE:
        yield Problem(element.locator or "/", _NOT_KNOWN, row=element.locator in {"", _ROWS})


def _row(element: Element) -> Record:
    """An activity, or the address of a post. Raises ValueError."""
    if isinstance(element.value, str):
        address = page_of(element.value)
        if address is None:
            raise ValueError("this is no address")
        return interest(address, "", element.locator, is_declared=True)
    if not isinstance(element.value, dict):
        raise ValueError("this is no activity")  # noqa: TRY004 - the file is wrong
    nature = _NATURES.get(element.text("type"), "")
    if not nature:
        raise ValueError("this type of activity is not known")
    posted = _object(element)
    others = _addressed(element)
    at = instant(element.text("published") or posted.text("published"))
    if nature == "publish" and others:
        return _message(element, posted, others)
    if nature == "publish" and posted.text("inReplyTo"):
        nature = "comment"
    return record_of(
        Act(
            at=at,
            nature=nature,
            label=_words(posted),
            about=page_of(posted.text("id")),
            stable=element.text("id"),
            locator=element.locator,
        )
    )


def _object(element: Element) -> Element:
    """What was acted on, which may be told by its address alone."""
    value: Any = element.get("object")
    if isinstance(value, dict):
        return Element(element.locator, value)
    return Element(element.locator, {"id": value if isinstance(value, str) else ""})


def _words(posted: Element) -> str:
    return plain(" ".join(filter(None, (posted.text("summary"), posted.text("content")))))


def _addressed(element: Element) -> tuple[str, ...]:
    """The accounts that a post is for, none where anybody else may read it."""
    found = [*_texts(element.get("to")), *_texts(element.get("cc"))]
    if any(one in _PUBLIC or one.endswith(_FOLLOWERS) for one in found):
        return ()
    return tuple(found)


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]


def _message(element: Element, posted: Element, others: tuple[str, ...]) -> Record:
    at = instant(element.text("published") or posted.text("published"))
    fields: list[tuple[str, Value]] = [
        ("schema:dateSent", at),
        ("sd:date", at.date()),
        ("sd:direction", Code("out")),
        ("schema:text", _words(posted)),
    ]
    fields += [("schema:recipient", account_of("fediverse", one)) for one in others]
    identifier = element.text("id") or posted.text("id")
    key = Key(stable=identifier) if identifier else Key(natural=(at.isoformat(), *others))
    return Record(
        kind="Message", key=key, fields=tuple(fields), on=at.date(), locator=element.locator
    )
