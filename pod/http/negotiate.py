"""Content negotiation (RFC 9110 §12.5.1): which form on offer suits an Accept field best."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pod.http.fields import media_type

# RFC 9110 §12.4.2: weight = OWS ";" OWS "q=" qvalue; ".2", which some clients send, is read too.
_WEIGHT: Final = re.compile(r"(?:0?\.[0-9]+|0\.?|1(?:\.0*)?)")
_ELEMENT: Final = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.)*+"?)++')
_EXACT: Final = 5  # how specifically a type means itself
_REFUSED: Final = (0.0, 0)
_JSON, _JSON_LD, _HTML = "application/json", "application/ld+json", "text/html"


@dataclass(frozen=True, slots=True)
class _Range:
    essence: str
    parameters: Mapping[str, str]
    weight: float


def negotiate(accept: str | None, offers: Sequence[str], stored: str) -> str | None:
    """The media type to send: `stored`, or one of `offers`; None when none is acceptable.

    Among equally acceptable ones comes first what has the parameters that are asked for, then
    `stored`, then the order of the offers.
    `application/json` also asks for JSON-LD, which it is. HTML that is not what is stored is
    sent only to who asks for it by name, so that no wildcard hides the data behind a page.
    """
    if accept is None or accept == "*/*":
        return stored
    return _best(accept, tuple(offers), stored)


@lru_cache(maxsize=512)
def _best(accept: str, offers: tuple[str, ...], stored: str) -> str | None:
    ranges = tuple(_ranges(accept))
    if not ranges:
        return stored
    # max() keeps the first of equals.
    best = max((stored, *offers), key=lambda offer: _quality(offer, ranges, stored))
    return best if _quality(best, ranges, stored) > _REFUSED else None


def _ranges(accept: str) -> Iterator[_Range]:
    for element in _ELEMENT.findall(accept):
        essence, parameters = media_type(element)
        weight = parameters.get("q", "1")
        if essence and _WEIGHT.fullmatch(weight):
            others = {name: value for name, value in parameters.items() if name != "q"}
            yield _Range("*/*" if essence == "*" else essence, others, float(weight))


def _quality(offer: str, ranges: tuple[_Range, ...], stored: str) -> tuple[float, int]:
    """How welcome an offer is: its weight, and how many of its parameters were asked for."""
    # "Media ranges can be overridden by more specific media ranges or specific media types. If
    # more than one media range applies to a given type, the most specific reference has
    # precedence."
    essence, parameters = media_type(offer)
    by_name = essence == _HTML and offer != stored
    best = (0, 0.0)
    for asked in ranges:
        precedence = _precedence(asked, essence, parameters)
        if precedence > best[0] and not (by_name and asked.essence != _HTML):
            best = (precedence, asked.weight)
    precedence, weight = best
    return weight, max(0, precedence - _EXACT) if weight else 0


def _precedence(asked: _Range, essence: str, parameters: Mapping[str, str]) -> int:
    """How specifically a range means a media type; 0 when it does not."""
    if asked.essence == "*/*":
        return 1
    if asked.essence == essence.partition("/")[0] + "/*":
        return 2
    if asked.essence == _JSON and essence == _JSON_LD:
        return 3
    return _exactness(asked.parameters, parameters) if asked.essence == essence else 0


def _exactness(asked: Mapping[str, str], parameters: Mapping[str, str]) -> int:
    if any(not _fits(name, value, parameters.get(name)) for name, value in asked.items()):
        return 0
    # A parameter that we have no form for, such as a JSON-LD profile, is not held against us
    # unless the same type is also asked for without it.
    return _EXACT + len(asked) if asked.keys() <= parameters.keys() else _EXACT - 1


def _fits(name: str, asked: str, offered: str | None) -> bool:
    """Whether what is on offer has the value of a parameter that is asked for, or has none."""
    if name == "profile":
        # JSON-LD 1.1 §C: "a non-empty list of space-separated URIs"; one of them is enough.
        return offered is None or not set(asked.split()).isdisjoint(offered.split())
    return offered in {None, asked}
