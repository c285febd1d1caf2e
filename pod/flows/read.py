"""GET and HEAD, from the request to the reply."""

from contextlib import suppress
from dataclasses import replace
from functools import partial

from acl import Agent, Grant, Mode, Need, Refused, decide, groups_of, permit
from pod.flows.apart import LARGE
from pod.flows.authenticate import authenticate, with_memberships
from pod.flows.context import Pod
from pod.flows.journal import entry_of, leaving
from pod.flows.outcome import Outcome, Pieces
from pod.ldp.links import owner_links
from pod.ldp.needs import needs_of
from pod.ldp.repeated import Answered
from pod.ldp.represent import (
    Shown,
    answer,
    choose,
    converted,
    is_read,
    moved,
    pieces_of,
    show,
)
from pod.model import Request, Resource, Unmade
from pod.problems import NotFound, Unavailable
from pod.rdf.formats import Form
from pod.store.port import View

NOTHING_HERE = "nothing is stored at this address"


async def read(request: Request, pod: Pod, _pieces: Pieces) -> Outcome:
    """The representation of the target, for somebody who may read it."""
    agent = await authenticate(request, pod.server)
    state = pod.store.view(request.target)
    if groups := groups_of(state.acls(), request.target):
        agent = await with_memberships(agent, groups, pod)
        state = pod.store.view(request.target)
    try:
        done = pod.repeated.find(request, agent, state)
        if done is None:
            done = await _answered(request, agent, state, pod)
    except NotFound:
        del state  # a snapshot is not held while others are waited for
        return await _redirected(request, agent, pod)
    return Outcome(done.reply, done.entry._replace(time=pod.server.now()))


async def _redirected(request: Request, agent: Agent, pod: Pod) -> Outcome:
    """The way to the twin of an address where nothing is, for who may read both.

    Raises NotFound where there is none for this agent.
    """
    target, twin = request.target, request.target.twin
    if twin is not None:
        groups = groups_of(pod.store.snapshot().acls(), target, twin)
        agent = await with_memberships(agent, groups, pod)
        state = pod.store.snapshot()
        # Solid Protocol §3.1 #server-authorization-redirect: "Servers MUST authorize prior to this
        # optional redirect".
        needs = (Need(Mode.READ, target), Need(Mode.READ, twin))
        with suppress(Refused):
            grant = permit(needs, partial(decide, state.acls(), agent=agent))
            if state.load(twin) is not None:
                reply = moved(request, twin)
                return Outcome(reply, entry_of(request, grant, reply.status, pod.server.now()))
    raise NotFound(NOTHING_HERE)


async def _answered(request: Request, agent: Agent, state: View, pod: Pod) -> Answered:
    found = state.load(request.target)
    needs = needs_of("GET", request.target, exists=found is not None)
    grant = permit(needs, partial(decide, state.acls(), agent=agent))
    if found is None:
        # HTTP-18: a 404 is for those who may read; everybody else was refused above.
        raise NotFound(NOTHING_HERE)
    form = choose(found, request.headers.get("Accept"))
    shown = await _shown(found, form, state, pod)
    reply = answer(request, shown, grant.on(request.target))
    if owners := owner_links(request.target, pod.store.identity.shown):
        reply = replace(reply, headers=(*reply.headers, *owners))
    if isinstance(reply.body, Unmade) and form is not None and request.method == "GET":
        make = partial(pieces_of, found, form, state)
        reply = replace(reply, body=pod.server.listings.find(reply.body.name, make))
    if not isinstance(reply.body, bytes):
        reply = replace(reply, allowed=partial(_may_still, grant, pod))
    entry = entry_of(request, grant, reply.status, pod.server.now())
    done = Answered(reply, grant, leaving(entry, request, reply, shown.said))
    pod.repeated.keep(request, state, done)
    return done


def _may_still(grant: Grant, pod: Pod) -> bool:
    """Whether what was granted is granted by the rules that hold now."""
    access = grant.accesses[0]
    try:
        acls = pod.store.view(access.target).acls()
    except Unavailable:  # the pod is gone, or is being closed
        return False
    return Mode.READ in decide(acls, access.target, access.agent).modes


async def _shown(found: Resource, form: Form | None, state: View, pod: Pod) -> Shown:
    """The representation of a resource: kept, or made; apart where that takes long."""
    made = None
    is_slow = found.size > LARGE and not found.iri.is_container and is_read(found, form)
    if is_slow and not pod.shown.has(found, form):
        work = partial(converted, found, form, state.read(found.content))
        made = await pod.server.apart.run(work)
    return pod.shown.find(found, form, partial(show, found, form, state, made))
