import io
from decimal import Decimal

import pytest

from importers.contract import Key, Options, Problem, Reading, Record
from importers.energy.enedis_load_curve import EnedisLoadCurve
from importers.series import settle

TITLES = (
    "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;"
    "Grandeur metier;Etape metier;Unite;Pas en minutes"
)
ABOUT = (
    "12345678901234;Courbe de charge;01/01/2024;31/12/2024;Energie active;"
    "Consommation;Comptage Brut;W;"
)
FLAT = (
    "Identifiant PRM;Date de début;Date de fin;Grandeur physique;Grandeur métier;Etape métier;"
    "Unité;Horodate;Valeur;Nature;Pas;Indice de vraisemblance;Etat complémentaire"
)


def titled(*rows, titles=TITLES, about=ABOUT):
    return "\n".join(("\ufeff" + titles, about, "Horodate;Valeur", *rows)) + "\n"


def flat(*rows):
    return "\n".join((FLAT, *rows)) + "\n"


def row(stamp, value, **other):
    usual = {"stage": "BRUT", "nature": "B", "what": "CONS", "unit": "W", "step": "PT30M"}
    cell = {"quantity": "PA"} | usual | other
    about = f"12345678901234;2024-01-01 00:00:00;2025-01-01 00:00:00;{cell['quantity']}"
    subject = f"{about};{cell['what']};{cell['stage']};{cell['unit']}"
    return f"{subject};{stamp};{value};{cell['nature']};{cell['step']};0;0"


def items(text):
    return list(EnedisLoadCurve().parse(io.BytesIO(text.encode()), Options()))


def readings(text):
    return [item for item in items(text) if isinstance(item, Reading)]


def problems(text):
    return [(i.locator, i.message) for i in items(text) if isinstance(i, Problem)]


def spans(text):
    return [
        (f"{r.start:%H:%M%z}", f"{r.end:%H:%M%z}", r.value and int(r.value)) for r in readings(text)
    ]


class TestTheLayoutUntil2024:
    def test_a_value_is_the_mean_power_of_the_step_that_ends_at_its_stamp(self):
        (first, *_) = readings(
            titled("2024-01-18T00:30:00+01:00;218;", "2024-01-18T01:00:00+01:00;162")
        )
        assert first.start.isoformat() == "2024-01-18T00:00:00+01:00"
        assert first.end.isoformat() == "2024-01-18T00:30:00+01:00"
        assert (first.value, first.quality, first.locator) == (218, "remote", "line=4")
        series = first.series
        assert (series.name, series.unit, series.energy, series.flow) == (
            "load",
            "W",
            "mean-power",
            "in",
        )

    def test_the_meter_is_told_once_and_not_counted(self):
        text = titled("2024-01-18T00:30:00+01:00;1", "2024-01-18T01:00:00+01:00;2")
        (meter,) = [item for item in items(text) if isinstance(item, Record)]
        assert (meter.kind, meter.key, meter.counted) == (
            "MeterPoint",
            Key(stable="12345678901234"),
            False,
        )

    def test_a_row_without_a_value_is_a_gap(self):
        found = readings(titled("2024-01-18T00:30:00+01:00;", "2024-01-18T01:00:00+01:00"))
        assert [(r.value, r.quality) for r in found] == [(None, None), (None, None)]

    def test_the_hour_that_comes_twice_keeps_apart(self):
        text = titled(
            "2024-10-27T02:00:00+02:00;1",
            "2024-10-27T02:30:00+02:00;2",
            "2024-10-27T02:00:00+01:00;3",
            "2024-10-27T02:30:00+01:00;4",
        )
        assert spans(text) == [
            ("01:30+0200", "02:00+0200", 1),
            ("02:00+0200", "02:30+0200", 2),
            ("02:30+0200", "02:00+0100", 3),
            ("02:00+0100", "02:30+0100", 4),
        ]

    def test_the_start_has_the_offset_of_its_own_moment(self):
        found = spans(titled("2024-03-31T01:30:00+01:00;1", "2024-03-31T03:00:00+02:00;2"))
        assert found[1] == ("01:30+0100", "03:00+0200", 2)

    def test_the_step_may_change_within_the_file(self):
        hours = ("04:30", "05:00", "05:30", "05:40", "05:50")
        found = readings(titled(*(f"2024-01-18T{hour}:00+01:00;60" for hour in hours)))
        assert [(r.end - r.start).seconds // 60 for r in found] == [30, 30, 30, 10, 10]

    def test_the_step_that_the_file_tells_is_used(self):
        (found,) = readings(titled("2024-01-18T01:00:00+01:00;60", about=f"{ABOUT}60"))
        assert (found.end - found.start).seconds == 3600

    def test_rows_may_come_in_any_order(self):
        rows = [f"2024-01-18T{hour:02}:00:00+01:00;{hour}" for hour in range(1, 9)]
        forwards = {(r.start, r.end, r.value) for r in readings(titled(*rows))}
        assert {(r.start, r.end, r.value) for r in readings(titled(*reversed(rows)))} == forwards

    def test_power_may_be_in_kilowatts_and_flow_out(self):
        about = ABOUT.replace("Consommation", "Production").replace(";W;", ";kW;30")
        (found,) = readings(titled("2024-01-18T00:30:00+01:00;1,5", about=about))
        assert (found.value, found.series.name, found.series.flow) == (1500, "load-out", "out")

    def test_a_file_may_have_the_curves_of_two_meters(self):
        second = titled("2024-01-18T00:30:00+01:00;9", about=f"{ABOUT}30").replace(
            "1234567", "9934567"
        )
        text = titled("2024-01-18T00:30:00+01:00;1", about=f"{ABOUT}30") + second.lstrip("\ufeff")
        assert [(r.series.meter.stable[:3], int(r.value)) for r in readings(text)] == [
            ("123", 1),
            ("993", 9),
        ]

    @pytest.mark.parametrize(
        ("bad", "message"),
        [
            pytest.param(
                "2024-01-18T00:30:00;1", "this time does not say its offset", id="no offset"
            ),
            pytest.param("2024-02-30T00:30:00+01:00;1", "this day does not exist", id="no day"),
            pytest.param("2024-01-18T00:30:00+01:00;21O", "this is not a number", id="no number"),
            pytest.param("Total;1", "this is not a date and time", id="no time"),
            pytest.param(
                "2024-01-18T02:14:10+01:00;1",
                "the time is not at the end of a whole step",
                id="beside the step",
            ),
        ],
    )
    def test_a_row_that_cannot_be_read_is_told_of_and_the_others_are_read(self, bad, message):
        text = titled("2024-01-18T01:00:00+01:00;1", "2024-01-18T01:30:00+01:00;2", bad)
        assert problems(text) == [("line=6", message)]
        assert len(readings(text)) == 2

    def test_a_row_whose_step_cannot_be_known_is_told_of(self):
        message = "the step is not given, and the rows around this one do not show it"
        assert problems(titled("2024-01-18T01:00:00+01:00;1")) == [("line=4", message)]

    @pytest.mark.parametrize(
        ("about", "message"),
        [
            pytest.param(
                ABOUT.replace("12345678901234", "1,23457E+13"),
                "column `Identifiant PRM`: this is not the number of a meter: it has 14 digits",
                id="a meter that a spreadsheet has spoilt",
            ),
            pytest.param(
                ABOUT.replace("Consommation", "Puissance"),
                "column `Grandeur metier`: say `Consommation` or `Production`",
                id="neither way",
            ),
            pytest.param(
                ABOUT.replace(";W;", ";VAr;"),
                "the unit is neither W nor kW: this is no active power",
                id="no active power",
            ),
            pytest.param(f"{ABOUT}x", "column `Pas en minutes`: this is not a step", id="no step"),
            pytest.param(
                f"{ABOUT}0", "column `Pas en minutes`: this is not a step", id="a step of nothing"
            ),
        ],
    )
    def test_what_cannot_be_read_of_the_titles_costs_every_row(self, about, message):
        text = titled("2024-01-18T01:00:00+01:00;1", about=about)
        nothing = "nothing before this row says what it is about"
        assert problems(text) == [("line=2", message), ("line=4", nothing)]

    def test_a_title_without_the_step_leaves_it_open(self):
        titles, about = TITLES.removesuffix(";Pas en minutes"), ABOUT.removesuffix(";")
        text = titled(
            "2024-01-18T01:00:00+01:00;1", "2024-01-18T02:00:00+01:00;1", titles=titles, about=about
        )
        assert [(r.end - r.start).seconds for r in readings(text)] == [3600, 3600]

    def test_a_row_that_cannot_be_taken_apart_is_told_of(self):
        text = titled("2024-01-18T01:00:00+01:00;" + "1" * 200_000)
        assert [locator for locator, _ in problems(text)] == ["line=4"]


class TestTheLayoutSince2025:
    def test_a_row_says_everything_in_local_time(self):
        (found,) = readings(flat(row("2024-07-13 00:30:00", 692)))
        assert found.start.isoformat() == "2024-07-13T00:00:00+02:00"
        assert (found.value, found.quality, found.series.name) == (692, "remote", "load")

    def test_the_hour_that_comes_twice_is_told_apart_by_the_order_of_rows(self):
        hours = ("02:00", "02:30", "02:00", "02:30", "03:00")
        rows = [row(f"2024-10-27 {hour}:00", place) for place, hour in enumerate(hours)]
        expected = [
            ("01:30+0200", "02:00+0200", 0),
            ("02:00+0200", "02:30+0200", 1),
            ("02:30+0200", "02:00+0100", 2),
            ("02:00+0100", "02:30+0100", 3),
            ("02:30+0100", "03:00+0100", 4),
        ]
        assert spans(flat(*rows)) == expected
        assert spans(flat(*reversed(rows))) == expected

    def test_a_time_that_the_clocks_skip_is_told_of(self):
        text = flat(row("2024-03-31 01:30:00", 1), row("2024-03-31 02:30:00", 2))
        ((locator, message),) = problems(text)
        assert (locator, message.startswith("no clock showed this time")) == ("line=3", True)

    def test_a_stamp_may_also_have_its_offset(self):
        (found,) = readings(flat(row("2026-01-01T00:30:00+01:00", 5)))
        assert found.start.isoformat() == "2026-01-01T00:00:00+01:00"

    @pytest.mark.parametrize(
        ("rows", "value"),
        [
            pytest.param([("BRUT", 1), ("CORRIGE", 3), ("COMPLETE", 2)], 3, id="corrected"),
            pytest.param([("COMPLETE", 2), ("BRUT", 1)], 2, id="completed"),
            pytest.param([("BRUT", ""), ("COMPLETE", 2)], 2, id="a gap that was completed"),
            pytest.param([("CORRIGE", ""), ("BRUT", 1)], 1, id="a correction without a value"),
        ],
    )
    def test_of_the_stages_of_one_time_the_last_one_holds(self, rows, value):
        text = flat(*(row("2024-07-13 00:30:00", v, stage=stage) for stage, v in rows))
        ((points),) = settle(readings(text)).kept.values()
        assert [point.reading.value for point in points] == [Decimal(value)]

    @pytest.mark.parametrize(
        ("stage", "nature", "quality"),
        [
            pytest.param("BRUT", "B", "remote", id="raw"),
            pytest.param("BRUT", "", "remote", id="raw by its stage"),
            pytest.param("COMPLETE", "E", "estimated", id="estimated"),
            pytest.param("COMPLETE", "", None, id="completed, by what is not said"),
            pytest.param("CORRIGE", "C", "corrected", id="corrected"),
            pytest.param("CORRIGE", "?", "corrected", id="corrected by its stage"),
        ],
    )
    def test_the_quality_is_told_by_nature_or_stage(self, stage, nature, quality):
        (found,) = readings(flat(row("2024-07-13 00:30:00", 1, stage=stage, nature=nature)))
        assert found.quality == quality

    @pytest.mark.parametrize(
        ("step", "seconds"),
        [
            pytest.param("PT30M", 1800, id="half an hour"),
            pytest.param("PT1H", 3600, id="an hour"),
            pytest.param("10", 600, id="minutes"),
        ],
    )
    def test_each_row_tells_its_step(self, step, seconds):
        (found,) = readings(flat(row("2024-07-13 01:00:00", 1, step=step)))
        assert (found.end - found.start).seconds == seconds

    def test_a_step_that_is_left_open_shows_in_the_stamps(self):
        rows = (row(f"2024-07-13 0{hour}:00:00", 1, step="") for hour in (1, 2, 3))
        assert {(r.end - r.start).seconds for r in readings(flat(*rows))} == {3600}

    def test_consumption_and_production_are_two_series(self):
        text = flat(row("2024-07-13 12:30:00", 1), row("2024-07-13 12:30:00", 2, what="PROD"))
        assert [(r.series.name, int(r.value)) for r in readings(text)] == [
            ("load", 1),
            ("load-out", 2),
        ]

    @pytest.mark.parametrize(
        "bad",
        [
            pytest.param(row("2024-07-13 00:30:00", 1, unit="VAr"), id="no active power"),
            pytest.param(row("13/07/2024 00:30", 1), id="no time"),
            pytest.param("12345678901234", id="cut"),
            pytest.param("12345678901234;;;PA;CONS;BRUT;W", id="cut before the time"),
            pytest.param(row("2024-07-13 00:30:00", "x"), id="no number"),
        ],
    )
    def test_a_row_that_cannot_be_read_is_told_of_and_the_others_are_read(self, bad):
        text = flat(bad, row("2024-07-13 01:00:00", 1))
        assert [locator for locator, _ in problems(text)] == ["line=2"]
        assert len(readings(text)) == 1

    def test_a_row_cut_behind_its_time_is_a_gap(self):
        whole = row("2024-07-13 00:30:00", 1, step="")
        text = flat(whole.partition(";1;")[0], row("2024-07-13 01:00:00", 1))
        assert [(r.locator, r.value) for r in readings(text)] == [("line=2", None), ("line=3", 1)]

    def test_a_table_without_nature_is_read(self):
        text = flat(row("2024-07-13 00:30:00", 1)).replace("Nature", "Autre")
        assert [r.quality for r in readings(text)] == ["remote"]


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        pytest.param(titled(), "2022", id="until 2024"),
        pytest.param(flat(), "2025", id="since 2025"),
        pytest.param(titled().replace("Courbe de charge", "Index"), None, id="indexes"),
        pytest.param("Identifiant PRM;Autre\n1;2\n", None, id="another table of a meter"),
        pytest.param("Date;Montant\n", None, id="another table"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_load_curve_is_recognised_by_its_columns(text, variant):
    match = EnedisLoadCurve().recognise("export.csv", text.encode())
    assert (match and match.variant) == variant


def test_it_is_from_enedis_and_states_no_sum():
    assert EnedisLoadCurve().holder(b"").name == "Enedis"
    assert EnedisLoadCurve().reconcile(items(titled())) == ()


@pytest.mark.parametrize(
    ("layout", "one"),
    [(titled, "2024-01-01T00:30:00+01:00;218"), (flat, row("2024-01-01 00:30:00", 218))],
)
def test_two_rows_that_run_into_one_are_not_read_as_the_first(layout, one):
    text = layout(f"{one};{one}")
    assert readings(text) == []
    ((_, why),) = problems(text)
    assert why == "this row has more cells than the table has columns"


def power(stamp, value, **other):
    return row(stamp, value, **{"quantity": "PMA", "unit": "VA", "step": "P1D"} | other)


def peaks(text):
    found = (i for i in items(text) if isinstance(i, Record) and i.counted)
    return [(i.on.isoformat(), str(dict(i.fields)["sd:power"])) for i in found]


class TestTheHighestPowerInTheTablesOfSge:
    @pytest.mark.parametrize(
        ("stamp", "at"),
        [
            ("2024-03-30 18:50:00", "2024-03-30T18:50:00+01:00"),
            ("2024-07-01T18:50:00+02:00", "2024-07-01T18:50:00+02:00"),
            ("2024-03-30", None),
        ],
    )
    def test_it_is_kept_with_its_day_and_its_time_where_that_is_told(self, stamp, at):
        text = flat(power(stamp, "5980"))
        assert peaks(text) == [(stamp[:10], "5.98")]
        (found,) = (i for i in items(text) if isinstance(i, Record) and i.counted)
        said = dict(found.fields).get("sosa:resultTime")
        assert (said and said.isoformat()) == at

    def test_it_stands_beside_a_load_curve_and_is_no_part_of_it(self):
        text = flat(row("2024-07-13 00:30:00", 692), power("2024-07-13 00:10:00", "900"))
        assert (len(readings(text)), len(peaks(text))) == (1, 1)

    @pytest.mark.parametrize(
        ("rows", "told"),
        [
            ([power("2024-07-13", "")], "the row has no value"),
            ([power("2024-07-13", "x")], "this is not a number"),
            ([power("2024-07-13", "1", what="PROD")], "the highest power given to the grid"),
            ([power("2024-07-13", "1", unit="Wh")], "the unit is not that of a power"),
            ([power("2024-03-31 02:30:00", "1")], "no clock showed this time"),
        ],
    )
    def test_one_that_is_none_is_told_of(self, rows, told):
        ((_, message),) = problems(flat(*rows))
        assert message.startswith(told)
        assert peaks(flat(*rows)) == []

    def test_two_of_one_day_are_not_taken(self):
        assert peaks(flat(power("2024-07-13", "1"), power("2024-07-13", "2"))) == []
        assert peaks(flat(power("2024-07-13", "1"), power("2024-07-13", "1"))) != []
