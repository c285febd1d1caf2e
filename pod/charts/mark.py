"""The marks that charts are made of, as elements of SVG: everything in them is escaped."""

import re
from collections.abc import Iterable, Mapping
from typing import Final
from xml.etree.ElementTree import Element, tostring

_NOT_XML: Final = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDTHS: Final = (
    (frozenset("iljtfrI.,:;'\u2019|!()[] \u202f\u00a0"), 0.35),
    (frozenset("mwMW@%€"), 0.95),
)


def element(tag: str, attributes: Mapping[str, str | float], *inside: Element | str) -> Element:
    """An element with its attributes and what is in it: other elements, or text.

    Characters that XML has no place for become U+FFFD. Attributes that are empty are left out.
    """
    made = Element(tag, {name: _said(value) for name, value in attributes.items() if value != ""})
    for part in inside:
        if isinstance(part, str):
            made.text = (made.text or "") + _clean(part)
        else:
            made.append(part)
    return made


def written(root: Element) -> str:
    """An element and all that is in it, as text."""
    return tostring(root, encoding="unicode")


def group(kind: str, *parts: Element) -> Element:
    """Parts that belong together."""
    return element("g", {"class": kind}, *parts)


def box(left: float, top: float, width: float, height: float) -> str:
    """A rectangle as a piece of a path."""
    return f"M{short(left)} {short(top)}h{short(width)}v{short(height)}h{short(-width)}z"


def path(kind: str, *pieces: str, fill: str = "") -> Element:
    """A path of several pieces, in the look that is called so."""
    return element("path", {"class": kind, "d": "".join(pieces), "fill": fill})


def through(places: Iterable[tuple[float, float]]) -> str:
    """A line through several places, as a piece of a path."""
    first, *others = (f"{short(x)} {short(y)}" for x, y in places)
    return f"M{first}L{' '.join(others)}" if others else f"M{first}h0"


def text(place: tuple[float, float], words: str, *, anchor: str = "", kind: str = "") -> Element:
    """Words that begin at a place, end there (`end`), or have it in their middle (`middle`)."""
    x, y = place
    return element("text", {"class": kind, "x": x, "y": y, "text-anchor": anchor}, words)


def short(value: float) -> str:
    """A length to a tenth, in as few characters as there are."""
    return f"{value:.1f}".removesuffix(".0").replace("-0", "0" if abs(value) < 0.05 else "-0")


def width_of(words: str, size: float) -> float:
    """About how wide words are in a letter of this size; the reader's font is not known here."""
    return size * sum(_wide(letter) for letter in words)


def cut(words: str, size: float, width: float) -> str:
    """Words, or as many of them as go into a width."""
    if width_of(words, size) <= width:
        return words
    while words and width_of(words, size) > width - size:
        words = words[:-1]
    return f"{words.rstrip()}…"


def _wide(letter: str) -> float:
    for letters, width in _WIDTHS:
        if letter in letters:
            return width
    return 0.7 if letter.isupper() else 0.6


def _said(value: str | float) -> str:
    return _clean(value) if isinstance(value, str) else short(value)


def _clean(words: str) -> str:
    return _NOT_XML.sub("\ufffd", words)
