"""Journeys that a carrier sold: Uber and boarding passes."""

import io
import json

import pytest

from importers.contract import Options, Problem, Record
from importers.mobility.boarding_pass import BoardingPass
from importers.mobility.uber import Uber
from importers.mobility.wallet_pass import WalletPass

HEADER = (
    "City,Product Type,Trip or Order Status,Request Time,Begin Trip Time,Begin Trip Lat,"
    "Begin Trip Lng,Begin Trip Address,Dropoff Time,Dropoff Lat,Dropoff Lng,Dropoff Address,"
    "Distance (miles),Fare Amount,Fare Currency"
)
RIDE = {
    "product": "UberX",
    "status": "COMPLETED",
    "asked": "2024-03-31 07:55:00 +0000 UTC",
    "begun": "2024-03-31 08:00:00 +0000 UTC",
    "from": "45.75,4.85,Gare",
    "ended": "2024-03-31 08:10:00 +0000 UTC",
    "to": "45.76,4.86,Mairie",
    "miles": "1",
    "fare": "9.50,EUR",
}


def ride(**changes):
    row = "Lyon," + ",".join((RIDE | changes).values())
    return list(Uber().parse(io.BytesIO(f"{HEADER}\n{row}\n".encode()), Options()))


def fields(items):
    (record,) = items
    return dict(record.fields)


def test_a_ride_has_its_ends_its_way_and_its_fare():
    said = fields(ride())
    assert said["schema:departureTime"].isoformat() == "2024-03-31T08:00:00+00:00"
    assert said["sd:durationSeconds"] == 600
    assert (said["sd:fromName"], said["sd:toName"]) == ("Gare", "Mairie")
    assert (str(said["sd:distance"]), str(said["sd:total"])) == ("1.609344", "9.50")


@pytest.mark.parametrize(
    "unknown",
    [
        {"ended": "", "to": ",,", "miles": "0"},
        {"ended": "\\N", "to": "0,0,\\N", "miles": ""},
        {"ended": "1970-01-01 00:00:00 +0000 UTC", "to": "0.0,0.0,", "miles": "0.0"},
    ],
)
def test_an_end_that_is_not_known_stays_unknown(unknown):
    said = fields(ride(**unknown))
    ends = {"schema:arrivalTime", "schema:toLocation", "sd:toName", "sd:durationSeconds"}
    assert not (ends | {"sd:distance"}) & set(said)


@pytest.mark.parametrize("status", ["CANCELED", "canceled", "DRIVER_CANCELED", "UNFULFILLED"])
def test_a_ride_that_was_cancelled_is_no_journey_and_keeps_its_fare(status):
    (record,) = ride(status=status, begun="1970-01-01 00:00:00 +0000 UTC")
    said = dict(record.fields)
    assert (record.kind, str(said["sd:total"])) == ("Purchase", "9.50")
    assert said["schema:orderStatus"].value == "https://schema.org/OrderCancelled"


def test_a_meal_that_was_delivered_is_no_journey():
    (record,) = ride(product="UberEATS Marketplace")
    assert record.kind == "Purchase"
    assert "schema:orderStatus" not in dict(record.fields)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"begun": ""}, "the trip says no time at which it began"),
        ({"begun": "2024-03-31"}, "column `Begin Trip Time`: this is not a date and time"),
        ({"ended": "2024-03-31 07:00:00 +0000 UTC"}, "it ends before it begins"),
        ({"status": "DREAMT"}, "what became of this trip is not known"),
        ({"fare": "9.50,euros"}, "column `Fare Currency`: this is not a currency of three letters"),
        ({"fare": "-9.50,EUR"}, "column `Fare Amount`: a negative number stands here"),
        ({"from": "95,4.85,Gare"}, "the position is not on Earth"),
        (
            {"status": "CANCELED", "fare": ",EUR"},
            "this brought nobody anywhere and says no fare: there is nothing to keep",
        ),
    ],
)  # fmt: skip
def test_a_ride_that_cannot_be_kept_is_told(changes, message):
    assert [item.message for item in ride(**changes)] == [message]


def leg(day="091", size="00"):
    return f"ABC123 LYSCDGAF 7641 {day}Y012A0025 1{size}"


def passes(text, **said):
    return list(BoardingPass().parse(io.BytesIO(text.encode()), Options(values=said)))


NAME = "M1MARTIN/CAMILLE      E"


def test_a_pass_gives_the_day_of_the_flight_and_no_time():
    said = fields(passes(NAME + leg(), year="2026"))
    assert str(said["sd:date"]) == "2026-04-01"
    assert (said["sd:sourceLabel"], said["sd:fromName"], said["sd:toName"]) == (
        "AF 7641",
        "LYS",
        "CDG",
    )
    assert "schema:departureTime" not in said


def test_neither_name_nor_booking_of_a_pass_is_kept():
    found = repr(passes(NAME + leg(), year="2026"))
    assert "MARTIN" not in found
    assert "ABC123" not in found


@pytest.mark.parametrize(
    ("text", "said", "message"),
    [
        (NAME + leg(), {}, "the pass does not say its year: say it with year=YYYY"),
        (NAME + leg("366"), {"year": "2026"}, "this day does not exist in the year that was said"),
        (NAME + leg("000"), {"year": "2026"}, "this day does not exist in the year that was said"),
        ("M2" + NAME[2:] + leg(), {"year": "2026"}, "the pass ends before it says what it should"),
        ("M1", {"year": "2026"}, "this is no boarding pass"),
        ("", {"year": "2026"}, "no boarding pass is in this file"),
    ],
)
def test_a_pass_that_cannot_be_kept_is_told(text, said, message):
    (problem,) = passes(text, **said)
    assert (problem.message, problem.row) == (message, True)


def test_a_pass_that_is_cut_behind_its_flight_keeps_it_and_says_so():
    found = passes(NAME + leg(size="0A") + ">318", year="2026")
    assert [type(item) for item in found] == [Record, Problem]


TICKET = {
    "passTypeIdentifier": "pass.com.navette.trajet",
    "serialNumber": "NV-0042",
    "description": "Billet",
    "relevantDate": "2024-10-27T02:30:00+01:00",
    "boardingPass": {
        "transitType": "PKTransitTypeTrain",
        "primaryFields": [{"key": "from", "value": "Lyon"}, {"key": "to", "value": "Paris"}],
        "backFields": [{"key": "name", "value": "Camille Martin"}],
    },
    "barcodes": [{"message": "i0CVMARTIN"}],
}


def wallet(**changes):
    return list(WalletPass().parse(io.BytesIO(json.dumps(TICKET | changes).encode()), Options()))


def test_a_pass_in_a_wallet_is_a_journey_from_its_first_to_its_second_field():
    said = fields(wallet())
    assert (said["sd:fromName"], said["sd:toName"], said["sd:nature"].name) == (
        "Lyon",
        "Paris",
        "train",
    )
    assert said["schema:departureTime"].isoformat() == "2024-10-27T02:30:00+01:00"
    assert "schema:arrivalTime" not in said


def test_what_a_pass_says_in_its_tags_is_surer_than_what_it_shows():
    tags = {
        "currentDepartureDate": "2024-10-27T02:45:00+01:00",
        "departureStationName": "Part-Dieu",
    }
    said = fields(wallet(semantics=tags))
    assert (said["sd:fromName"], said["sd:toName"]) == ("Part-Dieu", "Paris")
    assert said["schema:departureTime"].minute == 45
    # A train that leaves later is the same journey as before.
    assert wallet(semantics=tags)[0].key == wallet()[0].key


def test_a_flight_without_a_kind_of_pass_is_told_by_its_tags():
    tags = {"airlineCode": "AF", "flightNumber": 1234}
    said = fields(wallet(semantics=tags, boardingPass={}))
    assert (said["sd:sourceLabel"], said["sd:nature"].name) == ("AF1234", "plane")


def test_neither_name_nor_bar_code_of_a_pass_in_a_wallet_is_kept():
    assert "MARTIN" not in repr(wallet()).upper()


@pytest.mark.parametrize(
    "changes",
    [{"serialNumber": ""}, {"relevantDate": None}, {"relevantDate": "2024-10-27T02:30:00"}],
)
def test_a_pass_in_a_wallet_without_number_or_moment_is_told(changes):
    (problem,) = wallet(**changes)
    assert isinstance(problem, Problem)


def test_a_pass_in_a_wallet_that_shows_one_place_does_not_say_which_end_it_is():
    shown = TICKET["boardingPass"] | {"primaryFields": [{"key": "x", "value": "Lyon"}]}
    said = fields(wallet(boardingPass=shown))
    assert not {"sd:fromName", "sd:toName"} & set(said)
