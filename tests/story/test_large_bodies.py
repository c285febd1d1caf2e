"""A body far larger than the server's memory goes up and comes down, and its memory stays flat."""

import hashlib
import http.client
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Host, free_port

MIB = 1024 * 1024
SIZE = 2048 * MIB
PIECE = bytes(range(256)) * 4096  # one MiB


def pieces() -> Iterator[bytes]:
    for number in range(SIZE // MIB):
        yield number.to_bytes(8, "big") + PIECE[8:]


def peak_memory(pid: int) -> int:
    """The most memory that a process ever held, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("the kernel tells no peak")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_two_gibibytes_up_and_down_leave_the_servers_memory_under_150_mebibytes(
    tmp_path: Path,
) -> None:
    host = Host(tmp_path / "data", free_port())
    host.account("alice")
    owner = host.app("alice", "big files")
    url = f"{host.base}alice/film"
    sent = hashlib.sha256()
    for piece in pieces():
        sent.update(piece)

    with host.serving() as server:
        up = owner.call(
            "PUT",
            url,
            {"Content-Type": "video/mp4", "Content-Length": str(SIZE)},
            pieces(),
        )
        assert up.status == 201
        connection = http.client.HTTPConnection("localhost", host.port, timeout=120)
        connection.request("GET", "/alice/film", headers=owner.headers("GET", url))
        answer, came = connection.getresponse(), hashlib.sha256()
        while piece := answer.read(MIB):
            came.update(piece)
        connection.close()
        assert came.digest() == sent.digest()
        assert peak_memory(server.pid) < 150 * MIB
