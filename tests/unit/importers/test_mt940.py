import io
from datetime import date
from decimal import Decimal

import pytest

from importers import identify
from importers.bank.mt940 import Mt940
from importers.contract import Key, Options, Problem, Record

BEGIN = ":20:S\n:25:12345678/1020304050\n:28C:1/1\n:60F:C260101EUR100,00\n"
END = ":62F:C260131EUR100,00\n-\n"


def items(text):
    return list(Mt940().parse(io.BytesIO(text.encode()), Options()))


def movements(text):
    return [i for i in items(text) if isinstance(i, Record) and i.counted]


def problems(text):
    return [(p.locator, p.row) for p in items(text) if isinstance(p, Problem)]


def entry(line, words=""):
    (found,) = movements(f"{BEGIN}:61:{line}\n{words}{END}")
    return found


def said(record):
    return dict(record.fields)


@pytest.mark.parametrize(
    ("mark", "signed"),
    [("C", 9), ("D", -9), ("RC", -9), ("RD", 9), ("EC", 9), ("ED", -9), ("DR", -9), ("CR", 9)],
)
def test_a_reversal_takes_back_what_it_reverses(mark, signed):
    assert said(entry(f"2601050105{mark}9,NMSCNONREF"))["sd:amount"] == signed


@pytest.mark.parametrize(
    ("days", "booked"),
    [
        ("2601050106", date(2026, 1, 6)),
        ("2512310102", date(2026, 1, 2)),
        ("2601021231", date(2025, 12, 31)),
        ("1602300301", date(2016, 3, 1)),
        ("260105", date(2026, 1, 5)),
        ("991231", date(1999, 12, 31)),
        ("260105    ", date(2026, 1, 5)),
    ],
)
def test_a_movement_is_of_the_day_it_was_booked(days, booked):
    assert entry(f"{days}D9,00NMSCNONREF").on == booked


def test_blanks_stand_where_a_bank_has_no_day_and_no_kind():
    found = entry("260105    DF2402,00S   X")
    assert said(found)["sd:amount"] == Decimal("-2402.00")
    assert said(found)["sd:sourceLabel"] == "X"


@pytest.mark.parametrize(
    "words",
    [
        "56114010810000267002001001; OD: CAMILLE",
        "5611401081 virement",
        ":21:9876543210",
    ],
)
def test_a_number_within_words_is_no_entry(words):
    text = f"{BEGIN}:61:2601050105D9,00NMSC\n:86:VIREMENT\n{words}\n{END}"
    assert len(movements(text)) == 1
    assert problems(text) == []


@pytest.mark.parametrize(
    "line", ["160230D6,00NMSC", "2601050231D6,00NMSC", "260105X6,00NMSC", "260105D,00", ""]
)
def test_an_entry_that_cannot_be_read_is_a_problem(line):
    assert problems(f"{BEGIN}:61:{line}\n{END}") == [("line=5", True)]


def test_the_bank_s_reference_tells_equal_movements_apart():
    assert entry("260105D2,50NMSCNONREF//B1").key == Key(
        natural=("2026-01-05", "-2.5", "NONREF", "B1")
    )
    assert entry("260105D2,50NMSCA-REFERENCE-LONGER-THAN-SIXTEEN//NONREF").key == Key(
        natural=("2026-01-05", "-2.5", "A-REFERENCE-LONGER-THAN-SIXTEEN")
    )


@pytest.mark.parametrize(
    ("words", "label"),
    [
        (":86:CB CAFE\nDE LA GARE\n:86:PARIS\n", "CB CAFE DE LA GARE PARIS"),
        ("/OCMT/EUR9,00/\n", "/OCMT/EUR9,00/"),
        ("", "REF-1"),
        (":86:105?00LASTSCHRIFT?20Miete?21Januar\n", "LASTSCHRIFT Miete Januar"),
    ],
    ids=["lines", "supplement", "reference", "german"],
)
def test_the_words_are_those_of_the_bank(words, label):
    assert said(entry("260105D9,00NMSCREF-1", words))["sd:sourceLabel"] == label


def test_german_parts_name_the_other_party_and_the_mandate():
    words = (
        ":86:105?00LASTSCHRIFT?20EREF+NOTPROVIDED?21MREF+M-1?22CRED+DE98ZZZ09999999999\n"
        "?23SVWZ+Strom Januar Kundennum?24mer 4711?32ENERGIE EXEM?33PLE\n"
    )
    found = said(entry("260105D9,00NDDTNONREF", words))
    assert (found["sd:mandateId"], found["sd:creditorId"]) == ("M-1", "DE98ZZZ09999999999")
    assert found["sd:counterpartyName"] == "ENERGIE EXEMPLE"
    assert found["sd:sourceLabel"].endswith("Kundennummer 4711")
    assert "sd:paymentReference" not in found


def test_tags_between_slashes_are_read():
    words = ":86:/TRTP/SEPA INCASSO/NAME/Energie Exemple/MARF/M-1/CSID/NL98ZZZ0/EREF/E-1\n"
    found = said(entry("260105D9,00N123NONREF", words))
    assert (found["sd:counterpartyName"], found["sd:mandateId"]) == ("Energie Exemple", "M-1")
    assert (found["sd:creditorId"], found["sd:paymentReference"]) == ("NL98ZZZ0", "E-1")


def test_words_behind_the_closing_balance_are_of_the_statement():
    text = f"{BEGIN}:61:260105D9,00NMSCREF-1\n:62F:C260131EUR91,00\n:86:about it all\n-\n"
    assert [said(one)["sd:sourceLabel"] for one in movements(text)] == ["REF-1"]
    assert problems(text) == []


def test_opening_balance_and_entries_make_the_closing_balance():
    text = f"{BEGIN}:61:260105RC9,00NMSCREF-1\n:62F:C260131EUR91,00\n:64:C260131EUR1,00\n-\n"
    (check,) = Mt940().reconcile(items(text))
    assert (check.name[:11], check.ok) == ("statement 1", True)


def test_each_statement_has_its_own_account_and_balances():
    other = BEGIN.replace("12345678/1020304050", "NL91ABNA0417164300")
    text = f"{BEGIN}{END}{other}:61:260105C9,00NMSC\n:62F:C260131EUR109,00\n-\n"
    (found,) = movements(text)
    assert found.account == Key(natural=("NL91ABNA0417164300",))
    assert [check.ok for check in Mt940().reconcile(items(text))] == [True, True]


def test_a_report_states_counts_and_sums():
    text = ":20:R\n:25:1\n:34F:EUR0,\n:61:260105D9,00NMSC\n:90D:2EUR9,00\n:90C:0EUR0,00\n-\n"
    found = {check.name: check.ok for check in Mt940().reconcile(items(text))}
    assert found == {
        "statement 1: sum of credits": True,
        "statement 1: sum of debits": True,
        "statement 1: number of credits": True,
        "statement 1: number of debits": False,
    }
    assert said(movements(text)[0])["sd:currency"] == "EUR"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("line=1", True)]),
        (f"{BEGIN}:61:260105D9,00NMSC", [("line=5", True)]),
        (f"{BEGIN}:61:260105D9,00NMSC\n:86:CAFE\n", [("line=5", True)]),
        (BEGIN, [("statement=1", True)]),
        (f"{BEGIN}:62F:C260131EUR10", [("line=5", False), ("statement=1", True)]),
        (f"{BEGIN}:62F:C260131EUR100,00", []),
        (f"{BEGIN}:62F:C260131EUR100,00\n", []),
        (f"{BEGIN}:64:tomorrow\n{END}", [("line=5", False)]),
        (f"{BEGIN}:90D:none\n{END}", [("line=5", False)]),
        (f":20:S\n:25:\n{END}", [("line=2", False), ("line=3", False)]),
        (f":20:S\n:61:260105D9,00NMSC\n{END}", [("line=2", True), ("line=3", False)]),
    ],
)
def test_what_is_missing_or_cut_off_is_told(text, found):
    assert problems(text) == found


@pytest.mark.parametrize(
    "line",
    ["x61:260105D9,00NMSC", ":x1:260105D9,00NMSC", ":6x:260105D9,00NMSC", ":61x260105D9,00NMSC",
     ":21:260105D9,00NMSC", "CAFE:61:260105D9,00NMSC", "61:260105D9,00NMSC",
     ":6\n:260105D9,00NMSC", "260105RC9,00NMSC", ": 2601050104ED9,00NMSC",
     ":x61:260105D9,00NMSC", ":6x1:260105D9,00NMSC", ":61x:260105D9,00NMSC",
     ":610:260105D9,00NMSC", ":61A:260105D9,00NMSC"],
)  # fmt: skip
def test_an_entry_whose_tag_is_damaged_is_told(line):
    text = f"{BEGIN}:61:260104D1,00NMSC\n:86:CAFE\n{line}\n{END}"
    assert len(movements(text)) == 1
    assert [row for _, row in problems(text)] == [True]


@pytest.mark.parametrize(
    ("head", "variant", "holder"),
    [
        (BEGIN, "940", "bank"),
        (f"ABNANL2A\n940\nABNANL2A\n{BEGIN}", "940", "ABNANL2A"),
        (f"{{1:F01EXMPDEFFAAAA0000000000}}{{4:\n{BEGIN}", "940", "EXMPDEFF"),
        (":20:R\r:25:1\r:34F:EUR0,\r", "942", "bank"),
    ],
)
def test_a_statement_is_known_by_its_fields(head, variant, holder):
    ((importer, match),) = identify("a.txt", head.encode())
    assert (importer.format, match.variant) == ("mt940", variant)
    assert importer.holder(head.encode()).name == holder


@pytest.mark.parametrize("head", [":20:S\n", ":25:1\n:61:x\n", ":20:S\n:25:1\n"])
def test_what_lacks_a_field_is_no_statement(head):
    assert identify("a.sta", head.encode()) == ()


def test_amounts_are_exact():
    assert said(entry("260105D9,999NMSC"))["sd:amount"] == Decimal("-9.999")
