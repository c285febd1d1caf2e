from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acl import (
    AclIndex,
    Agent,
    Condition,
    ConditionKind,
    Mode,
    Rule,
    Scope,
    covering,
    decide,
    in_force,
    ordered,
    without,
)
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
ROOT, BOX, NOTE = (ResourceIri(STORAGE, path) for path in ("", "box/", "box/note"))
BOB, EVE = "https://bob.example/#me", "https://eve.example/#me"
APP, OTHER = "https://app.example/id", "https://other.example/id"
US = frozenset({"https://groups.example/#us"})


ISSUED_BY_APP = Condition(kind=ConditionKind.ISSUER, values=frozenset({APP}))
FOR_A_WHILE = Condition(kind=ConditionKind.PERIOD, until=datetime(2027, 1, 1, tzinfo=UTC))


def clients(*values, **more):
    return Condition(kind=ConditionKind.CLIENT, values=frozenset(values), **more)


def rule(*agents, conditions=(), **more):
    return Rule(
        scope=Scope.ACCESS_TO,
        modes=Mode.READ,
        agents=frozenset(agents),
        conditions=conditions,
        **more,
    )


def test_rules_have_one_order_and_stand_once():
    one = rule(BOB, conditions=(ISSUED_BY_APP, clients(APP), ISSUED_BY_APP))
    two = replace(rule(EVE), modes=Mode.READ | Mode.CONTROL)
    granted = [replace(one, grant=grant) for grant in (None, "https://ana.example/grants/7c1e")]
    assert ordered(granted) == ordered(reversed(granted))
    assert ordered([one, two, one]) == (two, replace(one, conditions=(clients(APP), ISSUED_BY_APP)))


def test_covering_a_container_covers_what_it_holds():
    assert [r.scope for r in covering(rule(BOB), BOX)] == [Scope.ACCESS_TO, Scope.DEFAULT]
    assert covering(replace(rule(BOB), scope=Scope.DEFAULT), NOTE) == (rule(BOB),)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param(ROOT, (rule(BOB), replace(rule(EVE), scope=Scope.DEFAULT)), id="its own"),
        pytest.param(BOX, covering(rule(EVE), BOX), id="a container inherits"),
        pytest.param(NOTE, (rule(EVE),), id="a document inherits"),
    ],
)
def test_what_is_in_force(target, expected):
    rules = (rule(BOB), replace(rule(EVE), scope=Scope.DEFAULT))
    assert in_force(rules, ROOT, target) == expected


@pytest.mark.parametrize(
    ("given_rule", "taken", "left"),
    [
        pytest.param(rule(BOB), {"agent": BOB}, [], id="the only agent"),
        pytest.param(rule(BOB, EVE), {"agent": BOB}, [rule(EVE)], id="one of two agents"),
        pytest.param(rule(EVE), {"agent": BOB}, [rule(EVE)], id="another agent"),
        pytest.param(rule(BOB, groups=US), {"agent": BOB}, [rule(groups=US)], id="a group beside"),
        pytest.param(
            rule(BOB, public=True), {"agent": BOB}, [rule(public=True)], id="everyone beside"
        ),
        pytest.param(
            rule(BOB, authenticated=True),
            {"agent": BOB},
            [rule(authenticated=True)],
            id="everyone signed in beside",
        ),
        pytest.param(
            rule(BOB, origins=frozenset({"https://app.example"})),
            {"agent": BOB},
            [rule(origins=frozenset({"https://app.example"}))],
            id="an origin beside",
        ),
        pytest.param(
            rule(BOB, conditions=(clients(APP),)), {"client": APP}, [], id="the only client"
        ),
        pytest.param(
            rule(BOB, conditions=(clients(APP, OTHER),)),
            {"client": APP},
            [rule(BOB, conditions=(clients(OTHER),))],
            id="one of two clients",
        ),
        pytest.param(
            rule(BOB, conditions=(clients(APP, OTHER), ISSUED_BY_APP, FOR_A_WHILE)),
            {"client": APP},
            [rule(BOB, conditions=(clients(OTHER), ISSUED_BY_APP, FOR_A_WHILE))],
            id="one of two clients, from an issuer of that name and for a while",
        ),
        pytest.param(
            rule(BOB, conditions=(clients(APP, groups=US),)),
            {"client": APP},
            [rule(BOB, conditions=(clients(groups=US),))],
            id="a client group beside",
        ),
        pytest.param(
            rule(BOB, conditions=(clients(APP, anyone=True),)),
            {"client": APP},
            [rule(BOB, conditions=(clients(anyone=True),))],
            id="any client beside",
        ),
        pytest.param(
            rule(BOB, conditions=(clients(APP), Condition(kind=ConditionKind.ISSUER))),
            {"client": OTHER},
            [rule(BOB, conditions=(clients(APP), Condition(kind=ConditionKind.ISSUER)))],
            id="another client",
        ),
        pytest.param(
            rule(BOB, conditions=(ISSUED_BY_APP,)),
            {"client": APP},
            [rule(BOB, conditions=(ISSUED_BY_APP,))],
            id="an issuer is no client",
        ),
        pytest.param(rule(BOB), {"client": APP}, [rule(BOB)], id="no condition on clients"),
        pytest.param(
            rule(BOB, EVE, conditions=(clients(APP, OTHER),)),
            {"agent": BOB, "client": APP},
            [
                rule(BOB, conditions=(clients(OTHER),)),
                rule(EVE, conditions=(clients(APP, OTHER),)),
            ],
            id="an agent through a client",
        ),
        pytest.param(
            rule(BOB, public=True, groups=US, conditions=(clients(APP),)),
            {"agent": BOB, "client": APP},
            [rule(public=True, groups=US, conditions=(clients(APP),))],
            id="an agent through its only client",
        ),
        pytest.param(
            rule(EVE, conditions=(clients(APP),)),
            {"agent": BOB, "client": APP},
            [rule(EVE, conditions=(clients(APP),))],
            id="another agent through the client",
        ),
        pytest.param(
            rule(EVE, conditions=(clients(APP, OTHER),)),
            {"agent": BOB, "client": APP},
            [rule(EVE, conditions=(clients(APP, OTHER),))],
            id="another agent through one of two clients",
        ),
        pytest.param(
            rule(BOB), {"agent": BOB, "client": APP}, [rule(BOB)], id="given without the client"
        ),
        pytest.param(rule(BOB), {}, [rule(BOB)], id="nothing taken"),
    ],
)
def test_taking_back(given_rule, taken, left):
    assert without([given_rule], **taken) == ordered(left)


names = st.frozensets(st.sampled_from([BOB, EVE]), max_size=2)
conditions = st.builds(
    Condition,
    kind=st.sampled_from(ConditionKind),
    values=st.frozensets(st.sampled_from([APP, OTHER]), max_size=2),
    anyone=st.booleans(),
)
rule_values = st.builds(
    Rule,
    scope=st.just(Scope.ACCESS_TO),
    modes=st.sampled_from([Mode.READ, Mode.APPEND, Mode.CONTROL]),
    agents=names,
    public=st.booleans(),
    conditions=st.lists(conditions, max_size=2).map(tuple),
)
askers = [Agent(w, c, c) for w in (None, BOB, EVE) for c in (None, APP, OTHER)]
takings = [{"agent": a, "client": c} for a in (None, BOB) for c in (None, APP)]


@given(st.lists(rule_values, max_size=3), st.sampled_from(takings), st.sampled_from(askers))
def test_taking_back_never_gives_and_takes_from_nobody_else(rules, taken, asker):
    before = decide(AclIndex({ROOT: tuple(rules)}), ROOT, asker).modes
    after = decide(AclIndex({ROOT: without(rules, **taken)}), ROOT, asker).modes
    assert after in before
    agent_meant = taken["agent"] in (None, asker.webid)
    client_meant = taken["client"] in (None, asker.client)
    if not (agent_meant and client_meant) or not any(taken.values()):
        assert after == before


@given(st.lists(rule_values, max_size=3), st.sampled_from(takings))
def test_what_was_taken_back_is_named_no_more(rules, taken):
    agent, client = taken["agent"], taken["client"]
    for rule_left in without(rules, agent=agent, client=client):
        listed = any(
            c.kind is ConditionKind.CLIENT and client in c.values for c in rule_left.conditions
        )
        assert not (agent is None and listed)
        assert not (client is None and agent in rule_left.agents)
        assert not (agent in rule_left.agents and listed)
