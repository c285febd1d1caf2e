"""Opening a database file, always in the same way."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BUSY_SECONDS = 10.0  # another process, such as the command line, may be writing
PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

BEHIND = 0.01
"""Seconds that a process may be behind what another one did to a pod; never behind itself. To ask
the database for each request would cost as much as the request; who changes a pod from another
process waits as long before saying that it is done."""

DatabaseProblem = sqlite3.Error
"""What SQLite raises: the disk is full, the file is none of its own, and the like."""

# FULL: what was answered survives a loss of power.
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -8192",
    "PRAGMA wal_autocheckpoint = 2000",
    "PRAGMA journal_size_limit = 67108864",
)


def create(file: Path) -> None:
    """Make an empty database file that only its owner can read, where there is none.

    SQLite gives the files beside it the same mode.
    """
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other process is alone in a folder, and be so while the block runs.

    The first connection to a new database turns its write-ahead log on, and for that SQLite waits
    for nobody: of two processes that do so at once, one would fail.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def connect(file: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """A connection that begins and ends transactions only when told to.

    The file must exist: nothing that was deleted comes back by being read. `any_thread` is for a
    connection that may be closed by another thread than used it.
    """
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=not any_thread,
        cached_statements=256,
    )
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
