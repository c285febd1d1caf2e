"""N26: the table of today, and the one before 2024 in English, French and German.

Commas stand between cells, and a point in amounts. The IBAN in a row is that of the other party,
and is not taken.
"""

from importers.bank.bank_csv import BankCsv
from importers.bank.layout import Layout
from importers.contract import HolderHint


def _before(*names: str) -> Layout:
    on, party, kind, words, amount = names
    return Layout(
        header=names,
        day=(on,),
        label=(party, words),
        words=(kind,),
        signed=amount,
        counterparty=party,
    )


BANK = BankCsv(
    format="n26-csv",
    title="N26: account statement (CSV)",
    by=HolderHint(iri="https://n26.com/", name="N26", sector="bank"),
    writes_iso=True,
    layouts=(
        Layout(
            header=("Booking Date", "Partner Name", "Payment Reference", "Amount (EUR)"),
            day=("Booking Date",),
            label=("Partner Name", "Payment Reference"),
            words=("Type",),
            signed="Amount (EUR)",
            account=("Account Name",),
            counterparty="Partner Name",
        ),
        _before("Date", "Payee", "Transaction type", "Payment reference", "Amount (EUR)"),
        _before(
            "Date",
            "Bénéficiaire",
            "Type de transaction",
            "Référence de paiement",
            "Montant (EUR)",
        ),
        _before("Datum", "Empfänger", "Transaktionstyp", "Verwendungszweck", "Betrag (EUR)"),
    ),
    delimiters=(",", ";"),
)
