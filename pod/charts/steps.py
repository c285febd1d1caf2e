"""A waterfall: from one total to another by steps, one below the other, as words need the room."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from pod.charts import said
from pod.charts.frame import SIZE, WIDTH, Frame, drawing, empty, finite
from pod.charts.mark import box, cut, path, short, text, width_of
from pod.charts.scale import decimals

_ROW: Final = 50.0
_BAR: Final = 16.0
_TOP: Final = 23.0  # from the top of a row to its bar


@dataclass(frozen=True, slots=True)
class Step:
    """What is added or taken away; one that `is_total` is the sum that is reached."""

    label: str
    value: float
    is_total: bool = False


def steps(frame: Frame, each: tuple[Step, ...]) -> str:
    """The steps from top to bottom. A total is drawn from zero, by its own value: whether it is
    the sum of the steps before is for the one who gives it. A step begins where the one before
    ended.

    ValueError for a value that is no finite number.
    """
    if not each:
        return empty(frame)
    spans = tuple(_spans(each))
    low, high = min(min(span) for span in spans), max(max(span) for span in spans)
    low, high = min(low, 0.0), max(high, 0.0)
    wide = (WIDTH - 2) / ((high - low) or 1.0)
    places = decimals(step.value for step in each)
    drawn = [
        part
        for place, (step, span) in enumerate(zip(each, spans, strict=True))
        for part in _row(frame, (step, places), place * _ROW, _across(span, low, wide))
    ]
    zero = short(1 - low * wide)
    ends = ((place * _ROW + _TOP, 1 + (span[1] - low) * wide) for place, span in enumerate(spans))
    ties = [f"M{short(x)} {short(y + _BAR)}v{short(_ROW - _BAR)}" for y, x in ends][:-1]
    axis = (
        f"M{zero} {short(place * _ROW + _TOP - 3)}v{short(_BAR + 6)}" for place in range(len(each))
    )
    tied = (path("tie", *ties),) if ties else ()
    return drawing(frame, _ROW * len(each), (*tied, *drawn, path("axis", *axis)))


def _spans(each: Sequence[Step]) -> Iterator[tuple[float, float]]:
    """Where each step begins and where it ends."""
    reached = 0.0
    for step in each:
        begin = 0.0 if step.is_total else reached
        reached = begin + finite(step.value)
        yield begin, reached


def _across(span: tuple[float, float], low: float, wide: float) -> tuple[float, float]:
    return 1 + (min(span) - low) * wide, abs(span[1] - span[0]) * wide


def _row(
    frame: Frame, step: tuple[Step, int], top: float, across: tuple[float, float]
) -> Iterator[Element]:
    what, places = step
    left, wide = across
    sign = "+" if what.value > 0 and not what.is_total else ""
    amount = f"{sign}{said.with_unit(what.value, frame.unit, frame.language, places)}"
    strong = "clear strong" if what.is_total else "clear"
    room = WIDTH - width_of(amount, SIZE) - 16
    yield text((0, top + SIZE), cut(what.label, SIZE, room), kind=strong)
    yield text((WIDTH, top + SIZE), amount, anchor="end", kind=strong)
    look = "before" if what.is_total else "c1" if what.value >= 0 else "c2"
    yield path(f"bar {look}", box(left, top + _TOP, max(wide, 1.0), _BAR))
