"""Digital vaults (Digiposte and others): what they tell of documents, and archives with both.

Vaults give an archive (ZIP) of documents in folders and a table or JSON list that tells of each its
title, who sent it, its date and its kind, often its amount. They have no common form: columns and
members go by usual names, in French or English. Of an archive the file that is told of and what is
told of it are one record, which leads to the archive; of the table alone it is what is told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from typing import BinaryIO, Final

from importers.archive import MARK, Archive, Entry, Member, first_files, members
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Match,
    Options,
    Problem,
    SourceFile,
    Stated,
)
from importers.text import octets
from importers.vault.described import described, is_index
from importers.vault.stored import Described, holder_in, is_pdf, of_pdf, record_of

_LARGEST = 96 << 20
_TOO_LARGE = "this archive is too large to be read at once: unpack it and import the folder"
_NO_FILE = "the file of this document is not in the archive, so only what is told of it is kept"
_OTHERS = (
    "what is in this archive is kept as documents; statements and invoices among them are read"
    " when they are imported by themselves"
)
_OF_A_SYSTEM: Final = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_COUNT = "documents told of"


class VaultIndex:
    format = "vault-index"
    title = "Digiposte, other vaults: documents with what is told of them (ZIP, CSV, JSON)"
    domain = "vault"
    extensions = (".zip", ".csv", ".json")
    version = "2"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of columns or members; an archive by a file in it that has those."""
        del filename
        if head.startswith(MARK):
            kind = next(filter(None, (is_index(one.content) for one in first_files(head))), "")
            return Match(confidence=60, variant="ZIP") if kind else None
        kind = is_index(head)
        return Match(confidence=60, variant=kind) if kind else None

    def holder(self, head: bytes) -> HolderHint:
        """The vault, where it is named; the person may say better."""
        return holder_in(head)

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A document for each file, and for each that is told of. Takes no options."""
        del options
        content = octets(export)
        if not content.startswith(MARK):
            yield from _of_index(content)
        elif len(content) > _LARGEST:
            yield Problem("/", _TOO_LARGE)
        else:
            yield from _of_archive(content)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Whether each document of an archive that is told of is there."""
        stated = [item for item in items if isinstance(item, Stated) and item.name == _COUNT]
        there = sum((one.value for one in stated if one.scope == "there"), Decimal(0))
        told = sum((one.value for one in stated if one.scope == "told"), start=0)
        if not stated:
            return ()
        name = "files of documents that are told of"
        return (Check(name=name, expected=str(told), got=str(there), ok=told == there),)


def _of_index(content: bytes) -> Iterator[Item]:
    for told in described(content):
        yield told if isinstance(told, Problem) else record_of(told, None)


def _of_archive(content: bytes) -> Iterator[Item]:
    told: list[Described] = []
    for item in _told(content):
        if isinstance(item, Problem):
            yield item
        else:
            told.append(item)
    entries = Archive(BytesIO(content)).entries()
    names = [one.name for one in entries if isinstance(one, Entry)]
    owners = _owners(told, names)
    yield Problem("/", _OTHERS, row=False)
    for one in members(BytesIO(content)):
        if isinstance(one, Problem):
            yield one
        elif not is_index(one.content) and not _is_of_a_system(one):
            yield from _of_member(one, owners.get(one.name))
    yield _count("told", sum(bool(one.file) for one in told))
    yield _count("there", len(owners))
    for left in told:
        if left not in owners.values():
            yield record_of(left, None)
            yield Problem(left.locator, _NO_FILE, row=False)


def _owners(told: Iterable[Described], names: Iterable[str]) -> dict[str, Described]:
    """What is told of each file of an archive, by its name: with its folders, else without.

    Those whose folders are told choose first: files in two folders may have one name.
    """
    owners: dict[str, Described] = {}
    free = dict.fromkeys(names)
    by_depth = sorted((one for one in told if one.file), key=lambda one: -one.file.count("/"))
    for is_it in (_is_at, _is_called):
        for one in by_depth:
            found = next((name for name in free if is_it(name, one.file)), None)
            if found and one not in owners.values():
                owners[found] = one
                del free[found]
    return owners


def _is_at(name: str, file: str) -> bool:
    return name == file or name.endswith(f"/{file}")


def _is_called(name: str, file: str) -> bool:
    return name.rpartition("/")[2] == file.rpartition("/")[2]


def _told(content: bytes) -> Iterator[Described | Problem]:
    """What the tables and lists of an archive tell."""
    for one in members(BytesIO(content)):
        if isinstance(one, Member) and is_index(one.content):
            for item in described(one.content):
                yield replace(item, locator=f"{one.name} {item.locator}")


def _is_of_a_system(member: Member) -> bool:
    return member.name.startswith(_OF_A_SYSTEM[0]) or member.file in _OF_A_SYSTEM


def _count(scope: str, number: int) -> Stated:
    return Stated(name=_COUNT, scope=scope, value=Decimal(number), locator="/")


def _of_member(member: Member, told: Described | None) -> Iterator[Item]:
    """The record of a file: what is told of it, and what it shows where nothing is told."""
    shown, problems = of_pdf(member.content, member.name) if is_pdf(member.content) else (None, ())
    yield from (replace(one, row=False) for one in problems)
    digest = sha256(member.content).hexdigest()
    if told and told.sha256 and told.sha256 != digest:
        yield Problem(member.name, "this file is not the one that is told of", row=False)
    known = told or shown or Described(locator=member.name)
    whole = replace(
        known,
        file=member.name,
        sha256=digest,
        locator=member.name,
        title=known.title or (shown.title if shown else ""),
        media_type=known.media_type or (shown.media_type if shown else ""),
        pages=shown.pages if shown else None,
        text=shown.text if shown else "",
    )
    yield record_of(whole, SourceFile(member.name))
