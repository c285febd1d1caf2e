"""What holds of access control whatever the tree, the rules and the agent."""

from dataclasses import replace

import pytest
from access_worlds import APPS, agents, conditions, indexes, resources, rules
from hypothesis import assume, given
from hypothesis import strategies as st

from acl import (
    ANYONE,
    AclIndex,
    Mode,
    class_of,
    classes,
    decide,
    decide_class,
    readable,
)


@pytest.mark.spec("WAC §5.3.1 #server-read-operation")
@given(indexes, agents, resources)
def test_a_query_sees_what_a_get_would_answer(acls, agent, target):
    its_class = class_of(acls, target)
    assert its_class in classes(acls)
    seen = readable(acls, classes(acls), agent)
    assert (its_class in seen) == (Mode.READ in decide(acls, target, agent).modes)


@given(indexes, agents, resources)
def test_a_class_is_decided_as_each_of_its_resources(acls, agent, target):
    for resource in (target, target.acl):
        access = decide(acls, resource, agent)
        assert decide_class(acls, class_of(acls, resource), agent) == (
            access.modes,
            access.public,
        )


@given(indexes, agents, resources)
def test_who_may_write_may_append_and_who_asks_may_do_all_that_anyone_may(acls, agent, target):
    for resource in (target, target.acl):
        access = decide(acls, resource, agent)
        assert access.public in access.modes
        assert access.public == decide(acls, resource, ANYONE).modes
        assert Mode.WRITE not in access.modes or Mode.APPEND in access.modes


@given(indexes, agents, resources, st.data())
def test_taking_a_rule_away_never_adds_access(acls, agent, target, data):
    # Of who names no purpose, what is granted elsewhere decides which one is meant.
    agent = replace(agent, purpose=data.draw(st.sampled_from(APPS)))
    full = sorted(iri for iri, found in acls.rules.items() if found)
    assume(full)
    at = data.draw(st.sampled_from(full))
    gone = data.draw(st.integers(0, len(acls.rules[at]) - 1))
    fewer = acls.rules[at][:gone] + acls.rules[at][gone + 1 :]
    less = AclIndex({**acls.rules, at: fewer}, acls.owners)
    before, after = decide(acls, target, agent), decide(less, target, agent)
    assert after.modes in before.modes
    assert after.public in before.public


@given(indexes, agents, resources, st.lists(rules, max_size=2), st.sampled_from(APPS))
def test_a_deeper_acl_decides_alone(acls, agent, target, own, purpose):
    agent = replace(agent, purpose=purpose)
    deeper = AclIndex({**acls.rules, target.subject: tuple(own)})
    alone = AclIndex({target.subject: tuple(own)})
    assert decide(deeper, target, agent) == decide(alone, target, agent)


@given(indexes, agents, resources, conditions, st.sampled_from(APPS))
def test_a_condition_more_never_adds_access(acls, agent, target, condition, purpose):
    # Of who names no purpose, what is granted elsewhere decides which one is meant.
    agent = replace(agent, purpose=purpose)
    guarded = {
        at: tuple(replace(rule, conditions=(*rule.conditions, condition)) for rule in found)
        for at, found in acls.rules.items()
    }
    less = decide(AclIndex(guarded, acls.owners), target, agent)
    assert less.modes in decide(acls, target, agent).modes
