"""The process that holds the query index of one pod, and forks a child for each query.

The child shares the memory of the index at no cost, may do nothing but compute, and is gone
afterwards: a query that runs away takes nobody with it. The walls, beside the lists of graphs that
`quads` gives the engine: no descriptor can be opened, so there are no files and no network; a bound
on memory and on processor time; and it is killed when nobody waits for its answer any more.
"""

import fcntl
import gc
import io
import math
import os
import resource
import select
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from pyoxigraph import QueryResultsFormat, QuerySolutions, QueryTriples
from pyoxigraph import RdfFormat as Syntax

from pod.problems import Problem
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import as_it_stands, parse
from pod.store.quads import Dataset, Graphs, Quads
from pod.store.query_commands import (
    ANSWER,
    STARTED,
    Ask,
    Asked,
    Clear,
    Drop,
    Move,
    Outcome,
    Put,
    receive,
)
from pod.store.query_rows import solutions_in, subjects_in

ROWS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": Syntax.TURTLE,
    "application/ld+json": Syntax.JSON_LD,
    "application/n-triples": Syntax.N_TRIPLES,
}
_NICENESS = 5  # the server goes first
_STANDARD_ERROR = 2
_THREAD = 160 * 1024 * 1024  # addresses that a thread reserves, mostly without using them
_SIZES = Path("/proc/self/statm")


def serve(connection: socket.socket, quads: Quads) -> None:
    """Do what comes over the connection, until its other end is closed."""
    for command in receive(connection):
        match command:
            case Put():
                put(quads, command)
            case Move():
                quads.move(command.path, command.access)
            case Drop():
                quads.drop(command.path)
            case Clear():
                quads.clear()
            case Asked():
                with command.answer:
                    _fork(quads, command.ask, command.answer, connection)


def put(quads: Quads, command: Put) -> None:
    """Take a document in as a GET would give it; one that is no RDF is left out."""
    path, text, syntax = command.path, command.content, RdfFormat.of(command.media_type)
    try:
        if syntax is not None:
            plain = None if path in quads else as_it_stands(text, syntax)
            if plain is None or not quads.load(path, command.access, text, plain):
                quads.put(path, command.access, parse(text, syntax, quads.storage + path))
            return
    except (Problem, ValueError, SyntaxError):
        pass
    quads.drop(path)


def _fork(quads: Quads, ask: Ask, answer: socket.socket, connection: socket.socket) -> None:
    graphs = quads.graphs(
        Dataset(
            readable=frozenset(ask.readable),
            default_graphs=ask.default_graphs,
            named_graphs=ask.named_graphs,
        )
    )
    # Where the asker is gone, or no child can be made, the answer's socket is closed unused.
    with suppress(OSError):
        answer.sendall(STARTED)
        if os.fork() == 0:
            try:
                connection.close()
                confine(ask, answer)
                # A new thread takes its memory from a new place. The first would fill the holes
                # in that of the index, and each page it touches is copied for it.
                thread = Thread(target=lambda: _send(answer, *evaluate(quads, ask, graphs)))
                thread.start()
                thread.join()
            finally:
                os._exit(0)


def confine(ask: Ask, answer: socket.socket) -> None:
    """Put the walls up around this process, which is a child.

    It is killed as soon as the other end of the socket is closed, or now if that has happened.
    """
    os.nice(_NICENESS)
    os.dup2(os.open(os.devnull, os.O_WRONLY), _STANDARD_ERROR)
    if sys.platform == "linux":  # where the size of a process cannot be read, it is not bounded
        taken = int(_SIZES.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        _limit(resource.RLIMIT_AS, taken + _THREAD + ask.memory)
        fcntl.fcntl(answer, fcntl.F_SETSIG, signal.SIGKILL)
    # The kernel signals this process when the other end of the socket is closed.
    fcntl.fcntl(answer, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(answer, fcntl.F_SETFL, os.O_ASYNC | fcntl.fcntl(answer, fcntl.F_GETFL))
    _end_if_forsaken(answer)
    # The server ends a query at its deadline; where the server itself is gone, this does.
    _limit(resource.RLIMIT_CPU, math.ceil(ask.seconds) + 1)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, 0)


def _end_if_forsaken(answer: socket.socket) -> None:
    """An asker who left before the kernel was told to watch him is never signalled."""
    watch = select.poll()
    watch.register(answer, 0)  # hanging up is told unasked
    if watch.poll(0):
        signal.raise_signal(signal.SIGKILL)


def _limit(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


def evaluate(quads: Quads, ask: Ask, graphs: Graphs) -> tuple[Outcome, int, memoryview]:
    """How a query went, the rows of the answer, and the answer itself.

    What else a failure would say, of the data, stays here.
    """
    out = Bounded(ask.largest)
    try:
        results = quads.query(ask.text, base=ask.base, graphs=graphs)
        if isinstance(results, QueryTriples):
            results.serialize(out, GRAPHS[ask.media_type])
            rows = subjects_in(out, GRAPHS[ask.media_type])
        else:
            results.serialize(out, ROWS[ask.media_type])
            asked = isinstance(results, QuerySolutions)
            rows = solutions_in(out.getbuffer(), ROWS[ask.media_type]) if asked else 1
    except SyntaxError as error:
        return Outcome.NOT_SPARQL, 0, memoryview(str(error).encode())
    except MemoryError:
        return Outcome.OUT_OF_MEMORY, 0, memoryview(b"")
    except (OSError, RuntimeError):
        return Outcome.TOO_LARGE if out.full else Outcome.NOT_SUPPORTED, 0, memoryview(b"")
    return Outcome.DONE, rows, out.getbuffer()


class Bounded(io.BytesIO):
    """A file in memory that takes so many bytes and no more."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self.full = False
        self._room = room

    def write(self, octets: Any, /) -> int:
        self._room -= len(octets)
        if self._room < 0:
            self.full = True
            raise OSError("no more room")
        return super().write(octets)


def _send(answer: socket.socket, outcome: Outcome, rows: int, payload: memoryview) -> None:
    # From here on an asker who is gone is noticed by writing, and one who reads is no signal.
    fcntl.fcntl(answer, fcntl.F_SETFL, fcntl.fcntl(answer, fcntl.F_GETFL) & ~os.O_ASYNC)
    answer.sendall(ANSWER.pack(outcome, rows, len(payload)))
    answer.sendall(payload)


def main() -> None:
    """Serve: the arguments are the descriptor of the connection and the storage's address."""
    gc.disable()  # a child that collects would copy every page of the index it touches
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children leave no zombies
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when this ends
    serve(socket.socket(fileno=int(sys.argv[1])), Quads(sys.argv[2]))
    os._exit(0)  # do not take an index apart that nobody needs any more


if __name__ == "__main__":
    main()
