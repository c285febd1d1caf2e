"""From the triples of an ACL document to the rules that count for its resource (WAC §5.2)."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Final

from acl.model import Condition, ConditionKind, Mode, Rule, Scope
from acl.rules import ordered
from vocab.graph import Graph, Literal, NamedNode, Term
from vocab.iri import ResourceIri
from vocab.names import ACL, FOAF, RDF

# What is said of each node, by property: the one pass over the triples.
Said = Mapping[str, Sequence[Term]]
Facts = Mapping[Term, Said]

# WAC §4.2 #acl-access-modes. WAC §7.2 #extension-acl-mode: others are as if they were not there.
MODES: Final = {
    ACL.Read: Mode.READ,
    ACL.Append: Mode.APPEND,
    ACL.Write: Mode.WRITE,
    ACL.Control: Mode.CONTROL,
}

# WAC §4.4 #access-conditions: the condition types that this server signals, and the property
# that lists who satisfies each; "Group" and "Class" are appended to it.
CONDITIONS: Final = {
    ACL.ClientCondition: (ConditionKind.CLIENT, ACL.client),
    ACL.IssuerCondition: (ConditionKind.ISSUER, ACL.issuer),
}


def rules_from(graph: Graph, subject: ResourceIri) -> tuple[Rule, ...]:
    """The rules of the ACL document of `subject`; IRIs of the graph are already absolute."""
    facts = facts_of(graph)
    return ordered(rule for said in facts.values() for rule in _rules(facts, said, subject))


def facts_of(graph: Graph) -> Facts:
    facts: dict[Term, dict[str, list[Term]]] = {}
    for node, predicate, value in graph:
        facts.setdefault(node, {}).setdefault(predicate.value, []).append(value)
    return facts


def iris(said: Said, predicate: str) -> frozenset[str]:
    """The values of a property that are IRIs; a blank node or a literal names nobody."""
    return frozenset(v.value for v in said.get(predicate, ()) if isinstance(v, NamedNode))


def condition_types(facts: Facts, node: Term) -> frozenset[str]:
    """What a condition is, beside an acl:Condition, which every one is."""
    return iris(facts.get(node, {}), RDF.type) - {ACL.NS + "Condition"}


def _rules(facts: Facts, said: Said, subject: ResourceIri) -> Iterator[Rule]:
    # WAC §5.2 #authorization-conformance: an Authorization has its type, an object, a
    # mode and a subject.
    if ACL.Authorization not in iris(said, RDF.type):
        return
    conditions = _conditions(facts, said)
    if conditions is None:
        return
    for scope in _scopes(said, subject):
        rule = _rule(scope, said, conditions)
        if rule.modes and (
            rule.agents or rule.groups or rule.public or rule.authenticated or rule.origins
        ):
            yield rule


def _scopes(said: Said, subject: ResourceIri) -> Iterator[Scope]:
    # Compared as they are written: `</foo>` is not the container `</foo/>`.
    if str(subject) in iris(said, ACL.accessTo):
        yield Scope.ACCESS_TO
    if subject.is_container and str(subject) in iris(said, ACL.default):
        yield Scope.DEFAULT


def _rule(scope: Scope, said: Said, conditions: tuple[Condition, ...]) -> Rule:
    modes = (MODES.get(mode, Mode.NONE) for mode in iris(said, ACL.mode))
    classes = iris(said, ACL.agentClass)
    return Rule(
        scope=scope,
        modes=reduce(or_, modes, Mode.NONE),
        agents=iris(said, ACL.agent),
        groups=iris(said, ACL.agentGroup),
        public=FOAF.Agent in classes,
        authenticated=ACL.AuthenticatedAgent in classes,
        origins=_values(said, ACL.origin),
        conditions=conditions,
    )


def _conditions(facts: Facts, said: Said) -> tuple[Condition, ...] | None:
    """The conditions of a rule; None when there is one that this server cannot evaluate."""
    found: list[Condition] = []
    for node in said.get(ACL.condition, ()):
        types = condition_types(facts, node)
        # WAC §7.3 #extension-acl-condition lets a rule with an unknown condition apply to more
        # than its author meant. No such document is stored (acl.validate); should one be met
        # all the same, its rule counts for nothing.
        if not types or not types <= CONDITIONS.keys():
            return None
        found.extend(_condition(facts[node], kind) for kind in types)
    return tuple(found)


def _condition(said: Said, condition_type: str) -> Condition:
    kind, name = CONDITIONS[condition_type]
    return Condition(
        kind=kind,
        values=_values(said, name),
        groups=iris(said, name + "Group"),
        anyone=FOAF.Agent in iris(said, name + "Class"),
    )


def _values(said: Said, predicate: str) -> frozenset[str]:
    # A client identifier may be any string (RFC 6749 §2.2), so a literal stands for its text.
    values = said.get(predicate, ())
    return frozenset(v.value for v in values if isinstance(v, NamedNode | Literal))
