"""A real server in a process of its own, and the command line, as an outsider would use them."""

import asyncio
import io
import json
import os
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import IO, Any

from client import App

from pod.app import opened
from pod.cli import main
from pod.config import Config
from pod.flows.credentials import create_credentials
from pod.flows.provision import create_account
from pod.oidc.discovery import token_endpoint

MIB = 1024 * 1024
SECONDS = 120  # that anything may take; nothing is waited for that long
# A server that gives requests more time to end than anything here waits for.
LENIENT = (
    "import pod.web.listen; pod.web.listen.GRACE_SECONDS = 3600.0; from pod.cli import main; main()"
)
# A server binds its port some time after it is told of it, so it must be one that nobody else is
# given meanwhile: from 32768 on the system gives any to who opens a connection, and of the others
# each of the processes that share the tests has a part, which it goes through.
PORTS, SHARES = range(16_384, 32_768), 16
_share = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % SHARES
_ports = cycle(PORTS[_share::SHARES])
_others = islice(_ports, os.getpid() % len(PORTS))  # who runs the tests too begins elsewhere


def free_port() -> int:
    """A port of this machine that nobody listens on, and that nobody else is told of."""
    deque(_others, maxlen=0)
    return next(filter(_is_free, _ports))


def _is_free(port: int) -> bool:
    with socket.socket() as probe, suppress(OSError):
        probe.bind(("", port))
        return True
    return False


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    status: int
    out: str
    err: str

    def json(self):
        assert self.out, self.err
        return json.loads(self.out)


def command(*words: str, given: str = "") -> Done:
    """Run the command `pod`, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "pod", *words],
        input=given,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def here(*words: str, given: str = "") -> Done:
    """The same in this process, which is as good where only the command itself matters."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    before, sys.stdin = sys.stdin, io.StringIO(given)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            status = main(words)
    except SystemExit as ended:  # argparse does that
        status = int(ended.code or 0)
    finally:
        sys.stdin = before
    out.seek(0)
    err.seek(0)
    return Done(status, out.read(), err.read())


def run(*words: str, given: str = "", expect: int = 0) -> str:
    """Run the command `pod`; its standard output."""
    done = command(*words, given=given)
    assert done.status == expect, done
    return done.out


@dataclass
class Host:
    """A data folder and the address that it is, or will be, served at."""

    data: Path
    port: int

    @property
    def base(self) -> str:
        return f"http://localhost:{self.port}/"

    def command(self, *words: str, given: str = "") -> Done:
        """A command on this data folder."""
        place = ("--data", str(self.data), "--base-url", self.base)
        return command(*words, *place, given=given)

    def here(self, *words: str, given: str = "") -> Done:
        """A command on this data folder, in this process."""
        return here(*words, "--data", str(self.data), "--base-url", self.base, given=given)

    def pod(self, *words: str, given: str = "", expect: int = 0) -> str:
        """A command on this data folder; its standard output."""
        done = self.command(*words, given=given)
        assert done.status == expect, done
        return done.out

    def account(self, name: str) -> dict[str, str]:
        words = ("account", "create", name, "--email", f"{name}@example.org")
        return self.here(*words, "--password-stdin", "--json", given="a good password\n").json()

    def app(self, name: str, label: str) -> App:
        made = self.here("credentials", "create", name, "--label", label, "--json").json()
        return App(made["id"], made["secret"], made["token_endpoint"])

    def people(self, *names: str) -> list[App]:
        """Accounts with an app each, as the commands make them, but all in this process."""
        return asyncio.run(self._people(names))

    async def _people(self, names: Sequence[str]) -> list[App]:
        config, apps = Config(data=self.data, port=self.port, base_url=self.base), []
        async with opened(config) as server:
            for name in names:
                await create_account(name, f"{name}@example.org", "a good password", server)
                client, secret = await create_credentials(name, "script", server)
                apps.append(App(client.id, secret, token_endpoint(server.base)))
        return apps

    def start(
        self,
        *options: str,
        prefix: Sequence[str] = (),
        program: Sequence[str] = ("-m", "pod"),
        errors: IO[str] | None = None,
    ) -> "subprocess.Popen[str]":
        """A server that is starting. `prefix` is a command that runs another, such as taskset."""
        return subprocess.Popen(
            [
                *prefix,
                *(sys.executable, *program, "serve", "--data", str(self.data)),
                *("--port", str(self.port), "--base-url", self.base, *options),
            ],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )

    @contextmanager
    def serving(self, *options: str, **how: Any) -> "Iterator[subprocess.Popen[str]]":
        """The server, from when it answers until it is asked to stop."""
        process = self.start(*options, **how)
        try:
            wait(process)
            yield process
        finally:
            end(process)


def wait(process: "subprocess.Popen[str]") -> list[str]:
    """Wait until a server that is starting answers; the lines that it has printed."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("listening on"):
            break
    assert process.poll() is None, "the server ended before it answered"
    return lines


def end(process: "subprocess.Popen[str]") -> None:
    """Ask a server to stop, and see it gone."""
    process.terminate()
    process.wait(timeout=SECONDS)
    assert process.stdout is not None
    process.stdout.close()


def peak_memory(pid: int) -> int:
    """The most memory that a process ever held, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("the kernel tells no peak")


def becomes(true: Callable[[], bool]) -> bool:
    """Whether something that another process does comes true."""
    until = time.monotonic() + SECONDS
    while not true() and time.monotonic() < until:
        time.sleep(0.01)  # nobody tells when it is so
    return true()
