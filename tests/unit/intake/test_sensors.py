import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.contract import Key, Sample, Sensor
from importers.samples import MOST_SPOTS, read, spot_of, written
from tests.unit.intake.house import House, counts, values

SUMMER = timezone(timedelta(hours=2))
PULSE = Sensor(
    name="heart-rate",
    quantity="http://qudt.org/vocab/quantitykind/HeartRate",
    unit="BEAT-PER-MIN",
)
STEPS = Sensor(name="steps", quantity="https://x.example/steps", unit="NUM")
BASE = "data/health/apple"
MARCH = f"{BASE}/series/heart-rate/2024-03.ttl"
FIRST = datetime(2024, 3, 31, 8, 0, tzinfo=SUMMER)


def house():
    return House(domain="health", slug="apple")


def pulse(value, minute=0, *, start=FIRST, sensor=PULSE, end=None, locator=None):
    start += timedelta(minutes=minute)
    return Sample(
        sensor=sensor,
        start=start,
        end=end,
        values=(("value", Decimal(value)),),
        locator=locator or f"line={minute}",
    )


def steps(value, minute):
    begin = FIRST + timedelta(minutes=minute)
    return pulse(value, minute, sensor=STEPS, end=begin + timedelta(minutes=3))


def points(graph, chunk="c-31"):
    (text,) = values(graph, chunk, "values")
    return json.loads(text)


class TestFirstImport:
    def test_a_day_is_one_chunk_in_the_order_of_time(self):
        pod = house()
        done, written = pod.take(pulse("62.50", 5), pulse(61, 0))
        assert counts(done) == (2, 2, 0, 0, 0)
        assert sorted(written) == [
            f"{BASE}/holder.ttl",
            f"{BASE}/series/heart-rate.ttl",
            MARCH,
            "imports/2026/20260102T030405Z-apple-abababab.ttl",
        ]
        chunk = written[MARCH]
        text = (
            '[{"time":"2024-03-31T08:00:00+02:00","value":61},'
            '{"time":"2024-03-31T08:05:00+02:00","value":62.5}]'
        )
        assert values(chunk, "c-31", "values") == [text]
        assert values(chunk, "c-31", "startTime") == ["2024-03-31T08:00:00+02:00"]
        assert values(chunk, "c-31", "endTime") == ["2024-03-31T08:05:00+02:00"]
        assert values(chunk, "c-31", "ofSeries") == [
            "https://camille.pod.example/data/health/apple/series/heart-rate.ttl#series"
        ]

    def test_a_series_says_what_is_measured_once(self):
        pod = house()
        _, written = pod.take(pulse(61))
        series = written[f"{BASE}/series/heart-rate.ttl"]
        assert values(series, "series", "name") == ["heart-rate"]
        assert values(series, "series", "observedProperty") == [PULSE.quantity]
        assert values(series, "series", "hasUnit") == ["http://qudt.org/vocab/unit/BEAT-PER-MIN"]
        assert values(series, "series", "account") == []

    def test_what_a_device_measures_lies_with_the_device(self):
        pod = house()
        watch = Sensor(name="steps", quantity="https://x.example/steps", device=Key(stable="watch"))
        _, written = pod.take(pulse(61, sensor=watch))
        assert f"{BASE}/watch/series/steps/2024-03.ttl" in written
        series = written[f"{BASE}/watch/series/steps.ttl"]
        assert values(series, "series", "account") == [
            "https://camille.pod.example/data/health/apple/accounts.ttl#watch"
        ]

    def test_amounts_that_last_are_summed_and_rates_are_not(self):
        pod = house()
        _, written = pod.take(steps(120, 0), steps("30.5", 3), pulse(61), pulse(60, 1))
        assert values(written[f"{BASE}/series/steps/2024-03.ttl"], "c-31", "sum") == ["150.5"]
        assert values(written[MARCH], "c-31", "sum") == []

    def test_the_day_and_the_month_are_those_of_the_offset(self):
        night = datetime(2024, 4, 1, 0, 30, tzinfo=SUMMER)
        _, written = house().take(pulse(50, start=night))
        april = f"{BASE}/series/heart-rate/2024-04.ttl"
        assert points(written[april], "c-01") == [
            {"time": "2024-04-01T00:30:00+02:00", "value": 50}
        ]

    def test_a_long_day_goes_on_in_another_chunk(self):
        pod = house()
        start = FIRST.replace(hour=0)
        come = [pulse(n, start=start + timedelta(seconds=10 * n)) for n in range(MOST_SPOTS + 1)]
        done, written = pod.take(*reversed(come))
        assert done.new == MOST_SPOTS + 1
        assert len(points(written[MARCH])) == MOST_SPOTS
        assert points(written[MARCH], "c-31-2") == [
            {"time": "2024-03-31T08:20:00+02:00", "value": MOST_SPOTS}
        ]
        assert not pod.plan(*come).documents


class TestNextImport:
    def test_the_same_again_writes_nothing(self):
        pod = house()
        pod.take(pulse(61), steps(3, 4))
        done, written = pod.take(steps(3, 4), pulse("61.0"))
        assert counts(done) == (2, 0, 2, 0, 0)
        assert written == {}

    def test_the_same_moment_at_another_offset_is_the_same_sample(self):
        pod = house()
        pod.take(pulse(61))
        done, _ = pod.take(pulse(61, start=FIRST.astimezone(UTC)))
        assert counts(done) == (1, 0, 1, 0, 0)

    def test_new_ones_are_added_to_what_is_held(self):
        pod = house()
        pod.take(pulse(61, 5))
        done, written = pod.take(pulse(60), pulse(61, 5), pulse(62, 5), pulse(63, 9))
        assert counts(done) == (4, 3, 1, 0, 0)
        assert [p["value"] for p in points(written[MARCH])] == [60, 61, 62, 63]

    def test_only_the_day_that_changes_gets_a_former_version(self):
        pod = house()
        pod.take(pulse(61), pulse(50, start=FIRST - timedelta(days=1)))
        _, written = pod.take(pulse(62, 1))
        (history,) = (g for path, g in written.items() if path.startswith("history/"))
        assert values(history, "c-31", "values")
        assert not values(history, "c-30", "values")

    def test_a_second_chunk_of_a_day_is_completed_where_it_is(self):
        pod = house()
        start = FIRST.replace(hour=0)
        come = [pulse(n, start=start + timedelta(seconds=9 * n)) for n in range(MOST_SPOTS + 2)]
        pod.take(*come[1:])
        done, written = pod.take(*come)
        assert counts(done) == (MOST_SPOTS + 2, 1, MOST_SPOTS + 1, 0, 0)
        assert len(points(written[MARCH])) == MOST_SPOTS
        assert [p["value"] for p in points(written[MARCH], "c-31-2")] == [3000, 3001]


class TestWhatIsRejected:
    @pytest.mark.parametrize(
        ("sample", "reason"),
        [
            (pulse("NaN"), "value"),
            (pulse("1E+100"), "value"),
            (pulse(1, start=FIRST.replace(tzinfo=None)), "offset"),
            (pulse(1, end=FIRST - timedelta(seconds=1)), "ends before"),
        ],
    )
    def test_with_its_place_and_its_reason(self, sample, reason):
        done = house().plan(sample, pulse(60, 7))
        assert counts(done) == (2, 1, 0, 0, 1)
        (problem,) = done.problems
        assert problem.locator == "line=0"
        assert reason in problem.message

    def test_a_chunk_that_cannot_be_read_is_left_and_told_of(self):
        pod = house()
        pod.take(pulse(61))
        broken = [
            t if t.predicate.value.rpartition("#")[2] != "values" else None for t in pod.held[MARCH]
        ]
        pod.held[MARCH] = frozenset(t for t in broken if t)
        done, written = pod.take(pulse(61))
        assert counts(done) == (1, 1, 0, 0, 0)
        assert [p.row for p in done.problems] == [False]
        assert len(points(written[MARCH], "c-31-2")) == 1


numbers = st.decimals(
    allow_nan=False, allow_infinity=False, places=6, min_value=-(10**6), max_value=10**6
)
members = st.one_of(
    st.tuples(st.tuples(st.just("value"), st.one_of(numbers, st.text(max_size=5)))),
    st.tuples(st.tuples(st.just("lat"), numbers), st.tuples(st.just("lon"), numbers)),
)
moments = st.datetimes(
    min_value=datetime(1971, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, SUMMER, timezone(timedelta(hours=-9, minutes=-30))]),
)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=2)), members)
@settings(deadline=None)
def test_a_sample_comes_back_as_it_was(start, lasts, found):
    sample = Sample(
        sensor=PULSE, start=start, end=start + lasts, values=found, locator="x", counted=True
    )
    spot = spot_of(sample)
    (back,) = read(written([spot]))
    assert back.same == spot.same
    assert back.time == spot.time
    assert datetime.fromisoformat(back.time) == start
    assert back.until == spot.until
    said = json.loads(f"{{{back.values}}}", parse_float=Decimal, parse_int=Decimal)
    assert tuple(said.items()) == found
