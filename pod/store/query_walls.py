"""The walls around a child that answers queries, beside the lists of graphs the engine is given.

No descriptor can be opened, so there are no files and no network; each query has a bound on memory
and on processor time; and the child is killed when nobody waits for its answer any more.
"""

import fcntl
import math
import os
import resource
import signal
import socket
import sys
from contextlib import suppress

_NICENESS = 5  # the server goes first
_STANDARD_ERROR = 2
_THREAD = 160 * 1024 * 1024  # addresses that a thread reserves, mostly without using them
_SIZES = "/proc/self/statm"
_LONGEST = 256  # octets of that file


class Walls:
    """Put up around this process, which talks to its asker over `line`."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._sizes: int | None = None
        os.nice(_NICENESS)
        os.dup2(os.open(os.devnull, os.O_WRONLY), _STANDARD_ERROR)
        if sys.platform == "linux":  # where the size of a process is not told, it is not bounded
            self._sizes = os.open(_SIZES, os.O_RDONLY)
            fcntl.fcntl(line, fcntl.F_SETSIG, signal.SIGKILL)
        # The kernel signals this process when something happens at the other end of the socket,
        # which is while a query runs that it is closed.
        fcntl.fcntl(line, fcntl.F_SETOWN, os.getpid())
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))

    def close_in(self, seconds: float, memory: int) -> None:
        """Bound one query, beside what those before it have taken.

        From here on the process is killed as soon as the other end of the socket is closed, or
        now if that has happened.
        """
        if self._sizes is not None:
            taken = int(os.pread(self._sizes, _LONGEST, 0).split()[0]) * resource.getpagesize()
            _limit(resource.RLIMIT_AS, taken + _THREAD + memory)
        # The server ends a query at its deadline; where the server itself is gone, this does.
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime + seconds) + 1)
        self._signalled(os.O_ASYNC)
        self._end_if_forsaken()

    def send(self, *pieces: bytes | memoryview) -> None:
        """Give an answer. Now an asker who is gone is noticed by writing, and one who reads or
        asks on is no signal.
        """
        self._signalled(0)
        for piece in pieces:
            self._line.sendall(piece)

    def _signalled(self, how: int) -> None:
        flags = fcntl.fcntl(self._line, fcntl.F_GETFL) & ~os.O_ASYNC
        fcntl.fcntl(self._line, fcntl.F_SETFL, flags | how)

    def _end_if_forsaken(self) -> None:
        """An asker who left before the kernel was told to watch him is never signalled."""
        with suppress(BlockingIOError):  # nothing is said, as long as he is there
            self._line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
            signal.raise_signal(signal.SIGKILL)


def _limit(what: int, most: int) -> None:
    """Bound this process; not for good, since the next query has bounds of its own."""
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
