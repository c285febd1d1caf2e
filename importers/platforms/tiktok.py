"""TikTok: what was watched, liked, saved, searched, shared and written, messages too (JSON).

One JSON object of sections, which were renamed in 2024 ("Activity" is "Your Activity", "Video
Browsing History" is "Watch History"): what a list is of, its own name tells. Times are in UTC, as
the same export says where it is made as text. Others are contacts and pseudonyms by the names of
their accounts; where a message stands is told by the number of the chat, and not by its name, which
is that of somebody. Not kept: addresses of the network, devices, settings, and the sections that a
remark names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.address import page_of
from importers.clock import instant
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Key,
    Match,
    Options,
    Problem,
    Record,
    Value,
)
from importers.document import Element, parts
from importers.platforms.holders import TIKTOK
from importers.platforms.online import Act, record_of
from importers.platforms.persons import account_of, contact
from importers.rows import convert
from importers.text import decode, for_key, lines

_SECTIONS: Final = (
    *("Your Activity", "Activity", "Comment"),
    *("Likes and Favorites", "Profile And Settings"),
)
_CHATS: Final = ("Direct Message", "Direct Messages")
_OPENED: Final = (
    "",
    *(f"/{one}{deeper}" for one in (*_SECTIONS, *_CHATS) for deeper in ("", "/*", "/*/*")),
    *(f"/{one}/*/*/*" for one in _CHATS),
)
_BEGIN: Final = re.compile(r'\s*\{\s*"([A-Z][A-Za-z +]{2,60})"\s*:\s*\{')
_MARKS: Final = re.compile(
    r'"(?:Your )?Activity"\s*:\s*\{|"(?:FavoriteEffectsList|ItemFavoriteList|IsFastLane)"\s*:'
)
_ROW: Final = re.compile(r"/[^/]+/[^/]+/([^/]+)/\d+")
_MESSAGE: Final = re.compile(r"(/Direct Messages?/[^/]+/[^/]+)/([^/]+)(/.*)")
# "2024-06-10 14:30:00"
_WRITTEN: Final = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?: UTC|Z)?", re.ASCII)
_ACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "VideoList": "watch",
        "ItemFavoriteList": "like",
        "FavoriteVideoList": "bookmark",
        "FavoriteSoundList": "bookmark",
        "FavoriteEffectsList": "bookmark",
        "FavoriteHashtagList": "bookmark",
        "SearchList": "search",
        "ShareHistoryList": "share",
        "LoginHistoryList": "login",
        "CommentsList": "comment",
    }
)
_PEOPLE: Final[Mapping[str, str]] = MappingProxyType(
    {"FansList": "follower", "Following": "following"}
)
_LEFT_OUT: Final = frozenset(
    {
        *("Ads and data", "Ads and Data", "App Settings"),
        *("Income Plus Wallet Transactions", "Income+ Wallet Transactions", "Location Review"),
        *("Post", "Video", "Profile", "TikTok Shop", "TikTok Shopping", "Tiktok Shopping"),
        *("TikTok Live", "Tiktok Live"),
    }
)
_LISTS_LEFT_OUT: Final = frozenset(
    {
        *("Status List", "HashtagList", "SendGifts", "BuyGifts"),
        *("FavoriteCollectionList", "FavoriteCommentList", "FavoriteLocationList"),
    }
)
_LEFT: Final = "nothing of this section is kept"
_LIST_LEFT: Final = "nothing of this list is kept"
_NOT_KNOWN: Final = "this section is not known, and is not kept"
_NO_LIST: Final = "this list is not known, and is not kept"
_LABELS: Final = ("SearchTerm", "Comment", "comment")
_LINKS: Final = ("Link", "link", "VideoLink", "EffectLink", "SharedContent")


class TikTok:
    """The whole export."""

    format = "tiktok"
    title = "TikTok: videos watched, liked and saved, searches, comments, follows, messages (JSON)"
    domain = "online"
    extensions = (".json",)
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By its sections, the first of which may be any."""
        text = decode(head)
        begun = _BEGIN.match(text)
        if begun is None:
            return None
        is_section = begun[1] in {*_LEFT_OUT, *_SECTIONS, *_CHATS}
        is_named = is_section and "user_data" in filename.casefold()
        is_one = is_named or _MARKS.search(text) is not None
        return Match(confidence=85) if is_one else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return TIKTOK

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """What each row of the lists that are known says. Takes no options."""
        del options
        yield from convert(_rows(_numbered(parts(lines(export), _OPENED))), _read)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the lists state neither count nor sum."""
        del items
        return ()


def _numbered(found: Iterable[Element | Problem]) -> Iterator[Element | Problem]:
    """The same, with the numbers of chats in the place of their names."""
    chats: dict[str, int] = {}
    for one in found:
        message = _MESSAGE.fullmatch(one.locator)
        if message is None:
            yield one
        else:
            number = chats.setdefault(message[2], len(chats) + 1)
            yield replace(one, locator=f"{message[1]}/chat {number}{message[3]}")


def _rows(found: Iterable[Element | Problem]) -> Iterator[Element | Problem]:
    """The rows of the lists that are known; a remark for each section and list that is left out,
    and a Problem for each that is not known.
    """
    told: set[str] = set()
    for one in found:
        row = _ROW.fullmatch(one.locator)
        if isinstance(one, Problem) or _MESSAGE.fullmatch(one.locator):
            yield one
        elif row is None:
            if one.locator.count("/") == 1:
                is_left = one.locator[1:] in _LEFT_OUT
                yield Problem(one.locator, _LEFT if is_left else _NOT_KNOWN, row=not is_left)
        elif row[1] in _ACTS or row[1] in _PEOPLE:
            yield one
        elif row[1] not in _LISTS_LEFT_OUT:
            yield Problem(one.locator, _NO_LIST)
        elif row[1] not in told:
            told.add(row[1])
            yield Problem(one.locator, _LIST_LEFT, row=False)


def _read(row: Element) -> Iterator[Item]:
    found = _ROW.fullmatch(row.locator)
    name = found[1] if found else ""
    at = _utc(_first(row, ("Date", "date")))
    if not found:
        yield _message(row, at)
        return
    if name in _PEOPLE:
        who = _first(row, ("UserName", "username", "userName"))
        if not who:
            raise ValueError("it is not said who it is")
        told: tuple[tuple[str, Value], ...] = (("vcard:nickname", who), ("sd:date", at.date()))
        yield contact(account_of("tiktok", who), _PEOPLE[name], told, row.locator)
        return
    about = page_of(_first(row, _LINKS))
    label = _first(row, _LABELS)
    yield record_of(Act(at=at, nature=_ACTS[name], label=label, about=about, locator=row.locator))


def _message(row: Element, at: datetime) -> Record:
    who, text = row.text("From"), row.text("Content")
    if not who:
        raise ValueError("the message does not say who wrote it")
    sender = account_of("tiktok", who)
    fields: list[tuple[str, Value]] = [
        ("schema:dateSent", at),
        ("sd:date", at.date()),
        ("schema:sender", sender),
    ]
    if text:
        fields.append(("schema:text", text))
    return Record(
        kind="Message",
        key=Key(natural=(at.isoformat(), sender.value, for_key(text))),
        fields=tuple(fields),
        on=at.date(),
        locator=row.locator,
    )


def _first(row: Element, names: tuple[str, ...]) -> str:
    return next(filter(None, map(row.text, names)), "")


def _utc(text: str) -> datetime:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError("this is not a date and time of TikTok")
    return instant(f"{found[1]}T{found[2]}Z")
