"""A timeline of everything: a lane for each kind of thing, its events as dots on their days."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from xml.etree.ElementTree import Element

from pod.charts import said
from pod.charts.axes import Plot, day_axis, height
from pod.charts.frame import LINE, SIZE, WIDTH, Frame, drawing, empty
from pod.charts.mark import cut, element, path, short, text
from pod.charts.scale import Days, Scale

_COLOURS: Final = 8
_DOT: Final = 5.5  # half the width of a dot
_APART: Final = 2 * _DOT + 1
_HIGHEST: Final = 4  # dots above one another; more of one place are told as one
_EDGE: Final = _DOT + 2


@dataclass(frozen=True, slots=True)
class Event:
    """What was on a day, in the lane of its kind."""

    at: date
    lane: str
    label: str


@dataclass(frozen=True, slots=True)
class _Dot:
    """Events of about one day, how far across they stand, and on which level of their lane."""

    events: tuple[Event, ...]
    x: float
    level: int


def timeline(frame: Frame, events: Iterable[Event]) -> str:
    """The lanes in the order in which they first come, the events of each by day. Of more than four
    at one place the rest is told as one dot. None leads anywhere: a dot is too small to be pressed,
    and there are more of them than anybody wants to go through by keyboard.
    """
    known = sorted(events, key=lambda event: event.at)
    if not known:
        return empty(frame)
    days = Days(known[0].at, known[-1].at)
    lanes: dict[str, list[Event]] = {}
    for event in known:
        lanes.setdefault(event.lane, []).append(event)
    drawn: list[Element] = []
    top = 0.0
    for place, (lane, held) in enumerate(lanes.items()):
        dots = tuple(_dots(held, days))
        high = LINE + (1 + max(dot.level for dot in dots)) * _APART + 8
        drawn += _lane(frame, (lane, dots), f"c{place % _COLOURS + 1}", (top, high))
        top += high + 8
    plot = Plot(_EDGE, 0, WIDTH - _EDGE, top, Scale(0, 1, 1))
    return drawing(frame, height(plot), (*drawn, *day_axis(frame, plot, days)))


def _dots(events: Sequence[Event], days: Days) -> Iterator[_Dot]:
    """Each event at its day, above others that stand there already."""
    ends = [-WIDTH] * (_HIGHEST - 1)
    rest: list[tuple[float, Event]] = []
    for event in events:
        x = _EDGE + (WIDTH - 2 * _EDGE) * days.share(event.at)
        level = next((level for level, end in enumerate(ends) if end <= x), None)
        if level is None:
            rest.append((x, event))
        else:
            ends[level] = x + _APART
            yield _Dot((event,), x, level)
    yield from _together(rest)


def _together(rest: Sequence[tuple[float, Event]]) -> Iterator[_Dot]:
    """Events that found no level of their own, as few dots above the others."""
    begin = 0
    for place in range(1, len(rest) + 1):
        if place == len(rest) or rest[place][0] >= rest[begin][0] + _APART:
            x = (rest[begin][0] + rest[place - 1][0]) / 2
            yield _Dot(tuple(event for _, event in rest[begin:place]), x, _HIGHEST - 1)
            begin = place


def _lane(
    frame: Frame, lane: tuple[str, Sequence[_Dot]], look: str, place: tuple[float, float]
) -> Iterator[Element]:
    label, dots = lane
    top, high = place
    ground = top + high - _DOT
    yield text((0, top + SIZE), cut(label, SIZE, WIDTH), kind="strong")
    yield path("grid", f"M0 {short(ground)}H{short(WIDTH)}")
    for dot in dots:
        yield _marked(frame, dot, look, ground - dot.level * _APART)


def _marked(frame: Frame, dot: _Dot, look: str, y: float) -> Element:
    large = len(dot.events) > 1
    return element(
        "circle",
        {"class": f"dot {look}", "cx": dot.x, "cy": y, "r": _DOT + 1.5 if large else _DOT},
        element("title", {}, _named(frame, dot.events)),
    )


def _named(frame: Frame, events: Sequence[Event]) -> str:
    """What a dot stands for: an event and its day, or how many events of which days."""
    since, until = (said.dated(event.at, frame.language) for event in (events[0], events[-1]))
    if len(events) == 1:
        return f"{events[0].label}, {since}"
    count = said.number(len(events), frame.language)
    span = since if since == until else f"{since} \u2013 {until}"
    return f"{count} {said.word('events', frame.language)}, {span}"
