import io
from datetime import date
from decimal import Decimal

import pytest

from importers.contract import Code, Options, Problem, Record
from importers.energy.enedis_index import EnedisIndex

TITLES = (
    "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;"
    "Grandeur metier;Etape metier;Unite"
)
ABOUT = "12345678901234;Index;01/01/2021;31/12/2021;Energie active;Consommation;Comptage Brut;Wh"
HEADER = "Horodate;Type de releve;EAS F1;EAS F2;EAS D1;EAS D2;EAS T"
CALENDARS = (
    "Periode;Identifiant calendrier fournisseur;Libelle calendrier fournisseur;"
    "Identifiant classe temporelle 1;Libelle classe temporelle 1;Cadran classe temporelle 1;"
    "Identifiant classe temporelle 2;Libelle classe temporelle 2;Cadran classe temporelle 2"
)


def export(*rows, about=ABOUT, header=HEADER, calendars=()):
    end = (CALENDARS, *calendars) if calendars else ()
    return "\n".join(("\ufeff" + TITLES, about, "", header, *rows, "", *end)) + "\n"


def row(stamp, *values):
    return ";".join((stamp, "Arrêté quotidien", *map(str, values)))


def items(text):
    return list(EnedisIndex().parse(io.BytesIO(text.encode()), Options()))


def records(text, kind):
    return [i for i in items(text) if isinstance(i, Record) and i.kind == kind]


def problems(text):
    return [(i.locator, i.row) for i in items(text) if isinstance(i, Problem)]


def checks(text):
    return EnedisIndex().reconcile(items(text))


FIRST = row("2021-01-01T00:00:00+01:00", 100, 200, 250, 50, 300)
SECOND = row("2021-01-02T00:00:00+01:00", 150, 400, 450, 100, 550)


def test_each_register_of_a_row_is_a_reading_in_wh():
    found = [dict(r.fields) for r in records(export(FIRST), "MeterReading")]
    assert [(f["sd:sourceLabel"], f["sd:meterIndex"]) for f in found] == [
        ("EAS F1", 100),
        ("EAS F2", 200),
        ("EAS D1", 250),
        ("EAS D2", 50),
        ("EAS T", 300),
    ]


def test_only_the_differences_of_the_total_are_consumption():
    ((found),) = records(export(FIRST, SECOND), "Consumption")
    fields = dict(found.fields)
    assert (fields["sd:energy"], fields["sd:date"]) == (Decimal("0.25"), date(2021, 1, 1))
    assert found.key.natural == ("electricity", "2021-01-01", "2021-01-02")
    assert found.counted is False


def test_a_day_of_a_clock_that_stays_on_winter_time_is_that_day():
    text = export(
        row("2021-07-01T01:00:00+02:00", "", "", "", "", 100),
        row("2021-07-02T01:00:00+02:00", "", "", "", "", 400),
        row("2021-07-05T01:00:00+02:00", "", "", "", "", 500),
        row("2021-07-05T13:00:00+02:00", "", "", "", "", 600),
    )
    assert [r.key.natural[1:] for r in records(text, "Consumption")] == [
        ("2021-07-01", "2021-07-02"),
        ("2021-07-02", "2021-07-05"),
        ("2021-07-05T01:00:00+02:00", "2021-07-05T13:00:00+02:00"),
    ]


def test_a_meter_that_was_changed_is_told_of_and_its_day_left_out():
    text = export(FIRST, SECOND, row("2021-01-03T00:00:00+01:00", 1, 2, 2, 1, 3))
    assert problems(text) == [("line=7", False)]
    assert len(records(text, "Consumption")) == 1
    assert all(check.ok for check in checks(text))


def test_a_row_without_any_figure_is_a_remark():
    assert problems(export(FIRST, row("2021-01-02T00:00:00+01:00", *[""] * 5))) == [
        ("line=6", False)
    ]


def test_a_row_that_says_the_same_again_is_one_row():
    text = export(FIRST, FIRST, SECOND)
    assert problems(text) == [("line=6", False)]
    assert len(records(text, "MeterReading")) == 10


def test_rows_that_differ_about_one_time_are_both_told_of():
    other = FIRST.replace(";300", ";301")
    text = export(FIRST, other, SECOND)
    assert problems(text) == [("line=5", True), ("line=6", True)]
    assert len(records(text, "MeterReading")) == 5


def test_the_order_of_rows_makes_no_difference():
    def told(text):
        return {(r.kind, r.key, r.fields) for r in items(text) if isinstance(r, Record)}

    third = row("2021-01-03T00:00:00+01:00", 160, 410, 460, 110, 570)
    assert told(export(FIRST, SECOND, third)) == told(export(third, FIRST, SECOND))


class TestCalendars:
    LAST = row("2021-01-10T00:00:00+01:00", 200, 500, "", "", 700)

    def labels(self, *calendars):
        found = records(export(FIRST, self.LAST, calendars=calendars), "MeterReading")
        kept = [dict(r.fields) for r in found]
        return [
            (f["sd:sourceLabel"], f["schema:name"], f.get("sd:tariffPeriod"))
            for f in kept
            if "schema:name" in f
        ]

    def test_they_say_what_each_register_was_for_and_when(self):
        assert self.labels(
            "Du 2020-03-31T00:00:00+02:00 au 2021-01-05T00:00:00+01:00;A;Base;BASE;Base;EAS F1",
            "Du 2021-01-05T00:00:00+01:00 au;B;2;HC;Heures Creuses;EAS F1;HP;Heures Pleines;EAS F2",
        ) == [
            ("EAS F1", "Base", Code("base")),
            ("EAS F1", "Heures Creuses", Code("offpeak")),
            ("EAS F2", "Heures Pleines", Code("peak")),
        ]

    def test_a_period_of_no_known_kind_has_its_name_only(self):
        calendar = "Du 2020-01-01T00:00:00+01:00 au;A;Week-end;WE;Week-End;EAS F1;;;EAS F2"
        assert self.labels(calendar) == [
            ("EAS F1", "Week-End", None),
            ("EAS F1", "Week-End", None),
        ]

    def test_one_without_dates_is_told_of(self):
        text = export(FIRST, calendars=("Du 31/03/2020 au;A;Base;BASE;Base;EAS F1",))
        assert problems(text) == [("line=8", True)]


class TestChecks:
    def test_the_registers_of_each_grid_add_up_to_the_total(self):
        supplier, distributor = checks(export(FIRST, SECOND))
        assert (supplier.expected, supplier.got, supplier.ok) == ("250", "250", True)
        assert (distributor.expected, distributor.got, distributor.ok) == ("250", "250", True)

    def test_what_does_not_add_up_shows(self):
        text = export(FIRST, SECOND.replace(";150;", ";151;"))
        supplier, distributor = checks(text)
        assert (supplier.expected, supplier.got, supplier.ok) == ("250", "251", False)
        assert distributor.ok

    def test_what_makes_up_for_itself_shows_too(self):
        third = row("2021-01-03T00:00:00+01:00", 160, 410, 460, 110, 570)
        text = export(FIRST, SECOND.replace(";150;", ";151;"), third)
        assert [check.ok for check in checks(text)] == [False, True]
        assert {check.expected for check in checks(text)} == {"270"}

    def test_a_new_contract_leaves_nothing_to_compare_at_its_row(self):
        text = export(
            FIRST,
            row("2021-01-02T00:00:00+01:00", 150, "", 450, 100, 550),
            row("2021-01-03T00:00:00+01:00", 250, "", 550, 100, 650),
        )
        supplier, distributor = checks(text)
        assert (supplier.expected, supplier.ok) == ("100", True)
        assert (distributor.expected, distributor.ok) == ("350", True)

    def test_one_row_or_no_total_has_nothing_to_compare(self):
        assert checks(export(FIRST)) == ()
        assert checks(export(FIRST.rpartition(";")[0], SECOND.rpartition(";")[0])) == ()


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(export(FIRST, about=ABOUT.replace(";Wh", ";VArh")), 1, id="no energy"),
        pytest.param(export(FIRST, about=ABOUT.replace("Consommation", "?")), 2, id="no direction"),
        pytest.param(export(FIRST, "2021-01-02;x;1;2;3;4;5"), 1, id="no time"),
        pytest.param(export(FIRST, row("2021-01-02T00:00:00+01:00", "x")), 1, id="no number"),
        pytest.param(
            export(FIRST, header="Horodate;EAS T"), 1, id="figures under the wrong column"
        ),
        pytest.param(export(f"{FIRST};" + "1" * 200_000), 1, id="a cell too long"),
    ],
)
def test_what_cannot_be_read_is_told_of(text, rows):
    assert [row for _, row in problems(text)] == [True] * rows


def test_energy_may_be_in_kilowatt_hours():
    text = export(FIRST, SECOND, about=ABOUT.replace(";Wh", ";kWh"))
    (found,) = records(text, "Consumption")
    assert dict(found.fields)["sd:energy"] == 250


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        pytest.param(export(), True, id="indexes"),
        pytest.param(export(about=ABOUT.replace("Index", "Courbe de charge")), False, id="curve"),
        pytest.param("Identifiant PRM;Horodate\n1;2", False, id="another table of a meter"),
        pytest.param("Date;Type de donnees\nIndex", False, id="another table"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_indexes_are_recognised_by_their_titles(text, claimed):
    assert (EnedisIndex().recognise("export.csv", text.encode()) is not None) == claimed


def test_they_are_from_enedis():
    assert EnedisIndex().holder(b"").name == "Enedis"


@pytest.mark.parametrize("more", [";1", ""], ids=["more", "fewer"])
def test_a_row_of_another_width_than_its_header_is_not_read(more):
    text = FIRST + more if more else FIRST.rpartition(";")[0]
    assert problems(export(text)) == [("line=5", True)]
    assert records(export(text), "MeterReading") == []


def test_a_column_that_is_not_known_is_told_of():
    header = HEADER.replace("EAS F1", "EAS X1")
    assert ("line=4", False) in problems(export(FIRST, header=header))


POWER = (
    "12345678901234;Puissance maximale quotidienne;01/01/2021;31/12/2021;"
    "Puissance maximale atteinte;Consommation;;VA"
)


class TestTheHighestPowerOfEachDay:
    @pytest.mark.parametrize(("unit", "power"), [("VA", "4.641"), ("", "4.641"), ("kVA", "4641")])
    def test_is_in_kva_whatever_unit_it_is_told_in(self, unit, power):
        about = POWER.replace(";VA", f";{unit}")
        text = export("2021-01-24T16:56:41+01:00;4641", about=about, header="Horodate;Valeur")
        (found,) = records(text, "Consumption")
        fields = dict(found.fields)
        assert (fields["sd:power"], fields["sd:date"]) == (Decimal(power), date(2021, 1, 24))
        assert fields["sosa:resultTime"].isoformat() == "2021-01-24T16:56:41+01:00"

    def test_may_stand_behind_the_indexes_in_rows_of_its_own(self):
        section = (TITLES, POWER, "Horodate;Valeur", "2021-01-24T16:56:41+01:00;4641")
        text = export(FIRST, SECOND, *section)
        powers = [dict(r.fields).get("sd:power") for r in records(text, "Consumption")]
        assert powers == [Decimal("4.641"), None]
        assert len(records(text, "MeterReading")) == 10
        assert problems(text) == []

    def test_is_taken_once_where_it_is_told_twice_and_not_where_it_is_told_differently(self):
        stamp = "2021-01-24T16:56:41+01:00"
        rows = (f"{stamp};4641", f"{stamp};4641", "2021-01-25T00:00:00+01:00;")
        text = export(*rows, about=POWER, header="Horodate;Valeur")
        assert len(records(text, "Consumption")) == 1
        assert problems(text) == [("line=7", False), ("line=6", False)]
        text = export(f"{stamp};4641", f"{stamp};4700", about=POWER, header="Horodate;Valeur")
        assert problems(text) == [("line=5", True), ("line=6", True)]

    def test_of_what_is_given_to_the_grid_is_refused(self):
        about = POWER.replace("Consommation", "Production")
        text = export("2021-01-24T16:56:41+01:00;4641", about=about, header="Horodate;Valeur")
        assert problems(text) == [("line=5", True)]


def test_a_section_of_something_else_is_refused_row_by_row():
    about = ABOUT.replace("Index", "Energie reactive")
    text = export(FIRST, TITLES, about, "Horodate;Valeur", "2021-01-01;7")
    assert problems(text) == [("line=9", True)]
