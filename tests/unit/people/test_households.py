"""Synthetic households: the same bytes, files that agree, and importers that read all of them."""

import io
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from importers import HEAD, by_format, identify
from importers.contract import Options, Problem, Reading, Record, Sample
from pod.people.files.written import HolderFile, in_json
from pod.people.home import ANOMALIES, EVENTS, Span, home
from pod.people.invariants import broken
from pod.people.made import Made, made
from pod.people.reading import in_json as from_json

ROOT = Path(__file__).parents[3]
SPAN = Span.of(date(2024, 1, 1), 1)
NUMBERS = (3, 4, 7)  # they have every format and every anomaly between them


@cache
def household(number: int) -> Made:
    return made(home(7, number, SPAN, frozenset(EVENTS)))


def files_of(number: int) -> dict[str, bytes]:
    return household(number).contents


def sheet_of(number: int) -> Any:
    return from_json(in_json(household(number).answers, 3))


@cache
def files_by_format() -> dict[str, HolderFile]:
    """One file of each format: the others of a format have the same shape, but for PDF."""
    files = [file for number in (*NUMBERS, 1) for file in household(number).files]
    pdf = {PDF: next(file for file in files if file.path.endswith(".pdf"))}
    return {file.format: file for file in files if not file.path.endswith(".pdf")} | pdf


def test_the_same_seed_gives_the_same_bytes():
    household.cache_clear()
    first = files_of(4), in_json(household(4).answers)
    household.cache_clear()
    assert (files_of(4), in_json(household(4).answers)) == first


HASHED = """
from datetime import date
from hashlib import sha256
from pod.people.home import EVENTS, Span, home
from pod.people.made import made
whole = made(home(7, 2, Span.of(date(2024, 1, 1), 1), frozenset(EVENTS)))
print(sha256(repr((whole.files, whole.answers)).encode()).hexdigest())
"""


def test_the_order_of_hashes_changes_nothing():
    hashed = {
        subprocess.run(
            [sys.executable, "-c", HASHED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            text=True,
            capture_output=True,
            cwd=ROOT,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashed) == 1


def test_another_seed_gives_another_household():
    assert home(7, 1, SPAN) != home(8, 1, SPAN)
    assert home(7, 1, SPAN) != home(7, 2, SPAN)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_files_of_a_household_agree(number: int):
    assert broken(sheet_of(number), files_of(number)) == ()


FORMATS = (
    *("ofx", "camt-053", "boursorama-csv", "enedis-load-curve", "grdf-json"),
    *("mesinfos-edf-contract", "mesinfos-edf-invoice", "mesinfos-edf-payment-terms"),
    *("mesinfos-phone-calls", "free-bill-csv", "e-invoice", "kivra-receipt", "loyalty-points-csv"),
    *("reimbursement-statement", "reimbursement-csv", "mesinfos-maif-contract", "uber-trips"),
    *(
        "ecole-directe",
        "mapped-table",
        "icalendar",
        "vcard",
        "members-csv",
        "vault-index",
        "mesinfos-maif-customer",
        "fhir",
    ),
    *("enedis-data-connect", "green-button", "mesinfos-maif-claim", "wallet-boarding-pass"),
    *("google-location-records", "netflix-viewing-activity", "spotify-year", "gpx", "open-badges"),
)
PDF = "reimbursement-statement (PDF)"
"""A format that has two sorts of files."""


def test_households_have_files_of_many_formats():
    assert set(files_by_format()) == {*FORMATS, PDF}


@pytest.mark.parametrize("name", [*(name for name in FORMATS if by_format(name)), PDF])
def test_a_file_is_read_whole_by_the_importer_that_the_sheet_names(name: str):
    """No row is refused, every check of the format holds, and the rows are those of the sheet."""
    file = files_by_format()[name]
    importer = by_format(file.format)
    assert importer
    claimed = [importer.format for importer, _ in identify(file.path, file.content[:HEAD])]
    # A table that is read by a mapping is claimed by no importer.
    assert claimed[:1] == ([] if file.options else [file.format])
    items = list(importer.parse(io.BytesIO(file.content), Options(values=file.options)))
    assert [item for item in items if isinstance(item, Problem) and item.row] == []
    assert all(check.ok for check in importer.reconcile(items))
    rows = sum(isinstance(item, Record | Reading | Sample) and item.counted for item in items)
    assert rows == file.rows


def test_an_amount_that_is_changed_in_a_statement_is_found():
    files = files_of(3)
    path = next(path for path in files if path.startswith("banque/main"))
    amount = abs(household(3).life.accounts[0].entries[0].payment.cents)
    asked = f"{amount // 100}.{amount % 100:02}".encode()
    assert asked in files[path]
    files[path] = files[path].replace(asked, b"0.01", 1)
    assert any("movements do not make" in sentence for sentence in broken(sheet_of(3), files))


def test_a_changed_half_hour_is_found():
    files = files_of(3)
    path = next(path for path in files if "Conso_Heure" in path)
    lines = files[path].decode().split("\r\n")
    del lines[100]
    files[path] = "\r\n".join(lines).encode()
    assert any("half hours" in sentence for sentence in broken(sheet_of(3), files))


def test_a_guarantee_of_another_thing_is_found():
    files, path = files_of(3), "coffre/documents.json"
    name = household(3).life.guarantees[0].bill.lines[0].name
    files[path] = files[path].replace(name.encode(), b"Porte")
    assert any("another thing" in sentence for sentence in broken(sheet_of(3), files))


def test_a_line_of_a_bill_that_is_changed_is_found():
    files, path = files_of(3), "energie/lignes-factures.csv"
    files[path] = files[path].replace(b";kWh;", b"0;kWh;", 1)
    assert any("table of its lines" in sentence for sentence in broken(sheet_of(3), files))


CHANGES = {
    "a line of a statement in PDF": ("sante/releve", rb" 70 %", b" 71 %  ,"),
    "water that a bill is not for": ("eau/releves", b"value>", b"value>9"),
    "the price of a m³": ("eau/factures.csv", b";4,", b";5,"),
    "a claim that nobody paid": ("assurance/sinistres", b'"ref": "S', b'"ref": "T'),
    "a half hour of a week": ("reseau/data-connect-courbe", b'value": "', b'value": "9'),
    "the highest power of a day": ("reseau/data-connect-puis", b'value": "', b'value": "-'),
    "a journey from elsewhere": ("voyages/", b'latitude": 4', b'latitude": 3'),
    "what a ticket cost": ("voyages/", b'"amount": "', b'"amount": "9'),
    "a song before all": ("musique/", b'"endTime": "20', b'"endTime": "19'),
    "a course of another day": ("formation/", b'"issuedOn": "20', b'"issuedOn": "19'),
}


@pytest.mark.parametrize(("folder", "said", "instead"), CHANGES.values(), ids=CHANGES)
def test_what_is_changed_in_one_file_is_found(folder: str, said: bytes, instead: bytes):
    for number in (1, *NUMBERS):
        files = files_of(number)
        found = [p for p, text in files.items() if p.startswith(folder) and said in text]
        if found:
            files[found[0]] = files[found[0]].replace(said, instead, 1)
            assert broken(sheet_of(number), files) != ()
            return
    pytest.fail("no household has this file")


def test_a_file_that_is_missing_is_found():
    files = files_of(3)
    files.pop("energie/contrats.json")
    assert broken(sheet_of(3), files)


@pytest.mark.parametrize("kind", ANOMALIES)
def test_an_anomaly_that_is_not_stated_is_found(kind: str):
    """What is wrong on purpose is really wrong: the files do not agree without it."""
    numbers = (n for n in NUMBERS if kind in {one.kind for one in household(n).life.anomalies})
    number = next(numbers)
    sheet = sheet_of(number)
    sheet["anomalies"] = [one for one in sheet["anomalies"] if one["kind"] != kind]
    assert broken(sheet, files_of(number)) != ()


def test_a_household_moves_and_has_a_baby():
    before, after = household(3).life.home.dwellings
    assert after.first == before.last + timedelta(days=1)
    meters = {file.path for file in household(3).files if file.format == "enedis-load-curve"}
    assert len(meters) == 2
    assert any(
        before.city.upper() in e.payment.label for e in household(3).life.accounts[0].entries
    )
    born = household(3).life.home.people[-1].born
    assert SPAN.first < born < SPAN.last
    paid = [e.payment for e in household(3).life.accounts[0].entries if "PAJE" in e.payment.label]
    assert paid
    assert all(one.day > born for one in paid)


def test_every_link_leads_to_records_of_files():
    sheet, files = sheet_of(3), files_of(3)
    ends = [link[end] for link in sheet["links"] for end in ("from", "to")]
    assert {end["file"] for end in ends} <= set(files)
    kinds = {(link["kind"], link["from"]["class"], link["to"]["class"]) for link in sheet["links"]}
    assert kinds >= {
        ("settledBy", "Purchase", "BankTransaction"),
        ("settledBy", "HealthExpense", "BankTransaction"),
        ("settledBy", "Reimbursement", "BankTransaction"),
        ("settledBy", "Trip", "BankTransaction"),
        ("settledBy", "Payslip", "BankTransaction"),
        ("reimburses", "Reimbursement", "HealthExpense"),
    }


def test_several_reimbursements_come_in_one_transfer():
    life = household(3).life
    brought = Counter(link.target for link in life.links if link.target.startswith("transfer-"))
    assert max(brought.values()) > 1


def test_no_two_events_have_one_id():
    """In February 2021 the 28th is a Sunday, and the wage comes in March."""
    life = made(home(7, 3, Span(first=date(2021, 1, 20), days=90), frozenset())).life
    booked = [entry.payment.id for account in life.accounts for entry in account.entries]
    assert len(booked) == len(set(booked))
    assert {"wage-0-202102", "wage-0-202103"} <= set(booked)


def test_each_answer_has_a_query_that_says_it():
    queries = Path(ROOT / "pod/people/queries").glob("*.rq")
    said = {
        (part, name)
        for file in queries
        for part, name in re.findall(r"(queries|services)\.([\w-]+)", file.read_text("utf-8"))
    }
    sheet = sheet_of(3)
    assert said == {(part, name) for part in ("queries", "services") for name in sheet[part]}
