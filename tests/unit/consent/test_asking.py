"""What a body asks for is read strictly: each flaw is told, and nothing is passed over."""

import json
from datetime import UTC, datetime

import pytest
from altering import altered
from hypothesis import given

from acl import Mode
from pod.agreements import Item
from pod.consent.asking import MOST_ITEMS, Asking, read_object, read_offer, read_plain
from pod.consent.odrl import (
    is_lws,
)
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


@given(altered(PLAIN))
def test_whatever_is_sent_is_read_or_told_to_be_wrong(said):
    read: Asking | Problem
    try:
        read = read_plain(said, STORAGE)
    except (Malformed, Unprocessable) as problem:
        read = problem
    assert isinstance(read, Asking) or str(read)
