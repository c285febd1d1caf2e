"""A calendar of colours: days from left to right and hours downwards, or weeks and their days."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from xml.etree.ElementTree import Element

from pod.charts import said
from pod.charts.axes import Plot, day_axis, height
from pod.charts.frame import LINE, SIZE, WIDTH, Frame, drawing, empty, finite
from pod.charts.legend import Entry, legend
from pod.charts.levels import HIGH, Levels, levels_of
from pod.charts.mark import box, cut, element, path, short, text, width_of
from pod.charts.scale import Days, Scale

_SLOTS: Final = (1, 24, 48, 96)
_LEFT: Final = 58.0
_TALL: Final = 216.0
_HALF_YEAR: Final = 27  # weeks in a row of a calendar of a year
_YEAR: Final = 53  # and of a longer one
_LARGEST: Final = 26.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a day, or of one of its slots, of which 0 begins at midnight; None is a gap."""

    day: date
    slot: int
    value: float | None
    is_estimated: bool = False


_Known = Mapping[tuple[date, int], Cell]


def heat(frame: Frame, cells: Iterable[Cell], slots: int = 48) -> str:
    """The cells in colours from little to much. With 24, 48 or 96 slots a day, days go from left to
    right and hours down; with one slot, weeks go from left to right and their days down.

    What has no cell or no value is a gap. Of two cells of one place the last is drawn. ValueError
    for another number of slots, a slot that a day has not, or a value that is no finite number.
    """
    if slots not in _SLOTS:
        raise ValueError("Divide a day into 1, 24, 48 or 96 slots.")
    known = {(cell.day, cell.slot): cell for cell in cells if cell.value is not None}
    if any(not 0 <= cell.slot < slots for cell in known.values()):
        raise ValueError(f"Count the slots of a day from 0 to {slots - 1}.")
    if not known:
        return empty(frame)
    levels = levels_of([finite(cell.value) for cell in known.values() if cell.value is not None])
    marks, down = _marks(frame, known)
    strip = (*levels.strip(frame, _LEFT), *_shifted(marks, HIGH))
    if slots == 1:
        drawn, high = _calendar(frame, known, levels, HIGH + down)
    else:
        drawn, high = _hours(frame, known, levels, (HIGH + down, slots))
    return drawing(frame, high, (*strip, *drawn))


def _marks(frame: Frame, known: _Known) -> tuple[tuple[Element, ...], float]:
    if not any(cell.is_estimated for cell in known.values()):
        return (), 0.0
    return legend([Entry(said.word("estimated", frame.language), "bar before", stripes=frame.over)])


def _shifted(marks: tuple[Element, ...], down: float) -> Iterator[Element]:
    if marks:
        yield element("g", {"transform": f"translate({short(_LEFT - 4)} {short(down)})"}, *marks)


def _hours(
    frame: Frame, known: _Known, levels: Levels, place: tuple[float, int]
) -> tuple[tuple[Element, ...], float]:
    top, slots = place
    first, last = min(day for day, _ in known), max(day for day, _ in known)
    count = (last - first).days + 1
    plot = Plot(_LEFT, top, WIDTH - 4, top + _TALL, Scale(0, 1, 1))
    wide, tall = (plot.right - plot.left) / count, _TALL / slots
    runs: dict[str, list[tuple[int, int, int]]] = {}
    striped = []
    for across in range(count):
        day = [known.get((first + timedelta(across), slot)) for slot in range(slots)]
        for look, start, size in _runs([_look(cell, levels) for cell in day]):
            runs.setdefault(look, []).append((across, start, size))
        stripes = ["over" if cell and cell.is_estimated else "" for cell in day]
        striped += [(across, start, size) for _, start, size in _runs(stripes)]
    move = f"translate({short(plot.left)} {short(top)}) scale({wide:.4f} {tall:.4f})"
    paths = (path(f"cell {look}", *_pieces(runs[look])) for look in sorted(runs))
    over = (
        box(plot.left + x * wide, top + y * tall, size_x * wide, size_y * tall)
        for x, y, size_x, size_y in _joined(striped)
    )
    drawn = (
        element("g", {"transform": move}, *paths),
        *([path("over", *over, fill=frame.over)] if striped else []),
        *(
            text(
                (_LEFT - 8, top + _TALL * each / 24 + 6),
                said.hour(each, frame.language),
                anchor="end",
                kind="soft",
            )
            for each in (0, 6, 12, 18, 24)
        ),
        *day_axis(frame, plot, Days(first, last + timedelta(1) if last < date.max else last)),
    )
    return drawn, height(plot)


def _look(cell: Cell | None, levels: Levels) -> str:
    return "" if cell is None or cell.value is None else levels.look(cell.value)


def _runs(looks: list[str]) -> Iterator[tuple[str, int, int]]:
    """Neighbours of one look: the look, where they begin, and how many they are."""
    start = 0
    for place in range(1, len(looks) + 1):
        if place == len(looks) or looks[place] != looks[start]:
            if looks[start]:
                yield looks[start], start, place - start
            start = place


def _pieces(runs: Iterable[tuple[int, int, int]]) -> Iterator[str]:
    """Runs as strokes one day wide, each told from the end of the one before: that is shortest."""
    x, y = 0, 0
    for across, start, size in runs:
        begin = f"m{across - x} {start - y}" if (x, y) != (0, 0) else f"M{across}.5 {start}"
        yield f"{begin}v{size}"
        x, y = across, start + size


def _joined(runs: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Runs of neighbouring days that are alike as one: its day, its slot, how many of both."""
    alike: dict[tuple[int, int], list[int]] = {}
    for across, start, size in runs:
        alike.setdefault((start, size), []).append(across)
    for (start, size), days in alike.items():
        begin = 0
        for place in range(1, len(days) + 1):
            if place == len(days) or days[place] != days[place - 1] + 1:
                yield days[begin], start, place - begin, size
                begin = place


def _calendar(
    frame: Frame, known: _Known, levels: Levels, top: float
) -> tuple[tuple[Element, ...], float]:
    days = sorted(day for day, _ in known)
    monday = days[0] - timedelta(days[0].weekday())
    weeks = (days[-1] - monday).days // 7 + 1
    row = _HALF_YEAR if weeks <= 2 * _HALF_YEAR else _YEAR
    side = min(_LARGEST, (WIDTH - _LEFT - 4) / min(row, weeks))
    drawn: list[Element] = []
    for begin in range(0, weeks, row):
        first = monday + timedelta(7 * begin)
        drawn += _month_names(frame, (first, min(row, weeks - begin)), side, top)
        drawn += _week_rows(frame, known, levels, (first, row, side, top + LINE + 6))
        top += LINE + 6 + 7 * side + 14
    return tuple(drawn), top


def _week_rows(
    frame: Frame, known: _Known, levels: Levels, place: tuple[date, int, float, float]
) -> Iterator[Element]:
    first, row, side, top = place
    looks: dict[str, list[str]] = {}
    stripes = []
    for after in range(7 * row):
        cell = known.get((first + timedelta(after), 0)) if _is_day(first, after) else None
        if cell is None or cell.value is None:
            continue
        week, day = divmod(after, 7)
        looks.setdefault(levels.look(cell.value), []).append(f"M{week} {day}h0.9")
        if cell.is_estimated:
            stripes.append(box(_LEFT + week * side, top + day * side, side * 0.9, side * 0.9))
    move = f"translate({short(_LEFT)} {short(top + side * 0.45)}) scale({side:.3f})"
    yield element(
        "g",
        {"transform": move},
        *(path(f"cell day {look}", *looks[look]) for look in sorted(looks)),
    )
    if stripes:
        yield path("over", *stripes, fill=frame.over)
    for day in (0, 3, 6):
        y = top + (day + 0.45) * side + SIZE * 0.35
        yield text(
            (_LEFT - 8, y),
            said.weekday(date(2024, 1, 1 + day), frame.language),
            anchor="end",
            kind="soft",
        )


def _is_day(first: date, after: int) -> bool:
    return (date.max - first).days >= after


def _month_names(
    frame: Frame, weeks: tuple[date, int], side: float, top: float
) -> Iterator[Element]:
    """Each month over the week in which it begins, where there is room; the first with its year."""
    first, count = weeks
    end = 0.0
    for week in range(count):
        day = first + timedelta(7 * week + 6) if _is_day(first, 7 * week + 6) else date.max
        if day.day > 7:
            continue
        label = said.month_name(day, frame.language, short=True)
        if not end or day.month == 1:
            label = said.month(day, frame.language, short=True)
        left = _LEFT + week * side
        wide = width_of(label, SIZE)
        if left >= end and left + wide <= WIDTH:
            yield text((left, top + SIZE), cut(label, SIZE, WIDTH), kind="soft")
            end = left + wide + 8
