"""A stored document, as a record: what is told of it, and what the file itself shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Final

from importers.contract import HolderHint, Key, Problem, Record, SourceFile, Value
from importers.never_kept import masked
from importers.pdf import MARK, About, about, lines_of
from importers.text import for_key

PDF: Final = "application/pdf"
VAULT: Final = HolderHint(iri="urn:sd:holder:vault", name="Coffre-fort numérique", sector="vault")
_DIGIPOSTE: Final = HolderHint(iri="https://www.laposte.fr/", name="La Poste", sector="vault")
_MOST_TEXT = 5_000
_LONGEST_TITLE = 120
_FEWEST_LETTERS = 3
_UNNAMED = "document"
_PLACE: Final = re.compile(r"file:|[A-Za-z]:[\\/]|/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What is told of a document, by those who keep it. `file` is its name, with its folders.

    `category` is what they call its kind, `id` their own identifier where it stays.
    """

    locator: str
    title: str = ""
    sender: str = ""
    on: date | None = None
    category: str = ""
    total: Decimal | None = None
    currency: str = ""
    file: str = ""
    id: str = ""
    sha256: str = ""
    media_type: str = ""
    pages: int | None = None
    text: str = ""


def holder_in(head: bytes) -> HolderHint:
    """Who keeps documents, as far as the beginning of what is told of them says it."""
    return _DIGIPOSTE if b"digiposte" in head.lower() else VAULT


def record_of(told: Described, content: SourceFile | None, *, counted: bool = True) -> Record:
    """The record of a document; `content` is where its octets are kept, None where they are not."""
    return Record(
        kind="Document",
        key=_key(told),
        fields=tuple(_said(told, content)),
        on=told.on,
        locator=told.locator,
        counted=counted,
    )


def _key(told: Described) -> Key:
    known = told.id or told.sha256
    if known:
        return Key(stable=known)
    return Key(natural=(told.file, for_key(told.title), for_key(told.sender), str(told.on)))


def _said(told: Described, content: SourceFile | None) -> Iterator[tuple[str, Value]]:
    yield "schema:name", told.title or told.file.rpartition("/")[2] or _UNNAMED
    yield "schema:encodingFormat", told.media_type or _media_type(told.file)
    if told.sha256:
        yield "schema:sha256", told.sha256
    if content:
        yield "schema:contentUrl", content
    if told.on:
        yield "sd:date", told.on
    texts = (
        ("sd:counterpartyName", told.sender),
        ("sd:sourceLabel", told.category),
        ("sd:currency", told.currency),
        ("schema:text", told.text),
    )
    yield from ((name, text) for name, text in texts if text)
    if told.total is not None:
        yield "sd:total", told.total
    if told.pages is not None:
        yield "schema:numberOfPages", told.pages


def of_pdf(content: bytes, locator: str) -> tuple[Described | None, tuple[Problem, ...]]:
    """What a PDF shows of itself, and what of it could not be read; None for none that is whole.

    Its text is the first 5,000 characters, in which numbers of social security are left out, and
    those of accounts, cards and telephones masked.
    """
    said = about(content)
    if isinstance(said, Problem):
        return None, (Problem(locator, said.message),)
    if said.remark:
        return _described(said, content, locator, ""), (_remark(locator, said.remark),)
    texts, remarks, size = [], [], 0
    for line in lines_of(content):
        if isinstance(line, Problem):
            # That a document is not built as it should be matters where figures are read of it.
            if line.row or line.locator != "/":
                remarks.append(_remark(f"{locator} {line.locator}", line.message))
        elif plain := masked(line.text):
            texts.append(plain)
            size += len(plain) + 1
            if size > _MOST_TEXT:
                break
    return _described(said, content, locator, "\n".join(texts)[:_MOST_TEXT]), tuple(remarks)


def _described(said: About, content: bytes, locator: str, text: str) -> Described:
    first = (
        line for line in text.splitlines() if sum(c.isalpha() for c in line) >= _FEWEST_LETTERS
    )
    return Described(
        locator=locator,
        title=_title(said.title) or next(first, "")[:_LONGEST_TITLE],
        sender=masked(said.author),
        on=said.created,
        sha256=sha256(content).hexdigest(),
        media_type=PDF,
        pages=said.pages,
        text=text,
    )


def _title(said: str) -> str:
    """The title that a document says, "" for one that only says where it was made."""
    return "" if _PLACE.match(said) else masked(said.removeprefix("Microsoft Word - "))


def _remark(locator: str, message: str) -> Problem:
    return Problem(locator, message, row=False)


_MEDIA_TYPES: Final = {
    "pdf": PDF,
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "txt": "text/plain",
    "csv": "text/csv",
    "json": "application/json",
    "xml": "application/xml",
    "html": "text/html",
    "zip": "application/zip",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
}


def _media_type(file: str) -> str:
    ending = file.rpartition(".")[2].lower() if "." in file else ""
    return _MEDIA_TYPES.get(ending, "application/octet-stream")


def is_pdf(content: bytes) -> bool:
    return content.startswith(MARK)
