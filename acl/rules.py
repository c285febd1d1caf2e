"""Rules as a set: their one order, what of them is in force for a resource, and taking some away.

Nothing here decides who gets in; that is acl.decide.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from acl.model import OWN_PAGES, Condition, ConditionKind, Mode, Rule, Scope
from vocab.iri import ResourceIri


def ordered(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The same rules, each once, in an order that depends only on what they say."""
    tidy = {replace(rule, conditions=_ordered_conditions(rule.conditions)) for rule in rules}
    return tuple(sorted(tidy, key=_rule_key))


def in_force(rules: Iterable[Rule], source: ResourceIri, target: ResourceIri) -> tuple[Rule, ...]:
    """The rules that an ACL document of `target` holds so that nothing changes for anybody.

    `rules` are those of `source`, whose ACL is the effective one of `target`.
    """
    if source == target:
        return ordered(rules)
    inherited = (rule for rule in rules if rule.scope is Scope.DEFAULT)
    return ordered(copy for rule in inherited for copy in covering(rule, target))


def covering(rule: Rule, target: ResourceIri) -> tuple[Rule, ...]:
    """A rule for `target` and, where it is a container, for all that it holds."""
    # WAC §4.1 #acl-default: "denotes the container resource whose Authorization can be applied
    # to a resource lower in the collection hierarchy".
    scopes = (Scope.ACCESS_TO, Scope.DEFAULT) if target.is_container else (Scope.ACCESS_TO,)
    return tuple(replace(rule, scope=scope) for scope in scopes)


def without(
    rules: Iterable[Rule], *, agent: str | None = None, client: str | None = None
) -> tuple[Rule, ...]:
    """The rules less what they give to this agent by name, or through this client by name.

    With both, what the agent is given through the client goes, and both keep the rest. What is
    given to a group, to anyone, or through any client stays: ask acl.decide what is left.
    """
    return ordered(rest for rule in rules for rest in _without(rule, agent, client))


def _without(rule: Rule, agent: str | None, client: str | None) -> Iterator[Rule]:
    if client is not None and not any(_names(condition, client) for condition in rule.conditions):
        yield rule
    elif agent is None:
        yield from _without_client(rule, client)
    elif agent not in rule.agents:
        yield rule
    else:
        yield from _of_the_others(rule, frozenset({agent}))
        if client is not None:
            yield from _without_client(_of_agent_alone(rule, agent), client)


def _of_the_others(rule: Rule, agents: frozenset[str]) -> Iterator[Rule]:
    """What a rule gives to all but some agents, where that is anybody."""
    rest = replace(rule, agents=rule.agents - agents)
    if rest.agents or rest.groups or rest.public or rest.authenticated or rest.origins:
        yield rest


def _of_agent_alone(rule: Rule, agent: str) -> Rule:
    return Rule(
        scope=rule.scope,
        modes=rule.modes,
        agents=frozenset({agent}),
        conditions=rule.conditions,
        grant=rule.grant,
    )


def _without_client(rule: Rule, client: str | None) -> Iterator[Rule]:
    left = tuple(
        replace(condition, values=condition.values - {client})
        if _names(condition, client)
        else condition
        for condition in rule.conditions
    )
    # A condition that lost its last value takes its rule along: a rule without it would let
    # every client in.
    if all(c.kind is ConditionKind.PERIOD or c.values or c.groups or c.anyone for c in left):
        yield replace(rule, conditions=left)


def trusted(rules: Iterable[Rule]) -> frozenset[str]:
    """The apps that an owner's own rules name beside the server's own pages: they may do all that
    these rules let her do.
    """
    conditions = (one for rule in rules for one in rule.conditions if _is_trust(one))
    return frozenset().union(*(one.values for one in conditions)) - {OWN_PAGES}


def guarded(
    rules: Iterable[Rule], owners: frozenset[str], clients: Iterable[str]
) -> tuple[Rule, ...]:
    """The rules, where those that let owners in through any app name the server's own pages and
    some apps instead. What others have stays as it is.
    """
    named = Condition(kind=ConditionKind.CLIENT, values=frozenset({OWN_PAGES, *clients}))
    return ordered(one for rule in rules for one in _guarded(rule, owners, named))


def _guarded(rule: Rule, owners: frozenset[str], named: Condition) -> Iterator[Rule]:
    theirs = rule.agents & owners
    if not theirs or any(one.kind is ConditionKind.CLIENT for one in rule.conditions):
        yield rule
        return
    yield from _of_the_others(rule, owners)
    conditions = (*rule.conditions, named)
    yield Rule(scope=rule.scope, modes=rule.modes, agents=theirs, conditions=conditions)


def trusting(rules: Iterable[Rule], clients: Iterable[str]) -> tuple[Rule, ...]:
    """The rules, with some apps named wherever an owner's own rules name the server's own pages."""
    added = frozenset(clients)
    return _with_trust(rules, lambda values: values | added)


def distrusting(rules: Iterable[Rule], client: str) -> tuple[Rule, ...]:
    """The rules, with an app named no more beside the server's own pages."""
    return _with_trust(rules, lambda values: values - {client})


def _with_trust(
    rules: Iterable[Rule], change: Callable[[frozenset[str]], frozenset[str]]
) -> tuple[Rule, ...]:
    return ordered(
        replace(
            rule,
            conditions=tuple(
                replace(one, values=change(one.values)) if _is_trust(one) else one
                for one in rule.conditions
            ),
        )
        for rule in rules
    )


def _is_trust(condition: Condition) -> bool:
    return condition.kind is ConditionKind.CLIENT and OWN_PAGES in condition.values


def without_grant(rules: Iterable[Rule], grant: str) -> tuple[Rule, ...]:
    """The rules less those that stand for a grant, an IRI."""
    return ordered(rule for rule in rules if rule.grant != grant)


def _names(condition: Condition, client: str | None) -> bool:
    return condition.kind is ConditionKind.CLIENT and client in condition.values


def _ordered_conditions(conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return tuple(sorted(set(conditions), key=_condition_key))


def _condition_key(condition: Condition) -> tuple[object, ...]:
    return (
        condition.kind.value,
        sorted(condition.values),
        sorted(condition.groups),
        condition.anyone,
        str(condition.since),
        str(condition.until),
    )


def _rule_key(rule: Rule) -> tuple[object, ...]:
    return (
        rule.scope.value,
        # Who may do more comes first, so that a document opens with its owner.
        -_bits(rule.modes),
        sorted(rule.agents),
        sorted(rule.groups),
        rule.public,
        rule.authenticated,
        sorted(rule.origins),
        [_condition_key(condition) for condition in rule.conditions],
        rule.grant or "",
    )


def _bits(modes: Mode) -> int:
    return int(modes.value)
