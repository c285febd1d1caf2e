"""How much memory the import of a large export takes: `python bench/memory.py --megabytes 1000`.

A made-up Apple Health export, or with `--takeout` a Takeout of Google in several archives, which
`pod import` takes into a new pod in a process of its own. With `--kill` that is killed once its bar
shows a half, and then gone on with.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import apple_health, takeout

ACCOUNT = ("account", "create", "ana", "--email", "ana@example.org", "--password-stdin")
HALF = re.compile(rb" [5-9]\d %")


def pod(*words: str, given: str = "") -> str:
    """A command; what it prints. Files that no importer reads make its status 1."""
    program = [sys.executable, "-m", "pod", *words]
    done = subprocess.run(program, input=given, text=True, check=False, stdout=subprocess.PIPE)
    return done.stdout


def killed(*words: str) -> float:
    """Kill a command once its bar shows a half; after how many seconds that was."""
    ours, terminal = os.openpty()
    begun = time.perf_counter()
    program = [sys.executable, "-m", "pod", *words]
    with subprocess.Popen(program, stderr=terminal, stdout=subprocess.DEVNULL) as process:
        os.close(terminal)
        shown = b""
        while not HALF.search(shown):
            shown = shown[-100:] + os.read(ours, 4096)
        process.kill()
        os.close(ours)
    return time.perf_counter() - begun


def written(folder: Path, megabytes: int, *, is_takeout: bool) -> tuple[Sequence[Path], int]:
    """The export, and how many rows are in it."""
    if is_takeout:
        paths, events = takeout.write(folder, megabytes)
        return paths, events + takeout.NOTES
    export = folder / "export.xml"
    return [export], apple_health.write(export, megabytes)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--megabytes", type=int, default=1000)
    given.add_argument("--takeout", action="store_true")
    given.add_argument("--kill", action="store_true")
    chosen = given.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files, rows = written(Path(folder), chosen.megabytes, is_takeout=chosen.takeout)
        data = str(Path(folder) / "data")
        words = ("import", *map(str, files), "--pod", "ana", "--data", data)
        pod(*ACCOUNT, "--data", data, given="a good password\n")
        if chosen.kill:
            print(f"killed at half of an archive, after {killed(*words):.0f} s", flush=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        reports = json.loads(pod(*words, "--json"))
        seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    read, new = (sum(one[name] for one in reports) for name in ("read", "new"))
    print(
        f"{chosen.megabytes} MB, {rows:,} records: {read:,} read, {new:,} new in "
        f"{seconds:.0f} s ({after.ru_utime - before.ru_utime:.0f} s of processor), "
        f"at most {after.ru_maxrss // 1024} MiB"
    )


if __name__ == "__main__":
    main()
