"""A browser without scripts, and apps that people sign in to with it."""

from collections.abc import Iterator

import pytest
from agents import Connection, Person, World
from browser import Browser
from neighbour import Neighbour
from tried import Tried, from_document, register


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
