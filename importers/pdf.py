"""The text of PDF documents (ISO 32000-1), line by line as it stands on the page. Nothing is run.

The library that reads them is an extra: where it is not installed there is one sentence that says
how to have it. What it is given is counted first, whatever the document says of its sizes: a
statement has some pages of text, and a small file that unpacks to much more is not read.
"""

import io
import logging
import re
import zlib
from base64 import a85decode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any, Final

from importers.contract import Problem

MARK: Final = b"%PDF-"

_LARGEST = 16 << 20
_MOST_PAGES = 200
_MOST_UNPACKED = 64 << 20  # of all streams, pictures too
_MOST_OBJECTS = 2 << 20  # of one stream of objects
_MOST_TEXT = 1 << 20  # of one page, or of one font's table of characters
_MOST_UNKNOWN = 0.1
_BLOCK = 1 << 16

_NOT_INSTALLED = "PDF is read with a library that is not installed: install selfdata-pod[formats]"
_TOO_LARGE = "the document is larger than a statement is, and is not read"
_BOMB = "the document unpacks to more than a statement has, and is not read on"
_TOO_LONG = "the document has more pages than a statement has; the others are not read"
_CUT = "the document is cut short: download it anew"
_DAMAGED = "the document is damaged: download it anew"
_DAMAGED_PAGE = "a part of this page is damaged, so rows may be missing: download the document anew"
_LARGE = "the document is large or unpacks to much: it is kept, and not read"
_NO_TEXT = "this page has no text: a scanned page is a picture, and is not read"
_NO_LETTERS = "the fonts of this page do not say which letters they show, so it cannot be read"
_REPAIRED = "the document is not built as it should be; compare what was read with it"
_LOCKED = "the document is locked with a password: save it without one and import that"

_STREAM = re.compile(rb"<<((?:[^<>]|<[^<]|>[^>]){0,2000}>>)\s*stream\r?\n")
_FIRST_FILTER = re.compile(rb"/Filter\s*\[?\s*/(\w+)")
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d|<<)")
_OBJECT = re.compile(rb"\b(\d{1,9}) 0 obj\b(.{0,2000}?)endobj", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page\b")
_CREATED = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})", re.ASCII)
_END = (
    b"\nendstream\nendobj\n99999998 0 obj\n<< /Type /Pages /Kids [%s] /Count %d >>\nendobj\n"
    b"99999999 0 obj\n<< /Type /Catalog /Pages 99999998 0 R >>\nendobj\n"
    b"trailer\n<< /Root 99999999 0 R >>\nstartxref\n0\n%%%%EOF\n"
)
# ISO 32000-1 Annex A: all there are. An unknown one shows nothing, and says nothing of it.
_OPERATORS = frozenset(
    b"b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k"
    b" l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W"
    b" W* y ' \"".split()
) | {b"INLINE IMAGE"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and where it stands. Columns are apart by two blanks or more.

    `is_whole` is False for a line that nothing ends, so that more of it may be missing.
    """

    locator: str
    text: str
    is_whole: bool = True


def lines_of(content: bytes, *, is_head: bool = False) -> Iterator[Line | Problem]:
    """The lines of a document that have text, page by page; a Problem where some are missing.

    Of the beginning of a document, with `is_head`, there are the pages that are whole in it.
    """
    reason = _refusal(content, is_head=is_head)
    if reason is not None:
        yield Problem("/", reason)
        return
    library = _library()
    if library is None:
        yield Problem("/", _NOT_INSTALLED)
        return
    try:
        pages, remark = _opened(library, _closed(content) if is_head else content)
    except _Refused as refused:
        yield Problem("/", str(refused))
        return
    if pages is None:
        yield Problem("/", _LOCKED)
        return
    if remark or not _has_its_streams(content):
        yield Problem("/", remark or _REPAIRED, row=False)
    yield from _read(library, pages)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is attached to a document, by the name it has there."""

    name: str
    content: bytes


def attached_to(content: bytes) -> Iterator[Attachment | Problem]:
    """The files that are attached to a document (ISO 32000-1 §7.11.4), in the order of names."""
    reason = _refusal(content, is_head=False)
    library = None if reason else _library()
    if library is None:
        yield Problem("/", reason or _NOT_INSTALLED)
        return
    try:
        files, remark = _attached(library, content)
    except _Refused as refused:
        yield Problem("/", str(refused))
        return
    if remark or not _has_its_streams(content):
        yield Problem("/", remark or _REPAIRED, row=False)
    yield from files


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself (ISO 32000-1 §14.3.3), as far as it does.

    `remark` is why that could not be read, where the document is whole all the same.
    """

    title: str = ""
    author: str = ""
    created: date | None = None
    pages: int | None = None
    remark: str = ""


def about(content: bytes) -> About | Problem:
    """What a document says of itself. A Problem for one that is damaged or cut short."""
    reason = _refusal(content, is_head=False)
    if reason in {_TOO_LARGE, _BOMB}:
        return About(remark=_LARGE)
    library = None if reason else _library()
    if library is None:
        return Problem("/", reason) if reason else About(remark=_NOT_INSTALLED)
    for strict in (True, False):
        with suppress(Exception):  # what the library raises on any octets is no list
            return _about(library, content, strict=strict)
    return Problem("/", _DAMAGED)


def _about(library: Any, content: bytes, *, strict: bool) -> About:
    """Raises anything where the document is damaged."""
    reader = library.PdfReader(io.BytesIO(content), strict=strict)
    if reader.is_encrypted and not reader.decrypt(""):
        return About(remark=_LOCKED)
    said = reader.metadata or {}
    # Text of a document is in UTF-16 or in an encoding of its own; neither may hold half of one.
    texts = (str(said.get(f"/{name}") or "") for name in ("Title", "Author", "CreationDate"))
    title, author, created = (
        " ".join(text.encode("utf-8", "replace").decode().replace("\0", "").split())
        for text in texts
    )
    return About(title=title, author=author, created=_day(created), pages=len(reader.pages))


def _day(text: str) -> date | None:
    """The day of a date (ISO 32000-1 §7.9.4), `D:20170401120000+02'00'`, None for no such one."""
    found = _CREATED.match(text)
    if found is None:
        return None
    with suppress(ValueError):
        day = date(*map(int, found.groups()))
        return day if date.min.year < day.year < date.max.year else None
    return None


def _attached(library: Any, content: bytes) -> tuple[tuple[Attachment, ...], str]:
    """The attached files, and a remark where the document is not built as it should be."""
    for strict in (True, False):
        with suppress(Exception):  # what the library raises on any octets is no list
            reader = library.PdfReader(io.BytesIO(content), strict=strict)
            if reader.is_encrypted and not reader.decrypt(""):
                break
            found = sorted(reader.attachments.items())
            files = (Attachment(name, bytes(one)) for name, several in found for one in several)
            return tuple(files), "" if strict else _REPAIRED
    else:
        raise _Refused(_DAMAGED)
    raise _Refused(_LOCKED)


def _library() -> Any:
    """The library that reads PDF, None where it is not installed."""
    try:
        library = import_module("pypdf")
    except ImportError:
        return None
    # It tells its log what stands in a document that is damaged, which is nobody's to read.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    return library


class _Refused(Exception):
    """A document that is not read, with the sentence that says why."""


def _refusal(content: bytes, *, is_head: bool) -> str | None:
    """Why a document is not even opened: too large, cut short, or damaged."""
    if len(content) > _LARGEST:
        return _TOO_LARGE
    # ISO 32000-1 §7.5.5: "The last line of the file shall contain only the end-of-file marker".
    if b"%%EOF" not in content[-1024:] and not is_head:
        return _CUT
    reason = None if _ENCRYPTED.search(content) else _wrong_stream(content)
    return None if is_head and reason == _DAMAGED else reason


def _closed(head: bytes) -> bytes:
    """The beginning of a document with an end: a tree of the pages that are whole in it."""
    if b"%%EOF" in head[-1024:]:
        return head
    pages = [number for number, about in _OBJECT.findall(head) if _PAGE.search(about)]
    kids = b" ".join(number + b" 0 R" for number in pages)
    return head + _END % (kids, len(pages))


def _wrong_stream(content: bytes) -> str | None:
    """Unpacks each packed stream, which has a checksum, to nowhere: what is wrong with one."""
    left = _MOST_UNPACKED
    for found in _STREAM.finditer(content):
        about = found.group(1)
        filtered = _FIRST_FILTER.search(about)
        packed = _packed(filtered.group(1) if filtered else b"", content, found.end())
        if packed is None:
            continue
        size = _unpacked_size(packed, left)
        if size is None:
            return _DAMAGED
        left -= size
        if left <= 0 or (b"/ObjStm" in about and size > _MOST_OBJECTS):
            return _BOMB
    return None


def _has_its_streams(content: bytes) -> bool:
    """Whether each stream that ends is one that was found to begin."""
    return len(_STREAM.findall(content)) == content.count(b"endstream")


def _packed(name: bytes, content: bytes, at: int) -> memoryview | None:
    """What of a stream that begins at a place is packed by zlib, None where nothing is."""
    if name in {b"FlateDecode", b"Fl"}:
        return memoryview(content)[at:]
    if name in {b"ASCII85Decode", b"A85"}:
        end = content.find(b"~>", at)
        with suppress(ValueError):
            plain = a85decode(content[at:end].strip().removeprefix(b"<~"))
            return memoryview(plain) if plain[:1] == b"\x78" else None
    return None


def _unpacked_size(packed: memoryview, most: int) -> int | None:
    """To how many octets a zlib stream (RFC 1950) unpacks, `most` for more, None if it is wrong."""
    unpacking, size, at = zlib.decompressobj(), 0, 0
    try:
        while not unpacking.eof and (at < len(packed) or unpacking.unconsumed_tail):
            piece = unpacking.unconsumed_tail or packed[at : at + _BLOCK]
            at += 0 if unpacking.unconsumed_tail else _BLOCK
            size += len(unpacking.decompress(piece, _BLOCK))
            if size >= most:
                return most
    except zlib.error:
        return None
    return size if unpacking.eof else None


def _opened(library: Any, content: bytes) -> tuple[Any, str]:
    """The pages of a document, and a remark where it is not built as it should be."""
    for strict in (True, False):
        with suppress(Exception):  # what the library raises on any octets is no list
            pages, is_whole = _pages(library, content, strict=strict)
            return pages, "" if strict and is_whole else _REPAIRED
    raise _Refused(_DAMAGED)


def _pages(library: Any, content: bytes, *, strict: bool) -> tuple[Any, bool]:
    """The pages of a document, None where it is locked, and whether there are all that it counts.

    Raises anything where it is damaged.
    """
    reader = library.PdfReader(io.BytesIO(content), strict=strict)
    # Many are locked only against changes: they open with an empty password.
    if reader.is_encrypted and not reader.decrypt(""):
        return None, True
    pages = reader.pages
    if not len(pages):
        raise ValueError(_DAMAGED)
    return pages, reader.trailer["/Root"]["/Pages"]["/Count"] == len(pages)


def _read(library: Any, pages: Any) -> Iterator[Line | Problem]:
    for number in range(1, len(pages) + 1):
        locator = f"page={number}"
        if number > _MOST_PAGES:
            yield Problem(locator, _TOO_LONG)
            return
        try:
            text, remark = _text(library, pages[number - 1])
        except _Refused as refused:
            yield Problem(locator, str(refused))
            return
        except Exception:  # noqa: BLE001 - what the library raises on any octets is no list
            text, remark = "", _DAMAGED_PAGE
        for at, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield Line(f"{locator} line={at}", line.rstrip())
        if remark:
            yield Problem(locator, remark, row=remark != _NO_TEXT)


def _text(library: Any, page: Any) -> tuple[str, str]:
    """The text of a page, and what is wrong with it."""
    contents = page.get_contents()
    if contents is None:
        return "", _NO_TEXT
    if len(contents.get_data()) > _MOST_TEXT or any(_sizes(library, page)):
        raise _Refused(_BOMB)
    is_whole = all(operator in _OPERATORS for _, operator in contents.operations)
    text = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False)
    # Text in a form that the page only calls is found without its place.
    found = text if text.strip() else page.extract_text()
    # A table of characters may make halves of one.
    whole = found.encode("utf-8", "replace").decode()
    return whole, _fault(whole, is_known=is_whole)


def _fault(text: str, *, is_known: bool) -> str:
    """What is wrong with the text of a page, "" where nothing is."""
    if not is_known:
        return _DAMAGED_PAGE
    if not text.strip():
        return _NO_TEXT
    return _NO_LETTERS if text.count("\ufffd") > _MOST_UNKNOWN * len(text) else ""


def _sizes(library: Any, page: Any) -> Iterator[bool]:
    """Whether a table of characters of each font is larger than any is."""
    resources = page.get("/Resources", {}).get_object()
    fonts = resources.get("/Font", {}).get_object()
    for font in fonts.values():
        for name in ("/ToUnicode", "/Encoding"):
            table = font.get_object().get(name, 0)
            table = table.get_object() if hasattr(table, "get_object") else table
            if isinstance(table, library.generic.StreamObject):
                yield len(table.get_data()) > _MOST_TEXT
