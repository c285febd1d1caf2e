"""The lines of bills for energy as a table that no importer knows, and the mapping that reads it.

The bills that the supplier gives as data have no lines; people find those on its pages.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from pod.people import electricity
from pod.people.events import Bill, Line
from pod.people.files.written import HOLDERS, HolderFile, comma, ten_thousandths

INVOICE: Final = HOLDERS["electricity"] + "facture"
"""The property by which a line says which bill it is of, by its number: one of the supplier."""
_COLUMNS: Final = (
    "Facture;Date;Énergie;Du;Au;Libellé;Quantité;Unité;Prix unitaire TTC;Montant TTC\r\n"
)
_MAPPING: Final = f"""\
holder: {{iri: "{HOLDERS["electricity"]}", name: energie.example, sector: energy}}
dates: day-first
decimals: comma
class: Line
natural-key: [Facture, Libellé]
day: Date
columns:
  Facture: {INVOICE}
  Énergie: {{property: sd:commodity, codes: {{Électricité: electricity, Gaz: gas}}}}
  Du: schema:startDate
  Au: schema:endDate
  Libellé: schema:name
  Quantité: schema:orderQuantity
  Unité: schema:unitText
  Prix unitaire TTC: schema:price
  Montant TTC: sd:total
"""


def bill_lines(bills: Sequence[Bill]) -> HolderFile:
    """The lines of bills for energy, those of a bill together."""
    rows = [row for bill in bills for row in _rows(bill)]
    return HolderFile(
        path="energie/lignes-factures.csv",
        media_type="text/csv",
        holder=HOLDERS["electricity"],
        title="lines of bills for energy (CSV, by a mapping)",
        format="mapped-table",
        content=(_COLUMNS + "".join(rows)).encode(),
        rows=len(rows),
        places={id_: f"line={rank}" for rank, id_ in enumerate(_ids(bills), start=2)},
        options={"mapping": _MAPPING},
    )


def _ids(bills: Sequence[Bill]) -> Iterator[str]:
    return (id_ for bill in bills for id_ in bill.line_ids)


def _rows(bill: Bill) -> Iterator[str]:
    energy = "Électricité" if bill.supplier == electricity.SUPPLIER else "Gaz"
    for line in bill.lines:
        first, last = line.days or (bill.first, bill.last)
        days = f"{bill.day:%d/%m/%Y};{energy};{first:%d/%m/%Y};{last:%d/%m/%Y}"
        yield f"{bill.number};{days};{line.name};{_amounts(line)}\r\n"


def _amounts(line: Line) -> str:
    unit = "kWh" if line.unit == "KWH" else "forfait"
    price = ten_thousandths(line.price).replace(".", ",")
    return f"{line.quantity};{unit};{price};{comma(line.cents)}"
