"""The list of members that an association keeps, of which the person gets her own rows."""

from pod.people.club import NAME
from pod.people.events import Dues
from pod.people.files.written import HOLDERS, HolderFile, comma
from pod.people.home import Person

_COLUMNS = (
    "N° adhérent;Nom;Prénom;Courriel;Date d'adhésion;Fin d'adhésion;Saison;Type d'adhésion;"
    "Cotisation (€);Mode de règlement\r\n"
)


def members(person: Person, several: tuple[Dues, ...]) -> HolderFile:
    """A row a year."""
    return HolderFile(
        path="association/adherents.csv",
        media_type="text/csv",
        holder=HOLDERS["club"],
        title="list of members of an association (CSV)",
        format="members-csv",
        content=(f"{NAME}\r\n" + _COLUMNS + "".join(_row(person, d) for d in several)).encode(),
        rows=len(several),
        places={one.id: f"line={rank}" for rank, one in enumerate(several, start=3)},
    )


def _row(person: Person, one: Dues) -> str:
    return (
        f"{one.number};{person.family};{person.given};;{one.day:%d/%m/%Y};31/12/{one.year};"
        f"{one.year};Plein tarif;{comma(one.cents)};Virement\r\n"
    )
