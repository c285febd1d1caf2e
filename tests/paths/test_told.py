"""Nobody is told of what she could not have read: any changes and rules, in any order."""

import queue
from dataclasses import dataclass, field
from datetime import timedelta

from agents import SECONDS, Person, World, acl, rule
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acl import Agent
from pod.channel import Channel, ChannelType
from pod.flows.listener import listener_of
from pod.notify.activity import Message
from vocab.iri import ResourceIri

FULL = "Read Write Control"
PATHS = ("", "x", "y", "c/", "c/z")
STEPS = st.one_of(
    st.tuples(st.just("put"), st.sampled_from(("x", "y", "c/z"))),
    st.tuples(st.just("delete"), st.sampled_from(("x", "y", "c/z", "c/"))),
    st.tuples(st.just("open"), st.sampled_from(PATHS)),
    st.tuples(st.just("close"), st.sampled_from(PATHS)),
    st.tuples(st.just("inherit"), st.sampled_from(("x", "y", "c/", "c/z"))),
)


@dataclass
class Heard:
    """A line that keeps what it is sent."""

    messages: list[Message] = field(default_factory=list)
    came: "queue.SimpleQueue[Message]" = field(default_factory=queue.SimpleQueue)
    is_gone: bool = False
    is_idle: bool = True

    def send(self, message: Message) -> None:
        self.messages.append(message)
        self.came.put(message)

    def end(self) -> None:
        self.is_gone = True


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEPS, min_size=1, max_size=8), st.sampled_from(PATHS))
def test_a_message_is_about_what_its_reader_could_get(world: World, ana, bob, place, steps, topic):
    here = f"{place[:-1]}-{next(world.numbers)}/"
    ana.put(here)
    ana.grant(here, rule(ana.webid, FULL), rule(bob.webid, "Read"))
    heard, marked, mark = Heard(), Heard(), f"{ana.storage}mark{next(world.numbers)}"
    world.run(_listen(world, heard, bob, here + topic))
    world.run(_listen(world, marked, ana, mark))
    seen = 0
    allowed = bob.get(here + topic).status in {200, 404}
    for step, path in steps:
        _do(ana, bob, step, here + path)
        after = bob.get(here + topic).status in {200, 404}
        ana.put(mark, b"again", "text/plain")
        marked.came.get(timeout=SECONDS)  # whatever was written before has been told by now
        told = len(heard.messages) - seen
        if not (allowed or after):
            assert told == 0
        if allowed and after and not heard.is_gone and (step, path) == ("put", topic):
            assert told > 0
        assert all(str(message.told.topic) == here + topic for message in heard.messages)
        allowed, seen = after, seen + told
    marked.is_gone = heard.is_gone = True


def _do(ana: Person, bob: Person, step: str, url: str) -> None:
    match step:
        case "put":
            ana.put(url, b"again", "text/plain")
        case "delete":
            ana.delete(url)
        case "inherit":
            ana.delete(url + ".acl")
        case "open" | "close":
            scope = "accessTo default" if url.endswith("/") else "accessTo"
            rules = [rule(ana.webid, FULL, scope)]
            rules += [rule(bob.webid, "Read", scope)] if step == "open" else []
            ana.put(url + ".acl", acl(url, *rules))


async def _listen(world: World, heard: Heard, who: Person, topic: str) -> None:
    pod = await world.server.pods.find("ana")
    assert pod is not None
    target = ResourceIri.parse(pod.store.storage, topic.removeprefix(pod.store.storage))
    channel = Channel(
        id=f"c{next(world.numbers)}",
        type=ChannelType.WEB_SOCKET,
        agent=Agent(who.webid, who.app.iri, world.base),
        epoch=None,
        topics=(target,),
        ends=world.server.now() + timedelta(hours=1),
    )
    world.server.notices.join(pod, listener_of(channel, heard, pod.store.snapshot().seq))
