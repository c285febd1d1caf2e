"""What one element of a file of the archive of X says."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, Final

from importers.address import page_of
from importers.clock import instant
from importers.contacts import mail
from importers.contract import Code, Iri, Item, Key, Problem, Record, Value
from importers.document import Element
from importers.platforms.interests import interest, topic
from importers.platforms.online import Act, record_of
from importers.platforms.persons import account_of, contact

_ID: Final = re.compile(r"[0-9]{1,20}")
_PLATFORM: Final = "x"
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
# "Wed Oct 10 20:19:24 +0000 2018"
_WRITTEN: Final = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})", re.ASCII
)
_POST: Final = "https://x.com/i/web/status/"
_NO_MESSAGE: Final = "a change of a group or a reaction, which is no message, is not kept"


def tweet(element: Element, _me: str) -> Iterator[Item]:
    """Something written, shared or answered. Raises ValueError."""
    post = _within(element, "tweet")
    number, text = identifier(post, "id_str", "id"), post.text("full_text") or post.text("text")
    nature = "publish"
    if text.startswith("RT @"):
        nature = "share"
    elif post.text("in_reply_to_status_id_str") or post.text("in_reply_to_user_id_str"):
        nature = "comment"
    yield record_of(
        Act(
            at=written(post.text("created_at")),
            nature=nature,
            label=text,
            about=Iri(_POST + number),
            stable=f"post-{number}",
            more=tuple(("schema:mentions", address) for address in _addresses(post)),
            locator=element.locator,
        )
    )


def note(element: Element, _me: str) -> Iterator[Item]:
    """A long post, all of it: of its own id, as a file does not say which post shows its beginning.

    Raises ValueError.
    """
    long = _within(element, "noteTweet")
    number, text = identifier(long, "noteTweetId"), long.text("core/text")
    if not text:
        raise ValueError("the post has no text")
    yield record_of(
        Act(
            at=instant(long.text("createdAt")),
            nature="publish",
            label=text,
            stable=f"note-{number}",
            more=tuple(
                ("schema:mentions", address)
                for address in _addresses(long, "core/urls", "expandedUrl")
            ),
            locator=element.locator,
        )
    )


def _addresses(
    post: Element, path: str = "entities/urls", name: str = "expanded_url"
) -> Iterator[Iri]:
    """Where the short addresses of t.co in a post lead, which X knows and nobody else may soon."""
    links = post.get(path)
    for link in links if isinstance(links, list) else ():
        address = link.get(name) if isinstance(link, dict) else None
        found = page_of(address) if isinstance(address, str) else None
        if found is not None:
            yield found


def like(element: Element, _me: str) -> Iterator[Item]:
    post = _within(element, "like")
    number = identifier(post, "tweetId")
    text = post.text("fullText")
    yield interest(Iri(_POST + number), text, element.locator, is_declared=True)


def related(name: str, category: str) -> Callable[[Element, str], Iterator[Item]]:
    """An account that has to do with the person's: the name of the element, and how it has."""
    return partial(_related, name, category)


def _related(name: str, category: str, element: Element, _me: str) -> Iterator[Item]:
    number = identifier(_within(element, name), "accountId")
    page = Iri(f"https://x.com/intent/user?user_id={number}")
    who = account_of(_PLATFORM, number)
    yield contact(who, category, (("vcard:hasURL", page),), element.locator)


def direct_message(element: Element, me: str) -> Iterator[Item]:
    """A message; other events of a conversation are told."""
    if element.get("messageCreate") is None:
        yield Problem(element.locator, _NO_MESSAGE, row=False)
        return
    message = _within(element, "messageCreate")
    number, sender = identifier(message, "id"), identifier(message, "senderId")
    at = instant(message.text("createdAt"))
    fields: list[tuple[str, Value]] = [("schema:dateSent", at), ("sd:date", at.date())]
    if me:
        fields.append(("sd:direction", Code("out" if sender == me else "in")))
    fields.append(("schema:sender", account_of(_PLATFORM, sender)))
    if message.text("recipientId"):
        recipient = identifier(message, "recipientId")
        fields.append(("schema:recipient", account_of(_PLATFORM, recipient)))
    fields.append(("schema:text", message.text("text")))
    yield Record(
        kind="Message",
        key=Key(stable=f"dm-{number}"),
        fields=tuple(fields),
        on=at.date(),
        locator=element.locator,
    )


def interests(element: Element, _me: str) -> Iterator[Item]:
    """The interests that X inferred; what else it inferred is not kept."""
    named = element.get("p13nData/interests/interests")
    if not isinstance(named, list):
        raise ValueError("`interests` are missing")  # noqa: TRY004 - the file is wrong
    for place, one in enumerate(named):
        at = f"{element.locator}/p13nData/interests/interests/{place}"
        name = Element(at, one).text("name")
        if name:
            yield interest(topic(name), name, at, is_declared=False)
        else:
            yield Problem(at, "the interest has no name")


def login(element: Element, _me: str) -> Iterator[Item]:
    at = instant(_within(element, "ipAudit").text("createdAt"))
    yield record_of(Act(at=at, nature="login", locator=element.locator))


def saved_search(element: Element, _me: str) -> Iterator[Item]:
    words = _within(element, "savedSearch").text("query")
    if not words:
        raise ValueError("the search has no words")
    yield interest(topic(words), words, element.locator, is_declared=True)


def application(element: Element, _me: str) -> Iterator[Item]:
    """An application that was let in to the account."""
    told = _within(element, "connectedApplication")
    at, name = instant(told.text("approvedAt")), told.text("name")
    yield record_of(Act(at=at, nature="install", label=name, locator=element.locator))


def account(element: Element, _me: str) -> Iterator[Item]:
    """What X has of the person herself."""
    told = _within(element, "account")
    number, name = identifier(told, "accountId"), told.text("accountDisplayName")
    begun = instant(told.text("createdAt")).date()
    fields: list[tuple[str, Value]] = [("schema:startDate", begun)]
    if name:
        fields.append(("vcard:fn", name))
    if told.text("username"):
        fields.append(("vcard:nickname", told.text("username")))
    if told.text("email"):
        fields.append(("vcard:hasEmail", mail(told.text("email"))))
    yield Record(
        kind="CustomerFile", key=Key(stable=number), fields=tuple(fields), locator=element.locator
    )


def written(text: str) -> datetime:
    """`Wed Oct 10 20:19:24 +0000 2018`. Raises ValueError for anything else."""
    found = _WRITTEN.fullmatch(text)
    if found is None or found[1] not in _MONTHS:
        raise ValueError("this is not a date and time of X")
    month, day, clock, offset, year = found.groups()
    return instant(f"{year}-{_MONTHS.index(month) + 1:02}-{day}T{clock}{offset}")


def account_id(text: str) -> str:
    """The id of an account. Raises ValueError for what is none, such as a name."""
    if not _ID.fullmatch(text):
        raise ValueError("this is no id of an account")
    return text


def identifier(element: Element, *names: str) -> str:
    """The id under the first of some names that there is. Raises ValueError for none."""
    found = next((element.text(name) for name in names if element.text(name)), "")
    if not _ID.fullmatch(found):
        raise ValueError(f"`{names[0]}` is no id")
    return found


def _within(element: Element, name: str) -> Element:
    """What stands in an element under its one name; a post of older archives has none."""
    inner: Any = element.get(name)
    if inner is None and name == "tweet":
        return element
    if not isinstance(inner, dict):
        raise ValueError(f"`{name}` is missing")  # noqa: TRY004 - the file is wrong
    return Element(element.locator, inner)
