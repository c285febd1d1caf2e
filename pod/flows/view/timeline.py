"""A month or a year of everything, or of what one organisation has to do with."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Final
from urllib.parse import urlsplit

from pod.flows.context import Pod
from pod.flows.doings import doings_of
from pod.flows.organisations import holders_of
from pod.flows.rows import Asking, asking
from pod.insight.held import Source
from pod.insight.provenance import narrowest
from pod.insight.query import Iri, query
from pod.insight.rows import Row, day, number
from pod.insight.timeline import Count, Item, Period, read_period
from pod.problems import NotFound
from pod.store.doings import Alike
from vocab.glossary import broader, glossary
from vocab.iri import ResourceIri
from vocab.names import SD
from vocab.places import DATA

LINES: Final = 50
"""How many records a page lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What is in a period: records counted by day, some of them, and of one organisation the days
    on which it gave data and on which it read. `first` and `last` are the days of all there is.
    """

    period: Period
    first: date | None
    last: date | None
    counts: tuple[Count, ...]
    items: tuple[Item, ...]
    has_more: bool
    given: tuple[date, ...]
    read: tuple[date, ...]
    sources: Mapping[str, Source]


async def timeline(when: str, holder: str, page: int, pod: Pod) -> Timeline:
    """A period that a text names, else the last month that has anything. Raises NotFound."""
    async with asking(pod) as her:
        return await _timeline(when, holder, page, her)


async def _timeline(when: str, holder: str, page: int, her: Asking) -> Timeline:
    pod = her.pod
    spans, known = await her.rows(query("span")), await holders_of(her)
    if holder and holder not in {row["holder"] for row in spans} | known.keys():
        raise NotFound("nothing in this space is from this organisation")
    mine = [row for row in spans if holder in {"", row["holder"]}]
    today = pod.server.now().date()
    last = max((found for row in mine if (found := day(row, "last"))), default=None)
    period = read_period(when, min(last or today, today))
    counts = await her.rows(asked(period, holder, pod))
    listed = tuple(_items(await her.rows(_listed(period, holder, page)), pod))
    return Timeline(
        period=period,
        first=min((found for row in mine if (found := day(row, "first"))), default=None),
        last=last,
        counts=tuple(_counts(counts)),
        items=listed[:LINES],
        has_more=len(listed) > LINES,
        given=await _given(period, holder, her),
        read=await _read(period, holder, pod),
        sources=known,
    )


def asked(period: Period, holder: str, pod: Pod) -> str:
    """The query of how much is on each day."""
    data = str(ResourceIri(pod.store.storage, DATA))
    return query("timeline_days", since=period.since, until=period.until, holder=holder, data=data)


def _listed(period: Period, holder: str, page: int) -> str:
    return query(
        "timeline",
        since=period.since,
        until=period.until,
        holder=holder,
        limit=LINES + 1,
        offset=page * LINES,
    )


async def _given(period: Period, holder: str, her: Asking) -> tuple[date, ...]:
    """The days on which an organisation gave data."""
    if not holder:
        return ()
    span = {"since": period.since.isoformat(), "until": period.until.isoformat()}
    try:
        text = query("given", holder=Iri(holder), **span)
    except ValueError as error:
        raise NotFound("nothing in this space is from this organisation") from error
    found = (day(row, "at") for row in await her.rows(text))
    return tuple(sorted({one for one in found if one is not None}))


async def _read(period: Period, holder: str, pod: Pod) -> tuple[date, ...]:
    """The days on which an organisation, or somebody at its host, read anything."""
    if not holder:
        return ()
    since = datetime.combine(period.since, time(), UTC)
    until = datetime.combine(period.until, time(), UTC)
    found = await doings_of(pod, Alike.LINE, since, until)
    # On this server many have their addresses, so that here the host tells nobody.
    host = urlsplit(holder).netloc
    host = "" if host == urlsplit(pod.server.base).netloc else host
    days = {
        one.entry.time.date()
        for one in found
        for who in (one.entry.agent, one.entry.client)
        if who and (who == holder or (host and urlsplit(who).netloc == host))
    }
    return tuple(sorted(days))


def _counts(found: Collection[Row]) -> Iterator[Count]:
    """What is of a class and of a narrower one on a day counts as the narrower one."""
    above = {iri: broader(glossary(), iri) for iri in {row["class"] for row in found}}
    for (container, on), group in groupby(sorted(found, key=_where), key=_where):
        counts = {row["class"]: int(row["count"]) for row in group}
        for iri, count in counts.items():
            own = count - sum(more for other, more in counts.items() if iri in above[other])
            if own > 0:
                yield Count(
                    day=date.fromisoformat(on),
                    kind=iri.removeprefix(SD.NS),
                    container=container,
                    count=own,
                )


def _where(row: Row) -> tuple[str, str]:
    return row["container"], row["day"]


def _items(found: Iterable[Row], pod: Pod) -> Iterator[Item]:
    """Each record once, the newest first."""
    data = str(ResourceIri(pod.store.storage, DATA))
    ordered = sorted(found, key=lambda row: row["it"])
    items = []
    for iri, group in groupby(ordered, key=lambda row: row["it"]):
        several = tuple(group)
        first = several[0]
        items.append(
            Item(
                iri=iri,
                day=date.fromisoformat(first["day"]),
                kind=narrowest(row["class"] for row in several) or "Record",
                container=iri.removeprefix(data).partition("/")[0],
                holder=first["holder"],
                label=first.get("label", ""),
                sort=first.get("sort", ""),
                amount=number(first, "amount"),
                unit=first.get("unit", ""),
            )
        )
    yield from sorted(items, key=lambda one: one.day, reverse=True)
