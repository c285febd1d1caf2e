"""A real history of a browser, where it is at hand beside the repository."""

import pytest

from tests.importers.test_shared_samples import (
    MANIFEST,
    SAMPLES,
    counted,
    expected,
    read,
    rows_lost,
)

pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="the shared samples are not at hand")


def test_chrome_has_the_visits_and_addresses_that_were_counted():
    importer, items = read("browser_history/chrome.sqlite")
    known = expected("browser_history/chrome.sqlite")
    assert (
        importer.holder((SAMPLES / "browser_history/chrome.sqlite").read_bytes()[:65536]).name
        == "Chrome"
    )
    visits = [dict(record.fields) for record in counted(items)]
    assert importer.format == "browser-history"
    assert len(visits) == known["visits"]
    assert len({visit["as:object"].value for visit in visits}) == known["urls"]
    assert rows_lost(items) == []
