"""Real files of journeys and places of other people, where they are beside the repository."""

import pytest

from importers.contract import Sample
from tests.importers.test_shared_samples import MANIFEST, counted, expected, read, rows_lost

pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="the shared samples are not at hand")


def test_positions_of_google_are_those_that_were_counted():
    _, items = read("google_location/Location_History.json")
    known = expected("google_location/Location_History.json")
    assert sum(isinstance(item, Sample) for item in items) == known["locations"]
    assert rows_lost(items) == []


def test_journeys_of_google_are_those_that_were_counted():
    _, items = read("google_location/semantic_history.json")
    known = expected("google_location/semantic_history.json")
    assert len(counted(items)) == known["timelineObjects"] == known["kinds"]["activitySegment"]
    trips = [dict(record.fields) for record in counted(items)]
    assert [record.kind for record in counted(items)] == ["Trip"] * 3
    # Of the candidates none has a probability, and neither end is said: nothing is made up.
    assert not any("sd:nature" in trip or "schema:toLocation" in trip for trip in trips)
    assert [str(trip.get("sd:distance")) for trip in trips] == ["None", "3.853", "0.413"]
    assert rows_lost(items) == []
