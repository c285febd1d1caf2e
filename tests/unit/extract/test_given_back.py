"""What is given back once more says the same: the importers of those formats read it again."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from importers import by_format, identify
from importers.bank.movement import Movement as Moved
from importers.contract import Problem, Reading, Record
from importers.totals import LOCATOR
from pod.extract.clocks import Clocks, clocks_of
from pod.extract.green_button import UNITS, green_button
from pod.extract.held import held
from pod.extract.meters import meters
from pod.extract.midata import midata
from pod.extract.ofx import ofx
from pod.extract.statements import statements
from pod.extract.study import study
from pod.extract.tables import Table
from tests.importers.golden import items_of
from tests.unit.intake.house import METER, STORAGE, House, bank_account, half_hours, payment
from vocab.extended import Vocabulary
from vocab.names import SD

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SAMPLES = Path(__file__).parents[2] / "importers"


def records_of(*items, domain="bank"):
    house = House(domain=domain)
    house.take(*items)
    return held(house.held.values())


def exported(path):
    """The records of a pod that has imported a sample."""
    content = path.read_bytes()
    importer = identify(path.name, content)[0][0]
    return records_of(*items_of(importer, content), domain=importer.domain)


def read_again(content):
    ((importer, _),) = identify("x", content)
    items = items_of(importer, content)
    assert not [item for item in items if isinstance(item, Problem)]
    return items


def movements(items):
    """The day, amount, currency and label of each movement, in order."""
    found = (dict(item.fields) for item in items if isinstance(item, Record) and item.counted)
    return sorted((m["sd:date"], m["sd:amount"], m["sd:currency"]) for m in found)


@pytest.mark.parametrize("name", ["two-accounts.ofx", "bpce.csv", "version-08.xml", "ubs.csv"])
def test_bank_lines_come_back_as_ofx(name):
    records = exported(SAMPLES / "bank" / name)
    found, left_out = statements(records)
    again = read_again(ofx(found, NOW))
    said = sorted((m.day, m.amount, m.currency) for one in found for m in one.movements)
    assert movements(again) == said
    assert left_out == 0
    assert len(said) == sum(one.is_a(SD.BankTransaction) for one in records.values())
    assert len({i.key for i in again if isinstance(i, Record) and i.kind == "BankAccount"}) == len(
        found
    )


def test_an_ofx_says_label_party_nature_and_the_last_balance():
    moved = Moved(
        account=bank_account().key,
        on=date(2024, 3, 5),
        amount=Decimal("-12.50"),
        label="PRLV SEPA <Énergie & fils> RUM 12",
        locator="line=1",
        identifier="REF1",
        beside={"sd:counterpartyName": "Énergie & fils"},
    )
    found, _ = statements(records_of(bank_account(), moved.record()))
    (record,) = (item for item in read_again(ofx(found, NOW)) if getattr(item, "counted", False))
    said = dict(record.fields)
    assert said["sd:sourceLabel"] == "Énergie & fils PRLV SEPA <Énergie & fils> RUM 12"
    assert (said["sd:nature"].name, record.key.stable) == ("debit", "REF1")


@pytest.mark.spec("Self Data SYS-09")
@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("fr", ["Date", "Type", "Libellé", "Débit/Crédit", "Solde", "Devise", "Compte"]),
        (
            "en",
            [
                *("Date", "Type", "Merchant/Description", "Debit/Credit"),
                *("Balance", "Currency", "Account"),
            ],
        ),
    ],
)
def test_bank_lines_come_back_as_a_plain_table(language, head):
    rows = [payment(1), payment(2, "7", label="=SOMME(A1)", on=date(2024, 3, 6))]
    found, _ = statements(records_of(bank_account(), *rows))
    table = list(csv.reader(io.StringIO(midata(found, language).decode("utf-8-sig"))))
    assert table[0] == head
    assert [row[0] for row in table[1:]] == ["2024-03-06", "2024-03-05"]
    assert [row[2:4] for row in table[1:]] == [["'=SOMME(A1)", "7"], ["CB EPICERIE", "-12.5"]]


@pytest.mark.spec("Self Data SYS-12")
@pytest.mark.spec("NAESB ESPI IntervalReading")
@pytest.mark.parametrize("name", ["load-curve-2022.csv", "grdf.json", "octopus.csv", "n3rgy.csv"])
def test_meters_come_back_as_green_button(name):
    found, left_out = meters(exported(SAMPLES / "energy" / name), UNITS)
    assert left_out == 0
    again = read_again(green_button(found, NOW))
    told = sum(len(course.intervals) for meter in found for course in meter.courses)
    rows = [item for item in again if isinstance(item, Reading | Record) and item.counted]
    assert len(rows) == told > 0


def test_a_load_curve_comes_back_as_the_energy_of_each_half_hour():
    # The night on which the clocks go back has fifty half hours; two of this one are missing.
    values = [*range(100, 148), None, None]
    house = House(domain="energy")
    house.take(*half_hours(values, day=date(2024, 10, 27)))
    (meter,), _ = meters(held(house.held.values()), UNITS)
    again = [i for i in read_again(green_button([meter], NOW)) if isinstance(i, Reading)]
    assert [reading.value for reading in again] == [Decimal(v) / 2 for v in values[:48]]
    assert again[0].start == datetime(2024, 10, 26, 22, tzinfo=UTC)
    assert {(r.end - r.start).total_seconds() for r in again} == {1800}
    assert meter.number == METER.stable
    zone = again[0].series.zone
    assert str(again[0].start.astimezone(zone).utcoffset()) == "2:00:00"
    assert str(again[-1].start.astimezone(zone).utcoffset()) == "1:00:00"


def test_what_an_interval_cost_stands_beside_it():
    found, _ = meters(exported(SAMPLES / "energy" / "octopus.csv"), UNITS)
    readings = [i for i in read_again(green_button(found, NOW)) if isinstance(i, Reading)]
    costs = [(r.series.unit, r.value) for r in readings if not r.counted]
    assert costs == [("CCY_GBP", Decimal("0.0071")), ("CCY_GBP", Decimal("0.0075"))]


@pytest.mark.spec("NAESB ESPI LocalTimeParameters")
@pytest.mark.parametrize(
    ("shown", "offset", "start", "end"),
    [
        (["2024-07-01T00:00+02:00"], 3600, "3E0E2000", "AE0E3000"),
        (["2024-01-01T00:00+01:00"], 3600, "3E0E2000", "AE0E3000"),
        (["2024-03-31T01:00+01:00", "2024-03-31T03:00+02:00"], 3600, "3E0E2000", "AE0E3000"),
        (["2024-10-27T02:59+02:00", "2024-10-27T02:00+01:00"], 3600, "3E0E2000", "AE0E3000"),
        (["2024-07-01T00:00+01:00", "2024-01-01T00:00+00:00"], 0, "3E0E1000", "AE0E2000"),
        (["2024-07-01T00:00+00:00", "2024-01-01T00:00+00:00"], 0, "FFFFFFFF", "FFFFFFFF"),
        (["2024-07-01T00:00+00:00"], 0, "FFFFFFFF", "FFFFFFFF"),
        (["2024-07-01T00:00-07:00"], -28800, "360E2000", "B40E2000"),
        (["2024-12-01T00:00-05:00"], -18000, "360E2000", "B40E2000"),
        (["2024-07-01T00:00-07:00", "2024-12-01T00:00-07:00"], -25200, "FFFFFFFF", "FFFFFFFF"),
    ],
)
def test_the_clocks_of_a_place_follow_from_what_they_showed(shown, offset, start, end):
    moments = (datetime.fromisoformat(text) for text in shown)
    assert clocks_of(moments) == Clocks(offset, start, end)


def test_totals_that_the_pod_made_are_not_given_beside_their_intervals():
    house = House(domain="energy")
    house.take(*half_hours([100] * 48))
    records = held(house.held.values())
    derived = [
        one
        for one in records.values()
        if one.is_a(SD.Consumption) and one.text(SD.sourceLocator).startswith(LOCATOR)
    ]
    (meter,), _ = meters(records, UNITS)
    assert len(derived) == 1
    assert [course.name for course in meter.courses] == ["load"]


def test_a_unit_that_green_button_does_not_know_is_counted_and_left_out():
    house = House(domain="energy")
    house.take(*half_hours([100] * 3))
    found, left_out = meters(held(house.held.values()), {"KiloW-HR"})
    assert (found, left_out) == ((), 3)


def tables(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


@pytest.mark.spec("Self Data SYS-06")
def test_any_class_comes_back_with_its_dictionary_and_its_figures():
    rows = [payment(n, f"-{n}.50", on=date(2024, 1, 1 + n)) for n in range(1, 6)]
    found = Table.of(records_of(bank_account(), *rows), SD.BankTransaction, Vocabulary.of())
    made = study(found, STORAGE, "fr")
    assert made == study(found, STORAGE, "fr")
    files = tables(made)
    data = list(csv.DictReader(io.StringIO(files["donnees.csv"])))
    meanings = list(csv.DictReader(io.StringIO(files["dictionnaire.csv"])))
    (figures,) = csv.DictReader(io.StringIO(files["chiffres.csv"]))
    assert [row["montant signé"] for row in data] == ["-1.5", "-2.5", "-3.5", "-4.5", "-5.5"]
    assert [m["colonne"] for m in meanings] == list(data[0])[1:]
    assert all(m["définition"] for m in meanings if "selfdata" in m["terme"])
    assert figures == {
        "colonne": "montant signé",
        "valeurs": "5",
        "somme": "-17.5",
        "minimum": "-5.5",
        "médiane": "-3.5",
        "maximum": "-1.5",
        "tendance par an": "-365.25",
    }
    assert "5 enregistrements" in files["LISEZMOI.txt"]


def test_every_format_that_is_given_back_is_one_that_is_taken():
    assert by_format("ofx") is not None
    assert by_format("green-button") is not None
