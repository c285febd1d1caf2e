"""Real address books, calendars and mail of other people's, where they are at hand."""

import pytest

from tests.importers.test_shared_samples import MANIFEST, counted, expected, read, rows_lost

pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="the shared samples are not at hand")

_NUMBERS = {"vcard:hasTelephone", "schema:telephone"}


def test_an_address_book_has_the_cards_numbers_and_addresses_that_were_counted():
    _, items = read("vcard/John_Doe_ANDROID.vcf")
    known = expected("vcard/John_Doe_ANDROID.vcf")
    contacts = counted(items)
    assert len(contacts) == known["cards"]
    said = [name for contact in contacts for name, _ in contact.fields]
    assert sum(name in _NUMBERS for name in said) == known["tel"]
    # One of the addresses is a text without an @, which is told.
    assert said.count("vcard:hasEmail") == known["email"] - 1
    assert sum("e-mail address" in one.message for one in items if one not in contacts) == 1
    assert rows_lost(items) == []


def test_a_calendar_has_the_entries_that_were_counted_in_the_zone_it_defines():
    _, items = read("ical/ms_tzid.ics")
    known = expected("ical/ms_tzid.ics")
    (entry,) = counted(items)
    assert known["vevent"] == 1
    # The zone of Outlook is in the file: its winter time began on the last Sunday of March.
    assert dict(entry.fields)["schema:startTime"].isoformat() == "2008-05-30T15:00:00+10:00"
    assert items == [entry]
