"""iCalendar: zones, versions, what repeats, and what cannot be read."""

import io
from datetime import date

import pytest

from importers.contract import Options, Problem, Record
from importers.correspondence.icalendar import ICalendar

# As long as it had a rule, its summer ended in September.
OLD = """BEGIN:VTIMEZONE
TZID:Old
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
RDATE:19420504T010000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19810927T030000
RRULE:FREQ=YEARLY;COUNT=15;BYDAY=-1SU;BYMONTH=9
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
OUTLOOK = """BEGIN:VTIMEZONE
TZID:Paris (Outlook)
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VTIMEZONE
TZID:Nowhere
BEGIN:STANDARD
DTSTART:20010101T000000
RRULE:FREQ=WEEKLY;BYMONTH=3,4
TZOFFSETFROM:+9900
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""


def entry(*lines):
    return "\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])


def calendar(*entries, head=""):
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{''.join(entries)}END:VCALENDAR\n"


def read(text):
    return list(ICalendar().parse(io.BytesIO(text.encode()), Options()))


def records(items):
    return [item for item in items if isinstance(item, Record)]


def only(*lines, head=""):
    (record,) = records(read(calendar(entry(*lines), head=head)))
    return dict(record.fields)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("DTSTART:20260701T100000Z", "2026-07-01T12:00:00+02:00"),
        ("DTSTART;VALUE=DATE:20260701T100000Z", "2026-07-01T12:00:00+02:00"),
        ("DTSTART;TZID=Europe/Paris:20260701T100000", "2026-07-01T10:00:00+02:00"),
        (
            "DTSTART;TZID=/citadel.org/2021_1/Europe/Paris:20260101T100000",
            "2026-01-01T10:00:00+01:00",
        ),
        ("DTSTART;TZID=Paris (Outlook):20260328T100000", "2026-03-28T10:00:00+01:00"),
        ("DTSTART;TZID=Paris (Outlook):20260330T100000", "2026-03-30T10:00:00+02:00"),
        ("DTSTART;TZID=Paris (Outlook):20261024T100000", "2026-10-24T10:00:00+02:00"),
        ("DTSTART;TZID=Paris (Outlook):20261026T100000", "2026-10-26T10:00:00+01:00"),
        ("DTSTART;TZID=Romance Standard Time:20260701T100000", "2026-07-01T10:00:00+02:00"),
    ],
)
def test_a_time_with_a_zone_is_an_instant(written, instant):
    assert only(written, head=OUTLOOK)["schema:startTime"].isoformat() == instant


@pytest.mark.parametrize(
    ("wall", "offset"),
    [
        ("19950930T100000", "+01:00"),
        ("19961001T100000", "+02:00"),
        ("20261001T100000", "+02:00"),
        ("20261030T100000", "+01:00"),
        ("19420601T100000", "+02:00"),
        ("19400601T100000", "+01:00"),
    ],
)
def test_the_rules_of_a_zone_hold_as_long_as_they_say(wall, offset):
    said = only(f"DTSTART;TZID=Old:{wall}", head=OLD)
    assert said["schema:startTime"].isoformat().endswith(offset)


@pytest.mark.spec("RFC 5545 §3.3.5")
@pytest.mark.parametrize(
    ("wall", "instant"),
    [
        ("20260329T023000", "2026-03-29T02:30:00+01:00"),
        ("20261025T023000", "2026-10-25T02:30:00+02:00"),
    ],
)
def test_times_that_are_skipped_or_come_twice(wall, instant):
    assert only(f"DTSTART;TZID=Europe/Paris:{wall}")["schema:startTime"].isoformat() == instant


@pytest.mark.spec("RFC 5545 §3.3.5")
def test_a_floating_time_is_given_no_zone():
    said = only("DTSTART:20260701T100000")
    assert said["sd:floatingStart"].lexical == "2026-07-01T10:00:00"
    assert "schema:startTime" not in said


@pytest.mark.parametrize("name", ["Nulle part", "Nowhere", "../../etc/passwd", "a" * 300])
def test_a_zone_that_is_not_known_is_told_and_not_guessed(name):
    items = read(calendar(entry(f"DTSTART;TZID={name}:20260701T100000"), head=OUTLOOK))
    assert [type(item) for item in items] == [Record, Problem]
    assert "sd:floatingStart" in dict(items[0].fields)


@pytest.mark.spec("RFC 5545 §3.6.1")
@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (["DTEND;VALUE=DATE:20260418"], date(2026, 4, 17)),
        (["DTEND;VALUE=DATE:20260416"], date(2026, 4, 15)),
        (["DTEND;VALUE=DATE:20260415"], date(2026, 4, 15)),
        (["DURATION:P2D"], date(2026, 4, 16)),
        (["DURATION:P1W"], date(2026, 4, 21)),
        ([], None),
    ],
)
def test_whole_days_end_with_their_last(lines, last):
    assert only("DTSTART;VALUE=DATE:20260415", *lines).get("schema:endDate") == last


def test_what_repeats_is_one_entry_and_a_changed_time_another():
    rule = ("UID:a", "DTSTART:20260701T100000Z", "RRULE:FREQ=DAILY;COUNT=500", "SUMMARY:x")
    other = ("UID:a", "RECURRENCE-ID:20260702T100000Z", "DTSTART:20260702T110000Z")
    one, two = records(read(calendar(entry(*rule), entry(*other))))
    assert dict(one.fields)["sd:recurrence"] == "RRULE:FREQ=DAILY;COUNT=500"
    assert one.key != two.key


@pytest.mark.parametrize(
    "older",
    [
        ["SEQUENCE:1", "DTSTAMP:20270101T000000Z"],
        ["SEQUENCE:2", "DTSTAMP:20250101T000000Z"],
        ["DTSTAMP:20270101T000000Z"],
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_the_newest_version_of_an_entry_holds(older, is_first):
    usual = ["UID:a", "DTSTART:20260701T100000Z"]
    new = entry(*usual, "SEQUENCE:2", "DTSTAMP:20260101T000000Z", "SUMMARY:neuf")
    old = entry(*usual, *older, "SUMMARY:vieux")
    items = read(calendar(*((old, new) if is_first else (new, old))))
    assert [dict(record.fields)["schema:name"] for record in records(items)] == ["neuf"]
    assert sum(isinstance(item, Problem) and item.row for item in items) == 1


def test_an_entry_that_is_there_twice_is_one():
    twice = entry("UID:a", "DTSTART:20260701T100000Z", "SUMMARY:x")
    one, two = records(read(calendar(twice, twice)))
    assert (one.key, one.fields) == (two.key, two.fields)


@pytest.mark.parametrize(
    "broken",
    [
        entry("SUMMARY:sans début"),
        entry("DTSTART:20260230T100000Z"),
        entry("DTSTART:20260701T250000Z"),
        entry("DTSTART:20260701T100000Z", "DTEND:20260701T090000Z"),
        entry("DTSTART:20260701T100000Z", "DURATION:longtemps"),
        "BEGIN:VEVENT\nDTSTART:20260701T100000Z\n",
        "DTSTART:20260701T100000Z\nEND:VEVENT\n",
        "BEGIN:VTODO\nSUMMARY:thé\nEND:VTODO\n",
    ],
)
def test_a_broken_entry_costs_itself_alone(broken):
    good = entry("DTSTART:20260701T100000Z", "SUMMARY:x")
    items = read(calendar(good, broken, good))
    assert len(records(items)) == 2
    assert sum(isinstance(item, Problem) and item.row for item in items) == 1


def test_a_calendar_that_is_cut_says_so():
    text = calendar(entry("DTSTART:20260701T100000Z")).removesuffix("END:VCALENDAR\n")
    assert [type(item) for item in read(text)] == [Record, Problem]


def test_entries_without_a_calendar_around_them_are_read_with_a_remark():
    text = entry("DTSTART:20260701T100000Z")
    assert ICalendar().recognise("x.ics", text.encode())
    record, remark = read(text)
    assert isinstance(record, Record)
    assert (remark.locator, remark.row) == ("/", False)


def test_who_takes_part_is_no_address():
    said = str(
        only(
            "DTSTART:20260701T100000Z",
            "ORGANIZER;CN=Zoé Lefèvre:mailto:zoe@mail.example",
            "ATTENDEE;CN=Malik Benali:mailto:malik@mail.example",
        )
    )
    assert "party-of" in said
    assert "Lefèvre" not in said
    assert "Benali" not in said
