"""The records of an invoice, and its figures held against each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from importers.contract import Check, Code, Item, Key, Record, Ref, Stated, Value
from importers.invoices.document import Invoice, Line

_LINE: Final = "line"
_CHANGE: Final = "change"
_ZERO: Final = Decimal(0)
_CENT: Final = Decimal("0.005")


def records_of(invoice: Invoice) -> Iterator[Item]:
    """The invoice, each line of it, and what it states of its whole.

    Of the lines those that are allowances or charges on the whole are lines too: all of them make
    the total without tax.
    """
    lines = [_line(invoice, line) for line in invoice.lines]
    yield Record(
        kind=invoice.kind,
        key=Key(stable=invoice.number),
        fields=(*_said(invoice), *(("sd:line", _ref(line)) for line in lines)),
        on=invoice.issued,
        locator=invoice.locator,
    )
    yield from lines
    for name, value in invoice.stated.items():
        yield Stated(name=name, scope=invoice.number, value=value, locator=invoice.locator)


def _said(invoice: Invoice) -> Iterator[tuple[str, Value]]:
    yield "sd:date", invoice.issued
    yield "sd:total", invoice.stated["total"]
    yield "sd:currency", invoice.currency
    if invoice.seller:
        yield "sd:counterpartyName", invoice.seller
    if "tax" in invoice.stated:
        yield "sd:taxTotal", invoice.stated["tax"]
    if invoice.kind == "Invoice":
        yield from _of_invoice(invoice)


def _of_invoice(invoice: Invoice) -> Iterator[tuple[str, Value]]:
    if invoice.nature:
        yield "sd:nature", Code(invoice.nature)
    if "due" in invoice.stated:
        yield "schema:totalPaymentDue", invoice.stated["due"]
    days = zip(("schema:startDate", "schema:endDate"), invoice.period, strict=True)
    for name, on in (("schema:paymentDueDate", invoice.due_on), *days):
        if on:
            yield name, on
    yield from invoice.references
    if invoice.before:
        number, on = invoice.before
        yield "sd:relatedTo", Ref("Invoice", Key(stable=number), on=on)


def _line(invoice: Invoice, line: Line) -> Record:
    fields: list[tuple[str, Value]] = [("schema:name", line.name), ("sd:total", line.net)]
    if line.quantity is not None:
        fields.append(("schema:orderQuantity", line.quantity))
    if line.price is not None:
        fields.append(("schema:price", line.price))
    if line.gtin:
        fields.append(("schema:gtin", line.gtin))
    what = _CHANGE if line.is_change else _LINE
    return Record(
        kind="Line",
        key=Key(natural=(invoice.number, what, line.id)),
        fields=tuple(fields),
        on=invoice.issued,
        locator=line.locator,
    )


def _ref(line: Record) -> Ref:
    return Ref("Line", line.key, on=line.on)


def checks_of(items: Iterable[Item]) -> tuple[Check, ...]:
    """Lines, totals and taxes of each invoice, to the cent (EN 16931-1 BR-CO-10 to BR-CO-16)."""
    sums: dict[str, dict[str, Decimal]] = defaultdict(dict)
    stated: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for item in items:
        if isinstance(item, Record) and item.kind == "Line":
            number, what, _ = item.key.natural
            net = dict(item.fields)["sd:total"]
            sums[number][what] = sums[number].get(what, _ZERO) + Decimal(str(net))
        elif isinstance(item, Stated):
            stated[item.scope][item.name] = item.value
    return tuple(
        Check(name=f"{name} of {number}", expected=str(says), got=str(got), ok=_equal(says, got))
        for number, said in stated.items()
        for name, says, got in _held(said, sums[number])
    )


def _held(
    said: dict[str, Decimal], sums: dict[str, Decimal]
) -> Iterator[tuple[str, Decimal, Decimal]]:
    """What is stated, and what it should be by what else is: its name, and both figures."""
    # The profiles MINIMUM and BASIC WL have no lines.
    if "lines" in said and _LINE in sums:
        yield "lines", said["lines"], sums[_LINE]
    if "net" in said and "lines" in said:
        changes = said.get("charges", _ZERO) - said.get("allowances", _ZERO)
        yield "total without tax", said["net"], said["lines"] + changes
    if _CHANGE in sums:
        changes = said.get("charges", _ZERO) - said.get("allowances", _ZERO)
        yield "allowances and charges", changes, sums[_CHANGE]
    if "tax" in said and "tax by rate" in said:
        yield "tax", said["tax"], said["tax by rate"]
    rounding = said.get("rounding", _ZERO)
    if "net" in said:
        whole = said["net"] + said.get("tax", _ZERO)
        # UBL outside EN 16931 rounds the total with tax, and not what is due.
        if rounding and said["total"] == whole + rounding:
            whole, rounding = whole + rounding, _ZERO
        yield "total with tax", said["total"], whole
    # The profile MINIMUM states neither the sum of lines nor what is paid already.
    if "due" in said and ("lines" in said or "prepaid" in said):
        paid = said.get("prepaid", _ZERO) - rounding
        others = said.get("for others", _ZERO)
        yield "amount due", said["due"], said["total"] - paid + others


def _equal(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) < _CENT
