"""Synthetic households: the same bytes, files that agree, and importers that read all of them."""

import io
from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Any

import pytest

from importers import HEAD, by_format, identify
from importers.contract import Options, Problem, Reading, Record
from pod.people.files.written import HolderFile, in_json
from pod.people.home import ANOMALIES, EVENTS, Span, home
from pod.people.invariants import broken
from pod.people.made import Made, made
from pod.people.reading import in_json as from_json

SPAN = Span.of(date(2024, 1, 1), 1)
NUMBERS = (1, 2, 3)


@cache
def household(number: int) -> Made:
    return made(home(7, number, SPAN, frozenset(EVENTS)))


def files_of(number: int) -> dict[str, bytes]:
    return household(number).contents


def sheet_of(number: int) -> Any:
    return from_json(in_json(household(number).answers, 3))


# One file of each format: the others of a format have the same shape.
FILES = {
    file.format: file
    for number in NUMBERS
    for file in household(number).files
    if by_format(file.format)
}


def test_the_same_seed_gives_the_same_bytes():
    household.cache_clear()
    first = files_of(2), in_json(household(2).answers)
    household.cache_clear()
    assert (files_of(2), in_json(household(2).answers)) == first


def test_another_seed_gives_another_household():
    assert home(7, 1, SPAN) != home(8, 1, SPAN)
    assert home(7, 1, SPAN) != home(7, 2, SPAN)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_files_of_a_household_agree(number: int):
    assert broken(sheet_of(number), files_of(number)) == ()


@pytest.mark.parametrize("file", FILES.values(), ids=FILES)
def test_a_file_is_read_whole_by_the_importer_that_the_sheet_names(file: HolderFile):
    """No row is refused, every check of the format holds, and the rows are those of the sheet."""
    claimed = [importer.format for importer, _ in identify(file.path, file.content[:HEAD])]
    # A table that is read by a mapping is claimed by no importer.
    assert claimed[:1] == ([] if file.options else [file.format])
    importer = by_format(file.format)
    assert importer
    items = list(importer.parse(io.BytesIO(file.content), Options(values=file.options)))
    assert [item for item in items if isinstance(item, Problem) and item.row] == []
    assert all(check.ok for check in importer.reconcile(items))
    rows = sum(isinstance(item, Record | Reading) and item.counted for item in items)
    assert rows == file.rows


def test_an_amount_that_is_changed_in_a_statement_is_found():
    files = files_of(1)
    path = next(path for path in files if path.startswith("banque/main"))
    amount = abs(household(1).life.accounts[0].entries[0].payment.cents)
    asked = f"{amount // 100}.{amount % 100:02}".encode()
    assert asked in files[path]
    files[path] = files[path].replace(asked, b"0.01", 1)
    assert any("movements do not make" in sentence for sentence in broken(sheet_of(1), files))


def test_a_changed_half_hour_is_found():
    files = files_of(1)
    path = next(path for path in files if "Conso_Heure" in path)
    lines = files[path].decode().split("\r\n")
    del lines[100]
    files[path] = "\r\n".join(lines).encode()
    assert any("half hours" in sentence for sentence in broken(sheet_of(1), files))


def test_a_file_that_is_missing_is_found():
    files = files_of(1)
    files.pop("energie/contrats.json")
    assert broken(sheet_of(1), files)


@pytest.mark.parametrize("kind", ANOMALIES)
def test_an_anomaly_that_is_not_stated_is_found(kind: str):
    """What is wrong on purpose is really wrong: the files do not agree without it."""
    numbers = (n for n in count(1) if kind in {one.kind for one in household(n).life.anomalies})
    number = next(numbers)
    sheet = sheet_of(number)
    sheet["anomalies"] = [one for one in sheet["anomalies"] if one["kind"] != kind]
    assert broken(sheet, files_of(number)) != ()


def test_a_household_moves_and_has_a_baby():
    before, after = household(1).life.home.dwellings
    assert after.first == before.last + timedelta(days=1)
    meters = {file.path for file in household(1).files if file.format == "enedis-load-curve"}
    assert len(meters) == 2
    assert any(
        before.city.upper() in e.payment.label for e in household(1).life.accounts[0].entries
    )
    born = household(1).life.home.people[-1].born
    assert SPAN.first < born < SPAN.last
    paid = [e.payment for e in household(1).life.accounts[0].entries if "PAJE" in e.payment.label]
    assert paid
    assert all(one.day > born for one in paid)


def test_every_link_leads_to_records_of_files():
    sheet, files = sheet_of(1), files_of(1)
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
