"""What the looks of a chart stand for: a sample and a word each, above the values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from pod.charts.frame import LINE, SIZE, WIDTH
from pod.charts.mark import box, cut, path, short, text, width_of

_SAMPLE: Final = 24.0
_BEFORE: Final = _SAMPLE + 7  # the words begin here
_APART: Final = 14.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A word, and what it explains: the look of a line, of an area and its stripes, or a sign."""

    label: str
    look: str
    is_line: bool = False
    stripes: str = ""
    sign: str = ""


def legend(entries: Iterable[Entry]) -> tuple[tuple[Element, ...], float]:
    """The samples with their words, and how high they are: in columns, so that they are found by
    going down; where the longest words leave no room for two, each after the other.
    """
    parts: list[Element] = []
    labels = [(entry, cut(entry.label, SIZE, WIDTH - _BEFORE)) for entry in entries]
    widest = max((_wide(label) for _, label in labels), default=WIDTH)
    columns = int(WIDTH / widest)
    x, top = 0.0, 0.0
    for entry, label in labels:
        wide = WIDTH / columns if columns > 1 else _wide(label)
        if x and x + wide > WIDTH + _APART:
            x, top = 0.0, top + LINE
        parts += _sample(entry, x, top)
        parts.append(text((x + _BEFORE, top + SIZE), label))
        x += wide
    return tuple(parts), top + LINE + 5 if parts else 0.0


def _wide(label: str) -> float:
    return _BEFORE + width_of(label, SIZE) + _APART


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
