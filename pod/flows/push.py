"""A holder's deposit, from the signed request to the report of what was stored."""

import json
from functools import partial

from acl import Agent, Mode, Need, Refused, decide, permit
from pod.flows.body import bounded
from pod.flows.context import Pod
from pod.flows.document import graph_of
from pod.flows.outcome import Outcome, Pieces
from pod.flows.restitution import take_in
from pod.intake.delivery import Delivery
from pod.intake.digest import digests_of
from pod.intake.envelope import open_envelope
from pod.intake.verify import DEPOSITS, key_of, verify, verify_content
from pod.ldp.allow import allow_headers
from pod.ldp.links import discovery_links
from pod.model import Reply, Request
from pod.once import Mark
from pod.problems import Forbidden, Unauthenticated
from vocab.iri import ResourceIri
from vocab.places import IMPORTS


async def push(request: Request, pod: Pod, pieces: Pieces) -> Outcome:
    """Take in an export that a holder signed, if the owner lets that holder give data back.

    A holder is an agent like any other: what it may do here is what the access rules say.
    """
    server, now = pod.server, pod.server.now()
    envelope = open_envelope(request)
    _check_known(Agent(webid=envelope.holder), pod)
    key = key_of(await graph_of(envelope.profile, server), envelope.holder, envelope.keyid, now)
    # The signature first, over the digest that is stated; the body is taken in only then.
    agent = verify(envelope, key, envelope.digests, now)
    limit = server.config.largest_export
    message = f"an export may have at most {limit // 2**20} MiB here; split it"
    content = await pod.store.receive(bounded(pieces, limit, message))
    verify_content(envelope, digests_of(content))
    mark = Mark(DEPOSITS, envelope.keyid, envelope.mark, envelope.created)
    if not server.identity.seen.first_use(mark, now):
        raise Unauthenticated("this deposit was sent before; sign it anew", "invalid_signature")
    delivery = Delivery(
        filename=envelope.filename,
        media_type=envelope.media_type,
        content=content,
        holder=envelope.holder,
    )
    found = await take_in(delivery, agent, pod)
    headers = (
        ("Content-Type", "application/json"),
        *allow_headers(request.target),
        *discovery_links(request.target),
    )
    # What a person has deleted of a holder's records is not told to the holder.
    told = {name: value for name, value in found.items() if name != "deleted"}
    body = json.dumps(told, ensure_ascii=False).encode()
    return Outcome(Reply(status=200, headers=headers, body=body))


def _check_known(claimed: Agent, pod: Pod) -> None:
    """Refuse whoever the owner did not accept, before anything is fetched on his word."""
    imports = ResourceIri(pod.store.storage, IMPORTS)
    acls = pod.store.snapshot().acls()
    try:
        permit((Need(Mode.APPEND, imports),), partial(decide, acls, agent=claimed))
    except Refused as refused:
        raise Forbidden("the owner of this pod has not accepted this holder") from refused
