"""From the triples of an ACL document to the rules that count for its resource (WAC §5.2)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Final

from acl.model import Condition, ConditionKind, Mode, Rule, Scope
from acl.modes import MODES, mode_iri
from acl.rules import ordered
from vocab.graph import Graph, Literal, NamedNode, Term
from vocab.iri import ResourceIri
from vocab.names import ACL, DPV, FOAF, RDF, SD, XSD

# What is said of each node, by property: the one pass over the triples.
Said = Mapping[str, Sequence[Term]]
Facts = Mapping[Term, Said]

# WAC §4.2 #acl-access-modes. WAC §7.2 #extension-acl-mode: others are as if they were not there.
_BY_IRI: Final = {mode_iri(name): mode for name, mode in MODES.items()}

NEVER: Final = datetime.min.replace(tzinfo=UTC)
"""What stands for a time that nobody can read."""

# WAC §4.4 #access-conditions: the condition types that this server signals, and the property
# that lists what satisfies each; for clients and issuers "Group" and "Class" are appended to it. A
# period has two properties of its own.
CONDITIONS: Final = {
    ACL.ClientCondition: (ConditionKind.CLIENT, ACL.client),
    ACL.IssuerCondition: (ConditionKind.ISSUER, ACL.issuer),
    SD.PurposeCondition: (ConditionKind.PURPOSE, DPV.hasPurpose),
    SD.PeriodCondition: (ConditionKind.PERIOD, None),
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
    modes = (_BY_IRI.get(mode, Mode.NONE) for mode in iris(said, ACL.mode))
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
        grant=min(iris(said, SD.grant), default=None),
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
    if name is None:
        since, until = _moment(said, SD.validFrom), _moment(said, SD.validUntil)
        # What nobody can read when it begins has not begun.
        return Condition(kind=kind, since=since, until=NEVER if since == NEVER else until)
    if kind is ConditionKind.PURPOSE:
        return Condition(kind=kind, values=iris(said, name))
    return Condition(
        kind=kind,
        values=_values(said, name),
        groups=iris(said, name + "Group"),
        anyone=FOAF.Agent in iris(said, name + "Class"),
    )


def _moment(said: Said, predicate: str) -> datetime | None:
    """The one time that a property states, in UTC; None where it states none, and NEVER for one
    that cannot be read, has no zone, or is not the only one.
    """
    values = said.get(predicate, ())
    return None if not values else read_moment(values)


def read_moment(values: Sequence[Term]) -> datetime:
    """The time that one literal states, in UTC; NEVER for anything else."""
    value = values[0]
    if len(values) > 1 or not isinstance(value, Literal) or value.datatype.value != XSD.dateTime:
        return NEVER
    try:
        found = datetime.fromisoformat(value.value)
        return NEVER if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return NEVER


def _values(said: Said, predicate: str) -> frozenset[str]:
    # A client identifier may be any string (RFC 6749 §2.2), so a literal stands for its text.
    values = said.get(predicate, ())
    return frozenset(v.value for v in values if isinstance(v, NamedNode | Literal))
