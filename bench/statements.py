"""Made-up statements of one account, of any number of rows: the same number, the same bytes."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

FIRST = date(2023, 1, 1)
A_DAY = 18  # movements

COLUMNS = (
    "dateOp;dateVal;label;category;categoryParent;supplierFound;amount;comment;accountNum;"
    "accountLabel;accountbalance"
)
OFX_BEGIN = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260101000000\
<LANGUAGE>FRA</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>EUR\
<BANKACCTFROM><BANKID>30002<BRANCHID>00550<ACCTID>0000157841Z<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20230101<DTEND>20261231
"""
OFX_END = """</BANKTRANLIST><LEDGERBAL><BALAMT>{balance}<DTASOF>{day:%Y%m%d}</LEDGERBAL></STMTRS>\
</STMTTRNRS></BANKMSGSRSV1></OFX>
"""


def bank_csv(rows: int) -> bytes:
    """The operations of an account as BoursoBank gives them."""
    lines = [COLUMNS]
    for day, shop, amount in _movements(rows):
        figure = str(amount).replace(".", ",")
        label = f"CARTE {day:%d/%m/%y} MAGASIN {shop} CB*1234"
        lines.append(
            f'{day};{day};"{label}";"Alimentation";"Vie quotidienne";"magasin";"{figure}";;'
            '"00040123456";"BoursoBank";1500.00'
        )
    return ("\n".join(lines) + "\n").encode()


def ofx(rows: int) -> bytes:
    """A statement in OFX 1, with ids of the bank and a closing balance."""
    pieces, balance, last = [OFX_BEGIN], Decimal(0), FIRST
    for number, (day, shop, amount) in enumerate(_movements(rows)):
        balance, last = balance + amount, day
        pieces.append(
            f"<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>{day:%Y%m%d}<TRNAMT>{amount}<FITID>F{number:08}"
            f"<NAME>MAGASIN {shop}<MEMO>CARTE {day:%d/%m/%y}</STMTTRN>\n"
        )
    pieces.append(OFX_END.format(balance=balance, day=last))
    return "".join(pieces).encode()


def _movements(rows: int) -> Iterator[tuple[date, int, Decimal]]:
    """The day, the shop and the amount of each movement."""
    chance = random.Random(1)  # noqa: S311 - made-up purchases
    for number in range(rows):
        amount = Decimal(-chance.randrange(1, 90_000)) / 100
        yield (
            FIRST + timedelta(days=number // A_DAY),
            chance.randrange(999),
            amount.quantize(Decimal("0.01")),
        )
