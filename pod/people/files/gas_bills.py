"""Bills for gas as a table that no importer knows, with the days that each is for, and the mapping
that reads it.
"""

from collections.abc import Sequence
from typing import Final

from pod.people.events import Bill
from pod.people.files.written import HOLDERS, HolderFile, comma
from pod.people.home import Home

_COLUMNS: Final = (
    "N° de facture;Date;Échéance;Début;Fin;Point de comptage;Consommation (kWh);Montant TTC;"
    "Mandat\r\n"
)
_MAPPING: Final = f"""\
holder: {{iri: "{HOLDERS["electricity"]}", name: energie.example, sector: energy}}
domain: energy
dates: day-first
decimals: comma
tables:
  - name: bills
    file: factures-gaz.csv
    class: Invoice
    key: N° de facture
    columns:
      Date: sd:date
      Échéance: schema:paymentDueDate
      Début: schema:startDate
      Fin: schema:endDate
      Point de comptage: {{property: sd:account, to: meters}}
      Consommation (kWh): sd:energy
      Montant TTC: sd:total
      Mandat: sd:mandateId
    constants: {{sd:commodity: gas, sd:currency: EUR}}
  - name: meters
    file: factures-gaz.csv
    class: MeterPoint
    key: Point de comptage
    constants: {{sd:commodity: gas}}
"""


def gas_bills(home: Home, bills: Sequence[Bill]) -> HolderFile:
    """The bills of a household for gas, in order."""
    return HolderFile(
        path="energie/factures-gaz.csv",
        media_type="text/csv",
        holder=HOLDERS["electricity"],
        title="bills for gas (CSV, by a mapping)",
        format="mapped-table",
        content=(_COLUMNS + "".join(_row(home, one) for one in bills)).encode(),
        rows=len(bills),
        places={one.id: one.number for one in bills},
        options={"mapping": _MAPPING},
    )


def _row(home: Home, bill: Bill) -> str:
    days = ";".join(f"{day:%d/%m/%Y}" for day in (bill.day, bill.due, bill.first, bill.last))
    meter = home.dwelling(bill.last).gas_meter
    amounts = f"{bill.energy};{comma(bill.cents)}"
    return f"{bill.number};{days};{meter};{amounts};{bill.mandate}\r\n"
