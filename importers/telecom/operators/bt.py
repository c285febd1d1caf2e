"""BT: calls of a bill, in pounds without VAT, known by names of columns that are its own.

Others have described them: Charge Code, Installation No, Line No, Charge Card No, Date, Time,
Destination, Called No, Duration, Txt Direct Rebate, Cost.
"""

from zoneinfo import ZoneInfo

from importers.contract import HolderHint
from importers.phone import BRITAIN
from importers.telecom.bill_csv import BillCsv

OPERATOR = BillCsv(
    format="bt-bill-csv",
    title="BT: itemised calls of a bill (CSV)",
    by=HolderHint(iri="https://www.bt.com/", name="BT", sector="telecom"),
    words=("bt",),
    header=("Charge Code", "Installation No", "Called No", "Duration", "Cost"),
    currency="GBP",
    zone=ZoneInfo("Europe/London"),
    country=BRITAIN,
    is_without_vat=True,
)
