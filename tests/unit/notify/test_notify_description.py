import json
from datetime import UTC, datetime, timedelta

import pytest

from acl import ANYONE
from pod.channel import Channel, ChannelType
from pod.notify.description import beside, channel, document, graph, sender, service, services
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.graph import NamedNode, Triple
from vocab.iri import ResourceIri
from vocab.names import NOTIFY, SOLID

STORAGE = "https://pod.example/ana/"
HERE = STORAGE + "here"


def triples(found):
    return {(t.subject.value, t.predicate.value, t.object.value) for t in found}


def a_channel(**more):
    return Channel(
        **{
            "id": "c1",
            "type": ChannelType.WEB_SOCKET,
            "agent": ANYONE,
            "epoch": None,
            "topics": (ResourceIri(STORAGE, "x"),),
            "ends": datetime(2030, 1, 1, tzinfo=UTC),
            **more,
        }
    )


def test_a_service_says_its_type_and_features():
    found = triples(graph(service(ChannelType.LDN, HERE)))
    assert (HERE, NOTIFY.channelType, ChannelType.LDN.iri) in found
    features = {o for s, p, o in found if p == NOTIFY.feature}
    assert {NOTIFY.startAt, NOTIFY.NS + "activityType"} <= features


def test_services_are_said_of_the_storage_and_of_its_description():
    node = services(STORAGE + "d", STORAGE, {ChannelType.WEBHOOK: HERE})
    found = triples(graph(node))
    assert {s for s, p, _ in found if p == NOTIFY.subscription} == {STORAGE, STORAGE + "d"}
    more = Triple(NamedNode(STORAGE), NamedNode(NOTIFY.state), NamedNode(HERE))
    both = beside(node, frozenset({more}))
    assert triples(parse(both, RdfFormat.JSON_LD, STORAGE)) == found | triples([more])
    assert json.loads(both)["subscription"][0]["id"] == HERE


def test_a_sender_names_its_issuer():
    assert triples(graph(sender(HERE, "https://pod.example/"))) == {
        (HERE, SOLID.oidcIssuer, "https://pod.example/")
    }


def test_a_channel_that_is_connected_to():
    found = json.loads(document(channel(a_channel(), HERE, "sender", "wss://pod.example/r")))
    assert found == {
        "@context": ["https://www.w3.org/ns/solid/notifications-context/v1"],
        "id": HERE,
        "type": ChannelType.WEB_SOCKET.iri,
        "topic": STORAGE + "x",
        "receiveFrom": "wss://pod.example/r",
        "endAt": "2030-01-01T00:00:00Z",
    }


def test_a_channel_that_is_sent():
    made = a_channel(
        type=ChannelType.LDN,
        topics=tuple(ResourceIri(STORAGE, path) for path in "xy"),
        starts=datetime(2029, 1, 1, tzinfo=UTC),
        rate=timedelta(seconds=90),
        state='"a7"',
        accept="text/turtle",
        send_to="https://there.example/inbox/",
        receiver="https://there.example/card#me",
        activities=frozenset({"Add"}),
    )
    found = dict(channel(made, HERE, STORAGE + "sender", None))
    assert found["topic"] == [STORAGE + "x", STORAGE + "y"]
    assert (found["sender"], found["sendTo"]) == (STORAGE + "sender", made.send_to)
    assert (found["startAt"], found["rate"]) == ("2029-01-01T00:00:00Z", "PT90S")
    assert (HERE, NOTIFY.NS + "receiver", made.receiver) in triples(graph(found))
    assert "receiveFrom" not in found


@pytest.mark.parametrize("kind", ChannelType)
def test_some_types_are_pushed(kind):
    assert kind.is_pushed == (kind in {ChannelType.WEBHOOK, ChannelType.LDN})
