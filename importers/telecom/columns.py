"""The columns of itemised bills, by the names that operators give them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from importers.table import Columns, Row, folded, width_of

# Of several names of a column that a table has, the first one here is read.
NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "day": (
            "Date",
            "Date de l'appel",
            "Date d'appel",
            "Date appel",
            "Date de la communication",
            "Date communication",
            "Date de début",
            "Date et heure",
            "Date/Heure",
            "Date heure",
            "Jour",
            "Call date",
        ),
        "time": (
            "Heure",
            "Heure de l'appel",
            "Heure d'appel",
            "Heure appel",
            "Heure de début",
            "Time",
            "Call time",
        ),
        "number": (
            "Numéro appelé",
            "N° appelé",
            "No appelé",
            "Numéro de l'appelé",
            "N° de l'appelé",
            "Numéro de téléphone",
            "Numéro composé",
            "Appelé",
            "Correspondant",
            "N° correspondant",
            "Numéro correspondant",
            "Numéro du correspondant",
            "Numéro destinataire",
            "Destinataire",
            "Numéro",
            "N°",
            "Called No",
            "Called number",
            "Number called",
            "Dialled number",
        ),
        "kind": (
            "Type",
            "Type d'appel",
            "Type de communication",
            "Type communication",
            "Type d'usage",
            "Nature",
            "Nature de l'appel",
            "Usage",
            "Service",
            "Catégorie",
            "Libellé",
            "Charge Code",
            "Call type",
            "Description",
        ),
        "place": ("Destination", "Pays", "Zone", "Opérateur"),
        "duration": (
            "Durée",
            "Durée de l'appel",
            "Durée réelle",
            "Durée ou volume",
            "Durée/Volume",
            "Durée / Volume",
            "Durée / Quantité",
            "Durée/Quantité",
            "Durée (s)",
            "Durée (sec)",
            "Durée en secondes",
            "Quantité",
            "Duration",
            "Duration (s)",
            "Call duration",
        ),
        "volume": ("Volume", "Volume de données", "Data", "Volume échangé"),
        "price": (
            "Montant TTC",
            "Montant TTC (€)",
            "Montant (€ TTC)",
            "Montant € TTC",
            "Prix TTC",
            "Prix TTC (€)",
            "Coût TTC",
            "Coût TTC (€)",
            "Montant",
            "Montant (€)",
            "Prix",
            "Prix (€)",
            "Coût",
            "Coût (€)",
            "Cost",
            "Cost (£)",
            "Charge",
            "Price",
        ),
        "net": (
            "Montant HT",
            "Montant HT (€)",
            "Montant (€ HT)",
            "Montant € HT",
            "Prix HT",
            "Prix HT (€)",
            "Coût HT",
            "Coût HT (€)",
            "Total HT",
            "Cost ex VAT",
            "Cost (ex VAT)",
            "Cost excl. VAT",
        ),
        "line": (
            "Numéro de ligne",
            "N° de ligne",
            "N° ligne",
            "Ligne",
            "Numéro appelant",
            "Appelant",
            "Numéro de mobile",
            "Installation No",
            "Line No",
        ),
    }
)
_OF_SECONDS: Final = ("(s)", "(sec)", "secondes", "seconds")


@dataclass(frozen=True, slots=True)
class CallTable:
    """A table of calls that has begun: where its columns stand, and how many there are."""

    places: Mapping[str, int]
    width: int
    counts_seconds: bool

    @classmethod
    def of(cls, header: Row) -> "CallTable | None":
        """The table that a row of names begins, None where it begins none."""
        columns = Columns.of(header)
        places = {}
        counts_seconds = False
        for role, names in NAMES.items():
            name = next((name for name in names if columns.have(name)), None)
            if name is not None:
                places[role] = columns.positions[folded(name)]
                is_of_seconds = name.lower().endswith(_OF_SECONDS)
                counts_seconds |= role == "duration" and is_of_seconds
        is_one = "day" in places and {"duration", "volume"} & places.keys()
        if not (is_one and {"number", "kind"} & places.keys()):
            return None
        return cls(places, width_of(header), counts_seconds)

    def cell(self, row: Row, role: str) -> str:
        """The cell of a row under a column, "" where the table has none."""
        place = self.places.get(role)
        return row.cells[place] if place is not None and place < len(row.cells) else ""
