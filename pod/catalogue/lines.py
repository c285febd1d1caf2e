"""The catalogue line by line: each offer with the formats in which this server imports it."""

from dataclasses import dataclass
from functools import cache

from vocab.formats import Format, importable
from vocab.glossary import glossary
from vocab.names import DPV
from vocab.offers import HolderEntry, Offer, catalogue


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

    def importers_of(self, name: str) -> tuple[str, ...]:
        """The formats of `by` that make a class, by its IRI."""
        return tuple(one for one in self.by if name in importable()[one].classes)


@cache
def lines() -> tuple[Line, ...]:
    """The whole catalogue: offers by the name of their holder, then those of whole sectors."""
    listed = catalogue()
    made = (_line(offer, listed.holders.get(offer.publisher)) for offer in listed.offers)
    return tuple(sorted(made, key=_place))


def _place(line: Line) -> tuple[bool, str, str]:
    group = line.holder.name.casefold() if line.holder else line.offer.sector
    return line.holder is None, group, line.offer.iri


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
