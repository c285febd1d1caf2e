"""The same facts as each holder would hand them out: CAMT.053, Enedis CSV, pilot JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from xml.sax.saxutils import escape

from pod.demo.household import HALF_HOUR, PARIS, Call, Household, Movement


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderFile:
    """One file a holder gives, and who that holder is."""

    filename: str
    media_type: str
    holder: str
    title: str
    content: bytes


BANK = "https://banque.example/#it"
ENERGY = "https://energie.example/#it"
TELECOM = "https://telecom.example/#it"
INSURER = "https://mutuelle.example/#it"


def holder_files(home: Household) -> tuple[HolderFile, ...]:
    """What the bank, the energy supplier, the telecom and the insurer give back."""
    return (
        HolderFile(
            filename="releves-banque.xml",
            media_type="application/xml",
            holder=BANK,
            title="bank statements (CAMT.053)",
            content=camt053(home),
        ),
        HolderFile(
            filename="Enedis_Conso_Heure.csv",
            media_type="text/csv",
            holder=ENERGY,
            title="electricity load curve (CSV)",
            content=load_curve(home),
        ),
        HolderFile(
            filename="appels.json",
            media_type="application/json",
            holder=TELECOM,
            title="calls and texts (JSON)",
            content=calls(home),
        ),
        HolderFile(
            filename="contrats.json",
            media_type="application/json",
            holder=INSURER,
            title="insurance contracts (JSON)",
            content=contracts(home),
        ),
    )


def camt053(home: Household) -> bytes:
    """One statement a month, each with its opening and closing balance (camt.053.001.02)."""
    balance, statements = home.opening, []
    months = groupby(home.movements, key=lambda m: (m.day.year, m.day.month))
    for number, (_, group) in enumerate(months, start=1):
        lines = tuple(group)
        closing = balance + sum((m.amount for m in lines), Decimal(0))
        statements.append(_statement(number, lines, balance, closing))
        balance = closing
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>\n'
        "<GrpHdr><MsgId>DEMO-1</MsgId><CreDtTm>"
        f"{home.first}T06:00:00</CreDtTm></GrpHdr>\n"
    )
    return (head + "".join(statements) + "</BkToCstmrStmt></Document>\n").encode()


def _statement(number: int, lines: tuple[Movement, ...], opening: Decimal, closing: Decimal) -> str:
    first, last = lines[0].day, lines[-1].day
    return (
        f"<Stmt><Id>S{number}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb>"
        f"<CreDtTm>{last}T06:00:00</CreDtTm>"
        "<Acct><Id><IBAN>FR7612345678900000000253143</IBAN></Id><Ccy>EUR</Ccy>"
        "<Nm>Compte courant</Nm></Acct>\n"
        + _balance("OPBD", opening, first)
        + _balance("CLBD", closing, last)
        + "".join(_entry(number, rank, line) for rank, line in enumerate(lines, start=1))
        + "</Stmt>\n"
    )


def _balance(code: str, value: Decimal, day: date) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amount(value)}"
        f"<Dt><Dt>{day}</Dt></Dt></Bal>\n"
    )


def _entry(statement: int, rank: int, line: Movement) -> str:
    party = "Dbtr" if line.amount > 0 else "Cdtr"
    mandate = f"<MndtId>{line.mandate}</MndtId>" if line.mandate else ""
    return (
        f"<Ntry>{_amount(line.amount)}<Sts>BOOK</Sts>"
        f"<BookgDt><Dt>{line.day}</Dt></BookgDt><ValDt><Dt>{line.day}</Dt></ValDt>"
        f"<AcctSvcrRef>REF{statement:04}{rank:05}</AcctSvcrRef>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>E{statement:04}{rank:05}</EndToEndId>{mandate}</Refs>"
        f"<RltdPties><{party}><Nm>{escape(line.party)}</Nm></{party}></RltdPties>"
        f"<RmtInf><Ustrd>{escape(line.label)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
    )


def _amount(value: Decimal) -> str:
    sign = "CRDT" if value >= 0 else "DBIT"
    return f'<Amt Ccy="EUR">{abs(value):.2f}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'


def load_curve(home: Household) -> bytes:
    """The customer area's file of 2022: mean power in W, stamped at the end of each half hour."""
    last = home.first + timedelta(days=home.days)
    head = (
        "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;"
        "Grandeur metier;Etape metier;Unite;Pas en minutes\r\n"
        f"09876543210987;Courbe de charge;{home.first:%d/%m/%Y};{last:%d/%m/%Y};"
        "Energie active;Consommation;Comptage Brut;W;30\r\nHorodate;Valeur\r\n"
    )
    rows = (f"{stamp.isoformat()};{value}\r\n" for stamp, value in _stamped(home))
    return ("\ufeff" + head + "".join(rows)).encode()


def _stamped(home: Household) -> Iterator[tuple[datetime, int]]:
    for number, value in enumerate(home.load, start=1):
        yield (home.midnight + number * HALF_HOUR).astimezone(PARIS), value


def calls(home: Household) -> bytes:
    """The operator's log, as its pilot gave it (fr.orange.phonecommunicationlog)."""
    return _json([_call(number, call) for number, call in enumerate(home.calls, start=1)])


def _call(number: int, call: Call) -> dict[str, object]:
    text = call.seconds == 0
    way = "sortant" if call.outgoing else "entrant"
    return {
        "_id": f"demo-call-{number:05}",
        "docType": "fr.orange.phonecommunicationlog",
        "timestamp": call.start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "msisdn": "33600000001",
        "partner": call.partner,
        "length": 1 if text else call.seconds,
        "chipType": "M" if text else "s",
        "type": f"{'SMS' if text else 'appel'} {way}",
        "networkType": "4G",
        "endCause": "0",
    }


def contracts(home: Household) -> bytes:
    """The insurer's contracts, as its pilot gave them."""
    yearly = home.insurance_premium * 12
    return _json(
        [
            {
                "contrat": [
                    {
                        "societaire": "7654321",
                        "name": "NOR",
                        "formuleBase": "Habitation Equilibre",
                        "startDate": "2019-09-01T00:00:00",
                        "montantTarifTtc": float(yearly),
                        "objects": {"startDate": "2019-09-01T00:00:00", "lieu": []},
                    }
                ]
            }
        ]
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
