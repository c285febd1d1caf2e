"""La Banque Postale: six lines about the account, then the table; Windows-1252, also with tabs.

Francs beside the euros are a conversion of them, and are not taken.
"""

import re

from importers.bank.bank_csv import BankCsv
from importers.bank.layout import Layout
from importers.contract import HolderHint

BANK = BankCsv(
    format="la-banque-postale-csv",
    title="La Banque Postale: opérations (CSV, TSV)",
    by=HolderHint(iri="https://www.labanquepostale.fr/", name="La Banque Postale", sector="bank"),
    layouts=(
        Layout(
            header=("Date", "Libellé", "Montant(EUROS)"),
            day=("Date",),
            label=("Libellé",),
            signed="Montant(EUROS)",
        ),
    ),
    notes=(
        re.compile(r"^Numéro Compte\s*;(?P<account>.+)$"),
        re.compile(r"^Date\s*;(?P<day>\d\d/\d\d/\d{4})$"),
        re.compile(r"^Solde \(EUROS\)\s*;+(?P<closing>[-+\d\s.,]+)$"),
    ),
    delimiters=(";", "\t"),
    extensions=(".csv", ".tsv", ".xlsx"),
)
