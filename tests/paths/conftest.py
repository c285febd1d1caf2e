"""A browser without scripts, and apps that people sign in to with it."""

from collections.abc import Iterator

import pytest
from agents import Connection, Person, World
from browser import Browser
from neighbour import Neighbour
from tried import Tried, from_document, register

NOTE = b"<#it> <http://purl.org/dc/terms/title> 'a note' ."
TWO = b"<#a> <http://schema.org/name> 'a' . <#b> <http://schema.org/name> 'b' ."


@pytest.fixture
def browser(world: World) -> Iterator[Browser]:
    """A browser that nobody has used yet."""
    host, _, port = world.base.split("/")[2].partition(":")
    made = Browser(world.base, Connection(host, int(port)))
    yield made
    made.connection.close()


@pytest.fixture
def app(world: World, nobody: Person, elsewhere: Neighbour) -> Tried:
    """An app known by its own document."""
    return from_document(world, nobody, elsewhere)


@pytest.fixture
def registered(world: World, nobody: Person) -> Tried:
    """An app that has registered itself, and was given a secret."""
    said = register(world, nobody, client_name="Old App", grant_types=["authorization_code"]).json()
    return Tried(world, nobody, said["client_id"], said["redirect_uris"][0], said["client_secret"])


@pytest.fixture
def eve(world: World) -> Person:
    """Somebody with a pod that no other test uses, and a few things in it."""
    who = world.fresh()
    for path, body in (("data/bank/a.ttl", TWO), ("data/health/b", NOTE)):
        assert who.put(who.storage + path, body).status == 201
    return who


@pytest.fixture
def reader(bob: Person) -> Person:
    """An organisation that reads as itself."""
    return bob
