"""Sending messages to an address: signed, one after the other, again and again until it is taken.

INVARIANT (nothing lost): the cursor of a channel passes a change when its message was taken. Who
ends in between sends it once more; it has the same id.
"""

import asyncio
from collections import deque
from contextlib import suppress
from datetime import timedelta

from pod.channel import Channel
from pod.flows.context import Pod
from pod.flows.oidc.signing import signing_key
from pod.flows.reader import may_read
from pod.ldp.allow import SENDER
from pod.notify.activity import Message, format_of, text_of
from pod.notify.match import DELETE
from pod.oidc.client import make_proof
from pod.oidc.keys import SIGNING_ALGORITHM
from pod.oidc.proof import Purpose
from pod.oidc.tokens import Issuance, id_token, token_hash
from pod.problems import Unavailable
from pod.store.port import Transaction
from pod.store.sqlite import DatabaseProblem

# WH-04: seconds after each attempt that failed; when the last one has, the channel ends.
PAUSES = (1, 10, 60, 300, 1800, 3600, 7200, 14400)
MOST_WAITING = 256  # messages of one channel; beyond, the last of each topic
LIFETIME = timedelta(minutes=20)
_GONE = 410


class Postbox:
    """The line of a channel that is pushed."""

    def __init__(self, channel: Channel, pod: Pod) -> None:
        self._channel = channel
        self._pod = pod
        self._failures = channel.failures
        self._queue: deque[Message] = deque()
        self._task: asyncio.Task[None] | None = None
        self._is_ended = False

    @property
    def is_gone(self) -> bool:
        return self._is_ended

    @property
    def is_idle(self) -> bool:
        return not self._queue

    def send(self, message: Message) -> None:
        if self._is_ended:
            return
        self._queue.append(message)
        if len(self._queue) > MOST_WAITING:
            self._keep_last()
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    def end(self) -> None:
        self._is_ended = True
        if self._task is not None and self._task is not asyncio.current_task():
            self._task.cancel()

    async def _run(self) -> None:
        with suppress(Unavailable, DatabaseProblem):  # the pod was closed: the cursor stands
            while self._queue and not self._is_ended:
                message = self._queue[0]
                if not await self._may_still(message):
                    await self._stop()
                elif await self._is_taken(message):
                    await self._done_with(message)
                else:
                    await self._failed()

    async def _may_still(self, message: Message) -> bool:
        # An attempt may be hours after the change. What was decided of a deletion stands.
        channel, told = self._channel, message.told
        if self._pod.server.now() >= channel.ends:
            return False
        if told.activity == DELETE:
            return True
        return await may_read(channel.agent, channel.epoch, told.topic, self._pod)

    async def _is_taken(self, message: Message) -> bool:
        channel, server = self._channel, self._pod.server
        address = channel.send_to or ""
        media_type = format_of(channel.accept) or ""
        signed_in = await credentials(address, self._pod)
        headers = {"Content-Type": media_type, **signed_in}
        status = await server.post(address, headers, text_of(message, media_type).encode())
        if status == _GONE:
            self._failures = len(PAUSES)
        return status is not None and 200 <= status < 300

    async def _done_with(self, message: Message) -> None:
        if self._queue and self._queue[0] is message:
            self._queue.popleft()
        self._failures = 0
        # One change may come to several messages: it is passed with the last of them.
        cursor = self._queue[0].seq - 1 if self._queue else message.seq
        channel = self._channel

        def work(tx: Transaction) -> None:
            tx.channels.advance(channel.id, cursor, 0)
            tx.channels.compared(channel.id)

        await self._pod.store.write(work)
        if channel.rate is not None:
            await asyncio.sleep(channel.rate.total_seconds())
            self._keep_last()

    async def _failed(self) -> None:
        if self._failures >= len(PAUSES):
            await self._stop()
            return
        pause = PAUSES[self._failures]
        self._failures += 1
        name, failures = self._channel.id, self._failures
        cursor = self._queue[0].seq - 1
        await self._pod.store.write(lambda tx: tx.channels.advance(name, cursor, failures))
        await asyncio.sleep(pause)

    async def _stop(self) -> None:
        """End the channel: its time is over, its right is gone, or its address takes nothing."""
        self._is_ended = True
        self._queue.clear()
        name = self._channel.id
        await self._pod.store.write(lambda tx: tx.channels.end(name))

    def _keep_last(self) -> None:
        """Of what waits, keep the last message of each topic."""
        last = {message.told.topic: message for message in self._queue}
        self._queue = deque(sorted(last.values(), key=lambda message: message.seq))


async def credentials(address: str, pod: Pod) -> dict[str, str]:
    """The sender signs in: with a token of this server's issuer, and a proof for this request.

    WH-02; WebhookChannel2023 §3 #auth: "perform authenticated request to sendTo webhook
    endpoint, using identity provided as sender in the subscription response".
    """
    server, store = pod.server, pod.store
    now, identity, sender = server.now(), server.identity, store.storage + SENDER
    given = Issuance(
        issuer=server.base,
        webid=sender,
        client=sender,
        jkt=identity.sending_key.thumbprint(),
        scopes=("webid",),
        jti=server.random_text(16),
        epoch=store.identity.epoch,
        now=now,
        lifetime=LIFETIME,
    )
    token = id_token(given, await signing_key(SIGNING_ALGORITHM, server))
    purpose = Purpose("POST", address, token_hash(token))
    proof = make_proof(identity.sending_key, purpose, server.random_text(16), now)
    return {"Authorization": f"DPoP {token}", "DPoP": proof}
