"""Makes `pod/charts/outline.json`: `python bench/outline.py FOLDER`.

FOLDER holds `countries-50m.json` and `countries-110m.json` of the npm package `world-atlas` 2.0.2,
which are TopoJSON of Natural Earth 4.1.0: public domain, made by its volunteers
(naturalearthdata.com). The whole world is taken from the small scale, western Europe from the
middle one; both are simplified until they fit. Lines are written as differences in hundredths of a
degree, in as few letters as there are.
"""

import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

Place = tuple[float, float]
Line = list[Place]
Window = tuple[float, float, float, float]  # west, south, east, north

EUROPE = (-16.0, 33.0, 32.0, 63.0)
WORLD = (-180.0, -60.0, 180.0, 84.0)
ISLANDS = (  # of France, too small for the scale of the world
    (-62.0, 14.2, -60.5, 16.7),  # Guadeloupe, Martinique
    (55.0, -21.6, 56.0, -20.7),  # Réunion
    (44.9, -13.1, 45.4, -12.5),  # Mayotte
)
TARGET = Path(__file__).parent.parent / "pod/charts/outline.json"
FROM = "Natural Earth 4.1.0 by way of world-atlas 2.0.2: public domain"


def arcs_of(topology: dict) -> Iterator[Line]:
    (wide, high), (left, down) = (topology["transform"][key] for key in ("scale", "translate"))
    for arc in topology["arcs"]:
        x = y = 0
        places = []
        for across, up in arc:
            x, y = x + across, y + up
            places.append((x * wide + left, y * high + down))
        yield places


def rings_of(geometry: dict) -> Iterator[list[int]]:
    match geometry["type"]:
        case "GeometryCollection":
            for each in geometry["geometries"]:
                yield from rings_of(each)
        case "Polygon":
            yield from geometry["arcs"]
        case "MultiPolygon":
            for polygon in geometry["arcs"]:
                yield from polygon


def joined(arcs: list[Line], ring: list[int]) -> Line:
    """The places of a ring: each arc without its last place, which is the first of the next."""
    return [place for arc in ring for place in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])[:-1]]


def inner(arcs: list[Line], countries: dict) -> list[Line]:
    """The arcs that two countries share."""
    uses = {}
    for ring in rings_of(countries):
        for arc in ring:
            place = arc if arc >= 0 else ~arc
            uses[place] = uses.get(place, 0) + 1
    return [arcs[place] for place, count in sorted(uses.items()) if count > 1]


def simple(places: Line, least: float) -> Line:
    """A line without what is nearer than `least` degrees to a straight one."""
    if len(places) < 3:
        return places
    first, last = places[0], places[-1]
    far, where = max((away(place, first, last), at) for at, place in enumerate(places[1:-1], 1))
    if far < least:
        return [first, last]
    return simple(places[: where + 1], least)[:-1] + simple(places[where:], least)


def away(place: Place, first: Place, last: Place) -> float:
    (x, y), (a, b), (c, d) = place, first, last
    length = math.hypot(c - a, d - b)
    if not length:
        return math.hypot(x - a, y - b)
    return abs((d - b) * x - (c - a) * y + c * b - d * a) / length


def simple_ring(ring: Line, least: float) -> Line:
    half = len(ring) // 2
    return simple(ring[: half + 1], least)[:-1] + simple([*ring[half:], ring[0]], least)[:-1]


def size(ring: Line) -> float:
    following = [*ring[1:], ring[0]]
    return abs(sum(a * d - c * b for (a, b), (c, d) in zip(ring, following, strict=True))) / 2


def clipped(ring: Line, window: Window) -> Line:
    """What of a ring is in a window, side by side."""
    west, south, east, north = window
    for axis, bound, sign in ((0, west, 1), (1, south, 1), (0, east, -1), (1, north, -1)):
        kept = []
        for one, other in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            inside = (one[axis] - bound) * sign >= 0
            if inside:
                kept.append(one)
            if inside != ((other[axis] - bound) * sign >= 0):
                share = (bound - one[axis]) / (other[axis] - one[axis])
                kept.append(tuple(a + (b - a) * share for a, b in zip(one, other, strict=True)))
        ring = kept
    return ring


def within(line: Line, window: Window) -> bool:
    west, south, east, north = window
    return any(west <= x <= east and south <= y <= north for x, y in line)


def encoded(line: Line) -> str:
    """Differences in hundredths of a degree, in letters of five bits, the sign in the lowest."""
    letters = []
    before = (0, 0)
    for place in line:
        whole = tuple(round(each * 100) for each in place)
        for value, last in zip(whole, before, strict=True):
            rest = value - last
            rest = ~(rest << 1) if rest < 0 else rest << 1
            while rest >= 32:
                letters.append(chr((rest & 31 | 32) + 59))
                rest >>= 5
            letters.append(chr(rest + 59))
        before = whole
    return "".join(letters)


def lands(topology: dict) -> Iterator[Line]:
    """The rings of all land; one that goes over the day line is told from both sides of it."""
    arcs = list(arcs_of(topology))
    for ring in rings_of(topology["objects"]["land"]):
        ahead = unwound(joined(arcs, ring))
        yield ahead
        if max(x for x, _ in ahead) > 180:
            yield [(x - 360, y) for x, y in ahead]
        if min(x for x, _ in ahead) < -180:
            yield [(x + 360, y) for x, y in ahead]


def unwound(ring: Line) -> Line:
    """A ring without a leap from one end of the world to the other."""
    turns = 0
    told = ring[:1]
    for (before, _), (x, y) in pairwise(ring):
        turns += (x - before < -180) - (x - before > 180)
        told.append((x + 360 * turns, y))
    return told


def islands(topology: dict) -> Iterator[Line]:
    for ring in lands(topology):
        if any(all(within([place], window) for place in ring) for window in ISLANDS):
            yield simple_ring(ring, 0.02)


def pack(topology: dict, window: Window, least: float, smallest: float) -> dict:
    cut = (clipped(ring, window) for ring in lands(topology))
    rings = [simple_ring(ring, least) for ring in cut if len(ring) > 3 and size(ring) > smallest]
    borders = inner(list(arcs_of(topology)), topology["objects"]["countries"])
    lines = [simple(line, least) for line in borders if within(line, window)]
    return {
        "window": window,
        "land": [encoded(ring) for ring in rings if len(ring) > 2],
        "borders": [encoded(line) for line in lines],
    }


def main(folder: str) -> None:
    read = (Path(folder, f"countries-{scale}.json").read_bytes() for scale in ("110m", "50m"))
    small, middle = map(json.loads, read)
    europe, world = pack(middle, EUROPE, 0.04, 0.03), pack(small, WORLD, 0.3, 0.5)
    world["land"] += [encoded(ring) for ring in islands(middle)]
    text = json.dumps({"source": FROM, "packs": [europe, world]}, separators=(",", ":"))
    TARGET.write_text(text + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(text)} octets")


if __name__ == "__main__":
    main(*sys.argv[1:])
