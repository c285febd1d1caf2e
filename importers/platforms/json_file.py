"""A file of a platform that is one JSON array, each element of it a row."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from importers.contract import Check, HolderHint, Item, Match, Option, Options
from importers.document import Element, elements, has_marks
from importers.rows import convert
from importers.text import lines

Read = Callable[[Element, Options], Iterable[Item]]


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonFile:
    """One kind of file, which is an importer.

    `marks` are texts that all stand in the beginning of such a file, and in that of no other.
    `rows` is the path of its rows, `opens` the mark that it begins with, `read` makes what a row
    says; it raises ValueError for a row that cannot be read.
    """

    format: str
    title: str
    domain: str
    by: HolderHint
    marks: tuple[str, ...]
    read: Read
    rows: str = "/*"
    opens: str = "["
    version: str = "1"
    options: tuple[Option, ...] = ()
    extensions: tuple[str, ...] = (".json",)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By names of members, whatever the file is called."""
        del filename
        return Match(confidence=90) if has_marks(head, self.marks, opens=self.opens) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return self.by

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """What each row says."""
        found = elements(lines(export), self.rows)
        return convert(found, lambda element: self.read(element, options))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: such files state neither count nor sum of their rows."""
        del items
        return ()
