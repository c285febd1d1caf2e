"""What the looks of a chart stand for: a sample and a word each, above the values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from pod.charts.frame import LINE, SIZE, WIDTH
from pod.charts.mark import box, cut, path, short, text, width_of

_SAMPLE: Final = 24.0
_APART: Final = 16.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A word, and what it explains: the look of a line, of an area and its stripes, or a sign."""

    label: str
    look: str
    is_line: bool = False
    stripes: str = ""
    sign: str = ""


def legend(entries: Iterable[Entry]) -> tuple[tuple[Element, ...], float]:
    """The samples with their words, in as many lines as they need; and how high they are."""
    parts: list[Element] = []
    x, top = 0.0, 0.0
    for entry in entries:
        label = cut(entry.label, SIZE, WIDTH - _SAMPLE - 8)
        wide = _SAMPLE + 7 + width_of(label, SIZE)
        if x and x + wide > WIDTH:
            x, top = 0.0, top + LINE
        parts += _sample(entry, x, top)
        parts.append(text((x + _SAMPLE + 7, top + SIZE), label))
        x += wide + _APART
    return tuple(parts), top + LINE + 5 if parts else 0.0


def _sample(entry: Entry, left: float, top: float) -> Iterator[Element]:
    middle = top + SIZE * 0.65
    if entry.sign:
        yield text((left + 11, top + SIZE), entry.sign, anchor="middle", kind="soft")
        return
    if entry.is_line:
        yield path(entry.look, f"M{short(left)} {short(middle)}h{short(_SAMPLE)}")
        return
    shape = box(left + 4, middle - 7, 14, 14)
    yield path(entry.look, shape)
    if entry.stripes:
        yield path("over", shape, fill=entry.stripes)
