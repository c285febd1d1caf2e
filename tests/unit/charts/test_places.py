"""The small map: places where they are, on the land of a pack that comes with the program."""

import math
from itertools import pairwise

import pytest
from unit.charts.drawn import SVG, chart, extent, frame, looks, pieces, words

from pod.charts import outline
from pod.charts.outline import Window
from pod.charts.places import Spot, places

LYON = Spot(45.76, 4.84, "Lyon", 100)
PARIS = Spot(48.85, 2.35, "Paris", 25)
BREST = Spot(48.39, -4.49, "Brest", 4)
LEON = Window(-6.0, 47.0, 9.0, 51.0)


def spots(root):
    return [
        tuple(float(each.get(name)) for name in ("cx", "cy", "r")) for each in looks(root, "spot")
    ]


def test_north_is_above_and_west_is_left():
    lyon, paris, brest = spots(chart(places(frame(), [LYON, PARIS, BREST])))
    assert brest[0] < paris[0] < lyon[0]
    assert paris[1] < brest[1] < lyon[1]


def test_areas_are_as_the_weights_are():
    lyon, paris, _ = spots(chart(places(frame(), [LYON, PARIS, BREST])))
    assert lyon[2] == pytest.approx(2 * paris[2], abs=0.1)


def test_all_places_are_on_the_map_wherever_they_are():
    corners = [Spot(x, y, f"{x} {y}", 1) for x in (-60, 0, 80) for y in (-179, 0, 179)]
    for x, y, _ in spots(chart(places(frame(), corners))):
        assert 0 < x < 480
        assert 0 < y < 330


def test_places_too_near_to_be_told_apart_are_one_by_the_name_of_the_greater():
    near = Spot(45.7601, 4.8401, "Lyon 1er", 30)
    root = chart(places(frame(unit="trajets"), [near, LYON, BREST]))
    titles = [each[0].text for each in looks(root, "spot")]
    assert titles == ["Lyon, 130\u00a0trajets", "Brest, 4\u00a0trajets"]


def test_names_do_not_touch():
    row = [Spot(45, 4 + place / 3, f"A long name {place}", 1) for place in range(6)]
    named = [each for each in words(chart(places(frame(), row))) if each.startswith("A long")]
    assert 1 <= len(named) < 6


@pytest.mark.parametrize(
    ("known", "shown"),
    [
        ([LYON, BREST], {"land", "border"}),
        ([LYON, Spot(45.77, 4.85, "Croix-Rousse", 1)], {"land"}),
        ([LYON, Spot(35.7, 139.7, "Tokyo", 1)], {"land"}),
    ],
    ids=["a country", "a town, for which the outline is too coarse", "the world"],
)
def test_what_is_drawn_of_the_land_follows_from_how_much_is_seen(known, shown):
    root = chart(places(frame(), known))
    assert {kind for kind in ("land", "border") if looks(root, kind)} == shown


def test_a_distance_is_told_where_it_is_the_same_everywhere():
    root = chart(places(frame(), [LYON, BREST]))
    ((label),) = [each for each in words(root) if each.endswith("km")]
    kilometres = float(label.removesuffix("\u00a0km"))
    bar = extent(pieces(looks(root, "axis")[-1])[0])[2]
    lyon, brest = spots(root)
    apart = math.dist(lyon[:2], brest[:2]) * kilometres / bar
    assert apart == pytest.approx(765, rel=0.03)
    world = chart(places(frame(), [LYON, Spot(35.7, 139.7, "Tokyo", 1)]))
    assert "km" not in " ".join(words(world))


def test_the_outline_has_the_land_where_it_is():
    def is_land(longitude, latitude):
        crossed = 0
        for ring in outline.land(LEON):
            for (x, y), (to, up) in pairwise((*ring, ring[0])):
                if (y > latitude) != (up > latitude):
                    crossed += longitude < x + (to - x) * (latitude - y) / (up - y)
        return crossed % 2 == 1

    assert is_land(2.35, 48.85)
    assert is_land(-1.68, 48.11)
    assert not is_land(-4.0, 49.3)
    assert not is_land(-5.5, 47.5)


def test_the_outline_is_cut_at_the_sides_of_the_window():
    rings = list(outline.land(LEON))
    assert rings
    assert all(-6 <= x <= 9 and 47 <= y <= 51 for ring in rings for x, y in ring)


def test_small_islands_of_france_are_on_the_map():
    for x, y in ((55.5, -21.1), (-61.0, 14.65), (45.15, -12.8)):
        assert list(outline.land(Window(x - 0.5, y - 0.5, x + 0.5, y + 0.5)))


def test_no_place_is_an_empty_chart():
    assert words(chart(places(frame(), []))) == ["Une phrase qui lit le dessin."]


@pytest.mark.parametrize(
    ("latitude", "longitude", "weight"),
    [(91, 0, 1), (0, 181, 1), (math.nan, 0, 1), (0, 0, -1), (0, 0, math.inf)],
)
def test_what_is_nowhere_cannot_be_drawn(latitude, longitude, weight):
    with pytest.raises(ValueError, match="."):
        Spot(latitude, longitude, "nowhere", weight)


def test_a_map_has_no_link_and_asks_for_nothing():
    root = chart(places(frame(), [LYON]))
    assert not list(root.iter(f"{SVG}image"))
    assert not list(root.iter(f"{SVG}a"))
