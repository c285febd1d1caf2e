"""Asking an app to erase what has left under a grant, and following whether it has."""

import json
from dataclasses import replace

from pod.agreements import AccessGrant, ErasureRequest, ErasureState
from pod.consent.bilingual import Bilingual
from pod.consent.erasure import MEDIA_TYPE, departed, due_after, letter, message
from pod.consent.rules import iri_of
from pod.flows.consent.standing import grant_of, note
from pod.flows.context import Pod
from pod.flows.journal import settled
from pod.flows.post import post_to
from pod.problems import Conflict, NotFound
from pod.store.port import Transaction

ID_BYTES = 24  # who knows the id may answer


async def erase(name: str, pod: Pod) -> tuple[ErasureRequest, Bilingual]:
    """Ask for what has left under the grant of an id to be erased within a month; one that was
    asked already stays as it is. The request, and a letter with the same for whoever has no inbox.

    Raises NotFound.
    """
    await settled(pod)
    request, grant, inbox = await pod.store.write(lambda tx: _ask(tx, name, pod))
    storage, owner = pod.store.storage, pod.store.identity.owner
    if request.inbox is None and inbox is not None:
        body = message(request, grant, storage, owner)
        if await post_to(inbox, MEDIA_TYPE, body, pod):
            request = replace(request, inbox=inbox)
            await pod.store.write(lambda tx: _note_sent(tx, request.id, inbox))
    return request, letter(request, grant, storage)


async def answer(name: str, state: ErasureState, text: str | None, pod: Pod) -> ErasureRequest:
    """What an asker answers to the request of an id. Raises NotFound; Conflict where it has."""

    def work(tx: Transaction) -> ErasureRequest:
        found = tx.agreements.erasures.find(id=name)
        if found is None:
            raise NotFound("there is no such request")
        if found.state is not ErasureState.ASKED:
            raise Conflict("this request was answered already")
        answered = replace(found, state=state, answered=pod.server.second, answer=text)
        tx.agreements.erasures.put(answered)
        return answered

    return await pod.store.write(work)


def erasures_of(pod: Pod) -> tuple[ErasureRequest, ...]:
    """All requests to erase, the latest first; see `ErasureRequest.is_overdue`."""
    return tuple(pod.store.snapshot().agreements.erasures.all())


def _ask(tx: Transaction, name: str, pod: Pod) -> tuple[ErasureRequest, AccessGrant, str | None]:
    grant = grant_of(tx, name)
    asked = None if grant.request is None else tx.agreements.requests.find(id=grant.request)
    inbox = None if asked is None else asked.inbox
    for known in tx.agreements.erasures.all(agent=grant.agent, client=grant.client):
        if known.access_grant == grant.id:
            return known, grant, inbox
    now = pod.server.second
    left = departed(tx.agreements.entries(iri_of(grant, pod.store.storage)))
    request = ErasureRequest(
        id=pod.server.random_name(ID_BYTES),
        access_grant=grant.id,
        agent=grant.agent,
        client=grant.client,
        departed=json.dumps(left),
        inbox=None,
        state=ErasureState.ASKED,
        created=now,
        due=due_after(now),
    )
    tx.agreements.erasures.put(request)
    note(tx, "ERASE", grant, pod)
    return request, grant, inbox


def _note_sent(tx: Transaction, name: str, inbox: str) -> None:
    found = tx.agreements.erasures.find(id=name)
    if found is not None:
        tx.agreements.erasures.put(replace(found, inbox=inbox))
