"""Subscribing: what is offered, what is asked for, who may, and what a channel says of itself."""

import json
import re
from urllib.parse import quote

import pytest
from agents import EVERYONE, SIGNED_IN, rule
from answers import PIM, RDF_TYPE, SOLID, links, said, values
from channels import (
    CONTEXT,
    JSON_LD,
    KINDS,
    NOTIFY,
    PULLED,
    PUSHED,
    SEND_TO,
    ask,
    listening,
    service,
)

OLDER = "http://www.w3.org/ns/solid/notification#"
FEATURES = {NOTIFY + name for name in ("accept", "endAt", "rate", "startAt", "state")}


def description(owner):
    return owner.storage + ".well-known/solid"


class TestDiscovery:
    """Notifications §2.1."""

    @pytest.mark.spec("Notifications §2.1 #resource-server-link-storage-description-resource")
    @pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
    def test_every_resource_leads_to_the_description(self, ana, topic, method):
        assert links(ana.call(method, topic), SOLID + "storageDescription") == [description(ana)]

    @pytest.mark.spec("Solid Protocol §7.1 #server-notifications-protocol-resource-server")
    @pytest.mark.spec("Notifications §3.1 #notify-subscription")
    @pytest.mark.spec("Notifications §3.2 #notify-channelType")
    @pytest.mark.spec("Notifications §3.2 #notify-feature")
    @pytest.mark.parametrize("form", ["text/turtle", JSON_LD])
    def test_services_are_named_at_the_storage_and_at_its_description(self, ana, nobody, form):
        answer = nobody.get(description(ana), {"Accept": form})
        triples = said(answer, description(ana))
        expected = {service(ana, kind) for kind in KINDS}
        for subject in (ana.storage, description(ana)):
            assert values(triples, subject, NOTIFY + "subscription") == expected
        for kind in KINDS:
            assert values(triples, service(ana, kind), NOTIFY + "channelType") == {NOTIFY + kind}
            assert values(triples, service(ana, kind), NOTIFY + "feature") >= FEATURES
        assert values(triples, ana.storage, RDF_TYPE) == {PIM + "Storage"}

    @pytest.mark.spec("Notifications §2.1 #resource-server-description-resource-accept")
    @pytest.mark.spec("Notifications §2.1 #resource-server-description-resource-response")
    @pytest.mark.spec("Notifications §3.1 #notify-resource-id")
    def test_as_json_it_has_the_shape_of_the_examples(self, ana, nobody):
        found = nobody.get(description(ana), {"Accept": JSON_LD}).json()
        assert found["id"] == description(ana)
        offered = {one["id"]: one for one in found["subscription"]}
        assert offered[service(ana, "WebSocketChannel2023")] == {
            "id": service(ana, "WebSocketChannel2023"),
            "channelType": NOTIFY + "WebSocketChannel2023",
            "feature": ["accept", "endAt", "rate", "startAt", "state"],
        }


class TestService:
    """Notifications §2.2 and §3.2."""

    @pytest.mark.spec("Notifications §2.2 #subscription-server-subscription-request-methods")
    @pytest.mark.spec("Notifications §2.2 #subscription-server-subscription-request-accept")
    @pytest.mark.spec("Notifications §3.2 #notify-subscription-id")
    @pytest.mark.spec("Practice NTF-04")
    @pytest.mark.parametrize("kind", KINDS)
    def test_it_describes_itself_to_anyone(self, ana, nobody, kind):
        address = service(ana, kind)
        answer = nobody.get(address)
        assert (answer.status, answer.headers["Content-Type"]) == (200, JSON_LD)
        triples = said(answer, address)
        assert values(triples, address, NOTIFY + "channelType") == {NOTIFY + kind}
        assert nobody.head(address).status == 200
        options = nobody.options(address)
        assert options.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
        assert JSON_LD in options.headers["Accept-Post"]
        turtle = nobody.get(address, {"Accept": "text/turtle"})
        assert said(turtle, address) == triples

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
    def test_nothing_else_can_be_done_to_it(self, ana, method):
        answer = ana.call(method, service(ana, KINDS[0]), {"Content-Type": "text/turtle"}, b"")
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")


class TestRequest:
    """What is asked for, and how it may be written."""

    @pytest.mark.spec("Solid Protocol §7.1 #server-notifications-protocol-subscription-server")
    @pytest.mark.spec("Notifications §2.2 #subscription-server-subscription-request-content-type")
    @pytest.mark.spec("Notifications §2.2 #subscription-server-subscription-response")
    @pytest.mark.spec("Notifications §3.3 #notify-receiveFrom")
    @pytest.mark.spec("Practice NTF-08")
    @pytest.mark.parametrize("kind", PULLED)
    def test_a_channel_is_made(self, ana, topic, kind):
        answer = ask(ana, ana, topic, kind)
        assert (answer.status, answer.headers["Content-Type"]) == (200, JSON_LD)
        assert answer.headers["Cache-Control"] == "no-store"
        found = answer.json()
        assert found["@context"] == [CONTEXT]
        assert (found["type"], found["topic"]) == (kind, topic)
        assert found["id"].startswith(f"{ana.storage}.well-known/notifications/channels/")
        scheme = "ws" if kind == "WebSocketChannel2023" else "http"
        # 128 bits or more that nobody can guess.
        assert re.fullmatch(scheme + r"://.*/receive/[0-9a-f]{32,}", found["receiveFrom"])

    @pytest.mark.spec("Practice NTF-07")
    @pytest.mark.parametrize(
        "written",
        [
            pytest.param({"@context": CONTEXT, "type": KINDS[0]}, id="a term"),
            pytest.param({"@context": [CONTEXT], "type": NOTIFY + KINDS[0]}, id="an IRI"),
            pytest.param({"@context": [CONTEXT], "type": OLDER + KINDS[0]}, id="the older IRI"),
            pytest.param(
                {"@context": "https://www.w3.org/ns/solid/notification/v1", "type": KINDS[0]},
                id="the context of the channel types",
            ),
            pytest.param(
                {
                    "@context": {"@vocab": OLDER, "topic": {"@type": "@id"}, "type": "@type"},
                    "type": KINDS[0],
                },
                id="the older namespace",
            ),
        ],
    )
    def test_it_is_read_tolerantly(self, ana, topic, written):
        body = json.dumps({**written, "topic": topic}).encode()
        answer = ana.post(service(ana, KINDS[0]), body, JSON_LD)
        assert answer.status == 200, answer.text
        found = answer.json()
        assert found["topic"] == topic
        # The type comes back in the same words, where they are ours.
        assert found["type"] == (KINDS[0] if written["type"] == KINDS[0] else NOTIFY + KINDS[0])

    @pytest.mark.spec("Practice NTF-07")
    def test_turtle_does_as_well(self, ana, topic):
        address = service(ana, KINDS[0])
        body = f"[] a <{NOTIFY}{KINDS[0]}> ; <{NOTIFY}topic> <{topic}> .".encode()
        answer = ana.post(address, body, "text/turtle", {"Accept": "text/turtle"})
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/turtle")
        triples = said(answer, address)
        assert {o for _, p, o in triples if p == NOTIFY + "topic"} == {topic}
        assert len({o for _, p, o in triples if p == NOTIFY + "receiveFrom"}) == 1

    @pytest.mark.spec("Notifications §3.3 #notify-topic")
    def test_several_topics_can_be_followed(self, ana, topic, place):
        with listening(ana, ana, [topic, place]) as socket:
            ana.put(topic, b"2", "text/plain")
            assert {socket.message()["object"], socket.message()["object"]} == {topic, place}

    @pytest.mark.spec(
        "Notifications §2.2 #subscription-server-subscription-request-profile-unrecognised"
    )
    @pytest.mark.spec("Practice NTF-06")
    @pytest.mark.parametrize(
        ("kind", "status"),
        [
            (f'application/ld+json;profile="{CONTEXT}"', 200),
            ('application/ld+json; profile="https://www.w3.org/ns/solid/notification/v1"', 200),
            ('application/ld+json;profile="https://vocabulary.example/other"', 415),
            (f'application/ld+json;profile="{CONTEXT} https://vocabulary.example/other"', 415),
            ("application/json", 200),
            ("text/plain", 415),
            ("application/xml", 415),
        ],
    )
    def test_what_cannot_be_read_is_415(self, ana, topic, kind, status):
        body = json.dumps({"@context": [CONTEXT], "type": KINDS[0], "topic": topic}).encode()
        assert ana.post(service(ana, KINDS[0]), body, kind).status == status

    @pytest.mark.spec(
        "Notifications §2.2 #subscription-server-subscription-request-unprocessable-entity"
    )
    @pytest.mark.spec("Practice NTF-06")
    @pytest.mark.parametrize(
        "change",
        [
            pytest.param({"@context": "https://unknown.example/context"}, id="unknown context"),
            pytest.param({"@context": {}}, id="no context"),
            pytest.param({"type": None}, id="no type"),
            pytest.param({"type": "EventSourceChannel2023"}, id="another type"),
            pytest.param({"type": "https://unknown.example/Channel"}, id="unknown type"),
            pytest.param({"topic": None}, id="no topic"),
            pytest.param({"topic": "https://elsewhere.example/x"}, id="topic elsewhere"),
            pytest.param({"topic": {"@value": "x"}}, id="topic a text"),
            pytest.param({"topic": [f"{n}" for n in range(101)]}, id="too many topics"),
            pytest.param({"topic": "solid"}, id="topic of the server's own"),
            pytest.param({"endAt": "tomorrow"}, id="no time"),
            pytest.param({"endAt": "2020-01-01T00:00:00Z"}, id="over before it begins"),
            pytest.param({"startAt": "2999-01-01T00:00:00Z"}, id="begins when it is over"),
            pytest.param({"rate": "fast"}, id="no duration"),
            pytest.param({"accept": "image/png"}, id="messages that are pictures"),
            pytest.param({"state": ["a", "b"]}, id="two states"),
        ],
    )
    def test_what_cannot_be_done_is_422(self, ana, topic, change):
        asked = {"@context": [CONTEXT], "type": KINDS[0], "topic": topic, **change}
        body = json.dumps({name: value for name, value in asked.items() if value is not None})
        assert ana.post(service(ana, KINDS[0]), body.encode(), JSON_LD).status == 422

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"', b"[" * 5000, b"\xff"])
    def test_what_says_nothing_is_422(self, ana, body):
        assert ana.post(service(ana, KINDS[0]), body, JSON_LD).status == 422

    def test_a_request_has_a_length(self, ana):
        assert ana.post(service(ana, KINDS[0]), b" " * 70_000, JSON_LD).status == 413

    @pytest.mark.parametrize("more", ["#it", "?query"])
    def test_a_topic_is_a_resource(self, ana, topic, more):
        assert ask(ana, ana, topic + more).status == 422


class TestRights:
    """NTF-09."""

    @pytest.mark.spec("Practice NTF-09")
    @pytest.mark.parametrize(
        ("who", "statuses"),
        [(None, (401, 403)), (EVERYONE, (200, 200)), (SIGNED_IN, (401, 200))],
    )
    def test_topics_need_read(self, ana, bob, nobody, topic, who, statuses):
        rules = [] if who is None else [rule(who, "Read", "accessTo")]
        ana.grant(topic, rule(ana.webid, "Read Write Control", "accessTo"), *rules)
        assert (ask(nobody, ana, topic).status, ask(bob, ana, topic).status) == statuses

    @pytest.mark.parametrize("modes", ["Write", "Append", "Control"])
    def test_other_modes_do_not_do(self, ana, bob, topic, modes):
        ana.grant(
            topic,
            rule(ana.webid, "Read Write Control", "accessTo"),
            rule(bob.webid, modes, "accessTo"),
        )
        assert ask(bob, ana, topic).status == 403

    def test_each_topic_needs_it(self, ana, bob, topic, place):
        ana.grant(
            topic,
            rule(ana.webid, "Read Write Control", "accessTo"),
            rule(bob.webid, "Read", "accessTo"),
        )
        assert ask(bob, ana, topic).status == 200
        assert ask(bob, ana, [topic, place]).status == 403

    def test_nothing_tells_whether_a_topic_is_there(self, ana, bob, topic, place):
        asked = (topic, place + "none")
        refused = [ask(bob, ana, url) for url in asked]
        assert [answer.status for answer in refused] == [403, 403]
        here, nowhere = (
            answer.text.replace(quote(url, ""), "").replace(url, "")
            for answer, url in zip(refused, asked, strict=True)
        )
        assert here == nowhere

    @pytest.mark.spec("WebhookChannel2023 §3 #auth")
    @pytest.mark.spec("Practice WH-01")
    @pytest.mark.parametrize("kind", PUSHED)
    def test_who_has_messages_sent_signs_in(self, ana, nobody, topic, kind):
        ana.grant(
            topic,
            rule(ana.webid, "Read Write Control", "accessTo"),
            rule(EVERYONE, "Read", "accessTo"),
        )
        assert ask(nobody, ana, topic, kind, sendTo=SEND_TO).status == 401

    @pytest.mark.spec("WebhookChannel2023 §2 #channel-type")
    @pytest.mark.spec("Practice WH-04")
    @pytest.mark.parametrize("kind", PUSHED)
    @pytest.mark.parametrize(
        "address",
        [
            None,
            "http://receiver.example/x",
            "ftp://receiver.example/x",
            "urn:x:y",
            "https://u:p@x.example/",
        ],
    )
    def test_messages_are_sent_with_https(self, ana, topic, kind, address):
        more = {} if address is None else {"sendTo": address}
        assert ask(ana, ana, topic, kind, **more).status == 422

    @pytest.mark.parametrize("kind", PUSHED)
    def test_the_server_sends_nothing_to_itself(self, ana, topic, place, kind):
        assert ask(ana, ana, topic, kind, sendTo=place).status == 422
