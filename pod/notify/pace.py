"""How fast a channel is told: the least time between two messages, the last change never lost."""

from collections import OrderedDict
from datetime import datetime, timedelta

from pod.notify.activity import Message
from vocab.iri import ResourceIri


class Pace:
    """What one channel may be sent now, and what waits: of each topic the last message only.

    Times are in UTC, and never go back.
    """

    def __init__(self, rate: timedelta | None) -> None:
        self._rate = rate
        self._free: datetime | None = None  # when the next one may be sent
        self._waiting: OrderedDict[ResourceIri, Message] = OrderedDict()

    @property
    def is_limited(self) -> bool:
        return self._rate is not None

    def offer(self, message: Message, now: datetime) -> Message | None:
        """The message, when it may be sent now; else it waits."""
        if self._rate is None:
            return message
        self._waiting[message.told.topic] = message
        return self.due(now)

    def due(self, now: datetime) -> Message | None:
        """A message that has waited long enough."""
        if not self._waiting or (self._free is not None and now < self._free):
            return None
        # Notifications §2.3.2 #notify-rate: "The minimum amount of time to elapse between
        # notifications sent to receiver".
        self._free = now + (self._rate or timedelta())
        return self._waiting.popitem(last=False)[1]

    def wait(self, now: datetime) -> float | None:
        """Seconds until something is due; None when nothing waits."""
        if not self._waiting:
            return None
        return 0.0 if self._free is None else max(0.0, (self._free - now).total_seconds())
