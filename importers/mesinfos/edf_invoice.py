"""MesInfos: the bills of EDF.

`value` (in the catalogue of the pilot `amount`) is what the bill is for, in euro; what is to be
paid, `totalPaymentDue`, is that less `balanceBeforeInvoice`. The PDF is not in the set.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from importers.clock import civil_date, instant
from importers.contract import Code, HolderHint, Item, Key, Problem, Record
from importers.document import Element
from importers.pilot_set import Part, PilotSet, day, required, told

_DOES_NOT_ADD_UP: Final = "`totalPaymentDue` is not the bill less the balance before it"


def _day(text: str) -> date:
    return civil_date(instant(text)) if text.endswith("Z") else day(text)


_PARTS: Final = (
    Part("schema:paymentDueDate", "paymentDueDate", _day),
    Part("sd:sourceLabel", "title", str),
)


def _invoice(element: Element) -> Iterator[Item]:
    number, on = required(element, "number"), _day(required(element, "date"))
    total = element.number("amount" if element.get("value") is None else "value")
    found, remarks = told(element, _PARTS)
    yield Record(
        kind="Invoice",
        key=Key(stable=number),
        fields=(
            ("sd:date", on),
            ("sd:total", total),
            ("sd:currency", "EUR"),
            ("sd:category", Code("energyBills")),
            *found.items(),
        ),
        on=on,
        locator=element.locator,
    )
    yield from remarks
    due = element.number_or_none("totalPaymentDue")
    before = element.number_or_none("balanceBeforeInvoice")
    if due is not None and before is not None and due != total - before:
        yield Problem(element.locator, _DOES_NOT_ADD_UP, row=False)


EDF_INVOICE = PilotSet(
    format="mesinfos-edf-invoice",
    title="MesInfos: factures EDF (JSON)",
    domain="energy",
    by=HolderHint(iri="https://www.edf.fr/", name="EDF", sector="energy"),
    marks=('"clientId"', '"totalPaymentDue"'),
    reader=lambda: _invoice,
)
