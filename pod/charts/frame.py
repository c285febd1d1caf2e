"""What all charts share: what they are called, how large they are, and the marks around them."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from pod.charts.mark import element, path, text, width_of, written
from pod.charts.said import LANGUAGES

WIDTH: Final = 480.0  # in the units of the drawing; on the page it is as wide as its place
SIZE: Final = 19.0  # of letters on a narrow screen; charts.css makes them smaller where it is wide
LINE: Final = 25.0  # from one line of words to the next
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Frame:
    """A title, a sentence that reads the chart aloud, the unit of its values ("€", "kWh") and the
    language of its numbers and dates ("fr" or "en"). `name` is told apart from those of other
    charts of the page: ids begin with it.

    ValueError if the name is no ASCII name, or the language is not known.
    """

    title: str
    sentence: str
    unit: str
    language: str
    name: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError("Name a chart by ASCII letters, digits, - and _, with a letter first.")
        if self.language not in LANGUAGES:
            raise ValueError("Write a chart in French (fr) or in English (en).")

    @property
    def over(self) -> str:
        """The stripes that lie over the colour of what is estimated."""
        return f"url(#{self.name}-over)"

    @property
    def under(self) -> str:
        """The stripes that fill what is estimated and has no colour of its own."""
        return f"url(#{self.name}-under)"


def drawing(
    frame: Frame,
    height: float,
    parts: Iterable[Element],
    *,
    width: float = WIDTH,
) -> str:
    """The chart: named by its title, described by its sentence, and as wide as its place."""
    drawn = tuple(parts)
    title, sentence = f"{frame.name}-title", f"{frame.name}-desc"
    return written(
        element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "class": "chart" if width == WIDTH else "chart small",
                "viewBox": f"0 0 {width:g} {math.ceil(height)}",
                "role": "img",
                "aria-labelledby": f"{title} {sentence}",
            },
            element("title", {"id": title}, frame.title),
            element("desc", {"id": sentence}, frame.sentence),
            *_stripes(frame, drawn),
            *drawn,
        )
    )


def empty(frame: Frame) -> str:
    """A chart of no values: its sentence stands where they would be."""
    lines = tuple(_wrapped(frame.sentence, WIDTH - 40))
    height = LINE * len(lines) + 60
    words = (
        text((WIDTH / 2, 35 + LINE * (place + 0.5)), line, anchor="middle", kind="soft")
        for place, line in enumerate(lines)
    )
    edge = path("edge", f"M1 1H{WIDTH - 1:g}V{height - 1:g}H1Z")
    return drawing(frame, height, (edge, *words))


def finite(value: float) -> float:
    """A value that can be drawn; ValueError for what is no number."""
    if not math.isfinite(value):
        raise ValueError("Draw finite numbers only, and give None where a value is missing.")
    return float(value)


def _stripes(frame: Frame, drawn: Iterable[Element]) -> Iterable[Element]:
    used = {each.get("fill") for part in drawn for each in part.iter()}
    for kind, address in (("over", frame.over), ("under", frame.under)):
        if address in used:
            yield element(
                "pattern",
                {
                    "id": f"{frame.name}-{kind}",
                    "width": "5",
                    "height": "5",
                    "patternUnits": "userSpaceOnUse",
                    "patternTransform": "rotate(45)",
                },
                path(f"stripe {kind}", "M0 0V5"),
            )


def _wrapped(words: str, width: float) -> Iterable[str]:
    line = ""
    for word in words.split():
        if line and width_of(f"{line} {word}", SIZE) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    if line:
        yield line
