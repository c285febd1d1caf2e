"""Bills for water as a table that no importer knows, and the mapping that reads it."""

from collections.abc import Sequence
from typing import Final

from pod.people import water
from pod.people.events import Bill
from pod.people.files.written import HOLDERS, HolderFile, comma, ten_thousandths
from pod.people.home import Home

_COLUMNS: Final = (
    "Facture;Date;Prélèvement;Début;Fin;Branchement;Volume (m³);Prix du m³ TTC;Abonnement TTC;"
    "Montant TTC;Mandat\r\n"
)
_MAPPING: Final = f"""\
holder: {{iri: "{HOLDERS["water"]}", name: eau.example, sector: energy}}
domain: energy
dates: day-first
decimals: comma
tables:
  - name: bills
    file: factures.csv
    class: Invoice
    key: Facture
    columns:
      Date: sd:date
      Prélèvement: schema:paymentDueDate
      Début: schema:startDate
      Fin: schema:endDate
      Branchement: {{property: sd:account, to: meters}}
      Volume (m³): sd:volume
      Montant TTC: sd:total
      Mandat: sd:mandateId
    constants: {{sd:commodity: water, sd:currency: EUR}}
  - name: meters
    file: factures.csv
    class: MeterPoint
    key: Branchement
    constants: {{sd:commodity: water}}
"""


def water_bills(home: Home, bills: Sequence[Bill]) -> HolderFile:
    """The bills of a household for water, in order."""
    return HolderFile(
        path="eau/factures.csv",
        media_type="text/csv",
        holder=HOLDERS["water"],
        title="bills for water (CSV, by a mapping)",
        format="mapped-table",
        content=(_COLUMNS + "".join(_row(home, one) for one in bills)).encode(),
        rows=len(bills),
        places={one.id: one.number for one in bills},
        options={"mapping": _MAPPING},
    )


def _row(home: Home, bill: Bill) -> str:
    standing, used = bill.lines
    days = ";".join(f"{day:%d/%m/%Y}" for day in (bill.day, bill.due, bill.first, bill.last))
    price = ten_thousandths(used.price).replace(".", ",")
    amounts = f"{used.quantity};{price};{comma(standing.cents)};{comma(bill.cents)}"
    meter = water.meter_of(home.dwelling(bill.last))
    return f"{bill.number};{days};{meter};{amounts};{bill.mandate}\r\n"
