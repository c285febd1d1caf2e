"""GET and HEAD, from the request to the reply."""

from dataclasses import replace
from functools import partial

from acl import Agent, decide, groups_of, permit
from pod.flows.authenticate import authenticate, with_memberships
from pod.flows.context import Pod
from pod.flows.journal import entry_of
from pod.flows.outcome import Outcome, Pieces
from pod.ldp.links import owner_links
from pod.ldp.needs import needs_of
from pod.ldp.repeated import Answered
from pod.ldp.represent import answer, choose, pieces_of, show
from pod.model import Request, Unmade
from pod.problems import NotFound
from pod.store.port import View


async def read(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """The representation of the target, for somebody who may read it."""
    agent = await authenticate(request, pod.server)
    state = pod.store.view(request.target)
    if groups := groups_of(state.acls(), request.target):
        agent = await with_memberships(agent, groups, pod)
        state = pod.store.view(request.target)
    done = pod.repeated.find(request, agent, state) or _answered(request, agent, state, pod)
    entry = entry_of(request, done.grant, done.reply.status, pod.server.now())
    return Outcome(done.reply, entry)


def _answered(request: Request, agent: Agent, state: View, pod: Pod) -> Answered:
    found = state.load(request.target)
    needs = needs_of("GET", request.target, exists=found is not None)
    grant = permit(needs, partial(decide, state.acls(), agent=agent))
    if found is None:
        # HTTP-18: a 404 is for those who may read; everybody else was refused above.
        raise NotFound("nothing is stored at this address")
    form = choose(found, request.headers.get("Accept"))
    shown = pod.shown.find(found, form, partial(show, found, form, state))
    reply = answer(request, shown, grant.on(request.target))
    if owners := owner_links(request.target, pod.store.identity.shown):
        reply = replace(reply, headers=(*reply.headers, *owners))
    if isinstance(reply.body, Unmade) and form is not None and request.method == "GET":
        make = partial(pieces_of, found, form, state)
        reply = replace(reply, body=pod.server.listings.find(reply.body.name, make))
    done = Answered(reply, grant)
    pod.repeated.keep(request, state, done)
    return done
