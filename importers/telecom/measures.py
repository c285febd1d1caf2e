"""How long, how much and how dear: the cells of itemised bills."""

import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from importers.money import decimal
from importers.table import folded

_CLOCK: Final = re.compile(r"(\d{1,4}):([0-5]\d):([0-5]\d)", re.ASCII)
_WORDS: Final = re.compile(
    r"(?:(\d{1,4})h)?(?:(\d{1,5})(?:mn|min|m|'))?(?:(\d{1,7})(?:sec|s|\"|''))?", re.ASCII
)
_STOP: Final = re.compile(r"(?<=[a-z])\.")
_HALF: Final = re.compile(r"(\d{1,3})h([0-5]\d)", re.ASCII)
_SECONDS: Final = re.compile(r"\d{1,7}", re.ASCII)
_VOLUME: Final = re.compile(r"([\d.,]+)(octets?|bytes?|o|b|[kmgt][ob])", re.ASCII)
# Operators count 1,024 octets to the kilo-octet.
_STEP: Final = 1024
_POWERS: Final = "kmgt"
_NOTHING: Final = frozenset(
    {"inclus", "incluse", "inclusforfait", "gratuit", "gratuite", "offert", "included", "free", "-"}
)
_SIGNS: Final[Mapping[str, str]] = MappingProxyType({"€": "", "eur": "", "£": "", "gbp": ""})


def seconds(text: str, *, counts_seconds: bool = False) -> int:
    """`00:03:12`, `3min12s`, `3 min 12 s`, `1h02`, and `192` where the column counts seconds.

    Raises ValueError for anything else: `03:12` could be minutes or hours.
    """
    plain = _STOP.sub("", _plain(text))
    if clock := _CLOCK.fullmatch(plain):
        hours, minutes, rest = map(int, clock.groups())
        return hours * 3600 + minutes * 60 + rest
    if half := _HALF.fullmatch(plain):
        return int(half[1]) * 3600 + int(half[2]) * 60
    words = _WORDS.fullmatch(plain)
    if words and plain:
        hours, minutes, rest = (int(part or 0) for part in words.groups())
        return hours * 3600 + minutes * 60 + rest
    if counts_seconds and _SECONDS.fullmatch(plain):
        return int(plain)
    raise ValueError("this is no duration in hours, minutes and seconds")


def octets_of(text: str) -> int:
    """`12,5 Mo`, `1 024 Ko`, `2 KB`: a volume in octets. Raises ValueError for anything else."""
    found = _VOLUME.fullmatch(_plain(text))
    if found is None:
        raise ValueError("this is no volume of data")
    number = decimal(found[1], mark="," if found[1].rfind(",") > found[1].rfind(".") else ".")
    power = _POWERS.find(found[2][0]) + 1 if len(found[2]) == 2 else 0
    return int(number * _STEP**power)


def price(text: str) -> Decimal:
    """`0,15`, `0,00 €`, `£0.120`, and `Inclus`, which costs nothing. Raises ValueError."""
    plain = folded(text)
    if is_free(text):
        return Decimal(0)
    for sign, nothing in _SIGNS.items():
        plain = plain.replace(sign, nothing)
    return decimal(plain, mark="," if plain.rfind(",") > plain.rfind(".") else ".")


def is_free(text: str) -> bool:
    """Whether a word stands in the place of a price that says that there is none."""
    return folded(text) in _NOTHING


def _plain(text: str) -> str:
    return "".join(text.split()).lower()
