"""Payslips as a table that no importer knows, and the mapping that reads it."""

from typing import Final

from pod.people.events import Payslip
from pod.people.files.written import HOLDERS, HolderFile, comma

_COLUMNS: Final = (
    "Bulletin;Date de paiement;Début;Fin;Brut;Cotisations;Net imposable;Impôt;Net payé\r\n"
)
_MAPPING: Final = f"""\
holder: {{iri: "{HOLDERS["employer"]}", name: Atelier Durand, sector: employer}}
dates: day-first
decimals: comma
class: Payslip
key: Bulletin
columns:
  Date de paiement: sd:date
  Début: schema:startDate
  Fin: schema:endDate
  Brut: sd:grossPay
  Cotisations: sd:contributions
  Net imposable: sd:netPay
  Impôt: sd:taxWithheld
  Net payé: sd:total
constants: {{sd:currency: EUR}}
"""


def payslips(several: tuple[Payslip, ...]) -> HolderFile:
    """The payslips of the person, in order."""
    return HolderFile(
        path="paie/bulletins.csv",
        media_type="text/csv",
        holder=HOLDERS["employer"],
        title="payslips (CSV, by a mapping)",
        format="mapped-table",
        content=(_COLUMNS + "".join(map(_row, several))).encode(),
        rows=len(several),
        places={one.id: one.number for one in several},
        options={"mapping": _MAPPING},
    )


def _row(one: Payslip) -> str:
    days = ";".join(f"{day:%d/%m/%Y}" for day in (one.day, one.first, one.last))
    net = one.gross - one.contributions
    amounts = ";".join(map(comma, (one.gross, one.contributions, net, one.tax, one.cents)))
    return f"{one.number};{days};{amounts}\r\n"
