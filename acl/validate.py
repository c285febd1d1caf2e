"""What must not be stored as an ACL document, because it would not do what its author means."""

from collections.abc import Collection, Iterable

from acl.model import AclProblem, Condition, Mode, Rule, Scope
from acl.parse import (
    CONDITIONS,
    NEVER,
    Facts,
    Said,
    condition_types,
    facts_of,
    iris,
    read_moment,
    rules_from,
)
from vocab.graph import Graph, NamedNode, Term
from vocab.iri import ResourceIri
from vocab.names import ACL, DPV, SD


def check_acl(graph: Graph, subject: ResourceIri, *, owners: Collection[str]) -> None:
    """Raise AclProblem when this graph must not become the ACL document of `subject`.

    `owners` are the WebIDs of the owners of the storage. The graph's IRIs are absolute.
    """
    facts = facts_of(graph)
    for said in facts.values():
        _check_conditions(facts, said)
        _check_objects(said, subject)
    if subject.is_root:
        _check_control(rules_from(graph, subject), frozenset(owners))


def _check_conditions(facts: Facts, said: Said) -> None:
    # WAC §8.1 #consider-condition-legacy: a condition that is not evaluated "could result in
    # access rights broader than those intended".
    for node in said.get(ACL.condition, ()):
        types = condition_types(facts, node)
        if not types:
            raise AclProblem(
                "give each acl:condition a type, acl:ClientCondition or acl:IssuerCondition"
            )
        _check_ours(facts[node], types)
        if not types <= CONDITIONS.keys():
            raise AclProblem(
                "a condition has a type that this server cannot check, so its rule would let in"
                " more than it says; use acl:ClientCondition or acl:IssuerCondition"
            )


def _check_ours(said: Said, types: Collection[str]) -> None:
    if SD.PurposeCondition in types and not iris(said, DPV.hasPurpose):
        raise AclProblem("name a purpose in each sd:PurposeCondition, with dpv:hasPurpose")
    if SD.PeriodCondition in types:
        ends = [said[end] for end in (SD.validFrom, SD.validUntil) if end in said]
        if not ends or any(read_moment(values) == NEVER for values in ends):
            raise AclProblem(
                "give each sd:PeriodCondition one sd:validFrom or sd:validUntil or one of both, an"
                " xsd:dateTime with its zone"
            )


def _check_objects(said: Said, subject: ResourceIri) -> None:
    # WAC §5.1 #effective-acl-resource: an ACL document has a say on its own resource and on what
    # inherits from it, so a rule about any other resource would never take effect.
    what = "<./>" if subject.is_container else "the address of this document"
    for predicate, name in ((ACL.accessTo, "acl:accessTo"), (ACL.default, "acl:default")):
        for value in said.get(predicate, ()):
            if _lacks_slash(value, subject):
                raise AclProblem(f"write {name} {what}: the address of a container ends in a slash")
            if value != NamedNode(str(subject)):
                raise AclProblem(
                    f"write {name} {what}: a rule about another resource belongs in the access"
                    " rules of that resource"
                )


def _lacks_slash(value: Term, subject: ResourceIri) -> bool:
    return isinstance(value, NamedNode) and value.value + "/" == str(subject)


def _check_control(rules: Iterable[Rule], owners: frozenset[str]) -> None:
    # WAC §3.3 #server-root-container-acl-authorization-control: "The ACL resource of the root
    # container MUST include an Authorization allowing the acl:Control access privilege".
    # WAC §8.1 #consider-client-agnostic-control: behind conditions alone, Control is lost with
    # the client or issuer that they name. The owner has her own way back without any client
    # (acl.decide), another agent has none: so such rules are enough only where one names her.
    control = [rule for rule in rules if _gives_control(rule)]
    if not control:
        raise AclProblem(
            "keep a rule with acl:accessTo <./> and acl:mode acl:Control for somebody in the"
            " access rules of the storage, or nobody could change them again"
        )
    if not any(all(c.anyone for c in r.conditions) or r.agents & owners for r in control):
        raise AclProblem(
            "keep an acl:Control rule without acl:condition, or one for the owner of the"
            " storage: Control would be lost with the app or the issuer that is named"
        )


def _gives_control(rule: Rule) -> bool:
    somebody = rule.agents or rule.groups or rule.public or rule.authenticated
    return (
        rule.scope is Scope.ACCESS_TO
        and Mode.CONTROL in rule.modes
        and bool(somebody)
        and all(_can_hold(condition) for condition in rule.conditions)
    )


def _can_hold(condition: Condition) -> bool:
    return bool(condition.values or condition.groups or condition.anyone)
