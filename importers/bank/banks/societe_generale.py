"""Société Générale: a line about the account, an empty one, then the table; Windows-1252."""

import re

from importers.bank.bank_csv import BankCsv
from importers.bank.layout import Layout
from importers.contract import HolderHint

# ="00012345678";from;to;number of operations;day of the last one;balance
_ACCOUNT = re.compile(
    r'^(?:=")?(?P<account>\d{5,})"?;\d\d/\d\d/\d{4};\d\d/\d\d/\d{4};(?P<count>\d+);'
    r"(?P<day>\d\d/\d\d/\d{4});(?P<closing>[-+\d\s.,]+?)\s*(?P<currency>[A-Z]{3})$"
)

BANK = BankCsv(
    format="societe-generale-csv",
    title="Société Générale: opérations (CSV)",
    by=HolderHint(iri="https://www.sg.fr/", name="Société Générale", sector="bank"),
    layouts=(
        Layout(
            header=("Date de l'opération", "Libellé", "Montant de l'opération", "Devise"),
            day=("Date de l'opération",),
            label=("Détail de l'écriture",),
            words=("Libellé",),
            signed="Montant de l'opération",
            currency="Devise",
        ),
    ),
    notes=(_ACCOUNT,),
)
