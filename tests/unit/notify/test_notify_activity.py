import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.notify.activity import Message, change_of, format_of, message_id, text_of
from pod.notify.match import Told, told_of
from pod.notify.state import is_same
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
X = ResourceIri(STORAGE, "c/x")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OWN, ABOVE = told_of(X, "created")


def message(told, state='"a7"', seq=7):
    return Message(message_id("pod", seq, told), seq, told, state, NOON)


def test_a_message_says_what_happened():
    assert json.loads(text_of(message(OWN), "application/ld+json")) == {
        "@context": [
            "https://www.w3.org/ns/activitystreams",
            "https://www.w3.org/ns/solid/notifications-context/v1",
        ],
        "id": message_id("pod", 7, OWN),
        "type": "Create",
        "object": str(X),
        "state": '"a7"',
        "published": "2026-03-01T12:00:00Z",
    }


def test_of_a_container_it_names_both():
    said = json.loads(text_of(message(ABOVE, state=None), "application/ld+json"))
    assert (said["object"], said["target"]) == (str(X), f"{STORAGE}c/")
    assert "state" not in said


@pytest.mark.parametrize("form", [RdfFormat.TURTLE, RdfFormat.N_TRIPLES])
def test_it_says_the_same_in_every_format(form):
    json_ld = text_of(message(ABOVE), "application/ld+json").encode()
    other = text_of(message(ABOVE), form.media_type).encode()
    assert parse(other, form, STORAGE) == parse(json_ld, RdfFormat.JSON_LD, STORAGE)


@given(st.integers(0, 2**62 - 1))
def test_an_id_is_a_uuid_that_tells_the_change(seq):
    name = message_id("pod", seq, OWN)
    found = UUID(name)
    assert (found.version, found.urn, change_of(name)) == (8, name, seq)


def test_ids_are_the_same_for_the_same_message_only():
    names = {
        message_id(pod, seq, told)
        for pod in ("pod", "other")
        for seq in (7, 8)
        for told in (OWN, ABOVE, Told(X, "Update", X))
    }
    assert len(names) == 12
    assert message_id("pod", 7, OWN) in names


@pytest.mark.parametrize("text", ["", "x", "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", "7"])
def test_another_id_tells_nothing(text):
    assert change_of(text) is None


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, "application/ld+json"),
        ("*/*", "application/ld+json"),
        ("text/turtle", "text/turtle"),
        ("text/turtle;q=0.1, application/n-triples", "application/n-triples"),
        ("image/png", None),
    ],
)
def test_the_format_is_what_is_accepted(accept, form):
    assert format_of(accept) == form


@pytest.mark.spec("Practice NTF-17")
@pytest.mark.parametrize(
    ("known", "tag", "same"),
    [
        ('"a7"', '"a7"', True),
        ("a7", '"a7"', True),
        ('W/"a7"', '"a7"', True),
        ('"a7-json"', '"a7-ttl"', True),
        ("a7-ttl", '"a7"', True),
        ('"a8"', '"a7"', False),
        ("", '"a7"', False),
        ('"a7"', None, False),
    ],
)
def test_a_state_is_an_entity_tag(known, tag, same):
    assert is_same(known, tag) == same
