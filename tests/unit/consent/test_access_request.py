"""Where a request for access may go, whoever does what and whenever."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acl import Mode
from pod.agreements import AccessRequest, Item, Proposal, RequestState
from pod.consent.access_request import (
    PATIENCE,
    TABLE,
    Act,
    check_within,
    countering,
    now_at,
    proposing,
    step,
)
from pod.problems import Conflict, Unprocessable

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
BANK, ENERGY = Item(path="data/bank/"), Item(path="data/energy/", modes=Mode.READ | Mode.WRITE)
REQUEST = AccessRequest(
    id="r",
    agent="https://budget.example/#it",
    client=None,
    purpose="https://w3id.org/dpv#ServicePersonalisation",
    sentence="We sort your spending.",
    required=(BANK,),
    optional=(ENERGY,),
    days=30,
    retention=None,
    terms=None,
    manifest=None,
    inbox=None,
    state=RequestState.WAITING,
    created=NOW,
    lapses=NOW + PATIENCE,
)
ENDS = set(RequestState) - {RequestState.WAITING, RequestState.PROPOSED}


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", RequestState)
@pytest.mark.spec("Self Data CAP-04")
def test_a_request_goes_where_the_table_says_and_nowhere_else(state, act):
    request = replace(REQUEST, state=state)
    after = TABLE.get((state, act))
    if after is None:
        with pytest.raises(Conflict):
            step(request, act, NOW)
    else:
        assert step(request, act, NOW).state is after


def test_an_answer_is_the_end():
    assert not {state for state, _ in TABLE} & ENDS


@pytest.mark.parametrize("state", RequestState)
def test_what_nobody_answers_in_time_lapses(state):
    request = replace(REQUEST, state=state)
    late = NOW + PATIENCE
    assert now_at(request, late - timedelta(seconds=1)) == request
    assert now_at(request, late).state is (state if state in ENDS else RequestState.LAPSED)
    with pytest.raises(Conflict):
        step(request, Act.ACCEPT, late)


paths = st.sampled_from(["", "data/", "data/bank/", "data/bank/x.ttl", "data/energy/", "data/bank"])
modes = st.sampled_from([Mode.READ, Mode.APPEND, Mode.WRITE, Mode.READ | Mode.WRITE, Mode.CONTROL])
items = st.lists(st.builds(Item, path=paths, modes=modes), max_size=3).map(tuple)
days = st.none() | st.integers(1, 60)


def is_within(some, length):
    """By the words of the rule: each thing is below one that was asked for, with its modes."""
    asked = {"data/bank/": {Mode.READ}, "data/energy/": {Mode.READ, Mode.APPEND, Mode.WRITE}}
    return (
        bool(some)
        and all(
            any(
                item.path.startswith(path)
                and all(
                    mode in known
                    for mode in (Mode.READ, Mode.APPEND, Mode.CONTROL)
                    if mode in item.modes
                )
                for path, known in asked.items()
            )
            for item in some
        )
        and (length is not None and length <= 30)
    )


@given(items, days)
@pytest.mark.spec("Self Data PRI-09")
def test_nobody_is_offered_more_than_was_asked_for(some, length):
    try:
        check_within(REQUEST, some, length)
        fits = True
    except Unprocessable:
        fits = False
    assert fits is is_within(some, length)


@pytest.mark.parametrize("length", [0, -1, 4000])
def test_nothing_is_offered_for_no_time_at_all(length):
    with pytest.raises(Unprocessable):
        check_within(replace(REQUEST, days=None), (BANK,), length)


def test_what_was_asked_for_without_an_end_can_be_given_so():
    offer = Proposal(items=(BANK,), days=None)
    assert proposing(replace(REQUEST, days=None), offer, NOW).proposed == offer


@pytest.mark.spec("Self Data PRI-09")
def test_each_side_makes_one_offer():
    offered = proposing(REQUEST, Proposal(items=(BANK,), days=7), NOW)
    assert (offered.state, offered.proposed.items, offered.proposed.days) == (
        RequestState.PROPOSED,
        (BANK,),
        7,
    )
    other = countering(offered, (ENERGY,), 14, NOW)
    assert (other.state, other.required, other.optional, other.days) == (
        RequestState.WAITING,
        (ENERGY,),
        (),
        14,
    )
    with pytest.raises(Conflict):
        proposing(other, Proposal(items=(ENERGY,), days=7), NOW)
    assert step(other, Act.ACCEPT, NOW).state is RequestState.GRANTED


def test_no_offer_is_more_than_what_was_asked_for():
    with pytest.raises(Unprocessable):
        proposing(REQUEST, Proposal(items=(Item(path="data/health/"),), days=7), NOW)
    offered = proposing(REQUEST, Proposal(items=(BANK,), days=7), NOW)
    with pytest.raises(Unprocessable):
        countering(offered, (Item(path="data/bank/", modes=Mode.WRITE),), 7, NOW)
