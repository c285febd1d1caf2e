import io
from datetime import date
from decimal import Decimal

import pytest

from importers import identify
from importers.bank.cfonb120 import Cfonb120
from importers.contract import Key, Options, Problem, Record

OLD = "01" + "15589" + "    " + "00001EUR2 00012345678" + "  280226" + " " * 50
NEW = "07" + OLD[2:34] + "310326" + " " * 50
OPENING, CLOSING = f"{OLD}0000000001000{{", f"{NEW}0000000000310{{"


def movement(amount="0000000000690}", *, day="020326", label="PRLV SEPA ENERGIE", number="0000000"):
    return f"0415589916200001EUR2 00012345678B1{day}  020326{label:<31}  {number}  {amount}"


def complement(code, text):
    return f"0515589916200001EUR2 00012345678B1020326     {code}{text}"


def items(*lines):
    text = "\r\n".join((*lines, ""))
    return list(Cfonb120().parse(io.BytesIO(text.encode("cp1252")), Options()))


def movements(*lines):
    found = items(OPENING, *lines, CLOSING)
    return [i for i in found if isinstance(i, Record) and i.counted]


def problems(*lines):
    return [(p.locator, p.row) for p in items(*lines) if isinstance(p, Problem)]


def said(record):
    return dict(record.fields)


@pytest.mark.parametrize(
    ("last", "cents"),
    [
        *zip("{ABCDEFGHI", range(1230, 1240), strict=True),
        *zip("}JKLMNOPQR", range(-1230, -1240, -1), strict=True),
    ],
)
def test_the_last_character_of_an_amount_is_a_digit_and_the_sign(last, cents):
    (found,) = movements(movement(f"0000000000123{last}"))
    assert said(found)["sd:amount"] == Decimal(cents) / 100


@pytest.mark.parametrize("amount", ["00000000001234", "0000000000123S", "000000000123J", ""])
def test_an_amount_without_its_sign_is_a_problem(amount):
    assert problems(OPENING, movement(amount), CLOSING) == [("line=2", True)]


@pytest.mark.parametrize(
    ("day", "read"), [("311299", date(1999, 12, 31)), ("010326", date(2026, 3, 1))]
)
def test_a_day_has_its_year_last(day, read):
    assert movements(movement(day=day))[0].on == read


@pytest.mark.parametrize("day", ["300226", "CART", "ABCDEF", ""])
def test_a_day_that_does_not_exist_is_a_problem(day):
    assert problems(OPENING, movement(day=f"{day:<6}"), CLOSING) == [("line=2", True)]


def test_complements_are_of_the_movement_before_them():
    (found,) = movements(
        movement(),
        complement("NPY", "ENERGIE EXEMPLE"),
        complement("LIB", "FACTURE MARS"),
        complement("RUM", "MANDAT-1".ljust(35) + "RCUR"),
        complement("RCN", "E2E-1".ljust(35) + "ELEC"),
        complement("REF", "REF-1"),
        complement("XYZ", "NOBODY KNOWS THIS"),
    )
    fields = said(found)
    assert fields["sd:counterpartyName"] == "ENERGIE EXEMPLE"
    assert fields["sd:mandateId"] == "MANDAT-1"
    assert fields["sd:sourceLabel"] == "PRLV SEPA ENERGIE FACTURE MARS XYZ NOBODY KNOWS THIS"
    references = [v for name, v in found.fields if name == "sd:paymentReference"]
    assert references == ["E2E-1", "REF-1"]


def test_the_number_of_an_entry_tells_equal_movements_apart():
    one, other = movements(movement(number="0000001"), movement(number="0000002"))
    assert (one.key.natural[-1], other.key.natural[-1]) == ("0000001", "0000002")
    assert movements(movement())[0].key.natural[-1] == "PRLV SEPA ENERGIE"


def test_an_account_is_its_bank_its_branch_and_its_number():
    assert movements(movement())[0].account == Key(natural=("15589", "00001", "00012345678"))


@pytest.mark.spec("Self Data DAT-30")
def test_old_balance_and_movements_make_the_new_one():
    found = items(OPENING, movement(), CLOSING, OPENING, CLOSING)
    assert [check.ok for check in Cfonb120().reconcile(found)] == [True, False]


def test_records_may_stand_in_one_line():
    text = "".join(line.ljust(120) for line in (OPENING, movement(), CLOSING))
    assert len(movements()) == 0
    found = list(Cfonb120().parse(io.BytesIO(text.encode()), Options()))
    assert sum(isinstance(i, Record) and i.counted for i in found) == 1


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((), [("line=1", True)]),
        ((OPENING,), [("statement=1", True)]),
        ((OPENING, movement()), [("line=2", True)]),
        ((OPENING, movement(), "05155"), [("line=2", True)]),
        ((OPENING, movement(), "0"), [("line=3", True), ("line=2", True)]),
        ((OPENING, complement("LIB", "X"), CLOSING), [("line=2", False)]),
        ((OPENING, "x4" + movement()[2:], CLOSING), [("line=2", True)]),
        ((OPENING, "05" + movement()[2:], CLOSING), [("line=2", True)]),
        ((OPENING, "01" + movement()[2:], CLOSING), [("line=2", True)]),
        ((OPENING, "07" + movement()[2:], CLOSING), [("line=2", True)]),
        ((OPENING, f"{movement()}x{movement()}", CLOSING), [("line=2", True)]),
        ((OPENING, movement().replace("EUR", "eur"), CLOSING), [("line=2", True)]),
        ((OPENING, movement().replace("15589", "     "), CLOSING), [("line=2", True)]),
        ((OPENING.replace("280226", "  CART"), movement(), CLOSING), [("line=1", False)]),
    ],
)
def test_what_is_missing_or_damaged_is_told(lines, found):
    assert problems(*lines) == found


def test_a_statement_is_known_by_its_first_record():
    ((importer, _),) = identify("releve.txt", f"\r\n{OPENING}".encode())
    assert (importer.format, importer.holder(OPENING.encode()).name) == ("cfonb120", "CIB 15589")
    assert identify("releve.txt", movement().encode()) == ()
