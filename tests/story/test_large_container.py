"""A container of a hundred thousand resources, listed by a server that stays small and at hand."""

import asyncio
import http.client
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from serving import MIB, Host, free_port, peak_memory

from acl import Agent, Mode, Need, decide, permit
from pod.app import opened
from pod.config import Config
from pod.flows.owner import owner_of
from pod.model import Change, Draft
from pod.store.port import Transaction
from vocab.iri import ResourceIri

MANY = 100_000
DESCRIBED = re.compile(rb"<[^>]*/many/(\d+)\.ttl> a ldp:Resource")


def put_all(tx: Transaction, container: ResourceIri, owner: Agent) -> None:
    """Make a container, and in it MANY documents that are empty."""
    grant = permit((Need(Mode.WRITE, container),), partial(decide, tx.acls(), agent=owner))
    draft = Draft(media_type="text/turtle", content=b"", modified=datetime(2026, 1, 1, tzinfo=UTC))
    for iri in (container, *(container.child(f"{number}.ttl") for number in range(MANY))):
        tx.apply(Change(target=iri, before=None, after=draft), grant)


async def fill(host: Host) -> None:
    config = Config(data=host.data, port=host.port, base_url=host.base)
    async with opened(config) as server:
        pod = await server.pods.find("alice")
        assert pod is not None
        container = ResourceIri(pod.store.storage, "many/")
        owner = owner_of(pod)
        await pod.store.write(partial(put_all, container=container, owner=owner))


def names(answer: http.client.HTTPResponse) -> Iterator[int]:
    """The numbers of the documents that a listing in Turtle describes, read piece by piece."""
    left = b""
    while piece := answer.read(MIB):
        *lines, left = (left + piece).split(b"\n")
        for line in lines:
            if found := DESCRIBED.match(line):
                yield int(found[1])


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_a_hundred_thousand_members_leave_the_servers_memory_under_130_mebibytes(
    tmp_path: Path,
) -> None:
    host = Host(tmp_path / "data", free_port())
    [alice] = host.people("alice")
    asyncio.run(fill(host))
    url = f"{host.base}alice/many/"
    with host.serving() as server:
        with (
            closing(http.client.HTTPConnection("localhost", host.port, timeout=60)) as line,
            closing(socket.create_connection(("localhost", host.port))) as stalled,
        ):
            fields = {"Host": f"localhost:{host.port}"} | alice.headers("GET", url)
            head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
            stalled.sendall(f"GET /alice/many/ HTTP/1.1\r\n{head}\r\n".encode())
            assert stalled.recv(12) == b"HTTP/1.1 200"  # and reads no more

            line.request("GET", "/alice/many/", headers=alice.headers("GET", url))
            answer = line.getresponse()
            assert answer.status == 200
            # While it is being sent, others read and write there.
            assert alice.put(f"{url}one-more.ttl", b"").status == 201
            assert alice.get(f"{url}7.ttl").status == 200
            assert set(names(answer)) == set(range(MANY))
        assert alice.call("HEAD", url).status == 200
        assert peak_memory(server.pid) < 130 * MIB
