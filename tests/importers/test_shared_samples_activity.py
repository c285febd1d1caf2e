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
