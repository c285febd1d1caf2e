"""Where values are drawn, and the axes around: thin lines, few marks, units, words that fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final
from xml.etree.ElementTree import Element

from pod.charts import said
from pod.charts.frame import LINE, SIZE, WIDTH, Frame
from pod.charts.mark import path, short, text, width_of
from pod.charts.scale import Days, Scale

TALL: Final = 210.0  # of the place of the values
_STEPS: Final = (1, 2, 3, 4, 6, 8, 12, 24)
_BESIDE: Final = 8.0  # between words and what they stand beside


@dataclass(frozen=True, slots=True)
class Plot:
    """The place of the values, and their scale from its bottom to its top."""

    left: float
    top: float
    right: float
    bottom: float
    scale: Scale

    def height_of(self, value: float) -> float:
        """How far down the drawing a value stands."""
        return self.bottom - (self.bottom - self.top) * self.scale.share(value)

    def across(self, share: float) -> float:
        """How far to the right a part (0 to 1) of the way stands."""
        return self.left + (self.right - self.left) * share

    @property
    def ground(self) -> float:
        """Where zero stands, or the low end of a scale without zero."""
        return self.height_of(min(max(0.0, self.scale.low), self.scale.high))


def plot_of(frame: Frame, scale: Scale, top: float) -> Plot:
    """The place that words of the scale, and what stands above it, leave."""
    wide = max(width_of(each, SIZE) for each in _labels(frame, scale))
    top += LINE + 4
    return Plot(wide + _BESIDE, top, WIDTH - 4, top + TALL, scale)


def height(plot: Plot) -> float:
    """How high the drawing is with the words below."""
    return plot.bottom + LINE + 4


def value_axis(frame: Frame, plot: Plot) -> Iterator[Element]:
    """A thin line at each round value with its number, and the unit above them."""
    marks = plot.scale.ticks()
    lines = (
        f"M{short(plot.left)} {short(plot.height_of(each))}H{short(plot.right)}" for each in marks
    )
    yield path("grid", *lines)
    yield path("axis", f"M{short(plot.left)} {short(plot.ground)}H{short(plot.right)}")
    for value, label in zip(marks, _labels(frame, plot.scale), strict=True):
        place = (plot.left - _BESIDE, plot.height_of(value) + SIZE * 0.35)
        yield text(place, label, anchor="end", kind="soft")
    yield text((0, plot.top - LINE * 0.6), frame.unit, kind="soft")


def day_axis(frame: Frame, plot: Plot, days: Days) -> Iterator[Element]:
    """Days, months or years below the values: as many as have room for their words."""
    tried = (_marked(frame, plot, days, most) for most in range(5, 0, -1))
    marks = next((marks for marks in tried if _has_room(marks)), ())
    yield path("axis", *(f"M{short(centre)} {short(plot.bottom)}v5" for centre, _ in marks))
    yield from (_below(plot, centre, label) for centre, label in marks)


def below(plot: Plot, labels: Sequence[tuple[float, str]]) -> Iterator[Element]:
    """Words below the values, each in the middle of its place: every one, or every second one, and
    so on, so that none touches another; of months as many as make up a year.
    """
    if not labels:
        return
    gap = (labels[-1][0] - labels[0][0]) / max(1, len(labels) - 1)
    wide = max(width_of(label, SIZE) for _, label in labels) + _BESIDE
    every = next((each for each in _STEPS if gap * each >= wide), len(labels))
    for centre, label in labels[::every]:
        yield _below(plot, centre, label)


def _below(plot: Plot, centre: float, label: str) -> Element:
    return text((_within(centre, label), plot.bottom + LINE), label, anchor="middle", kind="soft")


def _within(centre: float, label: str) -> float:
    """The middle of words that are not to leave the drawing."""
    half = width_of(label, SIZE) / 2
    return min(max(centre, half), WIDTH - half)


def _marked(frame: Frame, plot: Plot, days: Days, most: int) -> tuple[tuple[float, str], ...]:
    marks = days.marks(most)
    return tuple(
        (plot.across(days.share(day)), _day_label(frame, marks, place))
        for place, (day, _) in enumerate(marks)
    )


def _has_room(marks: Sequence[tuple[float, str]]) -> bool:
    return all(
        (width_of(one, SIZE) + width_of(other, SIZE)) / 2 + _BESIDE
        <= _within(right, other) - _within(left, one)
        for (left, one), (right, other) in pairwise(marks)
    )


def _labels(frame: Frame, scale: Scale) -> tuple[str, ...]:
    return tuple(said.number(each, frame.language, scale.places) for each in scale.ticks())


def _day_label(frame: Frame, marks: Sequence[tuple[date, str]], place: int) -> str:
    day, kind = marks[place]
    if kind == "year":
        return str(day.year)
    if kind == "day":
        return said.day_of_month(day, frame.language)
    if place == 0 or marks[place - 1][0].year != day.year:
        return said.month(day, frame.language, short=True)
    return said.month_name(day, frame.language, short=True)
