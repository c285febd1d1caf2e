"""Boursorama (BoursoBank): UTF-8 with a mark, ISO dates, several accounts in one table.

Its `accountbalance` is what the account held when the file was made, on a day that the file does
not say, and not what it held after the movement: it is not taken.
"""

from importers.bank.bank_csv import BankCsv
from importers.bank.layout import Layout
from importers.contract import HolderHint

BANK = BankCsv(
    format="boursorama-csv",
    title="BoursoBank (Boursorama): opérations (CSV)",
    by=HolderHint(iri="https://www.boursobank.com/", name="BoursoBank", sector="bank"),
    writes_iso=True,
    layouts=(
        Layout(
            header=("dateOp", "dateVal", "label", "amount"),
            day=("dateOp",),
            label=("label",),
            signed="amount",
            account=("accountNum",),
            account_name="accountLabel",
            counterparty="supplierFound",
        ),
    ),
)
