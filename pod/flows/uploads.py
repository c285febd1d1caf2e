"""Uploads that wait for the person to decide: on the disk for a while, outside of every pod.

What has arrived whole is there again after the server was ended, to be looked at anew: beside its
files stands a note of whose it is. A folder without a note is of an upload that did not arrive.
Belongs to the event loop's thread; only `Upload.watch` may be called from another.
"""

import asyncio
import json
import logging
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from importers.text import printable
from pod.intake.arrived import Arrived
from pod.problems import Malformed, NotFound, TooLarge, TooMany

LIFETIME: Final = timedelta(hours=1)
"""How long an upload is kept after anything was last done with it."""
AT_ONCE: Final = 2
MOST_WAITING: Final = 20
MOST_FILES: Final = 5000
_FOLDER = "uploads"
_NOTE = "upload.json"
_PRIVATE = 0o700
_LONGEST_NAME = 180
log = logging.getLogger("pod")


class Stage(StrEnum):
    """Where an upload is on its way."""

    ARRIVING = "arriving"
    BROUGHT = "brought"  # before the server was ended
    LOOKING = "looking"
    WAITING = "waiting"
    KEEPING = "keeping"
    KEPT = "kept"
    FAILED = "failed"


BUSY: Final = frozenset({Stage.ARRIVING, Stage.LOOKING, Stage.KEEPING})


class Left(Exception):
    """The person does not want it any more, or the server ends."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which format a file is of. Of a table that nobody knows, `giver` is who gave it, and `kind`
    the local name of the class of its rows, "" where it is to be guessed.
    """

    format: str
    giver: str = ""
    kind: str = ""


@dataclass(slots=True, eq=False)
class Upload:
    """One upload: whose it is, for which space, its files, and what was found in them.

    `said` are the options that the person gave for the files, by their places in `arrived`, and
    `chosen` what she says that some of them are, by their names.
    """

    id: str
    account: str
    space: str
    folder: Path
    touched: datetime
    stage: Stage = Stage.ARRIVING
    files: list[Path] = field(default_factory=list)
    size: int = 0
    done: int = 0
    of: int = 0
    arrived: tuple[Arrived, ...] = ()
    said: dict[int, dict[str, str]] = field(default_factory=dict)
    chosen: dict[str, Choice] = field(default_factory=dict)
    is_left: bool = False
    task: "asyncio.Task[None] | None" = None

    def watch(self, _stage: str, done: int, of: int) -> None:
        """Is told how far the work is. Raises Left, which ends it."""
        self.done, self.of = done, of
        if self.is_left:
            raise Left

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(printable(one.name) for one in self.files)


class Uploads:
    """The uploads of all accounts. What an account has here is at most `most` octets together.

    For `soon` seconds what was brought is waited for, before a page says that it takes longer.
    """

    def __init__(self, data: Path, now: Callable[[], datetime], *, most: int) -> None:
        self.most = most
        self.soon = 2.5
        self._folder = data / _FOLDER
        self._now = now
        self._uploads: dict[str, Upload] = {}
        self._working: set[asyncio.Task[None]] = set()  # on those that were let go, too
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._is_closing = False
        self._is_awake = False
        self._sweep_folder()

    def wake(self) -> None:
        """Find again what waited when the server was ended; each goes when its time is over."""
        if self._is_awake:
            return
        self._is_awake = True
        for folder in self._folder.glob("*/"):
            found = _noted(folder)
            if found is not None and found.id not in self._uploads:
                self._uploads[found.id] = found
        self.sweep()
        self._sweep_later()

    def of(self, account: str) -> tuple[Upload, ...]:
        """Those of an account, the latest first."""
        self.wake()
        self.sweep()
        found = (one for one in self._uploads.values() if one.account == account)
        return tuple(sorted(found, key=lambda one: one.touched, reverse=True))

    def find(self, name: str, account: str) -> Upload:
        """The one of an id, if it is of the account. Raises NotFound."""
        self.wake()
        self.sweep()
        found = self._uploads.get(name)
        if found is None or found.account != account:
            raise NotFound("this upload is not here any more; bring the files again")
        return found

    def room(self, account: str) -> int:
        """How many octets an account may still bring."""
        return max(0, self.most - sum(one.size for one in self.of(account)))

    def begin(self, name: str, account: str, space: str) -> Upload:
        """A new one. Raises TooMany where too many wait already."""
        if len(self.of(account)) >= MOST_WAITING:
            raise TooMany("decide on the files that wait before you bring more", LIFETIME)
        self._folder.mkdir(mode=_PRIVATE, exist_ok=True)
        folder = self._folder / name
        folder.mkdir(mode=_PRIVATE)
        made = Upload(id=name, account=account, space=space, folder=folder, touched=self._now())
        self._uploads[name] = made
        return made

    async def receive(self, upload: Upload, filename: str, pieces: AsyncIterator[bytes]) -> None:
        """Write one more of its files. Raises TooLarge, and Malformed for too many files."""
        if len(upload.files) >= MOST_FILES:
            raise Malformed(f"bring at most {MOST_FILES} files at once, or pack them as one ZIP")
        folder = upload.folder / f"{len(upload.files) + 1}"
        folder.mkdir(mode=_PRIVATE)
        path = folder / plain_name(filename)
        with path.open("xb") as file:
            async for piece in pieces:
                if len(piece) > self.room(upload.account):
                    raise TooLarge("these files are too large for one upload")
                upload.size += len(piece)
                await asyncio.to_thread(file.write, piece)
        upload.files.append(path)
        upload.touched = self._now()

    def start(self, upload: Upload, stage: Stage, work: Coroutine[Any, Any, Stage]) -> None:
        """Begin work on an upload, which goes on whoever looks; what it comes to is its stage."""
        upload.stage, upload.done, upload.of = stage, 0, 0
        upload.touched = self._now()
        _note(upload)
        upload.task = asyncio.create_task(self._worked(upload, work))
        self._working.add(upload.task)
        upload.task.add_done_callback(self._working.discard)

    def leave(self, upload: Upload) -> None:
        """Let an upload go, and its files, as soon as nothing works on them."""
        upload.is_left = True
        self._uploads.pop(upload.id, None)
        if upload.task is None or upload.task.done():
            self.empty(upload)

    def forsake(self, account: str, space: str = "") -> None:
        """Let all go that an account has brought, or has brought for one of its spaces."""
        for upload in self.of(account):
            if space in {"", upload.space}:
                self.leave(upload)

    def empty(self, upload: Upload) -> None:
        """Delete the files of an upload."""
        upload.size = 0
        shutil.rmtree(upload.folder, ignore_errors=True)

    def sweep(self) -> None:
        """Let go what nobody came back to."""
        over = self._now() - LIFETIME
        for upload in tuple(self._uploads.values()):
            if upload.touched <= over and upload.stage not in BUSY:
                self.leave(upload)

    async def close(self) -> None:
        """End all work, and delete what did not arrive whole or is done with."""
        self._is_closing = True
        uploads = tuple(self._uploads.values())
        for upload in uploads:
            upload.is_left = True
        await asyncio.gather(*self._working, return_exceptions=True)
        for upload in uploads:
            if not upload.folder.joinpath(_NOTE).exists():
                self.empty(upload)

    async def _worked(self, upload: Upload, work: Coroutine[Any, Any, Stage]) -> None:
        stage = Stage.FAILED
        try:
            async with self._turns:
                stage = await work
        except Left:
            pass
        except Exception:
            log.exception("an upload could not be worked on")
        upload.stage, upload.touched = stage, self._now()
        is_hers = upload.id in self._uploads  # and not let go meanwhile
        if self._is_closing and is_hers and stage in {Stage.WAITING, Stage.FAILED}:
            return  # it is there again when the server is
        if upload.is_left or stage in {Stage.KEPT, Stage.FAILED}:
            self.empty(upload)
        else:
            _note(upload)
        self._sweep_later()

    def _sweep_later(self) -> None:
        """Nobody may ever ask again, and what she brought goes all the same."""
        asyncio.get_running_loop().call_later(LIFETIME.total_seconds() + 1, self.sweep)

    def _sweep_folder(self) -> None:
        """Delete what a server left that was ended in the middle."""
        over = (self._now() - LIFETIME).timestamp()
        for folder in self._folder.glob("*/"):
            with suppress(FileNotFoundError):  # another process has just removed it
                if folder.stat().st_mtime < over:
                    shutil.rmtree(folder, ignore_errors=True)


def _note(upload: Upload) -> None:
    """Write down what is known of an upload beside its files, whole or not at all."""
    kept = {
        "account": upload.account,
        "space": upload.space,
        "touched": upload.touched.isoformat(),
        "size": upload.size,
        "files": [f"{file.relative_to(upload.folder)}" for file in upload.files],
        "said": {str(place): values for place, values in upload.said.items()},
        "chosen": {name: asdict(choice) for name, choice in upload.chosen.items()},
    }
    note = upload.folder / _NOTE
    fresh = note.with_suffix(".new")
    fresh.write_text(json.dumps(kept), encoding="utf-8")
    fresh.replace(note)


def _noted(folder: Path) -> Upload | None:
    """The upload whose note stands in a folder; None where none does, or it is of no use."""
    try:
        kept = json.loads(folder.joinpath(_NOTE).read_text("utf-8"))
        return Upload(
            id=folder.name,
            account=kept["account"],
            space=kept["space"],
            folder=folder,
            touched=datetime.fromisoformat(kept["touched"]),
            stage=Stage.BROUGHT,
            files=[folder / name for name in kept["files"]],
            size=kept["size"],
            said={int(place): values for place, values in kept["said"].items()},
            chosen={name: Choice(**choice) for name, choice in kept["chosen"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def plain_name(filename: str) -> str:
    """The name of a file without its folders, as it may be on any disk."""
    last = filename.replace("\\", "/").rpartition("/")[2].replace("\0", "")
    kept = last.encode("utf-8", "replace")[-_LONGEST_NAME:].decode("utf-8", "ignore")
    return kept if kept.strip(". ") else "file"
