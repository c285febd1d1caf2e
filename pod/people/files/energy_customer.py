"""What the supplier of electricity gives back, as its pilot did: contracts, bills, instalments."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pod.people import electricity, gas
from pod.people.events import Bill, Instalment
from pod.people.files.bill_lines import bill_lines
from pod.people.files.gas_bills import gas_bills
from pod.people.files.written import HOLDERS, HolderFile, euros, in_json
from pod.people.home import Dwelling, Home
from pod.people.life import Life

Row = dict[str, object]


def energy_customer(life: Life) -> tuple[HolderFile, ...]:
    """Contracts, bills, and how it is paid for."""
    sold = [bill for bill in life.bills if bill.supplier in {electricity.SUPPLIER, gas.SUPPLIER}]
    gas_sold = [bill for bill in sold if bill.supplier == gas.SUPPLIER]
    written = _contracts(life.home), _bills(life), _payment_terms(life)
    return *written, gas_bills(life.home, gas_sold), bill_lines(sold)


def _customer(home: Home) -> str:
    return f"60{home.dwellings[0].contract[:8]}"


def _contracts(home: Home) -> HolderFile:
    return _file(
        "contrats.json",
        "contracts for electricity and gas (JSON)",
        "mesinfos-edf-contract",
        [
            *(_contract(home, one) for one in home.dwellings),
            *(_gas_contract(home, one) for one in home.dwellings if one.gas_meter),
        ],
    )


def _contract(home: Home, dwelling: Dwelling) -> Row:
    has_ended = dwelling.last < home.span.last
    return {
        "vendor": "EDF",
        "clientId": _customer(home),
        "number": dwelling.contract,
        "start": dwelling.first.isoformat(),
        "status": "CONTRAT_RESILIE" if has_ended else "CONTRAT_ACTIF",
        "pdl": dwelling.meter,
        "energie": "Électricité",
        "nomOffre": "Offre Exemple",
        "puissance": "9 kVA" if dwelling.surface > 80 else "6 kVA",
        "structureTarifaire": "OPTION_BASE",
        "end": dwelling.last.isoformat() if has_ended else None,
    }


def _gas_contract(home: Home, dwelling: Dwelling) -> Row:
    return _contract(home, dwelling) | {
        "number": f"G{dwelling.contract}",
        "pdl": dwelling.gas_meter,
        "energie": "Gaz",
        "nomOffre": "Offre Exemple Gaz",
        "puissance": None,
    }


def _bills(life: Life) -> HolderFile:
    bills = [bill for bill in life.bills if bill.supplier == electricity.SUPPLIER]
    made = _file(
        "factures.json",
        "bills for electricity (JSON)",
        "mesinfos-edf-invoice",
        [_bill(life.home, bill) for bill in bills],
    )
    return replace(made, places={bill.id: bill.number for bill in bills})


def _bill(home: Home, bill: Bill) -> Row:
    return {
        "vendor": "EDF",
        "balanceBeforeInvoice": euros(-bill.before),
        "clientId": _customer(home),
        "number": bill.number,
        "date": f"{bill.day}T00:00:00.000Z",
        "paymentDueDate": bill.due.isoformat(),
        "title": "FACTURE_REGUL_ECHEANCIER" if bill.before else "FACTURE_CYCLIQUE",
        "totalPaymentDue": euros(bill.worth),
        "value": euros(bill.cents),
    }


def _payment_terms(life: Life) -> HolderFile:
    known = [one for one in life.instalments if one.supplier == electricity.SUPPLIER]
    terms: Row = {
        "vendor": "EDF",
        "clientId": _customer(life.home),
        "encryptedBankDetails": None,
        "balance": 0.0,
        "paymentMeans": "PRELEVEMENT",
        "billFrequency": "ANNU" if life.home.pays_by_instalments else "BIM",
        "nextBillDate": "",
        "idPayer": _customer(life.home),
        "payerDivergent": False,
        "paymentSchedules": [
            _instalment(one, rank, life.home.span.last) for rank, one in enumerate(known, start=1)
        ],
    }
    made = _file(
        "modalites-paiement.json",
        "how electricity is paid for (JSON)",
        "mesinfos-edf-payment-terms",
        [terms],
    )
    places = {one.id: one.day.isoformat() for one in known}
    return replace(made, rows=1 + len(known), places=places)


def _instalment(one: Instalment, rank: int, last: date) -> Row:
    day, amount = one.day.isoformat(), float(euros(one.cents))
    return {
        "number": rank,
        "receiptDate": day,
        "scheduleDate": day,
        "paid": one.day <= last,
        "amount": amount,
        "amountGas": 0,
        "amountElectricity": amount,
    }


def _file(name: str, title: str, format_: str, rows: Sequence[Row]) -> HolderFile:
    return HolderFile(
        path=f"energie/{name}",
        media_type="application/json",
        holder=HOLDERS["electricity"],
        title=title,
        format=format_,
        content=in_json(rows),
        rows=len(rows),
    )
