"""What a process and those that it started have used, as /proc tells it."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def cpu(pid: int) -> float:
    """Seconds of processor time, of those that have ended too."""
    total = 0
    for each in tree(pid):
        with suppress(OSError):  # it ended meanwhile
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            total += sum(map(int, fields[11:15]))
    return total / TICKS


class Group:
    """A control group: what is spent in it counts, of children too that nobody has waited for.

    Raises OSError where the system has none (cgroup v2), or lets nobody make one.
    """

    def __init__(self) -> None:
        mounts = (line.split() for line in Path("/proc/mounts").read_text().splitlines())
        root = next((Path(one[1]) for one in mounts if one[2] == "cgroup2"), None)
        if root is None:
            raise FileNotFoundError("there is no control group to measure in")
        self._folder = root / f"bench-{os.getpid()}"
        self._folder.mkdir()

    def take(self, pid: int) -> None:
        """Put a process in, and all that it starts from now on."""
        (self._folder / "cgroup.procs").write_text(str(pid))

    def cpu(self) -> float:
        """Seconds of processor time that were spent in it."""
        (usage,) = (
            line.split()[1]
            for line in (self._folder / "cpu.stat").read_text().splitlines()
            if line.startswith("usage_usec")
        )
        return int(usage) / 1_000_000

    def end(self) -> None:
        """Take it away, once all of its processes have ended."""
        self._folder.rmdir()


def memory(pid: int) -> int:
    """Bytes that are resident; what processes share counts for each."""
    total = 0
    for each in tree(pid):
        with suppress(OSError):
            total += int(Path(f"/proc/{each}/statm").read_text().split()[1]) * PAGE
    return total


def tree(pid: int) -> Iterator[int]:
    """A process and all below it."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(stat.parent.name))
    found = [pid]
    for each in found:
        found += parents.get(each, ())
    return iter(found)
