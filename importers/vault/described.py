"""What a vault tells of its documents beside them: a table or a JSON list, by the usual names."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from io import BytesIO
from types import MappingProxyType
from typing import Final

from importers.clock import french_date, iso_date
from importers.contract import Problem
from importers.document import Element, elements
from importers.money import currency, decimal
from importers.never_kept import masked
from importers.table import Row, check_width, first_rows, folded, rows
from importers.text import decode, lines
from importers.vault.stored import Described

# What each part is called, in French and English, without case, accents and blanks.
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "file": "fichier nomdufichier nomfichier chemin filename file filepath path",
        "title": "titre intitulé nomdudocument titredudocument title documentname documenttitle",
        "sender": "expéditeur émetteur organisme nomdelexpéditeur sender sendername issuer "
        "issuername",
        "on": "date datedudocument datedocument dateémission datederéception datededépôt "
        "documentdate issuedate createdat creationdate receivedat depositdate",
        "category": "catégorie typededocument dossier classeur category documenttype folder",
        "total": "montant montantttc total amount totalamount",
        "currency": "devise currency",
        "sha256": "sha256 empreinte empreintesha256 hash checksum digest",
        "id": "id identifiant documentid iddocument",
        "media_type": "typemime mimetype mime contenttype format",
    }
)
_PARTS: Final = MappingProxyType(
    {folded(name): part for part, names in _NAMES.items() for name in names.split()}
)
_NEEDED: Final = frozenset({"sender", "on"})
_NAMED: Final = frozenset({"file", "title"})
_LISTS: Final = ("/*", "/documents/*", "/files/*")
_FIRST = 64
_SHA256 = 64


def parts_in(names: Iterable[str]) -> frozenset[str]:
    """The parts that names of columns or members stand for."""
    return frozenset(_PARTS[name] for name in map(folded, names) if name in _PARTS)


def is_index(head: bytes) -> str:
    """How a file that begins like this tells of documents: "CSV", "JSON", or "" for not at all."""
    text = decode(head[:_FIRST]).lstrip()
    if text.startswith(("[", "{")):
        return "JSON" if _list_of(decode(head)) else ""
    found = first_rows(head, 1)
    return "CSV" if found and _tells(found[0].cells) else ""


def _tells(names: Iterable[str]) -> bool:
    parts = parts_in(names)
    # Who wrote what when is told of many things: of documents also their file, or their kind.
    return parts >= _NEEDED and ("file" in parts or {"title", "category"} <= parts)


def _list_of(text: str) -> str:
    """The path of the list of documents in a JSON text, "" where there is none."""
    for path in _LISTS:
        first = next(elements(text, path), None)
        if isinstance(first, Element) and isinstance(first.value, dict) and _tells(first.value):
            return path
    return ""


def described(content: bytes) -> Iterator[Described | Problem]:
    """What an index tells of each document, in its order, and which rows tell nothing."""
    kind = is_index(content)
    if kind == "JSON":
        # Line by line: one damaged line leaves the others readable.
        text = "".join(lines(BytesIO(content)))
        for found in elements(text, _list_of(text)):
            yield from (found,) if isinstance(found, Problem) else _of_member(found)
    elif kind == "CSV":
        yield from _of_table(content)
    else:
        yield Problem("/", "nothing here tells of documents")


def _of_member(element: Element) -> Iterator[Described | Problem]:
    if not isinstance(element.value, dict):
        yield Problem(element.locator, "this is no description of a document")
        return
    said: dict[str, str] = {}
    for name in element.value:
        part = _PARTS.get(folded(name))
        with suppress(ValueError):  # a list of labels, say
            if part and (text := element.text(name)):
                said.setdefault(part, text)
    yield from _made(said, element.locator)


def _of_table(content: bytes) -> Iterator[Described | Problem]:
    names: tuple[str, ...] = ()
    for row in rows(BytesIO(content), is_a_line=True):
        if isinstance(row, Problem):
            yield row
        elif not names:
            names = row.cells
        else:
            yield from _of_row(row, names)


def _of_row(row: Row, names: tuple[str, ...]) -> Iterator[Described | Problem]:
    try:
        check_width(row, len(names))
    except ValueError as error:
        yield Problem(row.locator, str(error))
        return
    said: dict[str, str] = {}
    for name, cell in zip(names, row.cells, strict=False):
        part = _PARTS.get(folded(name))
        if part and cell:
            said.setdefault(part, cell)
    yield from _made(said, row.locator)


def _made(said: Mapping[str, str], locator: str) -> Iterator[Described | Problem]:
    if not said.keys() & _NAMED:
        yield Problem(locator, "neither the title nor the file of this document is told")
        return
    remarks: list[Problem] = []

    def part(name: str, read: Callable[[str], object]) -> object:
        """A part that is not a text, left out where it is none."""
        try:
            return read(said[name]) if name in said else None
        except ValueError as error:
            remarks.append(Problem(locator, f"its {_WORDS[name]} was left out: {error}", row=False))
            return None

    on, total = part("on", _day), part("total", _amount)
    unit, digest = part("currency", currency), part("sha256", _digest)
    yield Described(
        locator=locator,
        title=masked(said.get("title", "")),
        sender=masked(said.get("sender", "")),
        on=on if isinstance(on, date) else None,
        category=masked(said.get("category", "")),
        total=total if isinstance(total, Decimal) else None,
        currency=str(unit or ""),
        file=said.get("file", "").replace("\\", "/").removeprefix("./"),
        id=said.get("id", ""),
        sha256=str(digest or ""),
        media_type=said["media_type"] if "/" in said.get("media_type", "") else "",
    )
    yield from remarks


_WORDS: Final = {"on": "date", "total": "amount", "currency": "currency", "sha256": "digest"}


def _day(text: str) -> date:
    """The day that a date or a time has, as it is written."""
    day = text.partition("T")[0].partition(" ")[0]
    return iso_date(day) if "-" in day else french_date(day)


def _amount(text: str) -> Decimal:
    plain = text.replace("€", "")
    return decimal(plain, mark="," if plain.rfind(",") > plain.rfind(".") else ".")


def _digest(text: str) -> str:
    plain = text.lower()
    if len(plain) != _SHA256 or not all(c in "0123456789abcdef" for c in plain):
        raise ValueError("this is no SHA-256 in hexadecimal digits")
    return plain
