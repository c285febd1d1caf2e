"""The archive of X (Twitter): the files `data/*.js` of what somebody wrote, likes and follows.

Each begins with `window.YTD.tweets.part0 = ` and is JSON from there on; a long one has parts. Ids
are texts: as numbers they would not be exact. A like has no time, so it is an interest and no act.
Followers are told by their ids alone. A long post is in two files: `tweets.js` has how it begins,
`note-tweet.js` all of it, with an id of its own and nothing that leads to the other. Not kept:
pictures, addresses of the network, what X counted, and files of other names, which are told.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.contract import Check, HolderHint, Item, Match, Option, Options, Problem
from importers.document import Element, elements
from importers.platforms.holders import X
from importers.platforms.x_adverts import engagement, impression
from importers.platforms.x_rows import (
    account,
    account_id,
    application,
    direct_message,
    interests,
    like,
    login,
    note,
    related,
    saved_search,
    tweet,
)
from importers.rows import convert
from importers.text import decode, lines

_BEGIN: Final = re.compile(r"\s*window\.YTD\.([a-z_-]{1,40})\.part(\d{1,5})\s*=\s*", re.IGNORECASE)
_LONGEST_BEGIN: Final = 200  # characters
_NO_BEGIN: Final = "the file does not begin as those of the archive do: take it as it came"

Read = Callable[[Element, str], Iterable[Item]]

_READS: Final[Mapping[str, tuple[str, Read]]] = MappingProxyType(
    {
        "tweets": ("/*", tweet),
        "tweet": ("/*", tweet),
        "community_tweet": ("/*", tweet),
        "deleted_tweets": ("/*", tweet),
        "note_tweet": ("/*", note),
        "deleted_note_tweet": ("/*", note),
        "ad_impressions": ("/*/ad/adsUserData/adImpressions/impressions/*", impression),
        "ad_engagements": ("/*/ad/adsUserData/adEngagements/engagements/*", engagement),
        "like": ("/*", like),
        "follower": ("/*", related("follower", "follower")),
        "following": ("/*", related("following", "following")),
        "direct_messages": ("/*/dmConversation/messages/*", direct_message),
        "direct_messages_group": ("/*/dmConversation/messages/*", direct_message),
        "direct_message": ("/*/dmConversation/messages/*", direct_message),
        "personalization": ("/*", interests),
        "ip_audit": ("/*", login),
        "block": ("/*", related("blocking", "blocked")),
        "mute": ("/*", related("muting", "muted")),
        "saved_search": ("/*", saved_search),
        "connected_application": ("/*", application),
        "account": ("/*", account),
    }
)

MY_ID: Final = Option(
    name="my-id",
    fr="l'identifiant de votre compte, pour savoir quels messages sont de vous",
    en="the id of your account, to know which messages are yours",
    example="73747798",
    read=account_id,
)


class XArchive:
    """One file of the archive."""

    format = "x-archive"
    title = (
        "X (Twitter): posts, messages, likes, follows, interests, advertisements, logins, account "
        "(data/*.js)"
    )
    domain = "online"
    extensions = (".js",)
    version = "1"
    options = (MY_ID,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By its beginning, which names what is in it."""
        del filename
        begun = _BEGIN.match(decode(head[:_LONGEST_BEGIN]))
        name = _name(begun) if begun else ""
        return Match(confidence=90, variant=name) if name in _READS else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return X

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """What each element says. Takes the id of the person's own account."""
        me = options.said(MY_ID)
        text = lines(export)
        top = ""
        for piece in text:
            top += piece
            if len(top) > _LONGEST_BEGIN or "=" in top:
                break
        begun = _BEGIN.match(top)
        found = _READS.get(_name(begun)) if begun else None
        if begun is None or found is None:
            yield Problem("/", _NO_BEGIN)
            return
        path, read = found
        rest = _then(top[begun.end() :], text)
        yield from convert(elements(rest, path), lambda element: read(element, me))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: a file states neither count nor sum of its elements."""
        del items
        return ()


def _name(begun: re.Match[str]) -> str:
    return begun[1].casefold().replace("-", "_")


def _then(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
