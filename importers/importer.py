"""What an importer is: it recognises an export and reads it as a stream of items.

An importer is pure and deterministic: bytes in, values out. It knows no store, no network, no
clock and no IRI of a pod. It never drops a row: each becomes a record, a reading or a problem.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import BinaryIO, Protocol, runtime_checkable

from importers.contract import Check, HolderHint, Item, Match, Option, Options


class Importer(Protocol):
    """One format. Its attributes are what `pod formats` prints."""

    @property
    def format(self) -> str:
        """The name used on the command line: lower case, hyphens ("enedis-load-curve")."""
        ...

    @property
    def title(self) -> str: ...

    @property
    def domain(self) -> str:
        """The domain of the vocabulary, which is a container under /data/ ("bank")."""
        ...

    @property
    def extensions(self) -> tuple[str, ...]: ...

    @property
    def version(self) -> str:
        """Goes up when the same bytes would give other records."""
        ...

    @property
    def options(self) -> tuple[Option, ...]:
        """What it reads of `Options`; those of every importer are in importers.options."""
        ...

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """Whether this is one of its exports, from the name and the beginning.

        That is the first 64 KiB, and of a PDF all of it, up to 16 MiB.
        """
        ...

    def holder(self, head: bytes) -> HolderHint: ...

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """Every row of the export, in order. Never raises because of what the bytes are."""
        ...

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """The sums, balances and counts that the export states, against its rows."""
        ...


@runtime_checkable
class Dated(Protocol):
    """An importer whose exports say when they were made."""

    def made(self, head: bytes) -> date | None:
        """The civil day on which an export was made, as its beginning says, None if it does not.

        As it is written, in whatever zone: a day more or less is not told apart.
        """
        ...


@runtime_checkable
class Told(Protocol):
    """An importer that is another one by what the person says: of another holder and domain."""

    def told(self, options: Options) -> Importer:
        """The importer to read an export with. Raises ValueError for what it cannot be told."""
        ...
