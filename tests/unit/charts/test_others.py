"""Ring, waterfall, timeline, streams: what is drawn where."""

import math
from datetime import date, timedelta

import pytest
from unit.charts.drawn import SVG, chart, extent, frame, looks, pieces, words

from pod.charts.flow import Stream, flow
from pod.charts.ring import ring
from pod.charts.steps import Step, steps
from pod.charts.timeline import Event, timeline

FIRST = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("share", "dashes", "figure"),
    [(0.25, ["25 100"], "25\u202f%"), (1, [None], "100\u202f%"), (0, [], "0\u202f%")],
)
def test_a_ring_is_filled_as_far_as_its_share(share, dashes, figure):
    root = chart(ring(frame(), share))
    assert [each.get("stroke-dasharray") for each in looks(root, "c1")] == dashes
    assert words(root) == [figure]


@pytest.mark.parametrize("share", [-0.1, 1.1, math.nan])
def test_a_share_of_more_than_all_or_less_than_nothing_is_none(share):
    with pytest.raises(ValueError, match="."):
        ring(frame(), share)


def test_a_waterfall_goes_on_where_the_step_before_ended():
    up, down = Step("in", 60), Step("out", -20)
    root = chart(
        steps(frame(), (Step("begin", 40, is_total=True), up, down, Step("end", 80, is_total=True)))
    )
    begin, end = (extent(piece) for each in looks(root, "before") for piece in pieces(each))
    ((rise),) = (extent(piece) for each in looks(root, "c1") for piece in pieces(each))
    ((fall),) = (extent(piece) for each in looks(root, "c2") for piece in pieces(each))
    assert begin[0] == end[0] == 1
    assert rise[0] == pytest.approx(begin[0] + begin[2], abs=0.2)
    assert fall[0] + fall[2] == pytest.approx(rise[0] + rise[2], abs=0.2)
    assert fall[0] == pytest.approx(end[0] + end[2], abs=0.2)
    assert rise[2] == pytest.approx(3 * fall[2], abs=0.3)
    assert "+60\u00a0kWh" in words(root)


def test_a_waterfall_below_zero_has_zero_inside():
    root = chart(steps(frame(), (Step("a", 100), Step("b", -200))))
    (axis,) = looks(root, "axis")
    assert {x for piece in pieces(axis) for x, _ in piece} == {240}


def dots(root):
    return [(float(each.get("cx")), float(each.get("cy"))) for each in root.iter(f"{SVG}circle")]


def test_events_stand_by_day_and_never_over_one_another():
    events = [Event(FIRST + timedelta(day), "Santé", f"e{day}") for day in (0, 0, 0, 30, 60)]
    places = dots(chart(timeline(frame(), events)))
    assert len(set(places)) == 5
    assert len({x for x, _ in places[:3]}) == 1
    xs = sorted({x for x, _ in places})
    assert xs[1] - xs[0] == pytest.approx(xs[2] - xs[1], abs=0.2)


def test_many_events_of_one_day_are_told_as_one():
    root = chart(timeline(frame(), [Event(FIRST, "Trajets", f"t{n}") for n in range(20)]))
    assert len(dots(root)) == 4
    titles = [each[0].text for each in root.iter(f"{SVG}circle")]
    assert titles[-1] == "17 événements, 1er janvier 2026"


def nodes(root):
    """The place of each name that is drawn, in order."""
    return [extent(pieces(each)[0]) for each in looks(root, "node")]


def test_streams_are_as_wide_as_their_amounts():
    root = chart(flow(frame(), [Stream("a", "x", 300), Stream("b", "x", 100)]))
    first, second, both = nodes(root)
    assert first[3] == pytest.approx(3 * second[3], abs=0.2)
    assert both[3] == pytest.approx(first[3] + second[3], abs=0.2)
    assert len(looks(root, "ribbon")) == 2


def test_streams_of_the_same_names_are_one():
    root = chart(flow(frame(), [Stream("a", "x", 1), Stream("a", "x", 2), Stream("a", "y", 0)]))
    assert len(looks(root, "ribbon")) == 1
    assert [each for each in words(root) if "·" in each] == ["a · 3", "x · 3"]


def test_a_name_that_gives_on_stands_between():
    root = chart(flow(frame(), [Stream("a", "b", 2), Stream("b", "c", 2), Stream("a", "c", 1)]))
    lefts = [left for left, *_ in nodes(root)]
    assert sorted(lefts) == [0, 235, 470]


def test_circles_are_drawn_from_left_to_right():
    root = chart(flow(frame(), [Stream("a", "b", 2), Stream("b", "a", 1), Stream("c", "c", 1)]))
    assert sorted(left for left, *_ in nodes(root)) == [0] * 3 + [470] * 3


def test_the_smallest_of_many_are_others():
    root = chart(flow(frame(), [Stream("a", f"t{size:02}", size) for size in range(1, 21)]))
    assert words(root)[-1] == f"autres · {sum(range(1, 13))}"
    assert len(nodes(root)) == 10


@pytest.mark.parametrize("amount", [-1, math.nan])
def test_a_stream_has_an_amount(amount):
    with pytest.raises(ValueError, match="."):
        flow(frame(), [Stream("a", "b", amount)])


@pytest.mark.parametrize(
    "markup",
    [steps(frame(), ()), timeline(frame(), []), flow(frame(), [Stream("a", "b", 0)])],
    ids=["steps", "timeline", "flow"],
)
def test_nothing_to_draw_is_said_in_words(markup):
    assert words(chart(markup)) == ["Une phrase qui lit le dessin."]
