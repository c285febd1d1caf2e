"""The catalogue line by line: each offer with the formats in which this server imports it.

What a format makes is no claim: importable.json is written from what the importers make of the
exports they are tried with, and a test holds it to them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from vocab.glossary import glossary
from vocab.names import DPV, SD
from vocab.offers import HolderEntry, Offer, catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """What an importer makes: the classes, and the IRI of the one holder it is of, "" for any."""

    name: str
    holder: str
    classes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An offer, its holder where there is one, and what its classes say.

    `by` names the formats that import some of it; `missing` are the classes of it that none does.
    """

    offer: Offer
    holder: HolderEntry | None
    personal: tuple[str, ...]
    by: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def is_importable(self) -> bool:
        return not self.missing


@cache
def importable() -> Mapping[str, Format]:
    """The formats that are imported, by their names."""
    text = files("pod.catalogue").joinpath("importable.json").read_text(encoding="utf-8")
    return {
        name: Format(
            name=name,
            holder=row["holder"],
            classes=frozenset(SD.NS + kind for kind in row["makes"]),
        )
        for name, row in json.loads(text).items()
    }


@cache
def lines() -> tuple[Line, ...]:
    """The whole catalogue, offers of a holder first, each in alphabetical order."""
    listed = catalogue()
    made = (_line(offer, listed.holders.get(offer.publisher)) for offer in listed.offers)
    return tuple(sorted(made, key=lambda line: (line.holder is None, line.offer.iri)))


def _line(offer: Offer, holder: HolderEntry | None) -> Line:
    fit = [one for one in importable().values() if _reads(one, offer)]
    known = glossary()
    personal = {
        iri for name in offer.classes for iri in known[name].about.get(DPV.hasPersonalData, ())
    }
    makes = frozenset().union(*(one.classes for one in fit))
    return Line(
        offer=offer,
        holder=holder,
        personal=tuple(sorted(personal)),
        by=tuple(sorted(one.name for one in fit)),
        missing=tuple(name for name in offer.classes if name not in makes),
    )


def _reads(one: Format, offer: Offer) -> bool:
    """Whether a format brings some of an offer: its holder's own, or one that the offer names."""
    theirs = not offer.publisher or one.holder == offer.publisher or one.name in offer.formats
    return theirs and not one.classes.isdisjoint(offer.classes)
