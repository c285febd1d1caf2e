"""Where data of a class come from, and what they are for: the catalogue seen from a class."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vocab.formats import Format
from vocab.offers import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """Of one class: who gives data of it, what imports them, and which services use them.

    `holders` are names. `sectors` are the IRIs of the sectors of which any holder is asked for
    them or offered them. `formats` are the names of importers. `services` are titles by language.
    """

    holders: tuple[str, ...]
    sectors: tuple[str, ...]
    formats: tuple[str, ...]
    services: tuple[Mapping[str, str], ...]


def uses(listed: Catalogue, formats: Iterable[Format], name: str) -> Uses:
    """Those of the class with this IRI."""
    offers = [offer for offer in listed.offers if name in offer.classes]
    publishers = {offer.publisher for offer in offers if offer.publisher}
    return Uses(
        holders=tuple(sorted((listed.holders[iri].name for iri in publishers), key=str.casefold)),
        sectors=tuple(sorted({offer.sector for offer in offers if not offer.publisher})),
        formats=tuple(sorted(one.name for one in formats if name in one.classes)),
        services=tuple(one.title for one in listed.services if name in one.classes),
    )
