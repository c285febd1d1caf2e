"""Servers that are started and stopped by the command line, and the demonstration."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from client import call
from commands import signs_in, webid
from serving import LENIENT, MIB, SECONDS, Host, becomes, end, free_port, wait


@pytest.mark.spec("Practice ACC-09")
def test_a_seed_makes_accounts_once(tmp_path: Path) -> None:
    seed = tmp_path / "seed.json"
    pods = [{"name": "sam"}, {"name": "sam-at-work"}]
    seed.write_text(json.dumps([{"email": "s@a.example", "password": "long enough", "pods": pods}]))
    host = Host(tmp_path / "data", free_port())
    for _ in range(2):
        with host.serving("--seed", str(seed)):
            for name in ("sam", "sam-at-work"):
                assert call("GET", webid(host, name).partition("#")[0]).status == 200
            login = {"email": "S@A.example", "password": "long enough"}
            assert signs_in(host.base, login)
    assert host.here("check", "--json").json() == []


def test_a_server_that_is_asked_to_stop_finishes_what_is_under_way(tmp_path: Path) -> None:
    host = Host(tmp_path / "data", free_port())
    (owner,) = host.people("ana")
    url, half = f"{host.base}ana/film", b"x" * MIB
    with (
        host.serving(program=("-c", LENIENT)) as process,
        closing(connection(host)) as idle,
        closing(connection(host)) as slow,
    ):
        idle.request("GET", "/")
        assert idle.getresponse().read()
        slow.putrequest("PUT", "/ana/film")
        head = owner.headers("PUT", url) | {"Content-Type": "video/mp4"}
        for name, value in (head | {"Content-Length": str(2 * MIB)}).items():
            slow.putheader(name, value)
        slow.endheaders(half)
        incoming = host.data / "pods" / "ana" / "blobs" / "incoming"
        assert becomes(lambda: any(incoming.iterdir()))  # the server is at it
        process.send_signal(signal.SIGTERM)
        assert becomes(lambda: not listens(host.port))
        slow.send(half)
        assert slow.getresponse().status == 201
        slow.close()
        assert process.wait(SECONDS) == 0
    with host.serving():
        assert owner.get(url).body == half + half


def connection(host: Host) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("localhost", host.port, timeout=SECONDS)


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionError:
        return False
    return True


DEMO = (
    "pim:Storage",
    "owl:Ontology",
    "HTTP/1.1 401",
    "ldp:contains",
    '"status": 403',
    r'"kWh".*"value":"[1-9][0-9]{3}',
    r'"kWh".*"value":"0"',
    "^$",
)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_every_line_that_the_demonstration_says_to_try_works(tmp_path: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "pod", "demo", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    try:
        told = wait(process)
        lines = [line.strip() for line in told if re.match(r"  (\S.*)?\bcurl ", line)]
        assert len(lines) == len(DEMO)
        for line, expected in zip(lines, DEMO, strict=True):
            assert re.search(expected, typed(line)), line
        note = lines[-1].replace("headers PUT", "headers GET")
        assert typed(re.sub("-X PUT .* -d hello", "", note)) == "hello"
        base = f"http://localhost:{port}/"
        assert "made up" in call("GET", base).text
        assert "inventés" in call("GET", base, {"Accept-Language": "fr"}).text
        visited = call("POST", f"{base}.account/sign-in/visit", {"Origin": base[:-1]})
        cookie = visited.headers["Set-Cookie"].partition(";")[0]
        seen = call("GET", f"{base}.account/apps/", {"Cookie": cookie, "Accept": "text/html"})
        assert (visited.status, seen.status) == (303, 200)
        email, password = sign_in(told)
        body = json.dumps({"email": email, "password": password}).encode()
        kind = {"Content-Type": "application/json"}
        assert call("POST", f"{base}.account/login/password/", kind, body).status == 200
        assert len(list(tmp_path.iterdir())) == 1
    finally:
        end(process)
    assert list(tmp_path.iterdir()) == []


def sign_in(told: list[str]) -> tuple[str, str]:
    """What Camille signs in with, as the demonstration says it."""
    return re.search(r"as (\S+) with the password (\S+)", "".join(told)).groups()


def typed(line: str) -> str:
    """What a line says when it is typed into a shell."""
    done = subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, text=True, timeout=SECONDS, check=True
    )
    return done.stdout
