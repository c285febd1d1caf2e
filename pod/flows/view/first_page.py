"""What the first page tells of a pod: what is to decide, what is worth knowing, how fresh it is."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pod.agreements import AccessGrant, GrantState
from pod.consent.alerts import Alert
from pod.consent.deed import Kind, Who, kind_of, party_of
from pod.flows.consent.decide import waiting_in
from pod.flows.context import Pod
from pod.flows.doings import doings_of, recent_alerts
from pod.flows.organisations import organisations_of
from pod.flows.view.insights import everyday, insights
from pod.insight.insights import Insight
from pod.insight.organisations import Organisation
from pod.store.doings import Alike

_EXPIRING: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """What others did since the first of the month: how often they read, and were refused."""

    read: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPage:
    """`ending` are grants that end soon, the first first; `has_terms` is whether she chose hers."""

    waiting: int
    alerts: tuple[Alert, ...]
    ending: tuple[AccessGrant, ...]
    organisations: tuple[Organisation, ...]
    insights: tuple[Insight, ...]
    others: Others
    has_terms: bool


async def first_page(pod: Pod) -> FirstPage:
    """Raises Unavailable."""
    now = pod.server.now()
    known, organisations, alerts, others = await asyncio.gather(
        everyday(pod), organisations_of(pod), recent_alerts(pod), _others(pod, now)
    )
    return FirstPage(
        waiting=len(waiting_in(pod)),
        alerts=alerts,
        ending=_ending(pod, now),
        organisations=organisations,
        insights=insights(known, now.date()),
        others=others,
        has_terms=pod.store.snapshot().agreements.setting() is not None,
    )


def _ending(pod: Pod, now: datetime) -> tuple[AccessGrant, ...]:
    held = pod.store.snapshot().agreements.grants.all()
    ending = [
        (one.until, one.id, one)
        for one in held
        if one.state is GrantState.ACTIVE and one.until and now < one.until <= now + _EXPIRING
    ]
    return tuple(one for *_, one in sorted(ending, key=lambda each: each[:2]))


async def _others(pod: Pod, now: datetime) -> Others:
    """Of each answer that told somebody else than her something, and of each refusal."""
    since = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    owners = pod.store.identity.owners
    found = [
        one
        for one in await doings_of(pod, Alike.CATEGORY, since, now)
        if party_of(one.entry.agent, one.entry.client, owners).who is not Who.YOU
    ]
    return Others(
        read=sum(one.times for one in found if kind_of(one.entry) is Kind.OUT),
        refused=sum(one.times for one in found if kind_of(one.entry) is Kind.REFUSED),
    )
