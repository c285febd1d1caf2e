"""The style sheet of charts: every look that is drawn is in it, and stands out from the ground."""

import re
from pathlib import Path

import pytest
from unit.charts.drawn import chart
from unit.charts.test_all import KINDS, drawn

CSS = (Path(__file__).parents[3] / "pod/web/ui/static/charts.css").read_text(encoding="utf-8")
CARDS = re.search(r"--card, light-dark\((#\w+), (#\w+)\)", CSS).groups()
GROUNDS = {"light": (CARDS[0], "#faf7f1"), "dark": (CARDS[1], "#171a18")}  # cards, and the page
PALETTE = re.findall(r"\.(c\d|h\d|before) \{ --c: light-dark\((#\w{6}), (#\w{6})\)", CSS)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


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
