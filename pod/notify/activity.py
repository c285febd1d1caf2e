"""What is sent: an activity of ActivityStreams 2 about a resource (Notifications §3.4)."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from pod.http.negotiate import negotiate
from pod.notify.match import Told
from pod.notify.times import write_time
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from pod.rdf.serialise import serialise

CONTEXT = "https://www.w3.org/ns/solid/notifications-context/v1"
_CONTEXTS = ("https://www.w3.org/ns/activitystreams", CONTEXT)
_FORMATS = tuple(each.media_type for each in RdfFormat)
_BITS = 62  # of a UUID that hold the number of the change


@dataclass(frozen=True, slots=True)
class Message:
    """One notification: `seq` is the number of the change that it tells of, `published` in UTC.

    `state` is the entity tag of the topic, as it is sent; None where nothing is there any more.
    """

    id: str
    seq: int
    told: Told
    state: str | None
    published: datetime


def message_id(pod: str, seq: int, told: Told) -> str:
    """The identifier of a message, which is the same whenever it is made: a receiver who gets it
    twice can tell. `pod` tells the pod from every other, `seq` can be read from it again.
    """
    said = f"{pod} {told.topic} {told.activity} {told.object}"
    digest = int.from_bytes(sha256(said.encode()).digest()[:8], "big")
    # RFC 9562 §5.8: version 8 is for what an implementation makes itself; 60 bits say which
    # message of the change this is, and 62 which change.
    above, below = digest >> 16, digest & 0xFFF
    return f"urn:uuid:{UUID(int=above << 80 | 8 << 76 | below << 64 | 2 << _BITS | seq)}"


def change_of(identifier: str) -> int | None:
    """The number of the change that a message told of; None for what is no message's id."""
    try:
        found = UUID(identifier)
    except ValueError:
        return None
    return found.int & (1 << _BITS) - 1 if found.version == 8 else None


def format_of(accept: str | None) -> str | None:
    """The media type that messages are sent in; None when none is acceptable."""
    return negotiate(accept, _FORMATS, RdfFormat.JSON_LD.media_type)


@lru_cache(maxsize=64)
def text_of(message: Message, media_type: str) -> str:
    """A message as it is sent: made once for all who get it."""
    told = message.told
    # Notifications §3.4 #message-id, #message-type, #message-object, #message-published: one each.
    said = {
        "@context": list(_CONTEXTS),
        "id": message.id,
        "type": told.activity,
        "object": str(told.object),
        **({} if told.target is None else {"target": str(told.target)}),
        **({} if message.state is None else {"state": message.state}),
        "published": write_time(message.published),
    }
    text = json.dumps(said, ensure_ascii=False)
    syntax = RdfFormat.of(media_type)
    if syntax is None or syntax is RdfFormat.JSON_LD:
        return text
    return serialise(parse(text.encode(), RdfFormat.JSON_LD, message.id), syntax).decode()
