"""N26: the table of today, and the one before 2024; comma between cells, point in amounts.

The IBAN in a row is that of the other party, and is not taken.
"""

from importers.bank.bank_csv import BankCsv
from importers.bank.layout import Layout
from importers.contract import HolderHint

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
        Layout(
            header=("Date", "Payee", "Transaction type", "Payment reference", "Amount (EUR)"),
            day=("Date",),
            label=("Payee", "Payment reference"),
            words=("Transaction type",),
            signed="Amount (EUR)",
            counterparty="Payee",
        ),
    ),
    delimiters=(",", ";"),
)
