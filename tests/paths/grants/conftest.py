"""A server whose clock can be moved, and on it a pod of which somebody is given something."""

from collections.abc import Iterator

import pytest
from agents import Person, World, folder_in_memory, world
from granting import SAYS, Given, Moved, Papers

from pod.cli.grant_papers import keys_in
from pod.jws import Check


@pytest.fixture(scope="module")
def clock() -> Moved:
    return Moved()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, clock: Moved) -> Iterator[World]:
    with (
        folder_in_memory(tmp_path_factory.mktemp("grants")) as folder,
        world(folder, clock) as made,
    ):
        yield made
        assert made.failures == []


@pytest.fixture(scope="module")
def reader(server: World) -> Person:
    """Somebody with an account on the same server, to whom access is given."""
    return server.account("reader")


@pytest.fixture
def given(server: World, reader: Person) -> Given:
    owner = server.fresh()
    for path in ("bank/one.ttl", "bank/in/two.ttl", "notes/three.ttl"):
        body = f'<#it> <{SAYS}> "{path}" .'.encode()
        assert owner.put(owner.storage + path, body).status == 201
    return Given(server, owner, reader)


@pytest.fixture
def papers(world: World, owner: Person, bob: Person) -> Papers:
    return Papers(world, owner, bob)


@pytest.fixture(scope="module")
def keys(world: World, nobody: Person) -> dict[str, Check]:
    """The keys that the server publishes."""
    return keys_in(nobody.get(world.base + ".well-known/record-keys").text)
