"""The points of a loyalty card, as its programme lists them."""

from typing import Final

from pod.people.events import Points
from pod.people.files.written import HOLDERS, HolderFile
from pod.people.home import Home

_COLUMNS: Final = "Programme;Numéro de carte;Date;Opération;Points;Solde de points\r\n"


def loyalty(home: Home, several: tuple[Points, ...]) -> HolderFile:
    """Every movement of points, in order."""
    card = f"5752{home.number:012}"
    return HolderFile(
        path="epicerie/fidelite.csv",
        media_type="text/csv",
        holder=HOLDERS["grocer"],
        title="points of the loyalty card (CSV)",
        format="loyalty-points-csv",
        content=(_COLUMNS + "".join(_row(card, one) for one in several)).encode(),
        rows=len(several),
        places={one.id: f"line={rank}" for rank, one in enumerate(several, start=2)},
    )


def _row(card: str, one: Points) -> str:
    return f"Le Panier;{card};{one.day:%d/%m/%Y};{one.label};{one.points};{one.balance}\r\n"
