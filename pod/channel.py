"""What a notification channel is: who is told of which resources, how, and until when."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from acl import Agent
from vocab.iri import ResourceIri
from vocab.names import NOTIFY


class ChannelType(Enum):
    """How messages come to the receiver, by the local name of the type."""

    WEB_SOCKET = "WebSocketChannel2023"
    EVENT_SOURCE = "EventSourceChannel2023"
    STREAMING_HTTP = "StreamingHTTPChannel2023"
    WEBHOOK = "WebhookChannel2023"
    LDN = "LDNChannel2023"

    @property
    def iri(self) -> str:
        return NOTIFY.NS + self.value

    @property
    def is_pushed(self) -> bool:
        """Whether messages are sent to an address of the receiver, who need not be connected."""
        return self in {ChannelType.WEBHOOK, ChannelType.LDN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One subscription.

    `id` is the last part of its address. `agent` is who subscribed, through which client and for
    which purpose; `epoch` is that of the pod which the WebID is in, None for one that is elsewhere.
    Times are in UTC; `rate` is the least time between two messages. `state` is what the subscriber
    knew of the topic, None once that was compared. `capability` opens the address that messages
    are received from, `send_to` is where they are sent; `receiver` and `activities` are of LDN.
    `cursor` is the number of the last change that a pushed channel is done with, `failures` how
    many attempts have failed since.
    """

    id: str
    type: ChannelType
    agent: Agent
    epoch: str | None
    topics: tuple[ResourceIri, ...]
    starts: datetime | None = None
    ends: datetime
    state: str | None = None
    rate: timedelta | None = None
    accept: str | None = None
    capability: str | None = field(default=None, repr=False)
    send_to: str | None = field(default=None, repr=False)
    receiver: str | None = None
    activities: frozenset[str] = frozenset()
    cursor: int = 0
    failures: int = 0
