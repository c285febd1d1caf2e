"""The apps that an owner trusts with everything, in her own rules and in no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acl import (
    OWN_PAGES,
    AclIndex,
    Agent,
    Condition,
    ConditionKind,
    Mode,
    Owner,
    Rule,
    Scope,
    covering,
    decide,
    distrusting,
    guarded,
    ordered,
    root_acl,
    rules_from,
    trusted,
    trusting,
)
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.iri import ResourceIri

ROOT = ResourceIri("https://ana.example/", "")
ANA, BOB = "https://ana.example/profile/card#me", "https://bob.example/#me"
NOTES, PHOTOS = "https://notes.example/id", "https://photos.example/id"
ISSUER = "https://idp.example/"
CLUB = frozenset({"https://club.example"})
EVERYTHING = Mode.READ | Mode.WRITE | Mode.CONTROL


def rule(*agents, clients=(), **more):
    named = Condition(kind=ConditionKind.CLIENT, values=frozenset(clients))
    conditions = (named,) if clients else ()
    fields = {"modes": EVERYTHING, "conditions": conditions, **more}
    return Rule(scope=Scope.ACCESS_TO, agents=frozenset(agents), **fields)


def own(*clients):
    return rule(ANA, clients=(OWN_PAGES, *clients))


def modes(rules, agent):
    return decide(AclIndex({ROOT: tuple(rules)}, frozenset({ANA})), ROOT, agent).modes


@pytest.mark.spec("Self Data PRI-01")
def test_an_app_is_trusted_where_her_own_rules_stand_and_nowhere_else():
    others = rule(BOB, clients=(PHOTOS,)), rule(ANA, clients=(PHOTOS,), modes=Mode.READ)
    rules = trusting((own(), *others), [NOTES])
    assert set(rules) == {own(NOTES), *others}
    assert trusted(rules) == {NOTES}
    assert modes(rules, Agent(ANA, NOTES, ISSUER)) == EVERYTHING
    assert modes(rules, Agent(ANA, PHOTOS, ISSUER)) == Mode.READ
    assert modes(rules, Agent(BOB, NOTES, ISSUER)) == Mode.NONE


@given(st.frozensets(st.sampled_from([NOTES, PHOTOS])), st.sampled_from([NOTES, PHOTOS]))
def test_what_is_trusted_and_not_any_more_is_as_before(before, client):
    rules = (own(*(before - {client})), rule(ANA, clients=(client,), modes=Mode.READ))
    assert distrusting(trusting(rules, [client]), client) == ordered(rules)


GUARDED = [
    pytest.param(rule(ANA), {own(NOTES)}, id="hers"),
    pytest.param(rule(ANA, BOB), {own(NOTES), rule(BOB)}, id="hers and another's"),
    pytest.param(rule(BOB), {rule(BOB)}, id="another's"),
    pytest.param(rule(ANA, public=True), {own(NOTES), rule(public=True)}, id="everybody's"),
    pytest.param(
        rule(ANA, authenticated=True), {own(NOTES), rule(authenticated=True)}, id="who signed in's"
    ),
    pytest.param(rule(ANA, groups=CLUB), {own(NOTES), rule(groups=CLUB)}, id="a group's"),
    pytest.param(rule(ANA, origins=CLUB), {own(NOTES), rule(origins=CLUB)}, id="of an origin"),
    pytest.param(rule(ANA, clients=(PHOTOS,)), {rule(ANA, clients=(PHOTOS,))}, id="through an app"),
]


@pytest.mark.parametrize(("before", "after"), GUARDED)
def test_a_rule_that_let_her_in_through_any_app_names_those_that_she_trusts(before, after):
    rules = guarded((before,), frozenset({ANA}), [NOTES])
    assert set(rules) == after
    assert guarded(rules, frozenset({ANA}), [NOTES]) == rules


def test_a_pod_that_was_guarded_is_as_one_that_was_made_so():
    classic, new = (
        rules_from(parse(root_acl(ROOT, owner).encode(), RdfFormat.TURTLE, str(ROOT.acl)), ROOT)
        for owner in (Owner(ANA, None), Owner(ANA, frozenset({NOTES})))
    )
    assert guarded(classic, frozenset({ANA}), [NOTES]) == new
    assert set(classic) == set(covering(rule(ANA), ROOT))
