"""A folder, an archive or a file of anything, sorted: what can be read, and why the rest cannot.

Everything there is comes out once, by its name: as a source that an importer claims, or as passed
over with the reason. Archives in archives are opened too, to a depth that no holder needs more of.
Links are not followed, since they may lead anywhere.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from importers import unrecognised
from importers.archive import MARK, OF_A_LIFE, Archive, Entry, Unreadable
from importers.contract import Problem as Unread
from importers.importer import Importer
from importers.sight import is_document
from importers.tarball import Tarball, TarEntry, is_tar
from importers.text import printable
from pod.flows.sources import UNREAD, File, Folder, Member, Packed, Source, head_of, opened
from pod.intake.delivery import choice_of, claimants_of, importer_of
from pod.problems import Problem

_WITHIN: Final = "!"  # stands between an archive and a file in it
_GZIP: Final = b"\x1f\x8b"
_DEEPEST: Final = 3

_TOO_DEEP: Final = (
    "so many archives within each other are not opened: unpack it and import its files"
)
_LINK: Final = "it is a link: import the file that it leads to"
_NO_FILE: Final = "it is no file that could be read"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A source that one importer reads. `head` is its beginning, by which it was recognised."""

    source: Source
    importer: Importer
    head: bytes

    @property
    def name(self) -> str:
        return self.source.name

    @property
    def file(self) -> str:
        """The name without the folders and archives it is in."""
        return self.source.file

    @property
    def weight(self) -> int:
        return self.source.weight


@dataclass(frozen=True, slots=True)
class Passed:
    """What is not imported, and why. `lost` where it was not even looked at: something is wrong.

    `claims` are the importers that the person has to choose from; `is_table` is whether a mapping
    might read it, since nobody knows its format.
    """

    name: str
    reason: str
    lost: bool = False
    claims: tuple[Importer, ...] = ()
    is_table: bool = False


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Tells which importer reads a source. Each source is looked at once, however often asked of.

    `format` is what the person says that all of them are, `chosen` what she says that some are, by
    their names: of those that no importer claims alone.
    """

    format: str | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    _known: dict[tuple[str, int], Importer | Passed] = field(default_factory=dict)

    def claimed(self, source: Source, head: bytes) -> Claimed | Passed:
        name = source.name, zlib.crc32(head)
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._look(source, head)
        return known if isinstance(known, Passed) else Claimed(source, known, head)

    def _look(self, source: Source, head: bytes) -> Importer | Passed:
        if self.format is not None:
            return _of_format(self.format, source)
        claimants = claimants_of(source.file, head)
        if len(claimants) == 1:
            return claimants[0]
        if source.name in self.chosen:
            return importer_of(source.file, head, self.chosen[source.name])
        return _unclaimed(source, claimants, head)


def _of_format(format_: str, source: Source) -> Importer | Passed:
    try:
        return importer_of(source.file, b"", format_)
    except Problem as reason:
        return Passed(source.name, str(reason))


def _unclaimed(source: Source, claimants: tuple[Importer, ...], head: bytes) -> Passed:
    """What is told of a file that none reads, or that several could read."""
    if claimants:
        return Passed(source.name, choice_of(claimants), claims=claimants)
    seen = unrecognised(head)
    return Passed(source.name, str(seen), is_table=seen.is_table)


def sorted_out(
    paths: Iterable[Path], recogniser: Recogniser | None = None
) -> Iterator[Claimed | Passed]:
    """Everything below some paths, by name.

    What comes out of an archive can be read until the next thing is asked for.
    """
    by = recogniser or Recogniser()
    for path in paths:
        if path.is_dir():
            yield from _below(path, printable(path.resolve().name), by)
        else:
            yield from _sorted(File(printable(path.name), path), by, _DEEPEST)


def as_one(paths: Iterable[Path], format_: str) -> Iterator[Claimed | Passed]:
    """Some paths, of which each is one export of a format: a folder is it as an archive.

    So the tables of a dump stay together, which refer to each other.
    """
    for path in paths:
        if path.is_dir():
            folder = Folder(printable(path.resolve().name), path)
            yield Claimed(folder, importer_of(folder.file, b"", format_), head_of(folder))
        else:
            yield from sorted_out([path], Recogniser(format_))


def _below(folder: Path, name: str, by: Recogniser) -> Iterator[Claimed | Passed]:
    """Everything in a folder and in the folders within it, in the order of the names."""
    left = [(folder, name)]
    while left:
        path, name = left.pop()
        if path.is_symlink() and path is not folder:
            yield Passed(name, _LINK)
        elif path.is_dir():
            try:
                found = sorted(path.iterdir(), reverse=True)
            except OSError:
                yield Passed(name, UNREAD, lost=True)
            else:
                left += ((one, f"{name}/{printable(one.name)}") for one in found)
        elif path.is_file():
            yield from _sorted(File(name, path), by, _DEEPEST)
        else:
            yield Passed(name, _NO_FILE, lost=True)


def _sorted(source: Source, by: Recogniser, depth: int) -> Iterator[Claimed | Passed]:
    try:
        head = head_of(source)
    except Unreadable as reason:
        yield Passed(source.name, str(reason), lost=True)
        return
    found = by.claimed(source, head)
    inside = None if _is_whole(found, by.format) else _inside(source, head, by, depth)
    yield from inside or (found,)


def _is_whole(found: Claimed | Passed, format_: str | None) -> bool:
    """Whether a file is read as it is, even if it is an archive.

    Who names a format says it of what is in an archive, unless that format is one of archives.
    """
    if isinstance(found, Passed):
        return False
    if ".zip" in found.importer.extensions and found.head.startswith(MARK):
        return True
    return format_ is None or found.importer.recognise(found.file, found.head) is not None


def _inside(
    source: Source, head: bytes, by: Recogniser, depth: int
) -> Iterator[Claimed | Passed] | None:
    """What is in an archive or a packed file; None where it is neither."""
    if head.startswith(MARK) and not is_document(head):
        return _within(source, Archive, by, depth)
    if is_tar(head):
        return _within(source, Tarball, by, depth)
    if head.startswith(_GZIP) and depth:
        return _sorted(Packed(source), by, depth - 1)
    return None


def _within(
    source: Source, kind: type[Archive | Tarball], by: Recogniser, depth: int
) -> Iterator[Claimed | Passed]:
    """What is in an archive, file by file."""
    if not depth:
        yield Passed(source.name, _TOO_DEEP, lost=True)
        return
    try:
        with opened(source) as file:
            for entry in kind(file, OF_A_LIFE).entries():
                yield from _entry(entry, source, by, depth - 1)
    except Unreadable as reason:
        yield Passed(source.name, str(reason), lost=True)


def _entry(
    entry: Entry | TarEntry | Unread, source: Source, by: Recogniser, depth: int
) -> Iterator[Claimed | Passed]:
    if not isinstance(entry, Unread):
        member = Member(f"{source.name}{_WITHIN}{entry.name}", entry)
        yield from _sorted(member, by, depth)
    else:
        within = "" if entry.locator == "/" else f"{_WITHIN}{entry.locator}"
        yield Passed(f"{source.name}{within}", entry.message, lost=True)
