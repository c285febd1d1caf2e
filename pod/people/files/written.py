"""One file that a holder gives, and what of the life stands where in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape

_ENCODED: Final = json.JSONEncoder(ensure_ascii=False).encode
HOLDERS: Final = {
    "bank": "https://banque.example/",
    "electricity": "https://energie.example/",
    "grid": "https://reseau.example/",
    "phone": "https://telecom.example/",
    "grocer": "https://epicerie.example/",
    "state": "https://cpam.example/",
    "mutual": "https://mutuelle.example/",
    "insurer": "https://assureur.example/",
    "savings": "https://epargne.example/",
    "rides": "https://course.example/",
    "gas grid": "https://reseau-gaz.example/",
    "school": "https://ecole.example/",
    "employer": "https://atelier.example/",
    "calendar": "https://agenda.example/",
    "club": "https://jardins.example/",
    "shop": "https://boutique.example/",
    "vault": "https://coffre.example/",
    "measures": "https://tension.example/",
    "water": "https://eau.example/",
    "trains": "https://train.example/",
    "flights": "https://avion.example/",
    "video": "https://video.example/",
    "music": "https://musique.example/",
    "positions": "https://positions.example/",
    "courses": "https://formation.example/",
    "watch": "https://montre.example/",
}
CALLED: Final = {
    "bank": "Banque Exemple",
    "electricity": "Energie Exemple",
    "grid": "Réseau Exemple",
    "phone": "Telecom Exemple",
    "grocer": "Épicerie Exemple",
    "state": "Caisse Maladie Exemple",
    "mutual": "Mutuelle Exemple",
    "insurer": "Assureur Exemple",
    "savings": "Épargne Exemple",
    "rides": "Course Exemple",
    "gas grid": "Réseau Gaz Exemple",
    "school": "École Exemple",
    "employer": "Atelier Exemple",
    "calendar": "Agenda Exemple",
    "club": "Jardins Exemple",
    "shop": "Boutique Exemple",
    "vault": "Coffre Exemple",
    "measures": "Tension Exemple",
    "water": "Eau Exemple",
    "trains": "Train Exemple",
    "flights": "Avion Exemple",
    "video": "Video Exemple",
    "music": "Musique Exemple",
    "positions": "Positions Exemple",
    "courses": "Formation Exemple",
    "watch": "Montre Exemple",
}
"""What each of them is called: those that are paid from an account as its movements have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderFile:
    """A file of a household: its path under the folder of the household, who gives it, its bytes.

    `format` is the importer that reads it, with the `options` that the file does not say itself;
    `rows` is how many rows of data it has. `places` says under which reference the holder keeps an
    event, by the id of the event. A file that `is_repeated` says only what another one of the
    holder does, so that an import of it keeps nothing.
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
    is_repeated: bool = False

    @property
    def besides(self) -> dict[str, bytes]:
        """The files that its options are kept in, by their paths."""
        return {beside(self.path, name): text.encode() for name, text in self.options.items()}


def beside(path: str, option: str) -> str:
    """Where an option of a file is kept."""
    return f"{path}.{option}"


def euros(cents: int) -> str:
    """An amount with a decimal point: "-12.30"."""
    sign, size = ("-", -cents) if cents < 0 else ("", cents)
    return f"{sign}{size // 100}.{size % 100:02}"


def comma(cents: int) -> str:
    """An amount as it is written in France: "-12,30"."""
    return euros(cents).replace(".", ",")


def ten_thousandths(parts: int) -> str:
    """So many ten-thousandths of a degree, or of a euro, as a decimal: "-5.3698"."""
    sign, size = ("-", -parts) if parts < 0 else ("", parts)
    return f"{sign}{size // 10_000}.{size % 10_000:04}"


def in_json(value: object, levels: int = 1) -> bytes:
    """JSON in the order in which it was made: what stands so many levels deep has a line each."""
    return (_json(value, levels, 0) + "\n").encode()


def _json(value: object, levels: int, depth: int) -> str:
    if not (levels and value and isinstance(value, dict | list)):
        return _ENCODED(value)
    if isinstance(value, list):
        parts = [_json(one, levels - 1, depth + 1) for one in value]
    else:
        parts = [
            f"{_ENCODED(name)}: {_json(one, levels - 1, depth + 1)}" for name, one in value.items()
        ]
    opens, closes = "[]" if isinstance(value, list) else "{}"
    within, around = "\n" + " " * (depth + 1), "\n" + " " * depth
    return f"{opens}{within}{f',{within}'.join(parts)}{around}{closes}"


def element(name: str, text: str) -> str:
    """An XML element with a text; nothing where there is no text."""
    return f"<{name}>{escape(text)}</{name}>" if text else ""
