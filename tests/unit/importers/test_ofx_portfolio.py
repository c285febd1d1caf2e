import io
from decimal import Decimal

import pytest

from importers.bank.ofx import Ofx
from importers.contract import Options, Problem, Record


def read(listed):
    """The money and the reasons that a list of movements of a portfolio gives."""
    text = (
        "OFXHEADER:100\n\n<OFX><INVSTMTRS><DTASOF>20260331<CURDEF>EUR"
        f"<INVACCTFROM><BROKERID>1<ACCTID>2</INVACCTFROM><INVTRANLIST>{listed}</INVTRANLIST>"
        "</INVSTMTRS></OFX>"
    )
    items = list(Ofx().parse(io.BytesIO(text.encode()), Options()))
    rows = [i for i in items if isinstance(i, Problem) or i.counted]
    return [dict(i.fields)["sd:amount"] if isinstance(i, Record) else i.message for i in rows]


def movement(name, values, within=""):
    inner = f"<INVTRAN><DTTRADE>20260105</INVTRAN>{values}"
    return f"<{name}>{f'<{within}>{inner}</{within}>' if within else inner}</{name}>"


NO_MONEY = "this moves securities and no money, and is not kept"


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
        (movement("REINVEST", "<TOTAL>-3<UNITS>1"), NO_MONEY),
        (movement("TRANSFER", "<UNITS>1"), NO_MONEY),
        (movement("SPLIT", "<NUMERATOR>2"), NO_MONEY),
        (movement("JRNLSEC", "<UNITS>1"), NO_MONEY),
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
