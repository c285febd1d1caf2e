import io
from decimal import Decimal

import pytest

from importers.bank.ofx import Ofx
from importers.contract import Options, Problem, Record


def items_of(listed):
    """What a list of movements of a portfolio gives."""
    text = (
        "OFXHEADER:100\n\n<OFX><INVSTMTRS><DTASOF>20260331<CURDEF>EUR"
        f"<INVACCTFROM><BROKERID>1<ACCTID>2</INVACCTFROM><INVTRANLIST>{listed}</INVTRANLIST>"
        "</INVSTMTRS></OFX>"
    )
    return list(Ofx().parse(io.BytesIO(text.encode()), Options()))


def read(listed):
    """The money and the reasons that a list of movements gives."""
    rows = [i for i in items_of(listed) if isinstance(i, Problem) or i.counted]
    return [dict(i.fields)["sd:amount"] if isinstance(i, Record) else i.message for i in rows]


def moved(listed):
    """What a list of movements does to securities: code, units and total; the rows it counts."""
    items = items_of(listed)
    found = [dict(i.fields) for i in items if getattr(i, "kind", "") == "PortfolioMovement"]
    counted = sum(isinstance(i, Problem) or i.counted for i in items)
    return [
        (one["sd:nature"].name, one.get("sd:quantityMoved"), one.get("sd:total")) for one in found
    ], counted


def movement(name, values, within=""):
    inner = f"<INVTRAN><DTTRADE>20260105</INVTRAN>{values}"
    return f"<{name}>{f'<{within}>{inner}</{within}>' if within else inner}</{name}>"


SECURITY = "<SECID><UNIQUEID>FR0000000001<UNIQUEIDTYPE>ISIN</SECID>"


@pytest.mark.spec("OFX 2.2 §13.9.2.4.4")
@pytest.mark.parametrize(
    ("listed", "found"),
    [
        (movement("BUYSTOCK", "<TOTAL>-50", "INVBUY"), Decimal(-50)),
        (movement("BUYOPT", "<TOTAL>-50.5", "INVBUY"), Decimal("-50.5")),
        (movement("SELLDEBT", "<TOTAL>50", "INVSELL"), Decimal(50)),
        (movement("INCOME", "<INCOMETYPE>DIV<TOTAL>1,5"), Decimal("1.5")),
        (movement("RETOFCAP", "<TOTAL>3"), Decimal(3)),
        (movement("MARGININTEREST", "<TOTAL>-2"), Decimal(-2)),
        (movement("INVEXPENSE", "<TOTAL>-1"), Decimal(-1)),
        (movement("SELLSTOCK", "<UNITS>1", "INVSELL"), "TOTAL is missing or is not a number"),
        (
            movement("BUYMF", "<TOTAL>5", "INVBUY"),
            "TOTAL brings money in, where something is bought",
        ),
    ],
)
def test_a_movement_of_a_portfolio_is_its_money_or_is_told_of(listed, found):
    assert read(listed) == [found]


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        pytest.param(
            movement("BUYFUTURE", "<TOTAL>-50"),
            ["a row stands here whose tags are both damaged"],
            id="a kind of movement that is not known",
        ),
        pytest.param(
            movement("BUYSTOCK", "<TOTAL>-1")
            + movement("BUYMF", "<TOTAL>-2").replace("</B", "</X"),
            [Decimal(-1), Decimal(-2)],
            id="an end tag that is damaged",
        ),
        pytest.param(
            "<INCOME><INVTRAN><DTTRADE>20260105</INVTRAN><TOTAL>1</INCXME><INCXME>"
            "<INVTRAN><DTTRADE>20260106</INVTRAN><TOTAL>2</INCOME>",
            ["two movements run into one another: a tag between them is damaged"],
            id="two in one",
        ),
    ],
)
def test_no_movement_of_a_portfolio_is_lost(listed, found):
    assert [one for one in read(listed) if "ends nothing" not in str(one)] == found


@pytest.mark.spec("OFX 2.2 §13.9.2.4.4")
@pytest.mark.parametrize(
    ("name", "values", "found"),
    [
        ("BUYSTOCK", "<UNITS>2<TOTAL>-50", [("purchase", 2, -50)]),
        ("SELLMF", "<UNITS>-2<TOTAL>50", [("sale", -2, 50)]),
        pytest.param("SELLMF", "<UNITS>2<TOTAL>50", [("sale", -2, 50)], id="units without a sign"),
        ("BUYOTHER", "<TOTAL>-50", [("purchase", None, -50)]),
        ("INCOME", "<INCOMETYPE>DIV<TOTAL>3", [("dividend", None, 3)]),
        ("INCOME", "<INCOMETYPE>CGLONG<TOTAL>3", [("capitalGain", None, 3)]),
        ("INCOME", "<INCOMETYPE>MISC<TOTAL>3", [("otherIncome", None, 3)]),
        ("RETOFCAP", "<TOTAL>3", [("capitalReturn", None, 3)]),
        ("INVEXPENSE", "<TOTAL>-3", [("fee", None, -3)]),
        ("REINVEST", "<TOTAL>-3<UNITS>0.1", [("reinvestment", Decimal("0.1"), -3)]),
        ("TRANSFER", "<UNITS>5<TFERACTION>OUT", [("transfer", -5, None)]),
        ("TRANSFER", "<UNITS>-5<TFERACTION>OUT", [("transfer", -5, None)]),
        ("TRANSFER", "<UNITS>5<TFERACTION>IN<POSTYPE>SHORT", [("transfer", -5, None)]),
        ("SPLIT", "<OLDUNITS>5<NEWUNITS>2", [("split", -3, None)]),
        ("SPLIT", "<OLDUNITS>5<NEWUNITS>7<FRACCASH>1.5", [("split", 2, None)]),
        ("CLOSUREOPT", "<OPTACTION>ASSIGN<UNITS>1", [("optionAssignment", 1, None)]),
        (
            "JRNLSEC",
            "<SUBACCTTO>MARGIN<SUBACCTFROM>CASH<UNITS>2",
            [("internalTransfer", -2, None), ("internalTransfer", 2, None)],
        ),
        (
            "JRNLFUND",
            "<SUBACCTTO>MARGIN<SUBACCTFROM>CASH<TOTAL>80",
            [("internalTransfer", None, -80), ("internalTransfer", None, 80)],
        ),
    ],
)
def test_a_movement_says_what_becomes_of_its_security_and_is_one_row(name, values, found):
    assert moved(movement(name, SECURITY + values)) == (found, 1)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("REINVEST", "<TOTAL>-3", "UNITS is missing or is not a number"),
        ("TRANSFER", "<UNITS>x<TFERACTION>IN", "UNITS is missing or is not a number"),
        ("SPLIT", "<OLDUNITS>5", "NEWUNITS is missing or is not a number"),
        ("CLOSUREOPT", "<UNITS>1", "OPTACTION is missing or is not known"),
        ("JRNLSEC", "<SUBACCTTO>CASH<UNITS>1", "SUBACCTFROM is missing"),
    ],
)
def test_a_movement_of_a_security_that_does_not_say_enough_is_told_of(name, values, message):
    assert read(movement(name, SECURITY + values)) == [message]


def test_a_movement_of_a_security_that_has_no_number_is_told_of():
    assert read(movement("TRANSFER", "<UNITS>1")) == ["the security has no number (SECID)"]


def test_costs_are_kept_apart_by_who_takes_them_and_the_money_is_counted_once():
    costs = "<COMMISSION>1.5<FEES>0.25<LOAD>0.5<TAXES>2<WITHHOLDING>1"
    trade = movement("BUYSTOCK", f"{SECURITY}<UNITS>1<UNITPRICE>9<TOTAL>-14.25{costs}", "INVBUY")
    items = items_of(trade)
    said = {i.kind: dict(i.fields) for i in items if isinstance(i, Record)}
    movement_of = said["PortfolioMovement"]
    assert [movement_of[f"sd:{name}"] for name in ("commission", "fees", "taxTotal")] == [
        Decimal("1.5"),
        Decimal("0.75"),
        Decimal(3),
    ]
    assert movement_of["schema:price"] == 9
    assert "sd:amount" not in movement_of
    money = next(i for i in items if getattr(i, "kind", "") == "BankTransaction")
    assert movement_of["sd:settledBy"].key == money.key
