"""What somebody watched or listened to, as a record, the same from every platform."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from importers.contract import Code, Iri, Key, Record, Ref, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewing:
    """One viewing or listening; what the platform does not say is None or "".

    `on` is its civil date. `title` is the platform's. `profile` is the key of the account of the
    person among those that share a subscription. `nature` is a code, `label` a word of the
    platform. `artist` and `album` are of music; of a podcast `album` is the whole of it. `address`
    is the IRI of what was played. `key` tells it from others of its day.
    """

    on: date
    title: str
    key: tuple[str, ...]
    locator: str
    start: datetime | None = None
    end: datetime | None = None
    seconds: int | None = None
    profile: Key | None = None
    nature: str = ""
    label: str = ""
    artist: str = ""
    album: str = ""
    address: str = ""


def record_of(viewing: Viewing) -> Record:
    """The record of a viewing. Raises ValueError for one without a title."""
    if not viewing.title:
        raise ValueError("the title of what was played is missing")
    said: tuple[tuple[str, Value | None], ...] = (
        ("sd:account", Ref("Account", viewing.profile) if viewing.profile else None),
        ("sd:date", viewing.on),
        ("schema:startTime", viewing.start),
        ("schema:endTime", viewing.end),
        ("schema:name", viewing.title),
        ("schema:byArtist", viewing.artist or None),
        ("schema:inAlbum", viewing.album or None),
        ("schema:url", Iri(viewing.address) if viewing.address else None),
        ("sd:durationSeconds", viewing.seconds),
        ("sd:nature", Code(viewing.nature) if viewing.nature else None),
        ("sd:sourceLabel", viewing.label or None),
    )
    return Record(
        kind="MediaUse",
        key=Key(natural=viewing.key),
        fields=tuple((name, value) for name, value in said if value is not None),
        on=viewing.on,
        locator=viewing.locator,
    )


class Profiles:
    """The profiles that were met, each told once as an account."""

    def __init__(self) -> None:
        self._known: set[Key] = set()

    def new(self, profile: Key, name: str, locator: str) -> Iterator[Record]:
        """The account of a profile where it is met for the first time."""
        if profile in self._known:
            return
        self._known.add(profile)
        yield Record(
            kind="Account",
            key=profile,
            fields=(("schema:name", name),),
            locator=locator,
            counted=False,
        )
