"""Who is told of changes right away: one open connection, or one address that is sent to."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from acl import Agent
from pod.channel import Channel
from pod.notify.activity import Message
from pod.notify.pace import Pace
from vocab.iri import ResourceIri

_SECOND = timedelta(seconds=1)  # what the time of a change is known to


class Line(Protocol):
    """Where messages go. No call waits for the other end."""

    @property
    def is_gone(self) -> bool:
        """Whether nobody is there any more."""
        ...

    @property
    def is_idle(self) -> bool:
        """Whether all that was given to it is sent."""
        ...

    def send(self, message: Message) -> None: ...

    def end(self) -> None:
        """Let go: nothing is sent any more."""
        ...


@dataclass(slots=True, eq=False, kw_only=True)
class Listener:
    """A line and what it is told of. `since` is the number of the last change that it is past;
    `channel` is None for a connection that keeps to no subscription. Times are in UTC.
    """

    line: Line
    agent: Agent
    epoch: str | None
    topics: tuple[ResourceIri, ...]
    since: int
    channel: Channel | None = None
    pace: Pace = field(default_factory=lambda: Pace(None))

    def offer(self, message: Message, now: datetime) -> None:
        """Send a message now, or as soon as the rate lets it."""
        if self.channel is not None and not _is_asked_for(message, self.channel, now):
            return
        ready = self.pace.offer(message, now)
        if ready is not None:
            self.line.send(ready)

    def is_over(self, now: datetime) -> bool:
        return self.line.is_gone or (self.channel is not None and self.channel.ends <= now)


def listener_of(channel: Channel, line: Line, since: int) -> Listener:
    """The listener of a subscription. What is sent to an address keeps to the rate by itself."""
    return Listener(
        line=line,
        agent=channel.agent,
        epoch=channel.epoch,
        topics=channel.topics,
        since=since,
        channel=channel,
        pace=Pace(None if channel.type.is_pushed else channel.rate),
    )


def _is_asked_for(message: Message, channel: Channel, now: datetime) -> bool:
    # Notifications §2.3.2 #notify-startAt: the starting date and time of a channel.
    starts = channel.starts
    if starts is not None and (now < starts or message.published + _SECOND <= starts):
        return False
    return not channel.activities or message.told.activity in channel.activities
