"""Real files of other people's, which lie beside the repository where they are at hand."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from importers import identify
from importers.contract import Problem, Reading, Record
from tests.importers.golden import items_of

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
MANIFEST = SAMPLES / "MANIFEST.tsv"

pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="the shared samples are not at hand")


def expected(name):
    for line in MANIFEST.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if cells[0] == name:
            return json.loads(cells[6].strip('"').replace('""', '"'))
    raise LookupError(name)


def read(name):
    path = SAMPLES / name
    content = path.read_bytes()
    ((importer, _),) = identify(path.name, content)
    return importer, items_of(importer, content)


def counted(items):
    return [item for item in items if isinstance(item, Record) and item.counted]


def amounts(items):
    return [dict(record.fields)["sd:amount"] for record in counted(items)]


def rows_lost(items):
    return [item for item in items if isinstance(item, Problem) and item.row]


@pytest.mark.parametrize("name", ["bank_medium", "suncorp", "BPACA_OP_20220717-2"])
def test_ofx_has_the_movements_and_the_sum_that_were_counted(name):
    _, items = read(f"ofx/{name}.ofx")
    known = expected(f"ofx/{name}.ofx")
    assert len(counted(items)) == known["stmttrn"]
    assert sum(amounts(items)) == Decimal(known["sum"])
    assert sum(amount < 0 for amount in amounts(items)) == known["debits"]
    assert {dict(r.fields)["sd:currency"] for r in counted(items)} == set(known["currency"])
    assert len({record.key.stable for record in counted(items)}) == known["distinct_fitid"]
    days = sorted(f"{record.on:%Y%m%d}" for record in counted(items))
    assert (days[0], days[-1]) == (known["first"], known["last"])
    ledger = [
        dict(i.fields)
        for i in items
        if isinstance(i, Record) and i.key.natural[1:] == ("LEDGERBAL",)
    ]
    assert [fields["sd:balance"] for fields in ledger] == list(
        map(Decimal, known["ledger_balance"])
    )
    assert rows_lost(items) == []


def test_ofx_tells_of_each_row_it_cannot_date():
    _, items = read("ofx/date_missing.ofx")
    assert len(rows_lost(items)) == expected("ofx/date_missing.ofx")["stmttrn"]
    assert counted(items) == []


@pytest.mark.parametrize(
    ("name", "adds_up"),
    [
        ("camt053.v2.multi.statement", [True, True]),
        ("camt052.v4", []),
        ("valid_example_with_batch", [False, False, False, False]),
    ],
)
def test_camt_has_the_entries_and_the_sum_that_were_counted(name, adds_up):
    importer, items = read(f"camt/{name}.xml")
    known = expected(f"camt/{name}.xml")
    assert len(counted(items)) == known["entries"]
    assert sum(amounts(items)) == Decimal(known["signed_sum"])
    balances = [i for i in items if isinstance(i, Record) and i.kind == "Balance"]
    assert len(balances) == known["balances"]
    assert [check.ok for check in importer.reconcile(items)] == adds_up
    assert rows_lost(items) == []


@pytest.mark.parametrize(
    ("name", "total", "kept"),
    [("caisse_epargne_13col", "-140.36", []), ("ubs-ch-fr_trimmed", "30", [True])],
)
def test_a_table_of_a_bank_has_the_rows_that_were_counted(name, total, kept):
    importer, items = read(f"bank_csv/{name}.csv")
    assert len(counted(items)) == expected(f"bank_csv/{name}.csv")["rows"]
    assert sum(amounts(items)) == Decimal(total)
    assert [check.ok for check in importer.reconcile(items)] == kept
    assert rows_lost(items) == []


def test_midata_has_the_rows_that_were_counted():
    importer, items = read("midata/midata_cr_only_cp1252.csv")
    known = expected("midata/midata_cr_only_cp1252.csv")
    assert len(counted(items)) == known["transactions"]
    assert sum(amounts(items)) == Decimal(known["sum"])
    first = dict(counted(items)[0].fields)
    assert (first["sd:balance"], first["sd:currency"]) == (Decimal(50), "GBP")
    assert known["last_balance"] == "+£50.00"
    assert [check.ok for check in importer.reconcile(items)] == [True]
    assert rows_lost(items) == []


@pytest.mark.parametrize(
    ("name", "adds_up"), [("abnamro", [False, False]), ("february_30", [True])]
)
def test_mt940_has_the_entries_and_the_sum_that_were_counted(name, adds_up):
    importer, items = read(f"mt940/{name}.sta")
    known = expected(f"mt940/{name}.sta")
    assert len(counted(items)) == known["lines61"]
    assert sum(amounts(items)) == Decimal(known["signed_sum"])
    assert {record.account.natural[0] for record in counted(items)} == set(known["accounts"])
    assert [check.ok for check in importer.reconcile(items)] == adds_up
    assert rows_lost(items) == []


@pytest.mark.parametrize(
    ("name", "adds_up"), [("pennylane_example", [True, True]), ("invalid_date", [])]
)
def test_cfonb120_has_the_movements_and_the_sum_that_were_counted(name, adds_up):
    importer, items = read(f"cfonb120/{name}.txt")
    known = expected(f"cfonb120/{name}.txt")
    assert len(counted(items)) == known["records"]["04"]
    assert sum(amounts(items)) == Decimal(known["ops_sum"])
    assert [check.ok for check in importer.reconcile(items)] == adds_up
    assert rows_lost(items) == []


def test_a_page_of_gocardless_has_the_movements_that_were_counted():
    _, items = read("psd2_json/gocardless_banque_populaire.json")
    known = expected("psd2_json/gocardless_banque_populaire.json")
    assert len(counted(items)) == known["booked"]
    assert sum(amounts(items)) == Decimal(known["sum_booked"])
    assert {dict(r.fields)["sd:currency"] for r in counted(items)} == set(known["currencies"])
    assert rows_lost(items) == []


def test_a_page_of_open_banking_has_the_movements_that_were_counted():
    _, items = read("psd2_json/obuk_v3.1.11_transactions_single.json")
    known = expected("psd2_json/obuk_v3.1.11_transactions_single.json")
    assert len(counted(items)) == known["transactions"]
    assert len({record.account for record in counted(items)}) == known["accounts"]
    assert sum(amounts(items)) == Decimal(known["signed_sum"])
    assert {dict(r.fields)["sd:currency"] for r in counted(items)} == set(known["currencies"])
    assert rows_lost(items) == []


def test_qif_has_the_movements_and_the_sum_that_were_counted():
    _, items = read("qif/test.qif")
    known = expected("qif/test.qif")
    assert len(counted(items)) == known["bank_records"]
    assert sum(amounts(items)) == Decimal(known["sum"])
    assert [problem.message for problem in rows_lost(items)] == ["investments are not imported"]


def test_the_bank_of_the_pilot():
    _, items = read("mesinfos/operations_bancaires.json")
    known = expected("mesinfos/operations_bancaires.json")
    assert len(counted(items)) == known["docs"]
    assert sum(amounts(items)) == Decimal(known["sum"])


def test_the_calls_of_the_pilot():
    _, items = read("mesinfos/donnees_d_appel_telephonique.json")
    known = expected("mesinfos/donnees_d_appel_telephonique.json")
    calls = [dict(record.fields) for record in counted(items)]
    seconds = [call.get("sd:durationSeconds") for call in calls]
    texts = sum(call["sd:nature"].name == "sms" for call in calls)
    assert len(calls) == known["docs"]
    assert sum(filter(None, seconds)) + texts == known["total_length"]
    assert seconds.count(None) == texts == 3


def test_the_half_hours_of_the_pilot():
    _, items = read("mesinfos/consommation_linky_demiheure.json")
    known = expected("mesinfos/consommation_linky_demiheure.json")
    readings = [item for item in items if isinstance(item, Reading)]
    assert len(readings) == known["docs"]
    assert sum(reading.value for reading in readings) == Decimal(known["sum_value"])


def test_the_days_of_gas_of_the_pilot():
    importer, items = read("mesinfos/consommation_gazpar_journaliere.json")
    known = expected("mesinfos/consommation_gazpar_journaliere.json")
    days = counted(items)
    assert len(days) == known["docs"]
    assert sum(dict(day.fields)["sd:energy"] for day in days) == Decimal(known["sum_value"])
    (remark,) = (item for item in items if isinstance(item, Problem))
    assert (remark.locator, remark.row) == ("/9", False)
    assert importer.reconcile(items) == ()


def test_the_gas_meter_of_grdf():
    importer, items = read("gazpar/donnees_publiees.json")
    known = expected("gazpar/donnees_publiees.json")
    fields = [dict(record.fields) for record in counted(items)]
    starts = [one["schema:startTime"] for one in fields]
    assert len(fields) == known["releves"] == known["with_energy"]
    assert sum(one["sd:energy"] for one in fields) == known["kWh"]
    assert sum(one["sd:volume"] for one in fields) == known["m3"]
    assert {one["sd:quality"].name for one in fields} == {"measured"}
    assert f"{min(starts):%Y-%m-%dT%H}" == known["first"][:13]
    assert all(check.ok for check in importer.reconcile(items))
    assert rows_lost(items) == []


def test_the_load_curve_of_data_connect():
    _, items = read("enedis/dataconnect_load_curve.json")
    known = expected("enedis/dataconnect_load_curve.json")
    readings = [item for item in items if isinstance(item, Reading)]
    ends = [f"{reading.end:%Y-%m-%d %H:%M:%S}" for reading in readings]
    assert (len(readings), sum(r.value for r in readings)) == (
        known["readings"],
        known["sum_value"],
    )
    assert {str(r.end - r.start) for r in readings} == {"0:30:00"}
    assert (ends[0], ends[-1]) == (known["first"], known["last"])
    assert {r.series.meter.stable for r in readings} == {known["prm"]}
    assert rows_lost(items) == []


def test_the_contract_of_data_connect():
    _, items = read("enedis/dataconnect_contract.json")
    assert len(counted(items)) == expected("enedis/dataconnect_contract.json")["usage_points"]
    assert rows_lost(items) == []


@pytest.mark.parametrize(
    ("name", "records", "remarks"),
    [
        ("contrat_maif", 2, 0),
        ("client_edf", 1, 0),
        ("societaire_maif", 1, 1),
        ("foyer_maif", 1, 1),
    ],
)
def test_the_contracts_and_customer_files_of_the_pilot(name, records, remarks):
    _, items = read(f"mesinfos/{name}.json")
    assert len(counted(items)) == records
    assert sum(isinstance(item, Problem) for item in items) == remarks
    assert rows_lost(items) == []


def test_a_set_that_is_no_json_is_read_up_to_where_it_stops():
    _, items = read("mesinfos/fichiers_dossiers.json")
    assert "invalid_json" in expected("mesinfos/fichiers_dossiers.json")
    assert [record.kind for record in counted(items)] == ["Document"]
    (lost,) = rows_lost(items)
    assert "near line 30" in lost.message
