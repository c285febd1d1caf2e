"""Real archives of platforms, by others, against what was counted in them by other means."""

import pytest

from tests.importers.test_shared_samples import MANIFEST, counted, expected, read, rows_lost

pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="the shared samples are not at hand")


def test_my_activity_has_the_events_that_were_counted():
    name = "google_activity/MyActivity_Search.json"
    importer, items = read(name)
    assert importer.format == "google-activity"
    assert len(counted(items)) == expected(name)["events"]
    assert rows_lost(items) == []
