"""Requests a second beside a bare aiohttp handler, in one run: `python bench/requests.py`.

The server and the bare handler each get one core and never run at the same time; the load runs on
another. Rates drift with the machine, so what is to be quoted is the ratio to the bare handler.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests")]

from client import App
from load import Figures, load
from serving import Host, free_port

SERVER_CORE, LOAD_CORE = "0", "1"
ROUNDS, REQUESTS = 3, 6000
TURTLE = b'<#it> <http://schema.example/text> "' + b"x" * 980 + b'" .\n'


def raw(method: str, host: Host, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """One request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{host.port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def gets(owner: App, host: Host, count: int) -> list[bytes]:
    url = f"{host.base}alice/bench/one"
    return [raw("GET", host, "/alice/bench/one", owner.headers("GET", url)) for _ in range(count)]


def puts(owner: App, host: Host, run: int, count: int) -> list[bytes]:
    made = []
    for number in range(count):
        path = f"/alice/bench/{run}/{number}"
        headers = owner.headers("PUT", host.base[:-1] + path) | {"Content-Type": "text/turtle"}
        made.append(raw("PUT", host, path, headers, TURTLE))
    return made


@contextmanager
def bare(port: int) -> Iterator[int]:
    script = str(Path(__file__).with_name("bare.py"))
    process = subprocess.Popen(["taskset", "-c", SERVER_CORE, sys.executable, script, str(port)])
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until and not answers(port):
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def cpu(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Work:
    """A load: answers a second, and processor microseconds of the server for each."""

    rate: float
    micros: float
    statuses: dict[int, int]


def measured(pid: int, port: int, loads: Iterable[list[bytes]]) -> Work:
    found: list[Figures] = []
    micros: list[float] = []
    for requests in loads:
        before = cpu(pid)
        found.append(load(port, requests))
        micros.append((cpu(pid) - before) / len(requests) * 1e6)
    statuses: Counter[int] = Counter()
    for one in found:
        statuses += one.statuses
    return Work(median(one.rate for one in found), median(micros), dict(statuses))


def show(name: str, work: Work, yardstick: Work) -> None:
    print(
        f"{name:<34} {work.rate:8.0f}/s {work.rate / yardstick.rate:6.1%}   "
        f"{work.micros:6.0f} us {yardstick.micros / work.micros:6.1%}   {work.statuses}",
        flush=True,
    )


def main() -> None:
    os.sched_setaffinity(0, {int(LOAD_CORE)})
    print("each row: answers a second, of the bare handler's; processor time each, of the bare's")
    with tempfile.TemporaryDirectory() as folder:
        host = Host(Path(folder), free_port())
        host.account("alice")
        owner = host.app("alice", "bench")
        port = free_port()
        with bare(port) as pid:
            plain = [b"GET /one HTTP/1.1\r\nHost: localhost\r\n\r\n"] * REQUESTS * 2
            yardstick = measured(pid, port, [plain] * ROUNDS)
        show("bare aiohttp handler, 1 kB", yardstick, yardstick)
        with host.serving(prefix=("taskset", "-c", SERVER_CORE)) as server:
            if owner.put(f"{host.base}alice/bench/one", TURTLE).status != 201:
                raise SystemExit("the resource to be read was not made")
            load(host.port, gets(owner, host, 500))
            runs = range(ROUNDS)
            loads = (gets(owner, host, REQUESTS) for _ in runs)
            work = measured(server.pid, host.port, loads)
            show("GET, authenticated, 1 kB Turtle", work, yardstick)
            anonymous = [raw("GET", host, "/alice/profile/card", {})] * REQUESTS
            work = measured(server.pid, host.port, [anonymous] * ROUNDS)
            show("GET, anonymous, public", work, yardstick)
            writes = (puts(owner, host, run, REQUESTS // 2) for run in runs)
            work = measured(server.pid, host.port, writes)
            show("PUT new, authenticated, durable", work, yardstick)


if __name__ == "__main__":
    main()
