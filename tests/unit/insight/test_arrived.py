"""Three facts, and what is drawn, of the rows that an import's queries find."""

from datetime import date
from decimal import Decimal

from pod.insight.arrived import Fact, course, facts, kinds
from vocab.names import SD

BANK = {
    "class": SD.NS + "BankTransaction",
    "currency": "EUR",
    "count": "62",
    "first": "2026-01-12",
    "last": "2026-03-10",
    "in": "10963.75",
    "out": "8441.8",
}
POWER = {
    "class": SD.NS + "Consumption",
    "commodity": "https://w3id.org/selfdata/codes#electricity",
    "count": "60",
    "first": "2026-01-10",
    "last": "2026-03-10",
    "used": "492.782",
}
RENT = {"record": "r", "amount": "-640", "currency": "EUR", "label": "LOYER", "day": "2026-02-05"}


def test_money_comes_first_and_no_more_than_three_facts_are_told():
    told = facts([POWER, BANK], [RENT])
    assert [one.name for one in told] == ["money", "largest", "energy"]
    assert told[0].amounts == (Decimal("10963.75"), Decimal("8441.8"))
    assert (told[1].amounts, told[1].text, told[1].days) == (
        (Decimal(640),),
        "LOYER",
        (date(2026, 2, 5),),
    )


def test_two_accounts_of_one_currency_are_added_and_two_currencies_are_not():
    pounds = BANK | {"currency": "GBP", "in": "1", "out": "2"}
    told = facts([BANK, BANK, pounds], [])
    assert [(one.name, one.unit, one.amounts) for one in told if one.name == "money"] == [
        ("money", "EUR", (Decimal("21927.50"), Decimal("16883.6"))),
        ("money", "GBP", (Decimal(1), Decimal(2))),
    ]


def test_where_nothing_can_be_added_up_what_came_is_counted():
    calls = {"class": SD.NS + "Communication", "count": "82", "first": "2026-01-10"}
    assert facts([calls], []) == (
        Fact(name="period", days=(date(2026, 1, 10), date(2026, 1, 10))),
        Fact(name="count", amounts=(Decimal(82),), iri=SD.NS + "Communication"),
    )
    assert facts([], []) == ()


def test_a_year_without_a_day_is_no_period():
    degree = {"class": SD.NS + "Credential", "count": "1", "first": "2014", "last": "2014"}
    assert [one.name for one in facts([degree], [])] == ["count"]


def test_a_record_of_two_classes_counts_in_the_narrower():
    both = [
        {"class": SD.NS + name, "count": "2"}
        for name in ("Contract", "InsuranceContract", "Series")
    ]
    assert [(one.iri, one.count) for one in kinds(both)] == [(SD.NS + "InsuranceContract", 2)]


def test_what_is_drawn_is_what_was_paid_then_what_was_used_then_how_much_came():
    paid = {"month": "2026-01", "currency": "EUR", "count": "3", "out": "12.5"}
    used = {"month": "2026-02", "commodity": "gas", "count": "1", "used": "1837"}
    bare = {"month": "2026-03", "count": "4"}
    assert course([used, paid, bare]).unit == "EUR"
    assert course([used, bare]).unit == "kWh"
    drawn = course([bare, {"month": "2026-01", "count": "2"}])
    assert [(one.first, one.value) for one in drawn.months] == [
        (date(2026, 1, 1), 2),
        (date(2026, 3, 1), 4),
    ]
