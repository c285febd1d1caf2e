"""The sets of the pilot that a telephone company and the platform itself gave."""

import io
import json
from datetime import date

import pytest

from importers import identify, unrecognised
from importers.contract import Options, Problem, Record, Sample


def read(*rows):
    content = json.dumps(rows, ensure_ascii=False).encode()
    ((importer, _),) = identify("set.json", content)
    return list(importer.parse(io.BytesIO(content), Options()))


def records(items):
    return [item for item in items if isinstance(item, Record) and item.counted]


def said(record):
    return dict(record.fields)


def call(**said_of_it):
    usual = {"docType": "fr.orange.phonecommunicationlog", "msisdn": "33639981234"}
    usual |= {"timestamp": "2016-10-01T08:59:08Z", "partner": "33639985678"}
    return usual | said_of_it


def position(**said_of_it):
    usual = {"docType": "fr.orange.geopoint", "msisdn": "33639981234"}
    usual |= {"timestamp": "2016-09-01T08:00:45.000Z", "latitude": 48.8, "longitude": 2.3}
    return usual | said_of_it


@pytest.mark.spec("Self Data DAT-20")
def test_what_counts_messages_is_no_duration():
    items = read(
        call(length=59, chipType="s", type="appel sortant"),
        call(length=1, chipType="M", type="SMS entrant"),
        call(length=30, chipType="s", type="appel entrant renvoyé - vers la boite vocale"),
    )
    assert [said(one).get("sd:durationSeconds") for one in records(items)] == [59, None, 30]


def test_a_telephone_is_told_once_and_its_number_hidden():
    calls = (call(length=5, chipType="s", type="appel sortant", imei="351234567890123"),) * 2
    devices = [one for one in read(*calls) if isinstance(one, Record) and one.kind == "Device"]
    assert [said(one)["schema:serialNumber"] for one in devices] == ["****0123"]
    assert "351234567890123" not in repr([one.fields for one in devices])


def test_positions_of_a_day_that_does_not_exist_are_told():
    items = read(position(), position(timestamp="2016-09-31T08:00:02.000Z"))
    assert [item.message for item in items if isinstance(item, Problem)] == [
        "this day does not exist"
    ]
    assert sum(isinstance(item, Sample) for item in items) == 1


def test_how_far_off_a_cell_is_may_be_kilometres():
    (sample,) = (item for item in read(position(radius=15179)) if isinstance(item, Sample))
    assert dict(sample.values)["accuracy"] == 15179


@pytest.mark.spec("Self Data DAT-16")
def test_a_position_before_midnight_utc_is_of_the_next_day_in_france():
    items = read(position(timestamp="2016-09-30T22:30:00.000Z"))
    (sample,) = (item for item in items if isinstance(item, Sample))
    assert sample.start.date() == date(2016, 10, 1)


def test_a_programme_that_costs_nothing_says_so():
    row = {"docType": "fr.orange.videostream", "clientId": "4", "price": 0, "action": "Commande"}
    row |= {"timestamp": "2016-04-26T22:30:58Z", "content": {"title": "Le soir"}}
    (use,) = records(read(row))
    assert said(use)["sd:total"] == 0
    assert use.on == date(2016, 4, 27)


@pytest.mark.parametrize(
    ("kind", "made"),
    [("Mobile", "Invoice"), ("Internet", "Invoice"), ("Taxi", "Purchase"), ("shop", "Purchase")],
)
def test_bills_of_others_than_of_a_line_are_purchases(kind, made):
    row = {"type": kind, "date": "2016-11-07T12:00:00.000Z", "vendor": "Un", "amount": 29.99}
    assert [one.kind for one in records(read(row))] == [made]


def test_a_contact_and_her_messages_and_calls_name_the_same_somebody():
    person = {"_id": "c", "docType": "contact", "fn": "Zoé"}
    points = [
        {"name": "tel", "value": "06 39 98 56 78"},
        {"name": "email", "value": "Zoe@mail.example"},
    ]
    (contact,) = records(read(person | {"datapoints": points}))
    mail = {"docType": "message", "messageID": "m", "date": "2016-08-18T06:55:42.000Z"}
    (message,) = records(read(mail | {"from": [{"address": "zoe@mail.example"}]}))
    (called,) = records(read(call(length=5, chipType="s", type="appel sortant")))
    known = {value for name, value in contact.fields if name == "sd:counterparty"}
    assert {said(message)["schema:sender"], said(called)["sd:counterparty"]} < known
    assert said(contact)["dpv:hasDataSubject"] in known


def test_the_text_of_a_mail_is_not_kept():
    mail = {"docType": "message", "messageID": "m", "date": "2016-08-18T06:55:42.000Z"}
    (message,) = records(read(mail | {"subject": "Bonjour", "text": "secret", "html": "secret"}))
    assert "secret" not in repr(message)
    assert "m@" not in repr(message)


def test_what_repeats_keeps_its_rule_and_is_one_entry():
    row = {"docType": "event", "attendees": [], "description": "Piano", "timezone": "Europe/Paris"}
    row |= {"start": "2014-10-21T18:30:00", "rrule": "FREQ=WEEKLY;BYDAY=TU"}
    (entry,) = records(read(row))
    assert said(entry)["sd:recurrence"] == "RRULE:FREQ=WEEKLY;BYDAY=TU"
    assert said(entry)["schema:startTime"].isoformat() == "2014-10-21T18:30:00+02:00"


def test_a_time_of_no_zone_is_given_none():
    row = {"docType": "event", "attendees": [], "start": "2014-10-21T18:30:00"}
    (entry,) = records(read(row))
    assert said(entry)["sd:floatingStart"].lexical == "2014-10-21T18:30:00"
    assert "schema:startTime" not in said(entry)


@pytest.mark.parametrize("kind", ["album", "Tasky"])
def test_sets_that_are_not_read_say_why(kind):
    content = json.dumps([{"_id": "1", "docType": kind, "title": "Chameaux"}]).encode()
    assert identify("set.json", content) == ()
    assert "MesInfos" in str(unrecognised(content))
