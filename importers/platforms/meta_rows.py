"""What a row of an archive of Facebook or Instagram says.

Titles such as "Ana liked Léa's photo" are not kept: they say no more than the row, but for the
names of others. Those are pseudonyms, but for friends and followers, who are contacts.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Final

from importers.address import page_of
from importers.contract import Code, Item, Key, Record, Value
from importers.document import Element
from importers.platforms.interests import interest, topic
from importers.platforms.meta_values import mended, moment, within
from importers.platforms.online import Act, record_of
from importers.platforms.persons import account_of, contact, person_named
from importers.text import for_key

Read = Callable[[Element, str], Iterable[Item]]
"""What a row says. The person's own name is given with it, "" where she does not say it."""

_INSTAGRAM: Final = "instagram"
_TIMES: Final = ("timestamp", "creation_timestamp", "timestamp_ms")
_COMMENT: Final = ("comment", "kommentar")


def message(row: Element, me: str) -> Iterator[Item]:
    """A message, of Messenger or of Instagram."""
    at = moment(row, "timestamp_ms", "timestamp")
    name = row.text("sender_name") or row.text("senderName")
    if not name:
        raise ValueError("the message does not say who wrote it")
    sender, text = person_named(name), row.text("content") or row.text("text")
    fields: list[tuple[str, Value]] = [("schema:dateSent", at), ("sd:date", at.date())]
    if me:
        is_own = for_key(name).casefold() == for_key(me).casefold()
        fields.append(("sd:direction", Code("out" if is_own else "in")))
    fields.append(("schema:sender", sender))
    if text:
        fields.append(("schema:text", text))
    yield Record(
        kind="Message",
        key=Key(natural=(at.isoformat(), sender.value, for_key(text))),
        fields=tuple(fields),
        on=at.date(),
        locator=row.locator,
    )


def post(row: Element, _me: str) -> Iterator[Item]:
    """Something published: words, or pictures with or without words."""
    inside = (*within(row, "data"), *within(row, "media"))
    texts = (one.text("post") or one.text("title") for one in inside)
    # The title of a post of Facebook is a sentence on it, with names.
    has_title = row.get("data") is None and row.get("attachments") is None
    text = next(filter(None, texts), "") or row.text("title" if has_title else "post")
    times = [one for one in (row, *inside) if any(one.get(name) is not None for name in _TIMES)]
    if not times:
        raise ValueError("`timestamp` is missing")
    at = moment(times[0], *_TIMES)
    yield record_of(Act(at=at, nature="publish", label=text, locator=row.locator))


def comment(row: Element, _me: str) -> Iterator[Item]:
    said = next((one.text("comment/comment") for one in within(row, "data")), "")
    yield _act(row, "comment", said)


def reaction(row: Element, _me: str) -> Iterator[Item]:
    kind = next((one.text("reaction/reaction") for one in within(row, "data")), "")
    yield _act(row, "like", kind)


def search(row: Element, _me: str) -> Iterator[Item]:
    said = next((one.text("text") for one in within(row, "data")), "")
    yield _act(row, "search", said.strip('"') or row.text("title"))


def joined(row: Element, _me: str) -> Iterator[Item]:
    name = next((one.text("name") for one in within(row, "data")), "")
    yield _act(row, "follow", name or row.text("name"))


def advertiser(row: Element, _me: str) -> Iterator[Item]:
    yield _act(row, "visit", row.text("title"))


def account(row: Element, _me: str) -> Iterator[Item]:
    """A login, or another act on the account. The address of the network is not kept."""
    action = row.text("action")
    nature = "login" if "log" in action.casefold() or not action else "use"
    yield _act(row, nature, action)


def elsewhere(row: Element, _me: str) -> Iterator[Item]:
    """What another site told of the person: an act for each event."""
    name = row.text("name")
    found = tuple(within(row, "events"))
    if not name or not found:
        raise ValueError("the site or its events are missing")
    for event in found:
        label = f"{name}: {event.text('type')}".rstrip(": ")
        yield record_of(
            Act(at=moment(event, *_TIMES), nature="visit", label=label, locator=event.locator)
        )


def page(row: Element, _me: str) -> Iterator[Item]:
    name = row.text("name")
    if not name:
        raise ValueError("the page has no name")
    on = next(_since(row), None)
    yield interest(topic(name), name, row.locator, is_declared=True, on=on)


def advertised(row: Element, _me: str) -> Iterator[Item]:
    """An interest that the platform inferred, a text or a row of named texts."""
    name = row.value if isinstance(row.value, str) else next(_values(row), "")
    if not name.strip():
        raise ValueError("the interest has no name")
    yield interest(topic(name), name.strip(), row.locator, is_declared=False)


def related(category: str) -> Read:
    """Somebody whom Facebook connects with the person, by her name, or Instagram by an account."""
    return partial(_related, category)


def _related(category: str, row: Element, _me: str) -> Iterator[Item]:
    first = next(within(row, "string_list_data"), None)
    told: list[tuple[str, Value]] = []
    if first is None:
        name = row.text("name")
        who = person_named(name)
        told.append(("vcard:fn", name))
    else:
        name = first.text("value") or row.text("title")
        who, address = account_of(_INSTAGRAM, name), page_of(first.text("href"))
        told += [("vcard:nickname", name)]
        told += [("vcard:hasURL", address)] if address else []
    if not name:
        raise ValueError("it is not said who it is")
    told += [("sd:date", day) for day in _since(first or row)]
    yield contact(who, category, tuple(told), row.locator)


def _since(row: Element) -> Iterator[date]:
    """The day from which something holds; old rows have none, or 0. Raises ValueError."""
    if any(row.get(name) for name in _TIMES):
        yield moment(row, *_TIMES).date()


def acted(nature: str) -> Read:
    """An act on Instagram: its time, whose it was and where, under names in any language."""
    return partial(_acted, nature)


def _acted(nature: str, row: Element, _me: str) -> Iterator[Item]:
    parts = list(_parts(row))
    timed = next((one for one in parts if one.get("timestamp")), None)
    if timed is None:
        raise ValueError("`timestamp` is missing")
    address = next(filter(None, (page_of(one.text("href")) for one in parts)), None)
    who = row.text("title")
    # The title of an advertisement names no account.
    said = {"search": next(_values(row), ""), "advertUse": who}
    label = said.get(nature, "")
    yield record_of(
        Act(
            at=moment(timed, "timestamp"),
            nature=nature,
            label=label,
            about=address,
            more=(("sd:counterparty", account_of(_INSTAGRAM, who)),) if who and not label else (),
            locator=row.locator,
        )
    )


def commented(row: Element, _me: str) -> Iterator[Item]:
    """A comment on Instagram, under a name in the language of the account."""
    named = row.get("string_map_data")
    texts = [
        Element(row.locator, value).text("value")
        for name, value in (named.items() if isinstance(named, dict) else ())
        if any(word in name.casefold() for word in _COMMENT)
    ]
    timed = next((one for one in _parts(row) if one.get("timestamp")), None)
    if not texts or timed is None:
        raise ValueError("the comment or its time is missing")
    at = moment(timed, "timestamp")
    yield record_of(Act(at=at, nature="comment", label=texts[0], locator=row.locator))


def _parts(row: Element) -> Iterator[Element]:
    """What Instagram says of a row, in a list or under names."""
    yield from within(row, "string_list_data")
    named = row.get("string_map_data")
    for value in named.values() if isinstance(named, dict) else ():
        if isinstance(value, dict):
            yield Element(row.locator, value)


def _values(row: Element) -> Iterator[str]:
    return filter(None, (one.text("value") for one in _parts(row)))


def _act(row: Element, nature: str, label: str) -> Record:
    return record_of(Act(at=moment(row, *_TIMES), nature=nature, label=label, locator=row.locator))


def reading(read: Read, me: str) -> Callable[[Element], Iterable[Item]]:
    """The same for rows as they stand in the file."""
    return lambda row: read(Element(row.locator, mended(row.value)), me)
