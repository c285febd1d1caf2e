"""The numbers of a category over time: its days, or the half hours of its curves."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from pod.flows.context import Pod
from pod.flows.rows import Asking
from pod.flows.view.category import Wanted, about
from pod.insight.curves import Chunk, month_of
from pod.insight.measures import measure_of
from pod.insight.query import Iri, query
from pod.insight.rows import Row, day, number
from pod.insight.series import Day, after
from vocab.names import SD, SDC

_EURO = "EUR"


def asked(wanted: Wanted, pod: Pod) -> str:
    """The query of what a category comes to on each day."""
    measure = measure_of(wanted.kind.name)
    filled = about(wanted, pod)
    del filled["usual"]
    # Each record has one holder: of those that are counted, that is what there is to count.
    field, split = Iri(measure.field or SD.holder), Iri(measure.part or SD.holder)
    return query("series", **filled, field=field, split=split)


async def days(wanted: Wanted, her: Asking) -> tuple[tuple[str, ...], tuple[Day, ...]]:
    """The currencies of the records, that of most first, and what those of the first come to on
    each day; no currency where they have none.

    What is in other currencies is left out: sums of them would say nothing. Raises Unavailable.
    """
    measure = measure_of(wanted.kind.name)
    found = await her.rows(asked(wanted, her.pod))
    counts: dict[str, int] = {}
    for row in found:
        currency = row.get("currency", _EURO if measure.unit == "€" else "")
        counts[currency] = counts.get(currency, 0) + int(row["count"])
    ordered = tuple(sorted(counts, key=lambda one: (-counts[one], one != _EURO, one)))
    is_money = measure.unit == "€"
    kept = [row for row in found if not is_money or row.get("currency", _EURO) == ordered[0]]
    return ordered if is_money else (), tuple(_days(kept, measure.field, measure.part))


async def chunks(wanted: Wanted, her: Asking) -> tuple[tuple[Chunk, ...], tuple[date, ...]]:
    """The chunks of the series of a container up to the month that is wanted, and the first days of
    the months that the first and the last of all begin in. Raises Unavailable.
    """
    within = about(wanted, her.pod)["within"]
    # By text: the day more is for offsets, and what is too much is not drawn.
    before = f"{after(wanted.month, 1) + timedelta(days=1)}" if wanted.month else "9999"
    found = await her.rows(query("curve", within=within, before=before))
    spans = {row[name] for row in found for name in ("first", "last")}
    months = tuple(sorted({month_of(datetime.fromisoformat(one)) for one in spans}))
    return tuple(
        Chunk(
            start=datetime.fromisoformat(row["start"]),
            step=row["step"],
            values=row["values"],
            is_estimated=row.get("quality") == SDC.estimated,
        )
        for row in found
    ), months


def _days(found: list[Row], field: str, part: str) -> Iterator[Day]:
    for row in found:
        on, count = day(row, "day"), int(row["count"])
        value = number(row, "sum") if field else Decimal(count)
        if on is not None and value is not None:
            yield Day(
                day=on,
                part=row.get("part", "") if part else "",
                count=count,
                value=value,
                estimated=int(row["estimated"]),
            )
