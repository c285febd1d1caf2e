"""The desks of all pods: where a flow finds the one of its pod, and who is told after a restart."""

import logging

from pod.channel import Channel
from pod.flows.context import Pod, Server
from pod.flows.deliver import Desk
from pod.flows.listener import Listener, listener_of
from pod.flows.send import Postbox
from pod.problems import Problem
from pod.store.sqlite import DatabaseProblem

log = logging.getLogger("pod")


class Notices:
    """Who is told of changes on a server. Pods with somebody to tell are kept open for it."""

    def __init__(self) -> None:
        self._desks: dict[str, Desk] = {}
        self._is_closed = False

    def join(self, pod: Pod, listener: Listener) -> None:
        """Tell a listener what happens in a pod."""
        desk = self._desks.get(pod.store.name)
        if self._is_closed:
            listener.line.end()
            return
        if desk is None or desk.is_closed or desk.pod.store is not pod.store:
            desk = self._desks[pod.store.name] = Desk(pod, self._forget)
        desk.join(listener)

    def post(self, pod: Pod, channel: Channel) -> None:
        """Send what happens to the address that a channel names, from its cursor on."""
        self.join(pod, listener_of(channel, Postbox(channel, pod), channel.cursor))

    def hang_up(self, pod: Pod, channel: str) -> None:
        """End the lines of a channel that is no more."""
        desk = self._desks.get(pod.store.name)
        if desk is not None:
            desk.hang_up(channel)

    def connected(self, pod: Pod) -> frozenset[str]:
        """The ids of the channels that somebody listens on now."""
        desk = self._desks.get(pod.store.name)
        return frozenset() if desk is None else desk.connected()

    async def resume(self, server: Server) -> None:
        """Send what was not sent before the server ended."""
        now = server.now()
        for name in await server.pods.with_channels():
            try:
                pod = await server.pods.find(name)
                channels = () if pod is None else tuple(pod.store.snapshot().channels.all())
            except (Problem, DatabaseProblem):
                log.exception("the channels of a pod cannot be read")
                continue
            for channel in channels:
                if pod is not None and channel.type.is_pushed and channel.ends > now:
                    self.post(pod, channel)

    async def close(self) -> None:
        """End every line; what was not sent is sent by the next server."""
        self._is_closed = True
        for desk in tuple(self._desks.values()):
            await desk.close()

    def _forget(self, desk: Desk) -> None:
        name = desk.pod.store.name
        if self._desks.get(name) is desk:
            del self._desks[name]
