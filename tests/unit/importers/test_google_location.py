import io
import json
from itertools import chain, repeat

import pytest

from importers import identify
from importers.contract import Options, Problem, Record, Sample
from importers.mobility.google_records import GoogleRecords
from importers.mobility.google_semantic import GoogleSemantic
from importers.mobility.google_timeline import GoogleTimeline

PLACE = {"latitudeE7": 457597222, "longitudeE7": 48422222}


def items(importer, document):
    return list(importer.parse(io.BytesIO(json.dumps(document).encode()), Options()))


def records(*entries):
    return items(GoogleRecords(), {"locations": list(entries)})


def month(**segment):
    return items(GoogleSemantic(), {"timelineObjects": [segment]})


def segment(**said):
    begun = {"startTime": "2024-06-01T10:00:00+02:00", "endTime": "2024-06-01T11:00:00+02:00"}
    return items(GoogleTimeline(), {"semanticSegments": [begun | said]})


def fields(found):
    (record,) = [item for item in found if isinstance(item, Record)]
    return dict(record.fields)


def messages(found):
    return [item.message for item in found if isinstance(item, Problem)]


@pytest.mark.parametrize(
    ("e7", "degrees"),
    [
        ((457597222, 48422222), "45.7597222 4.8422222"),
        ((457597222, 4293967296), "45.7597222 -0.1"),
        ((3955967296, -48422222), "-33.9 -4.8422222"),
    ],
)
def test_positions_that_went_over_the_end_of_32_bits_are_brought_back(e7, degrees):
    lat, lon = e7
    (found,) = records({"latitudeE7": lat, "longitudeE7": lon, "timestamp": "2024-03-31T08:00:00Z"})
    said = dict(found.values)
    assert f"{said['lat']} {said['lon']}" == degrees


def test_the_old_and_the_new_way_to_write_a_time_make_the_same_sample():
    old = records(PLACE | {"timestampMs": "1711872000120"})
    new = records(PLACE | {"timestamp": "2024-03-31T08:00:00.120Z"})
    assert (old[0].start, old[0].values) == (new[0].start, new[0].values)


@pytest.mark.parametrize("time", ["1711872000", "1711872000000", "2024-03-31T08:00:00Z"])
def test_a_time_is_read_whatever_it_is_written_in(time):
    (found,) = records(PLACE | {"timestamp": time})
    assert found.start.isoformat() == "2024-03-31T08:00:00+00:00"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (PLACE, "`timestamp` is missing or is no time"),
        (PLACE | {"timestampMs": "1" * 15}, "`timestamp` is missing or is no time"),
        (
            PLACE | {"timestamp": "2024-03-31T08:00:00"},
            "`timestamp`: this time does not say its offset",
        ),
        (
            {"latitudeE7": 1, "timestampMs": "1711872000000"},
            "`longitudeE7` is missing or is no whole number",
        ),
        (
            {"wifiScan": {}, "timestampMs": "1711872000000"},
            "this entry says no position, and is not kept",
        ),
        (
            {"latitudeE7": 1200000000, "longitudeE7": 0, "timestampMs": "1711872000000"},
            "the position is not on Earth",
        ),
    ],
)
def test_an_entry_that_cannot_be_kept_is_told(entry, message):
    assert messages(records(entry)) == [message]


class Endless(io.RawIOBase):
    """A history that does not end, of which only what is asked for is made."""

    def __init__(self):
        self.made = 0
        entry = json.dumps(PLACE | {"timestamp": "2024-03-31T08:00:00Z"}).encode() + b",\n"
        self._parts = chain([b'{"locations":['], repeat(entry * 100))

    def read(self, size=-1):
        del size
        part = next(self._parts)
        self.made += len(part)
        return part


def test_a_history_is_read_as_it_comes():
    history = Endless()
    found = GoogleRecords().parse(history, Options())
    assert isinstance(next(found), Sample)
    assert history.made < 200_000


def test_no_name_of_an_access_point_is_kept_or_told():
    scan = {"wifiScan": {"devicesRecords": [{"mac": 190072123456789, "rawRssi": -60}]}}
    found = items(GoogleTimeline(), {"rawSignals": [scan, scan]})
    assert messages(found) == ["scans of wireless access points are not kept: 2"]
    entry = PLACE | {
        "timestampMs": "1711872000000",
        "wifiScan": {"accessPoints": [{"mac": "190072123456789"}]},
    }
    assert "190072123456789" not in repr([*found, *records(entry)])


def test_the_first_candidate_is_the_one_that_is_taken():
    found = segment(
        visit={
            "probability": 0.7,
            "topCandidate": {
                "placeId": "ChIJone",
                "semanticType": "HOME",
                "placeLocation": {"latLng": "45.75°, 4.85°"},
            },
            "otherCandidates": [{"placeId": "ChIJtwo", "placeLocation": {"latLng": "1°, 1°"}}],
        }
    )
    said = fields(found)
    assert (str(said["geo:lat"]), said["sd:sourceLabel"]) == ("45.75", "HOME")
    assert str(said["sd:confidence"]) == "0.7"


def test_of_the_activities_of_a_month_the_likeliest_is_taken():
    duration = {"startTimestamp": "2024-03-31T08:00:00Z"}
    likely = [
        {"activityType": "IN_BUS", "probability": 12},
        {"activityType": "IN_TRAM", "probability": 61},
    ]
    said = fields(month(activitySegment={"duration": duration, "activities": likely}))
    assert (said["sd:nature"].name, str(said["sd:confidence"])) == ("tram", "0.61")
    none = [one | {"probability": 0.0} for one in likely]
    assert "sd:nature" not in fields(
        month(activitySegment={"duration": duration, "activities": none})
    )


def test_a_journey_whose_end_is_not_known_has_none():
    start = {"startTimestamp": "2024-03-31T08:00:00Z"}
    said = fields(
        month(activitySegment={"duration": start, "startLocation": PLACE, "endLocation": {}})
    )
    assert said["schema:fromLocation"].value == "geo:45.7597222,4.8422222"
    assert not {"schema:toLocation", "schema:arrivalTime", "sd:durationSeconds"} & set(said)


def test_minutes_after_the_start_are_counted_over_the_change_of_clocks():
    found = items(
        GoogleTimeline(),
        [
            {
                "startTime": "2024-10-27T02:30:00+02:00",
                "endTime": "2024-10-27T04:00:00+01:00",
                "timelinePath": [
                    {"point": "geo:45.75,4.85", "durationMinutesOffsetFromStartTime": "60"}
                ],
            }
        ],
    )
    assert found[0].start.isoformat() == "2024-10-27T03:30:00+02:00"
    assert found[0].start.timestamp() == 1729992600


@pytest.mark.parametrize(
    "point", ["", "45.75, ", "45,75°, 4,85°", "geo:45.75", "geo:95,1", "NaN°, 1°"]
)
def test_a_point_that_is_none_is_told_by_itself(point):
    good = {"point": "45.75°, 4.85°", "time": "2024-06-01T10:10:00+02:00"}
    found = segment(timelinePath=[good | {"point": point}, good])
    assert [type(item) for item in found] == [Problem, Sample]


def test_a_month_and_a_telephone_name_the_same_stay_alike():
    duration = {"startTimestamp": "2024-06-01T08:00:00Z", "endTimestamp": "2024-06-01T09:00:00Z"}
    ours = month(placeVisit={"location": PLACE, "duration": duration})
    theirs = segment(visit={"topCandidate": {"placeLocation": "45.7597222°, 4.8422222°"}})
    assert ours[0].key == theirs[0].key


@pytest.mark.parametrize(
    ("head", "format_"),
    [
        (b'{"locations": [{"timestampMs": "1", "latitudeE7": 1', "google-location-records"),
        (
            b'{"timelineObjects": [{"placeVisit": {"location": {"latitudeE7": 1',
            "google-location-months",
        ),
        (b'{"locations": [{"timestampMs": "1", "activity": [', "google-location-records"),
        (b'{"semanticSegments": [', "google-timeline"),
        (b'{"rawSignals": [', "google-timeline"),
        (b'[{"startTime": "x", "endTime": "y", "activity": {"start": "geo:1,2"', "google-timeline"),
    ],
)
def test_each_shape_is_known_by_what_is_in_it(head, format_):
    assert [importer.format for importer, _ in identify("x.json", head)] == [format_]
