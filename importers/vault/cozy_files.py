"""Cozy: the list of files and folders (io.cozy.files), as JSON.

Format: https://docs.cozy.io/en/cozy-doctypes/docs/io.cozy.files/, as its database gives them: rows
with a document each, or one alone. A bare list is the set of the MesInfos pilot. A file is a
document; its octets are not in the list. Folders are passed over with a remark: their names stand
with their files where a file says its path. Files in the bin are kept like others.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from importers.contract import Check, HolderHint, Item, Match, Options, Problem
from importers.document import Element, has_marks
from importers.text import lines
from importers.vault.cozy import COZY, day, read
from importers.vault.stored import Described, record_of

_FOLDER = "this is a folder, and no document"


class CozyFiles:
    format = "cozy-files"
    title = "Cozy: fichiers et dossiers (io.cozy.files, JSON)"
    domain = "vault"
    extensions = (".json",)
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By members that files and folders have, and nothing else of a Cozy."""
        del filename
        return Match(confidence=90) if has_marks(head, ('"dir_id"', '"name"')) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return COZY

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A document a file. Takes no options."""
        del options
        return read("".join(lines(export)), _file)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the list states no count."""
        del items
        return ()


def _file(element: Element) -> Iterator[Item]:
    kind = element.text("type")
    if kind == "directory":
        yield Problem(element.locator, _FOLDER, row=False)
        return
    if kind != "file":
        raise ValueError("this is neither a file nor a folder")
    name, made = element.text("name"), element.text("created_at")
    if not name:
        raise ValueError("`name` is missing")
    told = Described(
        locator=element.locator,
        title=name,
        on=day(made) if made else None,
        file=element.text("path") or name,
        category=element.text("class"),
        id=element.text("_id"),
        media_type=element.text("mime"),
    )
    yield record_of(told, None)
