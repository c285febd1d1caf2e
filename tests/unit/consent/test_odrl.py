"""Access requests of Linked Web Storage are read strictly, and written so that they are read."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from altering import altered
from hypothesis import given
from hypothesis import strategies as st

from acl import Mode
from pod.agreements import AccessRequest, Item, RequestState
from pod.consent.asking import Asking
from pod.consent.categories import CATEGORIES
from pod.consent.odrl import (
    CATEGORY,
    LWS,
    LWS_CONTEXT,
    actions_of,
    document,
    is_lws,
    read_counter,
    read_request,
)
from pod.consent.purposes import PURPOSES
from pod.problems import Malformed, Problem, Unprocessable

STORAGE = "https://ana.example/"
BOB = "https://bob.example/#me"
ADVICE = "https://w3id.org/dpv#ProvidePersonalisedRecommendations"
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
BANK = Item(path="data/bank/", category="bank")
FOR_ADVICE = {"leftOperand": "purpose", "operator": "eq", "rightOperand": ADVICE}
POLICY = {
    "type": ["AccessPolicy"],
    "action": ["read", "create"],
    "assignee": BOB,
    "target": {"type": "StorageResource", "value": [STORAGE + "notes/"]},
    "constraint": [
        FOR_ADVICE,
        {"leftOperand": "client", "operator": "eq", "rightOperand": "https://app.example/id"},
        {"leftOperand": "dateTime", "operator": "gteq", "rightOperand": "2026-11-01T00:00:00Z"},
        {
            "leftOperand": "dateTime",
            "operator": "lteq",
            "rightOperand": "2026-12-26T10:00:00+01:00",
        },
    ],
}
REQUEST = {
    "@context": [LWS_CONTEXT, "https://w3id.org/selfdata/app.jsonld"],
    "type": ["AccessRequest"],
    "storage": STORAGE,
    "inbox": "https://bob.example/inbox/",
    "access": [
        POLICY,
        {
            **POLICY,
            "action": ["read"],
            "target": {"type": CATEGORY, "value": ["bank"]},
            "required": False,
        },
    ],
    "sentence": "We compare.",
    "retention": "P30D",
}


@pytest.mark.spec("LWS §10.2 #access-data-model")
def test_the_words_of_linked_web_storage_are_read():
    assert is_lws(REQUEST)
    assert read_request(REQUEST, STORAGE, NOW) == Asking(
        agent=BOB,
        client="https://app.example/id",
        purpose=ADVICE,
        sentence="We compare.",
        required=(Item(path="notes/", modes=Mode.READ | Mode.APPEND),),
        optional=(BANK,),
        days=30,
        ends=datetime(2026, 12, 26, 9, tzinfo=UTC),
        retention="P30D",
        inbox="https://bob.example/inbox/",
        manifest=None,
    )


def constraint(left, operator, right):
    """One more constraint beside those of the policy."""
    more = {"leftOperand": left, "operator": operator, "rightOperand": right}
    return {"constraint": [*POLICY["constraint"], more]}


def for_ever():
    limit = {"leftOperand": "dateTime", "operator": "lteq", "rightOperand": "9999-01-01T00:00:00Z"}
    return {"constraint": [FOR_ADVICE, limit]}


def for_(*constraints):
    return {**REQUEST, "access": [{**POLICY, "constraint": [*constraints]}]}


@pytest.mark.spec("LWS §10.3.5 #odrl-constraint")
def test_the_purpose_is_a_constraint():
    any_of = {"leftOperand": "purpose", "operator": "isAnyOf", "rightOperand": [ADVICE]}
    for one in (FOR_ADVICE, any_of):
        asking = read_request(for_(one), STORAGE, NOW)
        assert (asking.purpose, asking.client, asking.ends, asking.days) == (
            ADVICE,
            None,
            None,
            None,
        )


@pytest.mark.spec("LWS §10.3.5 #odrl-constraint")
@pytest.mark.parametrize("hours", [(480, 720), (720, 480)], ids=["sooner first", "later first"])
def test_all_constraints_are_kept_to(hours):
    limits = [
        {
            "leftOperand": "dateTime",
            "operator": "lteq",
            "rightOperand": (NOW + timedelta(hours=one)).isoformat(),
        }
        for one in hours
    ]
    assert read_request(for_(FOR_ADVICE, *limits), STORAGE, NOW).days == 20


@pytest.mark.spec("LWS §10.2 #access-data-model")
def test_what_is_one_needs_no_list():
    said = {
        **POLICY,
        "type": "AccessPolicy",
        "action": "read",
        "target": {"type": "Container", "value": STORAGE + "notes/"},
        "constraint": FOR_ADVICE,
    }
    asking = read_request({**REQUEST, "type": "AccessRequest", "access": said}, STORAGE, NOW)
    assert (asking.required, asking.optional) == ((Item(path="notes/"),), ())


@pytest.mark.parametrize(
    "kind", ["StorageResource", "Container", "DataResource", LWS + "Container"]
)
@pytest.mark.spec("LWS §10.3.4 #odrl-target")
def test_targets_are_named_by_their_addresses(kind):
    said = {**POLICY, "target": {"type": kind, "value": [STORAGE + "a/", STORAGE + "b"]}}
    asking = read_request({**REQUEST, "access": said}, STORAGE, NOW)
    assert [item.path for item in asking.required] == ["a/", "b"]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        pytest.param({"@context": []}, Malformed, id="no context"),
        pytest.param({"type": ["AccessGrant"]}, Malformed, id="a grant"),
        pytest.param({"storage": "https://b.example/"}, Unprocessable, id="another storage"),
        pytest.param({"access": []}, Malformed, id="nothing"),
        pytest.param({"access": [POLICY, 1]}, Malformed, id="a number for a policy"),
        pytest.param(
            {"access": [POLICY, {**POLICY, "assignee": "https://eve.example/#me"}]},
            Unprocessable,
            id="two who ask",
        ),
        pytest.param(
            {"access": [POLICY, {**POLICY, "constraint": [FOR_ADVICE]}]},
            Unprocessable,
            id="two times",
        ),
        pytest.param({"duty": []}, Unprocessable, id="a duty"),
    ],
)
@pytest.mark.spec("Practice LWS-AR-06")
def test_each_flaw_of_a_request_is_told(said, problem):
    with pytest.raises(problem):
        read_request({**REQUEST, **said}, STORAGE, NOW)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        pytest.param({"type": ["Policy"]}, Malformed, id="type"),
        pytest.param({"action": []}, Unprocessable, id="no action"),
        pytest.param({"action": ["use"]}, Unprocessable, id="another action"),
        pytest.param({"action": ["read", 1]}, Unprocessable, id="a number"),
        pytest.param({"action": ["modify"]}, Unprocessable, id="modify alone"),
        pytest.param({"action": ["delete", "create"]}, Unprocessable, id="delete alone"),
        pytest.param({"assignee": None}, Malformed, id="nobody"),
        pytest.param({"assignee": "me"}, Malformed, id="relative"),
        pytest.param({"target": None}, Unprocessable, id="no target"),
        pytest.param({"target": {"type": "TypeIndex", "value": ["a"]}}, Unprocessable, id="index"),
        pytest.param({"target": {"type": "Container", "value": []}}, Malformed, id="no value"),
        pytest.param(
            {"target": {"type": "Container", "value": ["a"], "not": []}}, Unprocessable, id="but"
        ),
        pytest.param({"target": {"type": ["a"], "value": ["a"]}}, Unprocessable, id="two types"),
        pytest.param({"target": {"type": CATEGORY, "value": ["x"]}}, Unprocessable, id="category"),
        pytest.param({"required": "yes"}, Malformed, id="required"),
        pytest.param({"constraint": []}, Malformed, id="no purpose"),
        pytest.param({"constraint": [1]}, Malformed, id="a number for a constraint"),
        pytest.param(constraint("purpose", "eq", "a:b"), Unprocessable, id="two purposes"),
        pytest.param(
            constraint("purpose", "isAnyOf", [ADVICE, "a:b"]), Unprocessable, id="one of two"
        ),
        pytest.param(constraint("purpose", "eq", 1), Malformed, id="no IRI"),
        pytest.param(constraint("purpose", "eq", ["a"]), Malformed, id="a list"),
        pytest.param(constraint("client", "eq", "a:b"), Unprocessable, id="two apps"),
        pytest.param(constraint("client", "eq", None), Malformed, id="no app"),
        pytest.param({"prohibition": []}, Unprocessable, id="prohibition"),
        pytest.param(constraint("mediaType", "eq", "image/png"), Unprocessable, id="media type"),
        pytest.param(constraint("type", "isAnyOf", ["a:b"]), Unprocessable, id="type of target"),
        pytest.param(constraint("client", "neq", "a:b"), Unprocessable, id="any other client"),
        pytest.param(
            constraint("dateTime", "gteq", "2027-01-01T00:00:00Z"), Unprocessable, id="later"
        ),
        pytest.param(
            constraint("dateTime", "lteq", "2026-11-27T00:00:00Z"), Unprocessable, id="hours"
        ),
        pytest.param(for_ever(), Unprocessable, id="for ever"),
        pytest.param(
            constraint("dateTime", "lteq", "2027-01-01T00:00:00"), Malformed, id="no zone"
        ),
        pytest.param(constraint("dateTime", "lteq", "soon"), Malformed, id="no time"),
        pytest.param(constraint("dateTime", "lteq", 1), Malformed, id="a number for a time"),
        pytest.param(
            {"constraint": [{"leftOperand": "dateTime", "operator": "lt"}]}, Malformed, id="when"
        ),
        pytest.param({"constraint": [{"unit": "a"}]}, Unprocessable, id="a unit"),
    ],
)
@pytest.mark.spec("Practice LWS-AR-06")
def test_each_flaw_of_a_policy_is_told(said, problem):
    with pytest.raises(problem):
        read_request({**REQUEST, "access": {**POLICY, **said}}, STORAGE, NOW)


@pytest.mark.parametrize(
    ("modes", "actions"),
    [
        (Mode.READ, ["read"]),
        (Mode.APPEND, ["create"]),
        (Mode.WRITE, ["create", "modify", "delete"]),
        (Mode.READ | Mode.WRITE, ["read", "create", "modify", "delete"]),
    ],
    ids=["read", "append", "write", "all"],
)
@pytest.mark.spec("LWS §10.3.2 #odrl-action")
def test_actions_stand_for_modes(modes, actions):
    assert actions_of(modes) == actions
    said = {**POLICY, "action": actions}
    (item,) = read_request({**REQUEST, "access": said}, STORAGE, NOW).required
    assert item.modes == modes


OFFER = {key: POLICY[key] for key in ("type", "action", "target")}
UNTIL = POLICY["constraint"][-1]


def test_what_is_offered_instead_is_a_policy():
    bank = {**OFFER, "action": ["read"], "target": {"type": CATEGORY, "value": ["bank"]}}
    items, days = read_counter({"access": [OFFER, bank]}, STORAGE, NOW)
    assert (items, days) == ((Item(path="notes/", modes=Mode.READ | Mode.APPEND), BANK), None)
    assert read_counter({"access": {**OFFER, "constraint": [UNTIL]}}, STORAGE, NOW)[1] == 30


@pytest.mark.parametrize(
    ("access", "problem"),
    [
        pytest.param([], Malformed, id="nothing"),
        pytest.param({**OFFER, "assignee": BOB}, Unprocessable, id="for somebody"),
        pytest.param({**OFFER, "constraint": [FOR_ADVICE]}, Unprocessable, id="for a purpose"),
        pytest.param({**OFFER, "constraint": POLICY["constraint"][1]}, Unprocessable, id="an app"),
        pytest.param([OFFER, {**OFFER, "constraint": [UNTIL]}], Unprocessable, id="two times"),
    ],
)
def test_who_asks_and_what_for_stays_as_it_is(access, problem):
    with pytest.raises(problem):
        read_counter({"access": access}, STORAGE, NOW)


MODES = st.sampled_from([Mode.READ, Mode.APPEND, Mode.READ | Mode.APPEND, Mode.READ | Mode.WRITE])
PATHS = st.sampled_from(["", "a/", "a/b", "notes/%20.ttl"])
NAMED = st.builds(Item, path=PATHS, modes=MODES)
OF_CATEGORY = st.builds(
    lambda one, modes: Item(path=one.path, modes=modes, category=one.name),
    st.sampled_from(sorted(CATEGORIES.values(), key=lambda one: one.name)),
    MODES,
)
ITEMS = st.lists(st.one_of(NAMED, OF_CATEGORY), max_size=3, unique=True).map(tuple)
REQUESTS = st.builds(
    AccessRequest,
    id=st.just("r"),
    agent=st.just(BOB),
    client=st.none() | st.just("https://app.example/id"),
    purpose=st.sampled_from(sorted(PURPOSES)),
    sentence=st.text('abc é"{', max_size=5).map(str.strip),
    required=ITEMS,
    optional=ITEMS,
    days=st.none(),
    retention=st.sampled_from([None, "P30D", "none"]),
    terms=st.none(),
    manifest=st.none(),
    inbox=st.none() | st.just("https://bob.example/inbox/"),
    state=st.just(RequestState.WAITING),
    created=st.just(NOW),
    lapses=st.just(NOW),
    ends=st.none() | st.integers(24, 999).map(lambda hours: NOW + timedelta(hours=hours)),
).filter(lambda one: one.required or one.optional)


@given(REQUESTS)
@pytest.mark.spec("LWS §10.2 #access-data-model")
def test_what_is_written_is_read_again(request_):
    written = json.loads(json.dumps(document(request_, STORAGE)))
    asking = read_request(written, STORAGE, NOW)
    assert asking == Asking(
        agent=request_.agent,
        client=request_.client,
        purpose=request_.purpose,
        sentence=request_.sentence,
        required=asking.required,
        optional=asking.optional,
        days=None if request_.ends is None else (request_.ends - NOW).days,
        ends=request_.ends,
        retention=request_.retention,
        inbox=request_.inbox,
        manifest=None,
    )
    # What is asked for in the same way is told together.
    assert set(asking.required) == set(request_.required)
    assert set(asking.optional) == set(request_.optional)


@given(altered(REQUEST) | altered(POLICY).map(lambda said: {**REQUEST, "access": said}))
def test_whatever_is_sent_is_read_or_told_to_be_wrong(said):
    read: Asking | Problem
    try:
        read = read_request(said, STORAGE, NOW)
    except (Malformed, Unprocessable) as problem:
        read = problem
    assert isinstance(read, Asking) or str(read)
