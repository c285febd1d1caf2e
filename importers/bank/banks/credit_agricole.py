"""Crédit Agricole: some ten lines about the download, then a table for each account, Windows-1252.

A label goes over several lines within its quotes.
"""

import re

from importers.bank.bank_csv import BankCsv
from importers.bank.layout import Layout
from importers.contract import HolderHint

BANK = BankCsv(
    format="credit-agricole-csv",
    title="Crédit Agricole: opérations (CSV)",
    by=HolderHint(iri="https://www.credit-agricole.fr/", name="Crédit Agricole", sector="bank"),
    layouts=(
        Layout(
            header=("Date", "Libellé", "Débit euros", "Crédit euros"),
            day=("Date",),
            label=("Libellé",),
            debit="Débit euros",
            credit="Crédit euros",
        ),
    ),
    download=re.compile(r'^"?T.l.chargement du (\d\d/\d\d/\d{4})', re.MULTILINE),
    notes=(
        re.compile(r"^(?P<name>[^;]*?)(?<!\s)\s*(?:carte )?n°\s*(?P<account>\d{8,})$"),
        re.compile(r"^Solde au (?P<day>\d\d/\d\d/\d{4})\s*:?\s*(?P<closing>[-+\d\s.,]*\d)"),
    ),
)
