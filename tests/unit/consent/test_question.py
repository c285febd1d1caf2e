"""What can be asked to be explained."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acl import Agent, Mode, Need
from pod.consent.question import Noted, Supposed, address_of, read_question
from pod.problems import Malformed
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
ANA = STORAGE + "profile/card#me"
ISSUER = "https://pod.example/"
BOB = "https://bob.example/#me"


def read(**query):
    url = f"{STORAGE}.well-known/why?{urlencode(query)}"
    return read_question(url, STORAGE, owner=ANA, issuer=ISSUER)


def on(path, mode=Mode.READ):
    return Need(mode, ResourceIri(STORAGE, path))


QUESTIONS = {
    "a line": ({"entry": 12}, Noted(12)),
    "anybody": ({"target": "data/"}, Supposed(need=on("data/"), agent=Agent())),
    "an app of hers": (
        {"target": "/data/", "mode": "Write", "client": "urn:app"},
        Supposed(need=on("data/", Mode.WRITE), agent=Agent(ANA, "urn:app", ISSUER)),
    ),
    "somebody, elsewhere signed in, for a purpose": (
        {"target": STORAGE, "agent": BOB, "issuer": "urn:i", "purpose": "urn:p"},
        Supposed(need=on(""), agent=Agent(BOB, None, "urn:i", purpose="urn:p")),
    ),
    "a day": (
        {"target": "/", "at": "2026-03-01"},
        Supposed(need=on(""), agent=Agent(), at=datetime(2026, 3, 1, tzinfo=UTC)),
    ),
    "a time": (
        {"target": "/", "at": "2026-03-01T02:00:00+01:00"},
        Supposed(need=on(""), agent=Agent(), at=datetime(2026, 3, 1, 1, tzinfo=UTC)),
    ),
    "control of rules": (
        {"target": "x.acl", "mode": "control"},
        Supposed(need=on("x", Mode.CONTROL), agent=Agent()),
    ),
}


@pytest.mark.parametrize(("query", "question"), QUESTIONS.values(), ids=QUESTIONS.keys())
def test_questions_are_read(query, question):
    assert read(**query) == question


BAD = {
    "nothing": ({}, "say `entry`"),
    "a line and more": ({"entry": 1, "mode": "read"}, "not both"),
    "a negative number": ({"entry": "-1"}, "the number of a line"),
    "a digit of another script": ({"entry": "٣"}, "the number of a line"),
    "too long a number": ({"entry": "1" * 19}, "the number of a line"),
    "an impossible path": ({"target": "a%2Fb"}, "an address or a path"),
    "another mode": ({"target": "/", "mode": "fly"}, "read, append, write or control"),
    "no time": ({"target": "/", "at": "soon"}, "a date or a time"),
    "before all time": ({"target": "/", "at": "0001-01-01T00:00:00+14:00"}, "a date or a time"),
    "another word": ({"who": "x" * 50}, f"`{'who'}` is no parameter"),
}


@pytest.mark.parametrize(("query", "message"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_asked_is_refused(query, message):
    with pytest.raises(Malformed, match=message):
        read(**query)


texts = st.none() | st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]))


@given(st.sampled_from([Mode.READ, Mode.APPEND, Mode.WRITE, Mode.CONTROL]), texts, texts, texts)
def test_the_address_of_a_decision_asks_about_that_one(mode, client, issuer, purpose):
    need, agent = on("data/x", mode), Agent(BOB, client, issuer or ISSUER, purpose=purpose)
    url = address_of(need, agent)
    found = read_question(url, STORAGE, owner=ANA, issuer=ISSUER)
    assert found == Supposed(need=need, agent=agent)
    assert address_of(need, Agent()).endswith(f"mode={mode.name.lower()}")
