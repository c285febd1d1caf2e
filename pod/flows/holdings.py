"""What each app and organisation may do in a pod, what it has used, and what has left by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pod.agreements import AccessGrant, AccessRequest, ErasureRequest
from pod.consent.asked import sentence_of
from pod.consent.bilingual import Bilingual
from pod.consent.deed import Party, Who, party_of
from pod.consent.diet import Usage, diet, usage
from pod.consent.line import Line
from pod.consent.outflow import Left, covered_by, left_under, used_of
from pod.consent.record import leaves
from pod.consent.rules import iri_of
from pod.flows.consent.names import names_of
from pod.flows.consent.standing import live
from pod.flows.context import Pod
from pod.flows.doings import doings_of
from pod.flows.trust import trusted_by
from pod.model import Doing
from pod.store.doings import Alike

PAST = timedelta(days=2 * 365)
"""How long access that has ended is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A grant and what came of it. `used` is when it was used last, in UTC; `usage` is what was
    read beside what was granted, and `advice` says what of it is not used. `leaves` is whether data
    leave the space, None where the asker did not say; `sentence` is what it is for.
    """

    grant: AccessGrant
    sentence: Bilingual
    is_over: bool
    used: datetime | None
    left: Left | None
    leaves: bool | None
    usage: tuple[Usage, ...]
    advice: tuple[Line, ...]
    erasure: ErasureRequest | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What one party has: grants that are not over and that are, the latest first. `name` is what
    it calls itself, "" where that is not known.
    """

    party: Party
    name: str
    is_trusted: bool
    held: tuple[Held, ...]
    past: tuple[Held, ...]


async def holdings(pod: Pod) -> tuple[Holding, ...]:
    """What all have that the owner has given anything to, in the order of their addresses."""
    state, now = pod.store.snapshot(), pod.server.now()
    grants = [
        one
        for one in state.agreements.grants.all()
        if one in live((one,), now) or max(one.changed, one.until or one.changed) > now - PAST
    ]
    requests = {one.id: one for one in state.agreements.requests.all()}
    erasures = {one.access_grant: one for one in state.agreements.erasures.all()}
    trusted = trusted_by(state, pod)
    del state
    since = min((one.since for one in grants), default=now)
    doings = await doings_of(pod, Alike.GRANT, since, now)
    held = [
        _held(one, requests.get(one.request or ""), erasures.get(one.id), doings, pod)
        for one in grants
    ]
    return await _holdings(held, trusted, pod)


def _held(
    grant: AccessGrant,
    request: AccessRequest | None,
    erasure: ErasureRequest | None,
    doings: tuple[Doing, ...],
    pod: Pod,
) -> Held:
    name, now = iri_of(grant, pod.store.storage), pod.server.now()
    left = left_under(name, doings)
    is_over = not live((grant,), now)
    granted = covered_by(grant, request)
    read = used_of(left, granted)
    advice = diet(granted, read, since=grant.since, now=now)
    return Held(
        grant=grant,
        sentence=sentence_of(grant, request),
        is_over=is_over,
        used=max((one.entry.time for one in doings if name in one.entry.grants), default=None),
        left=left,
        leaves=leaves(grant.record),
        usage=usage(granted, read),
        advice=() if is_over else tuple(one.line for one in advice),
        erasure=erasure,
    )


async def _holdings(held: Iterable[Held], trusted: frozenset[str], pod: Pod) -> tuple[Holding, ...]:
    owners = pod.store.identity.owners
    found: dict[Party, list[Held]] = {Party(Who.APP, client): [] for client in trusted}
    for one in held:
        party = party_of(one.grant.agent, one.grant.client, owners)
        found.setdefault(party, []).append(one)
    names = await names_of([party.name for party in found], pod)
    return tuple(
        Holding(
            party=party,
            name=names.get(party.name, ""),
            is_trusted=party.name in trusted,
            held=tuple(one for one in found[party] if not one.is_over),
            past=tuple(one for one in found[party] if one.is_over),
        )
        for party in sorted(found, key=lambda party: party.name)
    )
