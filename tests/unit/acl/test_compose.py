from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from acl import (
    ANYONE,
    OWN_PAGES,
    AclIndex,
    AclProblem,
    Agent,
    Condition,
    ConditionKind,
    Mode,
    Owner,
    Rule,
    Scope,
    acl_document,
    check_acl,
    decide,
    inbox_acl,
    ordered,
    owner_only,
    public_read,
    root_acl,
    rules_from,
    shared,
    withdrawn,
)
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
ROOT, BOX = ResourceIri(STORAGE, ""), ResourceIri(STORAGE, "box/")
NOTE = ResourceIri(STORAGE, "box/a:note")
OWNER = STORAGE + "profile/card#me"
BOB, EVE = "https://bob.example/#me", "https://eve.example/#me"
APP = "https://app.example/id"
FULL = Mode.READ | Mode.WRITE | Mode.CONTROL


def graph_of(text, subject):
    quads = parse(text, RdfFormat.TURTLE, base_iri=str(subject.acl))
    return frozenset(quad.triple for quad in quads)


def read(text, subject):
    return rules_from(graph_of(text, subject), subject)


def by_app(client=APP):
    return Condition(kind=ConditionKind.CLIENT, values=frozenset({client}))


def test_a_document_is_readable_turtle_that_can_move():
    bob_by_app = Rule(
        scope=Scope.ACCESS_TO,
        modes=Mode.READ | Mode.APPEND,
        agents=frozenset({BOB}),
        conditions=(by_app(), Condition(kind=ConditionKind.ISSUER, anyone=True)),
    )
    owner = Rule(scope=Scope.ACCESS_TO, modes=FULL, agents=frozenset({OWNER}))
    assert acl_document((bob_by_app, owner), NOTE) == (
        """@prefix acl: <http://www.w3.org/ns/auth/acl#>.
@prefix foaf: <http://xmlns.com/foaf/0.1/>.

<#rule-1>
    a acl:Authorization;
    acl:accessTo <./a:note>;
    acl:agent <../profile/card#me>;
    acl:mode acl:Read, acl:Write, acl:Control.

<#rule-2>
    a acl:Authorization;
    acl:accessTo <./a:note>;
    acl:agent <https://bob.example/#me>;
    acl:mode acl:Read, acl:Append;
    acl:condition [ a acl:ClientCondition; acl:client <https://app.example/id> ], """
        """[ a acl:IssuerCondition; acl:issuerClass foaf:Agent ].
"""
    )


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
iris = st.sampled_from([OWNER, BOB, STORAGE, STORAGE + "a/../b", "urn:uuid:1", "did:web:é.example"])
values = st.one_of(iris, texts, st.sampled_from(["opaque", 'a"b\\', "http://[", "a b", "b:c", ""]))
all_modes = [Mode.READ, Mode.APPEND, Mode.WRITE, Mode.CONTROL, FULL, Mode.READ | Mode.APPEND]
condition_values = st.builds(
    Condition,
    kind=st.sampled_from([ConditionKind.CLIENT, ConditionKind.ISSUER]),
    values=st.frozensets(values, max_size=3),
    groups=st.frozensets(iris, max_size=2),
    anyone=st.booleans(),
)
rule_values = st.builds(
    Rule,
    scope=st.sampled_from(Scope),
    modes=st.sampled_from(all_modes),
    agents=st.frozensets(iris, min_size=1, max_size=3),
    groups=st.frozensets(iris, max_size=2),
    public=st.booleans(),
    authenticated=st.booleans(),
    origins=st.frozensets(values, max_size=2),
    conditions=st.lists(condition_values, max_size=3).map(tuple),
)


@given(st.lists(rule_values, max_size=4), st.sampled_from([ROOT, BOX, BOX.child("a/b%20c/")]))
def test_what_is_written_is_read_back(rules, subject):
    assert read(acl_document(rules, subject), subject) == ordered(rules)


@given(st.lists(rule_values, max_size=3))
def test_the_same_rules_make_the_same_document(rules):
    assert acl_document(rules, BOX) == acl_document([*reversed(rules), *rules], BOX)


@pytest.mark.parametrize("field", ["agents", "groups"])
def test_who_is_no_iri_cannot_be_given_anything(field):
    rule = Rule(
        scope=Scope.ACCESS_TO, modes=Mode.READ, public=True, **{field: frozenset({"b> a <c"})}
    )
    with pytest.raises(AclProblem, match="absolute IRI"):
        acl_document((rule,), BOX)


DOCUMENTS = [
    pytest.param(root_acl, ROOT, Mode.NONE, Mode.NONE, id="root"),
    pytest.param(owner_only, BOX, Mode.NONE, Mode.NONE, id="owner only"),
    pytest.param(owner_only, NOTE, Mode.NONE, Mode.NONE, id="owner only, a document"),
    pytest.param(public_read, BOX, Mode.READ, Mode.READ, id="public"),
    pytest.param(public_read, NOTE, Mode.READ, Mode.NONE, id="public, a document"),
    pytest.param(inbox_acl, BOX, Mode.APPEND, Mode.NONE, id="inbox"),
]


@pytest.mark.parametrize(("compose", "subject", "public", "public_below"), DOCUMENTS)
def test_the_documents_of_a_new_pod(compose, subject, public, public_below):
    text = compose(subject, Owner(OWNER, frozenset({APP})))
    check_acl(graph_of(text, subject), subject, owners={OWNER})
    acls = AclIndex({subject: read(text, subject)})
    inside = ResourceIri(STORAGE, subject.path + "in/side")
    owner = Agent(OWNER, APP, "https://idp.example/")
    assert decide(acls, subject, owner).modes == FULL
    assert decide(acls, subject, ANYONE).modes == public
    assert decide(acls, inside, owner).modes == (FULL if subject.is_container else Mode.NONE)
    assert decide(acls, inside, ANYONE).modes == public_below
    # An app that she has not named is, for all that it acts as her, like anybody.
    unknown = Agent(OWNER, "https://unknown.example/id", "https://idp.example/")
    assert decide(acls, subject, unknown).modes == public
    assert decide(acls, inside, unknown).modes == public_below
    own = Agent(OWNER, OWN_PAGES)
    assert decide(acls, subject, own).modes == FULL


@pytest.mark.parametrize(("compose", "subject", "public", "public_below"), DOCUMENTS)
def test_who_is_not_known_here_by_her_apps_acts_through_any(compose, subject, public, public_below):
    acls = AclIndex({subject: read(compose(subject, Owner(OWNER, None)), subject)})
    assert decide(acls, subject, Agent(OWNER, APP, "https://idp.example/")).modes == FULL
    assert decide(acls, subject, ANYONE).modes == public
    inside = ResourceIri(STORAGE, subject.path + "in/side")
    assert decide(acls, inside, ANYONE).modes == public_below


TREE = AclIndex(
    {
        ROOT: (
            *(Rule(scope=scope, modes=FULL, agents=frozenset({OWNER})) for scope in Scope),
            Rule(scope=Scope.DEFAULT, modes=Mode.READ, authenticated=True, conditions=(by_app(),)),
            Rule(scope=Scope.ACCESS_TO, modes=Mode.APPEND, public=True),
        )
    }
)
SOMEBODY = Agent(EVE, APP, "https://idp.example/")


@pytest.mark.parametrize("target", [ROOT, BOX, NOTE], ids=["own", "container", "document"])
@pytest.mark.parametrize(
    "agent",
    [Agent(OWNER), SOMEBODY, Agent(EVE, "https://other.example/id"), ANYONE],
    ids=["owner", "through the app", "through another app", "anyone"],
)
def test_sharing_changes_nothing_for_anybody_else(target, agent):
    bob_reads = Rule(scope=Scope.ACCESS_TO, modes=Mode.READ, agents=frozenset({BOB}))
    text = shared(TREE.rules[ROOT], ROOT, target, bob_reads)
    after = AclIndex({**TREE.rules, target: read(text, target)})
    below = ResourceIri(STORAGE, target.path + "below")
    for resource in (target, below) if target.is_container else (target,):
        assert decide(after, resource, agent).modes == decide(TREE, resource, agent).modes
    assert Mode.READ in decide(after, target, Agent(BOB)).modes


def test_sharing_with_an_app_only_is_for_that_app_only():
    bob_by_app = Rule(
        scope=Scope.ACCESS_TO, modes=Mode.READ, agents=frozenset({BOB}), conditions=(by_app("x"),)
    )
    acls = AclIndex({BOX: read(shared((), BOX, BOX, bob_by_app), BOX)})
    assert decide(acls, BOX, Agent(BOB, "x")).modes == Mode.READ
    assert decide(acls, BOX, Agent(BOB, "y")).modes == Mode.NONE


def test_taking_back_from_an_inheriting_resource_leaves_the_rest():
    rules = (
        Rule(scope=Scope.DEFAULT, modes=FULL, agents=frozenset({OWNER})),
        Rule(scope=Scope.DEFAULT, modes=Mode.READ, agents=frozenset({BOB, EVE})),
    )
    before = AclIndex({ROOT: rules})
    after = AclIndex({ROOT: rules, BOX: read(withdrawn(rules, ROOT, BOX, agent=BOB), BOX)})
    modes = partial(decide, after, ResourceIri(STORAGE, "box/in"))
    assert modes(Agent(BOB)).modes == Mode.NONE
    assert modes(Agent(EVE)).modes == Mode.READ
    assert modes(Agent(OWNER)).modes == FULL
    assert decide(after, ResourceIri(STORAGE, "else"), Agent(BOB)) == decide(
        before, ResourceIri(STORAGE, "else"), Agent(BOB)
    )
