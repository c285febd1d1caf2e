"""What a listing says of a member, as values that are ready to be written in any format."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote

from pod.ldp.managed import MEDIA_TYPES
from pod.model import Member

AT_ONCE = 256
"""Members that are written at once, which takes about a millisecond."""

Members = Callable[[], Iterable[Member]]
"""The members of a container in their order: the same ones however often they are asked for."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TWO_DIGITS = tuple(f"{number:02}" for number in range(60))


class Line(NamedTuple):
    """A member. `kind` is the class of its media type, "" for a container; seconds since 1970."""

    iri: str
    kind: str
    time: str
    seconds: int
    size: int


def some_of(members: Iterable[Member]) -> Iterator[list[Member]]:
    """The members, AT_ONCE or fewer at a time."""
    left = iter(members)
    while some := list(islice(left, AT_ONCE)):
        yield some


def line_of(member: Member) -> Line:
    (storage, path), media_type, size, modified = member
    kind = "" if path.endswith("/") else _class(media_type)
    seconds = seconds_of(modified)
    return Line(storage + path, kind, time_of(seconds), seconds, size)


@lru_cache(maxsize=1024)
def _class(media_type: str) -> str:
    """The class of all that has a media type, parameters left out."""
    # Solid Protocol §4.2.1 #contained-resource-metadata-rdf-type
    essence = media_type.partition(";")[0].strip().lower()
    return f"{MEDIA_TYPES}{quote(essence, safe='/+-._')}#Resource"


def seconds_of(moment: datetime) -> int:
    return int(moment.timestamp())


def time_of(seconds: int) -> str:
    # §4.2.1 #dcterms-modified-corresponds-last-modified: whole seconds, as Last-Modified has them.
    minutes, second = divmod(seconds, 60)
    return f"{_minute(minutes)}:{_TWO_DIGITS[second]}Z"


@lru_cache(maxsize=4096)
def _minute(minutes: int) -> str:
    return (_EPOCH + timedelta(minutes=minutes)).isoformat()[:16]
