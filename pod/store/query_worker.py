"""The process that holds the query index of one pod, and forks a child for who asks.

The child shares the memory of the index, may do nothing but compute, and is gone afterwards: a
query that runs away takes nobody with it. What a query reads is copied for the child, since the
engine counts who reads it; so several queries of one asker go to one child, where they are
answered one after the other. The walls around it are in `query_walls`.
"""

import gc
import io
import os
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from threading import Thread
from typing import Any

from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, QueryTriples
from pyoxigraph import RdfFormat as Syntax

from pod.problems import Problem
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import as_it_stands, parse
from pod.store.quads import Dataset, Graphs, Quads
from pod.store.query_commands import (
    ANSWER,
    STARTED,
    Ask,
    Clear,
    Drop,
    Move,
    Outcome,
    Put,
    Sitting,
    receive,
)
from pod.store.query_rows import solutions_in, subjects_in
from pod.store.query_walls import Walls

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
            case Sitting():
                with command.line:
                    _fork(quads, command, connection)
            case Ask():
                pass  # who asks sits at a line of his own


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


def _fork(quads: Quads, sitting: Sitting, connection: socket.socket) -> None:
    # Where the asker is gone, or no child can be made, the socket is closed unused.
    with suppress(OSError):
        sitting.line.sendall(STARTED)
        if os.fork() == 0:
            try:
                connection.close()
                _sit(quads, sitting, Walls(sitting.line))
            finally:
                os._exit(0)


def _sit(quads: Quads, sitting: Sitting, walls: Walls) -> None:
    """Answer what is asked, until the asker has no more questions."""
    readable = frozenset(sitting.readable)

    @cache
    def default() -> Sequence[NamedNode]:
        whole = Dataset(readable=readable, default_graphs=None, named_graphs=())
        return quads.gathered(quads.graphs(whole)).default

    def answer(ask: Ask) -> None:
        asked = Dataset(
            readable=readable, default_graphs=ask.default_graphs, named_graphs=ask.named_graphs
        )
        graphs = quads.graphs(asked)
        if ask.default_graphs is None:
            graphs = replace(graphs, default=default())
        outcome, rows, payload = evaluate(quads, ask, graphs)
        walls.send(ANSWER.pack(outcome, rows, len(payload)), payload)

    for ask in receive(sitting.line):
        if isinstance(ask, Ask):
            walls.close_in(ask.seconds, ask.memory)
            # A new thread takes its memory from a new place. The first would fill the holes in
            # that of the index, and each page it touches is copied for it.
            thread = Thread(target=answer, args=(ask,))
            thread.start()
            thread.join()


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


def main() -> None:
    """Serve: the arguments are the descriptor of the connection and the storage's address."""
    gc.disable()  # a child that collects would copy every page of the index it touches
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children leave no zombies
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides when this ends
    serve(socket.socket(fileno=int(sys.argv[1])), Quads(sys.argv[2]))
    os._exit(0)  # do not take an index apart that nobody needs any more


if __name__ == "__main__":
    main()
