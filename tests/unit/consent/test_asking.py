"""What a body asks for is read strictly: each flaw is told, and nothing is passed over."""

import json
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
    "manifest": {"controller": {"legal_name": "Bob \ud800"}},
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
    manifest='{"controller": {"legal_name": "Bob \\ud800"}}',
)
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


DEEP = {"uses": json.loads("[" * 10 + "]" * 10)}


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
        pytest.param({"manifest": "a"}, Malformed, id="manifest"),
        pytest.param({"manifest": DEEP}, Malformed, id="deep manifest"),
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


@pytest.mark.parametrize("kind", ["Application/LD+JSON; charset=utf-8", "application/lws+json"])
@pytest.mark.spec("LWS §10.4.1 #json-ld-serialization")
def test_json_ld_is_read_as_json(kind):
    assert read_object(kind, b'{"a": 1}') == {"a": 1}


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
