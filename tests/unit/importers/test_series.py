from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.contract import Key, Reading, Series
from importers.series import (
    Chunk,
    Slot,
    at,
    by_slot,
    chunks,
    duration,
    merge,
    moment,
    read_values,
    seconds_of,
    settle,
    slot_of,
    written,
)

LOAD = Series(
    name="load",
    meter=Key(stable="12345678901234"),
    commodity="electricity",
    quantity="ActivePower",
    unit="W",
    energy="mean-power",
)
calm = settings(deadline=None)  # the machine may be busy
HALF_HOUR = 1800
MARCH = moment(datetime(2024, 2, 29, 23, tzinfo=UTC))  # midnight of the 1st in Paris


def reading(place, value, *, start=MARCH, step=HALF_HOUR, **more):
    begin = start + place * step
    number = None if value is None else Decimal(value)
    return Reading(
        series=LOAD,
        start=at(begin, LOAD.zone),
        end=at(begin + step, LOAD.zone),
        value=number,
        locator=f"line={place}",
        **more,
    )


def chunk_from(values, *, start=MARCH, step=HALF_HOUR, quality=None):
    numbers = tuple(None if v is None else Decimal(v) for v in values)
    slot = slot_of(start, step, LOAD.zone)
    return Chunk(slot=slot, start=start, values=numbers, quality=quality)


def readings_of(series, chunk):
    """The readings that a chunk stands for; its gaps too."""
    for place, value in enumerate(chunk.values):
        start = chunk.start + place * chunk.slot.step
        yield Reading(
            series=series,
            start=at(start, series.zone),
            end=at(start + chunk.slot.step, series.zone),
            value=value,
            locator=f"series={series.name}",
            quality=chunk.quality if value is not None else None,
        )


def merged(held, *readings):
    ((slot, points),) = by_slot(LOAD, settle(readings).kept[LOAD]).items()
    return merge(held, slot, points)


class TestSlots:
    @pytest.mark.parametrize(
        ("step", "period"),
        [
            pytest.param(3600, "2024-03", id="an hour: a month"),
            pytest.param(900, "2024-03", id="a quarter: a month has 2,980 points at most"),
            pytest.param(600, "2024-03-01", id="ten minutes: a month would have 4,464 points"),
            pytest.param(60, "2024-03-01", id="a minute: a day"),
        ],
    )
    def test_a_chunk_has_no_more_points_than_it_may(self, step, period):
        assert slot_of(MARCH, step, LOAD.zone).period == period

    def test_a_month_is_that_of_the_zone(self):
        assert slot_of(MARCH - 1800, 1800, LOAD.zone).period == "2024-02"
        assert slot_of(MARCH - 1800, 1800, UTC).period == "2024-02"
        assert slot_of(MARCH, 1800, UTC).period == "2024-02"

    def test_points_that_are_not_on_one_grid_are_in_two_chunks(self):
        rows = [reading(0, 1), reading(1, 2), reading(0, 3, start=MARCH + 600)]
        found = by_slot(LOAD, settle(rows).kept[LOAD])
        assert [(slot.phase, len(points)) for slot, points in found.items()] == [(0, 2), (600, 1)]

    def test_a_change_of_step_splits_the_chunk(self):
        hourly = [reading(i, 10, step=3600) for i in range(3)]
        found = [chunk for _, chunk in chunks([*hourly, reading(6, 20), reading(7, 30)])]
        assert [(c.slot.step, c.values) for c in found] == [
            (3600, (10, 10, 10)),
            (1800, (20, 30)),
        ]


class TestSettling:
    def test_of_two_readings_the_one_of_higher_priority_holds(self):
        low, high = reading(0, 1, priority=1), reading(0, 2, priority=3)
        found = settle([high, low, reading(0, 3, priority=2)])
        assert [point.reading for point in found.kept[LOAD]] == [high]
        assert (found.aside, found.problems) == (2, ())

    def test_a_gap_never_takes_the_place_of_a_value(self):
        valued = reading(0, 7, priority=1)
        found = settle([valued, reading(0, None, priority=3)])
        assert [point.reading for point in found.kept[LOAD]] == [valued]

    def test_equal_rows_are_one_reading(self):
        found = settle([reading(0, 7, quality="remote"), reading(0, "7.0", quality="corrected")])
        assert [p.reading.quality for p in found.kept[LOAD]] == ["corrected"]
        assert found.aside == 1

    def test_two_gaps_are_one_gap(self):
        found = settle([reading(0, None), reading(0, None)])
        assert (len(found.kept[LOAD]), found.aside) == (1, 1)

    def test_rows_that_differ_are_all_told_of_and_none_is_taken(self):
        rows = [reading(0, 7), reading(0, 8), replace(reading(0, 8), counted=False)]
        found = settle([*rows, reading(1, 9)])
        assert [point.start for point in found.kept[LOAD]] == [MARCH + HALF_HOUR]
        assert [problem.row for problem in found.problems] == [True, True, False]
        assert found.aside == 0

    def test_an_interval_that_ends_before_it_begins_is_told_of(self):
        wrong = replace(reading(0, 7), end=reading(0, 7).start)
        found = settle([wrong])
        assert (dict(found.kept), [p.locator for p in found.problems]) == ({}, ["line=0"])

    def test_an_uncounted_reading_is_not_set_aside(self):
        row = replace(reading(0, 7), counted=False)
        assert settle([row, row]).aside == 0


class TestMerging:
    @pytest.mark.parametrize(
        ("held", "told", "values", "counts"),
        [
            pytest.param([1, 2], {0: 1, 1: 2}, [1, 2], (0, 2, 0), id="the same"),
            pytest.param([1, 2], {1: "2.0"}, [1, 2], (0, 1, 0), id="the same number"),
            pytest.param([1, 2], {1: 3}, [1, 3], (0, 0, 1), id="another value"),
            pytest.param([1, None], {1: 3}, [1, 3], (1, 0, 0), id="a gap is filled"),
            pytest.param([1, 2], {1: None}, [1, 2], (0, 1, 0), id="a gap takes nothing away"),
            pytest.param([1, None], {1: None}, [1, None], (0, 1, 0), id="a gap known before"),
            pytest.param([1], {1: None}, [1, None], (1, 0, 0), id="a new gap"),
            pytest.param([1], {2: 3}, [1, None, 3], (1, 0, 0), id="later"),
            pytest.param([1], {-2: 3}, [3, None, 1], (1, 0, 0), id="earlier"),
            pytest.param([1, 2], {-1: 0, 0: 5, 3: 9}, [0, 5, 2, None, 9], (2, 0, 1), id="all"),
        ],
    )
    def test_what_is_held_is_completed_and_corrected(self, held, told, values, counts):
        start = MARCH + 48 * HALF_HOUR
        chunk = chunk_from(held, start=start)
        found = merged(chunk, *(reading(i, v, start=start) for i, v in told.items()))
        assert list(found.chunk.values) == values
        assert (found.new, found.same, found.updated) == counts
        assert bool(found.moments) == bool(found.new or found.updated)

    def test_nothing_new_leaves_the_chunk_that_is_held(self):
        chunk = chunk_from([1, 2], quality="remote")
        assert merged(chunk, reading(0, 1, quality="corrected")).chunk is chunk

    @pytest.mark.parametrize(
        ("held", "told", "expected"),
        [
            pytest.param(None, ["remote", "remote"], "remote", id="all the same"),
            pytest.param(None, ["remote", "corrected"], None, id="two kinds"),
            pytest.param(None, [None, "corrected"], None, id="not known of one"),
            pytest.param("remote", [None, "remote", "remote"], "remote", id="as what is held"),
            pytest.param("remote", [None, "corrected", "corrected"], None, id="held is other"),
            pytest.param("remote", ["corrected", "corrected"], "corrected", id="held is replaced"),
        ],
    )
    def test_a_quality_is_told_where_all_values_share_it(self, held, told, expected):
        chunk = chunk_from([1], quality=held) if held else None
        rows = [reading(i, 5 + i, quality=q) for i, q in enumerate(told) if not held or q]
        assert merged(chunk, *rows).chunk.quality == expected

    def test_an_uncounted_reading_changes_the_chunk_and_no_count(self):
        found = merged(None, replace(reading(0, 5), counted=False))
        assert (found.new, found.chunk.values, len(found.moments)) == (0, (5,), 1)


class TestDaysOfClockChange:
    @pytest.mark.parametrize(
        ("day", "points"),
        [
            pytest.param((2024, 3, 31), 46, id="the clocks go forward"),
            pytest.param((2024, 10, 27), 50, id="the clocks go back"),
            pytest.param((2024, 6, 1), 48, id="any other day"),
        ],
    )
    def test_a_day_has_the_half_hours_that_pass(self, day, points):
        start = moment(datetime(*day, tzinfo=LOAD.zone))
        end = moment(datetime(*day, tzinfo=LOAD.zone) + timedelta(days=1))
        count = (end - start) // HALF_HOUR
        ((_, chunk),) = chunks(reading(i, i, start=start) for i in range(count))
        assert len(chunk.values) == points
        starts = [one.start for one in readings_of(LOAD, chunk)]
        assert len({start.astimezone(UTC) for start in starts}) == points
        assert {start.date() for start in starts} == {datetime(*day, tzinfo=UTC).date()}


values = st.one_of(
    st.none(), st.decimals(min_value=-10_000, max_value=10_000, places=3, allow_nan=False)
)
months = st.integers(0, 40_000).map(lambda places: MARCH + places * HALF_HOUR)


@calm
@given(start=months, told=st.lists(values, min_size=1, max_size=80))
def test_readings_become_chunks_and_readings_again(start, told):
    rows = [reading(i, v, start=start) for i, v in enumerate(told)]
    again = [r for series, chunk in chunks(rows) for r in readings_of(series, chunk)]
    assert [(r.start, r.end, r.value) for r in again] == [(r.start, r.end, r.value) for r in rows]


@calm
@given(start=months, told=st.lists(values, min_size=1, max_size=60))
def test_a_chunk_becomes_readings_and_a_chunk_again(start, told):
    for _, chunk in chunks(reading(i, v, start=start) for i, v in enumerate(told)):
        assert list(chunks(readings_of(LOAD, chunk))) == [(LOAD, chunk)]
        assert read_values(written(chunk.values)) == chunk.values


@calm
@given(told=st.lists(values, min_size=1, max_size=40), data=st.data())
def test_the_order_of_rows_makes_no_difference(told, data):
    rows = [reading(i, v) for i, v in enumerate(told)]
    rows += data.draw(st.lists(st.sampled_from(rows)))
    assert list(chunks(rows)) == list(chunks(data.draw(st.permutations(rows))))


@calm
@given(first=st.lists(values, min_size=1, max_size=40), second=st.lists(values, min_size=1))
def test_merging_twice_is_merging_once(first, second):
    held = merged(None, *(reading(i, v) for i, v in enumerate(first))).chunk
    rows = [reading(i, v) for i, v in enumerate(second[:40])]
    once = merged(held, *rows)
    assert once.new + once.same + once.updated == len(rows)
    twice = merged(once.chunk, *rows)
    assert (twice.chunk, twice.new, twice.updated) == (once.chunk, 0, 0)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        pytest.param(1800, "PT30M", id="half an hour"),
        pytest.param(3600, "PT1H", id="an hour"),
        pytest.param(5400, "PT1H30M", id="an hour and a half"),
        pytest.param(86_400, "P1D", id="a day"),
        pytest.param(90_061, "P1DT1H1M1S", id="all parts"),
    ],
)
def test_a_step_is_written_in_canonical_form_and_read(seconds, text):
    assert duration(seconds) == text
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "P", "PT0S", "30", "P1M", "-PT30M"])
def test_what_is_no_step_is_refused(text):
    with pytest.raises(ValueError, match="not the step"):
        seconds_of(text)


@pytest.mark.parametrize("text", ["{}", "[true]", '["1"]', "[NaN]", "[1", "", "[[1]]"])
def test_what_are_no_values_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - json has its own words
        read_values(text)


def test_values_are_written_without_exponents():
    told = (Decimal("260.0"), Decimal("1E+3"), None, Decimal("0.063"), Decimal(0))
    assert written(told) == "[260,1000,null,0.063,0]"


def test_the_sum_of_a_chunk_is_over_the_values_there_are():
    assert chunk_from([1, None, "2.5"]).total == Decimal("3.5")


def test_a_slot_says_where_its_points_begin():
    assert slot_of(MARCH + 60, 1800, LOAD.zone) == Slot(period="2024-03", step=1800, phase=60)
