"""Orange, Sosh: the detail of a bill, which the lines above the table say whose it is."""

from importers.contract import HolderHint
from importers.telecom.bill_csv import BillCsv

OPERATOR = BillCsv(
    format="orange-bill-csv",
    title="Orange, Sosh: détail des communications d'une facture (CSV)",
    by=HolderHint(iri="https://www.orange.fr/", name="Orange", sector="telecom"),
    words=(
        "orange",
        "sosh",
    ),
)
