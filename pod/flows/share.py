"""Sharing at the owner's own machine: an ACL document gets a rule more, or loses what one had."""

from collections.abc import Callable, Iterable
from functools import partial

from acl import AclProblem, Mode, Rule, Scope, effective
from acl.compose import shared, withdrawn
from acl.rules import covering
from pod.flows.acl_documents import TURTLE, control, write_document
from pod.flows.context import Pod
from pod.flows.journal import line, words
from pod.flows.owner import owner_of
from pod.ldp.facts import facts_about
from pod.ldp.operation import Operation
from pod.ldp.put import put
from pod.problems import Conflict, Malformed
from pod.store.port import Transaction
from vocab.iri import ResourceIri
from vocab.places import DATA, HISTORY, IMPORTS

Text = Callable[[tuple[Rule, ...], ResourceIri, ResourceIri], str]
"""From the rules in force, the resource they are those of, and the target to its new document."""


async def share(path: str, rules: Iterable[Rule], pod: Pod) -> None:
    """Give what the rules say on a resource of the pod, and on all that it holds.

    A container that is not there yet is made. Raises Malformed, NotFound or Conflict.
    """
    target = _target(path, pod)
    added = tuple(one for rule in rules for one in covering(rule, target))
    await _rewrite(target, lambda rules, source, at: shared(rules, source, at, *added), pod)


async def unshare(path: str, agent: str | None, client: str | None, pod: Pod) -> None:
    """Take back what an agent, or a client, or the agent through the client, was given there."""
    target = _target(path, pod)
    await _rewrite(target, partial(withdrawn, agent=agent, client=client), pod)


async def accept(holder: str, domain: str, pod: Pod) -> None:
    """Let a holder give data of a domain back: it may add, and read nothing."""
    rule = Rule(scope=Scope.ACCESS_TO, modes=Mode.APPEND, agents=frozenset({holder}))
    for path in (f"{DATA}{domain}/", IMPORTS, HISTORY):
        await share(path, (rule,), pod)


def _target(path: str, pod: Pod) -> ResourceIri:
    try:
        return ResourceIri.parse(pod.store.storage, path.removeprefix("/"))
    except ValueError as error:
        raise Malformed(f"this path cannot be used: {error}") from error


async def _rewrite(target: ResourceIri, text: Text, pod: Pod) -> None:
    owner, now = owner_of(pod), pod.server.now()

    def work(tx: Transaction) -> None:
        grant = control(tx, target, pod)
        facts = facts_about("PUT", target, tx)
        if facts.before is None:
            for change in put(_nothing(target), facts, now):
                tx.apply(change, grant)
        acls = tx.acls()
        source = effective(acls, target)
        if source is None:
            raise Conflict("no access rules are in force there; write them first")
        write_document(tx, target, text(acls.rules[source], source, target), pod)
        tx.note(line(owner, "SHARE", target.acl, words(Mode.CONTROL), now))

    try:
        await pod.store.write(work)
    except AclProblem as problem:
        raise Malformed(str(problem)) from problem


def _nothing(target: ResourceIri) -> Operation:
    if not target.is_container:
        raise Conflict("there is nothing at this path to share")
    return Operation(method="PUT", target=target, media_type=TURTLE)
