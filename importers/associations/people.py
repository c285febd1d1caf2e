"""The tables of associations: a row for each person, of whom most are others.

Whose a row is, is a pseudonym (`dpv:hasDataSubject`), the one that an address book or a message has
of the same name or e-mail address. Names, addresses and numbers are not kept. A row with the
person's own address (`--option address=`) is hers and has no such mark.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import BinaryIO, Final

from importers.cells import amount
from importers.contacts import mail_party, name_party
from importers.contract import Code, HolderHint, Iri, Item, Option, Options, Problem, Value
from importers.roles import Roles
from importers.rows import convert
from importers.table import Row, check_no_total, check_width, first_rows, folded, rows
from importers.text import name_of, unaccented

ADDRESS: Final = Option(
    name="address",
    fr="votre adresse de courriel, qui dit quelles lignes sont les vôtres",
    en="your e-mail address, which tells the rows that are yours",
    example="camille@pod.example",
)
ASSOCIATION: Final = HolderHint(
    iri="urn:sd:holder:association", name="association", sector="community"
)
FIRST_ROWS: Final = 12
_MEANS: Final = (
    ("carte", "card"),
    ("cb", "card"),
    ("virement", "transfer"),
    ("prelevement", "debit"),
    ("cheque", "cheque"),
    ("espece", "cash"),
    ("liquide", "cash"),
)
_DATED: Final = re.compile(r"\d/\d{4}")
_NO_NAMES: Final = "no row names the columns of this table"
_OPEN: Final = "a quote in this row does not end"
_CUT: Final = "the file ends in the middle of this row, or does not end its line"
_NOBODY: Final = "this row says whose it is neither by a name nor by an e-mail address"

Read = Callable[[Roles, Row], Iterable[Item]]


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whose a row is: a pseudonym, and whether it is the person who imports it."""

    party: Iri
    is_self: bool

    @property
    def mark(self) -> tuple[tuple[str, Value], ...]:
        """What a record says of it: nothing where it is the person's own."""
        return () if self.is_self else (("dpv:hasDataSubject", self.party),)


def header_of(head: bytes, begins: Callable[[Row], Roles | None]) -> Roles | None:
    """The table of a file by the first of its rows that begins one."""
    found = (begins(row) for row in first_rows(head, FIRST_ROWS))
    return next(filter(None, found), None)


def read_table(
    export: BinaryIO, begins: Callable[[Row], Roles | None], read: Read
) -> Iterator[Item]:
    """What `read` makes of each row below the one that begins the table.

    Rows above it are notes. Without any such row there is a Problem, and nothing is read.
    """
    table: list[Roles] = []

    def take(row: Row) -> Iterable[Item]:
        if not table:
            table.extend(filter(None, (begins(row),)))
            if table and row.broken:
                raise ValueError(_OPEN)
            return ()
        _check(table[0], row)
        return read(table[0], row)

    yield from convert(rows(export), take)
    if not table:
        yield Problem("line=1", _NO_NAMES)


def _is_row(line: str) -> bool:
    """Whether a line of a cell is a row that an open quote has swallowed."""
    return ";" in line or "\t" in line or ("," in line and _DATED.search(line) is not None)


def _check(table: Roles, row: Row) -> None:
    """Raises ValueError for a row that is not whole, or that takes in others."""
    if any(map(_is_row, (line for place in row.broken for line in row.cells[place].split("\n")))):
        raise ValueError(_OPEN)
    check_no_total(row)
    check_width(row, table.width)
    if row.is_cut:
        raise ValueError(_CUT)


def somebody(table: Roles, row: Row, options: Options, *, roles: tuple[str, str, str]) -> Somebody:
    """Whose a row is, by the roles of her given and family name and of her e-mail address.

    Raises ValueError where it says neither.
    """
    given, family, address = (table.cell(row, role) for role in roles)
    name = " ".join(filter(None, (given, family)))
    own = options.said(ADDRESS).casefold()
    try:
        party = mail_party(address)
    except ValueError:
        if not name:
            raise ValueError(_NOBODY) from None
        party = name_party(name)
    return Somebody(party, is_self=bool(own) and address.casefold() == own)


def money(text: str) -> Decimal:
    """`20,00`, `20,00 €`. Raises ValueError for what is no amount."""
    return amount(text.replace("€", "").replace("EUR", "").strip())


def means(text: str) -> dict[str, Value]:
    """How somebody paid, by the code that there is for it."""
    plain = folded(text)
    known = next((code for word, code in _MEANS if plain.startswith(word)), "")
    return {"sd:nature": Code(known)} if known else {}


def gathering(name: str) -> Iri:
    """An event by its name."""
    return Iri(f"urn:sd:event:{name_of(unaccented(' '.join(name.split())))}")
