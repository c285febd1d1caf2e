"""CAMT.053 (camt.053.001.02): a statement a month, each with its balances and its sums."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape

from pod.people.events import Payment
from pod.people.files.written import HOLDERS, HolderFile, element, euros
from pod.people.home import Span
from pod.people.ledger import Account, Entry

# ISO 20022 external bank transaction codes: family and sub-family, for money out and money in.
_CODES: Final = {
    "card": ("CCRD", "POSD", "CCRD", "OTHR"),
    "debit": ("RDDT", "ESDD", "RDDT", "UPDD"),
    "transfer": ("ICDT", "ESCT", "RCDT", "ESCT"),
    "cash": ("CCRD", "CWDL", "CCRD", "CDPT"),
    "fee": ("MDOP", "CHRG", "MDOP", "CHRG"),
    "interest": ("MDOP", "INTR", "MCOP", "INTR"),
}
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>\n'
    "<GrpHdr><MsgId>{number}-{last}</MsgId><CreDtTm>{last}T06:00:00</CreDtTm></GrpHdr>\n"
)


def camt(account: Account, span: Span) -> HolderFile:
    """The statements of an account, of the months in which something was booked."""
    months = groupby(account.entries, key=_month)
    statements = [_statement(account, n, list(group)) for n, (_, group) in enumerate(months, 1)]
    head = _HEAD.format(number=account.number, last=span.last)
    text = head + "".join(statements) + "</BkToCstmrStmt></Document>\n"
    return HolderFile(
        path=f"banque/{account.name}.xml",
        media_type="application/xml",
        holder=HOLDERS["bank"],
        title="bank statements (CAMT.053)",
        format="camt-053",
        content=text.encode(),
        rows=len(account.entries),
        places={entry.payment.id: entry.reference for entry in account.entries},
    )


def _month(entry: Entry) -> tuple[int, int]:
    return entry.payment.day.year, entry.payment.day.month


def _statement(account: Account, number: int, entries: list[Entry]) -> str:
    before = entries[0].balance - entries[0].payment.cents
    first, last = entries[0].payment.day, entries[-1].payment.day
    return (
        f"<Stmt><Id>{account.number}-{number}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb>"
        f"<CreDtTm>{last}T06:00:00</CreDtTm>"
        f"<Acct><Id><Othr><Id>{account.number}</Id></Othr></Id><Ccy>EUR</Ccy>"
        f"<Nm>{escape(account.label)}</Nm>"
        "<Svcr><FinInstnId><Nm>Banque Exemple</Nm></FinInstnId></Svcr></Acct>\n"
        + _balance("OPBD", before, first)
        + _balance("CLBD", entries[-1].balance, last)
        + _sums([entry.payment.cents for entry in entries])
        + "".join(_entry(entry) for entry in entries)
        + "</Stmt>\n"
    )


def _balance(code: str, cents: int, day: date) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(cents)}"
        f"<Dt><Dt>{day}</Dt></Dt></Bal>\n"
    )


def _sums(amounts: list[int]) -> str:
    credits_, debits = (sum(c for c in amounts if c > 0), -sum(c for c in amounts if c < 0))
    return (
        f"<TxsSummry><TtlNtries><NbOfNtries>{len(amounts)}</NbOfNtries></TtlNtries>"
        f"<TtlCdtNtries><Sum>{euros(credits_)}</Sum></TtlCdtNtries>"
        f"<TtlDbtNtries><Sum>{euros(debits)}</Sum></TtlDbtNtries></TxsSummry>\n"
    )


def _entry(entry: Entry) -> str:
    payment = entry.payment
    return (
        f"<Ntry>{_amount(payment.cents)}<Sts>BOOK</Sts><BookgDt><Dt>{payment.day}</Dt></BookgDt>"
        f"<ValDt><Dt>{payment.day}</Dt></ValDt><AcctSvcrRef>{entry.reference}</AcctSvcrRef>"
        f"{_code(payment)}<NtryDtls><TxDtls>{''.join(_details(payment))}</TxDtls></NtryDtls>"
        "</Ntry>\n"
    )


def _code(payment: Payment) -> str:
    codes = _CODES[payment.nature]
    family, sub = codes[2:] if payment.cents > 0 else codes[:2]
    return (
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{sub}</SubFmlyCd></Fmly>"
        "</Domn></BkTxCd>"
    )


def _details(payment: Payment) -> Iterator[str]:
    reference = element("EndToEndId", payment.reference or "NOTPROVIDED")
    yield f"<Refs>{reference}{element('MndtId', payment.mandate)}</Refs>"
    number = element("Id", payment.creditor)
    if number:
        number = f"<Id><PrvtId><Othr>{number}</Othr></PrvtId></Id>"
    side = "Dbtr" if payment.cents > 0 else "Cdtr"
    yield f"<RltdPties><{side}>{element('Nm', payment.party)}{number}</{side}></RltdPties>"
    yield f"<RmtInf>{element('Ustrd', payment.label)}</RmtInf>"
    if payment.at:
        yield f"<RltdDts><TxDtTm>{payment.at:%Y-%m-%dT%H:%M:%S}Z</TxDtTm></RltdDts>"


def _amount(cents: int) -> str:
    sign = "CRDT" if cents >= 0 else "DBIT"
    return f'<Amt Ccy="EUR">{euros(abs(cents))}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'
