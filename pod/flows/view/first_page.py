"""What the first page tells of a pod: what is to decide, what is worth knowing, how fresh it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pod.agreements import AccessGrant, GrantState
from pod.consent.alerts import Alert
from pod.consent.deed import Kind, Who, has_left, kind_of, party_of
from pod.flows.consent.decide import waiting_in
from pod.flows.context import Pod
from pod.flows.doings import doings_of, recent_alerts
from pod.flows.organisations import givers_of
from pod.flows.rows import asking
from pod.flows.view.insights import everyday, insights
from pod.insight.insights import Insight, chosen
from pod.insight.organisations import Organisation, given_by
from pod.insight.worth import Counted, Worth, worth
from pod.model import Doing
from pod.store.doings import Alike

_EXPIRING: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPage:
    """`ending` are grants that end soon, the first first; `worth` is what the space was good for,
    and `done` are the first steps that show in it.
    """

    waiting: int
    alerts: tuple[Alert, ...]
    ending: tuple[AccessGrant, ...]
    organisations: tuple[Organisation, ...]
    insights: tuple[Insight, ...]
    worth: tuple[Worth, ...]
    done: frozenset[str]


async def first_page(pod: Pod) -> FirstPage:
    """Raises Unavailable."""
    now = pod.server.now()
    async with asking(pod) as her:
        known, organisations = await everyday(her), await givers_of(her)
    alerts = await recent_alerts(pod)
    doings = await doings_of(pod, Alike.CATEGORY, _month_of(now), now)
    found = tuple(insights(known, now.date()))
    grants = pod.store.snapshot().agreements.grants.all()
    owners = pod.store.identity.owners
    return FirstPage(
        waiting=len(waiting_in(pod)),
        alerts=alerts,
        ending=_ending(grants, now),
        organisations=organisations,
        insights=chosen(found),
        worth=worth(_counted(organisations, grants, doings, owners), found),
        done=_done(organisations, grants, pod),
    )


def _month_of(now: datetime) -> datetime:
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _ending(grants: Iterable[AccessGrant], now: datetime) -> tuple[AccessGrant, ...]:
    ending = [
        (one.until, one.id, one)
        for one in grants
        if one.state is GrantState.ACTIVE and one.until and now < one.until <= now + _EXPIRING
    ]
    return tuple(one for *_, one in sorted(ending, key=lambda each: each[:2]))


def _counted(
    organisations: Iterable[Organisation],
    grants: Iterable[AccessGrant],
    doings: Iterable[Doing],
    owners: frozenset[str],
) -> Counted:
    """What others did counts by each line of the journal, and never what she did herself.

    Who has not said who that is reads only what she shows to everybody, and is refused all else.
    """
    every = [(party_of(one.entry.agent, one.entry.client, owners).who, one) for one in doings]
    others = [(who, one) for who, one in every if who is not Who.YOU]
    return Counted(
        records=sum(given_by(one) for one in organisations),
        stopped=sum(one.state is GrantState.STOPPED for one in grants),
        read=sum(
            one.times for who, one in others if has_left(one.entry) and who is not Who.STRANGER
        ),
        refused=sum(one.times for _, one in others if kind_of(one.entry) is Kind.REFUSED),
    )


def _done(
    organisations: tuple[Organisation, ...], grants: tuple[AccessGrant, ...], pod: Pod
) -> frozenset[str]:
    agreements = pod.store.snapshot().agreements
    shown = {
        "bring": bool(organisations),
        "terms": agreements.setting() is not None,
        "decide": bool(grants),
    }
    return frozenset(name for name, is_done in shown.items() if is_done)
