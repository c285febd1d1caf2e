"""Connections that stay open: web sockets, event streams, and plain streams of messages.

What is sent is written to the connection at once and waits for nobody. Whoever does not read is
let go when too much waits for him; everybody else never notices.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import lru_cache, partial

from aiohttp import HttpVersion11, WSMsgType, web

from pod.channel import Channel, ChannelType
from pod.flows.context import Pod
from pod.flows.listener import listener_of
from pod.flows.receive import channel_at, seen_before
from pod.flows.updates import GREETING, Updates
from pod.ldp.allow import RECEIVE, UPDATES
from pod.model import Reply, Request
from pod.notify.activity import Message, format_of, text_of
from pod.problems import Malformed
from pod.web.send import headers_of
from vocab.names import NOTIFY

MOST_WAITING = 512 * 1024  # bytes that one receiver may be behind
HEARTBEAT = 25.0  # seconds between signs of life; proxies end what is silent for a minute
_LONGEST = 16 * 1024  # bytes that a receiver may say at once
_PARTING = 2.0  # seconds in which a receiver may answer that the socket is closed
_EVENT_STREAM = "text/event-stream"

Framed = Callable[[Message], bytes]


def stays_open(request: Request) -> bool:
    """Whether an answer goes on until somebody ends it."""
    path = request.target.path
    return request.method == "GET" and (path == UPDATES or path.startswith(RECEIVE))


async def serve(incoming: web.BaseRequest, request: Request, pod: Pod) -> web.StreamResponse:
    """Send messages until the channel or the connection ends. Raises what refuses a request."""
    if request.target.path == UPDATES:
        return await _updates(incoming, request, pod)
    channel = await channel_at(request, pod)
    if channel.type is ChannelType.WEB_SOCKET:
        return await _web_socket(incoming, channel, pod)
    return await _stream(incoming, request, channel, pod)


class Open:
    """The line of an open connection. `framed` makes a message what is written for it."""

    def __init__(self, transport: asyncio.Transport, framed: Framed) -> None:
        self._transport = transport
        self._framed = framed
        self.ended = asyncio.Event()

    @property
    def is_gone(self) -> bool:
        return self.ended.is_set() or self._transport.is_closing()

    @property
    def is_idle(self) -> bool:
        return True

    def send(self, message: Message) -> None:
        self.write(self._framed(message))

    def write(self, octets: bytes) -> None:
        if self.is_gone:
            return
        if self._transport.get_write_buffer_size() + len(octets) > MOST_WAITING:
            self._transport.abort()
            self.ended.set()
        else:
            self._transport.write(octets)

    def end(self) -> None:
        self.ended.set()


async def _web_socket(incoming: web.BaseRequest, channel: Channel, pod: Pod) -> web.StreamResponse:
    since = pod.store.snapshot().seq
    media_type = format_of(channel.accept) or ""
    socket, line = await _upgraded(incoming, partial(_text_frame_of, media_type=media_type))
    pod.server.notices.join(pod, listener_of(channel, line, since))
    # WS-02: each message is one text frame; what the receiver says is nothing to us.
    return await _until_ended(socket, line, _unheard(socket))


async def _updates(incoming: web.BaseRequest, request: Request, pod: Pod) -> web.StreamResponse:
    socket, line = await _upgraded(incoming, _pub_frame_of)
    line.write(text_frame(GREETING))
    spoken = Updates(pod, line, request.peer)
    return await _until_ended(socket, line, _answered(socket, line, spoken))


async def _upgraded(
    incoming: web.BaseRequest, framed: Framed
) -> tuple[web.WebSocketResponse, Open]:
    socket = web.WebSocketResponse(
        # WS-01: the subprotocol is answered where it is asked for, and never needed.
        protocols=(NOTIFY.WebSocketChannel2023,),
        heartbeat=HEARTBEAT,
        max_msg_size=_LONGEST,
        timeout=_PARTING,
        compress=False,
    )
    if not socket.can_prepare(incoming) or incoming.transport is None:
        raise Malformed("open this address as a web socket")
    await socket.prepare(incoming)
    return socket, Open(incoming.transport, framed)


async def _until_ended(
    socket: web.WebSocketResponse, line: Open, hearing: Coroutine[None, None, None]
) -> web.StreamResponse:
    tasks = {asyncio.create_task(hearing), asyncio.create_task(_wait(line))}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        line.end()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    with suppress(ConnectionError):
        await socket.close()
    return socket


async def _wait(line: Open) -> None:
    await line.ended.wait()


async def _unheard(socket: web.WebSocketResponse) -> None:
    async for _ in socket:
        pass


async def _answered(socket: web.WebSocketResponse, line: Open, spoken: Updates) -> None:
    async for said in socket:
        if said.type is WSMsgType.TEXT:
            answer = await spoken.answer(said.data)
            if answer is not None:
                line.write(text_frame(answer))


async def _stream(
    incoming: web.BaseRequest, request: Request, channel: Channel, pod: Pod
) -> web.StreamResponse:
    since = seen_before(request, pod)
    media_type = format_of(channel.accept) or ""
    events = channel.type is ChannelType.EVENT_SOURCE
    headers = (
        ("Content-Type", _EVENT_STREAM if events else media_type),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        # What nginx is told not to hold back.
        ("X-Accel-Buffering", "no"),
    )
    response = web.StreamResponse(headers=headers_of(incoming, Reply(status=200, headers=headers)))
    chunked = incoming.version >= HttpVersion11
    if chunked:
        response.enable_chunked_encoding()
    response.force_close()
    await response.prepare(incoming)
    if incoming.transport is None:
        raise ConnectionError("the asker is gone")
    made = _event_of if events else _lines_of
    line = Open(incoming.transport, partial(made, media_type=media_type, chunked=chunked))
    pod.server.notices.join(pod, listener_of(channel, line, since))
    alive = _chunk(b":\n\n" if events else b"\n", chunked=chunked)
    while not line.is_gone:
        with suppress(TimeoutError):
            async with asyncio.timeout(HEARTBEAT):
                await line.ended.wait()
        if not line.ended.is_set():
            line.write(alive)
    with suppress(ConnectionError):
        await response.write_eof()
    return response


def text_frame(text: str) -> bytes:
    """A text as one frame of a web socket, from a server."""
    # RFC 6455 §5.2: FIN and the opcode of text; no mask from a server.
    octets = text.encode()
    size = len(octets)
    if size < 126:
        head = bytes((0x81, size))
    elif size < 1 << 16:
        head = bytes((0x81, 126)) + size.to_bytes(2, "big")
    else:
        head = bytes((0x81, 127)) + size.to_bytes(8, "big")
    return head + octets


@lru_cache(maxsize=64)
def _text_frame_of(message: Message, *, media_type: str) -> bytes:
    return text_frame(text_of(message, media_type))


@lru_cache(maxsize=64)
def _pub_frame_of(message: Message) -> bytes:
    return text_frame(f"pub {message.told.topic}")


@lru_cache(maxsize=64)
def _event_of(message: Message, *, media_type: str, chunked: bool) -> bytes:
    # ES-01; HTML §9.2.6: an event with its id, each line of the text in a field of its own.
    lines = (f"data: {part}\n" for part in text_of(message, media_type).splitlines())
    return _chunk(f"id: {message.id}\n{''.join(lines)}\n".encode(), chunked=chunked)


@lru_cache(maxsize=64)
def _lines_of(message: Message, *, media_type: str, chunked: bool) -> bytes:
    return _chunk(f"{text_of(message, media_type).rstrip()}\n".encode(), chunked=chunked)


def _chunk(octets: bytes, *, chunked: bool) -> bytes:
    # RFC 9112 §7.1: the size in hexadecimal, the data, each with its line break.
    return b"%x\r\n%b\r\n" % (len(octets), octets) if chunked else octets
