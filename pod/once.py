"""What is good for one use: how it is known again, and for how long that must be.

INVARIANT (one table): which table a mark is in follows from when its sender has signed it, which
nobody else can change. So what is sent again is looked for exactly where it was noted; and a table
goes as a whole, once nothing that belongs in it could be accepted any more.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Final, NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What is good for one use. It may be used for `past` seconds after it was signed, and `ahead`
    seconds before that, by clocks that go fast; what was signed within the same `stretch` seconds
    is noted in one table.
    """

    name: str
    past: int
    ahead: int
    stretch: int


class Mark(NamedTuple):
    """One thing that is good for one use: of which owner (a key's thumbprint or IRI), by which text
    she tells it from her others, and when it was signed, in seconds since 1970-01-01 UTC.
    """

    kind: Kind
    owner: str
    text: str
    issued: float


def stretch_of(mark: Mark) -> int:
    """The number of the table that a mark belongs in, in the order of time."""
    return int(mark.issued // mark.kind.stretch)


def oldest(kind: Kind, now: datetime) -> int:
    """The first table in which something could be that may still be used; `now` is in UTC."""
    return int((now.timestamp() - kind.past) // kind.stretch)


def is_put_back(kind: Kind, gone: int, now: datetime) -> bool:
    """Whether the clock was put back behind tables that are gone already, all below `gone`."""
    return gone > now.timestamp() // kind.stretch


def is_doubtful(mark: Mark, lost: float) -> bool:
    """Whether a mark may have been used before the moment `lost`, when that was forgotten; in
    seconds since 1970-01-01 UTC.
    """
    return mark.issued <= lost + mark.kind.ahead


# A table has buckets of slots. Slots are filled from the first on and never emptied, so a mark is
# in the first bucket of its own that is not full, or in a full one before.
SLOT: Final = 8  # bytes
BUCKET: Final = 64 * SLOT
_BUCKETS: Final = 2**14
TABLE: Final = _BUCKETS * BUCKET  # bytes; a file with holes, of which the disk has what is used
TRIED: Final = 8  # buckets; when they are all full the table is, with 900,000 marks in it

_FREE: Final = bytes(SLOT)
_TAKEN: Final = b"\x01"  # how each slot that is used begins, so that none looks free


class Place(NamedTuple):
    """Where in its table a mark is looked for: the offset of its bucket, in bytes, and its slot."""

    offset: int
    slot: bytes


def place_of(mark: Mark, secret: bytes) -> Place:
    """The place of a mark, which nobody can foresee who does not know the secret: so none can fill
    the buckets of somebody else. Two marks that meet by chance, once in 2^46 requests, cost one
    sender a new proof; none is ever taken for new that is not.
    """
    said = f"{len(mark.owner)} {mark.owner}{mark.text}".encode("utf-8", "surrogatepass")
    digest = blake2b(said, digest_size=SLOT + 1, key=secret).digest()
    bucket = int.from_bytes(digest[:2], "big") % _BUCKETS
    return Place(bucket * BUCKET, _TAKEN + digest[2:])


def behind(offset: int) -> int:
    """The offset of the bucket that comes next."""
    return (offset + BUCKET) % TABLE


def free_in(bucket: bytes) -> int | None:
    """Where the first free slot of a bucket begins, in bytes; None when it is full."""
    at = bucket.find(_FREE)
    # Zeros at the end of the slot before may be found with it: it ends where a free one begins.
    return None if at < 0 else -(-at // SLOT) * SLOT
