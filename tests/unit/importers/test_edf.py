import io
import zipfile
from datetime import date, timedelta

import pytest

from importers import by_format
from importers.clock import PARIS
from importers.contract import Code, Problem, Stated
from tests.unit.importers.reading import items, problems, readings, records, seconds
from tests.unit.importers.test_enedis_data_connect import stamps

POWER = (
    "Récapitulatif de mes puissances atteintes en W\n\n"
    "Date et heure de relève par le distributeur;Puissance atteinte (W);Nature de la donnée\n"
)
DAYS = (
    "Récapitulatif de ma consommation\n\n"
    "Date de consommation;Consommation ({});Nature de la donnée\n"
)
MONTHS = (
    "Récapitulatif de ma consommation\n\n"
    "Période de consommation;Consommation (kWh);Nature de la donnée\n"
)
INDEXES = "Récapitulatif de mes index\n\nDate de relevé de l'index;Type d'index;Index Base (kWh)\n"


def table(text, **options):
    return items("edf-table", text.encode("latin-1"), **options)


def packed(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name.replace('_', '-')}-123456789012-69001.csv", text)
    return made.getvalue()


def block(day, *times):
    return "\n".join((f"{day};;", *(f"{time};100;Réelle" for time in times), ""))


@pytest.mark.parametrize(("day", "half_hours"), [("2024-03-31", 46), ("2024-10-27", 50)])
@pytest.mark.parametrize("midnight_first", [True, False], ids=["of the end", "of the begin"])
@pytest.mark.parametrize("twice", [1, 2], ids=["once", "each row twice"])
def test_a_day_has_as_many_half_hours_as_clocks_give_it(day, half_hours, midnight_first, twice):
    times = [stamp[11:] for stamp in stamps(day)]
    if not midnight_first:
        times = ["00:00:00", *times[:-1]]
    shown = [time for time in reversed(times) for _ in range(twice)]
    found = readings(table(POWER + block("/".join(reversed(day.split("-"))), *shown)))
    assert len({reading.start for reading in found}) == half_hours
    assert len(found) == half_hours * twice
    assert {seconds(reading) for reading in found} == {1800}


def test_a_day_that_comes_twice_says_the_same():
    once = block("27/10/2024", "03:00:00", "02:30:00", "02:00:00", "02:30:00", "02:00:00")
    found = readings(table(POWER + once + once))
    assert (len(found), len({reading.start for reading in found})) == (10, 5)


@pytest.mark.parametrize(
    ("times", "ends"),
    [
        (("00:00:00", "23:30:00"), ["02T23:30", "03T00:00"]),
        (("00:30:00", "00:00:00"), ["02T00:00", "02T00:30"]),
        (("00:00:00", "00:30:00"), ["02T00:00", "02T00:30"]),
        (("23:30:00", "00:00:00"), ["02T23:30", "03T00:00"]),
        (("00:00:00",), ["03T00:00"]),
    ],
)
def test_midnight_is_on_the_side_of_its_neighbour(times, ends):
    found = readings(table(POWER + block("02/01/2024", *times)))
    assert [reading.end.isoformat()[8:16] for reading in found] == ends


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("00:30:00;1;\n", "on which day"),
        ("02/01/2024;;\n12:14:10;1;\n", "whole step"),
        ("31/03/2024;;\n02:30:00;1;\n", "no clock showed"),
        ("02/01/2024;;\n26:00:00;1;\n", "time of day does not exist"),
        ("bientôt;;\n", "not a date"),
    ],
)
def test_a_half_hour_that_cannot_be_placed_says_why(rows, message):
    ((told, lost),) = problems(table(POWER + rows))
    assert (message in told, lost) == (True, True)


def test_a_table_without_figures_and_rows_without_a_table_are_told_of():
    found = table("Date de consommation;Puissance (kVA)\n01/01/2024;6\n")
    assert [message[:18] for message, _ in problems(found)] == [
        "this table is not ",
        "nothing before thi",
    ]


def test_gas_is_in_cubic_metres_or_said_to_be_gas():
    (day,) = records(table(DAYS.format("m3") + "01/01/2024;1,5;Réelle\n"), "Consumption")
    assert dict(day.fields)["sd:commodity"] == Code("gas")
    said = table(DAYS.format("kWh") + "01/01/2024;1;\n", commodity="gas", meter="7")
    (meter,) = records(said, "MeterPoint")
    assert (meter.key.stable, dict(meter.fields)["sd:commodity"]) == ("7", Code("gas"))


def test_gas_is_told_from_the_name_of_a_file():
    content = packed(mes_index_gaz=INDEXES + "01/01/2024;Index estimé;5\n")
    (meter,) = records(items("edf-archive", content), "MeterPoint")
    assert (meter.key.stable, dict(meter.fields)["sd:commodity"]) == ("123456789012", Code("gas"))


def test_the_tariffs_of_a_day_are_records_that_add_up():
    header = DAYS.format("kWh").replace(
        "Consommation (kWh)",
        "Consommation Heures pleines (kWh);Consommation Heures creuses (kWh)",
    )
    found = records(table(header + "01/01/2024;6;4;Réelle\n"), "Consumption")
    said = [
        (dict(one.fields)["sd:tariffPeriod"].name, dict(one.fields)["sd:energy"]) for one in found
    ]
    assert said == [("peak", 6), ("offpeak", 4)]
    assert len({one.key for one in found}) == 2


def test_indexes_alone_are_differenced_and_a_register_that_begins_is_not():
    more = INDEXES.replace("Index Base (kWh)", "Index Base (kWh);Index Heures creuses (kWh)")
    rows = "01/01/2024;x;10;\n02/01/2024;x;13;\n03/01/2024;x;15;1\n04/01/2024;x;16;3\n"
    found = table(more + rows)
    days = records(found, "Consumption")
    assert [(one.on.day, dict(one.fields)["sd:energy"]) for one in days] == [(1, 3), (3, 3)]
    assert len(records(found, "MeterReading")) == 6


def days_of(first, count, each=2):
    rows = (first + timedelta(days=n) for n in range(count))
    return DAYS.format("kWh") + "".join(f"{day:%d/%m/%Y};{each};Réelle\n" for day in rows)


@pytest.mark.parametrize(
    ("first", "count", "records_of", "stated", "lost"),
    [
        (date(2024, 2, 1), 29, 29, 1, 0),
        (date(2024, 2, 1), 28, 28, 0, 1),
        (date(2024, 3, 1), 31, 32, 0, 0),
    ],
    ids=["whole", "in part", "another month"],
)
def test_a_month_is_never_counted_beside_its_days(first, count, records_of, stated, lost):
    content = packed(
        ma_conso_quotidienne=days_of(first, count),
        ma_conso_mensuelle=MONTHS + "02/2024;58;Réelle\n",
    )
    found = items("edf-archive", content)
    assert len(records(found, "Consumption")) == records_of
    assert sum(isinstance(one, Stated) for one in found) == stated
    assert sum(row for _, row in problems(found)) == lost


def test_a_month_is_not_counted_beside_its_half_hours():
    half_hours = "".join(
        block(f"{day:02}/02/2024", *(f"{n // 2:02}:{n % 2 * 30:02}:00" for n in range(47, 0, -1)))
        for day in range(1, 30)
    )
    content = packed(
        mes_puissances_atteintes_30min=POWER + half_hours,
        ma_conso_mensuelle=MONTHS + "02/2024;58;Réelle\n",
    )
    assert records(items("edf-archive", content), "Consumption") == []


@pytest.mark.parametrize(("passed", "ok"), [(58, True), (90, False)])
def test_indexes_are_held_against_the_days(passed, ok):
    content = packed(
        ma_conso_quotidienne=days_of(date(2024, 2, 1), 29),
        mes_index_elec=INDEXES + f"01/03/2024;x;{100 + passed}\n01/02/2024;x;100\n",
    )
    (check,) = by_format("edf-archive").reconcile(items("edf-archive", content))
    assert (check.got, check.ok) == ("58", ok)


def test_a_year_is_held_against_its_months():
    months = "".join(f"{month:02}/2024;10;Réelle\n" for month in range(12, 0, -1))
    found = table(MONTHS + "\nAnnée 2024;120;\nAnnée 2023;;\n" + months + "demain;3;\n")
    (check,) = by_format("edf-table").reconcile(found)
    assert (check.expected, check.got, check.ok) == ("120", "120", True)
    assert problems(found) == [("this is neither a month nor a year", True)]


def test_nothing_is_made_of_an_archive_without_rows():
    assert items("edf-archive", packed(ma_conso_mensuelle=MONTHS)) == []


def test_months_are_those_of_france():
    (month,) = records(table(MONTHS + "03/2024;10;Réelle\n"), "Consumption")
    start = dict(month.fields)["schema:startTime"]
    assert start == start.astimezone(PARIS).replace(day=1, hour=0)


def test_what_a_file_lacks_or_cannot_be_taken_apart_does_not_cost_the_rest():
    too_long = '"' + "x" * 200_000 + '"\n'
    content = packed(ma_conso_mensuelle=MONTHS + too_long + "03/2024;;Réelle\n02/2024;7;Réelle\n")
    found = items("edf-archive", content)
    assert len(records(found, "Consumption")) == 1
    assert [lost for _, lost in problems(found)] == [True, False]


def test_an_archive_whose_file_cannot_be_unpacked_gives_the_others():
    made = bytearray(packed(ma_conso_a=MONTHS + "02/2024;7;", ma_conso_b=MONTHS + "03/2024;8;"))
    made[made.index(b"02/2024")] ^= 1
    found = items("edf-archive", bytes(made))
    assert [lost for _, lost in problems(found)] == [True]
    assert [one.on.month for one in records(found, "Consumption")] == [3]


def test_a_month_told_twice_is_one_record_and_of_two_that_differ_none():
    found = table(MONTHS + "02/2024;7;\n02/2024;7;\n03/2024;7;\n03/2024;8;\n")
    assert [one.on.month for one in records(found, "Consumption")] == [2]
    assert [lost for _, lost in problems(found)] == [False, True, True]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("02/01/2024;Index estimé", "this row has fewer cells than the table has columns"),
        ("02/01/2024;Index estimé;5;6", "this row has more cells than the table has columns"),
    ],
)
def test_a_row_whose_cells_may_stand_under_other_columns_is_not_read(row, why):
    found = table(f"{INDEXES}{row}\n")
    assert [(one.message, one.row) for one in found if isinstance(one, Problem)] == [(why, True)]


def test_a_column_that_is_not_known_is_told_of():
    found = table(INDEXES.rstrip() + ";Météo\n02/01/2024;Index estimé;5;6\n")
    remarks = [(p.locator, p.row) for p in found if isinstance(p, Problem)]
    assert ("line=3", False) in remarks


def test_a_year_long_ago_has_times_that_can_be_stored():
    for record in records(table(f"{DAYS.format('kWh')}01/12/0023;5;Réelle\n"), "Consumption"):
        assert dict(record.fields)["schema:startTime"].utcoffset() == timedelta(minutes=9)
