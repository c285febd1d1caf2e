"""Lines: gaps are gaps, estimates are striped, last year lies over this one."""

import math
from datetime import date, timedelta

import pytest
from unit.charts.drawn import chart, extent, frame, looks, pieces, words

from pod.charts.lines import Line, Point, lines

FIRST = date(2026, 1, 1)


def days(*values, since=FIRST, estimated=()):
    return tuple(
        Point(since + timedelta(place), value, place in estimated)
        for place, value in enumerate(values)
    )


def line(*values, **options):
    return Line("Consommation", days(*values, **options))


def stretches(root, colour="c1"):
    """The pieces of the line itself, without the sample in the legend."""
    return [piece for each in looks(root, colour) for piece in pieces(each)]


def test_a_gap_breaks_the_line():
    (one, two) = stretches(chart(lines(frame(), (line(1, 2, None, 4, 5),))))
    assert [len(one), len(two)] == [2, 2]
    assert one[-1][0] < two[0][0]


def test_a_value_between_two_gaps_is_a_dot():
    assert [len(each) for each in stretches(chart(lines(frame(), (line(1, None, 3, None),))))] == [
        2,
        2,
    ]


def test_higher_values_stand_higher_in_proportion():
    (places,) = stretches(chart(lines(frame(), (line(0, 50, 100),))))
    (_, low), (_, middle), (_, high) = places
    assert low - high == pytest.approx(2 * (low - middle), abs=0.2)


def test_what_keeps_far_from_zero_need_not_begin_there():
    assert "0" not in words(chart(lines(frame(), (line(71, 72, 73),))))
    assert "0" in words(chart(lines(frame(), (line(10, 72, 73),))))


def test_an_estimated_stretch_has_stripes_below_and_another_look():
    root = chart(lines(frame("y"), (line(1, 2, 3, 4, estimated=(3,)),)))
    (estimated,) = looks(root, "estimated")
    (area,) = looks(root, "area")
    assert len(pieces(estimated)[0]) == 2
    assert area.get("fill") == "url(#y-under)"
    assert "estimé" in words(root)


def test_the_line_of_last_year_lies_over_the_days_of_this_one():
    before = Line("2025", days(1, 2, 3, since=date(2025, 1, 1)), is_before=True)
    root = chart(lines(frame(), (before, Line("2026", days(3, 2, 1)))))
    old, new = looks(root, "before")[-1], looks(root, "c1")[-1]
    assert [x for x, _ in pieces(old)[0]] == [x for x, _ in pieces(new)[0]]
    assert {"2025", "2026"} <= set(words(root))


def test_what_was_before_lies_below_what_is_now():
    before = Line("2025", days(1, 2), is_before=True)
    root = chart(lines(frame(), (Line("2026", days(3, 2)), before)))
    drawn = [each.get("class").split()[1] for each in looks(root, "line")]
    assert drawn == ["c1", "before", "before", "c1"]  # two samples, then the lines


def test_the_last_day_of_february_of_a_leap_year_has_a_place_in_the_next():
    before = Line(
        "2024", (Point(date(2024, 2, 29), 1.0), Point(date(2024, 3, 1), 2.0)), is_before=True
    )
    now = Line("2025", (Point(date(2025, 2, 28), 1.0), Point(date(2025, 3, 1), 2.0)))
    assert len(stretches(chart(lines(frame(), (before, now))), "before")) == 2


def test_a_band_goes_from_low_to_high():
    low, high = days(1, 1, 1), days(3, 3, 3)
    root = chart(lines(frame(), (line(2, 2, 2),), (low, high)))
    (band,) = looks(root, "band")
    ((_, middle), *_) = stretches(root)[0]
    _, top, _, height = extent(pieces(band)[0])
    assert top + height / 2 == pytest.approx(middle, abs=0.2)


def test_of_more_days_than_can_be_seen_no_peak_is_lost():
    values = [float(place % 7) for place in range(4000)]
    values[1234], values[2345] = 90.0, -50.0
    (places,) = stretches(chart(lines(frame(), (line(*values),))))
    assert len(places) < 1000
    scale = pieces(looks(chart(lines(frame(), (line(*values),))), "grid")[0])
    assert min(y for _, y in places) == pytest.approx(scale[-1][0][1] + 210 / 150 * 10, abs=0.2)
    assert max(y for _, y in places) == scale[0][0][1]


def test_nothing_to_draw_is_said_in_words():
    root = chart(lines(frame(), ()))
    assert words(root) == ["Une phrase qui lit le dessin."]


def test_more_lines_than_looks_cannot_be_told_apart():
    with pytest.raises(ValueError, match="at most 8"):
        lines(frame(), (line(1, 2),) * 9)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_cannot_be_drawn(value):
    with pytest.raises(ValueError, match="finite"):
        lines(frame(), (line(1, value),))
