"""Stacked columns, one after the other, as months are: up from zero, and down what is negative."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from xml.etree.ElementTree import Element

from pod.charts import said
from pod.charts.axes import Plot, below, height, plot_of, value_axis
from pod.charts.frame import SIZE, Frame, drawing, empty, finite
from pod.charts.legend import Entry, legend
from pod.charts.mark import box, element, group, path, text
from pod.charts.scale import from_zero

_COLOURS: Final = 8
GAP: Final = "\u2013"  # stands where a column is missing


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a column: what it is, and how much."""

    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A column with its parts from the ground up. One that `is_missing` is a gap with a dash."""

    label: str
    parts: tuple[Part, ...]
    is_estimated: bool = False
    is_missing: bool = False


def bars(frame: Frame, columns: tuple[Bar, ...]) -> str:
    """The columns. Parts of one label have one colour; beyond eight labels the smallest are
    summed up as others.

    ValueError for a value that is no finite number.
    """
    known = [bar for bar in columns if bar.parts and not bar.is_missing]
    sizes = _sizes(known)
    if not known:
        return empty(frame)
    looks = _looks(sizes, said.word("others", frame.language))
    folded = tuple(replace(bar, parts=_folded(bar, looks)) for bar in columns)
    above, top = legend(_entries(frame, folded, looks))
    scale = from_zero(each for bar in folded for each in _reach(bar))
    plot = plot_of(frame, scale, top)
    slot = (plot.right - plot.left) / len(columns)
    labels = tuple(
        (plot.left + slot * (place + 0.5), bar.label) for place, bar in enumerate(columns)
    )
    drawn = (
        _column(frame, plot, bar, looks, (centre, slot))
        for (centre, _), bar in zip(labels, folded, strict=True)
    )
    return drawing(
        frame, height(plot), (*above, *value_axis(frame, plot), *drawn, *below(plot, labels))
    )


def _sizes(known: Sequence[Bar]) -> dict[str, float]:
    """How much there is of each label, in the order in which they come."""
    sizes: dict[str, float] = {}
    for bar in known:
        for part in bar.parts:
            sizes[part.label] = sizes.get(part.label, 0.0) + abs(finite(part.value))
    return sizes


def _looks(sizes: dict[str, float], others: str) -> dict[str, tuple[str, str]]:
    """The label and the colour under which parts of a label are drawn."""
    kept = set(sizes)
    if len(sizes) > _COLOURS:
        large = (label for label in sizes if label != others)
        kept = set(sorted(large, key=lambda label: -sizes[label])[: _COLOURS - 1])
    named = [label for label in sizes if label in kept]
    looks = {label: (label, f"c{place}") for place, label in enumerate(named, 1)}
    return {label: looks.get(label, (others, f"c{_COLOURS}")) for label in sizes}


def _folded(bar: Bar, looks: dict[str, tuple[str, str]]) -> tuple[Part, ...]:
    """The parts in the order of their colours, what is summed up last."""
    if bar.is_missing:
        return ()
    kept = [part for part in bar.parts if looks[part.label][0] == part.label]
    rest = [part for part in bar.parts if looks[part.label][0] != part.label]
    kept.sort(key=lambda part: looks[part.label][1])
    if not rest:
        return tuple(kept)
    return (*kept, Part(rest[0].label, sum(part.value for part in rest)))


def _reach(bar: Bar) -> tuple[float, float]:
    """How far down and how far up a column goes."""
    values = [float(part.value) for part in bar.parts]
    return sum(each for each in values if each < 0), sum(each for each in values if each > 0)


def _entries(
    frame: Frame, columns: Sequence[Bar], looks: dict[str, tuple[str, str]]
) -> Iterator[Entry]:
    shown = dict(sorted(looks.values(), key=lambda look: look[1]))
    if len(shown) > 1:
        yield from (Entry(label, f"bar {colour}") for label, colour in shown.items())
    if any(bar.is_estimated and bar.parts for bar in columns):
        word = said.word("estimated", frame.language)
        yield Entry(word, "bar before" if len(shown) > 1 else "bar c1", stripes=frame.over)
    if any(bar.is_missing for bar in columns):
        yield Entry(said.word("missing", frame.language), "", sign=GAP)


def _column(
    frame: Frame,
    plot: Plot,
    bar: Bar,
    looks: dict[str, tuple[str, str]],
    place: tuple[float, float],
) -> Element:
    centre, slot = place
    if bar.is_missing:
        return text((centre, plot.ground - SIZE * 0.3), GAP, anchor="middle", kind="soft")
    wide = min(slot * 0.72, 48)
    left = centre - wide / 2
    boxes = [
        (
            looks[part.label][1],
            box(left, plot.height_of(to), wide, plot.height_of(of) - plot.height_of(to)),
        )
        for part, of, to in _stacked(bar)
    ]
    total = said.with_unit(
        sum(part.value for part in bar.parts), frame.unit, frame.language, plot.scale.places
    )
    drawn = [path(f"bar {colour}", shape) for colour, shape in boxes]
    if bar.is_estimated:
        drawn.append(path("over", *(shape for _, shape in boxes), fill=frame.over))
    return group(
        "column", element("title", {}, said.stated(bar.label, total, frame.language)), *drawn
    )


def _stacked(bar: Bar) -> Iterator[tuple[Part, float, float]]:
    """Each part with where it begins and ends: up from zero, or down."""
    up, down = 0.0, 0.0
    for part in bar.parts:
        if part.value >= 0:
            yield part, up, up + part.value
            up += part.value
        else:
            yield part, down + part.value, down
            down += part.value
