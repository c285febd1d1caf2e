"""Rules for a time, and for a purpose: what they give, and to whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acl import (
    AclIndex,
    AclProblem,
    Agent,
    Condition,
    ConditionKind,
    InForce,
    Mode,
    Rule,
    Scope,
    acl_document,
    at,
    check_acl,
    classes,
    covering,
    decide,
    grants_of,
    ordered,
    readable,
    rules_from,
    with_purpose,
    without_grant,
)
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.iri import ResourceIri

BANK = ResourceIri("https://ana.example/", "data/bank/")
LINE = ResourceIri("https://ana.example/", "data/bank/2026-01.ttl")
HEALTH = ResourceIri("https://ana.example/", "data/health/")
ANA = "https://ana.example/profile/card#me"
APP = "https://budget.example/id"
BUDGET = "https://w3id.org/dpv#ServicePersonalisation"
SELLING = "https://w3id.org/dpv#DirectMarketing"
GRANT = "https://ana.example/.well-known/grants/7c1e"
START = datetime(2026, 11, 26, 9, tzinfo=UTC)
END = START + timedelta(days=30)
BY_APP = Agent(ANA, APP, "https://idp.example/")


def period(since=START, until=END):
    return Condition(kind=ConditionKind.PERIOD, since=since, until=until)


def purpose(*purposes):
    return Condition(kind=ConditionKind.PURPOSE, values=frozenset(purposes))


def granted(*conditions, grant=GRANT, modes=Mode.READ):
    through = Condition(kind=ConditionKind.CLIENT, values=frozenset({APP}))
    return Rule(
        scope=Scope.DEFAULT,
        modes=modes,
        agents=frozenset({ANA}),
        conditions=(through, *conditions),
        grant=grant,
    )


def index(**rules):
    targets = {"bank": BANK, "health": HEALTH}
    return AclIndex({targets[name]: given for name, given in rules.items()})


@pytest.mark.parametrize(
    ("since", "until", "now", "holds"),
    [
        (START, END, START - timedelta(microseconds=1), False),
        (START, END, START, True),
        (START, END, END - timedelta(microseconds=1), True),
        (START, END, END, False),
        (START, None, END, True),
        (START, None, START - timedelta(seconds=1), False),
        (None, END, START - timedelta(days=999), True),
        (None, END, END, False),
        (None, None, START, False),
    ],
)
@pytest.mark.spec("Self Data PRI-16")
def test_a_period_holds_from_its_beginning_and_before_its_end(since, until, now, holds):
    acls = at(index(bank=(granted(period(since, until)),)), now)
    assert (Mode.READ in decide(acls, LINE, BY_APP).modes) is holds


def test_what_is_asked_beside_a_period_is_asked_as_before():
    through_any = Condition(kind=ConditionKind.CLIENT, anyone=True)
    rule = replace(granted(), conditions=(through_any, period()))
    assert decide(at(index(bank=(rule,)), START), LINE, BY_APP).modes == Mode.READ
    assert not decide(at(index(bank=(rule,)), END), LINE, BY_APP).modes


@pytest.mark.spec("Self Data PRI-16")
def test_a_rule_whose_time_was_not_looked_at_gives_nothing():
    assert not decide(index(bank=(granted(period()),)), LINE, BY_APP).modes


moments = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2026, 1, 9)).map(  # noqa: DTZ001 - the zone follows
    lambda naive: naive.replace(tzinfo=UTC, microsecond=0)
)
periods = st.builds(period, st.none() | moments, st.none() | moments)


@given(st.lists(st.lists(periods, max_size=2), max_size=3), st.lists(moments, min_size=1))
def test_what_is_kept_is_what_would_be_looked_at_anew(rules, asked):
    acls = index(bank=tuple(granted(*some) for some in rules))
    kept = InForce()
    for now in asked:
        assert kept.find(acls, now) == at(acls, now)


def test_each_index_is_looked_at_for_itself():
    kept = InForce()
    one, other = (index(**{name: (granted(period()),)}) for name in ("bank", "health"))
    for acls in (one, other, one):
        assert kept.find(acls, START) == at(acls, START)


def test_the_same_index_is_given_until_a_period_begins_or_ends():
    acls, kept = index(bank=(granted(period()),)), InForce()
    first = kept.find(acls, START)
    assert kept.find(acls, END - timedelta(seconds=1)) is first
    assert kept.find(acls, END) is not first
    timeless = index(bank=(granted(),))
    assert kept.find(timeless, START) is timeless


@pytest.mark.spec("Self Data CON-18")
def test_a_purpose_opens_what_was_granted_for_it_and_nothing_else():
    acls = index(bank=(granted(purpose(BUDGET)),), health=(granted(purpose(SELLING)),))
    for asked, bank, health in [
        (BUDGET, True, False),
        (SELLING, False, True),
        ("x:other", False, False),
    ]:
        agent = replace(BY_APP, purpose=asked)
        assert (Mode.READ in decide(acls, LINE, agent).modes) is bank
        assert (Mode.READ in decide(acls, HEALTH.child("a.ttl"), agent).modes) is health
    # Two purposes, and none named: neither counts.
    assert not readable(acls, classes(acls), BY_APP)


@pytest.mark.spec("Self Data CON-18")
def test_no_agent_reads_for_two_purposes_at_once():
    acls = index(bank=(granted(purpose(BUDGET)),), health=(granted(purpose(SELLING)),))
    for asked in (None, BUDGET, SELLING):
        seen = readable(acls, classes(acls), replace(BY_APP, purpose=asked))
        assert len({its_class.source for its_class in seen}) <= 1


def test_who_has_but_one_purpose_need_not_name_it():
    acls = index(bank=(granted(purpose(BUDGET)),))
    access = decide(acls, LINE, BY_APP)
    assert access.modes == Mode.READ
    assert access.agent.purpose == BUDGET
    assert access.grants == {GRANT}
    assert grants_of(acls, classes(acls), BY_APP) == {GRANT}


def test_a_rule_that_stands_for_no_grant_names_none():
    acls = index(bank=(granted(grant=None),), health=(granted(),))
    assert decide(acls, LINE, BY_APP).grants == frozenset()
    assert grants_of(acls, classes(acls), BY_APP) == {GRANT}


@pytest.mark.parametrize(
    "other",
    [
        replace(BY_APP, client="https://other.example/id"),
        replace(BY_APP, webid="https://bob.example/#me"),
        replace(BY_APP, client=None),
    ],
    ids=["another app", "another person", "no app"],
)
def test_nobody_else_takes_over_a_purpose(other):
    acls = index(bank=(granted(purpose(BUDGET)),))
    assert with_purpose(acls, other) == other
    assert not decide(acls, LINE, other).modes


def test_a_purpose_whose_time_has_not_come_is_not_taken_for_the_one():
    acls = index(
        bank=(granted(purpose(BUDGET)),),
        health=(granted(purpose(SELLING), period(END, None)),),
    )
    assert with_purpose(at(acls, START), BY_APP).purpose == BUDGET
    assert with_purpose(at(acls, END), BY_APP).purpose is None


sets = st.frozensets(st.sampled_from([BUDGET, SELLING]), min_size=1)
conditions = st.one_of(
    periods.filter(lambda c: c.since or c.until), sets.map(lambda s: purpose(*s))
)


@given(st.lists(conditions, max_size=3), st.none() | st.just(GRANT))
def test_what_is_written_is_what_is_read(some, grant):
    rules = covering(granted(*some, grant=grant), BANK)
    text = acl_document(rules, BANK)
    graph = parse(text.encode(), RdfFormat.TURTLE, str(BANK.acl))
    check_acl(graph, BANK, owners={ANA})
    found = rules_from(graph, BANK)
    assert found == ordered(rules)


def test_a_grant_is_taken_out_of_the_rules_whole():
    kept, gone = granted(), granted(purpose(BUDGET), grant="https://ana.example/other")
    assert without_grant((kept, gone), "https://ana.example/other") == (kept,)


_RULE = """
@prefix acl: <http://www.w3.org/ns/auth/acl#>. @prefix sd: <https://w3id.org/selfdata/ns#>.
@prefix dpv: <https://w3id.org/dpv#>. @prefix xsd: <http://www.w3.org/2001/XMLSchema#>.
<#r> a acl:Authorization; acl:accessTo <./>; acl:agent <https://bob.example/#me>;
    acl:mode acl:Read; acl:condition [ %s ].
"""


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("a sd:PurposeCondition", "name a purpose"),
        ('a sd:PurposeCondition; dpv:hasPurpose "budget"', "name a purpose"),
        ("a sd:PeriodCondition", "give each sd:PeriodCondition"),
        ('a sd:PeriodCondition; sd:validUntil "2026-12-26"^^xsd:date', "give each"),
        ('a sd:PeriodCondition; sd:validUntil "2026-12-26T09:00:00Z"', "give each"),
        (
            (
                'a sd:PeriodCondition; sd:validUntil "2026-12-26T09:00:00Z"^^xsd:dateTime,'
                ' "2027-12-26T09:00:00Z"^^xsd:dateTime'
            ),
            "give each",
        ),
        ('a sd:PeriodCondition; sd:validUntil "2026-12-26T09:00:00"^^xsd:dateTime', "give each"),
        ('a sd:PeriodCondition; sd:validFrom "2026-13-26T09:00:00Z"^^xsd:dateTime', "give each"),
        (
            'a sd:PeriodCondition; sd:validUntil "2026-12-26T09:00:00Z"^^xsd:dateTime, 5',
            "give each",
        ),
    ],
)
def test_a_condition_that_could_not_hold_as_meant_is_not_stored_and_gives_nothing(
    condition, sentence
):
    graph = parse((_RULE % condition).encode(), RdfFormat.TURTLE, str(BANK.acl))
    with pytest.raises(AclProblem, match=sentence):
        check_acl(graph, BANK, owners={ANA})
    acls = at(AclIndex({BANK: rules_from(graph, BANK)}), START)
    assert not decide(acls, BANK, Agent("https://bob.example/#me")).modes
