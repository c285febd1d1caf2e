"""What is asked for; how it may be written is tried over HTTP, here is the rest."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from pod.channel import ChannelType
from pod.notify.activity import CONTEXT
from pod.notify.request import check_receiver, read_request, type_as_written
from pod.problems import Unprocessable, UnsupportedMediaType

JSON_LD = "application/ld+json"
SERVICE = "https://pod.example/ana/.well-known/notifications/x"
TOPIC = "https://pod.example/ana/x"
NS = "http://www.w3.org/ns/solid/notifications#"


def read(kind=ChannelType.WEB_SOCKET, content_type=JSON_LD, **more):
    body = {"@context": [CONTEXT], "type": kind.value, "topic": TOPIC, **more}
    return read_request(json.dumps(body).encode(), content_type, kind, SERVICE)


def test_a_type_and_a_topic_are_enough():
    found = read()
    assert found.topics == (TOPIC,)
    features = (found.starts, found.ends, found.state, found.rate, found.accept, found.send_to)
    assert features == (None,) * 6
    assert (found.receiver, found.activities) == (None, frozenset())


def test_everything_can_be_asked_for():
    found = read(
        ChannelType.LDN,
        startAt="2030-01-01T00:00:00Z",
        endAt="2030-01-02T00:00:00Z",
        state='"a7"',
        rate="PT1M",
        accept="text/turtle",
        sendTo={"id": "https://there.example/inbox/", "https://x.example/controller": "somebody"},
        receiver="https://there.example/card#me",
        activityType=["Add", "https://www.w3.org/ns/activitystreams#Remove"],
    )
    assert found.starts == datetime(2030, 1, 1, tzinfo=UTC)
    assert found.ends == datetime(2030, 1, 2, tzinfo=UTC)
    assert (found.state, found.rate) == ('"a7"', timedelta(minutes=1))
    assert (found.accept, found.send_to) == ("text/turtle", "https://there.example/inbox/")
    assert found.receiver == "https://there.example/card#me"
    assert found.activities == {"Add", "Remove"}


@pytest.mark.parametrize(
    ("more", "name"),
    [({"expiration": "2030-01-02T00:00:00Z"}, "ends"), ({"endAt": "2030-01-02T00:00:00Z"}, "ends")],
)
def test_the_older_name_of_the_end_does(more, name):
    assert getattr(read(**more), name) == datetime(2030, 1, 2, tzinfo=UTC)


def test_no_rate_is_none():
    assert read(rate="PT0S").rate is None


@pytest.mark.parametrize(
    "more",
    [
        {"activityType": "Dance"},
        {"sendTo": ["https://a.example/", {"@value": "b"}]},
        {"sendTo": "https://a.example/" + "x" * 3000},
        {"state": "x" * 3000},
        {"state": {"id": "https://x.example/"}},
        {"accept": ["text/turtle", "application/ld+json"]},
        {"accept": "image/png"},
        {"type": "EventSourceChannel2023"},
        {"topic": [f"https://pod.example/ana/{n}" for n in range(101)]},
    ],
)
def test_what_makes_no_sense_is_refused(more):
    with pytest.raises(Unprocessable):
        read(**more)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"type": "x"}', b"[" * 100_000])
def test_what_says_nothing_is_refused(body):
    with pytest.raises(Unprocessable):
        read_request(body, JSON_LD, ChannelType.WEB_SOCKET, SERVICE)


def test_other_syntaxes_do_too():
    text = f"[] a <{NS}WebSocketChannel2023> ; <{NS}topic> <../x> .".encode()
    found = read_request(text, "text/turtle", ChannelType.WEB_SOCKET, SERVICE)
    assert found.topics == ("https://pod.example/ana/.well-known/x",)
    with pytest.raises(UnsupportedMediaType):
        read_request(text, "text/plain", ChannelType.WEB_SOCKET, SERVICE)


def test_one_channel_is_asked_for_at_a_time():
    node = {"type": "WebSocketChannel2023", "topic": TOPIC}
    body = json.dumps({"@context": [CONTEXT], "@graph": [node, node]}).encode()
    with pytest.raises(Unprocessable):
        read_request(body, JSON_LD, ChannelType.WEB_SOCKET, SERVICE)


def test_a_profile_of_json_ld_itself_is_known():
    profile = f'{JSON_LD};profile="http://www.w3.org/ns/json-ld#compacted {CONTEXT}"'
    assert read(content_type=profile).topics == (TOPIC,)
    with pytest.raises(UnsupportedMediaType):
        read(content_type=f'{JSON_LD};profile="https://x.example/"')


@pytest.mark.parametrize(
    ("body", "written"),
    [
        (b'{"type": "LDNChannel2023"}', "LDNChannel2023"),
        (f'{{"type": "{NS}LDNChannel2023"}}'.encode(), NS + "LDNChannel2023"),
        (b'{"type": ["LDNChannel2023"]}', NS + "LDNChannel2023"),
        (b"[]", NS + "LDNChannel2023"),
        (b"<> a <x> .", NS + "LDNChannel2023"),
        (b"[" * 100_000, NS + "LDNChannel2023"),
    ],
)
def test_a_type_is_answered_as_it_was_written(body, written):
    assert type_as_written(body, ChannelType.LDN) == written


def own(host, port):
    return (host, port) in {("pod.example", 443), ("localhost", 3000)}


@pytest.mark.spec("Practice WH-04")
@pytest.mark.parametrize(
    ("address", "public", "near"),
    [
        ("https://there.example/hook", True, True),
        ("https://there.example:8443/hook?x", True, True),
        ("http://there.example/hook", False, False),
        ("http://localhost:9/hook", False, True),
        ("http://127.0.0.1:9/hook", False, True),
        ("http://[::1]:9/hook", False, True),
        ("https://pod.example/ana/inbox/", False, False),
        ("http://localhost:3000/ana/inbox/", False, False),
        ("https://user@there.example/", False, False),
        ("https:///hook", False, False),
        ("https://there.example:99999/", False, False),
        ("https://[/", False, False),
        ("mailto:x@there.example", False, False),
        (None, False, False),
    ],
)
def test_messages_are_sent_where_they_may_be(address, public, near):
    assert (_is_taken(address, development=False), _is_taken(address, development=True)) == (
        public,
        near,
    )


def _is_taken(address, *, development):
    try:
        return check_receiver(address, own, development=development) == address
    except Unprocessable:
        return False
