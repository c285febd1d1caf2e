"""Crédit Mutuel and CIC: a table with the balance after each movement; the account is not said."""

from importers.bank.bank_csv import BankCsv
from importers.bank.layout import Layout
from importers.contract import HolderHint

_AROUND = ("Date", "Date de valeur", "Libellé", "Solde")

# Other banks have columns of these names among more: only a table with no others is theirs.
BANK = BankCsv(
    format="credit-mutuel-csv",
    title="Crédit Mutuel, CIC: opérations (CSV)",
    by=HolderHint(iri="https://www.creditmutuel.fr/", name="Crédit Mutuel, CIC", sector="bank"),
    layouts=(
        Layout(
            header=(*_AROUND, "Débit", "Crédit"),
            exact=True,
            day=("Date",),
            label=("Libellé",),
            debit="Débit",
            credit="Crédit",
            balance="Solde",
        ),
        Layout(
            header=(*_AROUND, "Montant"),
            exact=True,
            day=("Date",),
            label=("Libellé",),
            signed="Montant",
            balance="Solde",
        ),
    ),
)
