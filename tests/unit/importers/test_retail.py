"""Receipts, orders, cards: what their traps become."""

import io
import json

import pytest

from importers import identify
from importers.contract import Options, Problem, Record
from importers.document import without_spare_commas
from importers.retail.card import masked

AMAZON = "Website,Order ID,Order Date,Currency,Unit Price,Total Owed,ASIN,Quantity,Product Name"
NEWER = "ASIN,Currency,Order Date,Order ID,Original Quantity,Product Name,Total Amount,Website"
PLAIN = "Commande;Date;Article;Total"


def read(text):
    content = text.encode()
    ((importer, _),) = identify("x", content)
    return importer, list(importer.parse(io.BytesIO(content), Options()))


def fields(items, kind):
    return [dict(i.fields) for i in items if isinstance(i, Record) and i.kind == kind]


def problems(items):
    return [(one.locator, one.message) for one in items if isinstance(one, Problem)]


def receipt(**said):
    whole = {
        "business_unit": {"organization_number": "556838-8200"},
        "sales_recording_system": {"serial_number": "A1"},
        "receipt_identifier": {"sequence_number": 7},
        "time_of_purchase": "2026-12-31T23:30:00+01:00",
        "currency": "SEK",
        "totals": [{"type": "paid", "amount": 10}],
        "items": [sale("sale", 10)],
    }
    return whole | said


def sale(kind, amount):
    return {
        "type": kind,
        "description": "Te",
        "quantity": {"value": 1},
        "extended_amount": amount,
    }


def test_a_receipt_is_known_by_seller_till_number_and_day():
    _, items = read(json.dumps([receipt(), receipt(time_of_purchase="2027-01-01T09:00:00+01:00")]))
    keys = [(i.key.natural, str(i.on)) for i in items if isinstance(i, Record)]
    assert keys[0] == (("5568388200", "A1", "7"), "2026-12-31")
    assert keys[2] == (("5568388200", "A1", "7"), "2027-01-01")


@pytest.mark.parametrize(
    ("said", "ok"),
    [
        ({}, [True]),
        ({"items": [sale("return", 10)]}, [False]),
        (
            {
                "items": [sale("return", 10)],
                "totals": [{"type": "paid", "amount": 10, "refund": True}],
            },
            [True],
        ),
        (
            {"items": [sale("sale", 12), {"type": "deposit", "amount": 2, "quantity": 1}]},
            [False],
        ),
        (
            {
                "items": [
                    sale("sale", 12),
                    {"type": "deposit", "amount": 2, "quantity": 1, "refund": True},
                ]
            },
            [True],
        ),
        ({"retail_price_modifiers": [{"amount": 2, "action": "add"}]}, [False]),
        (
            {
                "items": [sale("sale", 8)],
                "retail_price_modifiers": [{"amount": 2, "action": "add"}],
            },
            [True],
        ),
        ({"payments": [{"amount_applied_to_bill": 10, "amount": 10}]}, [True, True]),
        (
            {"payments": [{"amount_applied_to_bill": 10, "amount": 10, "refund": True}]},
            [True, False],
        ),
        (
            {
                "payments": [
                    {"amount_applied_to_bill": 10, "amount": 50},
                    {"amount_applied_to_bill": 40, "amount": 40, "refund": True},
                ]
            },
            [True, True],
        ),
        (
            {
                "items": [sale("sale", 10.5)],
                "payments": [{"amount_applied_to_bill": 10, "amount": 10, "rounding": 0.5}],
            },
            [True, True],
        ),
    ],
)
def test_the_lines_of_a_receipt_make_what_was_paid(said, ok):
    importer, items = read(json.dumps(receipt(**said)))
    assert [check.ok for check in importer.reconcile(items)] == ok


def test_nothing_of_a_receipt_names_the_customer_or_the_cashier():
    said = receipt(
        customer={"id": {"civic_registration_number": "1990"}, "contact": {"email": "a@b.example"}},
        cashier={"name": "Anna"},
    )
    _, items = read(json.dumps(said))
    assert not [word for word in ("1990", "a@b.example", "Anna") if word in str(items)]
    assert problems(items) == []


def test_what_is_not_known_of_a_receipt_is_told():
    _, items = read(json.dumps(receipt(lottery=1)))
    assert problems(items) == [("/lottery", "this is not known here, and is not kept")]


@pytest.mark.parametrize(
    ("text", "plain"),
    [('{"a": [1, 2,],}', '{"a": [1, 2 ] }'), ('{"a": ",]"}', '{"a": ",]"}'), ("[1,2]", "[1,2]")],
)
def test_commas_behind_the_last_value_are_passed_over(text, plain):
    assert without_spare_commas(text) == plain


def test_rows_of_an_order_are_one_purchase_wherever_they_stand():
    rows = (
        "Amazon.fr,1,2026-03-01T10:00:00Z,EUR,5,5.00,B000000001,1,Thé",
        "Amazon.fr,2,2026-03-01T11:00:00Z,EUR,7,7.00,B000000002,1,Café",
        "Amazon.fr,1,2026-03-01T10:00:00Z,EUR,5,5.00,B000000001,1,Thé",
    )
    _, items = read("\n".join((AMAZON, *rows, "")))
    totals = {one["sd:recordId"]: one["sd:total"] for one in fields(items, "Purchase")}
    assert totals == {"1": 10, "2": 7}
    first = next(i for i in items if isinstance(i, Record) and i.kind == "Purchase")
    assert [value.rank for name, value in first.fields if name == "sd:line"] == [0, 1]


@pytest.mark.parametrize(
    ("cell", "total"),
    [('"12,34"', "12.34"), ('"1.234,56"', "1234.56"), ('"1,234"', "1234"), ("'-1.50'", "-1.50")],
)
def test_amazon_writes_amounts_as_its_countries_do(cell, total):
    _, items = read(f"{NEWER}\nB1,EUR,2025-06-01,9,2,Thé,{cell},Amazon.de\n")
    assert [str(one["sd:total"]) for one in fields(items, "Line")] == [total]


def test_the_parts_of_a_digital_price_make_what_an_order_came_to():
    header = (
        "ASIN,Product Name,Order ID,Digital Order Item ID,Order Date,Transaction Amount,"
        "Base Currency Code"
    )
    rows = (
        "B1,Contes,D1,i1,2025-06-01T10:00:00Z,2.84,EUR",
        "B1,Contes,D1,i1,2025-06-01T10:00:00Z,0.15,EUR",
    )
    importer, items = read("\n".join((header, *rows, "")))
    assert importer.format == "amazon-digital-content"
    assert [str(one["sd:total"]) for one in fields(items, "Purchase")] == ["2.99"]


def test_the_table_of_2025_is_read_too():
    _, items = read(f"{NEWER}\nB1,USD,2025-06-01,9,2,Tea,12.34,Amazon.com\n")
    (order,) = fields(items, "Purchase")
    assert (str(order["sd:total"]), str(order["sd:date"])) == ("12.34", "2025-06-01")


@pytest.mark.parametrize(
    ("cell", "total"),
    [("5,00", "5.00"), ("1 234,50", "1234.50"), ("12.50 €", "12.50"), ("-3", "-3")],
)
def test_amounts_of_any_shop_have_a_comma_or_a_point(cell, total):
    _, items = read(f"{PLAIN}\n1;01/03/2026;Thé;{cell}\n")
    assert [str(one["sd:total"]) for one in fields(items, "Line")] == [total]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("1;01/03/2026;Thé;1.234", "this amount could be read in two ways"),
        ("1;01/03/2026;Thé;", "has no amount"),
        (";01/03/2026;Thé;1,00", "does not say the order"),
        ("1;01/03/2026;1,00", "fewer cells"),
        ('1;01/03/2026;"Thé\n2;01/03/2026;Café;1,00";1,00', "quote"),
    ],
)
def test_a_row_that_cannot_be_read_is_told(row, message):
    _, items = read(f"{PLAIN}\n{row}\n")
    assert [message in said for _, said in problems(items)] == [True]
    assert fields(items, "Line") == []


@pytest.mark.parametrize(
    ("number", "shown"), [("5752 2102 1236 1196", "****1196"), ("1234", "****34"), ("7", "****")]
)
def test_the_number_of_a_card_is_masked(number, shown):
    assert masked(number) == shown


@pytest.mark.parametrize("rows", [("1;12", "-2;10", "5;15"), ("5;15", "-2;10", "1;12")])
def test_balances_of_points_follow_from_each_other_in_either_order(rows):
    text = "\n".join(
        ("Carte;Date;Libellé;Points;Solde", *(f"77;01/03/2026;x;{one}" for one in rows), "")
    )
    importer, items = read(text)
    assert [check.ok for check in importer.reconcile(items)] == [True]
    assert [check.ok for check in importer.reconcile([*items, *items[1:2]])] == [False]


def test_a_last_line_that_does_not_end_is_not_trusted():
    _, items = read("Offre;Valable jusqu'au;Utilisée\nThé;31/03/2026;ou")
    assert "ends within this row" in problems(items)[0][1]
    _, items = read("Offre;Valable jusqu'au;Utilisée\nThé;31/03/2026;oui")
    assert [one["sd:redeemed"] for one in fields(items, "Promotion")] == [True]
