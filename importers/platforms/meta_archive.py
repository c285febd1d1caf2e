"""The archives of Facebook and Instagram, in the format JSON.

Where a file lies changed in 2023 and changes with the language; what is in it is told by the name
of its outermost member ("comments_v2") or, where it is a list, by the members of its rows. So each
file is read by itself, the parts of a conversation (`message_1.json`, `message_2.json`) too. Not
kept: pictures, addresses of the network, who was tagged, the names of conversations, and titles.
Conversations of both are written alike: they are taken as of Instagram where its folder stands in
the file, else as of Facebook; `--holder` says better. The archive as pages (HTML), which is the
default of both, is not read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.document import elements
from importers.platforms import meta_rows as rows
from importers.platforms.holders import FACEBOOK, INSTAGRAM
from importers.platforms.said_name import ME
from importers.rows import convert
from importers.text import decode, lines

_HEAD: Final = 1 << 16  # characters
_NAMED: Final = re.compile(r'\s*\{\s*"([a-z_]{3,60}?)(?:_v\d{1,2})?"\s*:\s*[\[{]')
_LIST: Final = re.compile(r"\s*\[\s*\{")
# Its folder, or members that only it has; an address of it may stand in a message of any other.
_OF_INSTAGRAM: Final = re.compile(
    rb'"your_instagram_activity/|"string_(?:list|map)_data"'
    rb'|\A\s*\[\s*\{\s*"(?:media|uri|creation_timestamp)"|\A\s*\{\s*"(?:ig|relationships)_'
)
_NOT_KNOWN: Final = "this is no file of the archive of Facebook or Instagram that is known"

_OBJECTS: Final[Mapping[str, rows.Read]] = MappingProxyType(
    {
        "comments": rows.comment,
        "reactions": rows.reaction,
        "searches": rows.search,
        "groups_joined": rows.joined,
        "page_likes": rows.page,
        "topics": rows.advertised,
        "history": rows.advertiser,
        "off_facebook_activity": rows.elsewhere,
        "account_activity": rows.account,
        "friends": rows.related("friend"),
        "removed_friends": rows.related("former friend"),
        "deleted_friends": rows.related("former friend"),
        "sent_requests": rows.related("asked"),
        "received_requests": rows.related("asks"),
        "rejected_requests": rows.related("refused"),
        "following": rows.related("following"),
        "followers": rows.related("follower"),
        "relationships_following": rows.related("following"),
        "relationships_followers": rows.related("follower"),
        "relationships_blocked_users": rows.related("blocked"),
        "relationships_restricted_users": rows.related("restricted"),
        "relationships_close_friends": rows.related("close friend"),
        "relationships_unfollowed_users": rows.related("formerly followed"),
        "relationships_follow_requests_sent": rows.related("asked"),
        "relationships_permanent_follow_requests": rows.related("asked"),
        "relationships_follow_requests_received": rows.related("asks"),
        "likes_media_likes": rows.acted("like"),
        "likes_comment_likes": rows.acted("like"),
        "story_activities_story_likes": rows.acted("like"),
        "saved_saved_media": rows.acted("bookmark"),
        "searches_user": rows.acted("search"),
        "searches_keyword": rows.acted("search"),
        "account_history_login_history": rows.acted("login"),
        "impressions_history_posts_seen": rows.acted("visit"),
        "impressions_history_videos_watched": rows.acted("watch"),
        "impressions_history_ads_seen": rows.acted("visit"),
        "impressions_history_ads_clicked": rows.acted("advertUse"),
        "ig_stories": rows.post,
        "ig_reels_media": rows.post,
        "ig_archived_post_media": rows.post,
        "topics_your_topics": rows.advertised,
        "comments_media_comments": rows.commented,
        "comments_reels_comments": rows.commented,
    }
)
# Of a list: what stands in its rows, each a regular expression.
_LISTS: Final = (
    (r'"string_list_data"', rows.related("follower")),
    (r'"string_map_data"', rows.commented),
    (r'"reaction"\s*:\s*\{', rows.reaction),
    (r'"creation_timestamp"[\s\S]*"uri"|"uri"[\s\S]*"creation_timestamp"', rows.post),
    (r'"data"\s*:\s*\[\s*\{\s*"(?:post|update_timestamp)"', rows.post),
    (r'"attachments"\s*:\s*\[\s*\{\s*"data"', rows.post),
)
_CHAT: Final = re.compile(r'"participants"\s*:\s*\[[\s\S]*"messages"\s*:\s*\[')
_CHAT_MARKS: Final = ('"sender_name"', '"senderName"', '"thread_path"', '"threadName"')


class MetaArchive:
    """One file of the archive."""

    format = "facebook-instagram"
    title = "Facebook, Instagram: messages, posts, likes, friends, interests (JSON)"
    domain = "online"
    extensions = (".json",)
    version = "2"
    options = (ME,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of its members, wherever the file lay."""
        del filename
        found = _what(decode(head))
        return Match(confidence=85) if found else None

    def holder(self, head: bytes) -> HolderHint:
        """Facebook, where nothing in the file is of Instagram."""
        return INSTAGRAM if _OF_INSTAGRAM.search(head) else FACEBOOK

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """What each row says. Takes the name of the person."""
        text = lines(export)
        top = ""
        for piece in text:
            top += piece
            if len(top) > _HEAD:
                break
        found = _what(top)
        if found is None:
            yield Problem("/", _NOT_KNOWN)
            return
        path, read = found
        yield from convert(elements(_then(top, text), path), rows.reading(read, options.said(ME)))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the files state neither count nor sum of their rows."""
        del items
        return ()


def _what(top: str) -> tuple[str, rows.Read] | None:
    """Where the rows of a file are, and what reads them, by its beginning; None if unknown."""
    if _LIST.match(top):
        reads = (read for form, read in _LISTS if re.search(form, top))
        read = next(reads, None)
        return ("/*", read) if read else None
    if _CHAT.search(top) and any(mark in top for mark in _CHAT_MARKS):
        return "/messages/*", rows.message
    named = _NAMED.match(top)
    if named is None or named[1] not in _OBJECTS:
        return None
    begun = re.match(r'\s*\{\s*"([a-z0-9_]+)"', top)
    return (f"/{begun[1]}/*", _OBJECTS[named[1]]) if begun else None


def _then(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest
