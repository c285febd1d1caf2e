"""The formats that are imported, and the classes that each makes.

That is no claim: vocab/catalogue/importable.json is written from what the importers make of the
exports they are tried with, and a test holds it to them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vocab.names import SD


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """What an importer makes: the classes, and the IRI of the one holder it is of, "" for any."""

    name: str
    holder: str
    classes: frozenset[str]


@cache
def importable() -> Mapping[str, Format]:
    """The formats that are imported, by their names, in alphabetical order."""
    text = files("vocab").joinpath("catalogue", "importable.json").read_text(encoding="utf-8")
    return {
        name: Format(
            name=name,
            holder=row["holder"],
            classes=frozenset(SD.NS + kind for kind in row["makes"]),
        )
        for name, row in json.loads(text).items()
    }
