"""The rows of a table by the names of its columns, wherever it came from."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from importers.table import Row, folded

UNMAPPED = "column:"
"""The prefix of what a record says that no column of a mapping is for."""
_WIDEST = 18
_NOT_IN_A_NAME = re.compile(r"[^\w.-]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: where it stands, and its cells with something in them, by their folded names."""

    locator: str
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        """The cell under a column, "" without one."""
        return self.cells.get(folded(name), "")


@dataclass(frozen=True, slots=True)
class Header:
    """The names of the columns of a table, each once, in order."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, cells: Sequence[str]) -> "Header":
        """Those of a row: a column without name is called by its place, a second one `name (2)`."""
        last = max((place for place, cell in enumerate(cells, 1) if cell), default=0)
        names: dict[str, str] = {}
        for place, cell in enumerate(cells[:last], 1):
            name, number = " ".join(cell.split()) or f"column {place}", 1
            while folded(name) in names:
                number += 1
                name = f"{' '.join(cell.split())} ({number})"
            names[folded(name)] = name
        return cls(tuple(names.values()))

    @property
    def folded(self) -> frozenset[str]:
        return frozenset(map(folded, self.names))

    def entry(self, row: Row, locator: str) -> Entry:
        """A row by these names."""
        pairs = zip(map(folded, self.names), row.cells, strict=False)
        return Entry(locator, {name: cell for name, cell in pairs if cell})


def term_of(name: str) -> str:
    """The property, by its prefixed name, that keeps what stands under an unmapped column."""
    text = unicodedata.normalize("NFC", " ".join(name.split())).replace(" ", "_")
    return UNMAPPED + _NOT_IN_A_NAME.sub(lambda found: quote(found[0]), text)


def flat(value: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """The members of a JSON object as cells: those of one within it as `address.city`.

    A list stays one, as JSON. Nothing stands for `null`.
    """
    for name, member in value.items():
        if isinstance(member, Mapping):
            yield from flat(member, f"{above}{name}.")
        elif text := _text(member):
            yield above + name, text


def _text(value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        fits = value.is_finite() and -_WIDEST < value.adjusted() < _WIDEST
        return f"{value:f}" if fits else str(value)
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value).strip()
