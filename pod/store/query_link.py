"""The server's end of a query worker: starting it, bringing its index up, asking, ending it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from acl import AccessClass
from pod.store.query_commands import Clear, Command, Drop, Move, Put, Sit, encode
from pod.store.query_source import NOWHERE, Changes, Gone, Moved, Written

STUCK = 60.0  # seconds in which a worker must read something
_WRITE = 256 * 1024

_ROOT = str(Path(__file__).parents[2])
_KEPT = ("LD_LIBRARY_PATH", "PYTHONHOME", "TZ")


class Link:
    """One worker process. Used by one thread at a time, but `kill` by any.

    `position` is the state that its index is at. What is wrong with the process or with the
    connection to it shows as OSError.
    """

    def __init__(self, storage: str) -> None:
        self.position = NOWHERE
        self._classes: dict[AccessClass, int] = {}
        self._connection, theirs = socket.socketpair()
        self._connection.settimeout(STUCK)
        with theirs:
            try:
                self._process = _start(theirs, storage)
            except OSError:
                self._connection.close()
                raise

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def feed(self, changes: Changes) -> None:
        """Bring the index to a state. When it fails the index is between two, as `position` is."""
        with self._connection.makefile("wb", buffering=_WRITE) as out:
            if changes.whole:
                out.write(encode(Clear()))
            for document in changes.documents:
                out.write(encode(self._command(document)))
        self.position = changes.position

    def numbers(self, classes: Iterable[AccessClass]) -> tuple[int, ...]:
        """What the index calls these classes; one that no document is in has no number."""
        return tuple(self._classes[c] for c in classes if c in self._classes)

    def sit(self, readable: Sequence[int], line: socket.socket) -> None:
        """Have somebody sit there who answers over a socket what is asked of these classes."""
        frame = encode(Sit(readable=readable))
        socket.send_fds(self._connection, [frame[:1]], [line.fileno()])
        self._connection.sendall(frame[1:])

    def kill(self) -> None:
        """End the process now: it has nothing to keep. Who is waiting for it is told."""
        self._process.kill()

    def end(self) -> None:
        """End the process and see it gone. The queries that it has forked go on."""
        self._connection.close()
        self._process.kill()
        self._process.wait()

    def _command(self, document: Written | Moved | Gone) -> Command:
        match document:
            case Gone():
                return Drop(path=document.path)
            case Moved():
                return Move(path=document.path, access=self._number(document.access))
            case Written():
                return Put(
                    path=document.path,
                    access=self._number(document.access),
                    media_type=document.media_type,
                    content=document.content,
                )

    def _number(self, access: AccessClass) -> int:
        return self._classes.setdefault(access, len(self._classes))


def _start(connection: socket.socket, storage: str) -> "subprocess.Popen[bytes]":
    descriptor = connection.fileno()
    # The worker gets none of the server's environment, since it needs none of its secrets.
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(dict.fromkeys((_ROOT, *filter(None, sys.path))))
    # Large pages: forking copies the table of pages, not the pages.
    environment["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1"
    # -S: the paths are handed over, so nobody need look for them again.
    program = [sys.executable, "-P", "-S", "-m", "pod.store.query_worker"]
    return subprocess.Popen(  # noqa: S603 - this program, with a number and the pod's address
        [*program, str(descriptor), storage],
        env=environment,
        pass_fds=(descriptor,),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
