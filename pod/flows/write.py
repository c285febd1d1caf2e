"""PUT, POST and DELETE, from the request to the reply."""

from base64 import b32encode
from dataclasses import replace
from functools import partial

from acl import Agent, Grant, Need, all_groups, decide, groups_of, permit
from pod.flows.authenticate import authenticate, with_memberships
from pod.flows.context import Pod
from pod.flows.journal import entry_of
from pod.flows.outcome import Outcome, Pieces
from pod.http.preconditions import check_preconditions
from pod.ldp.change import EFFECTS
from pod.ldp.facts import Facts, State, facts_about
from pod.ldp.needs import needs_of
from pod.ldp.operation import must_be_read, read_operation
from pod.ldp.represent import validators
from pod.ldp.written import written
from pod.model import Reply, Request
from pod.store.port import Transaction


async def write(request: Request, pod: Pod, pieces: Pieces) -> Outcome:
    """Carry a write out, whole or not at all."""
    agent = await authenticate(request, pod.server)
    snapshot = pod.store.snapshot()
    if all_groups(snapshot.acls()):
        touched = (need.on for need in _needed(request, snapshot)[0])
        agent = await with_memberships(agent, groups_of(snapshot.acls(), *touched), pod)
    # Only who may write is told what is wrong with a body, and has a large one taken in. What
    # counts is decided again below, on what is there then.
    _permitted(request, agent, pod.store.snapshot())
    request = replace(request, body=await pod.store.receive(pieces))
    text = pod.store.snapshot().read(request.body) if must_be_read(request) else None
    operation = read_operation(request, text)
    now, fresh = pod.server.now(), b32encode(pod.server.random(10)).decode().lower()

    def work(tx: Transaction) -> Reply:
        grant, facts = _permitted(request, agent, tx, fresh)
        there = None if facts.before is None else validators(facts.before, None)
        check_preconditions(request.method, request.headers, there)
        changes = EFFECTS[request.method](operation, facts, now)
        after = [tx.apply(change, grant) for change in changes]
        empty = facts.empty and request.method != "POST"
        reply = written(request.target, changes[-1], after[-1], empty=empty)
        tx.note(entry_of(request, grant, reply.status, now))
        return reply

    return Outcome(await pod.store.write(work))


def _needed(request: Request, state: State, fresh: str = "") -> tuple[tuple[Need, ...], Facts]:
    facts = facts_about(request.method, request.target, state, fresh)
    exists = facts.before is not None
    needs = needs_of(request.method, request.target, exists=exists, missing=facts.missing)
    return needs, facts


def _permitted(
    request: Request, agent: Agent, state: State, fresh: str = ""
) -> tuple[Grant, Facts]:
    needs, facts = _needed(request, state, fresh)
    return permit(needs, partial(decide, state.acls(), agent=agent)), facts
