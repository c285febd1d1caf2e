"""Itemised bills of any other operator: a table of calls that names none that is known."""

from dataclasses import dataclass
from typing import Final

from importers.contract import HolderHint, Match
from importers.telecom.bill_csv import BillCsv, begun, needs

_SOME: Final = HolderHint(iri="urn:sd:holder:telecom", name="telecom", sector="telecom")
_PRICED: Final = frozenset({"price", "net"})


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyBill(BillCsv):
    """A table with calls, their numbers and prices, where none of `others` claims it."""

    format: str = "phone-bill-csv"
    title: str = "Détail des communications d'une facture de téléphone (CSV)"
    by: HolderHint = _SOME
    words: tuple[str, ...] = ()
    others: tuple[BillCsv, ...] = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        """By the columns of a table of calls."""
        if any(other.recognise(filename, head) for other in self.others):
            return None
        top = begun(head)
        if top is None:
            return None
        places = top[2].places.keys()
        is_bill = "number" in places and not _PRICED.isdisjoint(places)
        return Match(confidence=80, needs=needs(top)) if is_bill else None
