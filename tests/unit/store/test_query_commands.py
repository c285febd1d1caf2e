"""The wire between the server and the worker of a query index."""

import socket
from threading import Thread

import pytest

from pod.store.query_commands import Ask, Clear, Drop, Move, Put, Sit, Sitting, encode, receive

ASK = Ask(
    text="ASK { ?s ?p 'é' }",
    base="https://ana.example/sparql",
    media_type="text/csv",
    default_graphs=None,
    named_graphs=["https://ana.example/a"],
    seconds=1.5,
    memory=2**29,
    largest=2**26,
)
PUT = Put(path="a/é", access=3, media_type="text/turtle", content=b"\x00{}\xff")
LARGE = Put(path="b", access=0, media_type="text/turtle", content=bytes(3 * 1024 * 1024))


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def sent(connection, *frames):
    """Send from a thread, since a socket takes in only so much that nobody reads."""

    def send():
        for frame in frames:
            connection.sendall(frame)
        connection.close()

    thread = Thread(target=send)
    thread.start()
    return thread


@pytest.mark.parametrize(
    "commands",
    [
        pytest.param([], id="none"),
        pytest.param(
            [PUT, Move(path="a", access=1), Drop(path="a"), Clear(), ASK], id="one-of-each"
        ),
        pytest.param([LARGE, PUT, LARGE], id="in-many-pieces"),
        pytest.param([PUT] * 500, id="many-in-one-piece"),
    ],
)
def test_commands_arrive_as_they_were_sent(ends, commands):
    thread = sent(ends[0], *map(encode, commands))
    assert list(receive(ends[1])) == commands
    thread.join()


def test_what_is_cut_off_is_not_done(ends):
    thread = sent(ends[0], encode(Clear()), encode(PUT)[:-1])
    assert list(receive(ends[1])) == [Clear()]
    thread.join()


def test_who_sits_down_comes_with_a_socket(ends):
    pairs = [socket.socketpair() for _ in range(3)]
    for _, theirs in pairs:
        frame = encode(Sit(readable=[1, 2]))
        socket.send_fds(ends[0], [frame[:1]], [theirs.fileno()])
        ends[0].sendall(frame[1:])
        theirs.close()
    ends[0].close()
    for number, sitting in enumerate(receive(ends[1])):
        assert isinstance(sitting, Sitting)
        assert sitting.readable == [1, 2]
        sitting.line.sendall(bytes([number]))
        sitting.line.close()
    assert [ours.recv(2) for ours, _ in pairs] == [b"\x00", b"\x01", b"\x02"]
    for ours, _ in pairs:
        ours.close()
