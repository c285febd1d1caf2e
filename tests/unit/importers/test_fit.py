import gzip
import io
import sys

import pytest

from importers import by_format, identify
from importers.contract import Key, Options, Problem, Record, Sample
from tests.importers.fit_writer import FitWriter, moment, ride, semicircles

FIT = by_format("fit")
START = moment("2024-03-31T22:30:00")


def read(octets):
    return list(FIT.parse(io.BytesIO(octets), Options()))


def activity(**first):
    return FitWriter().add("file_id", type=4, manufacturer=1, product=2697, **first)


def problems(items):
    return [item for item in items if isinstance(item, Problem)]


def test_fit_is_known_by_its_header_compressed_or_not():
    for octets in (ride(), gzip.compress(ride())):
        ((importer, _),) = identify("1234567", octets)
        assert importer.format == "fit"


def test_a_compressed_file_is_the_same_as_its_content():
    assert read(gzip.compress(ride())) == read(ride())


@pytest.mark.parametrize(
    ("degrees", "kept"), [(45.764043, "45.764043"), (-180, "-180"), (89.9999999, "89.9999999")]
)
def test_positions_are_degrees(degrees, kept):
    here = semicircles(degrees)
    file = activity().add("record", timestamp=START, lat=semicircles(1), lon=here)
    (sample,) = read(file.octets())
    assert float(dict(sample.values)["lon"]) == float(kept)


def test_moments_are_utc_and_the_local_clock_is_none():
    file = activity()
    file.add("record", timestamp=START, heart_rate=61)
    file.add("session", timestamp=START, start_time=START, sport=1, timer=60_000)
    file.add("activity", timestamp=START, num_sessions=1, local_timestamp=START + 7200)
    moments = [i.start for i in read(file.octets()) if isinstance(i, Sample)]
    assert [m.isoformat() for m in moments] == ["2024-03-31T22:30:00+00:00"]


def test_each_session_is_a_workout_of_its_first_second():
    found = [item for item in read(ride()) if isinstance(item, Record)]
    assert [record.key for record in found] == [
        Key(natural=("2024-03-31T00:30:00Z",)),
        Key(natural=("2024-03-31T00:32:10Z",)),
    ]
    assert [dict(r.fields)["schema:exerciseType"] for r in found] == ["cycling", "running"]


def test_the_sessions_and_laps_that_a_file_states_are_held():
    assert [check.ok for check in FIT.reconcile(read(ride()))] == [False, True]


def test_fields_of_applications_on_the_watch_are_told_once():
    file = activity()
    for second in range(3):
        file.add("record", developer=7, timestamp=START + second, heart_rate=61)
    remark, *samples = read(file.octets())
    assert (remark.row, len(samples)) == (False, 3)


def test_heart_rates_that_a_strap_kept_under_water_are_samples_of_their_moments():
    clock = 5 * 1024 + 0xF00  # what the strap's own clock showed at START + 1/4 s
    file = activity().add("hr", timestamp=START, fraction=8192, bpm=76, event_timestamp=clock)
    later = [(clock + ticks) & 0xFFF for ticks in (512, 1024)]
    packed = bytes((later[0] & 0xFF, later[0] >> 8 | (later[1] & 0xF) << 4, later[1] >> 4))
    file.add("hr", two_bpm=bytes((81, 82)), event_timestamp_12=packed)
    file.add("hr", bpm=83, event_timestamp=clock + 2048)
    found = [(s.sensor.name, s.start.isoformat(), dict(s.values)) for s in read(file.octets())]
    assert found == [
        ("heart-rate", "2024-03-31T22:30:00.250000+00:00", {"value": 76}),
        ("heart-rate", "2024-03-31T22:30:00.750000+00:00", {"value": 81}),
        ("heart-rate", "2024-03-31T22:30:01.250000+00:00", {"value": 82}),
        ("heart-rate", "2024-03-31T22:30:02.250000+00:00", {"value": 83}),
    ]


@pytest.mark.parametrize(
    "told", [{"bpm": 76, "event_timestamp": 5}, {"timestamp": START, "bpm": 76}, {"bpm": 255}]
)
def test_heart_rates_without_their_moments_are_told(told):
    (problem,) = read(activity().add("hr", **told).octets())
    assert problem.row


def test_points_that_say_nothing_but_their_time_are_told_once_with_their_number():
    file = activity()
    for second in range(3):
        file.add("record", timestamp=START + second)
    (remark,) = read(file.octets())
    assert (remark.row, remark.message[-1]) == (False, "3")


def test_messages_that_are_not_read_are_told_once_for_each_kind():
    file = activity().add("set", timestamp=START).add("set", timestamp=START).add("hrv", time=1)
    (remark,) = read(file.octets())
    assert (remark.row, "`set`" in remark.message) == (False, True)


def test_where_the_device_did_not_know_the_date_nothing_is_kept_and_the_reason_is_told():
    (problem,) = read(activity().add("record", timestamp=0xFFFFFFF, heart_rate=61).octets())
    assert (problem.row, "did not know the date" in problem.message) == (True, True)


@pytest.mark.parametrize("size", [1, 13, 14, 200, 400, -3, -1])
def test_what_lies_before_the_end_of_a_cut_file_is_read(size):
    items = read(ride()[:size])
    kept = [item for item in items if not isinstance(item, Problem)]
    whole = [item for item in read(ride()) if not isinstance(item, Problem)]
    assert kept == whole[: len(kept)]
    assert any(problem.row for problem in problems(items))


def test_a_checksum_that_does_not_match_is_told_and_nothing_is_lost():
    damaged = ride()[:-1] + b"\0"
    told = [p for p in problems(read(damaged)) if p.message.startswith("the checksum does not")]
    assert len(told) == 1
    assert [item for item in read(damaged) if item not in told] == read(ride())


def test_a_file_behind_another_is_read_too():
    assert len([i for i in read(ride() * 2) if isinstance(i, Record)]) == 4


@pytest.mark.parametrize(
    ("kind", "told"), [(4, False), (6, True), (2, True), (32, False), (9, False), (49, False)]
)
def test_a_file_of_what_is_planned_or_set_is_told(kind, told):
    file = FitWriter().add("file_id", type=kind)
    file.add("record", timestamp=START, heart_rate=61)
    assert any(problem.row for problem in problems(read(file.octets()))) is told


@pytest.mark.parametrize("octets", [b"", b"x", b"\x0e\x20" + bytes(12)])
def test_what_is_no_fit_is_told(octets):
    (problem,) = read(octets)
    assert problem.row


def test_without_its_library_the_file_is_told_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "fitdecode", None)
    (problem,) = read(ride())
    assert "selfdata-pod[formats]" in problem.message


def samples(*messages, kind=32):
    file = FitWriter().add("file_id", type=kind)
    for name, values in messages:
        file.add(name, **values)
    found = (item for item in read(file.octets()) if isinstance(item, Sample))
    return [(s.sensor.name, s.start.isoformat()[11:19], dict(s.values)) for s in found]


def test_a_weight_has_a_measure_for_each_figure_and_is_one_row():
    file = FitWriter().add("file_id", type=9)
    file.add("weight_scale", timestamp=START, weight=6150, percent_fat=2150)
    mass, fat = read(file.octets())
    assert (mass.sensor.unit, dict(mass.values), mass.counted) == ("KiloGM", {"value": 61.5}, True)
    assert (fat.sensor.unit, dict(fat.values), fat.counted) == ("PERCENT", {"value": 21.5}, False)


def test_a_short_time_of_a_day_follows_the_last_whole_one():
    late = START & ~0xFFFF | 0xFFF0
    said = samples(
        ("monitoring", {"timestamp": late, "heart_rate": 60}),
        ("monitoring", {"timestamp_16": 0xFFF5, "heart_rate": 61}),
        ("monitoring", {"timestamp_16": 0x0005, "heart_rate": 62}),
        ("monitoring", {"timestamp_16": 0x0004, "heart_rate": 63}),
    )
    seconds = [int(t[:2]) * 3600 + int(t[3:5]) * 60 + int(t[6:]) for _, t, _ in said]
    since = [(each - seconds[0]) % 86_400 for each in seconds]
    assert since == [0, 5, 21, 65556]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"activity_type": 6, "cycles": 1200}, {"activity": "walking", "steps": 1200}),
        ({"activity_type": 1, "cycles_16": 1200}, {"activity": "running", "steps": 1200}),
        ({"activity_type": 2, "cycles_16": 61}, {"activity": "cycling", "cycles": 30.5}),
        ({"activity_type": 8, "active_time": 60_000}, {"activity": "sedentary", "seconds": 60}),
    ],
)
def test_what_a_watch_counts_is_the_state_of_the_day_by_kind_of_activity(said, kept):
    ((name, _, values),) = samples(("monitoring", {"timestamp": START, **said}))
    assert (name, values) == ("activity-so-far", kept)


def test_a_night_has_its_stages_at_their_moments():
    stages = [("sleep_level", {"timestamp": START + n, "level": n + 1}) for n in range(4)]
    found = samples(*stages, kind=49)
    assert [values["value"] for _, _, values in found] == ["awake", "light", "deep", "rem"]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("stress_level", {"time": START, "value": -2}),
        ("weight_scale", {"timestamp": START, "weight": 65534}),
        ("monitoring", {"timestamp": START, "distance_16": 7}),
        ("spo2_data", {"timestamp": START, "reading": 0}),
    ],
)
def test_what_was_not_measured_is_told_with_its_number(name, values):
    file = FitWriter().add("file_id", type=32).add(name, **values).add(name, **values)
    (remark,) = read(file.octets())
    assert (remark.row, remark.message[-1]) == (False, "2")


def test_a_time_without_a_whole_one_before_it_is_no_moment():
    file = FitWriter().add("file_id", type=32).add("monitoring", timestamp_16=5, heart_rate=60)
    (problem,) = read(file.octets())
    assert (problem.row, problem.message) == (True, "the message says no moment")
