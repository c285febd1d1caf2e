"""An older export that is imported later does not take the place of what a newer one said."""

from datetime import date
from decimal import Decimal

import pytest

from importers import by_format
from importers.contract import Covers
from pod.intake.delivery import made_on
from pod.intake.formats import is_overtaken
from tests.unit.intake.house import (
    ACCOUNT,
    House,
    bank_account,
    counts,
    half_hours,
    payment,
    values,
)

JANUARY, MARCH = date(2026, 1, 31), date(2026, 3, 31)
BANK = "data/bank/banque/compte-1/2024/2024-03.ttl"
CURVE = "data/energy/enedis/pdl-1/series/load/2024-03.ttl"


@pytest.mark.parametrize(
    ("made", "held", "overtaken"),
    [
        (JANUARY, [MARCH], True),
        (JANUARY, [None, MARCH], True),
        (JANUARY, [JANUARY, MARCH], True),
        (MARCH, [JANUARY], False),
        (MARCH, [MARCH], False),
        (None, [MARCH], False),
        (MARCH, [None], False),
        (MARCH, [], False),
    ],
)
def test_what_was_made_on_an_earlier_day_is_overtaken(made, held, overtaken):
    assert is_overtaken(made, held) is overtaken


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (MARCH, JANUARY, "-12.5"),
        (JANUARY, MARCH, "-9"),
        (MARCH, MARCH, "-9"),
        (None, JANUARY, "-9"),
        (MARCH, None, "-9"),
    ],
)
def test_of_two_statements_of_a_record_the_one_that_was_made_later_holds(first, second, kept):
    house = House(made=first)
    house.take(payment(1), payment(2))
    house.made = second
    done, _ = house.take(payment(1, "-9"), payment(2), payment(3))
    assert values(house.held[BANK], "id-REF1", "amount") == [kept]
    is_older = kept == "-12.5"
    assert counts(done) == ((3, 1, 2, 0, 0) if is_older else (3, 1, 1, 1, 0))
    said = [problem.message for problem in done.problems if not problem.row]
    assert [one[:25] for one in said] == (["1 records stay as an expo"] if is_older else [])


def test_an_account_keeps_what_a_newer_export_says_of_it():
    house = House(made=MARCH)
    house.take(bank_account(), payment(1))
    house.made = JANUARY
    done, _ = house.take(payment(1, label="CB EPICERIE DU COIN"))
    assert (counts(done), done.documents) == ((1, 0, 1, 0, 0), ())


def test_an_older_complete_export_withdraws_nothing_that_a_newer_one_told_of():
    whole = Covers(
        kind="BankTransaction",
        account=ACCOUNT,
        first=date(2024, 3, 1),
        last=date(2024, 3, 31),
        locator="line=1",
    )
    house = House(made=MARCH)
    house.take(payment(1), payment(2))
    house.made = JANUARY
    done, _ = house.take(whole, payment(1))
    assert done.withdrawn == 0
    house.made = date(2026, 4, 30)
    done, _ = house.take(whole, payment(1))
    assert done.withdrawn == 1
    house.made = MARCH
    house.take(payment(1), payment(2))
    assert values(house.held[BANK], "id-REF2", "status") == [
        "https://w3id.org/selfdata/codes#withdrawn"
    ]


def test_an_older_curve_fills_gaps_and_changes_no_value():
    house = House(domain="energy", slug="enedis", made=MARCH)
    house.take(*half_hours([100, None, 300, 400]))
    house.made = JANUARY
    done, _ = house.take(*half_hours([1, 2, 300, 400]))
    assert counts(done) == (4, 1, 3, 0, 0)
    assert values(house.held[CURVE], "c", "values") == ["[100,2,300,400]"]
    assert any("1 values stay" in problem.message for problem in done.problems)
    house.made = date(2026, 2, 28)  # later than what filled the gap, and older than the rest
    house.take(*half_hours([5, 2, 300, 400]))
    assert values(house.held[CURVE], "c", "values") == ["[100,2,300,400]"]
    house.made = date(2026, 4, 30)
    house.take(*half_hours([7, 2, 300, 400]))
    assert values(house.held[CURVE], "c", "sum") == [str(Decimal(709))]


FEED = b"<feed><id>x</id>%b<entry><updated>2026-01-02T00:00:00Z</updated></entry></feed>"


@pytest.mark.parametrize(
    ("name", "head", "made"),
    [
        ("ofx", b"<OFX><SONRS><DTSERVER>20260131120000[+1:CET]<LANGUAGE>FRA", JANUARY),
        ("ofx", b"<OFX><SONRS><DTSERVER>20261331", None),
        ("ofx", b"<OFX><STMTTRN><DTPOSTED>20260131", None),
        ("camt-053", b"<n:GrpHdr><n:CreDtTm>2026-03-31T08:00:00+02:00</n:CreDtTm>", MARCH),
        ("camt-053", b"<GrpHdr><MsgId>1</MsgId></GrpHdr>", None),
        ("green-button", FEED % b"<updated>2026-03-31T00:00:00Z</updated>", MARCH),
        ("green-button", FEED % b"", None),
        (
            "fhir",
            b'{"resourceType":"Bundle","meta":{"lastUpdated":"2026-01-31T09:00:00Z"}}',
            JANUARY,
        ),
        ("fhir", b'{"resourceType":"Patient","meta":{"lastUpdated":"2026-01-31T09:00:00Z"}}', None),
        (
            "fhir",
            b'{"resourceType":"Bundle","entry":[{"meta":{"lastUpdated":"2026-01-31"}}]}',
            None,
        ),
        ("credit-agricole-csv", "Téléchargement du 31/01/2026;\n".encode("cp1252"), JANUARY),
        ("credit-agricole-csv", "Téléchargement du 31/02/2026;\n".encode(), None),
        ("credit-agricole-csv", b"Solde au 31/01/2026 10,00\n", None),
        ("mt940", b":20:A\r\n:25:1\r\n:34F:EURD0,00\r\n:13D:2601311200+0100\r\n", JANUARY),
        ("mt940", b":13D:2601311200+0100\n:13D:2602011200+0100\n", None),
        ("mt940", b":13D:2602301200+0100\n", None),
        ("mt940", b":20:A\n:60F:C260131EUR10,00\n:62F:C260131EUR10,00\n", None),
        ("boursorama-csv", b"dateOp;dateVal;label\n2026-01-31;2026-01-31;x\n", None),
    ],
)
def test_an_export_says_on_which_day_it_was_made(name, head, made):
    assert made_on(by_format(name), head) == made
