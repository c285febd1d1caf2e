import io
from decimal import Decimal

import pytest

from importers import by_format, identify
from importers.contract import Key, Options, Problem, Record, Sample


def read(name, content):
    return list(by_format(name).parse(io.BytesIO(content.encode()), Options()))


def workouts(items):
    return [item for item in items if isinstance(item, Record)]


def tcx(inner, root="TrainingCenterDatabase", namespace="v2"):
    xmlns = f"http://www.garmin.com/xmlschemas/TrainingCenterDatabase/{namespace}"
    return f'<{root} xmlns="{xmlns}"><Activities>{inner}</Activities></{root}>'


def gpx(inner, version="1/1"):
    return f'<gpx xmlns="http://www.topografix.com/GPX/{version}">{inner}</gpx>'


LAP = (
    '<Lap StartTime="2024-03-31T22:30:00Z"><TotalTimeSeconds>60.5</TotalTimeSeconds>'
    "<DistanceMeters>400</DistanceMeters><Calories>12</Calories>{}</Lap>"
)
RIDE = '<Activity Sport="Biking"><Id>2024-03-31T22:30:00.000Z</Id>{}</Activity>'
POINT = '<trkpt lat="45.7" lon="4.8"><time>2024-04-01T00:30:00+02:00</time>{}</trkpt>'
TRACK = "<trk><type>cycling</type><trkseg>{}</trkseg></trk>"


def test_a_ride_as_tcx_and_gpx_is_one_workout():
    (one,) = workouts(read("tcx", tcx(RIDE.format(LAP.format("")))))
    (other,) = workouts(read("gpx", gpx(TRACK.format(POINT.format("")))))
    assert (one.kind, one.key, one.on) == (other.kind, other.key, other.on)
    assert one.key == Key(natural=("2024-03-31T22:30:00Z",))
    sports = [dict(record.fields)["schema:exerciseType"] for record in (one, other)]
    assert sports == ["cycling", "cycling"]


def test_degrees_of_thirty_places_are_read_as_garmin_writes_them():
    lat, lon = "51.401515267789363861083984375", "-1.26182804815471172332763671875"
    written = POINT.format("").replace('"45.7"', f'"{lat}"').replace('"4.8"', f'"{lon}"')
    (sample,) = (one for one in read("gpx", gpx(TRACK.format(written))) if isinstance(one, Sample))
    assert dict(sample.values) == {"lat": Decimal(lat), "lon": Decimal(lon)}


@pytest.mark.parametrize("namespace", ["v1", "v2", "anything"])
def test_tcx_is_read_in_any_namespace(namespace):
    lap, workout = read("tcx", tcx(RIDE.format(LAP.format("")), namespace=namespace))
    assert (lap.sensor.name, workout.kind) == ("lap", "Workout")


def test_the_totals_of_a_tcx_workout_are_those_of_its_laps():
    *_, workout = read("tcx", tcx(RIDE.format(LAP.format("") * 2)))
    fields = dict(workout.fields)
    totals = [fields[f"sd:{n}"] for n in ("durationSeconds", "distance", "energyExpended")]
    assert totals == [121, Decimal("0.8"), 24]


@pytest.mark.parametrize(("last", "ok"), [("399", True), ("400.9", True), ("500", False)])
def test_the_distance_of_laps_is_held_to_that_of_the_track(last, ok):
    point = (
        "<Track><Trackpoint><Time>2024-03-31T22:31:00Z</Time>"
        f"<DistanceMeters>{last}</DistanceMeters></Trackpoint></Track>"
    )
    items = read("tcx", tcx(RIDE.format(LAP.format(point))))
    (check,) = by_format("tcx").reconcile(items)
    assert check.ok is ok


@pytest.mark.parametrize("version", ["1/0", "1/1"])
def test_gpx_is_read_in_both_versions(version):
    sample, workout = read("gpx", gpx(TRACK.format(POINT.format("")), version))
    assert (sample.sensor.name, workout.kind) == ("track", "Workout")


GARMIN = (
    '<extensions><a:TrackPointExtension xmlns:a="urn:v2"><a:hr>99</a:hr><a:cad>80</a:cad>'
    "<a:atemp>19</a:atemp></a:TrackPointExtension></extensions>"
)


@pytest.mark.parametrize(
    ("inner", "values"),
    [
        ("<ele>-3.5</ele>", {"alt"}),
        ("<speed>1</speed><course>12</course>", {"speed", "course"}),
        (
            GARMIN,
            {"heartRate", "cadence", "temperature"},
        ),
        ("<extensions><power>180</power></extensions>", {"power"}),
        ("<extensions><heartrate>99</heartrate></extensions>", {"heartRate"}),
    ],
)
def test_what_a_point_measures_is_read_from_any_extension(inner, values):
    sample, _ = read("gpx", gpx(TRACK.format(POINT.format(inner))))
    assert {name for name, _ in sample.values} == {"lat", "lon"} | values


NO_TIME = '<trkpt lat="45.7" lon="4.8"/>'


@pytest.mark.parametrize(
    ("points", "kept", "told"),
    [
        (NO_TIME + POINT.format(""), 1, ["/gpx/trk[1]/trkseg[1]/trkpt[1]"]),
        (POINT.format("") + NO_TIME, 1, ["/gpx/trk[1]/trkseg[1]/trkpt[2]"]),
        (NO_TIME * 3, 0, ["/gpx/trk[1]/trkseg[1]", "/gpx/trk[1]"]),
    ],
    ids=["before one that has", "after one that has", "none has"],
)
def test_a_point_without_time_is_told_and_not_guessed(points, kept, told):
    items = read("gpx", gpx(TRACK.format(points)))
    assert sum(isinstance(item, Sample) for item in items) == kept
    assert [item.locator for item in items if isinstance(item, Problem)] == told


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("gpx", gpx('<rte><rtept lat="1" lon="1"/></rte>'), "a route is a plan"),
        ("gpx", gpx('<wpt lat="1" lon="1"/>'), "this waypoint says no time"),
        ("gpx", gpx(TRACK.format("trkpt")), "a text stands here among the points"),
        ("gpx", gpx(TRACK.format("<trkptt/>")), "this element is not known"),
        (
            "gpx",
            gpx(TRACK.format("<trkpt lat='1'><time>2024-01-01T00:00:00Z</time></trkpt>")),
            "the point has no pos",
        ),
        ("gpx", "<!DOCTYPE gpx><gpx/>", "the document is not read from line 1 on: it has a docum"),
        ("tcx", tcx(RIDE.format("")), "the workout has no lap"),
        ("tcx", tcx(RIDE.format(LAP.format("").replace("60.5", "1" * 18))), "the lap lasts longer"),
    ],
)
def test_what_is_not_kept_is_told(name, content, reason):
    problem = next(item for item in read(name, content) if isinstance(item, Problem))
    assert problem.row
    assert problem.message.startswith(reason)


@pytest.mark.parametrize(
    ("creator", "holder", "kept"),
    [
        ("Garmin Connect", "watch or application", 2),
        ("StravaGPX Android", "watch or application", 2),
        ("Apple Health Export", "Apple", 1),
    ],
)
def test_a_route_of_apple_health_is_its_own_and_no_second_workout(creator, holder, kept):
    content = gpx(TRACK.format(POINT.format(""))).replace("<gpx", f'<gpx creator="{creator}"')
    ((importer, _),) = identify("x.gpx", content.encode())
    assert importer.holder(content.encode()).name == holder
    assert len(read("gpx", content)) == kept


@pytest.mark.parametrize(
    ("content", "formats"),
    [
        (gpx("").replace("<gpx ", '<gpx xmlns:g="urn:TrainingCenterDatabase/v2" '), ["gpx"]),
        (tcx("").replace("<Training", "<!-- not <gpx> --><Training", 1), ["tcx"]),
        ('<?xml version="1.0"?>\n<!DOCTYPE x>\n<g:gpx xmlns:g="urn:x"/>', ["gpx"]),
        (gpx("").encode("utf-16"), ["gpx"]),
        ("<p>how to write a &lt;gpx&gt; file: <gpx></p>", []),
    ],
)
def test_a_file_is_what_its_root_says(content, formats):
    octets = content if isinstance(content, bytes) else content.encode()
    assert [one.format for one, _ in identify("x", octets)] == formats


@pytest.mark.spec("GPX 1.1 wptType/time")
def test_a_time_without_an_offset_is_in_utc():
    (sample, _) = read("gpx", gpx(TRACK.format(POINT.format("").replace("+02:00", ""))))
    assert sample.start.isoformat() == "2024-04-01T00:30:00+00:00"


def test_a_number_may_have_nothing_before_its_full_stop():
    (sample, _) = read("gpx", gpx(TRACK.format(POINT.format("<ele>.5</ele>"))))
    assert dict(sample.values)["alt"] == Decimal("0.5")


@pytest.mark.parametrize(("name", "content"), [("gpx", gpx("")), ("tcx", tcx(""))])
def test_a_file_in_which_nothing_was_done_is_told(name, content):
    (remark,) = read(name, content)
    assert not remark.row


def test_points_that_say_nothing_but_their_time_are_told_once_with_their_number():
    point = "<Trackpoint><Time>2024-03-31T22:31:00Z</Time></Trackpoint>"
    lap = LAP.format(f"<Track>{point * 3}</Track>")
    remarks = [i for i in read("tcx", tcx(RIDE.format(lap))) if isinstance(i, Problem)]
    assert [(remark.row, remark.message[-1]) for remark in remarks] == [(False, "3")]


def test_what_the_first_version_of_tcx_kept_elsewhere_is_told():
    old = '<TrainingCenterDatabase xmlns="urn:v1"><History><Running/></History>'
    (problem,) = read("tcx", f"{old}</TrainingCenterDatabase>")
    assert problem.row


def test_a_lap_that_says_nothing_but_its_beginning_leaves_the_workout():
    lap = '<Lap StartTime="2024-03-31T22:30:00Z"><Track/></Lap>'
    remark, workout = read("tcx", tcx(f'<Activity Sport="Running">{lap}</Activity>'))
    assert not remark.row
    assert workout.key == Key(natural=("2024-03-31T22:30:00Z",))
    assert "sd:durationSeconds" not in dict(workout.fields)


def test_blank_lines_before_the_declaration_are_no_fault():
    whole = '\n\r\n <?xml version="1.0"?>\n' + gpx(TRACK.format(POINT.format("")))
    assert [one.format for one, _ in identify("x", whole.encode())] == ["gpx"]
    assert len(read("gpx", whole)) == 2
