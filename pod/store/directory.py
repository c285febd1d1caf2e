"""The pods of a server by name: `DIR/pods/{name}/`.

INVARIANT (one writer): within this process a pod that anybody holds is found again, never opened
a second time. The directory itself holds the pods used last; a pod that falls out of these is
closed as soon as nobody else holds it.
"""

import asyncio
import re
import secrets
import shutil
import sqlite3
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing, suppress
from datetime import datetime
from pathlib import Path
from weakref import WeakValueDictionary

from pod.problems import Conflict, Malformed, NotFound, Unavailable
from pod.store.blobs import sync_folder
from pod.store.channels import has_channels
from pod.store.identity import read_identity, write_owners
from pod.store.pod import OpenPod, create_pod
from pod.store.sqlite import PRIVATE_FOLDER, connect
from pod.store.writer import DATABASE, Settings

PODS = "pods"
OPEN_PODS = 500
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}", re.ASCII)
_UNFINISHED = ".unfinished-"  # being made or being removed; never a name of a pod
_UNFINISHED_SECONDS = 3600.0


def storages(data: Path) -> Iterator[tuple[str, str]]:
    """The names of the pods of a data folder, and the addresses of their roots, one by one.

    A pod whose database cannot be read is left out.
    """
    for name in _names(data / PODS):
        try:
            with closing(connect(data / PODS / name / DATABASE)) as connection:
                yield name, read_identity(connection).storage
        except (sqlite3.Error, KeyError):
            continue


def _names(folder: Path) -> tuple[str, ...]:
    if not folder.exists():
        return ()
    found = (each.name for each in folder.iterdir() if _NAME.fullmatch(each.name))
    return tuple(sorted(name for name in found if (folder / name / DATABASE).exists()))


class PodDirectory:
    """Belongs to one event loop. `now` tells the time in UTC."""

    def __init__(
        self,
        data: Path,
        *,
        now: Callable[[], datetime],
        open_pods: int = OPEN_PODS,
        settings: Settings | None = None,
    ) -> None:
        self._folder = data / PODS
        self._now = now
        self._open_pods = open_pods
        self._settings = settings or Settings()
        self._alive: WeakValueDictionary[str, OpenPod] = WeakValueDictionary()
        self._recent: OrderedDict[str, OpenPod] = OrderedDict()
        self._ended: dict[str, asyncio.Future[None]] = {}  # of those that have not let go yet
        self._opening = asyncio.Lock()
        for folder in (data, self._folder):
            folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        self._sweep()

    def names(self) -> tuple[str, ...]:
        """The pods there are, by name."""
        return _names(self._folder)

    def with_channels(self) -> tuple[str, ...]:
        """The pods that have notification channels; it takes a while where there are many pods."""
        files = {name: self._folder / name / DATABASE for name in self.names()}
        return tuple(name for name, file in files.items() if has_channels(file))

    async def create(self, name: str, *, storage: str, owner: str) -> OpenPod:
        """Make a pod; `storage` is the address of its root, `owner` a WebID.

        Raises Malformed for a name that cannot be one, Conflict for one that is taken, and
        Unavailable when the disk is full.
        """
        if not _NAME.fullmatch(name):
            raise Malformed(
                "a pod's name has up to 63 small letters, digits and hyphens, "
                "and does not begin with a hyphen"
            )
        async with self._opening:
            await asyncio.to_thread(self._create, name, storage, owner)
            await self._let_go(name)  # of a pod that another process has removed
            pod = await self._open(name)
        self._hold(pod)
        return pod

    def at_hand(self, name: str, pod: object) -> bool:
        """Whether `pod` is the open pod of this name, and nobody has removed it meanwhile."""
        kept = self._recent.get(name)
        if kept is None or kept is not pod or not kept.intact():
            return False
        self._recent.move_to_end(name)
        return True

    async def open(self, name: str) -> OpenPod | None:
        """The pod of a name; None when there is none."""
        pod = self._alive.get(name)
        if pod is None or not pod.intact():
            async with self._opening:
                pod = await self._find_or_open(name)
        if pod is not None:
            self._hold(pod)
        return pod

    async def delete(self, name: str) -> None:
        """Remove a pod and everything in it. Raises NotFound when there is none."""
        async with self._closed(name):
            await asyncio.to_thread(self._remove, name)

    async def own(self, name: str, owners: Mapping[str, bool]) -> None:
        """Say who owns a pod, by WebID, and whether its root names her to everybody.

        It is opened anew for that, so that there is no request for which some of it is as before.
        Raises NotFound when there is none.
        """
        async with self._closed(name):
            await asyncio.to_thread(self._own, name, owners)

    async def close(self) -> None:
        """Close every pod; what was handed over is on the disk afterwards."""
        async with self._opening:
            self._recent.clear()
            for pod in list(self._alive.values()):
                await pod.close()
            if self._ended:
                await asyncio.wait(self._ended.values())

    @asynccontextmanager
    async def _closed(self, name: str) -> AsyncIterator[None]:
        """A pod that nobody has open, for as long as the block runs. Raises NotFound."""
        async with self._opening:
            if not self._is_there(name):
                raise NotFound("there is no pod of this name")
            await self._let_go(name)
            yield

    async def _find_or_open(self, name: str) -> OpenPod | None:
        pod = self._alive.get(name)
        if pod is not None and pod.intact():  # somebody else was faster
            return pod
        await self._let_go(name)  # another process may have removed it
        return await self._open(name) if self._is_there(name) else None

    def _is_there(self, name: str) -> bool:
        return bool(_NAME.fullmatch(name)) and (self._folder / name / DATABASE).exists()

    async def _open(self, name: str) -> OpenPod:
        pod = await OpenPod.open(self._folder / name, now=self._now, settings=self._settings)
        self._alive[name] = pod
        self._ended[name] = pod.ended
        pod.ended.add_done_callback(lambda _: self._ended.pop(name))
        return pod

    def _hold(self, pod: OpenPod) -> None:
        self._recent[pod.name] = pod
        self._recent.move_to_end(pod.name)
        if len(self._recent) > self._open_pods:
            self._recent.popitem(last=False)

    async def _let_go(self, name: str) -> None:
        """Close the pod of a name where it is open, and see to it that its writer has ended: that
        of a pod that nobody holds any more may still be writing what it was given.
        """
        self._recent.pop(name, None)
        pod = self._alive.pop(name, None)
        if pod is not None:
            await pod.close()
        if name in self._ended:
            await asyncio.wait([self._ended[name]])

    def _create(self, name: str, storage: str, owner: str) -> None:
        # Made aside and renamed, so that there is never half a pod of this name.
        unfinished = self._folder / (_UNFINISHED + secrets.token_hex(8))
        unfinished.mkdir(mode=PRIVATE_FOLDER)
        try:
            notary = self._settings.notary
            create_pod(unfinished, storage=storage, owner=owner, now=self._now(), notary=notary)
            unfinished.rename(self._folder / name)
        except (OSError, sqlite3.Error) as error:
            shutil.rmtree(unfinished)
            if (self._folder / name).exists():
                raise Conflict("this name is taken; choose another") from error
            raise Unavailable("the pod cannot be made now; try again later") from error
        sync_folder(self._folder)

    def _own(self, name: str, owners: Mapping[str, bool]) -> None:
        with closing(connect(self._folder / name / DATABASE)) as connection:
            write_owners(connection, owners, now=self._now())

    def _remove(self, name: str) -> None:
        unfinished = self._folder / (_UNFINISHED + secrets.token_hex(8))
        (self._folder / name).rename(unfinished)
        sync_folder(self._folder)
        shutil.rmtree(unfinished)

    def _sweep(self) -> None:
        before = self._now().timestamp() - _UNFINISHED_SECONDS
        for folder in self._folder.glob(_UNFINISHED + "*"):
            with suppress(FileNotFoundError):  # another process has just removed or finished it
                if folder.stat().st_mtime < before:
                    shutil.rmtree(folder, ignore_errors=True)
