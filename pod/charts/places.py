"""A small map: places as spots, the larger the more there is of them, on the land's outline."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final
from xml.etree.ElementTree import Element

from pod.charts import outline, said
from pod.charts.frame import LINE, SIZE, WIDTH, Frame, drawing, empty, finite
from pod.charts.mark import cut, element, path, short, text, width_of
from pod.charts.outline import Window
from pod.charts.scale import decimals, nice

_TALL: Final = 330.0
_CLOSEST: Final = 0.06  # degrees of latitude from below to above, some seven kilometres
_ALONE: Final = 5.0  # degrees around a single place
_PLAIN: Final = 1.5  # below it the outline would be too coarse, and none is drawn
_WIDE: Final = 45.0  # above it borders would be too dense
_KILOMETRES: Final = 111.2  # of a degree of latitude
_FINE: Final = 2  # the outline is drawn in so many steps a unit
_AROUND: Final = 1.35  # how much more than the places is looked at
_LARGEST: Final = 16.0
_SMALLEST: Final = 4.0
_CELL: Final = 6.0  # spots nearer than this are one
_NAMED: Final = 6
_STEP: Final = 1.0  # what is nearer to the place before is left out of an outline
_ISLET: Final = 3.0  # what is narrower and lower is left out of a wide one


_Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Spot:
    """A place (WGS 84, degrees) with its name and how much there is of it.

    ValueError for what is nowhere on Earth, and for a weight below zero.
    """

    latitude: float
    longitude: float
    label: str
    weight: float

    def __post_init__(self) -> None:
        if not (abs(self.latitude) <= 90 and abs(self.longitude) <= 180):
            raise ValueError("Give a latitude of up to 90 and a longitude of up to 180 degrees.")
        if finite(self.weight) < 0:
            raise ValueError("Give a place a weight of zero or more.")


def places(frame: Frame, spots: Iterable[Spot]) -> str:
    """The places, with the names of those that have most where there is room for them. Places too
    near to be told apart are one, named by the one that has most.
    """
    known = tuple(spots)
    if not known:
        return empty(frame)
    look = _look(known)
    joined = _joined(known, look)
    edge = path("grid", f"M0.5 0.5H{short(WIDTH - 0.5)}V{short(_TALL - 0.5)}H0.5z")
    drawn = (*_outline(look), *_spots(frame, joined, look), edge, *_names(joined, look))
    return drawing(frame, _TALL + LINE + 6, (*drawn, *_distance(frame, look)))


@dataclass(frozen=True, slots=True)
class _Look:
    """What is looked at, and how far apart degrees are in the drawing."""

    window: Window
    narrow: float  # how much less a degree of longitude is than one of latitude

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        scale = _TALL / self.high
        across = (longitude - self.window.west) * self.narrow * scale
        return across, (self.window.north - latitude) * scale

    @property
    def high(self) -> float:
        """Degrees of latitude from below to above."""
        return self.window.north - self.window.south

    def wider(self) -> Window:
        """A little more, so that the sides at which land is cut are not seen."""
        more = self.high / 50
        west, east = self.window.west - more * 2, self.window.east + more * 2
        return Window(west, self.window.south - more, east, self.window.north + more)


def _look(spots: Sequence[Spot]) -> _Look:
    """A window around all spots, of the form of the drawing."""
    south, north = min(spot.latitude for spot in spots), max(spot.latitude for spot in spots)
    west, east = min(spot.longitude for spot in spots), max(spot.longitude for spot in spots)
    narrow = max(0.2, math.cos(math.radians((south + north) / 2)))
    form = narrow * _TALL / WIDTH
    high = max(north - south, (east - west) * form) * _AROUND
    high = max(high, _CLOSEST) if high else _ALONE
    wide = high / form
    middle, centre = (south + north) / 2, (west + east) / 2
    return _Look(
        Window(centre - wide / 2, middle - high / 2, centre + wide / 2, middle + high / 2), narrow
    )


def _joined(spots: Sequence[Spot], look: _Look) -> tuple[Spot, ...]:
    """Spots that can be told apart, those with most first."""
    cells: dict[tuple[int, int], Spot] = {}
    for spot in sorted(spots, key=lambda spot: (-spot.weight, spot.label)):
        x, y = look.at(spot.longitude, spot.latitude)
        cell = round(x / _CELL), round(y / _CELL)
        held = cells.get(cell)
        cells[cell] = replace(held, weight=held.weight + spot.weight) if held else spot
    return tuple(sorted(cells.values(), key=lambda spot: (-spot.weight, spot.label)))


def _outline(look: _Look) -> Iterator[Element]:
    """The land and, unless too much of it is seen, the borders between countries."""
    if look.high < _PLAIN:
        yield path("land plain", f"M0 0H{short(WIDTH)}V{short(_TALL)}H0z")
        return
    window = look.wider()
    shapes = [path("land", *(_line(ring, look, close="z") for ring in outline.land(window)))]
    if look.high < _WIDE:
        shapes.append(path("border", *(_line(line, look) for line in outline.borders(window))))
    view = f"0 0 {short(WIDTH * _FINE)} {short(_TALL * _FINE)}"
    yield element("svg", {"width": WIDTH, "height": _TALL, "viewBox": view}, *shapes)


def _line(line: Iterable[outline.Place], look: _Look, close: str = "") -> str:
    """A line in whole steps, each told from the one before."""
    kept: list[tuple[int, int]] = []
    for place in line:
        x, y = look.at(*place)
        step = round(x * _FINE), round(y * _FINE)
        if not kept or math.dist(kept[-1], step) >= _STEP * _FINE:
            kept.append(step)
    across = max(x for x, _ in kept) - min(x for x, _ in kept)
    down = max(y for _, y in kept) - min(y for _, y in kept)
    if max(across, down) < (_ISLET if look.high > _WIDE else _STEP) * _FINE:
        return ""
    steps = (f"{to[0] - of[0]} {to[1] - of[1]}" for of, to in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}{close}".replace(" -", "-")


def _distance(frame: Frame, look: _Look) -> Iterator[Element]:
    """How long so many kilometres are, unless so much is seen that they differ within it."""
    if look.high > _WIDE:
        return
    scale = _TALL / look.high / _KILOMETRES
    length = nice(0, WIDTH / 4 / scale, 1, (1, 2, 5)).step
    while length * scale > WIDTH / 3:
        length /= 2
    wide = length * scale
    y = _TALL + LINE / 2 + 4
    yield path("axis", f"M0.5 {short(y - 4)}v4h{short(wide)}v-4")
    words = said.with_unit(length, "km", frame.language, decimals([length]))
    yield text((wide + 8, y + SIZE * 0.3), words, kind="soft")


def _radius(spot: Spot, most: float) -> float:
    """Areas are as the weights are."""
    return max(_SMALLEST, _LARGEST * math.sqrt(spot.weight / most)) if most else _SMALLEST


def _spots(frame: Frame, spots: Sequence[Spot], look: _Look) -> Iterator[Element]:
    most = spots[0].weight
    count = decimals(spot.weight for spot in spots)
    for spot in spots:
        x, y = look.at(spot.longitude, spot.latitude)
        amount = said.with_unit(spot.weight, frame.unit, frame.language, count)
        yield element(
            "circle",
            {"class": "dot spot c1", "cx": x, "cy": y, "r": _radius(spot, most)},
            element("title", {}, f"{spot.label}, {amount}"),
        )


def _names(spots: Sequence[Spot], look: _Look) -> Iterator[Element]:
    """The names of the first spots, to the right or to the left of them, where they touch neither
    another name nor the side.
    """
    taken: list[_Box] = []
    for spot in spots[:_NAMED]:
        x, y = look.at(spot.longitude, spot.latitude)
        beside = _radius(spot, spots[0].weight) + 5
        label = cut(spot.label, SIZE, WIDTH / 2)
        wide = width_of(label, SIZE)
        boxes = (
            (left, y - LINE / 2, left + wide, y + LINE / 2)
            for left in (x + beside, x - beside - wide)
        )
        free = next((box for box in boxes if _is_free(box, taken)), None)
        if label and free:
            taken.append(free)
            yield text((free[0], y + SIZE * 0.35), label, kind="clear")


def _is_free(box: _Box, taken: Iterable[_Box]) -> bool:
    left, top, right, bottom = box
    touched = (
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
        for other in taken
    )
    return left > 4 and right < WIDTH - 4 and not any(touched)
