"""What was used before, in files that all processes share which serve one data folder.

    data/seen/state             what is known of the tables, changed under the lock beside it
    data/seen/proofs-29871234   one table: see `pod.once`

A mark is noted with one write of a slot into a file, under a lock of that file: what a process has
noted others see at once, and it is there when they all have ended, however they did. Only a machine
that stops without warning can lose what was noted last. That shows when the next process opens the
folder: the machine was started anew, and somebody has not closed it. Then nothing is taken for some
time that may have been used before.
"""

import fcntl
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from time import monotonic

from pod.once import (
    BUCKET,
    TABLE,
    TRIED,
    Kind,
    Mark,
    behind,
    free_in,
    is_doubtful,
    is_put_back,
    oldest,
    place_of,
    stretch_of,
)
from pod.problems import Unavailable
from pod.store.sqlite import PRIVATE_FILE, PRIVATE_FOLDER

FOLDER = "seen"
STATE, LOCK = "state", "lock"
_SECRET_BYTES = 32
_NEVER = float("-inf")
_LOOKED = 10.0  # seconds; shorter than any kind may be used ahead of its time
_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What all processes know of the tables. `boot` tells the starts of the machine apart, `users`
    is how many have opened the folder and not closed it; what was used before `lost` (seconds since
    1970-01-01 UTC) may be forgotten. Tables below `gone`, by kind, are no more.
    """

    secret: str
    boot: str
    users: int = 0
    lost: float = _NEVER
    gone: dict[str, int] = field(default_factory=dict)


class SeenMarks:
    """The marks of one data folder. Belongs to one thread at a time; `open` may wait for the disk.

    Whoever needs none of it need not open it: the first mark does.
    """

    def __init__(self, data: Path, *, boot: str | None = None) -> None:
        """`boot` tells the starts of the machine apart; None asks the machine."""
        self.folder = data / FOLDER
        self._boot = boot
        self._state: State | None = None
        self._secret = b""
        self._tables: dict[tuple[str, int], int] = {}
        self._looked_after = 0.0

    def open(self, now: datetime) -> None:
        """Join those that use the folder; `now` is in UTC. Nothing happens the second time."""
        if self._state is not None:
            return
        self.folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        boot = _boot() if self._boot is None else self._boot
        with self._locked():
            known = self._read(boot, now)
            if known.boot != boot:
                lost = now.timestamp() if known.users else known.lost
                known = replace(known, boot=boot, users=0, lost=lost)
            known = replace(known, users=known.users + 1)
            self._write(known, durably=True)
            self._hold(known)

    def first_use(self, mark: Mark, now: datetime) -> bool:
        """Whether a mark is used for the first time, of all processes; `now` is in UTC.

        Raises Unavailable when that cannot be told.
        """
        try:
            return self._first_use(mark, now)
        except (OSError, ValueError, TypeError) as error:  # such as a full disk
            raise Unavailable("this server cannot note what was used once; try later") from error

    def close(self) -> None:
        """Leave the folder, with all that was noted on the disk."""
        if self._state is None:
            return
        # Where that fails, it counts as one that has crashed.
        with suppress(OSError, ValueError, TypeError), self._locked():
            for table in self._tables.values():
                os.fsync(table)
            known = self._known()
            self._write(replace(known, users=max(0, known.users - 1)), durably=True)
        for table in self._tables.values():
            os.close(table)
        self._tables.clear()
        self._state = None

    def _first_use(self, mark: Mark, now: datetime) -> bool:
        stretch = stretch_of(mark)
        if monotonic() > self._looked_after:
            self._look()
        table = self._tables.get((mark.kind.name, stretch))
        if table is None:
            table = self._table(mark.kind, stretch, now)
        if self._state is None or is_doubtful(mark, self._state.lost):
            raise Unavailable(
                "this server cannot tell what was used before it stopped; try again in some minutes"
            )
        return table is not None and self._note(mark, table)

    def _note(self, mark: Mark, table: int) -> bool:
        offset, slot = place_of(mark, self._secret)
        fcntl.flock(table, fcntl.LOCK_EX)
        try:
            for _ in range(TRIED):
                bucket = os.pread(table, BUCKET, offset)
                if slot in bucket:
                    return False
                free = free_in(bucket)
                if free is not None:
                    os.pwrite(table, slot, offset + free)
                    return True
                offset = behind(offset)
        finally:
            fcntl.flock(table, fcntl.LOCK_UN)
        raise Unavailable("too many requests were signed in this minute; try again in the next")

    def _table(self, kind: Kind, stretch: int, now: datetime) -> int | None:
        """The file of a table, opened; None for one that is gone. Those go that are past."""
        self.open(now)
        with self._locked():
            known, first = self._known(), oldest(kind, now)
            gone = known.gone.get(kind.name, first)
            if is_put_back(kind, gone, now):
                known, gone = replace(known, lost=now.timestamp()), first
            gone = max(gone, first)
            self._hold(known)
            if gone != known.gone.get(kind.name):
                self._write(replace(known, gone=known.gone | {kind.name: gone}))
            self._remove(kind, gone)
            return None if stretch < gone else self._opened(kind, stretch)

    def _opened(self, kind: Kind, stretch: int) -> int:
        file = self.folder / f"{kind.name}-{stretch}"
        table = os.open(file, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        try:
            os.ftruncate(table, TABLE)
        except OSError:
            os.close(table)
            raise
        self._tables[kind.name, stretch] = table
        return table

    def _look(self) -> None:
        """Let go of tables that are no more, were the clock put forward and back."""
        self._looked_after = monotonic() + _LOOKED
        for key, table in [*self._tables.items()]:
            if not os.fstat(table).st_nlink:
                os.close(self._tables.pop(key))

    def _remove(self, kind: Kind, gone: int) -> None:
        """Remove the tables of a kind that are past."""
        for file in self.folder.glob(f"{kind.name}-*"):
            if int(file.name.rpartition("-")[2]) < gone:
                file.unlink(missing_ok=True)
        self._look()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """While the block runs, no other process reads or changes the state."""
        lock = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _known(self) -> State:
        members = json.loads((self.folder / STATE).read_text())
        return State(**members)

    def _read(self, boot: str, now: datetime) -> State:
        """The state as it was left; one that cannot be read any more is that of a fresh start."""
        try:
            return self._known()
        except FileNotFoundError:
            return State(secret=token_bytes(_SECRET_BYTES).hex(), boot=boot)
        except (ValueError, TypeError):
            secret = token_bytes(_SECRET_BYTES).hex()
            return State(secret=secret, boot=boot, lost=now.timestamp())

    def _write(self, state: State, *, durably: bool = False) -> None:
        """Put a state in the place of the one before, as a whole."""
        file, fresh = self.folder / STATE, self.folder / f"{STATE}.new"
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "w") as new:  # noqa: PTH123 - with a mode
            json.dump(asdict(state), new)
            new.flush()
            if durably:
                os.fsync(new.fileno())
        fresh.replace(file)
        if durably:
            folder = os.open(self.folder, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)

    def _hold(self, state: State) -> None:
        self._state, self._secret = state, bytes.fromhex(state.secret)


def _boot() -> str:
    """What tells this start of the machine from all others; "" where it does not say."""
    with suppress(OSError):
        return _BOOT.read_text().strip()
    with suppress(OSError, subprocess.SubprocessError):  # macOS
        asked = ["/usr/sbin/sysctl", "-n", "kern.bootsessionuuid"]
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 - constants
    return ""
