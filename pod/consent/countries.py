"""Countries as people are told of them: their names, and whether European law holds there."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pod.consent.bilingual import Bilingual, same

# The European Economic Area, where the General Data Protection Regulation holds.
_AREA = """AT Autriche/Austria BE Belgique/Belgium BG Bulgarie/Bulgaria CY Chypre/Cyprus
CZ Tchéquie/Czechia DE Allemagne/Germany DK Danemark/Denmark EE Estonie/Estonia ES Espagne/Spain
FI Finlande/Finland FR France/France GR Grèce/Greece HR Croatie/Croatia HU Hongrie/Hungary
IE Irlande/Ireland IS Islande/Iceland IT Italie/Italy LI Liechtenstein/Liechtenstein
LT Lituanie/Lithuania LU Luxembourg/Luxembourg LV Lettonie/Latvia MT Malte/Malta
NL Pays-Bas/Netherlands NO Norvège/Norway PL Pologne/Poland PT Portugal/Portugal
RO Roumanie/Romania SE Suède/Sweden SI Slovénie/Slovenia SK Slovaquie/Slovakia"""
_OTHERS = """CA Canada/Canada CH Suisse/Switzerland CN Chine/China GB Royaume-Uni/United_Kingdom
IN Inde/India JP Japon/Japan US États-Unis/United_States"""


def _names(text: str) -> dict[str, Bilingual]:
    words = text.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return {
        code: Bilingual(**dict(zip(("fr", "en"), both.replace("_", " ").split("/"), strict=True)))
        for code, both in pairs
    }


EUROPEAN: Final = frozenset(_names(_AREA))
_NAMES: Final[Mapping[str, Bilingual]] = MappingProxyType(_names(_AREA) | _names(_OTHERS))


def country_name(code: str) -> Bilingual:
    """The name of a country by its code of two letters (ISO 3166-1); else the code itself."""
    return _NAMES.get(code) or same(code)


def is_country(code: str) -> bool:
    """Whether a text is written as the code of a country."""
    return len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()
