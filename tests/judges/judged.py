"""The servers that are judged: this one, and Community Solid Server to compare with.

Each comes with alice, bob and carol, who have a pod and client credentials each; scripts are told
of them by environment variables, which `lib/seed.mjs` makes over the account API.
"""

import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]
from serving import Host, free_port  # noqa: E402 - found where this script has just said

COMMUNITY = "@solid/community-server"
VERSION = "7.2.0"
SECONDS = 240  # that a server may take to start, on a machine that does much else

Told = Mapping[str, str]


def seeded(base: str) -> Told:
    """The people of a server at an address, made now."""
    done = subprocess.run(
        ["node", str(HERE / "lib" / "seed.mjs"), base],  # noqa: S607 - the one that is installed
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: Told = json.loads(done.stdout)
    return told


@contextmanager
def here(folder: Path) -> Iterator[Told]:
    """This server, on a data folder."""
    host = Host(folder / "data", free_port())
    with host.serving():
        yield seeded(host.base)


@contextmanager
def community(folder: Path) -> Iterator[Told]:
    """Community Solid Server with its data in memory; installed into a folder where it is not."""
    program = folder / "node_modules" / ".bin" / "community-solid-server"
    if not program.exists():
        words = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund"]
        subprocess.run([*words, f"{COMMUNITY}@{VERSION}"], check=True)
    port = free_port()
    base = f"http://localhost:{port}/"
    with tempfile.TemporaryDirectory() as empty:
        # It reads the parts of all packages that it finds; its own are all that it needs.
        own = Path(empty) / "node_modules" / COMMUNITY
        own.parent.mkdir(parents=True)
        own.symlink_to(folder / "node_modules" / COMMUNITY)
        process = subprocess.Popen(
            [str(program), "-m", empty, "-p", str(port), "-b", base, "-l", "error"],
            cwd=empty,
            stdout=subprocess.DEVNULL,
        )
        try:
            _wait(base)
            yield seeded(base)
        finally:
            process.terminate()
            process.wait(timeout=SECONDS)


def _wait(base: str) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{base}.well-known/openid-configuration"):  # noqa: S310 - http
                return
        except (URLError, ConnectionError):
            time.sleep(0.2)  # nobody tells when it has started
    raise SystemExit("the server to compare with does not start")
