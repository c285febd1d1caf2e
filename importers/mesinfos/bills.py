"""MesInfos: bills that the platform fetched from several suppliers, mostly of telephones.

`type` says of what, `vendor` whose bill it is, `amount` what it comes to, in euro. No bill has a
number: the platform's connectors tell bills apart by day, vendor and amount. `date` is an instant,
at noon where only the day was known. What is no bill of a telephone or the internet (the kit has a
taxi and a shop among them) is kept as a purchase.
"""

from collections.abc import Iterator
from typing import Final

from importers.clock import civil_date, instant
from importers.contract import Code, Item, Key, Record, Value
from importers.document import Element
from importers.mesinfos.cozy import COZY
from importers.pilot_set import PilotSet, required
from importers.table import folded
from importers.text import for_key

_OF_A_LINE: Final = ("mobile", "fixe", "internet", "box", "telephone", "tel", "phone", "adsl")


def _bill(element: Element) -> Iterator[Item]:
    moment, vendor = instant(required(element, "date")), required(element, "vendor")
    kind, total, on = element.text("type"), element.number("amount"), civil_date(moment)
    plan = element.text("plan") or kind
    said: dict[str, Value] = {
        "sd:date": on,
        "sd:total": total,
        "sd:currency": "EUR",
        "sd:counterpartyName": vendor,
    }
    if plan:
        said["sd:sourceLabel"] = plan
    is_bill = folded(kind).startswith(_OF_A_LINE)
    if is_bill:
        said["sd:category"] = Code("communications")
    else:
        said["schema:startTime"] = moment
    apart = f"{on.isoformat()} {for_key(vendor)} {total.normalize():f}"
    yield Record(
        kind="Invoice" if is_bill else "Purchase",
        key=Key(stable=element.text("_id") or apart),
        fields=tuple(said.items()),
        on=on,
        locator=element.locator,
    )


BILLS = PilotSet(
    format="mesinfos-bills",
    title="MesInfos: factures de téléphone et d'autres fournisseurs (JSON)",
    domain="telecom",
    by=COZY,
    marks=('"vendor"', '"amount"', '"type"'),
    # What later exports of the platform have, and importers.vault reads.
    lacks=("io.cozy.", '"cozyMetadata"', '"isRefund"', '"fileUrl"', '"vendorRef"', '"subtype"'),
    reader=lambda: _bill,
)
