"""What a control takes: told as clients know it, and read from what they send."""

import json

import pytest

from pod.account.fields import Field, described, read_fields
from pod.problems import Malformed, UnsupportedMediaType

POD = (
    Field(name="name"),
    Field(
        name="settings",
        kind="object",
        required=False,
        members=(Field(name="webId", required=False),),
    ),
)
LOGIN = (
    Field(name="email"),
    Field(name="password", secret=True),
    Field(name="remember", kind="boolean", required=False),
)
JSON = "application/json"


def test_fields_are_told_with_their_kinds_and_what_is_in_them():
    assert described(POD) == {
        "fields": {
            "name": {"required": True, "type": "string"},
            "settings": {
                "required": False,
                "type": "object",
                "fields": {"webId": {"required": False, "type": "string"}},
            },
        }
    }


@pytest.mark.parametrize(
    ("fields", "sent", "read"),
    [
        pytest.param(POD, {"name": "ana"}, {"name": "ana"}, id="what may be missing"),
        pytest.param(POD, {"name": " ana\n", "x": 1}, {"name": "ana"}, id="spaces and strangers"),
        pytest.param(
            POD,
            {"name": "ana", "settings": {"webId": " https://a.example/#me ", "x": 1}},
            {"name": "ana", "settings": {"webId": "https://a.example/#me"}},
            id="an object",
        ),
        pytest.param(POD, {"name": "ana", "settings": None}, {"name": "ana"}, id="null"),
        pytest.param(
            LOGIN,
            {"email": "a@b", "password": " x ", "remember": False},
            {"email": "a@b", "password": " x ", "remember": False},
            id="a password as it is",
        ),
        pytest.param((), {}, {}, id="nothing"),
    ],
)
def test_what_is_sent_is_read(fields, sent, read):
    assert read_fields(fields, JSON, json.dumps(sent).encode()) == read


def test_no_body_is_an_empty_one_of_any_type():
    assert read_fields((Field(name="invite", required=False),), "", b"") == {}


@pytest.mark.parametrize(
    "sent",
    [
        b"{",
        b"[]",
        b'"email"',
        b"\xff",
        b"[" * 100_000,
        b"",
        b"{}",
        b'{"email": "", "password": "x"}',
        b'{"email": "  ", "password": "x"}',
        b'{"email": 1, "password": "x"}',
        b'{"email": "a@b", "password": "x", "remember": "true"}',
        b'{"email": ["a@b"], "password": "x"}',
        b'{"email": "a@b", "password": ""}',
    ],
)
def test_what_does_not_fit_is_refused(sent):
    with pytest.raises(Malformed, match=r"^[^.]*[^.]$"):
        read_fields(LOGIN, JSON, sent)


def test_what_is_wrong_within_an_object_is_named_whole():
    with pytest.raises(Malformed, match=r"`settings\.webId` must be a string"):
        read_fields(POD, JSON, b'{"name": "ana", "settings": {"webId": 1}}')


@pytest.mark.parametrize(
    "media_type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_a_form_of_another_site_is_not_read(media_type):
    with pytest.raises(UnsupportedMediaType):
        read_fields(LOGIN, media_type, b'{"email": "a@b", "password": "x"}')


def test_a_charset_makes_no_difference():
    read = read_fields(
        LOGIN[:2], "Application/JSON; charset=utf-8", b'{"email":"a","password":"b"}'
    )
    assert read == {"email": "a", "password": "b"}
