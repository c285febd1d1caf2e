"""Loyalty programmes as CSV: cards with their balance, movements of points, promotions received.

Tables of this kind have no common form: columns go by usual names, in French or English, and days
are written with the day first or as 2026-03-31. Numbers of cards are masked; a keyed hash alone
tells them apart. A movement needs its card, and without one the programme stands for it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from importers.contract import Check, Item, Key, Problem, Record, Value
from importers.retail.card import key_of, masked, membership, ref_of
from importers.retail.loyalty_table import LoyaltyTable, Read, Told, day, figure, said
from importers.text import for_key

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
_AMOUNT: Final = ("Montant", "Amount")  # as tables of a bank have, beside numbers of its cards
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


def _card(told: Told) -> Iterator[Item]:
    number = told.required(_NUMBER)
    program = told.text(_PROGRAM) or "carte"
    parts = said(
        told,
        (
            ("sd:balance", _BALANCE, figure),
            ("schema:startDate", _STARTS, day),
            ("schema:endDate", _ENDS, day),
        ),
    )
    card = membership(program, number, told.locator, parts)
    yield Record(kind=card.kind, key=card.key, fields=card.fields, locator=card.locator)


def _movements() -> Read:
    """Reads movements, and gives each card where it is first named."""
    known: set[Key] = set()

    def read(told: Told) -> Iterator[Item]:
        number, program = told.text(_NUMBER), told.text(_PROGRAM) or "carte"
        key = key_of(program, number)
        days = said(told, (("sd:date", _DAY, day),))
        if not days:
            raise ValueError(f"the column `{_DAY[0]}` is empty")
        figures = said(told, (("sd:points", _POINTS, figure), ("sd:balance", _BALANCE, figure)))
        if not figures or figures[0][0] != "sd:points":
            raise ValueError(f"the column `{_POINTS[0]}` is empty")
        label = told.text(_LABEL)
        if key not in known:
            known.add(key)
            yield membership(program, number, told.locator)
        on = days[0][1]
        yield Record(
            kind="PointsMovement",
            key=Key(natural=(for_key(label), *(str(value) for _, value in figures))),
            account=key,
            fields=(
                ("sd:account", ref_of(program, number)),
                *days,
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
    parts = said(told, (("schema:validFrom", _BEGINS, day), ("schema:validThrough", _ENDS, day)))
    yield Record(
        kind="Promotion",
        key=Key(natural=(for_key(name), *(str(value) for _, value in parts))),
        fields=(
            ("schema:name", name),
            *parts,
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
    lacks=(_DAY, _POINTS, _AMOUNT),
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
