import io
from datetime import date
from decimal import Decimal

import pytest

from importers import identify
from importers.bank.qif import Qif
from importers.contract import Code, Key, Options, Problem, Record
from importers.date_order import day, says_day_first

DATE = "D14/02/2020\n"
MOVEMENT = f"{DATE}T-1,50\nPShop\n^\n"


def items(text, **options):
    return list(Qif().parse(io.BytesIO(text.encode()), Options(values=options)))


def movements(text, **options):
    return [i for i in items(text, **options) if isinstance(i, Record) and i.counted]


def lost(text, **options):
    return [p.locator for p in items(text, **options) if isinstance(p, Problem) and p.row]


def remarks(text, **options):
    return [p.message for p in items(text, **options) if isinstance(p, Problem) and not p.row]


def said(fields):
    (found,) = movements(f"!Type:Bank\n{DATE}{fields}^\n", account="main")
    return dict(found.fields)


@pytest.mark.parametrize(
    ("text", "day_first", "civil"),
    [
        ("2/14'2020", False, date(2020, 2, 14)),
        ("2/14'20", False, date(2020, 2, 14)),
        (" 2/ 4' 5", False, date(2005, 2, 4)),
        ("8/12/13", False, date(2013, 8, 12)),
        ("8/12/13", True, date(2013, 12, 8)),
        ("8/12/99", True, date(1999, 12, 8)),
        ("8/12'99", True, date(2099, 12, 8)),
        ("14/02/2020", True, date(2020, 2, 14)),
        ("14.02.2020", True, date(2020, 2, 14)),
        ("14-2-2020", True, date(2020, 2, 14)),
        ("2020-02-14", None, date(2020, 2, 14)),
        ("2020/2/14", None, date(2020, 2, 14)),
    ],
)
def test_a_date_is_read_in_the_order_of_its_file(text, day_first, civil):
    assert day(text, day_first=day_first) == civil


@pytest.mark.parametrize(
    ("text", "day_first"),
    [
        ("14/02/2020", False),
        ("2/30'20", False),
        ("1/2/2020", None),
        ("14 Feb 2020", True),
        ("", True),
    ],
)
def test_a_date_is_never_guessed(text, day_first):
    with pytest.raises(ValueError, match="this"):
        day(text, day_first=day_first)


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["1/2/2020", "13/2/2020"], True),
        (["1/2/2020", "2/13'20"], False),
        (["1/2/2020", "12/12/2020"], None),
        (["2020-02-14", "14/15/2020", "no date"], None),
        (["13/1/2020", "1/13/2020"], True),
        ([], None),
    ],
)
def test_one_date_tells_the_order_of_all(dates, first):
    assert says_day_first(dates) is first


def test_a_later_record_tells_the_order_of_an_earlier_one():
    first, _ = movements(f"!Type:Bank\nD1/2/2020\nT1.00\n^\n{MOVEMENT}")
    assert first.on == date(2020, 2, 1)


@pytest.mark.parametrize(("said", "on"), [("yes", date(2020, 2, 1)), ("no", date(2020, 1, 2))])
def test_where_no_date_tells_the_order_the_person_does(said, on):
    text = "!Type:Bank\nD1/2/2020\nT1.00\n^\nD3/3/2020\nT1.00\n^\n"
    assert movements(text, day_first=said)[0].on == on
    assert movements(text) == []
    assert lost(text) == ["line=2", "line=5"]
    assert any("day_first=yes" in p.message for p in items(text))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("-1,000.00", "-1000.00"),
        ("-23,45", "-23.45"),
        ("1.234.567,80", "1234567.80"),
        ("-1 250,00", "-1250.00"),
        ("+12", "12"),
        ("0.00", "0.00"),
    ],
)
def test_the_form_of_an_amount_tells_its_decimal_mark(text, amount):
    assert said(f"T{text}\n")["sd:amount"] == Decimal(amount)
    assert said(f"U{text}\nT{text}\n")["sd:amount"] == said(f"U{text}\n")["sd:amount"]


@pytest.mark.parametrize(
    "fields",
    [
        "T1,234\n",
        "T1.234\n",
        "Tten\n",
        "T\n",
        "PShop\n",
        "T1,00\nU2,00\n",
        "T1,00\nT1,00\n",
        "T1\n,50\n",
        "D14/02/2020\nT1,00\n",
        "SFood\n$1,00\n",
    ],
)
def test_a_movement_that_cannot_be_read_is_told_of(fields):
    text = f"!Type:Bank\n{DATE}{fields}^\n{MOVEMENT}"
    assert lost(text) == ["line=2"]
    assert len(movements(text)) == 1


@pytest.mark.parametrize(
    ("fields", "label", "beside"),
    [
        ("PShop\nMCard 13\nLFood\n", "Shop Card 13", {"sd:counterpartyName": "Shop"}),
        ("MCard 13\nMand more\n", "Card 13 and more", {}),
        ("L[Savings]\n", "[Savings]", {}),
        ("PAdé\nN000123\n", "Adé", {"sd:nature": Code("cheque"), "sd:paymentReference": "000123"}),
        ("NATM\n", "", {"sd:paymentReference": "ATM"}),
        ("AA street\nAA town\nCX\nF\n", "", {}),
    ],
)
def test_what_a_movement_says_beside_its_amount(fields, label, beside):
    found = said(f"T-1,00\n{fields}")
    assert found["sd:sourceLabel"] == label
    assert found.items() >= beside.items()
    assert "cheque" not in str(said(f"T1,00\n{fields}").get("sd:nature"))


@pytest.mark.parametrize(
    ("splits", "told"),
    [
        ("SFood\nEmemo\n$-1,00\nSRent\nD1/10'2020\n%50\n$-2,00\n", 0),
        ("SFood\n$-1,00\nSRent\n$-1,00\n", 1),
        ("SFood\n$one\n", 1),
        ("SFood\n", 1),
    ],
)
def test_splits_are_held_to_their_movement(splits, told):
    text = f"!Type:Bank\n{DATE}T-3,00\n{splits}^\n"
    assert len(movements(text, account="main")) == 1
    assert len(remarks(text, account="main")) == told


def test_fields_may_stand_behind_the_splits():
    (found,) = movements("!Type:Bank\nD14/02/2020\nSFood\n$-3,00\nT-3,00\nPShop\n^\n")
    assert dict(found.fields)["sd:counterpartyName"] == "Shop"


def test_an_account_names_the_movements_below_it():
    text = (
        "!Option:AutoSwitch\n!Account\nNA\nTBank\n^\nNB\nTCCard\n^\n!Clear:AutoSwitch\n"
        f"!Account\nNA\nTBank\n^\n!Type:Bank\n{MOVEMENT}!Account\nNB\n^\n!Type:CCard\n{MOVEMENT}"
    )
    assert [m.account for m in movements(text)] == [Key(natural=("A",)), Key(natural=("B",))]
    assert remarks(text) == []


def test_a_number_of_an_account_is_no_name_of_it():
    text = f"!Account\nN01234567890\n^\n!Type:Bank\n{MOVEMENT}"
    (account,) = (i for i in items(text) if isinstance(i, Record) and not i.counted)
    assert account.fields == ()


@pytest.mark.parametrize(
    "damaged",
    [
        "!Account\n^\n",
        "!Account\nNB\nNC\n^\n",
        "!Acount\nNB\nTCCard\n^\n",
        "xAccount\nNB\nTBank\n^\n",
    ],
)
def test_movements_are_not_given_to_the_account_before_a_damaged_one(damaged):
    text = f"!Account\nNA\n^\n!Type:Bank\n{MOVEMENT}{damaged}!Type:Bank\n{MOVEMENT}"
    assert len(movements(text)) == 1
    assert lost(text)


@pytest.mark.parametrize("options", [{}, {"account": "1234567"}])
def test_the_person_says_the_account_where_the_file_does_not(options):
    text = f"!Type:Cash\n{MOVEMENT}{MOVEMENT}"
    assert {m.account.natural[0] for m in movements(text, **options)} == {
        options.get("account", "main")
    }
    assert len(remarks(text, **options)) == (0 if options else 1)


@pytest.mark.parametrize(("currency", "fields"), [("", None), ("CHF", "CHF")])
def test_the_person_says_the_currency(currency, fields):
    (found,) = movements(f"!Type:Bank\n{MOVEMENT}", currency=currency)
    assert dict(found.fields).get("sd:currency") == fields


def test_a_currency_that_is_none_is_refused():
    assert lost(f"!Type:Bank\n{MOVEMENT}", currency="francs") == ["line=2"]


@pytest.mark.parametrize("name", ["Cat", "Class", "Memorized", "Security", "Prices", "Budget"])
def test_a_list_that_is_none_of_movements_is_told_of_once(name):
    text = f"!Type:{name}\nNOne\nDIts words\n^\nNTwo\n^\n!Type:Oth L\n{MOVEMENT}"
    assert len(remarks(text, account="main")) == 1
    assert lost(text) == []


@pytest.mark.parametrize(
    "header", ["!Type:Invst", "!Type:Bxnk", "xType:Bank", "!Type:Cat\nxType:Bank", "!Account"]
)
def test_no_movement_is_lost_below_another_header(header):
    text = f"{header}\n{MOVEMENT}{MOVEMENT}"
    assert len(lost(text)) == 2


@pytest.mark.parametrize("end", ["", "T-1,50", "T-1,50\nPSh", "T-1,50\n!Type:Bank"])
def test_a_record_that_does_not_end_is_told_of(end):
    assert lost(f"!Type:Bank\n{MOVEMENT}{DATE}{end}") == ["line=6"]


def test_a_record_that_is_cut_off_does_not_tell_the_order():
    assert lost("!Type:Bank\nD1/2/2020\nT1.00\n^\nD13/2/2020\nT1.00\n") == ["line=2", "line=5"]


@pytest.mark.parametrize("text", ["", "!Type:Bank\n"])
def test_a_file_without_a_record_is_told_of(text):
    assert lost(text) == ["line=1"]


@pytest.mark.parametrize(
    ("head", "needs"),
    [
        (f"!Type:Bank\n{MOVEMENT}", ("account",)),
        (f"\ufeff!type:ccard \r\n{MOVEMENT}", ("account",)),
        ("### a comment\n\n!Type:Cat\nNFood\n^\n", ("account",)),
        ("!Option:AutoSwitch\n!Account\nNA\n^\n", ()),
    ],
)
def test_it_is_known_by_its_headers(head, needs):
    ((importer, match),) = identify("export.txt", head.encode())
    assert (importer.format, match.needs) == ("qif", needs)


@pytest.mark.parametrize("head", ["Type:Bank\n", "!Type:Unknown\n", "say !Type:Bank\n", ""])
def test_other_texts_are_not_claimed(head):
    assert identify("export.qif", head.encode()) == ()
