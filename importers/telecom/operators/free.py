"""Free, Free Mobile: the detail of a bill, which the lines above the table say whose it is."""

from importers.contract import HolderHint
from importers.telecom.bill_csv import BillCsv

OPERATOR = BillCsv(
    format="free-bill-csv",
    title="Free, Free Mobile: détail des communications d'une facture (CSV)",
    by=HolderHint(iri="https://www.free.fr/", name="Free", sector="telecom"),
    words=(
        "free",
        "freebox",
    ),
)
