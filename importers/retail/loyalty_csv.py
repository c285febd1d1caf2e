"""Loyalty programmes as CSV: cards with their balance, movements of points, promotions received.

Tables of this kind have no common form: columns go by usual names, in French or English, and days
are written with the day first or as 2026-03-31. Numbers of cards are masked; a keyed hash alone
tells them apart. A movement needs its card, and without one the programme stands for it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import BinaryIO, Final

from importers.clock import french_date, iso_date
from importers.contract import (
    Check,
    HolderHint,
    Item,
    Key,
    Match,
    Option,
    Options,
    Problem,
    Record,
    Value,
)
from importers.money import ungrouped
from importers.retail.card import key_of, masked, membership, ref_of
from importers.retail.ending import check_ending
from importers.rows import convert
from importers.table import Columns, Row, check_width, first_rows, folded, rows
from importers.text import for_key

Names = tuple[str, ...]

_SHOP: Final = HolderHint(
    iri="urn:sd:holder:loyalty", name="Programme de fidélité", sector="retail"
)
_NUMBER: Final = ("Numéro de carte", "N° de carte", "Carte", "Card number", "Card", "Member number")
_PROGRAM: Final = (
    "Programme",
    "Enseigne",
    "Magasin",
    "Programme de fidélité",
    "Program",
    "Programme name",
    "Store",
)
_BALANCE: Final = ("Solde", "Solde de points", "Cagnotte", "Balance", "Points balance")
_STARTS: Final = ("Date d'adhésion", "Adhésion", "Membre depuis", "Member since", "Joined")
_ENDS: Final = (
    "Date d'expiration",
    "Expiration",
    "Valable jusqu'au",
    "Fin de validité",
    "Expires",
    "Expiry",
    "Valid until",
)
_POINTS: Final = ("Points", "Points acquis", "Mouvement", "Points earned")
_DAY: Final = ("Date", "Date de l'opération", "Transaction date")
_LABEL: Final = ("Libellé", "Opération", "Description", "Label", "Motif")
_PROMOTION: Final = ("Promotion", "Offre", "Bon de réduction", "Coupon", "Offer", "Voucher")
_BEGINS: Final = (
    "Début",
    "Valable du",
    "Reçue le",
    "Date de début",
    "Starts",
    "Valid from",
    "Received",
)
_USED: Final = ("Utilisée", "Utilisé", "Utilisation", "Used", "Redeemed")
_YES: Final = frozenset({"oui", "yes", "true", "1", "x", "vrai"})
_NO: Final = frozenset({"non", "no", "false", "0", "", "faux"})


@dataclass(frozen=True, slots=True)
class Told:
    """A row, of which each part is asked for by the names that its column may have."""

    row: Row
    columns: Columns

    @property
    def locator(self) -> str:
        return self.row.locator

    def text(self, names: Names) -> str:
        found = next((name for name in names if self.columns.have(name)), None)
        return self.columns.cell(self.row, found) if found else ""

    def required(self, names: Names) -> str:
        if not (text := self.text(names)):
            raise ValueError(f"the column `{names[0]}` is empty")
        return text


Read = Callable[[Told], Iterator[Item]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoyaltyTable:
    """One kind of table, which is an importer. Of each of `needs` it has a column.

    `lacks` are columns that such a table never has. `reader` makes what reads the rows of a file.
    """

    format: str
    title: str
    needs: tuple[Names, ...]
    reader: Callable[[], Read]
    lacks: tuple[Names, ...] = ()
    checks: Callable[[Iterable[Item]], tuple[Check, ...]] = field(default=lambda _items: ())
    by: HolderHint = _SHOP
    domain: str = "retail"
    extensions: tuple[str, ...] = (".csv",)
    version: str = "1"
    options: tuple[Option, ...] = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the columns, whatever the file is called."""
        del filename
        found = first_rows(head, 1)
        return Match(confidence=60) if found and self._begins_with(found[0]) else None

    def holder(self, head: bytes) -> HolderHint:
        """The person says which shop it is from: such a table does not."""
        del head
        return self.by

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A record a row. Takes no options."""
        del options
        columns: Columns | None = None
        width, read = 0, self.reader()

        def told(row: Row) -> Iterator[Item]:
            nonlocal columns, width
            if self._begins_with(row):
                columns, width = Columns.of(row), len(row.cells)
                return
            if columns is None:
                raise ValueError("the table does not begin with the names of its columns")
            check_width(row, width)
            check_ending(row)
            yield from read(Told(row, columns))

        return convert(rows(export, is_a_line=True), told)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """The balances behind movements of points; of other tables nothing."""
        return self.checks(items)

    def _begins_with(self, row: Row) -> bool:
        names = {folded(cell) for cell in row.cells}

        def has(part: Names) -> bool:
            return any(folded(name) in names for name in part)

        return all(map(has, self.needs)) and not any(map(has, self.lacks))


def _day(text: str) -> date:
    return iso_date(text) if "-" in text else french_date(text)


def _figure(text: str) -> Decimal:
    return ungrouped(text.replace("€", "").replace("\N{NO-BREAK SPACE}", "").replace(" ", ""))


def _said(
    told: Told, parts: Iterable[tuple[str, Names, Callable[[str], Value]]]
) -> tuple[tuple[str, Value], ...]:
    """The parts that a row says. Raises ValueError that names the column of what is none."""
    found = []
    for name, names, read in parts:
        if text := told.text(names):
            try:
                found.append((name, read(text)))
            except ValueError as error:
                raise ValueError(f"column `{names[0]}`: {error}") from error
    return tuple(found)


def _card(told: Told) -> Iterator[Item]:
    number = told.required(_NUMBER)
    program = told.text(_PROGRAM) or "carte"
    said = _said(
        told,
        (
            ("sd:balance", _BALANCE, _figure),
            ("schema:startDate", _STARTS, _day),
            ("schema:endDate", _ENDS, _day),
        ),
    )
    card = membership(program, number, told.locator, said)
    yield Record(kind=card.kind, key=card.key, fields=card.fields, locator=card.locator)


def _movements() -> Read:
    """Reads movements, and gives each card where it is first named."""
    known: set[Key] = set()

    def read(told: Told) -> Iterator[Item]:
        number, program = told.text(_NUMBER), told.text(_PROGRAM) or "carte"
        key = key_of(program, number)
        day = _said(told, (("sd:date", _DAY, _day),))
        if not day:
            raise ValueError(f"the column `{_DAY[0]}` is empty")
        figures = _said(told, (("sd:points", _POINTS, _figure), ("sd:balance", _BALANCE, _figure)))
        if not figures or figures[0][0] != "sd:points":
            raise ValueError(f"the column `{_POINTS[0]}` is empty")
        label = told.text(_LABEL)
        if key not in known:
            known.add(key)
            yield membership(program, number, told.locator)
        on = day[0][1]
        yield Record(
            kind="PointsMovement",
            key=Key(natural=(for_key(label), *(str(value) for _, value in figures))),
            account=key,
            fields=(
                ("sd:account", ref_of(program, number)),
                *day,
                *figures,
                *((("sd:sourceLabel", label),) if label else ()),
            ),
            on=on if isinstance(on, date) else None,
            locator=told.locator,
        )

    return read


def _promotion(told: Told) -> Iterator[Item]:
    name = told.required(_PROMOTION)
    used = told.text(_USED).lower()
    remarks = []
    if used not in _YES | _NO:
        remarks.append(
            Problem(told.locator, "whether this was used is not told by yes or no", row=False)
        )
    said = _said(told, (("schema:validFrom", _BEGINS, _day), ("schema:validThrough", _ENDS, _day)))
    yield Record(
        kind="Promotion",
        key=Key(natural=(for_key(name), *(str(value) for _, value in said))),
        fields=(
            ("schema:name", name),
            *said,
            *((("sd:redeemed", used in _YES),) if not remarks else ()),
        ),
        locator=told.locator,
    )
    yield from remarks


def _balances(items: Iterable[Item]) -> tuple[Check, ...]:
    """Of each card, whether each balance is the one before it and the points of its own row.

    Tables have the first row on top or the last one: either way has to hold for all rows.
    """
    cards: dict[Key, list[dict[str, Value]]] = {}
    for item in items:
        if isinstance(item, Record) and item.account:
            cards.setdefault(item.account, []).append(dict(item.fields))
    checks = []
    for card, moved in cards.items():
        if len(moved) > 1 and all("sd:balance" in one for one in moved):
            right = max(_steps(moved), _steps(moved[::-1]))
            name = f"balances of card {masked(card.natural[0])} that follow from the one before"
            of = len(moved) - 1
            checks.append(Check(name=name, expected=str(of), got=str(right), ok=right == of))
    return tuple(checks)


def _steps(moved: list[dict[str, Value]]) -> int:
    return sum(
        Decimal(str(one["sd:balance"])) + Decimal(str(other["sd:points"]))
        == Decimal(str(other["sd:balance"]))
        for one, other in pairwise(moved)
    )


CARDS = LoyaltyTable(
    format="loyalty-cards-csv",
    title="Cartes de fidélité et leur solde (CSV)",
    needs=(_NUMBER, _BALANCE),
    lacks=(_DAY, _POINTS),
    reader=lambda: _card,
)
POINTS = LoyaltyTable(
    format="loyalty-points-csv",
    title="Points de fidélité: mouvements (CSV)",
    needs=(_DAY, _POINTS),
    reader=_movements,
    checks=_balances,
)
PROMOTIONS = LoyaltyTable(
    format="promotions-csv",
    title="Promotions reçues et utilisées (CSV)",
    needs=(_PROMOTION, _ENDS),
    lacks=(_POINTS,),
    reader=lambda: _promotion,
)
