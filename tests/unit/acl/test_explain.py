"""Explanations: they come to what is decided, and what they say is enough to decide it again."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from access_worlds import APPS, GROUPS, ISSUERS, STORAGE, WEBIDS, resources, rules
from access_worlds import agents as asking
from access_worlds import conditions as any_conditions
from access_worlds import indexes as any_indexes
from hypothesis import given
from hypothesis import strategies as st

from acl import (
    AccessClass,
    AclIndex,
    Agent,
    Condition,
    ConditionKind,
    Edition,
    Mode,
    Need,
    Rule,
    Scope,
    at,
    class_of,
)
from acl.decide import decide
from acl.explain import OwnerControl, Subject, explain, replay, representative
from acl.explained import from_json, mode_named, modes_in, to_json
from vocab.iri import ResourceIri

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
PURPOSES = ["https://w3id.org/dpv#Billing", "https://w3id.org/dpv#Research"]
GRANT = STORAGE + ".well-known/grants/1"
ANA, BOB = WEBIDS
APP = APPS[0]

times = st.integers(-2, 2).map(lambda days: NOW + timedelta(days=days))
ends = st.none() | times
periods = st.builds(Condition, kind=st.just(ConditionKind.PERIOD), since=ends, until=ends)
purposes = st.builds(
    Condition,
    kind=st.just(ConditionKind.PURPOSE),
    values=st.frozensets(st.sampled_from(PURPOSES), min_size=1, max_size=2),
)
ruled = st.builds(
    replace,
    rules,
    conditions=st.lists(any_conditions | periods | purposes, max_size=3).map(tuple),
    grant=st.sampled_from([None, GRANT, GRANT + "0"]),
)
written = st.builds(
    AclIndex,
    st.dictionaries(resources, st.lists(ruled, max_size=3).map(tuple), max_size=4),
    st.frozensets(st.sampled_from(WEBIDS), max_size=1),
)
indexes = any_indexes | written | st.builds(at, written, times)
agents = st.builds(replace, asking, purpose=st.sampled_from([None, *PURPOSES]))
targets = resources | resources.map(lambda target: target.acl)
needs = st.builds(Need, st.sampled_from([Mode.READ, Mode.APPEND, Mode.WRITE]), targets)


@pytest.mark.spec("Self Data CAP-35")
@given(indexes, needs, agents)
def test_an_explanation_comes_to_what_is_decided_and_replays_to_it(acls, need, agent):
    found, access = explain(acls, need, agent), decide(acls, need.on, agent)
    said = from_json(json.loads(json.dumps(to_json(found))))
    assert said == found
    for one in (access, replay(found), replay(said)):
        assert (one.target, one.modes, one.public) == (need.on, found.modes, found.public)
        assert (one.source, one.grants, one.edition) == (found.source, found.grants, found.edition)
    assert found.granted == (need.mode in access.modes)
    assert found.agent.purpose == access.agent.purpose


@given(indexes, needs, agents)
def test_what_the_rules_that_count_give_is_what_is_granted(acls, need, agent):
    found = explain(acls, need, agent)
    given_modes, given_grants = Mode.NONE, frozenset()
    for one in found.judged:
        if one.counts:
            given_modes |= one.rule.modes
            assert one.failed == ()
            if one.rule.grant and not (one.rule.public and not one.rule.conditions):
                given_grants |= {one.rule.grant}
    if found.owner is OwnerControl.GIVEN:
        given_modes |= Mode.CONTROL
    if need.on.is_acl:
        given_modes = Mode.READ | Mode.WRITE if Mode.CONTROL in given_modes else Mode.NONE
    assert given_modes == found.modes
    assert found.grants <= given_grants


@given(indexes, needs, agents)
def test_the_chain_leads_to_the_rules_in_force(acls, need, agent):
    found = explain(acls, need, agent)
    *before, last = found.chain
    assert not any(step.has_rules for step in before)
    assert found.source == (last.on if last.has_rules else None)
    assert found.inherited == (found.source is not None and bool(before))
    assert all(
        here.on.parent == there.on for here, there in zip(before, found.chain[1:], strict=True)
    )


def iri(path):
    return ResourceIri(STORAGE, path)


def rule(**given):
    named = {"scope": Scope.DEFAULT, "modes": Mode.READ, "agents": frozenset({ANA})}
    return Rule(**{**named, **given})


def one_condition(kind, **given):
    return Condition(kind=kind, **given)


CLIENT = one_condition(ConditionKind.CLIENT, values=frozenset({APP}))
ISSUER = one_condition(ConditionKind.ISSUER, values=frozenset({ISSUERS[0]}))
PURPOSE = one_condition(ConditionKind.PURPOSE, values=frozenset({PURPOSES[0]}))
OVER = one_condition(ConditionKind.PERIOD, until=NOW - timedelta(seconds=1))
GROUP = one_condition(ConditionKind.CLIENT, groups=frozenset({GROUPS[0]}))

FAILING = {
    "another app": (CLIENT, Agent(ANA, APPS[1])),
    "no app": (CLIENT, Agent(ANA)),
    "another issuer": (ISSUER, Agent(ANA, APP, ISSUERS[1])),
    "another purpose": (PURPOSE, Agent(ANA, APP, purpose=PURPOSES[1])),
    "a time that is over": (OVER, Agent(ANA, APP)),
    "a group it is not in": (GROUP, Agent(ANA, APP)),
}


@pytest.mark.parametrize(("condition", "agent"), FAILING.values(), ids=FAILING.keys())
def test_the_condition_that_failed_is_named(condition, agent):
    acls = at(AclIndex({iri("a/"): (rule(conditions=(condition,)),)}), NOW)
    found = explain(acls, Need(Mode.READ, iri("a/b/c")), agent)
    (one,) = found.judged
    assert not found.granted
    assert (one.applies, one.names, one.counts) == (True, Subject.AGENT, False)
    assert [failed.kind for failed in one.failed] == [condition.kind]


def test_one_condition_that_fails_is_enough():
    acls = AclIndex({iri("a/"): (rule(conditions=(CLIENT, ISSUER)),)})
    found = explain(acls, Need(Mode.READ, iri("a/b")), Agent(ANA, APP, ISSUERS[1]))
    (one,) = found.judged
    assert not one.counts
    assert [failed.kind for failed in one.failed] == [ConditionKind.ISSUER]


NAMED = {
    "by name": ({}, Subject.AGENT),
    "everyone": ({"public": True}, Subject.PUBLIC),
    "who signed in": ({"authenticated": True}, Subject.AUTHENTICATED),
    "a member": ({"agents": frozenset(), "groups": frozenset({GROUPS[0]})}, Subject.GROUP),
    "somebody else": ({"agents": frozenset({BOB})}, None),
}


@pytest.mark.parametrize(("given_to", "names"), NAMED.values(), ids=NAMED.keys())
def test_by_what_a_rule_names_who_asks_is_told(given_to, names):
    acls = AclIndex({iri("a/"): (rule(**given_to),)})
    agent = Agent(ANA, APP, memberships=frozenset({(GROUPS[0], ANA), (GROUPS[1], ANA)}))
    found = explain(acls, Need(Mode.READ, iri("a/b/c")), agent)
    assert found.judged[0].names is names
    assert found.judged[0].counts is (names is not None)
    assert found.agent.memberships <= frozenset({(GROUPS[0], ANA)})
    assert found.unknown_groups == frozenset()


def test_groups_of_which_nothing_is_known_are_named_where_they_could_matter():
    own = rule(scope=Scope.ACCESS_TO, agents=frozenset(), groups=frozenset({GROUPS[1]}))
    acls = AclIndex({iri("a/"): (rule(conditions=(GROUP,)), own)})
    need = Need(Mode.READ, iri("a/b/c"))
    found = explain(acls, need, Agent(ANA, APP), memberships_known=False)
    assert found.unknown_groups == frozenset({GROUPS[0]})


TRUSTING = rule(
    scope=Scope.ACCESS_TO, modes=Mode.CONTROL, conditions=(CLIENT,), agents=frozenset({ANA})
)
OWNING = {
    "somebody else": (Agent(BOB), OwnerControl.NOT_OWNER),
    "the owner herself": (Agent(ANA), OwnerControl.GIVEN),
    "an app that her root lets control it": (Agent(ANA, APP), OwnerControl.GIVEN),
    "any other app": (Agent(ANA, APPS[1]), OwnerControl.REFUSED),
}


@pytest.mark.parametrize(("agent", "owner"), OWNING.values(), ids=OWNING.keys())
def test_what_came_of_the_owners_own_control_is_told(agent, owner):
    acls = AclIndex({iri(""): (TRUSTING,), iri("a/"): ()}, frozenset({ANA}))
    found = explain(acls, Need(Mode.CONTROL, iri("a/b/c")), agent)
    assert found.owner is owner
    assert replay(found).modes == found.modes == decide(acls, iri("a/b/c"), agent).modes


def test_control_that_the_rules_give_is_not_the_owners_own():
    acls = AclIndex({iri(""): (TRUSTING,)}, frozenset({ANA}))
    found = explain(acls, Need(Mode.CONTROL, iri("")), Agent(ANA, APP))
    assert found.owner is OwnerControl.NOT_NEEDED


def test_the_purpose_that_was_taken_for_it_is_told_and_those_it_could_choose():
    first = rule(conditions=(PURPOSE,), grant=GRANT)
    second = replace(first, conditions=(replace(PURPOSE, values=frozenset({PURPOSES[1]})),))
    need, agent = Need(Mode.READ, iri("a/d")), Agent(ANA, APP)
    alone = explain(AclIndex({iri("a/"): (first,)}), need, agent)
    assert (alone.agent.purpose, alone.asked, alone.purposes) == (PURPOSES[0], None, (PURPOSES[0],))
    assert alone.granted
    both = explain(AclIndex({iri("a/"): (first,), iri("f/"): (second,)}), need, agent)
    assert (both.agent.purpose, both.purposes) == (None, tuple(PURPOSES))
    assert not both.granted
    assert not replay(both).modes


def test_when_the_periods_were_looked_at_is_kept():
    acls = at(AclIndex({iri("a/"): (rule(conditions=(OVER,)),)}, edition=Edition(7)), NOW)
    found = explain(acls, Need(Mode.READ, iri("a/d")), Agent(ANA))
    assert found.edition == Edition(7, NOW)
    earlier = replace(found, edition=Edition(7, NOW - timedelta(days=1)))
    assert (replay(found).modes, replay(earlier).modes) == (Mode.NONE, Mode.READ)


def test_modes_have_the_names_of_access_control():
    assert modes_in(Mode.READ | Mode.WRITE) == ["Read", "Write"]
    assert modes_in(Mode.APPEND | Mode.CONTROL) == ["Append", "Control"]
    assert [mode_named("read"), mode_named("Write"), mode_named("fly")] == [
        Mode.READ,
        Mode.WRITE,
        None,
    ]


REPRESENTED = {
    "nowhere": (AccessClass(None, "below"), None),
    "the resource itself": (AccessClass(iri("a/"), "own"), "a/"),
    "what it holds": (AccessClass(iri("a/"), "below"), "a/*"),
    "where that name is taken": (AccessClass(iri("f/"), "below"), "f/**"),
}


@pytest.mark.parametrize(("its_class", "path"), REPRESENTED.values(), ids=REPRESENTED.keys())
def test_a_class_is_explained_by_an_address_in_it(its_class, path):
    acls = AclIndex({iri("a/"): (), iri("f/"): (), iri("f/*"): ()})
    found = representative(its_class, acls)
    assert found == (None if path is None else iri(path))
    assert found is None or class_of(acls, found) == its_class
