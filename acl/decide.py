"""The decision: which modes the effective ACL gives an agent (WAC §5).

`decide` answers for one resource and `readable` for all that share an ACL; both go through
`_modes`, so that a query can never see what a GET would refuse. Inside, modes are the bits of
`Mode` as plain integers: `decide` runs for each request, and arithmetic on flags is slow.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from acl.model import (
    OWN_PAGES,
    Access,
    AccessClass,
    AclIndex,
    Agent,
    Condition,
    ConditionKind,
    Grant,
    Mode,
    Need,
    Refused,
    Rule,
    Scope,
)
from vocab.iri import ResourceIri

_READ: Final = int(Mode.READ.value)
_WRITE: Final = int(Mode.WRITE.value)
_CONTROL: Final = int(Mode.CONTROL.value)
_NOWHERE: Final = AccessClass(None, "below")
_NO_GRANTS: Final[frozenset[str]] = frozenset()
_BY_BITS: Final = tuple(Mode(bits) for bits in range(16))

# WAC §5.3 #authorization-evaluation-context: a rule is evaluated "explicitly (via acl:accessTo)
# or inherited (via acl:default)", and never both for one resource.
_SCOPES: Final = {
    "own": Scope.ACCESS_TO,
    "below": Scope.DEFAULT,
    "own-acl": Scope.ACCESS_TO,
    "below-acl": Scope.DEFAULT,
}


def effective(acls: AclIndex, target: ResourceIri) -> ResourceIri | None:
    """The resource whose ACL is in force for the target; None when there is none up to the root."""
    return class_of(acls, target).source


def class_of(acls: AclIndex, target: ResourceIri) -> AccessClass:
    """The class of any resource of the storage: what is decided for one holds for its class."""
    # Solid Protocol §4.3.2 #server-description-resource-authorization: a description is under
    # the authorization of its subject; WAC §5.3.1: an ACL is under the Control of its subject.
    of_acl = False
    while target.is_auxiliary:
        of_acl = of_acl or target.is_acl
        target = target.subject
    its_class = _class(acls, target)
    return replace(its_class, scope=its_class.scope + "-acl") if of_acl else its_class


def _class(acls: AclIndex, target: ResourceIri) -> AccessClass:
    # WAC §5.1 #effective-acl-resource-algorithm: "If resource has an associated aclResource with
    # a representation, return aclResource. Otherwise, repeat the steps using the container
    # resource of resource."
    path = target.nearest(acls.classes)
    if path is None:
        return _NOWHERE
    own, below = acls.classes[path]
    return own if path == target.path else below


def classes(acls: AclIndex) -> tuple[AccessClass, ...]:
    """Every class that a resource of the storage can be in, ACL documents left out."""
    found = [its_class for pair in acls.classes.values() for its_class in pair]
    return (*found, *(() if "" in acls.classes else (_NOWHERE,)))


def decide(acls: AclIndex, target: ResourceIri, agent: Agent) -> Access:
    """What an agent may do. Who names no purpose and was granted but one asks for that one."""
    return _access(acls, target, with_purpose(acls, agent))


def _access(acls: AclIndex, target: ResourceIri, agent: Agent) -> Access:
    its_class = class_of(acls, target)
    granted, public, grants = _decided(acls, its_class, agent)
    return Access(
        target=target,
        agent=agent,
        modes=_BY_BITS[granted],
        public=_BY_BITS[public],
        source=its_class.source,
        grants=grants,
        edition=acls.edition,
    )


def decide_class(acls: AclIndex, its_class: AccessClass, agent: Agent) -> tuple[Mode, Mode]:
    """What the agent, and what everyone, may do to each resource of a class."""
    granted, public, _ = _decided(acls, its_class, with_purpose(acls, agent))
    return _BY_BITS[granted], _BY_BITS[public]


def grants_of(acls: AclIndex, among: Iterable[AccessClass], agent: Agent) -> frozenset[str]:
    """The grants that let an agent read what is in these classes, in part or whole."""
    agent = with_purpose(acls, agent)
    return frozenset().union(*(_decided(acls, its_class, agent)[2] for its_class in among))


def with_purpose(acls: AclIndex, agent: Agent) -> Agent:
    """The agent, asking for the one purpose that it was granted anything for, if it names none.

    So an app that has never heard of purposes gets what it was granted for its own; with two of
    them it has to say which, and gets nothing of either until it does.
    """
    if agent.purpose is not None or not acls.purposeful:
        return agent
    found = purposes_of(acls, agent)
    return replace(agent, purpose=found.pop()) if len(found) == 1 else agent


def purposes_of(acls: AclIndex, agent: Agent) -> set[str]:
    """The purposes that an agent was granted anything for, as far as its time has come."""
    found: set[str] = set()
    for name in (agent.webid, None):
        for rule in acls.purposeful.get(name, ()):
            others = tuple(c for c in rule.conditions if c.kind is not ConditionKind.PURPOSE)
            if _names(rule, agent) and _all_hold(others, agent):
                purposes = (c.values for c in rule.conditions if c.kind is ConditionKind.PURPOSE)
                found |= frozenset.intersection(*purposes)
    return found


def _decided(
    acls: AclIndex, its_class: AccessClass, agent: Agent
) -> tuple[int, int, frozenset[str]]:
    granted, public, grants = _modes(_rules(acls, its_class), _SCOPES[its_class.scope], agent)
    if not granted & _CONTROL and _has_owner_control(acls, agent):
        granted |= _CONTROL
    if its_class.scope.endswith("-acl"):
        granted, public = _on_acl(granted), _on_acl(public)
    return granted, public, grants


def readable(acls: AclIndex, among: Iterable[AccessClass], agent: Agent) -> frozenset[AccessClass]:
    """The classes whose resources the agent may read."""
    return frozenset(c for c in among if Mode.READ in decide_class(acls, c, agent)[0])


def permit(needs: Iterable[Need], access_to: Callable[[ResourceIri], Access]) -> Grant:
    """The one place where a request can be refused, and the only one that makes a Grant."""
    needs = tuple(needs)
    accesses = []
    for need in needs:
        access = access_to(need.on)
        if need.mode not in access.modes:
            raise Refused(need, access)
        accesses.append(access)
    return Grant(tuple(accesses), needs)


def groups_of(acls: AclIndex, *targets: ResourceIri) -> frozenset[str]:
    """The groups whose members must be known before deciding on some targets."""
    if not acls.groups:
        return acls.groups
    return frozenset().union(*(rule.all_groups for rule in _deciding(acls, targets)))


def all_groups(acls: AclIndex) -> frozenset[str]:
    """The groups whose members must be known before deciding on every class."""
    return acls.groups


def _deciding(acls: AclIndex, targets: Iterable[ResourceIri]) -> Iterator[Rule]:
    for its_class in {class_of(acls, target) for target in targets}:
        scope = _SCOPES[its_class.scope]
        yield from (rule for rule in _rules(acls, its_class) if rule.scope is scope)
    # Those that may let the owner back in.
    for rule in _root_rules(acls):
        if rule.scope is Scope.ACCESS_TO and Mode.CONTROL in rule.modes:
            yield rule


def _rules(acls: AclIndex, its_class: AccessClass) -> tuple[Rule, ...]:
    return () if its_class.source is None else acls.rules.get(its_class.source, ())


def _root_rules(acls: AclIndex) -> tuple[Rule, ...]:
    root = acls.classes.get("")
    return () if root is None else _rules(acls, root[0])


def _has_owner_control(acls: AclIndex, agent: Agent) -> bool:
    # Solid Protocol §4.1 #server-storage-track-owner and WAC §4.2 #loss-of-control-mitigation:
    # owners implicitly control all resources of their storage, so that no ACL locks them out.
    # On the server's own pages, and at her own machine, the owner gets in always. An app that acts
    # for her is let back in only where the root's own ACL lets this very app, with the issuer
    # that vouches for her, control the root: else every app she signs in to could change rules
    # that leave it out.
    if agent.webid not in acls.owners:
        return False
    if agent.client is None or agent.client == OWN_PAGES:
        return True
    return bool(_modes(_root_rules(acls), Scope.ACCESS_TO, agent)[0] & _CONTROL)


def _on_acl(bits: int) -> int:
    # WAC §5.3.1 #server-control-operation: "When an operation requests to read and write an ACL
    # resource, the server MUST match an Authorization allowing the acl:Control access privilege
    # on the resource" that the ACL is for. An ACL resource has no ACL: no Control on it.
    return _READ | _WRITE if bits & _CONTROL else 0


def _modes(rules: Iterable[Rule], scope: Scope, agent: Agent) -> tuple[int, int, frozenset[str]]:
    """The bits that the rules of a scope give an agent, those that they give to everyone, and the
    grants that the first come from.
    """
    granted, public, grants = 0, 0, _NO_GRANTS
    for rule in rules:
        if rule.scope is not scope:
            continue
        if rule.public and _anyhow(rule.conditions):
            public |= rule.modes._value_
        elif _names(rule, agent) and _all_hold(rule.conditions, agent):
            granted |= rule.modes._value_
            if rule.grant is not None:
                grants |= {rule.grant}
    return granted | public, public, grants


def _anyhow(conditions: tuple[Condition, ...]) -> bool:
    return not conditions or all(condition.anyone for condition in conditions)


def _all_hold(conditions: tuple[Condition, ...], agent: Agent) -> bool:
    # WAC §5.3.2 #server-condition-evaluation-conjunctive: "MUST match an Authorization only when
    # all such conditions are satisfied".
    return not conditions or all(_holds(condition, agent) for condition in conditions)


def _names(rule: Rule, agent: Agent) -> bool:
    # WAC §4.3 #access-subjects. Origins name nobody: they say from which web origins those who
    # are named may come, and all origins are trusted (§5.3.3 #trusted-origins).
    if rule.public:
        return True
    if agent.webid is None:
        return False
    return (
        rule.authenticated
        or agent.webid in rule.agents
        or _is_member(rule.groups, agent.webid, agent)
    )


def _holds(condition: Condition, agent: Agent) -> bool:
    # WAC §4.4.1 #access-client-condition, #access-issuer-condition: a listed value, a member of a
    # group, or anything at all. Who has no client or issuer fits no list.
    if condition.anyone:
        return True
    value = _looked_at(condition.kind, agent)
    if value is None:
        return False
    return value in condition.values or _is_member(condition.groups, value, agent)


def _looked_at(kind: ConditionKind, agent: Agent) -> str | None:
    match kind:
        case ConditionKind.CLIENT:
            return agent.client
        case ConditionKind.ISSUER:
            return agent.issuer
        case ConditionKind.PURPOSE:
            return agent.purpose
        case ConditionKind.PERIOD:
            return None


def _is_member(groups: frozenset[str], member: str, agent: Agent) -> bool:
    # WAC §4.3 #acl-agentgroup: vcard:hasMember, looked up before deciding.
    return any((group, member) in agent.memberships for group in groups)
