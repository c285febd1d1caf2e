"""HelloAsso: who joined, gave or bought a ticket, as an association exports it (CSV).

The columns are as those who read such files have named them: `Référence commande`, `Date de la
commande` (`20/03/2026 09:12`), `Statut de la commande`, `Tarif`, `Montant tarif`, and the person as
`Nom adhérent`, `Nom participant` or `Nom donateur`; before 2021 `Numéro`, `Formule` and `Montant
adhésion`. The e-mail address is the payer's, so it stands for the person only where both have one
name. An order that was not paid is told. What the association asked besides, in columns of its own,
is not kept: it is often about health or children.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import BinaryIO, Final

from importers.associations.people import (
    ADDRESS,
    ASSOCIATION,
    Somebody,
    gathering,
    header_of,
    means,
    money,
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
    Problem,
    Record,
    Value,
)
from importers.roles import Roles
from importers.table import Row, folded

_EVENT: Final = Option(
    name="event",
    fr="le nom de l'événement, que l'export d'une billetterie ne dit pas",
    en="the name of the event, which an export of tickets does not say",
    example="Fête d'été",
)
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "order": ("Référence commande", "Référence de commande", "Numéro"),
        "day": ("Date de la commande", "Date du paiement", "Date"),
        "state": ("Statut de la commande", "Statut du paiement", "Statut"),
        "member": ("Nom adhérent", "Nom de l'adhérent"),
        "member-given": ("Prénom adhérent", "Prénom de l'adhérent"),
        "guest": ("Nom participant", "Nom du participant"),
        "guest-given": ("Prénom participant", "Prénom du participant"),
        "donor": ("Nom donateur", "Nom du donateur"),
        "donor-given": ("Prénom donateur", "Prénom du donateur"),
        "name": ("Nom",),
        "given": ("Prénom",),
        "payer": ("Nom payeur", "Nom acheteur"),
        "payer-given": ("Prénom payeur", "Prénom acheteur"),
        "mail": ("Email payeur", "Email acheteur", "Email"),
        "means": ("Moyen de paiement",),
        "tariff": ("Tarif", "Formule", "Billet"),
        "total": ("Montant tarif", "Montant adhésion", "Montant du don", "Montant don", "Montant"),
        "reduction": ("Montant code promo",),
        "ticket": ("Numéro de billet",),
        "campaign": ("Campagne", "Nom de la campagne", "Formulaire"),
    }
)
_PAID: Final = frozenset({"valide", "validee", "paye", "payee", "processed", "registered", ""})
_NOT_PAID: Final = "this order was not paid, and is not kept"


@dataclass(frozen=True, slots=True)
class _Order:
    """What a row of any of the exports says."""

    reference: str
    on: date
    whose: Somebody
    tariff: str
    paid: Decimal | None
    means: dict[str, Value]
    locator: str

    @property
    def cost(self) -> dict[str, Value]:
        return {} if self.paid is None else {"sd:total": self.paid}


class HelloAsso:
    format = "helloasso"
    title = "HelloAsso: adhésions, billetterie, dons (CSV)"
    domain = "community"
    extensions = (".csv",)
    version = "1"
    options = (ADDRESS, _EVENT)

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the names of the columns."""
        del filename
        table = header_of(head, _begins)
        if table is None:
            return None
        is_open = table.have("guest") and not table.have("campaign")
        return Match(confidence=90, needs=(_EVENT.name,) if is_open else ())

    def holder(self, head: bytes) -> HolderHint:
        """The association that the export is of is not named in it."""
        del head
        return ASSOCIATION

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A membership, a participation or a gift a row, and what a ticket cost.

        `address` tells the rows of the person herself, `event` what tickets are for.
        """
        return read_table(export, _begins, lambda table, row: _read(table, row, options))

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the export states neither a count nor a sum."""
        del items
        return ()


def _begins(row: Row) -> Roles | None:
    table = Roles.of(row, _COLUMNS)
    is_new = table.have("member", "guest", "donor") and table.have("order")
    is_old = table.have("name") and table.names.get("tariff") == "Formule" and table.have("state")
    return table if table.have("day") and (is_new or is_old) else None


def _read(table: Roles, row: Row, options: Options) -> Iterator[Item]:
    if folded(table.cell(row, "state")) not in _PAID:
        yield Problem(row.locator, _NOT_PAID, row=False)
        return
    order = _order(table, row, options)
    if table.have("guest"):
        event = table.cell(row, "campaign") or options.said(_EVENT)
        yield _participation(order, table.cell(row, "ticket"), event)
        if order.paid:
            yield _purchase(order, counted=False)
    elif table.have("donor"):
        yield _purchase(order, Code("giving"))
    else:
        yield _membership(order)


def _order(table: Roles, row: Row, options: Options) -> _Order:
    reference, total = table.cell(row, "order"), table.cell(row, "total")
    if not reference:
        raise ValueError("this row has no reference of its order")
    try:
        paid = money(total) if total else None
        less = table.cell(row, "reduction")
        paid = paid - abs(money(less)) if paid is not None and less else paid
    except ValueError as error:
        raise ValueError(f"column `{table.names['total']}`: {error}") from error
    return _Order(
        reference,
        day(table.cell(row, "day")),
        _whose(table, row, options),
        table.cell(row, "tariff"),
        paid,
        means(table.cell(row, "means")),
        row.locator,
    )


def _whose(table: Roles, row: Row, options: Options) -> Somebody:
    role = next(one for one in ("member", "guest", "donor", "name") if table.have(one))
    given = "given" if role == "name" else f"{role}-given"
    own, payer = (
        tuple(folded(table.cell(row, one)) for one in roles)
        for roles in ((role, given), ("payer", "payer-given"))
    )
    is_payer = not any(payer) or own == payer
    return somebody(table, row, options, roles=(given, role, "mail" if is_payer else ""))


def _membership(order: _Order) -> Record:
    fields: dict[str, Value] = {"schema:startDate": order.on}
    if order.tariff:
        fields["schema:name"] = order.tariff
    fields |= order.cost | order.means
    return Record(
        kind="Membership",
        key=Key(natural=(order.reference, order.tariff, order.whose.party.value)),
        fields=(*fields.items(), *order.whose.mark),
        on=order.on,
        locator=order.locator,
    )


def _participation(order: _Order, ticket: str, event: str) -> Record:
    fields: dict[str, Value] = {"sd:date": order.on}
    if event:
        fields["schema:about"] = gathering(event)
    if order.tariff:
        fields["sd:sourceLabel"] = order.tariff
    natural = (order.reference, order.tariff, order.whose.party.value)
    return Record(
        kind="Participation",
        key=Key(stable=ticket) if ticket else Key(natural=natural),
        fields=(*fields.items(), *order.whose.mark),
        on=order.on,
        locator=order.locator,
    )


def _purchase(order: _Order, category: Code | None = None, *, counted: bool = True) -> Record:
    if order.paid is None:
        raise ValueError("this row has no amount")
    fields: dict[str, Value] = {"sd:date": order.on, "sd:total": order.paid}
    if order.tariff:
        fields["sd:sourceLabel"] = order.tariff
    if category:
        fields["sd:category"] = category
    natural = (order.reference, order.tariff, str(order.paid), order.whose.party.value)
    return Record(
        kind="Purchase",
        key=Key(natural=natural),
        fields=(*fields.items(), *order.means.items(), *order.whose.mark),
        on=order.on,
        locator=order.locator,
        counted=counted,
    )
