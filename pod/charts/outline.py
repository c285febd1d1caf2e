"""The outline of land and the borders of countries, from a pack that comes with the program.

`outline.json` is Natural Earth 4.1.0 (public domain), simplified by `bench/outline.py`: western
Europe to about 3 km, the world to about 20 km. Nothing is asked of a server of maps.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

Place = tuple[float, float]  # longitude and latitude in degrees, WGS 84


@dataclass(frozen=True, slots=True)
class Window:
    """What is looked at, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, other: "Window") -> bool:
        """Whether all of another is in this one."""
        west, south = self.west <= other.west, self.south <= other.south
        return west and south and self.east >= other.east and self.north >= other.north

    def has(self, place: Place) -> bool:
        """Whether a place is in it."""
        return self.west <= place[0] <= self.east and self.south <= place[1] <= self.north


@dataclass(frozen=True, slots=True)
class _Pack:
    window: Window
    land: tuple[tuple[Place, ...], ...]
    borders: tuple[tuple[Place, ...], ...]


def land(window: Window) -> Iterator[tuple[Place, ...]]:
    """The rings of the land in a window, cut at its sides; a ring in a ring is water."""
    for ring in _pack(window).land:
        inside = _cut(ring, window)
        if len(inside) > 2:
            yield inside


def borders(window: Window) -> Iterator[tuple[Place, ...]]:
    """The borders between countries in a window, with the step that leads out of it."""
    for line in _pack(window).borders:
        stretch: list[Place] = []
        for one, other in pairwise(line):
            if window.has(one) or window.has(other):
                stretch = [*(stretch or [one]), other]
            elif stretch:
                yield tuple(stretch)
                stretch = []
        if stretch:
            yield tuple(stretch)


def _pack(window: Window) -> _Pack:
    """The finest pack that has all of a window, or else the last one, which is of the world."""
    packs = _packs()
    return next((pack for pack in packs if pack.window.holds(window)), packs[-1])


@cache
def _packs() -> tuple[_Pack, ...]:
    told = json.loads(files("pod.charts").joinpath("outline.json").read_bytes())
    return tuple(
        _Pack(Window(*pack["window"]), _decoded(pack["land"]), _decoded(pack["borders"]))
        for pack in told["packs"]
    )


def _decoded(lines: Iterable[str]) -> tuple[tuple[Place, ...], ...]:
    return tuple(tuple(_places(line)) for line in lines)


def _places(line: str) -> Iterator[Place]:
    x = y = 0
    steps = _whole(line)
    for across, up in zip(steps, steps, strict=True):
        x, y = x + across, y + up
        yield x / 100, y / 100


def _whole(line: str) -> Iterator[int]:
    """Whole numbers from letters of five bits, the lowest first; the lowest bit is the sign."""
    value, bits = 0, 0
    for letter in line:
        code = ord(letter) - 59
        value |= (code & 31) << bits
        bits += 5
        if code < 32:
            yield ~(value >> 1) if value & 1 else value >> 1
            value, bits = 0, 0


def _cut(ring: tuple[Place, ...], window: Window) -> tuple[Place, ...]:
    """What of a ring is in a window, side by side (Sutherland and Hodgman)."""
    sides = ((0, window.west, 1), (1, window.south, 1), (0, window.east, -1), (1, window.north, -1))
    for axis, bound, sign in sides:
        kept: list[Place] = []
        for one, other in zip(ring, (*ring[1:], *ring[:1]), strict=True):
            is_inside = (one[axis] - bound) * sign >= 0
            if is_inside:
                kept.append(one)
            if is_inside != ((other[axis] - bound) * sign >= 0):
                share = (bound - one[axis]) / (other[axis] - one[axis])
                kept.append(
                    (one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share)
                )
        ring = tuple(kept)
    return ring
