"""What her space has been good for, in figures that each have their evidence (idea B30)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from pod.insight.insights import Insight

_FOUND: Final = frozenset({"debited_twice", "bill_beside_meter"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """One figure: what it is of, how much, and the page that its evidence is on.

    `unit` is "EUR", or "" for what is counted.
    """

    kind: str
    amount: Decimal
    evidence: str
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is counted: records that organisations gave, accesses that she stopped, answers that
    others read, and requests that were refused.
    """

    records: int = 0
    stopped: int = 0
    read: int = 0
    refused: int = 0


def worth(counted: Counted, found: Iterable[Insight]) -> tuple[Worth, ...]:
    """The figures that say something: nothing is told of what never happened, but for data that was
    read by others. That nobody read any is worth knowing.
    """
    return tuple(_worth(counted, [one for one in found if one.kind in _FOUND]))


def _worth(counted: Counted, odd: list[Insight]) -> Iterator[Worth]:
    if counted.records:
        yield Worth(kind="records", amount=Decimal(counted.records), evidence="organisations")
    if odd:
        yield Worth(kind="errors", amount=Decimal(len(odd)), evidence="recipes")
    twice = [one.figures["amount"].value for one in odd if one.kind == "debited_twice"]
    if twice:
        total = sum((value for value in twice if isinstance(value, Decimal)), Decimal())
        yield Worth(kind="twice", amount=total, evidence="suppliers", unit="EUR")
    if counted.stopped:
        yield Worth(kind="stopped", amount=Decimal(counted.stopped), evidence="apps")
    yield Worth(kind="read", amount=Decimal(counted.read), evidence="journal_out")
    if counted.refused:
        yield Worth(kind="refused", amount=Decimal(counted.refused), evidence="journal_refused")
