"""One resource of each kind, for the clauses that hold for every kind, and people with accounts."""

from collections.abc import Mapping

import pytest
from agents import Person, World, rule
from described import titled
from visitors import Visitor, fresh_name, settled

PICTURE = bytes(range(256)) * 4


@pytest.fixture(scope="session")
def kinds(world: World, ana: Person) -> Mapping[str, str]:
    """The address of one resource of each kind in Ana's pod, all of them hers alone."""
    here = f"{ana.storage}kinds{next(world.numbers)}/"
    assert ana.put(here + "note", b"<> a <#Note> .").status == 201
    ana.grant(here + "note", rule(ana.webid, "Read Write Control", "accessTo"))
    assert ana.put(here + "picture", PICTURE, "image/png").status == 201
    assert ana.put(here + "empty/").status == 201
    assert ana.put(here + "note.meta", b"<> a <http://v.example/About> .").status == 201
    return {
        "container": here,
        "empty container": here + "empty/",
        "document": here + "note",
        "picture": here + "picture",
        "acl": here + "note.acl",
        "description": here + "note.meta",
        "root": ana.storage,
        "root acl": ana.storage + ".acl",
        "storage description": ana.storage + ".well-known/solid",
    }


@pytest.fixture
def here(ana: Person, place: str) -> str:
    """A container with one of each kind of resource; none of them has a description."""
    ana.put(place + "x", titled("x"))
    ana.put(place + "picture", b"\x89PNG", "image/png")
    ana.put(place + "c/")
    return place


@pytest.fixture
def topic(ana: Person, place: str) -> str:
    """A text that somebody can follow."""
    ana.put(place + "topic", b"1", "text/plain")
    return place + "topic"


@pytest.fixture
def somebody(world) -> Visitor:
    return settled(world)


@pytest.fixture
def owner_of_pod(somebody) -> Visitor:
    somebody.made = somebody.pod(fresh_name())
    return somebody
