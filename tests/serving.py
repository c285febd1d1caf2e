"""A real server in a process of its own, and the command line, as an outsider would use them."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from client import App


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(*words: str, given: str = "", expect: int = 0) -> str:
    """Run the command `pod`; its standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "pod", *words],
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == expect, (done.returncode, done.stdout, done.stderr)
    return done.stdout


@dataclass
class Host:
    """A data folder and the address that it is, or will be, served at."""

    data: Path
    port: int

    @property
    def base(self) -> str:
        return f"http://localhost:{self.port}/"

    def pod(self, *words: str, given: str = "", expect: int = 0) -> str:
        """A command on this data folder."""
        command, *rest = words
        place = ("--data", str(self.data), "--base-url", self.base)
        return run(command, *rest, *place, given=given, expect=expect)

    def account(self, name: str) -> dict[str, str]:
        words = ("account", "create", name, "--email", f"{name}@example.org")
        return json.loads(self.pod(*words, "--password-stdin", "--json", given="a good password\n"))

    def app(self, name: str, label: str) -> App:
        made = json.loads(self.pod("credentials", "create", name, "--label", label, "--json"))
        return App(made["id"], made["secret"], made["token_endpoint"])

    @contextmanager
    def serving(self, *options: str, prefix: Sequence[str] = ()) -> Iterator[subprocess.Popen[str]]:
        """The server, from when it answers until it is asked to stop.

        `prefix` is a command that runs another, such as taskset.
        """
        process = subprocess.Popen(
            [
                *prefix,
                *(sys.executable, "-m", "pod", "serve", "--data", str(self.data)),
                *("--port", str(self.port), "--base-url", self.base, *options),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if line.startswith("listening on"):
                    break
            assert process.poll() is None, "the server ended before it answered"
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)
            process.stdout.close()
