"""A grant gives what its items say to whom it names, and nothing else to anybody."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_

import pytest
from hypothesis import given as each
from hypothesis import settings
from hypothesis import strategies as st

from acl import (
    AclIndex,
    Agent,
    Condition,
    ConditionKind,
    Mode,
    Rule,
    Scope,
    acl_document,
    at,
    decide,
    rules_from,
)
from pod.agreements import AccessGrant, GrantState, Item
from pod.consent.rules import given, modes_on, taken
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
WEBIDS = [STORAGE + "profile/card#me", "https://bob.example/#me"]
APPS = ["https://app.example/id", "opaque-client"]
PURPOSES = ["https://w3id.org/dpv#Marketing", "https://w3id.org/dpv#ServiceProvision"]
PATHS = ["", "a/", "a/b/", "a/b/c", "a/d", "e", "f/g/"]
SEEN = [ResourceIri(STORAGE, path) for path in (*PATHS, "a/.meta", "a/b/c.meta", ".acl", "a/.acl")]

modes = st.sets(st.sampled_from([Mode.READ, Mode.APPEND, Mode.WRITE]), min_size=1).map(
    lambda some: reduce(or_, some)
)
periods = st.builds(
    Condition,
    kind=st.just(ConditionKind.PERIOD),
    until=st.sampled_from([NOW - DAY, NOW, NOW + DAY]),
)
conditions = st.one_of(
    st.builds(
        Condition,
        kind=st.just(ConditionKind.CLIENT),
        values=st.frozensets(st.sampled_from(APPS), min_size=1),
    ),
    st.builds(
        Condition,
        kind=st.just(ConditionKind.PURPOSE),
        values=st.frozensets(st.sampled_from(PURPOSES), min_size=1),
    ),
    periods,
)
rules = st.builds(
    Rule,
    scope=st.sampled_from(Scope),
    modes=st.sampled_from([Mode.READ, Mode.WRITE, Mode.READ | Mode.CONTROL]),
    agents=st.frozensets(st.sampled_from(WEBIDS), min_size=1, max_size=2),
    public=st.booleans(),
    conditions=st.lists(conditions, max_size=2).map(tuple),
)
resources = st.sampled_from([ResourceIri(STORAGE, path) for path in PATHS])


def meant(acls):
    """As documents have it: what is no container has nothing below it."""
    return {
        on: tuple(rule for rule in found if on.is_container or rule.scope is Scope.ACCESS_TO)
        for on, found in acls.items()
    }


indexes = st.builds(
    AclIndex,
    st.dictionaries(resources, st.lists(rules, max_size=2).map(tuple), max_size=4).map(meant),
    st.just(frozenset(WEBIDS[:1])),
)
items = st.builds(Item, path=st.sampled_from(PATHS), modes=modes)
grants = st.builds(
    AccessGrant,
    id=st.just("g1"),
    request=st.none(),
    agent=st.sampled_from(WEBIDS),
    client=st.sampled_from([None, *APPS]),
    purpose=st.sampled_from(PURPOSES),
    sentence=st.just("show it"),
    items=st.lists(items, min_size=1, max_size=3).map(tuple),
    since=st.sampled_from([NOW - DAY, NOW, NOW + DAY]),
    until=st.sampled_from([None, NOW, NOW + DAY]),
    retention=st.none(),
    terms=st.none(),
    state=st.just(GrantState.ACTIVE),
    created=st.just(NOW),
    changed=st.just(NOW),
    records=st.just(()),
)


def drawn(*drawings):
    """A law, tried on as many worlds as find every mistake that was planted."""
    return lambda law: settings(max_examples=50)(each(*drawings)(law))


# Of who names no purpose, what is granted elsewhere decides which one is meant.
AGENTS = [
    Agent(webid, client, purpose=purpose)
    for webid in (None, *WEBIDS)
    for client in (None, *APPS)
    for purpose in ("https://w3id.org/dpv#Other", *PURPOSES)
]


def with_grant(acls, grant):
    return AclIndex({**acls.rules, **given(grant, acls, STORAGE)}, acls.owners)


def without_grant(acls, grant, made=()):
    kept, gone = taken(grant, acls, STORAGE, made)
    rules = {on: found for on, found in acls.rules.items() if on not in gone}
    return AclIndex({**rules, **kept}, acls.owners)


def seen(acls):
    """What each agent may do anywhere, and what everybody may."""
    acls = at(acls, NOW)
    found = ((agent, target, decide(acls, target, agent)) for agent in AGENTS for target in SEEN)
    return {(agent, target): (access.modes, access.public) for agent, target, access in found}


def is_meant(grant, agent):
    named = (agent.webid, agent.purpose) == (grant.agent, grant.purpose)
    through = grant.client in {None, agent.client}
    return named and through and grant.since <= NOW and not (grant.until and grant.until <= NOW)


@pytest.mark.spec("Self Data CON-18")
@drawn(indexes, grants)
def test_a_grant_adds_its_items_for_whom_it_names_and_nothing_else(acls, grant):
    expected = {
        (agent, target): (modes | modes_on(grant.items, target.subject), public)
        if is_meant(grant, agent) and not target.is_acl
        else (modes, public)
        for (agent, target), (modes, public) in seen(acls).items()
    }
    assert seen(with_grant(acls, grant)) == expected


@drawn(indexes, grants)
def test_taking_it_back_leaves_everything_as_it_was_for_everybody(acls, grant):
    after = with_grant(acls, grant)
    made = after.rules.keys() - acls.rules.keys()
    for ours in ((), made):
        assert seen(without_grant(after, grant, ours)) == seen(acls)


@drawn(indexes, grants)
def test_documents_that_were_made_for_it_alone_go_with_it(acls, grant):
    after = with_grant(acls, grant)
    made = after.rules.keys() - acls.rules.keys()
    assert without_grant(after, grant, made).rules.keys() == acls.rules.keys()


@drawn(indexes, grants)
def test_giving_it_again_changes_nothing(acls, grant):
    once = with_grant(acls, grant)
    assert with_grant(once, grant).rules == once.rules


@drawn(indexes, grants)
def test_what_it_stands_for_may_have_been_left_out_by_somebody_else(acls, grant):
    after = with_grant(acls, grant)
    bare = {on: tuple(replace(r, grant=None) for r in rules) for on, rules in after.rules.items()}
    assert seen(without_grant(AclIndex(bare, acls.owners), grant)) == seen(acls)


@drawn(indexes, grants, grants)
def test_of_two_grants_the_other_stays(acls, one, other):
    other = replace(other, id="g2")
    both = with_grant(with_grant(acls, one), other)
    made = both.rules.keys() - acls.rules.keys()
    left = without_grant(both, one, made)
    assert seen(left) == seen(with_grant(acls, other))
    assert without_grant(left, other, made).rules.keys() == acls.rules.keys()


@drawn(indexes, grants)
def test_the_documents_say_the_rules(acls, grant):
    for on, found in given(grant, acls, STORAGE).items():
        text = acl_document(found, on).encode()
        assert set(rules_from(parse(text, RdfFormat.TURTLE, str(on.acl)), on)) == set(found)


@drawn(indexes, grants)
def test_it_is_written_where_it_is_named_and_below_and_nowhere_else(acls, grant):
    named = {ResourceIri(STORAGE, item.path) for item in grant.items}
    below = {on for on in acls.rules if modes_on(grant.items, on)}
    assert given(grant, acls, STORAGE).keys() == named | below


def test_taking_it_back_writes_no_document_that_does_not_name_it():
    beside = ResourceIri(STORAGE, "c/")
    acls = AclIndex({ResourceIri(STORAGE, ""): (OWNER_ONLY,), beside: (OWNER_ONLY,)})
    kept, gone = taken(GRANT, with_grant(acls, GRANT), STORAGE, ())
    assert (kept.keys(), gone) == ({ResourceIri(STORAGE, "a/b/")}, frozenset())


OWNER_ONLY = Rule(scope=Scope.DEFAULT, modes=Mode.READ | Mode.CONTROL, agents=frozenset(WEBIDS[:1]))
GRANT = AccessGrant(
    id="g1",
    request=None,
    agent=WEBIDS[1],
    client=None,
    purpose=PURPOSES[0],
    sentence="show it",
    items=(Item(path="a/b/"),),
    since=NOW,
    until=None,
    retention=None,
    terms=None,
    state=GrantState.ACTIVE,
    created=NOW,
    changed=NOW,
    records=(),
)


def test_a_document_of_the_owners_own_stays_though_it_says_what_is_inherited():
    root, inner = ResourceIri(STORAGE, ""), ResourceIri(STORAGE, "a/b/")
    pinned = (OWNER_ONLY, replace(OWNER_ONLY, scope=Scope.ACCESS_TO))
    acls = AclIndex({root: (OWNER_ONLY,), inner: pinned})
    assert without_grant(with_grant(acls, GRANT), GRANT).rules.keys() == acls.rules.keys()


def test_a_document_that_says_more_by_now_stays():
    root, inner = ResourceIri(STORAGE, ""), ResourceIri(STORAGE, "a/b/")
    acls = with_grant(AclIndex({root: (OWNER_ONLY,)}), GRANT)
    more = Rule(scope=Scope.ACCESS_TO, modes=Mode.READ, public=True)
    acls = AclIndex({**acls.rules, inner: (*acls.rules[inner], more)})
    assert more in without_grant(acls, GRANT, (inner,)).rules[inner]
