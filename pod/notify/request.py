"""What a subscription request asks for: its graph read tolerantly, as clients in use write it.

NTF-07: both spellings of the namespace, types as terms or as IRIs, the older `expiration`.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from pod.channel import ChannelType
from pod.http.fields import media_type as parsed
from pod.notify.activity import CONTEXT, format_of
from pod.notify.match import ADD, CREATE, DELETE, REMOVE, UPDATE
from pod.notify.times import read_duration, read_time
from pod.problems import Malformed, Unprocessable, UnsupportedMediaType
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.graph import Graph, Literal, NamedNode, Term, Triple
from vocab.names import NOTIFY, RDF, XSD

LONGEST = 64 * 1024  # bytes of a request
MOST_TOPICS = 100
_LONGEST_VALUE = 2048  # characters of what is kept of it
_OLDER = "http://www.w3.org/ns/solid/notification#"
_JSON = frozenset({RdfFormat.JSON_LD.media_type, "application/json"})
_PROFILES = frozenset(
    {
        CONTEXT,
        "https://www.w3.org/ns/solid/notification/v1",
        *(f"http://www.w3.org/ns/json-ld#{form}" for form in ("compacted", "expanded", "context")),
    }
)
_PORTS = {"http": 80, "https": 443}
_NEAR = frozenset({"localhost", "127.0.0.1", "::1"})
_NO_RECEIVER = "name the address that messages are sent to as `sendTo`, with https"
_ACTIVITIES = frozenset({CREATE, UPDATE, DELETE, ADD, REMOVE})

# What the drafts' examples use and the published contexts do not define.
_TERMS: Final[Mapping[str, Mapping[str, str]]] = {
    "expiration": {"@id": NOTIFY.endAt, "@type": XSD.dateTime},
    "receiver": {"@id": NOTIFY.NS + "receiver", "@type": "@id"},
    "activityType": {"@id": NOTIFY.NS + "activityType", "@type": "@vocab"},
}
_NAMES: Final = {"expiration": "endAt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a subscriber asks for. `topics` are absolute IRIs; times are in UTC."""

    topics: tuple[str, ...]
    starts: datetime | None
    ends: datetime | None
    state: str | None
    rate: timedelta | None
    accept: str | None
    send_to: str | None
    receiver: str | None
    activities: frozenset[str]


def read_request(body: bytes, content_type: str, kind: ChannelType, service: str) -> Wanted:
    """What a request to the subscription service at `service` asks for.

    Raises UnsupportedMediaType and Unprocessable.
    """
    graph = _graph(body, content_type, service)
    said = _said(graph)
    _check_type(said.get("type", []), kind)
    topics = tuple(sorted(_iris(said, "topic")))
    # Notifications §3.3 #notify-topic: "At least one topic property".
    if not 0 < len(topics) <= MOST_TOPICS:
        raise Unprocessable(f"name 1 to {MOST_TOPICS} resources as `topic`, by their IRIs")
    starts, ends, rate = (_text(said, name) for name in ("startAt", "endAt", "rate"))
    accept = _text(said, "accept")
    if format_of(accept) is None:
        raise Unprocessable("messages come as JSON-LD, Turtle or N-Triples; accept one of them")
    return Wanted(
        topics=topics,
        starts=None if starts is None else read_time(starts),
        ends=None if ends is None else read_time(ends),
        state=_text(said, "state"),
        rate=None if rate is None else read_duration(rate) or None,
        accept=accept,
        send_to=next(iter(_iris(said, "sendTo")), None),
        receiver=next(iter(_iris(said, "receiver")), None),
        activities=_activities(said.get("activityType", [])),
    )


def type_as_written(body: bytes, kind: ChannelType) -> str:
    """The type of a channel as the request wrote it: an answer says it in the same way."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return kind.iri
    written = document.get("type") if isinstance(document, dict) else None
    return written if written == kind.value else kind.iri


def check_receiver(
    send_to: str | None, is_own: Callable[[str, int], bool], *, development: bool
) -> str:
    """The address that messages are sent to. Raises Unprocessable for one that none can be.

    `is_own` tells of a host and a port whether they are this server's. Whether the address leads
    to the public internet is seen when a message is sent.
    """
    try:
        parts = urlsplit(send_to or "")
        host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise Unprocessable(_NO_RECEIVER) from None
    # WebhookChannel2023 §2 #channel-type: "The value of the sendTo property MUST be a URI, using
    # the https scheme." A server in development has receivers beside it.
    allowed = {"https", "http"} if development and host in _NEAR else {"https"}
    if send_to is None or not host or "@" in parts.netloc or parts.scheme not in allowed:
        raise Unprocessable(_NO_RECEIVER)
    if is_own(host, port):
        # A message that changes what it tells of would be followed by another one, and so on.
        raise Unprocessable("this server sends no messages to itself; receive them elsewhere")
    return send_to


def _graph(body: bytes, content_type: str, base: str) -> Graph:
    essence, parameters = parsed(content_type)
    syntax = RdfFormat.JSON_LD if essence in _JSON else RdfFormat.of(essence)
    # Notifications §2.2 #subscription-server-subscription-request-profile-unrecognised: "415
    # status code for HTTP requests with unsupported values in the profile parameter".
    if syntax is None or not _PROFILES.issuperset(parameters.get("profile", "").split()):
        raise UnsupportedMediaType("send application/ld+json, without a profile of its own")
    try:
        return parse(_with_terms(body) if essence in _JSON else body, syntax, base)
    except Malformed as error:
        # Notifications §2.2 #subscription-server-subscription-request-unprocessable-entity: "422
        # status code [...] including unrecognised JSON-LD context in representation data".
        raise Unprocessable(str(error)) from error


def _with_terms(body: bytes) -> bytes:
    """A request whose context defines a few terms more; what cannot be read stays as it is."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return body
    if not isinstance(document, dict) or "@context" not in document:
        return body
    own = document["@context"]
    contexts = own if isinstance(own, list) else [own]
    return json.dumps({**document, "@context": [_TERMS, *contexts]}).encode()


def _said(graph: Graph) -> Mapping[str, list[Term]]:
    """What is said of the one channel of a graph, by local names."""
    found: defaultdict[str, defaultdict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for triple in graph:
        name = _local(triple.predicate)
        # Types of the library name triples within triples too; no graph of ours holds one.
        if name is not None and not isinstance(triple.object, Triple):
            found[str(triple.subject)][_NAMES.get(name, name)].append(triple.object)
    channels = [said for said in found.values() if "topic" in said]
    if len(channels) != 1:
        raise Unprocessable("ask for one channel, with `type` and `topic`, in a known context")
    return channels[0]


def _local(predicate: NamedNode) -> str | None:
    if predicate.value == RDF.type:
        return "type"
    return next(
        (
            predicate.value.removeprefix(namespace)
            for namespace in (NOTIFY.NS, _OLDER)
            if predicate.value.startswith(namespace)
        ),
        None,
    )


def _check_type(types: list[Term], kind: ChannelType) -> None:
    names = {each.value for each in types if isinstance(each, NamedNode)}
    if names.isdisjoint({kind.iri, _OLDER + kind.value}):
        raise Unprocessable(f"the `type` of a channel of this service is {kind.value}")


def _iris(said: Mapping[str, list[Term]], name: str) -> set[str]:
    values = said.get(name, [])
    iris = {each.value for each in values if isinstance(each, NamedNode)}
    if len(iris) != len(values) or any(len(iri) > _LONGEST_VALUE for iri in iris):
        raise Unprocessable(f"write `{name}` as an IRI of at most {_LONGEST_VALUE} characters")
    return iris


def _text(said: Mapping[str, list[Term]], name: str) -> str | None:
    """The one literal of a feature; None where it is not asked for."""
    values = said.get(name, [])
    texts = [each.value for each in values if isinstance(each, Literal)]
    if len(values) > 1 or len(texts) != len(values) or len("".join(texts)) > _LONGEST_VALUE:
        raise Unprocessable(f"write `{name}` once, as a text")
    return texts[0] if texts else None


def _activities(values: list[Term]) -> frozenset[str]:
    # Whether the context knows ActivityStreams or not, its types end in their names.
    names = {re.split(r"[#/]", str(each.value))[-1] for each in values}
    if not names <= _ACTIVITIES:
        raise Unprocessable(f"`activityType` is one of {', '.join(sorted(_ACTIVITIES))}")
    return frozenset(names)
