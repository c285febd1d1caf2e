"""Messages: what changes come to, who is told, when, and over which kinds of channels."""

import json
import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from agents import EVERYONE, rule
from answers import said
from channels import (
    CONTEXT,
    JSON_LD,
    NOTIFY,
    Socket,
    event,
    listening,
    receiver,
    refusal,
    service,
    streaming,
    subscribe,
)
from pyoxigraph import RdfFormat, parse

from pod.flows.provision import delete_account
from pod.oidc.proof import ProofKeys, Purpose, check_proof
from pod.oidc.tokens import verify_token

FULL = "Read Write Control"
AS = "https://www.w3.org/ns/activitystreams#"


def soon(seconds):
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


@pytest.fixture
def topic(ana, place):
    ana.put(place + "topic", b"1", "text/plain")
    return place + "topic"


def write(person, url, text="again"):
    assert person.put(url, text.encode(), "text/plain").status in {201, 204}


class TestMessage:
    """Notifications §3.4."""

    @pytest.mark.spec("Solid Protocol §7.1 #server-notifications-protocol-notification-sender")
    @pytest.mark.spec("Notifications §2.3 #notification-sender-notification-message-data-model")
    @pytest.mark.spec("Notifications §3.4 #message-id")
    @pytest.mark.spec("Notifications §3.4 #message-type")
    @pytest.mark.spec("Notifications §3.4 #message-object")
    @pytest.mark.spec("Notifications §3.4 #message-published")
    @pytest.mark.spec("Notifications §3.4 #message-state")
    @pytest.mark.spec("Practice NTF-17")
    def test_it_says_what_happened_when_and_to_what_state(self, ana, topic):
        with listening(ana, ana, topic) as socket:
            write(ana, topic)
            first = socket.message()
            write(ana, topic)
            second = socket.message()
        assert first["@context"] == ["https://www.w3.org/ns/activitystreams", CONTEXT]
        assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", first["id"])
        assert first["id"] != second["id"]
        assert (first["type"], first["object"]) == ("Update", topic)
        assert second["state"] == ana.get(topic).headers["ETag"] != first["state"]
        published = datetime.fromisoformat(first["published"])
        assert abs(published - datetime.now(UTC)) < timedelta(minutes=1)

    @pytest.mark.spec("Practice NTF-16")
    def test_a_document_is_created_updated_and_deleted(self, ana, place):
        ana.put(place)
        with listening(ana, ana, place + "new") as socket:
            write(ana, place + "new")
            write(ana, place + "new")
            ana.delete(place + "new")
            told = [socket.message() for _ in range(3)]
        assert [one["type"] for one in told] == ["Create", "Update", "Delete"]
        assert ["state" in one for one in told] == [True, True, False]

    @pytest.mark.spec("Notifications §3.4 #message-target")
    @pytest.mark.spec("Practice NTF-16")
    @pytest.mark.spec("Practice NTF-18")
    def test_a_container_is_told_of_what_it_holds(self, ana, place):
        ana.put(place)
        with listening(ana, ana, place) as socket:
            write(ana, place + "a")
            write(ana, place + "a")
            ana.put(place + "inner/")
            write(ana, place + "inner/deep")  # not this
            ana.delete(place + "a")
            told = [socket.message() for _ in range(4)]
            tag = ana.get(place).headers["ETag"]
        assert [(m["type"], m["object"], m.get("target")) for m in told] == [
            ("Add", place + "a", place),
            ("Update", place, None),
            ("Add", place + "inner/", place),
            ("Remove", place + "a", place),
        ]
        assert told[-1]["state"] == tag

    @pytest.mark.spec("Practice NTF-16")
    def test_a_container_is_created_and_deleted_too(self, ana, place):
        ana.put(place)
        with listening(ana, ana, place + "c/") as socket:
            ana.put(place + "c/")
            ana.delete(place + "c/")
            assert [socket.message()["type"] for _ in range(2)] == ["Create", "Delete"]

    @pytest.mark.spec("Practice NTF-19")
    def test_rules_and_descriptions_are_not_the_resource(self, ana, place, topic):
        with listening(ana, ana, [topic, place]) as socket:
            ana.grant(topic, rule(ana.webid, FULL, "accessTo"))
            ana.put(topic + ".meta", b"<> a <#About> .")
            ana.grant(place, rule(ana.webid, FULL))
            write(ana, topic)
            assert {socket.message()["type"] for _ in range(2)} == {"Update"}
            assert socket.is_quiet()

    def test_rules_are_a_topic_of_their_own(self, ana, bob, topic):
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
        with listening(ana, ana, topic + ".acl") as socket:
            ana.grant(topic, rule(ana.webid, FULL, "accessTo"))
            assert socket.message()["object"] == topic + ".acl"

    @pytest.mark.spec("Notifications §2.3.2 #notify-accept")
    @pytest.mark.parametrize("form", ["text/turtle", JSON_LD, "application/n-triples"])
    def test_it_comes_in_the_form_that_is_accepted(self, ana, topic, form):
        made = subscribe(ana, ana, topic, "WebSocketChannel2023", accept=f"{form}, */*;q=0.1")
        with Socket(made["receiveFrom"]) as socket:
            write(ana, topic)
            text = socket.text()
        if form == JSON_LD:
            assert json.loads(text)["type"] == "Update"
        else:
            kind = RdfFormat.TURTLE if form == "text/turtle" else RdfFormat.N_TRIPLES
            triples = {(q.predicate.value, q.object.value) for q in parse(text, kind)}
            assert (AS + "object", topic) in triples


class TestFeatures:
    """Notifications §2.3.2."""

    @pytest.mark.spec("Notifications §2.3.2 #notify-state")
    @pytest.mark.spec("Practice NTF-12")
    def test_another_state_is_told_at_once(self, ana, topic):
        before = ana.get(topic).headers["ETag"]
        write(ana, topic)
        now = ana.get(topic).headers["ETag"]
        made = subscribe(ana, ana, topic, state=before)
        with Socket(made["receiveFrom"]) as socket:
            message = socket.message()
            assert (message["type"], message["state"]) == ("Update", now)
        with Socket(made["receiveFrom"]) as socket:  # once
            assert socket.is_quiet()

    @pytest.mark.spec("Practice NTF-12")
    @pytest.mark.parametrize("bare", [False, True])
    def test_the_same_state_is_not(self, ana, topic, bare):
        tag = ana.get(topic).headers["ETag"]
        with listening(ana, ana, topic, state=tag.strip('"') if bare else tag) as socket:
            assert socket.is_quiet()
            write(ana, topic)
            assert socket.message()["type"] == "Update"

    @pytest.mark.spec("Practice NTF-12")
    def test_what_is_gone_is_told_at_once(self, ana, topic):
        tag = ana.get(topic).headers["ETag"]
        ana.delete(topic)
        with listening(ana, ana, topic, state=tag) as socket:
            assert socket.message()["type"] == "Delete"

    @pytest.mark.spec("Notifications §2.3.2 #notify-rate")
    @pytest.mark.spec("Practice NTF-13")
    def test_of_many_changes_the_last_is_told(self, ana, topic):
        with listening(ana, ana, topic, rate="PT0.5S") as socket:
            begun = time.monotonic()
            for n in range(5):
                write(ana, topic, f"{n}")
            first, last = socket.message(), socket.message()
            assert time.monotonic() - begun >= 0.5
            assert first["state"] != last["state"] == ana.get(topic).headers["ETag"]
            assert socket.is_quiet()

    @pytest.mark.spec("Notifications §2.3.2 #notify-startAt")
    def test_nothing_is_told_before_it_starts(self, ana, topic):
        with listening(ana, ana, topic, startAt=soon(3600)) as socket:
            write(ana, topic)
            assert socket.is_quiet()

    @pytest.mark.spec("Notifications §2.3.2 #notify-endAt")
    @pytest.mark.spec("Practice WS-02")
    def test_the_line_ends_with_the_channel(self, ana, topic):
        made = subscribe(ana, ana, topic, endAt=soon(0.5))
        with Socket(made["receiveFrom"]) as socket:
            assert socket.status == 101
            assert socket.is_closed()
        assert refusal(made["receiveFrom"]) == 404
        assert ana.get(made["id"]).status == 404


class TestRights:
    """NTF-10: whoever may not read is told nothing, from the moment that this is so."""

    @pytest.mark.spec("Practice NTF-10")
    def test_a_right_that_is_taken_ends_the_channel(self, ana, bob, topic):
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
        made = subscribe(bob, ana, topic)
        with Socket(made["receiveFrom"]) as socket, listening(ana, ana, topic) as own:
            write(ana, topic)
            assert socket.message()["type"] == "Update"
            ana.grant(topic, rule(ana.webid, FULL, "accessTo"))
            write(ana, topic)
            assert [own.message()["type"] for _ in range(2)] == ["Update", "Update"]
            assert socket.is_closed()
        assert refusal(made["receiveFrom"]) == 404
        assert bob.get(made["id"]).status == 404

    @pytest.mark.spec("Practice NTF-10")
    def test_who_lost_the_right_cannot_come_back(self, ana, bob, topic):
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
        made = subscribe(bob, ana, topic)
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"))
        assert refusal(made["receiveFrom"]) == 404
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
        assert refusal(made["receiveFrom"]) == 404  # it is over

    @pytest.mark.spec("Practice NTF-10")
    def test_a_group_counts_as_it_is(self, ana, bob, place, topic):
        group = ana.storage + f"groups{place.rstrip('/').rpartition('/')[2]}"
        vcard = "http://www.w3.org/2006/vcard/ns#"
        ana.put(group, f"<#g> <{vcard}hasMember> <{bob.webid}> .".encode())
        ana.grant(
            topic,
            rule(ana.webid, FULL, "accessTo"),
            rule(f"acl:agentGroup <{group}#g>", "Read", "accessTo"),
        )
        with listening(bob, ana, topic) as socket:
            write(ana, topic)
            assert socket.message()["type"] == "Update"
            ana.put(group, b"<#g> a <#Group> .")
            write(ana, topic)
            assert socket.is_closed()

    @pytest.mark.spec("Practice NTF-10")
    def test_the_client_counts_too(self, world, ana, bob, topic):
        other = world.app("bob", "another app")
        when = f"a acl:ClientCondition ; acl:client <{other.app.iri}>"
        ana.grant(
            topic,
            rule(ana.webid, FULL, "accessTo"),
            rule(bob.webid, "Read", "accessTo"),
        )
        with listening(bob, ana, topic) as first, listening(other, ana, topic) as second:
            ana.grant(
                topic,
                rule(ana.webid, FULL, "accessTo"),
                rule(bob.webid, "Read", "accessTo", when),
            )
            write(ana, topic)
            assert second.message()["type"] == "Update"
            assert first.is_closed()

    @pytest.mark.spec("Practice NTF-10")
    def test_who_could_read_it_is_told_of_its_end(self, ana, bob, topic):
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
        with listening(bob, ana, topic) as socket:
            ana.delete(topic)  # and its rules with it
            assert socket.message()["type"] == "Delete"
            write(ana, topic)  # another one, which he may not read
            assert socket.is_closed()

    @pytest.mark.spec("Practice NTF-10")
    def test_who_could_not_is_not(self, ana, bob, topic):
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
        with listening(bob, ana, topic) as socket:
            ana.grant(topic, rule(ana.webid, FULL, "accessTo"))
            ana.delete(topic)
            assert socket.is_closed()

    def test_a_name_that_somebody_else_has_now(self, world, ana, topic):
        first = world.account("passing")
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(first.webid, "Read", "accessTo"))
        with listening(first, ana, topic) as socket:
            world.run(delete_account("passing", world.server))
            second = world.account("passing")
            assert second.webid == first.webid
            write(ana, topic)
            assert socket.is_closed()


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


class TestWebhook:
    """WebhookChannel2023."""

    @pytest.mark.spec("WebhookChannel2023 §2 #channel-type")
    @pytest.mark.spec("WebhookChannel2023 §3 #auth")
    @pytest.mark.spec("Practice WH-01")
    @pytest.mark.spec("Practice WH-02")
    def test_a_message_is_sent_and_signed(self, world, ana, nobody, topic):
        with receiver() as there:
            made = subscribe(ana, ana, topic, "WebhookChannel2023", sendTo=there.base + "hook")
            assert (made["topic"], made["type"]) == (topic, "WebhookChannel2023")
            write(ana, topic)
            sent = there.next()
        assert sent.headers["Content-Type"] == JSON_LD
        assert sent.json()["object"] == topic
        scheme, _, token = sent.headers["Authorization"].partition(" ")
        now = datetime.now(UTC)
        keys = [key.public for key in world.server.identity.keys.published(now)]
        held = verify_token(token, keys, world.base, now)
        assert (scheme, held.webid, held.client) == ("DPoP", made["sender"], made["sender"])
        purpose = Purpose("POST", there.base + "hook", held.hash)
        proof = check_proof(sent.headers["DPoP"], purpose, now, ProofKeys())
        assert proof.jkt == held.jkt
        # The sender is a WebID whose document names the issuer of its token.
        document = said(nobody.get(made["sender"]), made["sender"])
        assert (
            made["sender"],
            "http://www.w3.org/ns/solid/terms#oidcIssuer",
            held.issuer,
        ) in document

    @pytest.mark.spec("Practice WH-04")
    @pytest.mark.parametrize("status", [500, 403, 301, 307])
    def test_what_is_not_taken_is_sent_again(self, ana, topic, status):
        with receiver() as there:
            there.statuses.append(status)
            subscribe(ana, ana, topic, "WebhookChannel2023", sendTo=there.base + "hook")
            write(ana, topic)
            first, again = there.next(), there.next()
        assert (first.path, again.path) == ("hook", "hook")  # a redirect is not followed
        assert first.json() == again.json()

    @pytest.mark.spec("Practice WH-04")
    def test_an_address_that_takes_nothing_is_given_up(self, ana, topic, monkeypatch):
        monkeypatch.setattr("pod.flows.send.PAUSES", (0.01, 0.01))
        with receiver() as there:
            there.statuses += [500, 500, 500]
            made = subscribe(ana, ana, topic, "WebhookChannel2023", sendTo=there.base + "hook")
            write(ana, topic)
            assert [there.next().json()["type"] for _ in range(3)] == ["Update"] * 3
            assert gone(ana, made)
            write(ana, topic)
            assert there.deliveries.empty()

    @pytest.mark.spec("Practice WH-04")
    def test_an_address_that_is_gone_is_given_up_at_once(self, ana, topic):
        with receiver() as there:
            there.statuses.append(410)
            made = subscribe(ana, ana, topic, "WebhookChannel2023", sendTo=there.base + "hook")
            write(ana, topic)
            there.next()
            assert gone(ana, made)

    @pytest.mark.spec("Practice WH-03")
    def test_nothing_is_sent_to_who_has_ended_it(self, ana, topic):
        with receiver() as there:
            made = subscribe(ana, ana, topic, "WebhookChannel2023", sendTo=there.base + "ended")
            subscribe(ana, ana, topic, "WebhookChannel2023", sendTo=there.base + "kept")
            assert ana.delete(made["id"]).status == 204
            write(ana, topic)
            write(ana, topic)
            assert [there.next().path for _ in range(2)] == ["kept", "kept"]

    @pytest.mark.spec("Practice NTF-10")
    def test_nothing_is_sent_to_who_may_not_read_any_more(self, ana, bob, topic):
        ana.grant(topic, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
        with receiver() as there:
            made = subscribe(bob, ana, topic, "WebhookChannel2023", sendTo=there.base + "bob")
            subscribe(ana, ana, topic, "WebhookChannel2023", sendTo=there.base + "ana")
            ana.grant(topic, rule(ana.webid, FULL, "accessTo"))
            write(ana, topic)
            assert there.next().path == "ana"
            assert gone(bob, made)

    @pytest.mark.spec("Practice NTF-12")
    @pytest.mark.spec("Notifications §2.3.2 #notify-rate")
    def test_it_has_the_same_features(self, ana, topic):
        with receiver() as there:
            subscribe(
                ana,
                ana,
                topic,
                "WebhookChannel2023",
                sendTo=there.base + "hook",
                state="none",
                accept="text/turtle",
                rate="PT0.3S",
            )
            first = there.next()
            assert (first.headers["Content-Type"], b"as:Update" in first.body) == (
                "text/turtle",
                True,
            )
            for n in range(4):
                write(ana, topic, f"{n}")
            tag = ana.get(topic).headers["ETag"].strip('"')
            while tag.encode() not in there.next().body:
                pass
            assert there.deliveries.empty()

    @pytest.mark.spec("LDNChannel2023 §2.3 #notify-activityType")
    def test_of_ldn_only_some_activities_may_be_wanted(self, ana, place):
        ana.put(place)
        context = [CONTEXT, "https://www.w3.org/ns/activitystreams"]
        with receiver() as there:
            body = {"@context": context, "type": "LDNChannel2023", "topic": place}
            body |= {"sendTo": {"id": there.base + "inbox"}, "activityType": "Remove"}
            answer = ana.post(service(ana, "LDNChannel2023"), json.dumps(body).encode(), JSON_LD)
            assert answer.status == 201, answer.text
            write(ana, place + "x")
            ana.delete(place + "x")
            assert there.next().json()["type"] == "Remove"


def gone(person, made):
    """Whether a channel ends, soon."""
    until = time.monotonic() + 10
    while person.get(made["id"]).status == 200 and time.monotonic() < until:
        time.sleep(0.01)  # nobody is told when a channel ends
    return person.get(made["id"]).status == 404


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
