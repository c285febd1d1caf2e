"""SFR, RED: the detail of a bill, which the lines above the table say whose it is."""

from importers.contract import HolderHint
from importers.telecom.bill_csv import BillCsv

OPERATOR = BillCsv(
    format="sfr-bill-csv",
    title="SFR, RED: détail des communications d'une facture (CSV)",
    by=HolderHint(iri="https://www.sfr.fr/", name="SFR", sector="telecom"),
    words=("sfr",),
)
