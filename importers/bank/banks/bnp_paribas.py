"""BNP Paribas: a line about the account, then the table, in most files without names of columns."""

import re

from importers.bank.bank_csv import BankCsv
from importers.bank.layout import Layout
from importers.contract import HolderHint

# kind of account;its name;its last digits;day;;balance
_ACCOUNT = re.compile(
    r"^[^;]*;(?P<name>[^;]*);(?P<account>\*{2,}\d{3,}|\d{6,});"
    r"(?P<day>\d\d/\d\d/\d{4}|\d{4}-\d\d-\d\d);;?(?P<closing>[-+]?\d[\d\s.]*,\d\d)$"
)

BANK = BankCsv(
    format="bnp-paribas-csv",
    title="BNP Paribas: opérations (CSV)",
    by=HolderHint(iri="https://mabanque.bnpparibas/", name="BNP Paribas", sector="bank"),
    layouts=(
        Layout(
            header=("Date operation", "Libelle operation", "Montant operation en euro"),
            day=("Date operation",),
            label=("Libelle operation",),
            words=("Libelle court", "Type operation"),
            signed="Montant operation en euro",
        ),
    ),
    notes=(_ACCOUNT,),
    bare=(
        "Date operation",
        "Libelle court",
        "Type operation",
        "Libelle operation",
        "Date valeur",
        "Montant operation en euro",
    ),
)
