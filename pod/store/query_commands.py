"""What the server tells the worker that holds a query index, and how it goes over the wire.

A frame is the lengths of its two parts, a JSON array of the command's name and fields, and the
bytes of a document. To who sits down to ask comes a socket, over which the questions follow.
"""

import json
import socket
import struct
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import IntEnum

_LENGTHS = struct.Struct("!II")
_PIECE = 1024 * 1024
_DESCRIPTORS = 8  # more than may be on their way at once, since each comes alone

STARTED = b"\x01"
"""Comes back when there is somebody who answers."""

ANSWER = struct.Struct("!BQQ")
"""Stands before an answer: its Outcome, how many rows it has, and how many bytes follow."""


class Outcome(IntEnum):
    """How a query went."""

    DONE = 0
    NOT_SPARQL = 1
    NOT_SUPPORTED = 2
    TOO_LARGE = 3
    OUT_OF_MEMORY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A document as it is now; `access` is the number of its class."""

    path: str
    access: int
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A document came into another class."""

    path: str
    access: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """A document is gone."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clear:
    """Every document is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sit:
    """Somebody sits down to ask about the documents of these classes."""

    readable: Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A query to answer; `seconds` and bytes are its own bounds. It comes to who is sitting."""

    text: str
    base: str
    media_type: str
    default_graphs: Sequence[str] | None
    named_graphs: Sequence[str] | None
    seconds: float
    memory: int
    largest: int


Command = Put | Move | Drop | Clear | Sit | Ask


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who has sat down, and the socket over which the questions come and the answers go."""

    readable: Sequence[int]
    line: socket.socket


_COMMANDS: dict[str, type[Command]] = {c.__name__: c for c in (Put, Move, Drop, Clear, Sit, Ask)}


def encode(command: Command) -> bytes:
    values = {field.name: getattr(command, field.name) for field in fields(command)}
    content: bytes = values.pop("content", b"")
    head = json.dumps([type(command).__name__, values]).encode()
    return _LENGTHS.pack(len(head), len(content)) + head + content


def receive(connection: socket.socket) -> Iterator[Put | Move | Drop | Clear | Sitting | Ask]:
    """The commands that come over a connection, until it is closed at the other end."""
    buffer = bytearray()
    descriptors: deque[int] = deque()
    while True:
        piece, came, _, _ = socket.recv_fds(connection, _PIECE, _DESCRIPTORS)
        if not piece:
            return
        buffer += piece
        descriptors += came
        while (command := _take(buffer)) is not None:
            if isinstance(command, Sit):
                line = socket.socket(fileno=descriptors.popleft())
                yield Sitting(command.readable, line)
            else:
                yield command


def _take(buffer: bytearray) -> Command | None:
    if len(buffer) < _LENGTHS.size:
        return None
    head, body = _LENGTHS.unpack_from(buffer)
    start, end = _LENGTHS.size + head, _LENGTHS.size + head + body
    if len(buffer) < end:
        return None
    name, values = json.loads(buffer[_LENGTHS.size : start])
    if name == Put.__name__:
        values["content"] = bytes(buffer[start:end])
    del buffer[:end]
    return _COMMANDS[name](**values)
