"""What a body asks for is read strictly: each flaw is told, and nothing is passed over."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acl import Mode
from pod.agreements import AccessRequest, Item, RequestState
from pod.consent.asking import MOST_ITEMS, Asking, read_object, read_offer, read_plain
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
from pod.problems import Malformed, Problem, Unprocessable, UnsupportedMediaType

STORAGE = "https://ana.example/"
BOB = "https://bob.example/#me"
ADVICE = "https://w3id.org/dpv#ProvidePersonalisedRecommendations"
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
BANK = Item(path="data/bank/", category="bank")
PLAIN = {
    "agent": BOB,
    "client": "https://app.example/id",
    "purpose": "dpv:ProvidePersonalisedRecommendations",
    "sentence": " We compare. ",
    "items": [
        {"category": "bank"},
        {"category": "bank", "modes": ["read"]},
        {"resource": STORAGE + "notes/a%41.ttl", "modes": ["read", "append"], "required": False},
    ],
    "days": 30,
    "retention": "P30D",
    "inbox": "https://bob.example/inbox/",
}
EXPECTED = Asking(
    agent=BOB,
    client="https://app.example/id",
    purpose=ADVICE,
    sentence="We compare.",
    required=(BANK,),
    optional=(Item(path="notes/aA.ttl", modes=Mode.READ | Mode.APPEND),),
    days=30,
    ends=None,
    retention="P30D",
    inbox="https://bob.example/inbox/",
)
POLICY = {
    "type": ["ODRLAccessPolicy"],
    "action": ["read", "create"],
    "assignee": BOB,
    "target": {"type": "StorageResource", "value": [STORAGE + "notes/"]},
    "hasPurpose": [ADVICE],
    "constraint": [
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
    "access": POLICY,
    "optional": [
        {
            "type": ["ODRLAccessPolicy"],
            "action": ["read"],
            "target": {"type": CATEGORY, "value": ["bank"]},
        }
    ],
    "sentence": "We compare.",
    "retention": "P30D",
}


def test_our_own_json_is_read():
    assert read_plain(PLAIN, STORAGE) == EXPECTED
    assert not is_lws(PLAIN)


def test_what_is_not_said_is_not_asked_for():
    asking = read_plain({"purpose": ADVICE}, STORAGE)
    assert (asking.agent, asking.client, asking.sentence) == (None, None, "")
    assert (asking.required, asking.optional, asking.days) == ((), (), None)
    assert (asking.retention, asking.inbox) == (None, None)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        pytest.param({"purpose": 1}, Malformed, id="purpose"),
        pytest.param({"purpose": ""}, Malformed, id="no purpose"),
        pytest.param({"agent": "me"}, Malformed, id="relative agent"),
        pytest.param({"agent": ["a:b"]}, Malformed, id="two agents"),
        pytest.param({"inbox": "https://a.example/" + "a" * 2000}, Malformed, id="long inbox"),
        pytest.param({"sentence": "a\nb"}, Malformed, id="two lines"),
        pytest.param({"sentence": "a" * 501}, Malformed, id="long"),
        pytest.param({"sentence": 1}, Malformed, id="no text"),
        pytest.param({"days": True}, Malformed, id="days"),
        pytest.param({"days": 4000}, Malformed, id="years"),
        pytest.param({"retention": "for ever"}, Malformed, id="retention"),
        pytest.param({"retention": 1}, Malformed, id="retention in days"),
        pytest.param({"items": {}}, Malformed, id="no list"),
        pytest.param({"items": [1]}, Malformed, id="no object"),
        pytest.param({"items": [{}]}, Malformed, id="nothing named"),
        pytest.param(
            {"items": [{"category": "bank", "resource": STORAGE}]}, Malformed, id="named twice"
        ),
        pytest.param({"items": [{"category": ["bank"]}]}, Unprocessable, id="list of categories"),
        pytest.param({"items": [{"category": "bank", "required": 1}]}, Malformed, id="required"),
        pytest.param({"items": [{"category": "bank", "modes": "read"}]}, Unprocessable, id="modes"),
        pytest.param({"items": [{"category": "bank", "modes": []}]}, Unprocessable, id="no modes"),
        pytest.param(
            {"items": [{"category": "bank", "modes": ["read", "control"]}]},
            Unprocessable,
            id="control",
        ),
        pytest.param({"items": [{"category": "bank", "modes": [1]}]}, Unprocessable, id="number"),
        pytest.param(
            {"items": [{"category": "bank", "modes": ["read", ["write"]]}]},
            Unprocessable,
            id="list of modes",
        ),
        pytest.param({"items": [{"category": "bank", "fields": []}]}, Unprocessable, id="fields"),
        pytest.param(
            {"items": [{"resource": "https://b.example/"}]}, Unprocessable, id="elsewhere"
        ),
        pytest.param({"items": [{"resource": 1}]}, Unprocessable, id="no address"),
        pytest.param({"items": [{"resource": STORAGE + "a%2Fb"}]}, Malformed, id="no path"),
        pytest.param(
            {"items": [{"resource": f"{STORAGE}{n}"} for n in range(MOST_ITEMS + 1)]},
            Unprocessable,
            id="too many",
        ),
        pytest.param({"terms": "usual"}, Unprocessable, id="what means nothing"),
    ],
)
def test_each_flaw_is_told(said, problem):
    with pytest.raises(problem) as told:
        read_plain({**PLAIN, **said}, STORAGE)
    assert str(told.value)[0].islower() or str(told.value)[0] == "`"


def test_an_offer_has_items_and_days_alone():
    said = {"items": [{"category": "bank"}], "days": 7}
    assert read_offer(said, STORAGE) == ((BANK,), 7)
    assert read_offer({}, STORAGE) == ((), None)


@pytest.mark.parametrize(
    ("kind", "body", "problem"),
    [
        ("text/turtle", b"{}", UnsupportedMediaType),
        (None, b"{}", UnsupportedMediaType),
        ("application/json", b"{", Malformed),
        ("application/json", b"\xff", Malformed),
        ("application/json", b"[]", Malformed),
        ("application/json", b"[" * 16_000, Malformed),
    ],
    ids=["turtle", "no kind", "broken", "no text", "list", "deep"],
)
def test_what_is_no_json_object_is_refused(kind, body, problem):
    with pytest.raises(problem):
        read_object(kind, body)


def test_json_ld_is_read_as_json():
    assert read_object("Application/LD+JSON; charset=utf-8", b'{"a": 1}') == {"a": 1}


@pytest.mark.spec("LWS Access Requests §5 #data-model")
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
    )


def constraint(left, operator, right):
    return {"constraint": [{"leftOperand": left, "operator": operator, "rightOperand": right}]}


@pytest.mark.spec("LWS Access Requests §6.6 #odrl-constraint")
def test_a_purpose_can_be_a_constraint():
    said = {**POLICY, "hasPurpose": [], **constraint("purpose", "eq", ADVICE)}
    assert read_request({**REQUEST, "access": said}, STORAGE, NOW).purpose == ADVICE


@pytest.mark.parametrize(
    "kind", ["StorageResource", "Container", "DataResource", LWS + "Container"]
)
@pytest.mark.spec("LWS Access Requests §6.4 #odrl-target")
def test_targets_are_named_by_their_addresses(kind):
    said = {**POLICY, "target": {"type": kind, "value": [STORAGE + "a/", STORAGE + "b"]}}
    asking = read_request({**REQUEST, "access": said}, STORAGE, NOW)
    assert [item.path for item in asking.required] == ["a/", "b"]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        pytest.param({"@context": LWS_CONTEXT}, Malformed, id="context is no list"),
        pytest.param({"@context": []}, Malformed, id="no context"),
        pytest.param({"type": ["AccessGrant"]}, Malformed, id="a grant"),
        pytest.param({"type": "AccessRequest"}, Malformed, id="type is no list"),
        pytest.param({"storage": "https://b.example/"}, Unprocessable, id="another storage"),
        pytest.param({"access": [POLICY]}, Malformed, id="two policies"),
        pytest.param({"duty": []}, Unprocessable, id="a duty"),
        pytest.param({"optional": {}}, Malformed, id="optional"),
    ],
)
@pytest.mark.spec("LWS Access Requests §7.4 #data-validation")
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
        pytest.param({"hasPurpose": []}, Malformed, id="no purpose"),
        pytest.param({"hasPurpose": [ADVICE, "a:b"]}, Unprocessable, id="two purposes"),
        pytest.param({"hasPurpose": [1]}, Malformed, id="no IRI"),
        pytest.param({"hasPurpose": [["a"]]}, Malformed, id="a list"),
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
@pytest.mark.spec("LWS Access Requests §7.4 #data-validation")
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
@pytest.mark.spec("LWS Access Requests §6.2 #odrl-action")
def test_actions_stand_for_modes(modes, actions):
    assert actions_of(modes) == actions
    said = {**POLICY, "action": actions}
    (item,) = read_request({**REQUEST, "access": said}, STORAGE, NOW).required
    assert item.modes == modes


def test_what_is_offered_instead_is_a_policy():
    items, days = read_counter({**POLICY, "constraint": []}, STORAGE, NOW)
    assert (items[0].path, days) == ("notes/", None)
    assert read_counter(POLICY, STORAGE, NOW)[1] == 30
    with pytest.raises(Malformed):
        read_counter([], STORAGE, NOW)


MODES = st.sampled_from([Mode.READ, Mode.APPEND, Mode.READ | Mode.APPEND, Mode.READ | Mode.WRITE])
PATHS = st.sampled_from(["", "a/", "a/b", "notes/%20.ttl"])
NAMED = st.builds(Item, path=PATHS, modes=MODES)
OF_CATEGORY = st.builds(
    lambda one, modes: Item(path=one.path, modes=modes, category=one.name),
    st.sampled_from(sorted(CATEGORIES.values(), key=lambda one: one.name)),
    MODES,
)
ALIKE = st.one_of(NAMED, OF_CATEGORY).flatmap(
    lambda one: st.lists(
        (NAMED if one.category is None else OF_CATEGORY).map(
            lambda other: replace(other, modes=one.modes)
        ),
        min_size=1,
        max_size=3,
        unique=True,
    ).map(tuple)
)
REQUESTS = st.builds(
    AccessRequest,
    id=st.just("r"),
    agent=st.just(BOB),
    client=st.none() | st.just("https://app.example/id"),
    purpose=st.sampled_from(sorted(PURPOSES)),
    sentence=st.text('abc é"{', max_size=5).map(str.strip),
    required=ALIKE,
    optional=st.lists(st.one_of(NAMED, OF_CATEGORY), max_size=3, unique=True).map(tuple),
    days=st.none(),
    retention=st.sampled_from([None, "P30D", "none"]),
    terms=st.none(),
    manifest=st.none(),
    inbox=st.none() | st.just("https://bob.example/inbox/"),
    state=st.just(RequestState.WAITING),
    created=st.just(NOW),
    lapses=st.just(NOW),
    ends=st.none() | st.integers(24, 999).map(lambda hours: NOW + timedelta(hours=hours)),
)


@given(REQUESTS)
@pytest.mark.spec("LWS Access Requests §5 #data-model")
def test_what_is_written_is_read_again(request_):
    written = json.loads(json.dumps(document(request_, STORAGE)))
    asking = read_request(written, STORAGE, NOW)
    assert asking == Asking(
        agent=request_.agent,
        client=request_.client,
        purpose=request_.purpose,
        sentence=request_.sentence,
        required=request_.required,
        optional=asking.optional,
        days=None if request_.ends is None else (request_.ends - NOW).days,
        ends=request_.ends,
        retention=request_.retention,
        inbox=request_.inbox,
    )
    assert set(asking.optional) == set(request_.optional)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just(STORAGE + "\ud800"),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=4,
)


def altered(document_):
    """The document with a value at some place that was made up."""
    places = [(at,) for at in document_]
    places += [
        (at, key) for at, value in document_.items() if isinstance(value, dict) for key in value
    ]
    places += [
        (at, n, key)
        for at, value in document_.items()
        if isinstance(value, list)
        for n, row in enumerate(value)
        if isinstance(row, dict)
        for key in row
    ]

    def put(place, value):
        made = json.loads(json.dumps(document_))
        inner = made
        for step in place[:-1]:
            inner = inner[step]
        inner[place[-1]] = value
        return made

    return st.builds(put, st.sampled_from(places), VALUES)


@given(
    altered(PLAIN)
    | altered(REQUEST)
    | altered(POLICY).map(lambda said: {**REQUEST, "access": said})
)
def test_whatever_is_sent_is_read_or_told_to_be_wrong(said):
    read: Asking | Problem
    try:
        read = read_request(said, STORAGE, NOW) if is_lws(said) else read_plain(said, STORAGE)
    except (Malformed, Unprocessable) as problem:
        read = problem
    assert isinstance(read, Asking) or str(read)
