"""The style sheet of charts: every look that is drawn is in it, and stands out from the ground."""

import re
from itertools import combinations
from math import dist
from operator import mul
from pathlib import Path

import pytest
from unit.charts.drawn import chart
from unit.charts.test_all import KINDS, drawn

CSS = (Path(__file__).parents[3] / "pod/web/ui/static/charts.css").read_text(encoding="utf-8")
CARDS = re.search(r"--card, light-dark\((#\w+), (#\w+)\)", CSS).groups()
GROUNDS = {"light": (CARDS[0], "#faf7f1"), "dark": (CARDS[1], "#171a18")}  # cards, and the page
PALETTE = re.findall(r"\.(c\d|h\d|before) \{ --c: light-dark\((#\w{6}), (#\w{6})\)", CSS)


# What eyes make of red, green and blue, or without one of the three (Machado et al., 2009).
EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "no green": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "no blue": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour):
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def seen(colour, eyes):
    """A place in CIELAB, where what is far apart looks different."""
    parts = linear(colour)
    red, green, blue = (min(max(sum(map(mul, row, parts)), 0), 1) for row in EYES[eyes])
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    x, y, z = (
        each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in (x, y, z)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("_", *GROUNDS), PALETTE)
def test_graphics_have_a_contrast_of_three_to_one(_, light, dark):
    assert min(contrast(light, ground) for ground in GROUNDS["light"]) >= 3
    assert min(contrast(dark, ground) for ground in GROUNDS["dark"]) >= 3


def test_there_are_eight_colours_and_six_levels():
    names = {f"c{place}" for place in range(1, 9)} | {f"h{place}" for place in range(1, 7)}
    assert {name for name, *_ in PALETTE} == names | {"before"}


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("side", [1, 2], ids=GROUNDS)
def test_colours_of_one_chart_differ_for_all_eyes(eyes, side):
    colours = [seen(each[side], eyes) for each in PALETTE if each[0].startswith("c")]
    assert min(dist(*pair) for pair in combinations(colours, 2)) > 15


def test_levels_go_from_near_the_ground_to_far_from_it():
    levels = [each for each in PALETTE if each[0].startswith("h")]
    for side, ground in enumerate(CARDS, 1):
        steps = [contrast(each[side], ground) for each in levels]
        assert steps == sorted(steps)


def test_words_that_are_quiet_can_still_be_read():
    light, dark = re.search(r"--soft, light-dark\((#\w+), (#\w+)\)", CSS).groups()
    assert min(contrast(light, ground) for ground in GROUNDS["light"]) >= 4.5
    assert min(contrast(dark, ground) for ground in GROUNDS["dark"]) >= 4.5


@pytest.mark.parametrize("kind", KINDS)
def test_each_look_that_is_drawn_is_in_the_style_sheet(kind):
    used = {look for each in chart(drawn(kind)).iter() for look in each.get("class", "").split()}
    assert used - {"column"} <= set(re.findall(r"\.([a-z]+\d?)\b", CSS))


def test_the_style_sheet_asks_for_nothing():
    assert "url(" not in CSS
    assert "@import" not in CSS
