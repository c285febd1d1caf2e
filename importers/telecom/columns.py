"""The columns of itemised bills, by the names that operators give them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from importers.roles import Roles
from importers.table import Row

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
class CallTable(Roles):
    """A table of calls that has begun."""

    @property
    def counts_seconds(self) -> bool:
        """Whether durations are numbers of seconds, as the name of their column says."""
        return self.names.get("duration", "").lower().endswith(_OF_SECONDS)

    @classmethod
    def begun(cls, header: Row) -> "CallTable | None":
        """The table that a row of names begins, None where it begins none."""
        found = cls.of(header, NAMES)
        is_one = "day" in found.places and found.have("duration", "volume")
        if not (is_one and found.have("number", "kind")):
            return None
        return cls(found.places, found.names, found.width)
