"""Who was at a general meeting: the signed list of an association as a table in French (CSV).

A row is a participation: present, represented (the name of whoever held the proxy is not kept) or
absent. The day stands in a column, or the person says it.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.associations.people import (
    ADDRESS,
    ASSOCIATION,
    Somebody,
    gathering,
    header_of,
    read_table,
    somebody,
)
from importers.cells import day
from importers.contract import (
    Check,
    Code,
    HolderHint,
    Item,
    Key,
    Match,
    Option,
    Options,
    Record,
    Value,
)
from importers.roles import Roles
from importers.table import Row, folded

_DAY: Final = Option(
    name="day",
    fr="le jour de l'assemblée, là où le tableau ne le dit pas",
    en="the day of the meeting, where the table does not say it",
    example="2026-03-25",
    read=day,
)
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "name": ("Nom", "Nom de famille", "Nom et prénom", "Nom prénom", "Adhérent", "Membre"),
        "given": ("Prénom", "Prénoms"),
        "mail": ("Email", "E-mail", "Courriel", "Adresse e-mail", "Adresse email", "Mail"),
        "state": ("Présence", "Présent", "Présent(e)", "Émargement", "Statut", "Présence AG"),
        "proxy": (
            "Procuration",
            "Procuration à",
            "Pouvoir",
            "Pouvoir à",
            "Mandataire",
            "Représenté par",
            "Pouvoir donné à",
        ),
        "day": ("Date", "Date de l'AG", "Date AG", "Date de l'assemblée"),
        "meeting": ("Assemblée", "Assemblée générale", "AG", "Réunion", "Événement"),
    }
)
_SIGNED: Final = frozenset({"present", "presente", "oui", "x", "1", "p", "signe", "signee", "vrai"})
_PROXY: Final = ("represente", "procuration", "pouvoir", "mandat")
_ABSENT: Final = frozenset({"", "absent", "absente", "non", "0", "a", "excuse", "excusee", "faux"})
_UNKNOWN: Final = "this row says neither present nor represented nor absent"


class Attendance:
    format = "attendance-csv"
    title = "Associations: présence à une assemblée générale (CSV)"
    domain = "community"
    extensions = (".csv",)
    version = "2"
    options = (ADDRESS, _DAY)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the columns."""
        del filename
        table = header_of(head, _begins)
        if table is None:
            return None
        return Match(confidence=80, needs=() if table.have("day") else (_DAY.name,))

    def holder(self, head: bytes) -> HolderHint:
        """Not said in the table: the person names her association."""
        del head
        return ASSOCIATION

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A participation a row. `address` tells the rows of the person herself."""
        said = options.said(_DAY)
        known = day(said) if said else None
        return read_table(export, _begins, lambda table, row: _read(table, row, options, known))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: a list states neither a count nor a sum."""
        del items
        return ()


def _begins(row: Row) -> Roles | None:
    table = Roles.of(row, _COLUMNS)
    is_said = table.names.get("state", "Statut") != "Statut" or table.have("proxy")
    return table if table.have("name") and table.have("state", "proxy") and is_said else None


def _read(table: Roles, row: Row, options: Options, known: date | None) -> Iterator[Item]:
    whose = somebody(table, row, options, roles=("given", "name", "mail"))
    text = table.cell(row, "day")
    on = day(text) if text else known
    if on is None:
        raise ValueError(
            "the day of the meeting is not said: say it with `--option day=2026-03-25`"
        )
    yield _participation(whose, on, _state(table, row), table.cell(row, "meeting"), row.locator)


def _state(table: Roles, row: Row) -> str:
    state, proxy = folded(table.cell(row, "state")), table.cell(row, "proxy")
    if state.startswith(_PROXY) or (proxy and state in _ABSENT):
        return "represented"
    if state in _SIGNED:
        return "present"
    if state in _ABSENT:
        return "absent"
    raise ValueError(_UNKNOWN)


def _participation(whose: Somebody, on: date, state: str, meeting: str, locator: str) -> Record:
    name = meeting or "assemblée générale"
    fields: dict[str, Value] = {
        "sd:date": on,
        "sd:nature": Code(state),
        "schema:about": gathering(f"{name} {on.isoformat()}"),
    }
    return Record(
        kind="Participation",
        key=Key(natural=(name, whose.party.value)),
        fields=(*fields.items(), *whose.mark),
        on=on,
        locator=locator,
    )
