"""What a server says of its subscription services and of a channel, as JSON-LD documents.

Written in the shape of the examples of the protocol, so that clients which read JSON find their
way too; as Turtle they are had by conversion. Types stand in full, since not every published
context defines them.
"""

import json
from collections.abc import Mapping
from typing import Any

from pod.channel import Channel, ChannelType
from pod.notify.activity import CONTEXT
from pod.notify.times import write_duration, write_time
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from pod.rdf.serialise import serialise
from vocab.contexts import BUNDLED
from vocab.graph import Graph
from vocab.names import NOTIFY, SOLID

_FEATURES = ("accept", "endAt", "rate", "startAt", "state")

Node = Mapping[str, Any]


def service(kind: ChannelType, address: str) -> Node:
    """A subscription service by its address."""
    # Notifications §3.2 #notify-subscription-id, #notify-channelType, #notify-feature.
    more = (NOTIFY.NS + "activityType",) if kind is ChannelType.LDN else ()
    said = {"id": address, "channelType": kind.iri, "feature": [*_FEATURES, *more]}
    return {"@context": _written_out(), **said}


def services(description: str, storage: str, addresses: Mapping[ChannelType, str]) -> Node:
    """What the description of a storage says of its services.

    STO-05: some clients look for it at the storage, others at the description, so both have it.
    """
    # Notifications §3.1 #notify-resource-id, #notify-subscription.
    offered = [dict(service(kind, address)) for kind, address in addresses.items()]
    for node in offered:
        del node["@context"]
    named = [{"id": node["id"]} for node in offered]
    return {
        "@context": _written_out(),
        "id": description,
        "subscription": offered,
        "@included": [{"id": storage, "subscription": named}],
    }


def channel(found: Channel, address: str, sender: str, receive_from: str | None) -> Node:
    """A channel, as its subscriber sees it."""
    # Notifications §3.3: id, type, topic, the features that were accepted, and where messages
    # come from or who sends them.
    topics = [str(topic) for topic in found.topics]
    said: dict[str, Any] = {
        "@context": [CONTEXT],
        "id": address,
        "type": found.type.iri,
        "topic": topics[0] if len(topics) == 1 else topics,
        "receiveFrom": receive_from,
        "sendTo": found.send_to,
        "sender": sender if found.type.is_pushed else None,
        "startAt": None if found.starts is None else write_time(found.starts),
        "endAt": write_time(found.ends),
        "rate": None if found.rate is None else write_duration(found.rate),
        "state": found.state,
        "accept": found.accept,
        NOTIFY.NS + "receiver": None if found.receiver is None else {"id": found.receiver},
        NOTIFY.NS + "activityType": [
            {"id": f"https://www.w3.org/ns/activitystreams#{name}"}
            for name in sorted(found.activities)
        ],
    }
    return {name: value for name, value in said.items() if value}


def sender(address: str, issuer: str) -> Node:
    """Who sends the messages of a storage: a WebID whose tokens the issuer of the server makes."""
    return {"@context": _written_out(), "id": address, SOLID.oidcIssuer: {"id": issuer}}


def document(node: Node) -> bytes:
    """A JSON-LD document that says this."""
    return json.dumps(node, ensure_ascii=False).encode()


def beside(node: Node, more: Graph) -> bytes:
    """A JSON-LD document that says this, and the statements of a graph too."""
    expanded = json.loads(serialise(more, RdfFormat.JSON_LD))
    return document({**node, "@included": [*node.get("@included", ()), *expanded]})


def graph(node: Node) -> Graph:
    """The triples of the same."""
    return parse(document(node), RdfFormat.JSON_LD, node["id"])


def _written_out() -> object:
    """The context of the protocol itself: what is described can be read without fetching it."""
    bundled = BUNDLED[CONTEXT]
    return bundled["@context"] if isinstance(bundled, dict) else bundled
