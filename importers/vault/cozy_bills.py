"""Cozy: bills and reimbursements that its connectors fetched (io.cozy.bills), as JSON.

Format: https://docs.cozy.io/en/cozy-doctypes/docs/io.cozy.bills/. `amount` is always positive, and
`isRefund` says that it came back. Of a health bill it is what was paid back, `originalAmount` what
the care had cost, `groupAmount` the transfer that several of them came in; with `isThirdPartyPayer`
no transfer to the person exists. Days are local midnights in UTC. Pay (`type` pay) is not kept: a
bill of it says neither gross nor net. Nor is the beneficiary, who may be somebody else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import BinaryIO, Final

from importers.contract import (
    Check,
    Code,
    HolderHint,
    Item,
    Key,
    Match,
    Options,
    Problem,
    Record,
    Stated,
    Value,
)
from importers.document import Element, has_marks
from importers.health.reimbursement import REIMBURSEMENT, Act, Payment, records_of
from importers.money import currency
from importers.text import for_key, lines
from importers.vault.cozy import COZY, day, read

_OWN: Final = (
    *(b"io.cozy.bills", b"io.cozy.files:", b'"cozyMetadata"'),
    *(b'"isRefund"', b'"fileUrl"', b'"vendorRef"', b'"subtype"'),
)
_HEALTH: Final = "health_costs"
_PAY: Final = "pay"
_OF_PAY = "this is a pay: import the payslip itself"
_ABSOLUTE = "an amount is negative, where all of them are positive: it is taken as it is"
_CATEGORIES: Final = {"phone": "communications", "energy": "energyBills"}
_GROUP: Final = "transfer"


class CozyBills:
    format = "cozy-bills"
    title = "Cozy: factures et remboursements (io.cozy.bills, JSON)"
    domain = "vault"
    extensions = (".json",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the doctype, or by members that bills of the pilot do not have."""
        del filename
        marks = ('"vendor"', '"amount"', '"date"')
        if not has_marks(head, marks, opens="{["):
            return None
        return Match(confidence=95) if any(mark in head for mark in _OWN) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return COZY

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """An invoice, or a care and its reimbursement, a bill. Takes no options."""
        del options
        return read("".join(lines(export)), _bill)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Each transfer of several reimbursements, against those that say they came in it."""
        sums: dict[str, Decimal] = {}
        stated: dict[str, Decimal] = {}
        for item in items:
            if isinstance(item, Stated) and item.name == _GROUP:
                stated[item.scope] = item.value
            elif isinstance(item, Stated):
                sums[item.scope] = sums.get(item.scope, Decimal(0)) + item.value
        return tuple(
            Check(
                name=f"transfer of {scope}",
                expected=str(v),
                got=str(sums[scope]),
                ok=v == sums[scope],
            )
            for scope, v in stated.items()
        )


def _bill(element: Element) -> Iterator[Item]:
    kind, vendor = element.text("type"), _required(element, "vendor")
    if kind == _PAY:
        raise ValueError(_OF_PAY)
    amount = element.number("amount")
    if amount < 0:
        yield Problem(element.locator, _ABSOLUTE, row=False)
    is_refund = element.get("isRefund") is True
    if kind == _HEALTH and is_refund:
        yield from _reimbursement(element, vendor, amount)
    else:
        yield _invoice(element, vendor, -amount if is_refund and amount else amount)


def _required(element: Element, path: str) -> str:
    text = element.text(path)
    if not text:
        raise ValueError(f"`{path}` is missing")
    return text


def _invoice(element: Element, vendor: str, total: Decimal) -> Record:
    on = day(_required(element, "date"))
    number = element.text("vendorRef") or element.text("_id") or f"{vendor} {on}"
    unit = element.text("currency")
    said: dict[str, Value] = {
        "sd:date": on,
        "sd:total": total,
        "sd:currency": currency(unit) if len(unit) == 3 else "EUR",
        "sd:counterpartyName": vendor,
    }
    if total < 0:
        said["sd:nature"] = Code("creditNote")
    if label := element.text("subtype"):
        said["sd:sourceLabel"] = label
    if category := _CATEGORIES.get(element.text("type")):
        said["sd:category"] = Code(category)
    return Record(
        kind="Invoice",
        key=Key(stable=f"{vendor} {number}"),
        fields=tuple(said.items()),
        on=on,
        locator=element.locator,
    )


def _reimbursement(element: Element, vendor: str, amount: Decimal) -> Iterator[Item]:
    on = day(_required(element, "date"))
    original, group = element.text("originalDate"), element.number_or_none("groupAmount")
    is_to_third = element.get("isThirdPartyPayer") is True
    act = Act(
        on=day(original) if original else on,
        label=element.text("subtype"),
        locator=element.locator,
        paid=element.number_or_none("originalAmount"),
        paid_back=amount,
        payment=Payment(on=on, total=group, to_third_party=is_to_third),
    )
    for record in records_of(act):
        # Several funds stand in one list: who paid is part of what tells their rows apart.
        key = Key(natural=(*record.key.natural, for_key(vendor)))
        fields = (*record.fields, ("sd:counterpartyName", vendor))
        if record.kind == REIMBURSEMENT:
            yield replace(record, key=key, fields=fields)
        else:
            yield record
    if group is not None:
        scope = f"{vendor} on {on}"
        yield Stated(name=_GROUP, scope=scope, value=group, locator=element.locator)
        yield Stated(name="part", scope=scope, value=amount, locator=element.locator)
