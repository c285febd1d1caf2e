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


@pytest.mark.parametrize(("name", "read_"), [("_chat", 22), ("pokemon", 20)])
def test_chats_have_the_messages_that_were_counted(name, read_):
    importer, items = read(f"whatsapp/{name}.txt")
    assert importer.format == "whatsapp"
    assert len(counted(items)) == read_
    # One line of the first chat is a message that was pasted from another.
    known = expected(f"whatsapp/{name}.txt")
    assert len(counted(items)) + len(rows_lost(items)) == known["timestamped_lines"]


def test_followers_have_the_accounts_that_were_counted():
    importer, items = read("twitter/follower.js")
    assert importer.format == "x-archive"
    assert len(counted(items)) == expected("twitter/follower.js")["n"]
    assert {dict(one.fields)["vcard:category"] for one in counted(items)} == {"follower"}
    assert rows_lost(items) == []
