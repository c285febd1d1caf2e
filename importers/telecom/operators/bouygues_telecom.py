"""Bouygues Telecom: the detail of a bill, which the lines above the table say whose it is."""

from importers.contract import HolderHint
from importers.telecom.bill_csv import BillCsv

OPERATOR = BillCsv(
    format="bouygues-telecom-bill-csv",
    title="Bouygues Telecom: détail des communications d'une facture (CSV)",
    by=HolderHint(iri="https://www.bouyguestelecom.fr/", name="Bouygues Telecom", sector="telecom"),
    words=("bouygues",),
)
