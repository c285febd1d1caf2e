"""Banque Populaire, Caisse d'Épargne and Crédit Coopératif: the table of the group since 2020, and
the two that its banks had before.
"""

import re

from importers.bank.bank_csv import BankCsv
from importers.bank.layout import Layout
from importers.contract import HolderHint

# Debits are negative in most files and positive in some; the column says what they are.
_GROUP = Layout(
    header=("Libelle simplifie", "Libelle operation", "Debit", "Credit", "Date operation"),
    day=("Date de comptabilisation", "Date comptable", "Date operation"),
    label=("Libelle operation", "Informations complementaires"),
    words=("Libelle simplifie", "Type operation"),
    debit="Debit",
    credit="Credit",
    reference="Reference",
)
_BANQUE_POPULAIRE = Layout(
    header=("Compte", "Date de comptabilisation", "Libellé", "Référence", "Montant"),
    day=("Date de comptabilisation",),
    label=("Libellé",),
    signed="Montant",
    account=("Compte",),
    reference="Référence",
)
_CAISSE_D_EPARGNE = Layout(
    header=("Date", "Numéro d'opération", "Libellé", "Débit", "Crédit", "Détail"),
    day=("Date",),
    label=("Libellé", "Détail"),
    debit="Débit",
    credit="Crédit",
    reference="Numéro d'opération",
)

BANK = BankCsv(
    format="bpce-csv",
    title="Banque Populaire, Caisse d'Épargne, Crédit Coopératif: opérations (CSV)",
    by=HolderHint(iri="https://www.groupebpce.com/", name="BPCE", sector="bank"),
    layouts=(_GROUP, _BANQUE_POPULAIRE, _CAISSE_D_EPARGNE),
    notes=(
        re.compile(r"^Code de la banque.*Date de fin de téléchargement : (?P<day>[\d/]+)"),
        re.compile(
            r"^Numéro de compte : (?P<account>\d+)"
            r"(?:;\s*Nom du compte : (?P<name>[^;]*))?(?:;\s*Devise ?: (?P<currency>[A-Z]{3}))?"
        ),
        re.compile(r"^Solde en fin de période;+\s*(?P<closing>[-+\d\s.,]+)$"),
        re.compile(r"^Solde en début de période;+\s*(?P<opening>[-+\d\s.,]+)$"),
    ),
)
