import json
from decimal import Decimal

import pytest

from importers import by_format
from importers.contract import Stated
from tests.unit.importers.reading import items, problems, records


def reading(first, last, **more):
    usual = {
        "dateDebutReleve": f"{first}T06:00:00+00:00",
        "dateFinReleve": f"{last}T06:00:00+00:00",
        "energieConsomme": 11,
        "volumeBrutConsomme": 1,
        "indexDebut": None,
        "indexFin": None,
        "natureReleve": "Informative Journalier",
        "qualificationReleve": "Mesuré",
    }
    return usual | more


def read(*rows, meter="01234567890123"):
    return items("grdf-json", json.dumps({meter: {"releves": rows}}))


def consumed(found):
    return [
        (
            dict(one.fields)["schema:startTime"].isoformat()[:10],
            dict(one.fields)["schema:endTime"].isoformat()[:10],
            dict(one.fields).get("sd:energy"),
        )
        for one in records(found, "Consumption")
    ]


@pytest.mark.parametrize(
    ("first", "last", "hours"),
    [
        ("2024-03-30", "2024-03-31", 23),
        ("2024-10-26", "2024-10-27", 25),
        ("2024-06-01", "2024-06-02", 24),
    ],
)
def test_a_gas_day_goes_from_six_to_six_by_the_clocks_of_france(first, last, hours):
    (day,) = records(read(reading(first, last)), "Consumption")
    start, end = dict(day.fields)["schema:startTime"], dict(day.fields)["schema:endTime"]
    assert (start.hour, end.hour, (end - start).total_seconds() / 3600) == (6, 6, hours)
    assert day.on.isoformat() == first


@pytest.mark.parametrize(
    ("said", "quality"),
    [("Mesuré", "measured"), ("Estimé", "estimated"), ("Corrigé", "corrected"), ("?", None)],
)
def test_what_is_estimated_is_marked(said, quality):
    (day,) = records(
        read(reading("2024-06-01", "2024-06-02", qualificationReleve=said)), "Consumption"
    )
    found = dict(day.fields).get("sd:quality")
    assert (found and found.name) == quality


PUBLISHED = {"natureReleve": "Publiée", "energieConsomme": 22, "volumeBrutConsomme": 2}


def test_days_that_make_up_a_published_reading_are_taken_and_it_is_held_against_them():
    found = read(
        reading("2024-06-01", "2024-06-03", **PUBLISHED),
        reading("2024-06-01", "2024-06-02"),
        reading("2024-06-02", "2024-06-03", energieConsomme=None),
    )
    assert consumed(found) == [("2024-06-01", "2024-06-02", 11), ("2024-06-02", "2024-06-03", None)]
    stated = [one.scope.split()[1] for one in found if isinstance(one, Stated)]
    assert stated == ["sd:energy", "sd:volume"]
    (check,) = by_format("grdf-json").reconcile(found)
    assert (check.name[:6], check.expected, check.got, check.ok) == ("volume", "2", "2", True)


def test_a_published_reading_is_taken_before_days_that_leave_a_gap_in_it():
    found = read(
        reading("2024-06-01", "2024-06-02"),
        reading("2024-05-31", "2024-06-01"),
        reading("2024-06-01", "2024-06-03", **PUBLISHED),
        reading("2024-06-03", "2024-06-04"),
    )
    assert [day[0] for day in consumed(found)] == ["2024-05-31", "2024-06-01", "2024-06-03"]
    ((message, lost),) = problems(found)
    assert (message.startswith("a longer reading that is published"), lost) == (True, True)


@pytest.mark.parametrize(
    "longer",
    [
        reading("2024-06-01", "2024-06-09"),
        reading("2024-06-01", "2024-06-09", **PUBLISHED),
    ],
    ids=["neither is billed", "both are"],
)
def test_of_two_that_overlap_alike_the_shorter_is_taken(longer):
    shorter = {**reading("2024-06-02", "2024-06-04"), "natureReleve": longer["natureReleve"]}
    found = read(longer, shorter)
    assert [day[0] for day in consumed(found)] == ["2024-06-02"]
    ((message, lost),) = problems(found)
    assert (message.startswith("other readings tell"), lost) == (True, True)


@pytest.mark.parametrize("first", [0, 1], ids=["informative first", "published first"])
def test_of_a_published_and_an_informative_reading_of_one_time_the_published_one_is_taken(first):
    rows = [reading("2024-06-01", "2024-06-02"), reading("2024-06-01", "2024-06-02", **PUBLISHED)]
    found = read(rows[first], rows[1 - first])
    assert consumed(found) == [("2024-06-01", "2024-06-02", 22)]
    ((message, lost),) = problems(found)
    assert (message.startswith("the published reading"), lost) == (True, False)
    assert by_format("grdf-json").reconcile(found) == ()


def test_a_published_and_an_informative_reading_of_one_time_have_one_key_in_any_export():
    (informative,) = records(read(reading("2024-06-01", "2024-06-02")), "Consumption")
    (published,) = records(read(reading("2024-06-01", "2024-06-02", **PUBLISHED)), "Consumption")
    assert (published.key, published.account) == (informative.key, informative.account)
    assert dict(informative.fields)["sd:provisional"] is True
    assert "sd:provisional" not in dict(published.fields)


def test_a_meter_that_was_changed_is_not_differenced_over_the_change():
    found = read(
        reading("2024-06-01", "2024-06-02", indexDebut=9000, indexFin=9001),
        reading("2024-06-02", "2024-06-03", indexDebut=9001, indexFin=1),
        reading("2024-06-03", "2024-06-04", indexDebut=1, indexFin=2),
    )
    checks = by_format("grdf-json").reconcile(found)
    assert [(check.expected, check.got, check.ok) for check in checks] == [("1", "1", True)] * 2
    shown = [dict(one.fields)["sd:meterIndex"] for one in records(found, "MeterReading")]
    assert shown == [9000, 9001, 1, 2]


def test_a_register_that_does_not_fit_the_volumes_is_told_of():
    found = read(reading("2024-06-01", "2024-06-02", indexDebut=5, indexFin=50))
    (check,) = by_format("grdf-json").reconcile(found)
    assert (check.expected, check.got, check.ok) == ("45", "1", False)


def test_a_long_reading_may_say_only_what_it_came_to_in_one_property():
    found = read(
        reading("2024-06-01", "2024-06-03", **PUBLISHED | {"energieConsomme": None}),
        reading("2024-06-01", "2024-06-02"),
        reading("2024-06-02", "2024-06-03"),
    )
    assert [one.scope.split()[1] for one in found if isinstance(one, Stated)] == ["sd:volume"]


def test_a_meter_without_a_number_is_told_of():
    assert problems(read(reading("2024-06-01", "2024-06-02"), meter=" ")) == [
        ("the file does not say whose meter this is", True)
    ]


def test_adict_may_give_one_object_over_several_lines():
    one = {
        "pce": {"id_pce": "GI000001"},
        "consommation": {
            "date_debut_consommation": "2024-06-01",
            "date_fin_consommation": "2024-06-02",
            "energie": Decimal(8).__int__(),
        },
    }
    for text in (json.dumps(one, indent=1), json.dumps(one), json.dumps([one])):
        found = items("grdf-adict", text)
        assert consumed(found) == [("2024-06-01", "2024-06-02", 8)]
    ((nothing),) = items("grdf-adict", "")
    assert (nothing.locator, nothing.row) == ("/", True)


def test_a_line_of_adict_that_is_broken_does_not_cost_the_others():
    one = '{"pce":{"id_pce":"GI000001"},"consommation":null}'
    found = items("grdf-adict", f'{one}\n{{"pce":\n{one}\n')
    assert [lost for _, lost in problems(found)] == [False, True, False]
