"""What holds for every kind of chart: named, escaped, repeatable, light, and of its own."""

import re
from datetime import date

import pytest
from unit.charts.drawn import SVG, chart, frame

from pod.charts.bars import Bar, Part, bars
from pod.charts.flow import Stream, flow
from pod.charts.frame import Frame
from pod.charts.heat import Cell, heat
from pod.charts.lines import Line, Point, lines
from pod.charts.places import Spot, places
from pod.charts.ring import ring
from pod.charts.steps import Step, steps
from pod.charts.timeline import Event, timeline

HOSTILE = "<script>alert('a' & \"b\")</script>\x00\x1b"
DAYS = (date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3))


def _lines(frame, label):
    points = tuple(Point(day, 1.0 + day.day, day.day == 3) for day in DAYS)
    return lines(frame, (Line(label, points), Line("b", points)), (points, points))


def _bars(frame, label):
    parts = (Part(label, 2.0), Part("b", 3.0))
    return bars(frame, (Bar(label, parts), Bar("c", parts, is_estimated=True)))


def _places(frame, label):
    return places(frame, [Spot(48.85, 2.35, label, 3), Spot(43.3, 5.4, "b", 1)])


def _steps(frame, label):
    return steps(frame, (Step(label, 4), Step("b", -2), Step("c", 2, is_total=True)))


def _timeline(frame, label):
    events = [Event(day, label, label) for day in DAYS]
    return timeline(frame, events)


KINDS = {
    "lines": _lines,
    "bars": _bars,
    "heat": lambda frame, _: heat(frame, [Cell(day, 3, 1.0, day.day == 2) for day in DAYS]),
    "calendar": lambda frame, _: heat(
        frame, [Cell(day, 0, 1.0, is_estimated=True) for day in DAYS], 1
    ),
    "timeline": _timeline,
    "flow": lambda frame, label: flow(frame, [Stream(label, "b", 2), Stream("c", label, 1)]),
    "ring": lambda frame, _: ring(frame, 0.4),
    "steps": _steps,
    "places": _places,
}
each_kind = pytest.mark.parametrize("kind", KINDS)


def drawn(kind, label="label", name="chart"):
    return KINDS[kind](Frame(label, label, label, "fr", name), label)


@each_kind
def test_it_is_named_by_its_title_and_its_sentence(kind):
    root = chart(KINDS[kind](Frame("Titre", "Phrase.", "kWh", "fr", "x1"), "label"))
    named = {each.get("id"): each.text for each in root.iter()}
    assert [named[name] for name in root.get("aria-labelledby").split()] == ["Titre", "Phrase."]
    assert root.get("viewBox").startswith("0 0 ")
    assert root.get("width") is None


@each_kind
def test_it_is_an_image_unless_there_are_links_in_it(kind):
    root = chart(drawn(kind))
    assert root.get("role") == ("group" if list(root.iter(f"{SVG}a")) else "img")


@each_kind
def test_nothing_in_a_label_is_markup(kind):
    markup = drawn(kind, HOSTILE)
    known = {each.tag.removeprefix(SVG) for each in chart(markup).iter()}
    assert known <= {
        *("svg", "title", "desc", "g", "path", "text", "circle", "pattern"),
    }
    assert "<script" not in markup
    assert "\x00" not in markup


@each_kind
def test_it_needs_no_style_no_script_and_nothing_from_outside(kind):
    for each in chart(drawn(kind)).iter():
        assert not [name for name in each.attrib if name == "style" or name.startswith("on")]
        assert "href" not in each.attrib
        assert re.fullmatch(r"url\(#chart-(over|under)\)|", each.get("fill", ""))


@each_kind
def test_ids_are_told_apart_from_those_of_other_charts_and_all_are_there(kind):
    both = drawn(kind, name="a") + drawn(kind, name="b")
    root = chart(f'<div xmlns="http://www.w3.org/2000/svg">{both}</div>')
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    fills = " ".join(each.get("fill", "") for each in root.iter())
    used = set(re.findall(r"#([\w-]+)", fills))
    assert used <= set(ids)


@each_kind
def test_the_same_values_give_the_same_bytes(kind):
    assert drawn(kind) == drawn(kind)


@each_kind
def test_it_is_light(kind):
    assert len(drawn(kind).encode()) < 6000


@pytest.mark.parametrize("name", ["", "1a", "é", "a b", 'a"', "a\n"])
def test_a_name_that_is_no_id_is_refused(name):
    with pytest.raises(ValueError, match="ASCII"):
        frame(name)


def test_a_language_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="French"):
        frame(language="de")
