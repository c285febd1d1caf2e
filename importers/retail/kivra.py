"""Kivra: digital receipts of Swedish shops (JSON), one receipt or a list of them.

Format: https://developer.kivra.com/, receipts for retail 1.0 and 1.1. All amounts are positive;
`refund` says that money goes to the customer, and so does an item of the kind `return`. A receipt
is known by its seller, its till, the number of the till and the day: that number starts anew.

A receipt is read whole or not at all. Its lines, with what was taken off or rounded at the end,
make what was paid. Not kept: the customer's civic registration number and contacts, the cashier,
texts, the slip of the card terminal, and the codes of the till.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from typing import BinaryIO, Final

from importers.clock import instant
from importers.contract import Check, HolderHint, Item, Match, Options, Problem, Record, Stated
from importers.document import Element, has_marks, parts, stops, without_spare_commas
from importers.money import currency
from importers.retail.card import membership, ref_of
from importers.retail.kivra_items import articles_of, required, rounding_of, signed
from importers.retail.purchase import Purchase, checks_of, records_of
from importers.text import decode, lines, name_of

_MARKS: Final = ('"receipt_identifier"', '"time_of_purchase"')
_SPARE = "commas stand where none belongs, and were passed over"
_LEFT_OUT = frozenset(
    {"copy", "cashier", "header_text", "footer_text", "customer_order", "control_unit"}
)
_READ = frozenset(
    {
        *("business_unit", "sales_recording_system", "receipt_identifier", "time_of_purchase"),
        *("currency", "totals", "items", "retail_price_modifiers", "payments", "customer"),
    }
)
_TENDERS: Final = {"creditdebit": "card", "cash": "cash", "giftcard": "giftCard"}
_ZERO = Decimal(0)
_PAID = "payments"


class KivraReceipt:
    format = "kivra-receipt"
    title = "Kivra: digital receipts (JSON)"
    domain = "retail"
    extensions = (".json",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By names that every receipt has."""
        del filename
        return Match(confidence=90) if has_marks(head, _MARKS, opens="{[") else None

    def holder(self, head: bytes) -> HolderHint:
        """The shop, by its number in the register of companies; of a list of receipts Kivra."""
        for item in parts(without_spare_commas(decode(head)), ("",)):
            if isinstance(item, Element) and item.locator == "/business_unit":
                with suppress(ValueError):
                    return _seller(item)
        return HolderHint(iri="https://kivra.se/", name="Kivra", sector="retail")

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """Each receipt with its lines. Takes no options."""
        del options
        text = "".join(lines(export))
        plain = without_spare_commas(text)
        if plain != text:
            yield Problem("/", _SPARE, row=False)
        yield from _receipts(plain)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """The lines of each receipt, and what was paid by each means, against its total."""
        kept = list(items)
        return (*checks_of(kept), *_payments(kept))


def _receipts(text: str) -> Iterator[Item]:
    opened = ("", "/*") if text.lstrip().startswith("[") else ("",)
    inner = [f"{opened[-1]}/{name}" for name in ("items", "totals", "payments")]
    found: dict[str, dict[str, list[Element]]] = defaultdict(lambda: defaultdict(list))
    depth = len(opened) - 1
    is_whole = True
    for item in parts(text, (*opened, *inner)):
        where, name = _placed(item.locator, depth)
        if isinstance(item, Element):
            found[where][name.partition("/")[0]].append(item)
            continue
        is_whole = is_whole and not stops(item)
        # The slip that a terminal prints has names twice, and nothing is kept of it.
        yield item if not name.startswith("payments") or stops(item) else _remark(item)
    if is_whole and not found:
        yield Problem("/", "no receipt is in this file")
    for where, said in found.items() if is_whole else ():
        yield from _receipt(where, said)


def _placed(locator: str, depth: int) -> tuple[str, str]:
    """The place of the receipt that something is in, and its path within that."""
    names = locator.split("/")
    return "/".join(names[: depth + 1]), "/".join(names[depth + 1 :])


def _remark(problem: Problem) -> Problem:
    return Problem(problem.locator, problem.message, row=False)


def _receipt(where: str, said: dict[str, list[Element]]) -> Iterator[Item]:
    for name in said.keys() - _READ - _LEFT_OUT:
        yield Problem(f"{where}/{name}", "this is not known here, and is not kept", row=False)
    problems: list[Problem] = []
    try:
        items = list(_made(where, said, problems))
    except ValueError as error:
        yield Problem(where or "/", str(error))
    else:
        yield from items
    yield from problems


def _made(where: str, said: dict[str, list[Element]], problems: list[Problem]) -> Iterator[Item]:
    whole = Element(where, {name: found[0].value for name, found in said.items()})
    number = required(whole, "receipt_identifier/sequence_number")
    moment = instant(required(whole, "time_of_purchase"))
    unit = currency(required(whole, "currency"))
    totals = {one.text("type"): one for one in said.get("totals", ())}
    if "paid" not in totals:
        raise ValueError("the receipt does not say what was paid")
    seller = _seller(Element(where, whole.get("business_unit")))
    till = next(filter(None, (whole.text(f"sales_recording_system/{n}") for n in _TILL)), "")
    articles = list(articles_of(where, said, totals, problems))
    loyalty = whole.get("customer/loyalty")
    card = Element(where, loyalty if isinstance(loyalty, dict) else {})
    program = card.text("program")
    tax = totals.get("vat")
    purchase = Purchase(
        key=(seller.iri.rpartition(":")[2], till, number),
        on=moment.date(),
        at=moment,
        number=number,
        total=signed(totals["paid"]),
        currency=unit,
        seller=seller.name,
        nature=_nature(said.get("payments", ())),
        tax=None if tax is None else signed(tax),
        account=ref_of(program, card.text("customer_number")) if program else None,
        locator=where or "/",
    )
    articles += rounding_of(said.get("payments", ()), articles, purchase.total)
    yield from records_of(purchase, articles)
    if program:
        yield membership(program, card.text("customer_number"), f"{where}/customer/loyalty")
    yield from _paid(said.get("payments", ()), purchase, where)


_TILL: Final = ("serial_number", "id", "name")


def _seller(unit: Element) -> HolderHint:
    known = unit.text("organization_number") or unit.text("service_id") or unit.text("name")
    if not known:
        raise ValueError("the receipt does not say its seller")
    iri = f"urn:sd:holder:{name_of(''.join(known.replace('-', '').split()))}"
    return HolderHint(iri=iri, name=unit.text("name") or known, sector="retail")


def _nature(payments: Iterable[Element]) -> str:
    """How the receipt was paid, where it was in one way that has a code."""
    means = {Element("", one.get("tender")).text("type") for one in payments}
    return _TENDERS.get(means.pop(), "") if len(means) == 1 else ""


def _paid(payments: Iterable[Element], purchase: Purchase, where: str) -> Iterator[Stated]:
    """What all payments come to: what was given less the change, or what was applied to the bill.

    Tills write the change as a payment that goes back, and some apply it to the bill, too.
    """
    found = tuple(payments)
    sums = [
        sum((signed(one, way) for one in found), _ZERO)
        for way in ("amount_applied_to_bill", "amount")
        if found and all(one.get(way) is not None for one in found)
    ]
    if sums:
        value = purchase.total if purchase.total in sums else sums[0]
        place = f"{where}/payments"
        yield Stated(name=_PAID, scope=purchase.number, value=value, locator=place)


def _payments(items: Iterable[Item]) -> Iterator[Check]:
    """What each receipt states as paid, against its payments, which stand behind it."""
    total = _ZERO
    for item in items:
        if isinstance(item, Record) and item.kind == "Purchase":
            total = Decimal(str(dict(item.fields)["sd:total"]))
        elif isinstance(item, Stated) and item.name == _PAID:
            name = f"payments of receipt {item.scope}"
            ok = item.value == total
            yield Check(name=name, expected=str(total), got=str(item.value), ok=ok)
