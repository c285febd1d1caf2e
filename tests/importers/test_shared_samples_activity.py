"""Real files of other people's sport and health, where they are at hand beside the repository."""

from collections import Counter

import pytest

from importers.contract import Record, Sample
from tests.importers.test_shared_samples import MANIFEST, expected, read, rows_lost

pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="the shared samples are not at hand")


def samples(items, name):
    return [item for item in items if isinstance(item, Sample) and item.sensor.name == name]


def kinds(items):
    return Counter(item.kind for item in items if isinstance(item, Record) and item.counted)


def test_apple_health_has_the_rows_that_were_counted():
    _, items = read("apple_health/export.xml")
    known = expected("apple_health/export.xml")
    measured = [i for i in items if isinstance(i, Sample) and i.sensor.name != "track"]
    assert Counter(s.sensor.name for s in measured) == {"body-mass-index": 1, "heart-rate": 1}
    assert len(measured) == known["records"]
    assert len(samples(items, "track")) == known["locations"]
    assert kinds(items) == {
        "Workout": known["workouts"],
        "HealthMeasure": known["activity_summaries"],
    }
    assert rows_lost(items) == []


def test_tcx_has_the_laps_points_and_metres_that_were_counted():
    importer, items = read("tcx/sup_activity_1.tcx")
    known = expected("tcx/sup_activity_1.tcx")
    assert len(samples(items, "lap")) == known["laps"]
    points = samples(items, "track")
    assert len(points) == known["trackpoints"]
    farthest = max(dict(point.values)["distance"] for point in points)
    assert float(farthest) == known["max_distance_m"]
    assert kinds(items) == {"Workout": 1}
    assert [check.ok for check in importer.reconcile(items)] == [True]
    assert rows_lost(items) == []


def test_gpx_has_the_points_and_times_that_were_counted():
    _, items = read("gpx/cerknicko-jezero.gpx")
    known = expected("gpx/cerknicko-jezero.gpx")
    points, places = samples(items, "track"), samples(items, "waypoint")
    assert len(points) == known["trkpt"]
    # One time is that of the file; a waypoint without one cannot be kept, and is told.
    assert len(points) + len(places) + 1 == known["times"]
    assert len(places) + len(rows_lost(items)) == known["wpt"]
    # One of the tracks is empty.
    assert kinds(items) == {"Workout": known["trk"] - 1}
    moments = sorted(f"{sample.start:%Y-%m-%dT%H:%M:%SZ}" for sample in (*points, *places))
    assert moments[0] == known["first"]


def test_fit_is_complete_and_keeps_to_its_own_counts():
    importer, items = read("fit/garmin-fenix-5-run.fit")
    assert expected("fit/garmin-fenix-5-run.fit")["complete"]
    assert (len(samples(items, "track")), len(samples(items, "lap"))) == (21, 1)
    assert kinds(items) == {"Workout": 1}
    assert [check.ok for check in importer.reconcile(items)] == [True, True]
    assert rows_lost(items) == []
