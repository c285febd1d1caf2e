"""Asking for access: POST to the access requests of a storage, by whoever is signed in.

Nothing that is asked for is looked at: who asks is never told whether it is there.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from acl import Agent
from pod.account.throttle import network_of
from pod.agreements import REQUESTS, AccessRequest, RequestState
from pod.consent.access_request import (
    PATIENCE,
    came_to_nothing,
    check_askable,
    is_open,
    now_at,
)
from pod.consent.asking import LONGEST, Asking, read_object, read_plain
from pod.consent.manifest import Manifest, read_manifest, why_not
from pod.consent.odrl import is_lws, read_request
from pod.consent.telling import notice, notice_path
from pod.consent.terms import check_fits
from pod.flows.authenticate import authenticate
from pod.flows.body import whole
from pod.flows.consent.give import check_item
from pod.flows.consent.myterms import check_terms
from pod.flows.consent.requests import shown
from pod.flows.consent.standing import put_document
from pod.flows.context import Pod
from pod.flows.journal import line
from pod.flows.oidc.apps import said_by
from pod.flows.outcome import Outcome, Pieces
from pod.model import Request
from pod.oidc.client_document import is_document_address
from pod.problems import (
    Conflict,
    Forbidden,
    TooMany,
    Unauthenticated,
    Unprocessable,
)
from pod.store.port import Transaction
from vocab.iri import ResourceIri

MOST_OF_ASKER = 5  # requests of one that are open
MOST_OPEN = 100  # of all, in one pod
MOST_KEPT = 300
_ID_BYTES = 12


async def ask(request: Request, pod: Pod, pieces: Pieces) -> Outcome:
    """Keep a request for access until the person answers it. The answer has its address."""
    agent = await authenticate(request, pod.server)
    if agent.webid is None:
        raise Unauthenticated("sign in to ask for access: the person has to know who asks")
    _check_pace(agent, request, pod)
    said = read_object(request.headers.get("Content-Type"), await whole(pieces, LONGEST))
    asked = await _asked(_read(said, pod), agent, pod)
    made = await pod.store.write(lambda tx: _keep(tx, asked, agent, pod))
    where = ("Location", f"{pod.store.storage}{REQUESTS}/{made.id}")
    return Outcome(shown(request, made, pod, where, status=201))


def _read(said: Mapping[str, Any], pod: Pod) -> Asking:
    if is_lws(said):
        return read_request(said, pod.store.storage, pod.server.second)
    return read_plain(said, pod.store.storage)


def _check_pace(agent: Agent, request: Request, pod: Pod) -> None:
    askings, now = pod.server.throttles.askings, pod.server.now()
    for who in (_asker(agent.webid, agent.client, pod), network_of(request.peer)):
        wait = askings.take(f"{who} {pod.store.name}", now)
        if wait is not None:
            raise TooMany("you have asked for access too often; wait a while", wait)


def _asker(agent: str | None, client: str | None, pod: Pod) -> str:
    """Who counts as one: each app that acts for the person, as all have her WebID; anybody else
    has her own, through however many apps.
    """
    return f"{agent} {client}" if agent in pod.store.identity.owners else f"{agent}"


async def _asked(asking: Asking, agent: Agent, pod: Pod) -> AccessRequest:
    client = _client(asking, agent, pod)
    text = await _said(client, asking, agent, pod)
    manifest = read_manifest(text)
    use = manifest.use_for(asking.purpose)
    now = pod.server.second
    asked = AccessRequest(
        id=pod.server.random_name(_ID_BYTES),
        agent=agent.webid or "",
        client=client,
        purpose=asking.purpose,
        sentence=asking.sentence or (use.sentence.fr if use and use.sentence else ""),
        required=asking.required,
        optional=asking.optional,
        days=asking.days,
        retention=asking.retention or (use.retention if use else None),
        terms=None,
        manifest=text,
        inbox=asking.inbox,
        state=RequestState.WAITING,
        created=now,
        lapses=now + PATIENCE,
        ends=asking.ends,
    )
    for item in (*asked.required, *asked.optional):
        check_item(item, pod)
    check_askable(asked)
    return _under_terms(asked, agent, manifest, pod)


def _client(asking: Asking, agent: Agent, pod: Pod) -> str | None:
    """The app that access would be given through. Raises Forbidden for what is another's."""
    if asking.agent not in {None, agent.webid}:
        raise Forbidden("ask for yourself: `agent` has to be the WebID that is signed in")
    if asking.client not in {None, agent.client}:
        raise Forbidden("ask for yourself: `client` has to be the app that is signed in")
    # An app that acts for the person is known by its client id alone.
    return agent.client if agent.webid in pod.store.identity.owners else asking.client


async def _said(client: str | None, asking: Asking, agent: Agent, pod: Pod) -> str | None:
    """What an app says of itself in its document, and who asks through none in the request, if it
    likes: somebody who asks for herself is known by her WebID. Raises Unprocessable for too little.
    """
    # CON-09: "app without controller identity refused".
    ours = f"{pod.server.base}.oidc/"  # who made credentials here asks for herself
    has_document = (
        client is not None and is_document_address(client) and not client.startswith(ours)
    )
    if not has_document and agent.webid not in pod.store.identity.owners:
        if asking.manifest is not None:
            _check_named(asking.manifest, asking.purpose, "in `manifest`")
        return asking.manifest
    if asking.manifest is not None:
        raise Unprocessable(
            "leave out `manifest`: an app says this in the document that is its client id"
        )
    text = None if client is None else await said_by(client, pod.server)
    if has_document and text is None:
        raise Unprocessable(
            "the document that is your client id cannot be had; see that it is there"
        )
    _check_named(text, asking.purpose, "in your client id document")
    return text


def _check_named(said: str | None, purpose: str, where: str) -> None:
    why = why_not(read_manifest(said), purpose, where=where)
    if why is not None:
        raise Unprocessable(why)


def _under_terms(asked: AccessRequest, agent: Agent, manifest: Manifest, pod: Pod) -> AccessRequest:
    """The request under the person's terms that its asker has accepted. Raises Forbidden, which
    says where they are, and Unprocessable for what they forbid.
    """
    agreement = check_terms(agent, pod, by_request=True)
    if agreement is not None:
        check_fits(agreement, asked.purpose, asked.retention, manifest)
    return replace(asked, terms=None if agreement is None else agreement.id)


def _keep(tx: Transaction, asked: AccessRequest, agent: Agent, pod: Pod) -> AccessRequest:
    now, requests = pod.server.second, tx.agreements.requests
    kept = [now_at(one, now) for one in requests.all()]
    waiting = [one for one in kept if is_open(one)]
    if len(waiting) >= MOST_OPEN:
        raise Conflict("too much waits for the person already; ask again later")
    asker = _asker(asked.agent, asked.client, pod)
    if sum(_asker(one.agent, one.client, pod) == asker for one in waiting) >= MOST_OF_ASKER:
        raise Conflict(f"wait for her answers: you have asked {MOST_OF_ASKER} times")
    _forget(tx, kept)
    requests.put(asked)
    said = notice(asked, pod.store.storage, pod.store.identity.owner)
    put_document(tx, notice_path(asked), said, pod)
    target = ResourceIri(pod.store.storage, f"{REQUESTS}/{asked.id}")
    tx.note(line(agent, "ASK", target, "", pod.server.now()))
    return asked


def _forget(tx: Transaction, kept: list[AccessRequest]) -> None:
    """Make room for one more: the oldest of what came to nothing, and was not reported, goes."""
    nothing = [one for one in kept if came_to_nothing(one)]
    for one in nothing[max(0, MOST_KEPT - 1 - len(kept) + len(nothing)) :]:
        tx.agreements.requests.remove(id=one.id)
