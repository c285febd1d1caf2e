"""Telling the listeners of a pod what was committed: in order, and only who may read it.

INVARIANT (current rights): nothing is sent to a listener before the rules allow it now, for the
change that is told. The rights of an agent are looked up once for a topic and a change.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial

from acl import AclIndex
from pod.flows.context import Pod
from pod.flows.listener import Listener
from pod.flows.news import News, differing, news
from pod.flows.reader import may_read
from pod.notify.activity import Message
from pod.notify.match import DELETE
from pod.problems import Unavailable
from pod.store.port import Transaction
from vocab.iri import ResourceIri

TICK_SECONDS = 1.0
"""How long what another process commits may go unseen."""
_SPAN = 5000  # changes after which the places of idle channels are noted

Topics = Mapping[ResourceIri, set[Listener]]
log = logging.getLogger("pod")


class Desk:
    """Tells the listeners of one pod. Runs for as long as there are any."""

    def __init__(self, pod: Pod, closed: Callable[["Desk"], None]) -> None:
        """`closed` is called when the desk tells nobody any more."""
        self.pod = pod
        self._closed = closed
        self._listeners: set[Listener] = set()
        self._topics: defaultdict[ResourceIri, set[Listener]] = defaultdict(set)
        self._joining: list[Listener] = []
        self._position = self._noted = 0
        self._swept = 0.0
        self._acls: AclIndex | None = None  # by which all were looked at last
        self._awake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_closed(self) -> bool:
        return self._task is not None and self._task.done()

    def join(self, listener: Listener) -> None:
        """Tell this one too, from the changes behind its `since` on."""
        if self._task is None:
            self._position = self._noted = listener.since
            self.pod.store.listen(self._awake.set)
            self._task = asyncio.create_task(self._run())
        self._joining.append(listener)
        self._awake.set()

    def leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)
        for topic in listener.topics:
            self._topics[topic].discard(listener)
            if not self._topics[topic]:
                del self._topics[topic]

    def hang_up(self, channel: str) -> None:
        """End the lines of a channel that is no more."""
        for listener in self._all():
            if listener.channel is not None and listener.channel.id == channel:
                self._end(listener)

    def connected(self) -> frozenset[str]:
        """The ids of the channels that somebody listens on."""
        return frozenset(each.channel.id for each in self._all() if each.channel is not None)

    async def close(self) -> None:
        """End every line."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._end_all()  # where the task was never begun

    def _all(self) -> tuple[Listener, ...]:
        return (*self._listeners, *self._joining)

    async def _run(self) -> None:
        try:
            while self._all() and self.pod.store.intact():
                wait = await self._whole_turn()
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._awake.wait()
                self._awake.clear()
        except Unavailable:
            pass  # the pod is being closed
        finally:
            self._end_all()

    async def _whole_turn(self) -> float:
        """Everything that there is to do now; seconds until there may be more."""
        try:
            await self._turn()
            wait = await self._send_what_waited()
        except Unavailable:
            raise
        except Exception:
            log.exception("some notifications of a pod were not sent")
            wait = TICK_SECONDS
        self._sweep()
        return wait

    async def _turn(self) -> None:
        """Let in who came, and tell what is new."""
        while self._joining:
            await self._begin(self._joining.pop(0))
        found = news(self.pod, self._position, self._topics)
        if found.until != self._position:
            self._awake.set()  # there may be more
        # Passed whatever comes of it: what fails once must not be told again and again.
        self._position = found.until
        await self._tell(found, self._topics)
        await self._review()
        await self._note_places()

    async def _begin(self, listener: Listener) -> None:
        """Put a listener on the list, once it is told what it has missed."""
        self._listeners.add(listener)
        await self._compare(listener)
        topics = {topic: {listener} for topic in listener.topics}
        while listener in self._listeners:
            found = news(self.pod, listener.since, topics)
            if found.until == listener.since:
                for topic in topics:
                    self._topics[topic].add(listener)
                return
            await self._tell(found, topics)
            listener.since = found.until

    async def _review(self) -> None:
        """End the lines of who may read no more, whenever other rules hold than before: what was
        stopped is not only told nothing, it is over. What is not there says nothing of anybody.
        """
        state = self.pod.store.snapshot()
        if state.acls() is self._acls:
            return
        self._acls = state.acls()
        there = {topic for topic in self._topics if state.load(topic) is not None}
        del state
        for listener in tuple(self._listeners):
            for topic in there.intersection(listener.topics):
                if not await may_read(listener.agent, listener.epoch, topic, self.pod):
                    await self._revoke(listener)
                    break
            await asyncio.sleep(0)  # there may be many, and others wait

    async def _compare(self, listener: Listener) -> None:
        """NTF-12: send one message at once where the state is not what the subscriber knew."""
        channel = listener.channel
        if channel is None or channel.state is None:
            return
        found = differing(self.pod, channel.topics, channel.state)
        # Where messages are pushed, the state stands until the first of them was taken.
        if not channel.type.is_pushed or not found.messages:
            await self.pod.store.write(lambda tx: tx.channels.compared(channel.id))
        for message in found.messages:
            await self._tell_one(message, found, [listener])

    async def _tell(self, found: News, topics: Topics) -> None:
        for message in found.messages:
            readers: defaultdict[tuple[object, ...], list[Listener]] = defaultdict(list)
            for listener in topics.get(message.told.topic, ()):
                if message.seq > listener.since:
                    readers[listener.agent, listener.epoch].append(listener)
            for listeners in readers.values():
                await self._tell_one(message, found, listeners)

    async def _tell_one(self, message: Message, found: News, listeners: Sequence[Listener]) -> None:
        """Tell the listeners of one agent, who may read the topic; else end her channels."""
        one, rules = listeners[0], partial(found.rules_for, message)
        allowed = await may_read(one.agent, one.epoch, message.told.topic, self.pod, rules)
        now = self.pod.server.now()
        for listener in listeners:
            if allowed:
                listener.offer(message, now)
            else:
                await self._revoke(listener)

    async def _revoke(self, listener: Listener) -> None:
        # NTF-10: who lost the right to read is told nothing more.
        self._end(listener)
        channel = listener.channel
        if channel is not None:
            await self.pod.store.write(lambda tx: tx.channels.end(channel.id))

    def _end(self, listener: Listener) -> None:
        self.leave(listener)
        if listener in self._joining:
            self._joining.remove(listener)
        listener.line.end()

    def _end_all(self) -> None:
        self.pod.store.listen(None)
        for listener in self._all():
            self._end(listener)
        self._closed(self)

    def _sweep(self) -> None:
        """Let go of who is gone and of channels that are over, once a tick."""
        now, tick = self.pod.server.now(), asyncio.get_running_loop().time()
        if tick < self._swept + TICK_SECONDS:
            return
        self._swept = tick
        for listener in self._all():
            if listener.is_over(now):
                self._end(listener)

    async def _send_what_waited(self) -> float:
        """Send what the rate of its channel lets go now; seconds until something may be due."""
        now, wait = self.pod.server.now(), TICK_SECONDS
        for listener in [each for each in self._listeners if each.pace.is_limited]:
            message = listener.pace.due(now)
            if message is not None:
                await self._send_late(message, listener)
            left = listener.pace.wait(now)
            wait = wait if left is None else min(wait, left)
        return wait

    async def _send_late(self, message: Message, listener: Listener) -> None:
        # What was decided of a deletion stands: the rules that it was decided by are gone.
        if message.told.activity == DELETE or await may_read(
            listener.agent, listener.epoch, message.told.topic, self.pod
        ):
            listener.line.send(message)
        else:
            await self._revoke(listener)

    async def _note_places(self) -> None:
        """Note now and then how far pushed channels are that had nothing to send."""
        if self._position - self._noted < _SPAN:
            return
        position = self._noted = self._position
        pushed = [each for each in self._listeners if each.channel and each.channel.type.is_pushed]
        idle = [each.channel.id for each in pushed if each.channel and each.line.is_idle]

        def work(tx: Transaction) -> None:
            for name in idle:
                tx.channels.advance(name, position, 0)

        await self.pod.store.write(work)
