"""MesInfos 2013: the receipts of Intermarché, their lines, and the points of its loyalty card.

Format: the document types `Receipt` and `ReceiptDetail` of the pilot of 2013, in one array or in
one each. `amount` of a receipt is points, negative for those that were transferred; what was paid
is `paidAmount` (also spelt `paidAmound`). Of a line `amount` is how many there are, and `price`
what all of them cost. A receipt that the cashier 88888899 made is an order on the site. The
cashier, and the codes of the till, are not kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from importers.clock import PARIS, civil_date, instant, local, offset_of, wall_time
from importers.contract import Check, HolderHint, Item, Key, Match, Problem, Record, Ref, Value
from importers.document import Element, has_marks
from importers.pilot_set import PilotSet, required
from importers.retail.card import key_of, membership, ref_of
from importers.retail.purchase import (
    LINE,
    PURCHASE,
    Article,
    Purchase,
    checks_of,
    line_of,
    number_of,
    purchase_of,
)

_PROGRAM: Final = "Intermarché"
_OF_THE_SITE: Final = "88888899"
_ZERO: Final = Decimal(0)
_NOTHING: Final = "this receipt says neither what was paid nor points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts(PilotSet):
    """The set, which is held to what it states of each receipt."""

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By names that receipts and lines have, and one that either has and nothing else."""
        own = (b'"articlesCount"', b'"loyaltyBalance"', b'"barcode"', b'"intermarcheShopId"')
        is_one = any(mark in head for mark in own) and has_marks(head, self.marks, opens="[")
        del filename
        return Match(confidence=90) if is_one else None

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """The lines of each receipt that has some in the same file, against what was paid."""
        kept = [item for item in items if isinstance(item, Record)]
        with_lines = {item.key.natural[:1] for item in kept if item.kind == LINE}
        return checks_of(
            item
            for item in kept
            if item.kind == LINE or (item.kind == PURCHASE and item.key.natural in with_lines)
        )


def _rows() -> "_Rows":
    return _Rows()


class _Rows:
    """Reads receipts and lines in the order of the file, and gives the card once."""

    def __init__(self) -> None:
        self._has_card = False

    def __call__(self, element: Element) -> Iterator[Item]:
        if element.get("barcode") is not None or element.get("label") is not None:
            yield from _line(element)
        else:
            yield from self._receipt(element)

    def _receipt(self, element: Element) -> Iterator[Item]:
        number, at = required(element, "receiptId"), _moment(required(element, "timestamp"))
        paid, points = _paid(element), element.number_or_none("amount")
        if paid is None and points is None:
            raise ValueError(_NOTHING)
        has_articles = bool(paid or element.number_or_none("articlesCount"))
        if has_articles:
            yield _purchase(element, number, at, paid or _ZERO)
        if points is not None:
            if not self._has_card:
                self._has_card = True
                yield membership(_PROGRAM, "", element.locator)
            yield _points(element, number, at, points, is_row=not has_articles)


def _moment(text: str) -> datetime:
    """The time of a receipt by the clocks of France, whether it is told so or in UTC."""
    try:
        moment = instant(text).astimezone(PARIS)
    except ValueError:
        return local(wall_time(text))
    return moment.replace(tzinfo=offset_of(moment))


def _paid(element: Element) -> Decimal | None:
    for path in ("paidAmount", "paidAmound", "total"):
        if element.get(path) is not None:
            return element.number(path)
    return None


def _purchase(element: Element, number: str, at: datetime, total: Decimal) -> Record:
    is_online = element.get("isOnline") is True or element.text("cashierId") == _OF_THE_SITE
    bought = Purchase(
        key=(number,),
        number=number,
        on=civil_date(at),
        at=at,
        total=total,
        currency="EUR",
        channel="web" if is_online else "shop",
        account=ref_of(_PROGRAM, "") if element.get("loyaltyBalance") is not None else None,
        locator=element.locator,
    )
    return purchase_of(bought, ())


def _points(
    element: Element, number: str, at: datetime, points: Decimal, *, is_row: bool
) -> Record:
    on, balance = civil_date(at), element.number_or_none("loyaltyBalance")
    fields: list[tuple[str, Value]] = [
        ("sd:account", ref_of(_PROGRAM, "")),
        ("sd:date", on),
        ("sd:points", points),
    ]
    if balance is not None:
        fields.append(("sd:balance", balance))
    if not is_row:
        fields.append(("sd:relatedTo", Ref(PURCHASE, Key(natural=(number,)), on=on)))
    return Record(
        kind="PointsMovement",
        key=Key(natural=(number,)),
        account=key_of(_PROGRAM, ""),
        fields=tuple(fields),
        on=on,
        locator=element.locator,
        counted=is_row,
    )


def _line(element: Element) -> Iterator[Item]:
    number, on = required(element, "receiptId"), civil_date(_moment(required(element, "timestamp")))
    stated, remarks = _barcode(element)
    article = Article(
        name=required(element, "label"),
        total=element.number("price"),
        quantity=element.number_or_none("amount"),
        gtin=stated,
        within=(element.text("order"), stated),
        locator=element.locator,
    )
    line = line_of((number,), on, article)
    of = ("sd:relatedTo", Ref(PURCHASE, Key(natural=(number,)), on=on))
    label = element.text("sectionLabel")
    more: tuple[tuple[str, Value], ...] = (("sd:sourceLabel", label),) if label else ()
    yield replace(line, fields=(*line.fields, of, *more))
    yield from remarks


def _barcode(element: Element) -> tuple[str, tuple[Problem, ...]]:
    return number_of(element.text("barcode"), element.locator)


INTERMARCHE_RECEIPTS = Receipts(
    format="mesinfos-intermarche-receipts",
    title="MesInfos 2013: tickets de caisse et points Intermarché (JSON)",
    domain="retail",
    by=HolderHint(iri="https://www.intermarche.com/", name="Intermarché", sector="retail"),
    marks=('"receiptId"', '"timestamp"'),
    reader=_rows,
)
