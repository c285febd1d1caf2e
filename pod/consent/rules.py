"""From a grant to the access rules that stand for it, and out of them again.

A grant gives its agent, through its client and for its purpose, the modes of its items: on what
they name and on all below. Where something below has access rules of its own, these get the rule
too; where what is named has none, it gets them, with all that was in force there before.

Nothing here decides who gets in; that is acl.decide.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from operator import or_

from acl import (
    AclIndex,
    Condition,
    ConditionKind,
    Mode,
    Rule,
    Scope,
    covering,
    effective,
    in_force,
    ordered,
    without_grant,
)
from pod.agreements import GRANTS, AccessGrant, Item
from vocab.iri import ResourceIri

Documents = Mapping[ResourceIri, tuple[Rule, ...]]
"""The rules that the ACL documents of some resources shall have."""


def iri_of(grant: AccessGrant, storage: str) -> str:
    """What names a grant in access rules and in the journal, and where it is told."""
    return f"{storage}{GRANTS}{grant.id}"


def given(grant: AccessGrant, acls: AclIndex, storage: str) -> Documents:
    """The ACL documents that stand for a grant, with the rules that they shall have."""
    name = iri_of(grant, storage)
    before = {on: _without(rules, grant, storage) for on, rules in acls.rules.items()}
    targets = {ResourceIri(storage, item.path) for item in grant.items}
    below = {on for on in before if any(_covers(item, on) for item in grant.items)}
    return {
        on: ordered((*_rules_on(on, before, acls), *covering(_rule(grant, on, name), on)))
        for on in sorted(targets | below)
    }


def taken(
    grant: AccessGrant, acls: AclIndex, storage: str, made: Iterable[ResourceIri]
) -> tuple[Documents, frozenset[ResourceIri]]:
    """The ACL documents that stand for a grant, with the rules that they shall have without it; and
    those of them that are to be deleted.

    Those are of the resources `made`, which have rules of their own only because of grants, where
    what is left says no more than what is inherited.
    """
    rules = {on: _without(found, grant, storage) for on, found in acls.rules.items()}
    standing = [on for on, found in acls.rules.items() if rules[on] != ordered(found)]
    ours, gone = frozenset(made), set()
    for on in standing:
        if on in ours and rules[on] == _inherited(on, rules):
            del rules[on]
            gone.add(on)
    return {on: rules[on] for on in standing if on not in gone}, frozenset(gone)


def modes_on(items: Iterable[Item], target: ResourceIri) -> Mode:
    """What items give on a resource that is no auxiliary one."""
    return reduce(or_, (item.modes for item in items if _covers(item, target)), Mode.NONE)


def _rule(grant: AccessGrant, on: ResourceIri, name: str) -> Rule:
    return Rule(
        scope=Scope.ACCESS_TO,
        modes=modes_on(grant.items, on),
        agents=frozenset({grant.agent}),
        conditions=tuple(_conditions(grant)),
        grant=name,
    )


def _without(rules: Iterable[Rule], grant: AccessGrant, storage: str) -> tuple[Rule, ...]:
    """The rules less those of a grant: also where whoever wrote the document anew has left out what
    they stand for. The second at which it was given tells them from what anybody writes by hand.
    """
    rest = without_grant(rules, iri_of(grant, storage))
    said = frozenset(map(_said, _conditions(grant)))
    return tuple(
        rule
        for rule in rest
        if rule.grant is not None
        or rule.agents != {grant.agent}
        or frozenset(map(_said, rule.conditions)) != said
    )


def _said(condition: Condition) -> tuple[object, ...]:
    """What a condition says, whether it holds or not."""
    return condition.kind, condition.values, condition.since, condition.until


def _conditions(grant: AccessGrant) -> Iterator[Condition]:
    if grant.client is not None:
        yield Condition(kind=ConditionKind.CLIENT, values=frozenset({grant.client}))
    yield Condition(kind=ConditionKind.PURPOSE, values=frozenset({grant.purpose}))
    yield Condition(kind=ConditionKind.PERIOD, since=grant.since, until=grant.until)


def _rules_on(on: ResourceIri, before: Documents, acls: AclIndex) -> tuple[Rule, ...]:
    """The rules that hold for a resource so far, as its own ACL document would have them."""
    source = effective(acls, on)
    return () if source is None else in_force(before[source], source, on)


def _inherited(on: ResourceIri, rules: Documents) -> tuple[Rule, ...]:
    above = on.parent
    source = None if above is None else effective(AclIndex(rules), above)
    return () if source is None else in_force(rules[source], source, on)


def _covers(item: Item, target: ResourceIri) -> bool:
    if item.path == "" or item.path.endswith("/"):
        return target.path.startswith(item.path)
    return target.path == item.path
