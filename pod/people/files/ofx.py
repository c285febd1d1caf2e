"""OFX 1.02, as French banks let their customers download it."""

from typing import Final
from xml.sax.saxutils import escape

from pod.people.files.written import HOLDERS, HolderFile, euros
from pod.people.home import Span
from pod.people.ledger import Account, Entry

_TYPES: Final = {
    "card": "POS",
    "debit": "DIRECTDEBIT",
    "transfer": "XFER",
    "cash": "ATM",
    "fee": "FEE",
    "interest": "INT",
}
_HEAD: Final = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>{last}060000<LANGUAGE>FRA
<FI><ORG>BANQUE EXEMPLE<FID>12345</FI></SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1>
<STMTTRNRS>
<TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>
<STMTRS>
<CURDEF>EUR
<BANKACCTFROM>
<BANKID>12345
<BRANCHID>00001
<ACCTID>{number}
<ACCTTYPE>CHECKING
</BANKACCTFROM>
<BANKTRANLIST>
<DTSTART>{first}
<DTEND>{last}
"""
_END: Final = """</BANKTRANLIST>
<LEDGERBAL><BALAMT>{closing}<DTASOF>{last}</LEDGERBAL>
</STMTRS>
</STMTTRNRS>
</BANKMSGSRSV1>
</OFX>
"""


def ofx(account: Account, span: Span) -> HolderFile:
    """The statement of an account; the time that a card was shown stands in DTUSER, in UTC."""
    told = {
        "first": f"{span.first:%Y%m%d}",
        "last": f"{span.last:%Y%m%d}",
        "number": account.number,
        "closing": euros(account.closing),
    }
    rows = "".join(map(_row, account.entries))
    text = _HEAD.format_map(told) + rows + _END.format_map(told)
    return HolderFile(
        path=f"banque/{account.name}.ofx",
        media_type="application/x-ofx",
        holder=HOLDERS["bank"],
        title="bank statement (OFX)",
        format="ofx",
        content=text.encode("cp1252"),
        rows=len(account.entries),
        places={entry.payment.id: entry.reference for entry in account.entries},
    )


def _row(entry: Entry) -> str:
    payment = entry.payment
    moment = f"<DTUSER>{payment.at:%Y%m%d%H%M%S}[0:GMT]\n" if payment.at else ""
    return (
        f"<STMTTRN>\n<TRNTYPE>{_TYPES[payment.nature]}\n<DTPOSTED>{payment.day:%Y%m%d}\n{moment}"
        f"<TRNAMT>{euros(payment.cents)}\n<FITID>{entry.reference}\n"
        f"<NAME>{escape(payment.label)}\n</STMTTRN>\n"
    )
