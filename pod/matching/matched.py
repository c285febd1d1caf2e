"""All matches among some records: the same for the same records, in whatever order they come."""

from collections.abc import Iterable

from pod.matching.accounts import own_transfers, premiums
from pod.matching.appointments import appointments
from pod.matching.claims import claims
from pod.matching.contents import cares, consumptions, guarantees, points
from pod.matching.item import Item
from pod.matching.match import Decided, Found
from pod.matching.payments import payments
from pod.matching.table import Table


def matched(items: Iterable[Item], decided: Decided | None = None) -> Found:
    """What belongs together among records, besides what was decided before."""
    table = Table.of(items, decided or Decided())
    claimed = claims(table)
    paid = payments(table, claimed)
    used = {match.target for found in (claimed, paid) for match in found.matches}
    parts = [
        *(claimed, paid, own_transfers(table, used), premiums(table, used)),
        appointments(table, paid),
        *(find(table) for find in (cares, consumptions, points, guarantees)),
    ]
    found = (match for part in parts for match in part.matches)
    return Found(
        tuple(sorted(found, key=lambda one: (one.day, one.name))),
        tuple(still for part in parts for still in part.open),
    )
