"""Messages that are sent to an address: webhooks, and notifications in an inbox."""

import json
from datetime import UTC, datetime

import pytest
from agents import rule
from answers import said
from channels import (
    CONTEXT,
    JSON_LD,
    receiver,
    service,
    subscribe,
    write,
)
from serving import becomes

from pod.oidc.proof import ProofKeys, Purpose, check_proof
from pod.oidc.tokens import verify_token

FULL = "Read Write Control"


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
    """Whether a channel ends."""
    assert becomes(lambda: person.get(made["id"]).status != 200)
    return person.get(made["id"]).status == 404
