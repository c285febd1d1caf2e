"""Channels: what one says of itself, who changes and ends it, and how many there may be."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from agents import rule
from channels import (
    CONTEXT,
    JSON_LD,
    KINDS,
    NOTIFY,
    PUSHED,
    SEND_TO,
    Socket,
    ask,
    later,
    listening,
    receiver,
    subscribe,
)


class TestChannel:
    """A channel at its own address."""

    @pytest.mark.spec("Notifications §3.3 #notify-channel-id")
    @pytest.mark.spec("Notifications §3.3 #notify-channel-type")
    def test_who_subscribed_sees_it(self, ana, bob, nobody, topic):
        made = subscribe(ana, ana, topic, state="x", rate="PT10S")
        answer = ana.get(made["id"])
        assert answer.status == 200
        assert answer.json() == {**made, "type": NOTIFY + KINDS[0]}
        assert (bob.get(made["id"]).status, nobody.get(made["id"]).status) == (403, 401)

    @pytest.mark.spec("Practice NTF-14")
    @pytest.mark.parametrize(
        ("wished", "days"), [(None, 14), (400, 14), (2, 2)], ids=["no end", "too late", "in time"]
    )
    def test_it_says_when_it_ends(self, ana, topic, wished, days):
        asked = {} if wished is None else {"endAt": later(days=wished)}
        ends = datetime.fromisoformat(subscribe(ana, ana, topic, **asked)["endAt"])
        assert abs(ends - datetime.now(UTC) - timedelta(days=days)) < timedelta(minutes=5)

    @pytest.mark.spec("Notifications §2.3.2 #notify-endAt")
    @pytest.mark.spec("Notifications §2.3.2 #notify-startAt")
    @pytest.mark.spec("Notifications §2.3.2 #notify-rate")
    @pytest.mark.spec("Notifications §2.3.2 #notify-accept")
    @pytest.mark.spec("Practice NTF-11")
    def test_it_says_what_was_accepted(self, ana, topic):
        asked = {
            "startAt": later(hours=1),
            "expiration": later(hours=2),  # as the drafts' examples have it
            "rate": "PT10s",
            "accept": "text/turtle",
            "state": "x",
            "unknownFeature": "y",
        }
        made = subscribe(ana, ana, topic, **asked)
        features = {name: made[name] for name in ("startAt", "endAt", "rate", "accept", "state")}
        assert (
            features
            == {
                "startAt": asked["startAt"][:-4] + "Z",  # to the millisecond
                "endAt": asked["expiration"][:-4] + "Z",
                "rate": "PT10S",
                "accept": "text/turtle",
                "state": "x",
            }
        )
        assert "unknownFeature" not in made

    @pytest.mark.spec("Practice WH-03")
    @pytest.mark.parametrize("kind", KINDS)
    def test_it_is_ended_by_who_subscribed(self, world, ana, bob, nobody, topic, kind):
        more = {"sendTo": SEND_TO} if kind in PUSHED else {}
        made = subscribe(ana, ana, topic, kind, **more)
        assert nobody.delete(made["id"]).status == 401
        assert bob.delete(made["id"]).status == 403
        assert ana.get(made["id"]).status == 200
        other = world.app("ana", "another app")
        assert other.delete(made["id"]).status == 204
        assert (ana.delete(made["id"]).status, ana.get(made["id"]).status) == (404, 404)

    def test_an_open_line_ends_with_it(self, ana, topic):
        made = subscribe(ana, ana, topic)
        with Socket(made["receiveFrom"]) as socket:
            ana.put(topic, b"2", "text/plain")
            assert socket.message()["type"] == "Update"
            assert ana.delete(made["id"]).status == 204
            ana.put(topic, b"3", "text/plain")
            assert socket.is_closed()

    @pytest.mark.spec("LDNChannel2023 §2.2 #subscription")
    @pytest.mark.spec("LDNChannel2023 §3.3 #notify-sendTo")
    @pytest.mark.spec("LDNChannel2023 §3.3 #notify-sender")
    @pytest.mark.spec("Practice LDNC-01")
    def test_of_ldn_it_is_made_changed_and_removed(self, ana, topic):
        with receiver() as first, receiver() as second:
            answer = ask(ana, ana, topic, "LDNChannel2023", sendTo=first.base + "inbox")
            made = answer.json()
            assert (answer.status, answer.headers["Location"]) == (201, made["id"])
            assert made["sender"] == f"{ana.storage}.well-known/notifications/sender"
            body = {"@context": [CONTEXT], "type": "LDNChannel2023", "topic": topic}
            body |= {"sendTo": second.base + "inbox", "receiver": ana.webid}
            changed = ana.post(made["id"], json.dumps(body).encode(), JSON_LD)
            assert (changed.status, changed.json()["id"]) == (200, made["id"])
            assert changed.json()["sendTo"] == second.base + "inbox"
            ana.put(topic, b"2", "text/plain")
            assert second.next().json()["type"] == "Update"
            assert first.deliveries.empty()
            assert ana.delete(made["id"]).status == 204

    def test_no_other_type_can_be_changed(self, ana, topic):
        made = subscribe(ana, ana, topic)
        body = {"@context": [CONTEXT], "type": KINDS[0], "topic": topic}
        assert ana.post(made["id"], json.dumps(body).encode(), JSON_LD).status == 405

    def test_a_change_needs_what_a_subscription_does(self, ana, bob, topic):
        made = subscribe(ana, ana, topic, "LDNChannel2023", sendTo=SEND_TO)
        body = {"@context": [CONTEXT], "type": "LDNChannel2023", "topic": bob.storage}
        text = json.dumps({**body, "sendTo": SEND_TO}).encode()
        assert ana.post(made["id"], text, JSON_LD).status == 422  # of another storage
        assert bob.post(made["id"], text, JSON_LD).status == 403

    def test_the_journal_says_who_follows_what(self, world, ana, bob, topic):
        ana.grant(
            topic,
            rule(ana.webid, "Read Write Control", "accessTo"),
            rule(bob.webid, "Read", "accessTo"),
        )
        subscribe(bob, ana, topic)
        noted = [line for line in world.journal("ana") if line.action == "SUBSCRIBE"][-1]
        assert (noted.agent, noted.target) == (bob.webid, topic.removeprefix(ana.storage))


class TestMany:
    """How many channels there may be."""

    def test_the_oldest_idle_one_gives_way(self, world, monkeypatch):
        monkeypatch.setattr("pod.flows.subscribe.MOST_OF_AGENT", 3)
        owner = world.fresh()
        topic = owner.storage + "topic"
        with listening(owner, owner, topic) as socket:
            idle = subscribe(owner, owner, topic)
            for _ in range(3):
                subscribe(owner, owner, topic)
            assert owner.get(idle["id"]).status == 404
            owner.put(topic, b"2", "text/plain")
            assert socket.message()["type"] == "Create"

    def test_beyond_the_limits_is_refused(self, world, monkeypatch):
        owner = world.fresh()
        monkeypatch.setattr("pod.flows.subscribe.MOST_OF_AGENT", 2)
        for _ in range(2):
            subscribe(owner, owner, owner.storage, "WebhookChannel2023", sendTo=SEND_TO)
        assert ask(owner, owner, owner.storage).status == 409
        monkeypatch.undo()
        monkeypatch.setattr("pod.flows.subscribe.MOST_OF_POD", 2)
        assert ask(owner, owner, owner.storage).status == 409
