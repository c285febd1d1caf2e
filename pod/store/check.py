"""Whether a pod is whole: its database, its bodies and files, and the chain of its journal."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from pod.store.blobs import Blobs
from pod.store.journal import Head
from pod.store.pod import BLOBS
from pod.store.sqlite import connect
from pod.store.verify import broken_line
from pod.store.writer import DATABASE

_ORPHANS = """
SELECT parent || name FROM resource WHERE name > '' AND parent NOT IN (
    SELECT parent || name FROM resource WHERE is_container
) ORDER BY 1
"""
_ABOUT_NOTHING = """
SELECT parent || name FROM resource WHERE is_auxiliary AND
substr(parent || name, 1, length(parent || name) - CASE WHEN name LIKE '%.acl' THEN 4 ELSE 5 END)
NOT IN (SELECT parent || name FROM resource) ORDER BY 1
"""
_UNNAMED_INBOXES = """
SELECT parent || name FROM resource WHERE inbox IS NOT NULL AND parent || name || '.meta' NOT IN (
    SELECT parent || name FROM resource WHERE is_auxiliary
) ORDER BY 1
"""
_MISSING_BODIES = """
SELECT parent || name FROM resource
WHERE body IS NOT NULL AND body NOT IN (SELECT id FROM body) ORDER BY 1
"""
_WRONG_SIZES = """
SELECT parent || name FROM resource LEFT JOIN body ON body.id = resource.body
WHERE blob IS NULL AND size <> coalesce(length(bytes), 0)
AND (body IS NULL OR bytes IS NOT NULL) ORDER BY 1
"""
_STRAY_BODIES = """
SELECT id FROM body WHERE id NOT IN (SELECT body FROM resource WHERE body IS NOT NULL) ORDER BY 1
"""
_BLOBS = "SELECT digest, size FROM named_blob"
_STATE = "SELECT journal_seq, journal_hash FROM state"
_ROWS = (
    (_ORPHANS, "the container of this resource is missing"),
    (_ABOUT_NOTHING, "the resource that this is about is missing"),
    (_UNNAMED_INBOXES, "this resource has an inbox, and no description that names it"),
    (_MISSING_BODIES, "the body of this resource is missing"),
    (_WRONG_SIZES, "the body of this resource does not have the size that is noted"),
    (_STRAY_BODIES, "this body belongs to no resource"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: what it is about (a path, a number, a digest), and
    a sentence that says what is wrong with it.
    """

    about: str
    message: str


def check(folder: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with the pod of a folder; nothing is changed.

    The pod may be in use: the database is seen at one moment, and a young file that no resource
    names may belong to an upload, or to one that a crash broke off: it is swept when it is older.
    """
    blobs = Blobs(folder / BLOBS)
    try:
        with closing(connect(folder / DATABASE)) as connection:
            connection.execute("BEGIN")
            # What a damaged database says of the rest is not worth reading.
            return tuple(_damage(connection)) or (
                *_rows(connection),
                *_journal(connection),
                *_blobs(connection, blobs),
            )
    except sqlite3.DatabaseError as error:
        return (Finding("database", f"the database cannot be read: {error}"),)


def _damage(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (message,) in connection.execute("PRAGMA integrity_check").fetchall():
        if message != "ok":
            yield Finding("database", f"the database is damaged: {message}")


def _rows(connection: sqlite3.Connection) -> Iterator[Finding]:
    for sql, message in _ROWS:
        for (about,) in connection.execute(sql):
            yield Finding(str(about), message)


def _blobs(connection: sqlite3.Connection, blobs: Blobs) -> Iterator[Finding]:
    """What is wrong with the files. Ends the transaction: files have no moment to be seen at."""
    named = dict(connection.execute(_BLOBS))
    found = set(blobs.digests())
    wrong = {digest: _wrong(blobs.path_of(digest), digest, named[digest]) for digest in named}
    connection.execute("COMMIT")
    # What is not named any more was deleted meanwhile, and what is named now was stored.
    now_named = dict(connection.execute(_BLOBS)).keys()
    for digest in sorted(named.keys() & now_named):
        if message := wrong[digest]:
            yield Finding(digest, message)
    for digest in sorted(found - named.keys() - now_named):
        if blobs.is_left_over(blobs.path_of(digest), now=time.time()):
            yield Finding(digest, "this file belongs to no resource")


def _wrong(file: Path, digest: str, size: int) -> str:
    """What is wrong with the file of a body; nothing when it is whole."""
    try:
        return "" if _is_whole(file, digest, size) else "the file of this body was altered"
    except FileNotFoundError:
        return "the file of this body is missing"


def _is_whole(file: Path, digest: str, size: int) -> bool:
    with file.open("rb") as octets:
        return file.stat().st_size == size and file_digest(octets, "sha256").hexdigest() == digest


def _journal(connection: sqlite3.Connection) -> Iterator[Finding]:
    head = Head(*connection.execute(_STATE).fetchone())
    broken = broken_line(connection, head)
    if broken is not None:
        yield Finding(f"journal {broken.line}", broken.message)
