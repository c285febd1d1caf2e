"""What can be asked for at all, for how long it is given, what is told of it; and that, whatever
both sides do, no asker is told or given more than the person has offered.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from acl import Mode
from pod.agreements import (
    AccessGrant,
    AccessRequest,
    GrantState,
    Item,
    Proposal,
    RequestState,
    TermsAgreement,
)
from pod.consent.access_request import (
    PATIENCE,
    Act,
    came_to_nothing,
    check_askable,
    check_within,
    countering,
    days_left,
    is_open,
    now_at,
    proposing,
    step,
)
from pod.consent.rules import modes_on
from pod.consent.telling import evidence, notice, notice_path, told, told_as_lws
from pod.problems import Conflict, Problem, Unprocessable
from vocab.iri import ResourceIri

STORAGE = "https://ana.example/"
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
DAY = timedelta(days=1)
ADVICE = "https://w3id.org/dpv#ProvidePersonalisedRecommendations"
BANK = Item(path="data/bank/", modes=Mode.READ, category="bank")
ENERGY = Item(path="data/energy/", modes=Mode.READ | Mode.WRITE, category="energy")
REQUEST = AccessRequest(
    id="r",
    agent="https://budget.example/#it",
    client="https://budget.example/id",
    purpose=ADVICE,
    sentence="We compare what you pay.",
    required=(BANK,),
    optional=(ENERGY,),
    days=365,
    retention="P30D",
    terms="t",
    manifest='{"client_name": "Budget"}',
    inbox=None,
    state=RequestState.WAITING,
    created=NOW,
    lapses=NOW + PATIENCE,
)
GRANT = AccessGrant(
    id="g",
    request="r",
    agent=REQUEST.agent,
    client=REQUEST.client,
    purpose=ADVICE,
    sentence=REQUEST.sentence,
    items=(BANK,),
    since=NOW,
    until=NOW + DAY,
    retention="P30D",
    terms="t",
    state=GrantState.ACTIVE,
    created=NOW,
    changed=NOW,
    records=("a.b.c",),
)
HEALTH = Item(path="data/health/", category="health")


def is_askable(request: AccessRequest) -> bool:
    try:
        check_askable(request)
    except Unprocessable:
        return False
    return True


def test_what_says_what_for_and_what_can_be_asked():
    assert is_askable(REQUEST)
    assert is_askable(replace(REQUEST, required=(HEALTH,), optional=()))


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"required": (), "optional": ()}, id="nothing"),
        pytest.param({"purpose": "https://purpose.example/ours"}, id="purpose"),
        pytest.param({"sentence": ""}, id="no plain words"),
        pytest.param({"retention": "none"}, id="to keep nothing"),
        pytest.param({"required": (BANK, HEALTH)}, id="a bundle"),
        pytest.param({"optional": (HEALTH,)}, id="a bundle with what is optional"),
        pytest.param({"required": (Item(path="data/health/a"), BANK)}, id="a document of it"),
    ],
)
@pytest.mark.spec("Self Data CON-18")
@pytest.mark.spec("Self Data CON-39")
def test_what_nobody_can_be_asked_for_in_this_way(said):
    assert not is_askable(replace(REQUEST, **said))


@pytest.mark.spec("Self Data CON-39")
def test_no_offer_makes_a_bundle_of_what_was_asked_for_alone():
    alone = replace(REQUEST, required=(HEALTH,), optional=())
    parts = (Item(path="data/health/a"), Item(path="data/health/b"))
    with pytest.raises(Unprocessable):
        check_within(alone, parts, 7)
    with pytest.raises(Unprocessable):
        proposing(alone, Proposal(items=parts, days=7), NOW)
    offered = proposing(alone, Proposal(items=parts[:1], days=7), NOW)
    with pytest.raises(Unprocessable):
        countering(offered, parts, 7, NOW)
    assert countering(offered, parts[1:], 7, NOW).required == parts[1:]


@pytest.mark.parametrize(
    ("ends", "days", "left"),
    [
        (None, 7, 7),
        (None, None, None),
        (NOW + 3 * DAY, 7, 3),
        (NOW + 3 * DAY, None, 3),
        (NOW + 30 * DAY, 7, 7),
        (NOW + DAY, 7, 1),
    ],
)
def test_access_ends_no_later_than_was_asked_for(ends, days, left):
    assert days_left(replace(REQUEST, ends=ends), days, NOW) == left


def test_what_would_be_over_at_once_is_not_given():
    with pytest.raises(Conflict):
        days_left(replace(REQUEST, ends=NOW + DAY - timedelta(seconds=1)), 7, NOW)


def test_what_came_to_nothing_may_be_forgotten():
    states = {state for state in RequestState if came_to_nothing(replace(REQUEST, state=state))}
    assert states == {
        RequestState.REFUSED,
        RequestState.DECLINED,
        RequestState.WITHDRAWN,
        RequestState.LAPSED,
    }
    reported = replace(REQUEST, state=RequestState.REFUSED, reported="they pressed me")
    assert not came_to_nothing(reported)


@pytest.mark.spec("Self Data CON-38")
def test_the_evidence_is_all_that_there_is():
    agreement = TermsAgreement(
        id="t", agent=REQUEST.agent, client=None, offer="usual", digest="", created=NOW, jws="d.e.f"
    )
    reported = replace(REQUEST, reported="no flat without it")
    pack = json.loads(json.dumps(evidence(reported, STORAGE, GRANT, agreement)))
    assert pack["request"] == told(reported, STORAGE, GRANT)
    assert (pack["reported"], pack["terms"], pack["record"]) == (
        "no flat without it",
        "d.e.f",
        "a.b.c",
    )
    assert pack["manifest"] == {"client_name": "Budget"}
    assert {"beyond", "longer", "writes"} <= set(pack["concerns"])
    would_do = pack["would_do"]
    assert would_do["days"] == 180
    assert [item["resource"] for item in would_do["items"]] == [STORAGE + "data/bank/"]


def test_evidence_of_what_was_modest_says_so():
    small = replace(REQUEST, required=(ENERGY,), optional=(), days=7, manifest=None, terms=None)
    small = replace(small, required=(replace(ENERGY, modes=Mode.READ),))
    pack = evidence(small, STORAGE)
    assert (pack["would_do"], pack["manifest"], pack["terms"], pack["record"]) == (None,) * 4


def test_the_notice_says_who_asks_and_where():
    said = notice(replace(REQUEST, client=None), STORAGE, "https://ana.example/#me")
    assert (said["actor"], said["object"]) == (
        REQUEST.agent,
        STORAGE + ".well-known/access-requests/r",
    )
    assert "sentence" not in json.dumps(said)
    assert notice_path(REQUEST) == "inbox/access-request-r.jsonld"


def test_both_ways_of_telling_say_the_same():
    proposed = replace(
        REQUEST,
        state=RequestState.PROPOSED,
        proposed=Proposal(items=(BANK, ENERGY), days=7, terms="strict"),
        ends=NOW + DAY,
    )
    plain, linked = told(proposed, STORAGE), told_as_lws(proposed, STORAGE)
    assert {name: linked[name] for name in ("id", "state", "days", "terms")} == {
        name: plain[name] for name in ("id", "state", "days", "terms")
    }
    assert linked["proposal"]["terms"] == plain["proposal"]["terms"] == "strict"
    assert [one["target"]["value"] for one in linked["proposal"]["access"]] == [
        ["bank"],
        ["energy"],
    ]
    assert "grant" not in linked
    assert "proposal" not in told_as_lws(REQUEST, STORAGE)


ITEMS = st.lists(
    st.builds(
        Item,
        path=st.sampled_from(["data/bank/", "data/bank/a", "data/energy/", "data/", "profile/"]),
        modes=st.sampled_from([Mode.READ, Mode.APPEND, Mode.WRITE, Mode.READ | Mode.WRITE]),
    ),
    max_size=2,
).map(tuple)
DAYS = st.none() | st.integers(-1, 400)


class Negotiation(RuleBasedStateMachine):
    """Both sides do what they like, in any order, and time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.request = REQUEST
        self.offered: tuple[tuple[Item, ...], int | None] | None = None
        self.given: tuple[tuple[Item, ...], int | None] | None = None
        self.counters = self.proposals = 0

    def attempt(self, make) -> bool:
        """Do something; whether it was to be done."""
        before = self.request
        try:
            self.request = make()
        except Problem:
            assert self.request == before
            return False
        return True

    @rule(items=ITEMS, days=DAYS)
    def accept(self, items, days):
        def make():
            check_within(now_at(self.request, self.now), items, days)
            return step(self.request, Act.ACCEPT, self.now)

        if self.attempt(make):
            self.offered = self.given = (items, days)

    @rule(items=ITEMS, days=DAYS)
    def propose(self, items, days):
        offer = Proposal(items=items, days=days)
        if self.attempt(lambda: proposing(self.request, offer, self.now)):
            self.offered = (items, days)
            self.proposals += 1

    @rule(items=ITEMS, days=DAYS)
    def counter(self, items, days):
        if self.attempt(lambda: countering(self.request, items, days, self.now)):
            self.offered = None
            self.counters += 1

    @rule()
    def take(self):
        if self.attempt(lambda: step(self.request, Act.TAKE, self.now)):
            proposed = self.request.proposed
            assert proposed is not None
            self.given = (proposed.items, proposed.days)

    @rule(act=st.sampled_from([Act.REFUSE, Act.DECLINE, Act.WITHDRAW, Act.LAPSE]))
    def end(self, act):
        self.attempt(lambda: step(self.request, act, self.now))

    @rule(text=st.just("a word of hers"))
    def report(self, text):
        self.request = replace(self.request, reported=text)

    @precondition(lambda self: is_open(self.request))
    @rule(days=st.integers(1, 31))
    def time_passes(self, days):
        self.now += timedelta(days=days)

    @invariant()
    def what_is_given_was_offered(self):
        assert (self.request.state is RequestState.GRANTED) == (self.given is not None)
        assert self.given is None or self.given == self.offered

    @invariant()
    def what_is_given_was_asked_for(self):
        if self.given is None:
            return
        items, days = self.given
        assert items
        assert days is not None
        assert 1 <= days <= REQUEST.days
        for item in items:
            asked = modes_on((BANK, ENERGY), ResourceIri(STORAGE, item.path))
            assert item.modes in asked

    @invariant()
    def each_side_makes_one_offer(self):
        assert self.proposals <= 1
        assert self.counters <= 1

    @invariant()
    def the_asker_is_told_no_more(self):
        at = now_at(self.request, self.now)
        for tell in (told, told_as_lws):
            said = json.dumps(tell(at, STORAGE))
            assert "a word of hers" not in said
            assert (self.proposals > 0) == ('"proposal": {' in said)
            for secret in ('data/"', "profile/"):
                assert secret not in said

    @invariant()
    def nothing_waits_for_ever(self):
        late = now_at(self.request, self.now + PATIENCE)
        assert not is_open(late)


TestNegotiation = Negotiation.TestCase
TestNegotiation.settings = settings(stateful_step_count=15)
