"""The ACL documents that we write: for a new pod, and when its owner shares or takes back.

Turtle with one fixed header, the same for the same rules. IRIs of the storage are relative, so
that a pod can move; a client that is no IRI is a literal.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Final

from acl.model import OWN_PAGES, AclProblem, Condition, ConditionKind, Mode, Rule, Scope
from acl.modes import fewest_names
from acl.rules import covering, in_force, ordered, without
from vocab.graph import Literal, NamedNode
from vocab.iri import ResourceIri
from vocab.names import ACL, DPV, FOAF, SD, XSD

_HEADER: Final = f"@prefix acl: <{ACL.NS}>.\n@prefix foaf: <{FOAF.NS}>.\n"
# Only where they are needed: most documents have no grants in them.
_OURS: Final = f"@prefix dpv: <{DPV.NS}>.\n@prefix sd: <{SD.NS}>.\n@prefix xsd: <{XSD.NS}>.\n"
_FULL: Final = Mode.READ | Mode.WRITE | Mode.CONTROL


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns a storage, by WebID, and the apps that she trusts with everything in it: IRIs, or
    None for whatever app she signs in to.
    """

    webid: str
    apps: frozenset[str] | None = frozenset()


def acl_document(rules: Iterable[Rule], target: ResourceIri) -> str:
    """The ACL document of `target` with these rules; acl.parse reads the same rules from it.

    Raises AclProblem for an agent, a group or an origin that no document can name.
    """
    scopes: dict[Rule, list[Scope]] = {}
    for rule in ordered(rules):
        scopes.setdefault(replace(rule, scope=Scope.ACCESS_TO), []).append(rule.scope)
    blocks = [
        _authorization(number, rule, scopes[rule], target)
        for number, rule in enumerate(scopes, start=1)
    ]
    header = _HEADER + _OURS if any(_is_ours(rule) for rule in scopes) else _HEADER
    return "\n".join((header, *blocks))


def shared(
    effective_rules: Iterable[Rule], source: ResourceIri, target: ResourceIri, *added: Rule
) -> str:
    """The ACL document of `target` that keeps what was in force for it, and adds some rules.

    `effective_rules` are those of `source`, whose ACL is in force for `target`.
    """
    return acl_document((*in_force(effective_rules, source, target), *added), target)


def withdrawn(
    effective_rules: Iterable[Rule],
    source: ResourceIri,
    target: ResourceIri,
    *,
    agent: str | None = None,
    client: str | None = None,
) -> str:
    """The ACL document of `target` less what an agent, a client or one through the other had.

    What is given to groups or to anyone stays, as in acl.rules.without.
    """
    rules = in_force(effective_rules, source, target)
    return acl_document(without(rules, agent=agent, client=client), target)


def root_acl(root: ResourceIri, owner: Owner) -> str:
    """The ACL document of a new storage: everything is its owner's, its listing too."""
    return owner_only(root, owner)


def owner_only(target: ResourceIri, owner: Owner) -> str:
    """All of `target`, and of what it holds, for the owner alone."""
    return acl_document(_owner_rules(target, owner), target)


def public_read(target: ResourceIri, owner: Owner) -> str:
    """`target`, and what it holds, readable by everyone."""
    reading = Rule(scope=Scope.ACCESS_TO, modes=Mode.READ, public=True)
    rules = (*_owner_rules(target, owner), *covering(reading, target))
    return acl_document(rules, target)


def inbox_acl(inbox: ResourceIri, owner: Owner) -> str:
    """A container that everyone may add to, and where only the owner sees what was added."""
    adding = Rule(scope=Scope.ACCESS_TO, modes=Mode.APPEND, public=True)
    return acl_document((*_owner_rules(inbox, owner), adding), inbox)


def _owner_rules(target: ResourceIri, owner: Owner) -> tuple[Rule, ...]:
    everything = Rule(scope=Scope.ACCESS_TO, modes=_FULL, agents=frozenset({owner.webid}))
    if owner.apps is None:
        return covering(everything, target)
    # What an app may do as her is what it was granted, not all that she may.
    named = Condition(kind=ConditionKind.CLIENT, values=frozenset({OWN_PAGES, *owner.apps}))
    return covering(replace(everything, conditions=(named,)), target)


def _authorization(number: int, rule: Rule, scopes: list[Scope], target: ResourceIri) -> str:
    acl = target.acl
    itself = f"<{acl.reference(str(target))}>"
    lines = [
        "a acl:Authorization",
        *(f"acl:{scope.value} {itself}" for scope in scopes),
        *_listed("agent", (_iri(agent, acl) for agent in sorted(rule.agents))),
        *_listed("agentGroup", (_iri(group, acl) for group in sorted(rule.groups))),
        *_listed("agentClass", _agent_classes(rule)),
        *_listed("origin", (_iri_or_text(origin, acl) for origin in sorted(rule.origins))),
        *_listed("mode", (f"acl:{name.capitalize()}" for name in fewest_names(rule.modes))),
        *_listed("condition", (_condition(condition, acl) for condition in rule.conditions)),
        *([] if rule.grant is None else [f"sd:grant {_iri(rule.grant, acl)}"]),
    ]
    return f"<#rule-{number}>\n    " + ";\n    ".join(lines) + ".\n"


def _listed(name: str, values: Iterable[str]) -> Iterator[str]:
    text = ", ".join(values)
    if text:
        yield f"acl:{name} {text}"


def _agent_classes(rule: Rule) -> Iterator[str]:
    if rule.public:
        yield "foaf:Agent"
    if rule.authenticated:
        yield "acl:AuthenticatedAgent"


def _is_ours(rule: Rule) -> bool:
    own = (ConditionKind.PURPOSE, ConditionKind.PERIOD)
    return rule.grant is not None or any(c.kind in own for c in rule.conditions)


def _condition(condition: Condition, acl: ResourceIri) -> str:
    if condition.kind is ConditionKind.PURPOSE:
        purposes = ", ".join(_iri(purpose, acl) for purpose in sorted(condition.values))
        return f"[ a sd:PurposeCondition{purposes and '; dpv:hasPurpose ' + purposes} ]"
    if condition.kind is ConditionKind.PERIOD:
        ends = {"validFrom": condition.since, "validUntil": condition.until}
        said = (
            f'; sd:{name} "{end.astimezone(UTC).isoformat()}"^^xsd:dateTime'
            for name, end in ends.items()
            if end is not None
        )
        return f"[ a sd:PeriodCondition{''.join(said)} ]"
    name = "client" if condition.kind is ConditionKind.CLIENT else "issuer"
    parts = [
        f"a acl:{condition.kind.value}",
        *_listed(name, (_iri_or_text(value, acl) for value in sorted(condition.values))),
        *_listed(name + "Group", (_iri(group, acl) for group in sorted(condition.groups))),
        *_listed(name + "Class", ("foaf:Agent",) if condition.anyone else ()),
    ]
    return f"[ {'; '.join(parts)} ]"


def _iri_or_text(value: str, acl: ResourceIri) -> str:
    try:
        return _iri(value, acl)
    except AclProblem:
        return str(Literal(value))


def _iri(value: str, acl: ResourceIri) -> str:
    try:
        NamedNode(value)
    except ValueError as error:
        raise AclProblem("write each agent and group as an absolute IRI") from error
    return f"<{acl.reference(value)}>"
