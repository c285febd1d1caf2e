"""Grants at their own addresses: for the owner all of them, for everybody else her own."""

import json
from collections.abc import Mapping
from typing import Any

from acl import fewest_names
from pod.agreements import GRANTS, AccessGrant
from pod.consent.record import MEDIA_TYPE
from pod.consent.rules import iri_of
from pod.flows.answered import JSON, answered
from pod.flows.asker import is_of, is_owner, known_asker
from pod.flows.context import Pod
from pod.flows.outcome import Outcome, Pieces
from pod.http.negotiate import negotiate
from pod.jws import payload_of
from pod.model import Request
from pod.problems import NotAcceptable, NotFound
from pod.rdf.formats import Form, RdfFormat
from pod.rdf.serialise import convert, dumped

_WHY = "sign in to see what you were granted"
_RDF = tuple(syntax.media_type for syntax in RdfFormat if not syntax.has_graphs)
_OFFERS = (RdfFormat.JSON_LD.media_type, JSON, MEDIA_TYPE, *_RDF)


async def grants(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """The grants that an asker may see, in JSON, the latest first."""
    agent = await known_asker(request, pod, _WHY)
    if negotiate(request.headers.get("Accept"), (JSON,), JSON) is None:
        raise NotAcceptable(f"the list of grants comes as {JSON}")
    everything = is_owner(agent, pod)
    found = pod.store.snapshot().agreements.grants.all()
    storage = pod.store.storage
    listed = [told(one, storage) for one in found if everything or is_of(one, agent)]
    body = json.dumps({"grants": listed}, ensure_ascii=False).encode()
    return Outcome(answered(request, JSON, body))


async def grant(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """The consent record of a grant: as JOSE the bytes that were signed, else what they say."""
    agent = await known_asker(request, pod, _WHY)
    name = request.target.path.removeprefix(GRANTS)
    found = pod.store.snapshot().agreements.grants.find(id=name)
    # Who has nothing to do with it is not told whether there is one.
    if found is None or not (is_of(found, agent) or is_owner(agent, pod)):
        raise NotFound("there is no such grant that you may see")
    media_type = negotiate(request.headers.get("Accept"), _OFFERS, _OFFERS[0])
    if media_type is None:
        raise NotAcceptable(f"a consent record comes as {', '.join(_OFFERS)}")
    return Outcome(answered(request, media_type, _record(found, media_type, pod)))


def told(grant: AccessGrant, storage: str) -> Mapping[str, Any]:
    """A grant as JSON, without its record."""
    return {
        "id": grant.id,
        "grant": iri_of(grant, storage),
        "agent": grant.agent,
        "client": grant.client,
        "purpose": grant.purpose,
        "sentence": grant.sentence,
        "items": [
            {
                "resource": storage + item.path,
                "modes": [*fewest_names(item.modes)],
                "category": item.category,
            }
            for item in grant.items
        ],
        "since": grant.since.isoformat(),
        "until": None if grant.until is None else grant.until.isoformat(),
        "retention": grant.retention,
        "terms": grant.terms,
        "state": grant.state.value,
    }


def _record(grant: AccessGrant, media_type: str, pod: Pod) -> bytes:
    if media_type == MEDIA_TYPE:
        return grant.record.encode()
    text = dumped(dict(payload_of(grant.record)))
    if media_type in {JSON, RdfFormat.JSON_LD.media_type}:
        return text
    form = Form(RdfFormat(media_type))
    return convert(text, RdfFormat.JSON_LD, form, iri_of(grant, pod.store.storage))
