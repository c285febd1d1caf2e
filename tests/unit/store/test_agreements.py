"""What the owner was asked for and has agreed to is kept in her pod's own database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pods import BOB, START

from acl.model import Mode
from pod.agreements import (
    AccessGrant,
    AccessRequest,
    ErasureRequest,
    ErasureState,
    GrantState,
    Item,
    Proposal,
    RequestState,
    TermsAgreement,
    TermsSetting,
)
from pod.model import Entry

APP = "https://budget.example/id"
DAY = timedelta(days=1)
BANK = Item(path="data/bank/", modes=Mode.READ | Mode.APPEND, category="bank")
REQUEST = AccessRequest(
    id="r1",
    agent=BOB,
    client=APP,
    purpose="https://w3id.org/dpv#ServiceProvision",
    sentence="add up what was spent",
    required=(BANK,),
    optional=(Item(path="notes/"),),
    days=30,
    retention="P30D",
    terms="t1",
    manifest='{"name": "Budget"}',
    inbox="https://budget.example/inbox",
    state=RequestState.PROPOSED,
    created=START,
    lapses=START + 7 * DAY,
    proposed=Proposal(items=(Item(path="notes/a.txt"),), days=None, terms="strict"),
    ends=START + 60 * DAY,
    reported="they pressed me",
    reason="too much",
)
GRANT = AccessGrant(
    id="g1",
    request="r1",
    agent=BOB,
    client=None,
    purpose=REQUEST.purpose,
    sentence=REQUEST.sentence,
    items=(BANK,),
    since=START,
    until=None,
    retention=None,
    terms=None,
    state=GrantState.ACTIVE,
    created=START,
    changed=START,
    records=("a.b.c", "d.e.f"),
    made=frozenset({"data/bank/"}),
)
TERMS = TermsAgreement(
    id="t1", agent=BOB, client=APP, offer="usual", digest="0" * 64, created=START, jws="a.b.c"
)
ERASURE = ErasureRequest(
    id="e1",
    access_grant="g1",
    agent=BOB,
    client=APP,
    departed="{}",
    inbox=None,
    state=ErasureState.ASKED,
    created=START,
    due=START + 30 * DAY,
)
FAMILIES = {
    "requests": (REQUEST, replace(REQUEST, proposed=None, state=RequestState.WAITING)),
    "grants": (GRANT, replace(GRANT, until=START + DAY, state=GrantState.STOPPED)),
    "terms": (TERMS, replace(TERMS, offer="strict")),
    "erasures": (
        ERASURE,
        replace(ERASURE, state=ErasureState.CONFIRMED, answered=START + DAY, answer="done"),
    ),
}


def family(view, name):
    return getattr(view.agreements, name)


@pytest.mark.parametrize(("name", "values"), FAMILIES.items(), ids=FAMILIES.keys())
async def test_what_is_put_is_found_and_replaced(pod, name, values):
    for value in values:
        await pod.write(lambda tx, value=value: family(tx, name).put(value))
        assert family(pod.snapshot(), name).find(id=value.id) == value
        assert list(family(pod.snapshot(), name).all()) == [value]


@pytest.mark.parametrize(("name", "values"), FAMILIES.items(), ids=FAMILIES.keys())
async def test_they_are_of_one_agent_through_one_client(pod, name, values):
    first = values[0]
    second = replace(first, id="second", created=first.created + DAY)
    other = replace(first, id="other", client="https://other.example/id")

    def work(tx):
        for value in (first, second, other):
            family(tx, name).put(value)

    await pod.write(work)
    assert family(pod.snapshot(), name).count() == 3
    found = family(pod.snapshot(), name).all(agent=first.agent, client=first.client)
    assert [one.id for one in found] == ["second", first.id]


@pytest.mark.parametrize(("name", "values"), FAMILIES.items(), ids=FAMILIES.keys())
async def test_what_is_removed_is_gone(pod, name, values):
    await pod.write(lambda tx: family(tx, name).put(values[0]))
    await pod.write(lambda tx: family(tx, name).remove(id=values[0].id))
    assert family(pod.snapshot(), name).find(id=values[0].id) is None


async def test_a_job_that_fails_leaves_nothing(pod):
    def work(tx):
        tx.agreements.grants.put(GRANT)
        raise LookupError("no")

    with pytest.raises(LookupError):
        await pod.write(work)
    assert pod.snapshot().agreements.grants.find(id="g1") is None


def test_the_record_is_the_last_that_was_signed():
    assert GRANT.record == "d.e.f"


@pytest.mark.parametrize(
    ("state", "after", "overdue"),
    [
        (ErasureState.ASKED, 29 * DAY, False),
        (ErasureState.ASKED, 30 * DAY, True),
        (ErasureState.CONFIRMED, 31 * DAY, False),
    ],
)
def test_a_request_to_erase_is_overdue_when_nobody_answered_in_time(state, after, overdue):
    assert replace(ERASURE, state=state).is_overdue(START + after) is overdue


async def test_her_terms_are_chosen_and_chosen_again(pod):
    assert pod.snapshot().agreements.setting() is None
    for setting in (TermsSetting("strict"), TermsSetting("open", of_all=True)):
        await pod.write(lambda tx, setting=setting: tx.agreements.choose(setting))
        assert pod.snapshot().agreements.setting() == setting


def entry(minutes, *grants):
    return Entry(
        time=START + timedelta(minutes=minutes),
        agent=BOB,
        client=None,
        action="GET",
        target="data/bank/a",
        modes="read",
        source="data/bank/",
        outcome=200,
        grants=grants,
    )


ONE, TWO = "https://pod.example/ana/g/1", "https://pod.example/ana/g/11"


async def test_the_journal_tells_when_a_grant_was_used_last(pod):
    lines = (entry(1, ONE), entry(2, ONE, TWO), entry(3, ONE), entry(4))

    def work(tx):
        for line in lines:
            tx.note(line)

    await pod.write(work)
    agreements = pod.snapshot().agreements
    assert agreements.last_uses(START) == {ONE: lines[2].time, TWO: lines[1].time}
    assert agreements.last_uses(lines[2].time) == {ONE: lines[2].time}
    assert list(agreements.entries(ONE)) == list(lines[:3])
    assert list(agreements.entries(TWO)) == [lines[1]]
    assert list(agreements.entries("https://pod.example/ana/g/2")) == []
