"""Netflix: `BillingHistory.csv` of the data that Netflix gives on request, the bills of it.

Netflix describes the columns in the archive itself. A bill stands there once for each state of its
payment (`NEW`, `PENDING`, `APPROVED`, or a charge that is captured): rows that say the same of its
day, its time of service and what it comes to, with tax (`Gross Sale Amt`). Kept are those that
were settled, at once or later (`RECOVERY`). Rows without a time of service are steps of a payment,
and those of a payment that failed are no bill: their number is told. Not kept: the card.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from importers.clock import iso_date
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
    Value,
)
from importers.headed import HeadedRow, headed, is_headed
from importers.media.netflix import NETFLIX
from importers.money import currency, ungrouped
from importers.rows import convert

_DAY: Final = "Transaction Date"
_FIRST: Final = "Service Period Start Date"
_LAST: Final = "Service Period End Date"
_TOTAL: Final = "Gross Sale Amt"
_TAX: Final = "Tax Amt"
_KIND: Final = "Pmt Txn Type"
_RESULT: Final = "Final Invoice Result"
_OF_BILL: Final = (_DAY, _FIRST, _LAST, "Description", "Currency", _TAX, _TOTAL)
_NAMES: Final = (*_OF_BILL, _KIND, _RESULT)
_TAKEN: Final = frozenset({"SALE", "CHARGE", "CAPTURE", ""})
_SETTLED: Final = frozenset({"SETTLED", "RECOVERY"})
_FAILED: Final = frozenset({"REVERSAL", "DECLINED", "FAILED"})
_STEPS: Final = "steps of payments are not kept beside their bills: {}"
_NOT_PAID: Final = "charges that failed are no bills, and not kept: {}"


class NetflixBilling:
    """What Netflix billed."""

    format = "netflix-billing"
    title = "Netflix: what was billed (BillingHistory.csv)"
    domain = "telecom"
    extensions = (".csv",)
    version = "1"
    options = ()

    def recognise(self, filename: str, head: bytes) -> Match | None:
        del filename
        return Match(confidence=90) if is_headed(head, _NAMES) else None

    def holder(self, head: bytes) -> HolderHint:
        del head
        return NETFLIX

    def parse(self, export: BinaryIO, options: Options) -> Iterator[Item]:
        """A bill for each that was settled. Takes no options."""
        del options
        reader = _Reader()
        yield from convert(headed(export, _NAMES), reader.read)
        for said, count in ((_STEPS, reader.steps), (_NOT_PAID, reader.failed)):
            if count:
                yield Problem("/", said.format(count), row=False)

    def reconcile(self, items: Iterable[Item]) -> tuple[Check, ...]:
        """Nothing: the table states no sum."""
        del items
        return ()


class _Reader:
    def __init__(self) -> None:
        self._known: set[tuple[str, ...]] = set()
        self.steps = 0
        self.failed = 0

    def read(self, row: HeadedRow) -> Iterator[Item]:
        result = row.text(_RESULT).upper()
        if not row.text(_FIRST) and not result:
            self.steps += 1
            return
        if result in _FAILED:
            self.failed += 1
            return
        if result not in _SETTLED or row.text(_KIND).upper() not in _TAKEN:
            raise ValueError("what became of this bill is not known")
        said = tuple(map(row.text, _OF_BILL))
        if said in self._known:
            self.steps += 1
            return
        self._known.add(said)
        yield _bill(row)


def _bill(row: HeadedRow) -> Record:
    on, total = row.read(_DAY, iso_date), row.read(_TOTAL, ungrouped)
    said: tuple[tuple[str, Value | None], ...] = (
        ("sd:date", on),
        ("schema:startDate", row.read_or_none(_FIRST, iso_date)),
        ("schema:endDate", row.read_or_none(_LAST, iso_date)),
        ("sd:total", total),
        ("sd:taxTotal", row.read_or_none(_TAX, ungrouped)),
        ("sd:currency", row.read("Currency", currency)),
        ("sd:category", Code("leisure")),
        ("sd:counterpartyName", NETFLIX.name),
        ("sd:sourceLabel", row.text("Description") or None),
    )
    apart = f"{on.isoformat()} {row.text(_FIRST)} {total.normalize():f} {row.text('Description')}"
    return Record(
        kind="Invoice",
        key=Key(stable=apart),
        fields=tuple((name, value) for name, value in said if value is not None),
        on=on,
        locator=row.locator,
    )
