"""PUT, POST, PATCH and DELETE, from the request to the reply."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from acl import Agent, Grant, Need, Refused, decide, groups_of, permit
from pod.flows.apart import LARGE
from pod.flows.authenticate import authenticate, with_memberships
from pod.flows.body import bounded
from pod.flows.context import Pod
from pod.flows.journal import entry_of
from pod.flows.outcome import Outcome, Pieces
from pod.http.preconditions import check_preconditions
from pod.ldp.change import EFFECTS
from pod.ldp.facts import Facts, State, facts_about, profile_of
from pod.ldp.inbox import LARGEST, TOO_LARGE, is_inbox
from pod.ldp.needs import needs_of, needs_of_unread_patch
from pod.ldp.operation import Operation, Patches, must_be_read, read_operation
from pod.ldp.profile import check_context, described, webids_in
from pod.ldp.represent import moved, validators
from pod.ldp.written import written
from pod.model import Reply, Request
from pod.problems import NotFound, Problem
from pod.rdf.formats import RdfFormat
from pod.rdf.n3_patch import read_n3_patch
from pod.rdf.patch import NO_PATCH, Patch
from pod.sparql.update import read_single_match, read_update
from pod.store.port import Transaction

# The fields of a request whose body may be more than it says, or is not as this server takes it.
_UNUSUAL = ("Expect", "Transfer-Encoding", "Content-Encoding")

PATCHES: Patches = {
    "text/n3": read_n3_patch,
    "application/sparql-update": read_update,
    "application/sparql-update-single-match": read_single_match,
}


async def write(request: Request, pod: Pod, pieces: Pieces) -> Outcome:
    """Carry a write out, whole or not at all."""
    agent = await authenticate(request, pod.server)
    if _is_costly(request, pod.server.config.memory_body):
        agent = await _admitted(request, agent, pod)
        pieces = _bounded(pieces, request, pod)
    request = replace(request, body=await pod.store.receive(pieces))
    operation = await _understood(request, agent, pod)
    try:
        reply = await _carried_out(request, operation, agent, pod)
    except NotFound as problem:
        return await _led_to_twin(request, agent, pod, problem)
    if described(request.target, webids_in(pod.store.storage, pod.store.identity.owners)):
        # What it says are inboxes changes what is said of other containers.
        pod.shown.clear()
        pod.repeated.clear()
    return Outcome(reply)


async def _carried_out(request: Request, operation: Operation, agent: Agent, pod: Pod) -> Reply:
    """The answer to a write that is done. Raises what its rules raise, and Refused."""
    now, fresh = pod.server.now(), pod.server.random(10).hex()

    def work_of(agent: Agent) -> Callable[[Transaction], Reply]:
        def work(tx: Transaction) -> Reply:
            grant, facts = _permitted(request, agent, tx, fresh, operation.patch)
            there = None if facts.before is None else validators(facts.before, None)
            check_preconditions(request.method, request.headers, there)
            changes = EFFECTS[request.method](operation, facts, now)
            before, after = facts.before, facts.before
            for change in changes:
                before, after = change.before, tx.apply(change, grant)
            empty = facts.empty and request.method != "POST"
            inbox = request.method == "POST" and is_inbox(request.target, facts.profile())
            reply = written(request.target, before, after, empty=empty, inbox=inbox)
            tx.note(entry_of(request, grant, reply.status, now))
            return reply

        return work

    try:
        return await pod.store.write(work_of(agent))
    except Refused:
        agent = await _as_member(request, agent, pod, operation.patch)
        return await pod.store.write(work_of(agent))


async def _led_to_twin(request: Request, agent: Agent, pod: Pod, problem: NotFound) -> Outcome:
    """The way to what is to be deleted, where only the slash at the end is wrong.

    Some clients take the slash off a container's address. Raises the problem where nothing is
    there either, or this agent may not delete it.
    """
    twin = request.target.twin
    if request.method != "DELETE" or twin is None:
        raise problem
    there = replace(request, target=twin)
    with suppress(Refused):
        agent = await _as_member(there, agent, pod)
        # Solid Protocol §3.1 #server-authorization-redirect: "Servers MUST authorize prior to this
        # optional redirect".
        grant, facts = _permitted(there, agent, pod.store.snapshot())
        if facts.before is not None:
            reply = moved(request, twin)
            return Outcome(reply, entry_of(request, grant, reply.status, pod.server.now()))
    raise problem


async def _understood(request: Request, agent: Agent, pod: Pod) -> Operation:
    """What a request asks for; raises what `read_operation` does."""
    text = pod.store.snapshot().read(request.body) if must_be_read(request) else None
    read = partial(read_operation, request, text, PATCHES)
    try:
        return await pod.server.apart.run(read) if _is_slow(request, text) else read()
    except Problem as problem:
        # Only who may write is told what is wrong with a body.
        await _admitted(request, agent, pod)
        profile = profile_of(request.target.storage, pod.store.snapshot())
        check_context(problem, request.target, profile)
        raise


def _is_slow(request: Request, text: bytes | None) -> bool:
    """Whether it takes long to read a body: RDF, or a patch, that is large."""
    sent = request.body if isinstance(request.body, bytes) else text
    if sent is None or len(sent) <= LARGE:
        return False
    kind = request.headers.get("Content-Type", "")
    return request.method == "PATCH" or RdfFormat.of(kind) is not None


def _is_costly(request: Request, memory_body: int) -> bool:
    """Whether a body is to be taken in only from somebody who may write."""
    if any(name in request.headers for name in _UNUSUAL):
        return True
    length = request.headers.get("Content-Length", "0")
    return not length.isdecimal() or int(length) > memory_body


def _bounded(pieces: Pieces, request: Request, pod: Pod) -> Pieces:
    """A body, no longer than may be taken in: what comes into an inbox may come from anybody."""
    target = request.target
    container = target if request.method == "POST" else target.parent
    profile = profile_of(target.storage, pod.store.snapshot())
    if container is None or not is_inbox(container, profile):
        return pieces
    return bounded(pieces, LARGEST, TOO_LARGE)


async def _admitted(request: Request, agent: Agent, pod: Pod) -> Agent:
    """The agent, who may do this as things are now. What counts is decided again in the write."""
    try:
        _check_unread(request, agent, pod.store.snapshot())
    except Refused:
        agent = await _as_member(request, agent, pod)
        _check_unread(request, agent, pod.store.snapshot())
    return agent


def _check_unread(request: Request, agent: Agent, state: State) -> None:
    """Raise Refused where a request is in any case, whatever its body holds."""
    if request.method == "PATCH":
        access_to = partial(decide, state.acls(), agent=agent)
        permit(needs_of_unread_patch(access_to(request.target)), access_to)
    else:
        _permitted(request, agent, state)


async def _as_member(request: Request, agent: Agent, pod: Pod, patch: Patch = NO_PATCH) -> Agent:
    """The agent with its memberships, looked up when it is refused without them.

    Raises Refused where no group could help.
    """
    state = pod.store.snapshot()
    needs, _ = _needed(request, state, patch=patch)
    groups = groups_of(state.acls(), *(need.on for need in needs))
    if not groups:
        permit(needs, partial(decide, state.acls(), agent=agent))
    del state  # a snapshot is not held while others are waited for
    return await with_memberships(agent, groups, pod)


def _needed(
    request: Request, state: State, fresh: str = "", patch: Patch = NO_PATCH
) -> tuple[tuple[Need, ...], Facts]:
    facts = facts_about(request.method, request.target, state, fresh)
    exists = facts.before is not None
    needs = needs_of(
        request.method, request.target, exists=exists, missing=facts.missing, patch=patch
    )
    return needs, facts


def _permitted(
    request: Request, agent: Agent, state: State, fresh: str = "", patch: Patch = NO_PATCH
) -> tuple[Grant, Facts]:
    needs, facts = _needed(request, state, fresh, patch)
    return permit(needs, partial(decide, state.acls(), agent=agent)), facts
