"""How much memory the import of a large export takes: `python bench/memory.py --megabytes 1000`.

A made-up Apple Health export, which `pod import` takes into a new pod in a process of its own.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.apple_health import write

ACCOUNT = ("account", "create", "ana", "--email", "ana@example.org", "--password-stdin")


def pod(*words: str, given: str = "") -> str:
    """A command; what it prints."""
    program = [sys.executable, "-m", "pod", *words]
    done = subprocess.run(program, input=given, text=True, check=True, stdout=subprocess.PIPE)
    return done.stdout


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--megabytes", type=int, default=1000)
    megabytes = given.parse_args().megabytes
    with tempfile.TemporaryDirectory() as folder:
        export, data = Path(folder) / "export.xml", str(Path(folder) / "data")
        records = write(export, megabytes)
        pod(*ACCOUNT, "--data", data, given="a good password\n")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        (report,) = json.loads(pod("import", str(export), "--pod", "ana", "--data", data, "--json"))
        seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{megabytes} MB, {records:,} records: {report['read']:,} read, {report['new']:,} new in "
        f"{seconds:.0f} s ({after.ru_utime - before.ru_utime:.0f} s of processor), "
        f"at most {after.ru_maxrss // 1024} MiB"
    )


if __name__ == "__main__":
    main()
