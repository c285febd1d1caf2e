"""Lists of members and of subscribers, as associations keep them: a table in French (CSV).

No two associations have one table, so columns are known by their names. A row is a membership:
since when, until when, for which season, what it costs. A row of a mailing list is one too. Names,
numbers and addresses are not kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.associations.people import (
    ADDRESS,
    ASSOCIATION,
    header_of,
    means,
    money,
    read_table,
    somebody,
)
from importers.cells import day
from importers.contract import Check, HolderHint, Item, Key, Match, Options, Record, Value
from importers.roles import Roles
from importers.table import Row, folded

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "number": (
            "Numéro d'adhérent",
            "N° adhérent",
            "N° d'adhérent",
            "Numéro adhérent",
            "Numéro de membre",
            "N° membre",
            "Numéro",
        ),
        "name": (
            "Nom",
            "Nom de famille",
            "Nom adhérent",
            "Nom et prénom",
            "Nom prénom",
            "Prénom Nom",
            "Adhérent",
            "Membre",
        ),
        "given": ("Prénom", "Prénom adhérent", "Prénoms"),
        "mail": (
            "Email",
            "E-mail",
            "Courriel",
            "Adresse e-mail",
            "Adresse email",
            "Mail",
            "Adresse mail",
            "Adresse électronique",
        ),
        "start": (
            "Date d'adhésion",
            "Date adhésion",
            "Date de l'adhésion",
            "Adhésion le",
            "Début d'adhésion",
            "Début adhésion",
            "Adhérent depuis",
            "Membre depuis",
            "Date de cotisation",
            "Abonné depuis",
            "Inscrit depuis",
            "Date d'inscription",
            "Date d'abonnement",
        ),
        "end": (
            "Fin d'adhésion",
            "Fin adhésion",
            "Date de fin d'adhésion",
            "Date de fin",
            "Valable jusqu'au",
            "Échéance",
            "Date d'échéance",
            "Expiration",
            "Date de départ",
        ),
        "season": ("Saison", "Année", "Exercice", "Année d'adhésion"),
        "due": (
            "Cotisation",
            "Montant cotisation",
            "Montant de la cotisation",
            "Montant adhésion",
            "Cotisation (€)",
            "Montant",
            "Montant (€)",
        ),
        "means": ("Moyen de paiement", "Mode de paiement", "Mode de règlement", "Règlement"),
        "list": ("Liste", "Liste de diffusion", "Nom de la liste"),
        "tariff": ("Type d'adhésion", "Formule", "Tarif", "Catégorie", "Type de membre", "Type"),
    }
)
_ABOUT_MEMBERS: Final = ("adhesion", "adherent", "cotisation", "membre", "liste", "saison")


class Members:
    format = "members-csv"
    title = "Associations: liste d'adhérents ou d'abonnés (CSV)"
    domain = "community"
    extensions = (".csv",)
    version = "2"
    options = (ADDRESS,)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the columns, of which one is of members only."""
        del filename
        return Match(confidence=80) if header_of(head, _begins) else None

    def holder(self, head: bytes) -> HolderHint:
        """Not said in the table: the person names her association."""
        del head
        return ASSOCIATION

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A membership a row. `address` tells the rows of the person herself."""
        return read_table(export, _begins, lambda table, row: _read(table, row, options))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: a list states neither a count nor a sum."""
        del items
        return ()


def _begins(row: Row) -> Roles | None:
    table = Roles.of(row, _COLUMNS)
    names = (folded(cell) for cell in row.cells)
    is_about_members = any(word in name for name in names for word in _ABOUT_MEMBERS)
    is_of_people = table.have("name", "mail") and table.have("start", "season")
    is_more = table.have("given", "mail", "due", "number", "list")
    # HelloAsso has them too, and its exports say more.
    is_plain = not any(folded(cell) == "referencecommande" for cell in row.cells)
    return table if is_about_members and is_of_people and is_more and is_plain else None


def _read(table: Roles, row: Row, options: Options) -> Iterator[Item]:
    whose = somebody(table, row, options, roles=("given", "name", "mail"))
    start, end = (_day(table, row, role) for role in ("start", "end"))
    season, name = table.cell(row, "season"), table.cell(row, "list") or table.cell(row, "tariff")
    if start is None and not season:
        raise ValueError("this row says neither since when nor for which season")
    if start and end and end < start:
        raise ValueError("this membership ends before it begins")
    fields: dict[str, Value | None] = {
        "schema:startDate": start,
        "schema:endDate": end,
        "schema:temporalCoverage": season,
        "schema:name": name,
    }
    fields |= _due(table, row)
    begins = f"{start:%y%m%d}" if start else season
    yield Record(
        kind="Membership",
        key=Key(natural=("member", name, begins, whose.party.value)),
        fields=(*((k, v) for k, v in fields.items() if v), *whose.mark),
        on=start,
        locator=row.locator,
    )


def _day(table: Roles, row: Row, role: str) -> date | None:
    text = table.cell(row, role)
    try:
        return day(text) if text else None
    except ValueError as error:
        raise ValueError(f"column `{table.names[role]}`: {error}") from error


def _due(table: Roles, row: Row) -> dict[str, Value | None]:
    text = table.cell(row, "due")
    if not text:
        return {}
    try:
        return {"sd:total": money(text), **means(table.cell(row, "means"))}
    except ValueError as error:
        raise ValueError(f"column `{table.names['due']}`: {error}") from error
