"""What the catalogue lacks or gets wrong, held to the vocabulary."""

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from vocab.glossary import LANGUAGES, Word, is_record, of_type
from vocab.names import RDFS, SD
from vocab.offers import Catalogue, Offer, Service

RHYTHMS: Final = frozenset({"CONT", "IRREG", "UNKNOWN"})


def offer_faults(
    listed: Catalogue, known: Mapping[str, Word], complete: Collection[str]
) -> Iterator[str]:
    """One sentence each; `complete` are the classes that have a shape and an example."""
    for offer in listed.offers:
        yield from _untitled(offer)
        yield from _unknown(offer, complete)
        yield from _understated(offer, known)
        if offer.publisher and offer.publisher not in listed.holders:
            yield f"describe the holder of the offer {offer.name}"
        if offer.publisher and not offer.every and offer.rhythm not in RHYTHMS:
            yield f"say how often there is something new in {offer.name}"
    for service in listed.services:
        yield from _untitled(service)
        yield from _unknown(service, complete)


def uncatalogued(listed: Catalogue, known: Mapping[str, Word]) -> Iterator[str]:
    """The classes that nobody gives, one sentence each, and those that serve no purpose."""
    offered = {name for offer in listed.offers for name in offer.classes}
    used = {name for service in listed.services for name in service.classes}
    for word in of_type(known, RDFS.Class):
        if is_record(known, word) and word.iri not in offered:
            yield f"say in vocab/catalogue who gives {word.name}"
        if word.iri not in used:
            yield f"say in vocab/catalogue which service uses {word.name}"


def _untitled(entry: Offer | Service) -> Iterator[str]:
    for language in LANGUAGES:
        if language not in entry.title:
            yield f"give {entry.name} a title in {language}"


def _unknown(entry: Offer | Service, complete: Collection[str]) -> Iterator[str]:
    for name in entry.classes:
        if name not in complete:
            yield f"name a class with a shape and an example in {entry.name}, and not {name}"


def _understated(offer: Offer, known: Mapping[str, Word]) -> Iterator[str]:
    """An offer may be more sensitive than its classes usually are, never less."""
    levels = (known[name].one(SD.sensitivity) for name in offer.classes if name in known)
    highest = max(levels, default="")
    if offer.sensitivity < highest:
        yield f"say of {offer.name} that it is as sensitive as its classes are"
