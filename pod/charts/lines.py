"""Lines over time: one or several, beside those of the year before, over a band of reference."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element

from pod.charts import said
from pod.charts.axes import Plot, day_axis, height, plot_of, value_axis
from pod.charts.frame import Frame, drawing, empty, finite
from pod.charts.legend import Entry, legend
from pod.charts.mark import path, short, through
from pod.charts.scale import Days, around

_COLOURS: Final = 8
_SEEN: Final = 500  # places of a line that are drawn one by one
_YEAR_APART: Final = 180  # days between the ends of two lines that are of one and the next year


@dataclass(frozen=True, slots=True)
class Point:
    """The value of a day; None where there is none, which is drawn as a gap."""

    at: date
    value: float | None
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Points by day. One that `is_before` is of an earlier year: with the dates of that year, it is
    laid over the days of this one.
    """

    label: str
    points: tuple[Point, ...]
    is_before: bool = False


Band: TypeAlias = tuple[tuple[Point, ...], tuple[Point, ...]]  # its low and its high points


def lines(frame: Frame, drawn: tuple[Line, ...], band: Band | None = None) -> str:
    """The lines, each in a look of its own, over a `band` of what is usual.

    ValueError for a value that is no finite number, and for more lines than can be told apart.
    """
    if len(drawn) > _COLOURS:
        raise ValueError(f"Draw at most {_COLOURS} lines in one chart.")
    laid = tuple(_laid(line, drawn) for line in drawn)
    edges = band or ((), ())
    points = [point for each in (*(line.points for line in laid), *edges) for point in each]
    values = tuple(finite(point.value) for point in points if point.value is not None)
    if not values:
        return empty(frame)
    days = Days(min(point.at for point in points), max(point.at for point in points))
    looks = tuple(_looks(laid))
    above, top = legend(_entries(frame, laid, looks))
    plot = plot_of(frame, around(values), top)
    chart = _Chart(frame, plot, days)
    # What was before lies below what is now.
    order = sorted(zip(laid, looks, strict=True), key=lambda pair: not pair[0].is_before)
    return drawing(
        frame,
        height(plot),
        (
            *above,
            *value_axis(frame, plot),
            *day_axis(frame, plot, days),
            *chart.band(edges),
            *(each for line, look in order for each in chart.line(line, look)),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Chart:
    frame: Frame
    plot: Plot
    days: Days

    def place(self, point: Point) -> tuple[float, float]:
        value = point.value or 0.0
        return self.plot.across(self.days.share(point.at)), self.plot.height_of(value)

    def line(self, line: Line, look: str) -> Iterator[Element]:
        sure: list[tuple[Point, ...]] = []
        estimated: list[tuple[Point, ...]] = []
        for run in _runs(line.points):
            for is_estimated, stretch in _stretches(run):
                (estimated if is_estimated else sure).append(stretch)
        if estimated:
            areas = (self._area(stretch) for stretch in estimated)
            yield path("area", *areas, fill=self.frame.under)
            yield path(f"line {look} estimated", *(self._path(each) for each in estimated))
        if sure:
            yield path(f"line {look}", *(self._path(each) for each in sure))

    def band(self, edges: Band) -> Iterator[Element]:
        low, high = (
            [self.place(point) for point in edge if point.value is not None] for edge in edges
        )
        if low and high:
            yield path("band", f"{through([*low, *reversed(high)])}z")

    def _path(self, stretch: Sequence[Point]) -> str:
        return through(_thinned([self.place(point) for point in stretch]))

    def _area(self, stretch: Sequence[Point]) -> str:
        first, last = self.place(stretch[0])[0], self.place(stretch[-1])[0]
        ground = short(self.plot.ground)
        return f"{self._path(stretch)}L{short(last)} {ground}H{short(first)}z"


def _thinned(places: Sequence[tuple[float, float]]) -> Iterable[tuple[float, float]]:
    """The places of a line; of more than can be seen, the highest and the lowest of each stretch
    that is two units wide, so that no peak is lost.
    """
    if len(places) <= _SEEN:
        return places
    kept: dict[int, tuple[int, int]] = {}
    for place, (x, y) in enumerate(places):
        low, high = kept.get(int(x // 2), (place, place))
        kept[int(x // 2)] = (
            place if y > places[low][1] else low,
            place if y < places[high][1] else high,
        )
    chosen = {0, len(places) - 1, *(place for pair in kept.values() for place in pair)}
    return [places[place] for place in sorted(chosen)]


def _laid(line: Line, drawn: Sequence[Line]) -> Line:
    """A line of an earlier year, on the days of the lines of now."""
    now = [point.at for each in drawn if not each.is_before for point in each.points]
    if not line.is_before or not now or not line.points:
        return line
    behind = (max(now) - max(point.at for point in line.points)).days
    years = round(behind / 365.25) if behind > _YEAR_APART else 0
    return replace(line, points=tuple(_later(point, years) for point in line.points))


def _later(point: Point, years: int) -> Point:
    year = point.at.year + years
    day = min(point.at.day, 28) if point.at.month == 2 else point.at.day
    return replace(point, at=point.at.replace(year=year, day=day)) if years else point


def _looks(drawn: Iterable[Line]) -> Iterator[str]:
    place = 0
    for line in drawn:
        place += not line.is_before
        yield "before" if line.is_before else f"c{place}"


def _entries(frame: Frame, drawn: Sequence[Line], looks: Sequence[str]) -> Iterator[Entry]:
    if len(drawn) > 1:
        for line, look in zip(drawn, looks, strict=True):
            yield Entry(line.label, f"line {look}", is_line=True)
    if any(
        point.is_estimated and point.value is not None for line in drawn for point in line.points
    ):
        yield Entry(said.word("estimated", frame.language), "edge", stripes=frame.under)


def _runs(points: Iterable[Point]) -> Iterator[tuple[Point, ...]]:
    """Points that follow one another without a gap."""
    run: list[Point] = []
    for point in sorted(points, key=lambda point: point.at):
        if point.value is not None:
            run.append(point)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _stretches(run: Sequence[Point]) -> Iterator[tuple[bool, tuple[Point, ...]]]:
    """The parts of a run that are estimated and those that are not; a step to or from an estimate
    is one.
    """
    if len(run) == 1:
        yield run[0].is_estimated, (run[0],)
        return
    stretch: list[Point] = []
    kind = False
    for one, other in pairwise(run):
        is_estimated = one.is_estimated or other.is_estimated
        if stretch and is_estimated != kind:
            yield kind, tuple(stretch)
            stretch = []
        kind = is_estimated
        stretch = [*(stretch or [one]), other]
    yield kind, tuple(stretch)
