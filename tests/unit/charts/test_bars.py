"""Columns: from zero, as high as their values, with gaps and stripes."""

import math

import pytest
from unit.charts.drawn import chart, extent, frame, looks, pieces, words

from pod.charts.bars import Bar, Part, bars


def heights(markup, colour="c1"):
    return [
        extent(pieces(each)[0]) for each in looks(chart(markup), colour) if len(pieces(each)) == 1
    ]


def column(label, *values, **marks):
    names = ("one", "two", "three")
    return Bar(
        label, tuple(Part(name, value) for name, value in zip(names, values, strict=False)), **marks
    )


def test_columns_are_as_high_as_their_values_and_stand_on_zero():
    drawn = heights(bars(frame(), (column("a", 100), column("b", 50), column("c", 25))))
    a, b, c = drawn
    assert a[3] == pytest.approx(2 * b[3], abs=0.2) == pytest.approx(4 * c[3], abs=0.4)
    assert {round(top + height, 1) for _, top, _, height in drawn} == {round(a[1] + a[3], 1)}


def test_zero_is_on_the_axis_even_where_all_values_are_high():
    assert "0" in words(chart(bars(frame(), (column("a", 1000), column("b", 1001)))))


def test_parts_are_stacked_without_a_gap():
    markup = bars(frame(), (column("a", 30, 20, 10), column("b", 1, 1, 1)))
    below, above = (heights(markup, colour)[-2] for colour in ("c1", "c2"))
    assert above[1] + above[3] == pytest.approx(below[1], abs=0.1)


def test_parts_of_one_label_are_on_one_level_in_all_columns():
    one, other = Part("one", 1), Part("other", 1)
    root = chart(bars(frame(), (Bar("a", (one, other)), Bar("b", (other, one)))))
    stacks = [
        [each.get("class") for each in column if each.get("class")]
        for column in looks(root, "column")
    ]
    assert stacks == [["bar c1", "bar c2"]] * 2


def test_what_is_negative_hangs_below_zero():
    up, down = (heights(bars(frame(), (column("a", 10, -5),)), each)[-1] for each in ("c1", "c2"))
    assert up[1] + up[3] == pytest.approx(down[1], abs=0.1)
    assert up[3] == pytest.approx(2 * down[3], abs=0.2)


def test_a_missing_column_is_a_gap_with_a_word_for_it():
    markup = bars(frame(), (column("a", 5), Bar("b", (), is_missing=True), column("c", 5)))
    assert len(looks(chart(markup), "column")) == 2
    assert {"\u2013", "sans données"} <= set(words(chart(markup)))


def test_what_is_estimated_is_striped_and_nothing_else():
    sure, estimated = column("a", 5), column("b", 5, is_estimated=True)
    root = chart(bars(frame("x"), (sure, estimated)))
    striped = [each for each in looks(root, "column") if looks(each, "over")]
    assert [each[0].text for each in striped] == ["b\u202f: 5\u00a0kWh"]
    assert looks(striped[0], "over")[0].get("fill") == "url(#x-over)"
    assert "estimé" in words(root)
    assert "estimé" not in words(chart(bars(frame(), (sure,))))


def test_beyond_eight_labels_the_smallest_are_others():
    parts = tuple(Part(f"kind {size}", float(size)) for size in range(1, 12))
    root = chart(bars(frame(language="en"), (Bar("a", parts),)))
    others = looks(root, "c8")[-1]
    assert words(root)[7] == "others"
    assert extent(pieces(others)[0])[3] == pytest.approx(
        extent(pieces(looks(root, "c7")[-1])[0])[3] * (1 + 2 + 3 + 4) / 11, abs=0.3
    )


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_no_number_cannot_be_drawn(value):
    with pytest.raises(ValueError, match="finite"):
        bars(frame(), (column("a", value),))


def test_of_many_months_as_many_are_named_as_make_up_a_year():
    root = chart(bars(frame(), tuple(column(f"mois {each}", 1) for each in range(24))))
    assert [word for word in words(root) if word.startswith("mois")][:2] == ["mois 0", "mois 6"]


def test_the_words_of_a_legend_stand_in_columns():
    places = [
        each.get("x")
        for each in chart(bars(frame(), (column("a", 1, 2, 3),))).iter()
        if each.text in {"one", "two", "three"}
    ]
    assert len(set(places)) == len(places) == 3
    long = [Part(f"{'x' * size} {size}", 1) for size in (2, 12, 3, 11)]
    marks = [
        each.get("x")
        for each in chart(bars(frame(), (Bar("a", tuple(long)),))).iter()
        if (each.text or "").startswith("x")
    ]
    assert marks[:2] == marks[2:]
