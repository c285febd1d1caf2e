"""One file that a holder gives, and what of the life stands where in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape

HOLDERS: Final = {
    "bank": "https://banque.example/",
    "electricity": "https://energie.example/",
    "grid": "https://reseau.example/",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderFile:
    """A file of a household: its path under the folder of the household, who gives it, its bytes.

    `format` is the importer that reads it, with the `options` that the file does not say itself;
    `rows` is how many rows of data it has. `places` says under which reference the holder keeps an
    event, by the id of the event.
    """

    path: str
    media_type: str
    holder: str
    title: str
    format: str
    content: bytes
    rows: int
    places: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)


def euros(cents: int) -> str:
    """An amount with a decimal point: "-12.30"."""
    sign, size = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{size // 100}.{size % 100:02}"


def comma(cents: int) -> str:
    """An amount as it is written in France: "-12,30"."""
    return euros(cents).replace(".", ",")


def in_json(value: object) -> bytes:
    """JSON as a person can read it, in the order in which it was made."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def element(name: str, text: str) -> str:
    """An XML element with a text; nothing where there is no text."""
    return f"<{name}>{escape(text)}</{name}>" if text else ""
