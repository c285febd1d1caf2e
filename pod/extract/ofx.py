"""Statements as OFX 2.2 (XML), which programs for a household's accounts read.

Format: OFX 2.2, §2.2 (the header), §11.4 (statements). Dates are civil, amounts signed.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape

from pod.extract.statements import Movement, Statement

MEDIA_TYPE = "application/x-ofx"
_HEADER = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<?OFX OFXHEADER="200" VERSION="220" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n'
)
# §11.4.4.3: how a movement was made; where that is unknown, only its sign.
_TYPES = {
    "card": "POS",
    "cash": "ATM",
    "cheque": "CHECK",
    "debit": "DIRECTDEBIT",
    "fee": "FEE",
    "interest": "INT",
    "transfer": "XFER",
}
_LONGEST_NAME = 32
_LONGEST_MEMO = 255
_LONGEST_ID = 22


def ofx(statements: Iterable[Statement], now: datetime) -> bytes:
    """The document; `now`, in UTC, is when it is made."""
    said = "".join(_response(number, one) for number, one in enumerate(statements, 1))
    signed_on = (
        "<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>"
        f"<DTSERVER>{now:%Y%m%d%H%M%S}.000[0:GMT]</DTSERVER><LANGUAGE>FRA</LANGUAGE>"
        "<FI><ORG>Self Data pod</ORG></FI>"
        "</SONRS></SIGNONMSGSRSV1>"
    )
    return f"{_HEADER}<OFX>{signed_on}<BANKMSGSRSV1>\n{said}</BANKMSGSRSV1></OFX>\n".encode()


def _response(number: int, statement: Statement) -> str:
    movements = statement.movements
    lines = "".join(f"{_movement(one, statement)}\n" for one in movements)
    return (
        f"<STMTTRNRS><TRNUID>{number}</TRNUID>"
        "<STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS>"
        f"<STMTRS>{_tag('CURDEF', statement.currency)}"
        f"<BANKACCTFROM>{_tag('BANKID', '0')}{_tag('ACCTID', statement.number[:_LONGEST_ID])}"
        f"{_tag('ACCTTYPE', 'CHECKING')}</BANKACCTFROM>\n"
        f"<BANKTRANLIST>{_tag('DTSTART', _day(movements[0].day))}"
        f"{_tag('DTEND', _day(movements[-1].day))}\n{lines}</BANKTRANLIST>"
        f"{_ledger(statement)}</STMTRS></STMTTRNRS>\n"
    )


def _movement(one: Movement, statement: Statement) -> str:
    kind = _TYPES.get(one.nature) or ("DEBIT" if one.amount < 0 else "CREDIT")
    return f"<STMTTRN>{_tag('TRNTYPE', kind)}{''.join(_parts(one, statement))}</STMTTRN>"


def _parts(one: Movement, statement: Statement) -> Iterator[str]:
    yield _tag("DTPOSTED", _day(one.day))
    yield _tag("TRNAMT", f"{one.amount:f}")
    yield _tag("FITID", one.identifier[:_LONGEST_MEMO])
    yield _tag("NAME", (one.party or one.label)[:_LONGEST_NAME])
    if one.party or len(one.label) > _LONGEST_NAME:
        yield _tag("MEMO", one.label[:_LONGEST_MEMO])
    if one.currency != statement.currency:
        # §5.2: an amount in a currency that is not that of the statement.
        yield f"<CURRENCY>{_tag('CURRATE', '1')}{_tag('CURSYM', one.currency)}</CURRENCY>"


def _ledger(statement: Statement) -> str:
    """The last balance the bank states, and where it states none, the one beside a movement."""
    stated = statement.closing or _beside(statement.movements)
    if stated is None:
        return ""
    day, balance = stated
    return f"<LEDGERBAL>{_tag('BALAMT', f'{balance:f}')}{_tag('DTASOF', _day(day))}</LEDGERBAL>"


def _beside(movements: tuple[Movement, ...]) -> tuple[date, Decimal] | None:
    known = [(one.day, one.balance) for one in movements if one.balance is not None]
    # Of several on the last day it is not known which came last.
    last = [pair for pair in known if pair[0] == movements[-1].day]
    return last[0] if len(last) == 1 else None


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _tag(name: str, text: str) -> str:
    clean = "".join(c for c in text if c >= " " or c == "\t")
    return f"<{name}>{escape(clean)}</{name}>"
