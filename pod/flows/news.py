"""From the outbox of a pod to messages: what changes come to for some topics."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from acl import AclIndex, at
from pod.flows.context import Pod
from pod.ldp.represent import choose, validators
from pod.notify.activity import Message, message_id
from pod.notify.match import DELETE, UPDATE, Told, told_of
from pod.notify.rules import Buried, rules_at
from pod.notify.state import is_same
from pod.store.port import History
from vocab.iri import ResourceIri

ROUND = 1000  # changes that are looked at in one go


@dataclass(frozen=True, slots=True)
class News:
    """What there is to tell at a time, in UTC, in order, up to the change `until`; `buried` has the
    rules that went with what was deleted.
    """

    messages: tuple[Message, ...]
    until: int
    now: datetime
    buried: tuple[Buried, ...] = ()

    def rules_for(self, message: Message, acls: AclIndex) -> AclIndex:
        """What to decide by who is told, where these rules are in force now."""
        return at(rules_at(message.seq, acls, self.buried), self.now)


def news(pod: Pod, after: int, topics: Iterable[ResourceIri]) -> News:
    """What has happened behind a number to these topics; of many changes the first ones."""
    state, now = pod.store.snapshot(), pod.server.now()
    if state.seq == after:
        return News((), after, now)
    events = tuple(islice(state.events(after=after), ROUND))
    if not events or events[0].seq != after + 1:
        # The outbox does not reach back so far: what is told instead is how things are now.
        return News(tuple(_current(pod, state, topic) for topic in topics), state.seq, now)
    wanted: Container[ResourceIri] = frozenset(topics)
    found = [
        (told, event)
        for event in events
        for told in told_of(event.target, event.kind.value)
        if told.topic in wanted
    ]
    tags = {topic: _tag(state, topic) for topic in {told.topic for told, _ in found}}
    messages = (_message(pod, t, (e.seq, e.time), tags[t.topic]) for t, e in found)
    return News(tuple(messages), events[-1].seq, now, tuple(state.buried(after=after)))


def differing(pod: Pod, topics: Iterable[ResourceIri], known: str) -> News:
    """How those topics are now that are not in the state that a subscriber knows."""
    state, now = pod.store.snapshot(), pod.server.now()
    others = (topic for topic in topics if not is_same(known, _tag(state, topic)))
    return News(tuple(_current(pod, state, topic) for topic in others), state.seq, now)


def _current(pod: Pod, state: History, topic: ResourceIri) -> Message:
    tag = _tag(state, topic)
    told = Told(topic, DELETE if tag is None else UPDATE, topic)
    return _message(pod, told, (state.seq, pod.server.now()), tag)


def _message(pod: Pod, told: Told, when: tuple[int, datetime], tag: str | None) -> Message:
    identity, (seq, time) = pod.store.identity, when
    name = message_id(f"{identity.storage} {identity.epoch}", seq, told)
    # NTF-16: a Delete has no state; nothing is there.
    return Message(name, seq, told, None if told.activity == DELETE else tag, time)


def _tag(state: History, topic: ResourceIri) -> str | None:
    """The entity tag that a GET without wishes has; None where nothing is."""
    found = state.load(topic)
    return None if found is None else validators(found, choose(found, None)).etag
