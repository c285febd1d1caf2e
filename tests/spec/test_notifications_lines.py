"""Lines that messages come over: web sockets, streams, and those of the older protocol."""

import json

import pytest
from agents import EVERYONE, rule
from channels import (
    JSON_LD,
    NOTIFY,
    Socket,
    event,
    listening,
    refusal,
    streaming,
    subscribe,
    write,
)

FULL = "Read Write Control"


class TestWebSocket:
    """WebSocketChannel2023 §2."""

    @pytest.mark.spec("WebSocketChannel2023 §2 #subscription-type")
    @pytest.mark.spec("Practice WS-01")
    def test_the_address_is_enough(self, ana, topic):
        made = subscribe(ana, ana, topic)
        with Socket(made["receiveFrom"], "Origin: https://app.example") as socket:
            assert (socket.status, socket.headers["Sec-WebSocket-Protocol"]) == (101, None)

    @pytest.mark.spec("Practice WS-01")
    def test_the_subprotocol_is_answered(self, ana, topic):
        named = NOTIFY + "WebSocketChannel2023"
        made = subscribe(ana, ana, topic)
        with Socket(made["receiveFrom"], f"Sec-WebSocket-Protocol: {named}") as socket:
            assert (socket.status, socket.headers["Sec-WebSocket-Protocol"]) == (101, named)

    @pytest.mark.spec("Practice WS-02")
    @pytest.mark.parametrize("capability", ["0" * 40, "", "../channels/x"])
    def test_an_unknown_address_is_refused(self, ana, capability):
        place = ana.storage.replace("http", "ws", 1) + ".well-known/notifications/receive/"
        assert refusal(place + capability) in {400, 404}

    def test_it_must_be_opened_as_one(self, ana, nobody, topic):
        made = subscribe(ana, ana, topic)
        assert nobody.get(made["receiveFrom"].replace("ws", "http", 1)).status == 400

    @pytest.mark.spec("Practice WS-03")
    def test_it_can_be_opened_again(self, ana, topic):
        made = subscribe(ana, ana, topic)
        for _ in range(2):
            with Socket(made["receiveFrom"]) as socket:
                write(ana, topic)
                assert socket.message()["type"] == "Update"

    @pytest.mark.spec("Practice WS-03")
    def test_signs_of_life_are_answered(self, ana, topic):
        with listening(ana, ana, topic) as socket:
            socket.say("still there?", opcode=0x89)
            assert socket.frame() == (0x8A, b"still there?")
            socket.say("whatever a client says")
            write(ana, topic)
            assert socket.message()["type"] == "Update"

    def test_who_does_not_read_holds_nobody_up(self, ana, topic, monkeypatch):
        monkeypatch.setattr("pod.web.lines.MOST_WAITING", 4096)
        slow = Socket(subscribe(ana, ana, topic)["receiveFrom"])
        with listening(ana, ana, topic) as socket, slow:
            slow.line.shutdown(0)  # reads no more
            for _ in range(20):
                write(ana, topic)
                assert socket.message()["type"] == "Update"


class TestStreams:
    """StreamingHTTPChannel2023 and EventSourceChannel2023."""

    @pytest.mark.spec("StreamingHTTPChannel2023 §2 #channel-type")
    @pytest.mark.spec("StreamingHTTPChannel2023 §3 #auth")
    @pytest.mark.spec("Practice SH-01")
    def test_messages_come_line_by_line(self, ana, topic):
        made = subscribe(ana, ana, topic, "StreamingHTTPChannel2023")
        with streaming(made["receiveFrom"], Origin="https://app.example") as response:
            assert (response.status, response.headers["Content-Type"]) == (200, JSON_LD)
            assert response.headers["Access-Control-Allow-Origin"] == "https://app.example"
            for _ in range(2):
                write(ana, topic)
                assert json.loads(response.readline())["object"] == topic

    @pytest.mark.spec("EventSourceChannel2023 §2 #channel-type")
    @pytest.mark.spec("Practice ES-01")
    def test_messages_come_as_events(self, ana, topic):
        made = subscribe(ana, ana, topic, "EventSourceChannel2023")
        with streaming(made["receiveFrom"]) as response:
            assert response.headers["Content-Type"] == "text/event-stream"
            write(ana, topic)
            found = event(response)
        assert found.keys() == {"id", "data"}
        message = json.loads(found["data"])
        assert (message["id"], message["type"]) == (found["id"], "Update")

    @pytest.mark.spec("Practice ES-01")
    def test_what_was_missed_is_told_after_a_break(self, ana, topic):
        made = subscribe(ana, ana, topic, "EventSourceChannel2023")
        with streaming(made["receiveFrom"]) as response:
            write(ana, topic)
            first = event(response)
        write(ana, topic)
        ana.delete(topic)
        with streaming(made["receiveFrom"], Last_Event_ID=first["id"]) as response:
            told = [json.loads(event(response)["data"])["type"] for _ in range(2)]
        assert told == ["Update", "Delete"]

    def test_an_event_in_turtle_has_many_lines(self, ana, topic):
        made = subscribe(ana, ana, topic, "EventSourceChannel2023", accept="text/turtle")
        with streaming(made["receiveFrom"]) as response:
            write(ana, topic)
            assert event(response)["data"].startswith("@prefix as:")

    @pytest.mark.parametrize("kind", ["EventSourceChannel2023", "StreamingHTTPChannel2023"])
    def test_an_unknown_address_is_refused(self, ana, nobody, topic, kind):
        made = subscribe(ana, ana, topic, kind)
        assert ana.delete(made["id"]).status == 204
        assert nobody.get(made["receiveFrom"]).status == 404

    def test_a_stream_ends_with_its_channel(self, ana, topic):
        made = subscribe(ana, ana, topic, "StreamingHTTPChannel2023")
        with streaming(made["receiveFrom"]) as response:
            write(ana, topic)
            response.readline()
            ana.delete(made["id"])
            assert response.read() == b""


class TestUpdatesVia:
    """LEG-01: the older protocol."""

    @pytest.mark.spec("Practice LEG-01")
    def test_public_resources_can_be_followed(self, ana, nobody, topic):
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(EVERYONE, "Read", "accessTo"))
        address = nobody.get(topic).headers["Updates-Via"]
        with Socket(address) as socket:
            assert socket.text() == "protocol solid-0.1"
            socket.say(f"sub {topic}")
            assert socket.text() == f"ack {topic}"
            write(ana, topic)
            assert socket.text() == f"pub {topic}"
            socket.say("ping")
            assert socket.text() == "pong"

    @pytest.mark.spec("Practice LEG-01")
    def test_others_cannot(self, ana, topic):
        with Socket(ana.get(topic).headers["Updates-Via"]) as socket:
            socket.text()
            for url in (topic, topic + "-none", ana.storage + "../bob/", "https://x.example/"):
                socket.say(f"sub {url}")
                assert socket.text() == f"err {url} forbidden"
            write(ana, topic)
            assert socket.is_quiet()

    @pytest.mark.spec("Practice LEG-01")
    @pytest.mark.parametrize("scheme", ["ws", "http"])
    def test_who_signs_in_follows_what_she_may_read(self, ana, bob, topic, scheme):
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
        address = ana.get(topic).headers["Updates-Via"]
        signed = bob.app.headers("GET", address.replace("ws", scheme, 1))
        with Socket(address) as socket:
            socket.text()
            socket.say(f"auth {signed['Authorization']}")
            socket.say(f"dpop {signed['DPoP']}")
            socket.say(f"sub {topic}")
            assert socket.text() == f"ack {topic}"
            write(ana, topic)
            assert socket.text() == f"pub {topic}"
            ana.grant(topic, rule(ana.webid, FULL, "accessTo"))
            write(ana, topic)
            assert socket.is_closed()

    def test_what_does_not_hold_signs_nobody_in(self, ana, topic):
        address = ana.get(topic).headers["Updates-Via"]
        signed = ana.app.headers("GET", address)
        with Socket(address) as socket:
            socket.text()
            socket.say(f"auth {signed['Authorization']}x")
            socket.say(f"dpop {signed['DPoP']}")
            socket.say(f"sub {topic}")
            assert socket.text() == f"err {topic} forbidden"

    def test_a_message_that_is_none_is_passed_over(self, ana, topic):
        with Socket(ana.get(topic).headers["Updates-Via"]) as socket:
            socket.text()
            socket.say("hello")
            socket.say("ping")
            assert socket.text() == "pong"
