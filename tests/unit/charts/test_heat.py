"""Calendars of colours: each value at its place, gaps left open, in few bytes."""

import gzip
import math
from datetime import date, timedelta

import pytest
from unit.charts.drawn import SVG, chart, extent, frame, looks, pieces, words

from pod.charts.heat import Cell, heat
from pod.charts.levels import levels_of

FIRST = date(2025, 1, 1)
COLOURS = tuple(f"h{level}" for level in range(1, 7))


def year(value):
    """A year of half hours."""
    return [
        Cell(FIRST + timedelta(day), slot, value(day, slot))
        for day in range(365)
        for slot in range(48)
    ]


def runs(root):
    """Level, day, first slot and last slot of each stroke."""
    for level in COLOURS:
        for each in looks(root, level):
            if "cell" in each.get("class", ""):
                for (x, y), (_, end) in pieces(each):
                    yield level, int(x), int(y), int(end)


def test_each_value_has_its_place_and_its_level():
    cells = [Cell(FIRST, 0, 1.0), Cell(FIRST, 1, 1.0), Cell(FIRST + timedelta(1), 47, 6.0)]
    drawn = list(runs(chart(heat(frame(), cells))))
    assert [each[1:] for each in drawn] == [(0, 0, 2), (1, 47, 48)]
    assert drawn[0][0] < drawn[1][0]


def test_all_of_a_year_is_drawn_once_and_no_gap_is():
    cells = year(
        lambda day, slot: None if day == 40 or slot == 3 else float((day * 7 + slot * 5) % 6)
    )
    drawn = list(runs(chart(heat(frame(), cells))))
    assert sum(end - start for *_, start, end in drawn) == 364 * 47
    assert not [each for each in drawn if each[1] == 40 or each[2] <= 3 < each[3]]
    places = [(day, slot) for _, day, start, end in drawn for slot in range(start, end)]
    assert len(places) == len(set(places))


def test_a_year_of_half_hours_weighs_less_than_a_photograph_of_it():
    markup = heat(frame(), year(lambda day, slot: (math.sin(day * slot) * 1e4) % 3))
    assert len(gzip.compress(markup.encode())) < 25_000


def test_estimated_half_hours_are_striped_as_one_area_a_stretch():
    cells = [
        Cell(FIRST + timedelta(day), slot, 1.0, 2 <= day < 5)
        for day in range(9)
        for slot in range(48)
    ]
    root = chart(heat(frame("z"), cells))
    (over,) = [each for each in looks(root, "over") if each.get("fill") and len(pieces(each)) == 1][
        -1:
    ]
    left, _, width, _ = extent(pieces(over)[0])
    plot = 480 - 4 - 58
    assert (left - 58, width) == pytest.approx((plot * 2 / 9, plot * 3 / 9), abs=0.2)
    assert "estimé" in words(root)


def test_a_calendar_has_weeks_from_monday_down():
    cells = [Cell(date(2026, 6, 1) + timedelta(day), 0, 1.0) for day in range(8)]  # a Monday
    root = chart(heat(frame(), cells, slots=1))
    (days,) = looks(root, "day")
    assert [piece[0] for piece in pieces(days)] == [(0, day) for day in range(7)] + [(1, 0)]
    assert {"lun.", "juin 2026"} <= set(words(root))


def test_a_calendar_of_years_has_a_row_for_each():
    cells = [Cell(FIRST + timedelta(day), 0, 1.0) for day in range(800)]
    root = chart(heat(frame(), cells, slots=1))
    assert len(list(root.iter(f"{SVG}g"))) == 3
    assert sum(len(pieces(each)) for each in looks(root, "day")) == 800


def test_few_high_values_do_not_hide_the_others():
    levels = levels_of([float(value % 10) for value in range(1000)] + [5000.0])
    assert levels.scale.high <= 10
    assert levels.is_open
    assert levels.look(5000.0) == "h6"


@pytest.mark.parametrize("value", [0.0, 5.0, -3.0])
def test_values_that_are_all_alike_have_a_level(value):
    assert levels_of([value] * 3).look(value) in COLOURS


@pytest.mark.parametrize(
    ("cells", "slots"),
    [
        ([Cell(FIRST, 48, 1.0)], 48),
        ([Cell(FIRST, -1, 1.0)], 24),
        ([Cell(FIRST, 0, 1.0)], 7),
        ([Cell(FIRST, 0, math.nan)], 48),
    ],
    ids=["a slot too many", "a slot before midnight", "days of seven slots", "no number"],
)
def test_what_has_no_place_cannot_be_drawn(cells, slots):
    with pytest.raises(ValueError, match="."):
        heat(frame(), cells, slots)


def test_no_cell_is_an_empty_chart():
    assert words(chart(heat(frame(), [Cell(FIRST, 0, None)]))) == ["Une phrase qui lit le dessin."]


def test_the_last_days_of_the_calendar_can_be_drawn():
    for slots in (1, 24):
        assert looks(chart(heat(frame(), [Cell(date.max, 0, 1.0)], slots)), "cell")


def test_the_values_on_the_strip_are_evenly_apart():
    cells = [Cell(date(2026, 1, 1), slot, 50.0 * slot) for slot in range(48)]
    root = chart(heat(frame(unit="W"), cells))
    said = [word for word in words(root) if not word.endswith("h")][:-1]
    assert said[:4] == ["0", "800", "1\u202f600", "2\u202f400\u00a0W"]
