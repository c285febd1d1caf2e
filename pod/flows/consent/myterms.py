"""The owner's terms at their own address: what she offers, and the copies of what was accepted."""

import json
from dataclasses import replace

from acl import Agent
from pod.agreements import MYTERMS, TermsAgreement, TermsSetting
from pod.consent.record import MEDIA_TYPE
from pod.consent.terms import (
    PRESETS,
    TYPE,
    USUALLY,
    agreed,
    is_current,
    must_accept,
    offer_document,
    offers,
)
from pod.flows.answered import JSON, answered
from pod.flows.asker import is_owner, known_asker
from pod.flows.authenticate import authenticate
from pod.flows.body import whole
from pod.flows.context import Pod
from pod.flows.journal import line
from pod.flows.outcome import Outcome, Pieces
from pod.flows.owner import owner_of
from pod.ldp.allow import ACCEPTED_TERMS
from pod.model import Request
from pod.problems import Conflict, Forbidden, Malformed, NotFound, Unauthenticated
from pod.store.port import Transaction
from vocab.iri import ResourceIri

ID_BYTES = 12
MOST_OF_POD = 10_000
_LONGEST = 4096


async def my_terms(request: Request, pod: Pod, pieces: Pieces) -> Outcome:
    """GET shows everybody what she offers; POST accepts one of that, by its name and digest."""
    if request.method == "POST":
        return await _accepted(request, pod, await whole(pieces, _LONGEST))
    document = offer_document(pod.store.storage, setting_of(pod))
    body = json.dumps(document, ensure_ascii=False).encode()
    return Outcome(answered(request, JSON, body))


async def accepted_terms(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """The copy of an agreement, for the two sides of it."""
    agent = await known_asker(request, pod, "sign in to see what was agreed to")
    name = request.target.path.removeprefix(ACCEPTED_TERMS)
    found = pod.store.snapshot().agreements.terms.find(id=name)
    is_theirs = found is not None and (found.agent, found.client) == (agent.webid, agent.client)
    if found is None or not (is_theirs or is_owner(agent, pod)):
        raise NotFound("there is no such agreement that you may see")
    return Outcome(answered(request, MEDIA_TYPE, found.jws.encode()))


def setting_of(pod: Pod) -> TermsSetting:
    """Which of her terms the owner has chosen, or what holds for whoever has not."""
    return pod.store.snapshot().agreements.setting() or USUALLY


async def choose_terms(setting: TermsSetting, pod: Pod) -> None:
    """Offer other terms from now on; what was accepted before stays as it is. Raises Malformed."""
    if setting.preset not in PRESETS:
        raise Malformed(f"choose one of {', '.join(PRESETS)}")

    def work(tx: Transaction) -> None:
        tx.agreements.choose(setting)
        target = ResourceIri(pod.store.storage, MYTERMS)
        tx.note(line(owner_of(pod), "TERMS", target, "control", pod.server.now()))

    await pod.store.write(work)


def check_terms(asker: Agent, pod: Pod, *, by_request: bool) -> TermsAgreement | None:
    """The agreement that an asker has made to the terms that hold now; None where it needs none.

    Raises Forbidden, which says where the terms are, where it needs one and has none.
    """
    agreements = pod.store.snapshot().agreements
    setting = agreements.setting() or USUALLY
    made = (
        () if asker.webid is None else agreements.terms.all(agent=asker.webid, client=asker.client)
    )
    found = next((one for one in made if is_current(one, setting)), None)
    if found is None and must_accept(setting, by_request=by_request):
        raise Forbidden(f"accept the person's terms first, at {pod.store.storage}{MYTERMS}")
    return found


async def accept(asker: Agent, name: str, digest: str, pod: Pod) -> TermsAgreement:
    """The agreement of an asker to the terms of a name, which has to be word for word what is
    offered now; one that was made already stays as it is. Raises Conflict and Unauthenticated.
    """
    webid = asker.webid
    if webid is None:
        raise Unauthenticated("sign in to accept the person's terms")

    def work(tx: Transaction) -> TermsAgreement:
        setting = tx.agreements.setting() or USUALLY
        terms = next((one for one in offers(setting) if one.name == name), None)
        if terms is None or terms.digest != digest:
            raise Conflict("these terms are not offered, or not in these words; read them again")
        for made in tx.agreements.terms.all(agent=webid, client=asker.client):
            if (made.offer, made.digest) == (name, digest):
                return made
        if tx.agreements.terms.count() >= MOST_OF_POD:
            raise Conflict("there are too many agreements in this pod")
        agreement = TermsAgreement(
            id=pod.server.random_name(ID_BYTES),
            agent=webid,
            client=asker.client,
            offer=name,
            digest=digest,
            created=pod.server.second,
            jws="",
        )
        said = agreed(agreement, terms, pod.store.storage, pod.store.identity.owner)
        signed = replace(agreement, jws=pod.server.pods.notary.attest(said, TYPE))
        tx.agreements.terms.put(signed)
        target = ResourceIri(pod.store.storage, ACCEPTED_TERMS + signed.id)
        tx.note(line(asker, "ACCEPT", target, "append", pod.server.now()))
        return signed

    return await pod.store.write(work)


async def _accepted(request: Request, pod: Pod, body: bytes) -> Outcome:
    agent = await authenticate(request, pod.server)
    name, digest = _read(body)
    made = await accept(agent, name, digest, pod)
    where = ("Location", f"{pod.store.storage}{ACCEPTED_TERMS}{made.id}")
    return Outcome(answered(request, MEDIA_TYPE, made.jws.encode(), where, status=201))


def _read(body: bytes) -> tuple[str, str]:
    try:
        said = json.loads(body)
        name, digest = said["agreement"], said["sha256"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Malformed("say in JSON which `agreement` you accept, and its `sha256`") from error
    if not isinstance(name, str) or not isinstance(digest, str):
        raise Malformed("say in JSON which `agreement` you accept, and its `sha256`")
    return name, digest
