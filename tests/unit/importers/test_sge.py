import pytest

from importers import by_format
from tests.unit.importers.reading import items, problems, readings, records

PRM = "12345678901234"


def r50(*points, step="30", meter=PRM):
    head = f"<En_Tete_Flux><Pas_Publication>{step}</Pas_Publication></En_Tete_Flux>"
    curve = f"<Donnees_Releve>{''.join(points)}</Donnees_Releve>"
    return f"<R50>{head}<PRM><Id_PRM>{meter}</Id_PRM>{curve}</PRM></R50>"


def point(stamp, value="1"):
    return f"<PDC><H>{stamp}</H><V>{value}</V><IV>0</IV></PDC>"


def r151(*days, unit="Wh", power="VA"):
    head = (
        f"<En_Tete_Flux><Unite_Mesure_Index>{unit}</Unite_Mesure_Index>"
        f"<Unite_Mesure_Puissance>{power}</Unite_Mesure_Puissance></En_Tete_Flux>"
    )
    return f"<R151>{head}<PRM><Id_PRM>{PRM}</Id_PRM>{''.join(days)}</PRM></R151>"


def day(date, distributor=(), supplier=(), *, rank=True, power=""):
    def registers(name, values):
        for place, value in enumerate(values, 1):
            where = f"<Rang_Cadran>{place}</Rang_Cadran>" if rank else ""
            yield f"<{name}>{where}<Valeur>{value}</Valeur></{name}>"

    found = [
        *registers("Classe_Temporelle_Distributeur", distributor),
        *registers("Classe_Temporelle", supplier),
        f"<Puissance_Maximale><Valeur>{power}</Valeur></Puissance_Maximale>" if power else "",
    ]
    return f"<Donnees_Releve><Date_Releve>{date}</Date_Releve>{''.join(found)}</Donnees_Releve>"


@pytest.mark.parametrize("step", ["", "0", "x", "100"])
def test_points_without_a_step_are_told_of(step):
    found = items("enedis-sge-r50", r50(point("2024-06-01T00:30:00+02:00"), step=step))
    assert problems(found) == [("the head of the file does not say how long a step is", True)]


def test_the_step_is_that_of_the_head():
    found = items("enedis-sge-r50", r50(point("2024-06-01T00:10:00+02:00"), step="10"))
    assert [reading.start.isoformat() for reading in readings(found)] == [
        "2024-06-01T00:00:00+02:00"
    ]


@pytest.mark.parametrize("name", ["enedis-sge-r50", "enedis-sge-r151"])
def test_a_document_type_is_refused(name):
    ((message, lost),) = problems(items(name, "<!DOCTYPE a []><R50/>"))
    assert ("document type" in message, lost) == (True, True)


@pytest.mark.parametrize(("unit", "energy"), [("Wh", "0.5"), ("kWh", "500")])
def test_what_came_through_is_told_for_each_day_once(unit, energy):
    days = (day("2024-06-01", (10, 20), (5,)), day("2024-06-02", (110, 420), (505,)))
    found = items("enedis-sge-r151", r151(*days, unit=unit))
    (one,) = records(found, "Consumption")
    # The index of a day is the one at its end: what is between two is the day of the later one.
    assert (one.on.isoformat(), str(dict(one.fields)["sd:energy"])) == ("2024-06-02", energy)
    shown = {dict(reading.fields)["sosa:resultTime"] for reading in records(found, "MeterReading")}
    assert min(shown).isoformat() == "2024-06-02T00:00:00+02:00"
    (check,) = by_format("enedis-sge-r151").reconcile(found)
    assert check.ok


def test_another_unit_is_no_energy():
    ((message, lost),) = problems(
        items("enedis-sge-r151", r151(day("2024-06-01", (1,)), unit="VA"))
    )
    assert (message[:8], lost) == ("the unit", True)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (day("2024-06-01", (1,)), day("2024-06-02", (2,))),
        (day("2024-06-01", (1,), (1,)), day("2024-06-02", (2,), (1, 2))),
        (day("2024-06-01", (1,), (5,)), day("2024-06-02", (2,), (4,))),
        (day("2024-06-01", (), (5,)), day("2024-06-02", (), (6,))),
    ],
    ids=["no supplier", "a register begins", "a register went back", "no distributor"],
)
def test_registers_that_cannot_be_compared_are_not(first, second):
    found = items("enedis-sge-r151", r151(first, second))
    assert by_format("enedis-sge-r151").reconcile(found) == ()


def test_registers_without_a_rank_go_by_their_place():
    found = items("enedis-sge-r151", r151(day("2024-06-01", (1, 2), rank=False)))
    names = [dict(one.fields)["sd:sourceLabel"] for one in records(found, "MeterReading")]
    assert names == ["EAS D1", "EAS D2"]


def test_days_that_differ_are_told_of():
    found = items("enedis-sge-r151", r151(day("2024-06-01", (1,)), day("2024-06-01", (2,))))
    assert [lost for _, lost in problems(found)] == [True, True]


def test_a_register_without_a_figure_is_left_out():
    found = items("enedis-sge-r151", r151(day("2024-06-01", ("", 2))))
    assert [dict(one.fields)["sd:sourceLabel"] for one in records(found, "MeterReading")] == [
        "EAS D2"
    ]


@pytest.mark.parametrize(("unit", "power"), [("VA", "7452"), ("kVA", "7.452")])
def test_the_highest_power_is_that_of_its_day(unit, power):
    found = items("enedis-sge-r151", r151(day("2024-06-01", (1,), power=power), power=unit))
    (one,) = records(found, "Consumption")
    assert (one.on.isoformat(), str(dict(one.fields)["sd:power"])) == ("2024-06-01", "7.452")
    assert problems(found) == []


def test_a_day_that_has_a_highest_power_alone_is_read():
    found = items("enedis-sge-r151", r151(day("2024-06-01", power="10")))
    assert [one.counted for one in records(found, "Consumption")] == [True]
    assert len(records(found, "MeterPoint")) == 1


@pytest.mark.parametrize(
    ("days", "unit", "lost"),
    [
        ((day("2024-06-01", (1,), power="x"),), "VA", 1),
        ((day("2024-06-01", (1,), power="1"),), "Wh", 1),
        ((day("2024-06-01", (1,), power="1"), day("2024-06-01", (1,), power="2")), "VA", 2),
        ((day("2024-06-01", (1,), power="1"), day("2024-06-01", (1,), power="1")), "VA", 0),
    ],
    ids=["no number", "no power", "two of one day", "twice the same"],
)
def test_highest_powers_that_cannot_be_taken_are_told_of(days, unit, lost):
    found = items("enedis-sge-r151", r151(*days, power=unit))
    assert sum(row for _, row in problems(found)) == lost
    assert len(records(found, "Consumption")) == (lost == 0)
    assert len(records(found, "MeterReading")) == 1
