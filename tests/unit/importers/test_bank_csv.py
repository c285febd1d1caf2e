import io
import tracemalloc
from datetime import date
from decimal import Decimal

import pytest

from importers import identify
from importers.bank.banks import BANKS
from importers.cells import amount, day, doubtful, is_day
from importers.contract import Code, Key, Options, Problem, Record, Stated

BY_NAME = {bank.format: bank for bank in BANKS}
CREDIT_MUTUEL = "Date;Date de valeur;Débit;Crédit;Libellé;Solde"
BPCE = (
    "Date de comptabilisation;Libelle simplifie;Libelle operation;Reference;"
    "Informations complementaires;Type operation;Categorie;Sous categorie;Debit;Credit;"
    "Date operation;Date de valeur;Pointage operation"
)
BOURSORAMA = (
    "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;"
    "accountLabel;accountbalance"
)
LA_BANQUE_POSTALE = "Numéro Compte ;5380245H033\n\nDate;Libellé;Montant(EUROS)\n"
REVOLUT = "Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance"


def items(text, **said):
    content = text if isinstance(text, bytes) else text.encode()
    ((importer, _),) = identify("export.csv", content)
    return importer, list(importer.parse(io.BytesIO(content), Options(values=said)))


def movements(text, **said):
    return [i for i in items(text, **said)[1] if isinstance(i, Record) and i.counted]


def problems(text, **said):
    return [(p.locator, p.row) for p in items(text, **said)[1] if isinstance(p, Problem)]


def checks(text):
    importer, found = items(text)
    return [(check.expected, check.got, check.ok) for check in importer.reconcile(found)]


def bpce(debit="", credit="", *, label="CB CAFE", on="07/03/2026", end="\n"):
    return f"{BPCE}\n{on};;{label};;;;;;{debit};{credit};{on};{on};0{end}"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("31/03/2026", date(2026, 3, 31)),
        ("1/4/2020", date(2020, 4, 1)),
        ("31.12.19", date(2019, 12, 31)),
        ("2026-03-31", date(2026, 3, 31)),
        ("2026-03-31 23:59:59", date(2026, 3, 31)),
        ("31/03/2026 9:05", date(2026, 3, 31)),
        ("2026/03/31", date(2026, 3, 31)),
        ("31 mars 2026", date(2026, 3, 31)),
        ("1 févr. 2026", date(2026, 2, 1)),
        ("31-Mar-26", date(2026, 3, 31)),
    ],
)
def test_a_day_is_read_with_the_day_first(text, read):
    assert day(text) == read


@pytest.mark.parametrize(
    ("texts", "writes_iso", "is_doubtful"),
    [
        (("05/03/2026", "06/03/2026", "x"), False, False),
        (("3/5/2026", "3/13/2026", "3/14/2026"), False, True),
        (("05/03/2026", "05/13/2026"), False, False),
        (("3/13/2026", "3/14/2026", "31/3/2026"), False, False),
        (("05/03/2026",), True, True),
        (("05/03/2026 10:00", "13/03/2026 10:00"), True, False),
        (("2026-03-05", "2026-03-06"), True, False),
        ((), True, False),
    ],
)
def test_days_that_a_program_wrote_anew_are_told_from_months_or_refused(
    texts, writes_iso, is_doubtful
):
    assert bool(doubtful(texts, writes_iso=writes_iso)) is is_doubtful


def test_a_table_whose_months_stand_first_is_not_taken():
    rows = (f"03/{on:02}/2026;;;10,00;CAFE;\n" for on in (5, 13, 14))
    assert movements(f"{CREDIT_MUTUEL}\n{''.join(rows)}") == []
    assert problems(f"{CREDIT_MUTUEL}\n03/05/2026;;;10,00;CAFE;\n") == [("line=2", False)]


def test_a_number_of_an_account_that_a_program_rounded_is_none():
    row = "2026-03-05;2026-03-05;CAFE;;;;-2,00;;4,06E+10;Compte;1,00\n"
    assert movements(f"{BOURSORAMA}\n{row}") == []
    assert problems(f"{BOURSORAMA}\n{row}") == [("line=2", True)]


@pytest.mark.parametrize(
    "text", ["", "03/31/2026", "31/02/2026", "march", "2026-13-01", "1/2/326", "3 x 2026"]
)
def test_what_is_no_day_is_refused(text):
    assert not is_day(text)
    with pytest.raises(ValueError, match="this"):
        day(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("-1 234,56", "-1234.56"),
        ("2\u202f000,00", "2000"),
        ("11'373.94", "11373.94"),
        ("-14.9", "-14.9"),
        ("1.234,5", "1234.5"),
        ("1,234.50", "1234.5"),
        ("24", "24"),
        ("-£1,050.00", "-1050"),
        ("£0.00", "0"),
        ("-1\u202f234,50\u00a0€", "-1234.5"),
        ("12 EUR", "12"),
        ("(12,30)", "-12.3"),
        ("12,30-", "-12.3"),
    ],
)
def test_an_amount_is_read_with_either_mark(text, read):
    assert amount(text) == Decimal(read)


@pytest.mark.parametrize("text", ["", "1.234", "(1.234)", "1,2,3", "12 USD", "-", "()", "(-1)"])
def test_an_amount_is_not_guessed(text):
    with pytest.raises(ValueError, match="this"):
        amount(text)


@pytest.mark.parametrize(
    ("debit", "credit", "signed"),
    [
        ("-14,90", "", "-14.90"),
        ("14,90", "", "-14.90"),
        ("", "14,90", "14.90"),
        ("", "-14,90", "-14.90"),
        ("0,00", "14,90", "14.90"),
        ("-14,90", "0,00", "-14.90"),
    ],
)
def test_the_column_says_what_a_debit_is(debit, credit, signed):
    (found,) = movements(bpce(debit, credit))
    assert dict(found.fields)["sd:amount"] == Decimal(signed)


@pytest.mark.parametrize(("debit", "credit"), [("", ""), ("1,00", "2,00"), ("x", "")])
def test_a_row_whose_amount_is_not_clear_is_a_problem(debit, credit):
    assert problems(bpce(debit, credit)) == [("line=2", True)]


def test_equal_rows_are_as_many_movements_with_one_key():
    text = bpce("-2,50") + "07/03/2026;;CB CAFE;;;;;;-2,50;;07/03/2026;07/03/2026;0\n"
    one, other = movements(text)
    assert one.key == other.key == Key(natural=("2026-03-07", "-2.5", "CB CAFE"))


def test_a_file_that_names_no_account_is_of_the_one_that_is_said():
    (found,) = movements(bpce("-2,50"), account="FR76 3000 4000 0100 0000 1234 567")
    assert found.account == Key(natural=("FR7630004000010000001234567",))
    assert problems(bpce("-2,50"), account="1234567") == []


def test_a_file_that_names_no_account_is_taken_with_a_remark_where_none_is_said():
    (found,) = movements(bpce("-2,50"))
    assert found.account == Key(natural=("main",))
    assert problems(bpce("-2,50")) == [("line=2", False)]
    assert identify("a.csv", bpce("-2,50").encode())[0][1].needs == ("account",)


def test_a_file_that_names_its_account_needs_nothing_said():
    text = LA_BANQUE_POSTALE + "07/03/2026;LOYER;-680,00\n"
    assert identify("a.csv", text.encode())[0][1].needs == ()
    assert movements(text, account="other")[0].account == Key(natural=("5380245H033",))


def test_accounts_of_one_table_are_kept_apart():
    rows = "".join(
        f"2026-03-30;2026-03-30;VIR;;;;{sum_};;{number};LIVRET;1\n"
        for number, sum_ in (("000111", "1,00"), ("000222", "-1,00"))
    )
    found = movements(f"\ufeff{BOURSORAMA}\n{rows}")
    assert [one.account.natural for one in found] == [("000111",), ("000222",)]


def test_what_the_account_holds_when_the_file_is_made_is_no_balance_of_a_movement():
    row = "2026-03-30;2026-03-30;VIR;;;;1,00;;000111;LIVRET;99,00\n"
    (found,) = movements(f"{BOURSORAMA}\n{row}")
    assert "sd:balance" not in dict(found.fields)


@pytest.mark.parametrize(
    ("rows", "end"),
    [
        (["01/03/2026;;;1,00;A;11,00", "02/03/2026;;-2,00;;B;9,00"], True),
        (["02/03/2026;;-2,00;;B;9,00", "01/03/2026;;;1,00;A;11,00"], True),
        (["02/03/2026;;;1,00;A;11,00", "02/03/2026;;-2,00;;B;9,10"], False),
        (
            [
                "01/03/2026;;;5,00;A;",
                "01/03/2026;;;1,00;B;11,00",
                "02/03/2026;;-2,00;;C;",
                "02/03/2026;;-3,00;;D;6,00",
                "03/03/2026;;-4,00;;E;",
            ],
            True,
        ),
        (
            [
                "02/03/2026;;-4,00;;E;6,00",
                "02/03/2026;;-3,00;;D;",
                "01/03/2026;;;1,00;C;13,00",
                "01/03/2026;;;5,00;B;",
            ],
            True,
        ),
    ],
    ids=[
        "first movement first",
        "last movement first",
        "a row is missing",
        "a balance at the end of each day",
        "a balance at the end of each day, last movement first",
    ],
)
def test_balances_beside_the_movements_go_on(rows, end):
    text = "\n".join((CREDIT_MUTUEL, *rows)) + "\n"
    assert [ok for _, _, ok in checks(text)] == [end]


def test_one_balance_says_nothing():
    assert checks(f"{CREDIT_MUTUEL}\n01/03/2026;;;1,00;A;11,00\n") == []


def test_movements_beside_numbers_of_cards_are_no_loyalty_cards():
    header = "Type;Card number;Amount;Fee;Balance"
    assert identify("business.csv", f"{header}\nCARD;1234;-1.00;0.00;9.00\n".encode()) == ()


def test_an_amount_with_the_sign_of_another_currency_is_told_of():
    row = "07/03/2026;;CB CAFE;;;;;;{};;07/03/2026;07/03/2026;0\n"
    assert len(movements(f"{BPCE}\n{row.format('-4,10 €')}")) == 1
    assert movements(f"{BPCE}\n{row.format('-4,10 £')}") == []


def test_a_fee_is_taken_off_an_amount():
    row = "Exchange,Current,2026-03-04 10:00:00,2026-03-04 10:00:00,To GBP,-100.00,1.00,EUR,"
    (found,) = movements(f"{REVOLUT}\n{row}COMPLETED,146.50\n")
    assert dict(found.fields)["sd:amount"] == Decimal(-101)
    assert found.account == Key(natural=("Current", "EUR"))


@pytest.mark.parametrize("state", ["PENDING", "REVERTED", "EN ATTENTE", "DECLINED"])
def test_what_has_moved_nothing_is_told_and_not_taken(state):
    row = f"Card,Current,2026-03-04 10:00:00,,Taxi,-100.00,1.00,EUR,{state},\n"
    assert movements(f"{REVOLUT}\n{row}") == []
    assert problems(f"{REVOLUT}\n{row}") == [("line=2", False)]


def test_a_state_that_is_not_known_is_a_problem():
    row = "Card,Current,2026-03-04 10:00:00,,Taxi,-100.00,1.00,EUR,LOST,\n"
    assert problems(f"{REVOLUT}\n{row}") == [("line=2", True)]


def test_what_is_stated_above_the_table_is_a_balance_of_that_day():
    text = (
        '="00040001234";01/03/2026;12/03/2026;1;12/03/2026;1234,56 EUR\n\n'
        "Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise\n"
        "12/03/2026;CARTE;CARTE X1234 CAFE;-2,50;EUR\n"
    )
    _, found = items(text.encode("cp1252"))
    (balance,) = (i for i in found if isinstance(i, Record) and i.kind == "Balance")
    assert (balance.on, dict(balance.fields)["sd:balance"]) == (
        date(2026, 3, 12),
        Decimal("1234.56"),
    )
    assert [(i.name, i.value) for i in found if isinstance(i, Stated)] == [
        ("closing", Decimal("1234.56")),
        ("count", Decimal(1)),
    ]
    assert dict(movements(text.encode("cp1252"))[0].fields)["sd:nature"] == Code("card")


@pytest.mark.parametrize("bank", BANKS, ids=lambda bank: bank.format)
def test_a_table_without_the_names_of_its_columns_is_told_of(bank):
    found = list(bank.parse(io.BytesIO(b"x\n07/03/2026;LOYER;-680,00\n"), Options()))
    assert [(p.locator, p.row) for p in found] == [("line=1", True), ("line=2", True)]
    assert [p.locator for p in bank.parse(io.BytesIO(b""), Options())] == ["line=1"]


def test_rows_above_the_second_table_are_told_of_where_its_names_are_damaged():
    names = "Date;Libellé;Débit euros;Crédit euros;\n"
    text = f"Dxte;Libellé\n01/03/2026;A;1,00;;\n{names}02/03/2026;B;2,00;;\n"
    assert problems(text, account="1") == [("line=2", True)]


@pytest.mark.parametrize(
    ("bank", "layout"),
    [(bank, layout) for bank in BANKS for layout in bank.layouts],
    ids=lambda value: getattr(value, "format", value.day[0] if hasattr(value, "day") else ""),
)
def test_a_table_is_claimed_by_its_bank_alone(bank, layout):
    for mark in bank.delimiters:
        head = f"{mark.join(layout.header)}\n".encode()
        assert [found.format for found, _ in identify("a.csv", head)] == [bank.format]


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"a;b\n1;2\n",
        b"Date;Libelle;Montant\n01/03/2026;A;1,00\n",
        f"{CREDIT_MUTUEL};Compte\n".encode(),
        b"PK\x03\x04\0\0",
        f"{CREDIT_MUTUEL};01/03/2026\n".encode(),
        f"{BOURSORAMA}x2026-03-01;;VIR;;;;-12,50\n".encode(),
    ],
    ids=[
        "nothing",
        "two columns",
        "any bank",
        "one column more",
        "binary",
        "a damaged line end",
        "and a row",
    ],
)
def test_what_is_no_table_of_these_banks_is_not_claimed(head):
    assert identify("a.csv", head) == ()


def test_a_table_in_utf_16_is_known_too():
    content = f"{CREDIT_MUTUEL}\n01/03/2026;;;1,00;É;11,00\n".encode("utf-16")
    assert len(movements(content)) == 1


def test_reading_and_reconciling_keep_no_row():
    importer = BY_NAME["credit-mutuel-csv"]

    def room(count):
        pair = "01/03/2026;;;1,00;A;1,00\n01/03/2026;;-1,00;;B;0,00\n"
        rows = pair * (count // 2)
        export = io.BytesIO(f"{CREDIT_MUTUEL}\n{rows}".encode())
        tracemalloc.start()
        try:
            (check,) = importer.reconcile(importer.parse(export, Options()))
            assert check.ok
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    room(10)  # the caches of cells have all of them then
    # Both are of several blocks, of which one at a time is there. A record takes some thousand
    # octets, its row in the file some thirty.
    assert room(5000) - room(3000) < 300 * 2000
