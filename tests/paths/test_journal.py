"""The journal: who did what, under which rules, with what outcome."""

import sqlite3
from contextlib import closing

import pytest
from agents import EVERYONE, Person, World, rule

from acl import Mode, Rule, Scope
from pod.flows.share import share
from pod.store.check import check

FULL = "Read Write Control"


@pytest.fixture
def lines(world: World):
    """What a pod's journal has noted since it was last asked, as short tuples."""
    seen: dict[str, int] = {}

    def ask(owner: Person) -> list[tuple[str | None, str, str, str, str | None, int]]:
        found = world.journal(owner.name, seen.get(owner.name, 0))
        seen[owner.name] = seen.get(owner.name, 0) + len(found)
        return [(e.agent, e.action, e.target, e.modes, e.source, e.outcome) for e in found]

    return ask


def test_reads_and_writes_are_noted(owner, lines):
    lines(owner)
    url, me = owner.storage + "x", owner.webid
    owner.put(url, b"a", "text/plain")
    owner.get(url)
    owner.head(url)
    owner.get(url, {"If-None-Match": "*"})
    owner.put(url, b"b", "text/plain")
    owner.delete(url)
    assert lines(owner) == [
        (me, "PUT", "x", "append", "", 201),
        (me, "GET", "x", "read", "", 200),
        (me, "HEAD", "x", "read", "", 200),
        (me, "GET", "x", "read", "", 304),
        (me, "PUT", "x", "write", "", 204),
        (me, "DELETE", "x", "write", "", 205),
    ]


def test_the_app_is_noted_too(world, owner, lines):
    other = world.app(owner.name, "other")
    lines(owner)
    for who in (owner, other):
        who.get(owner.storage)
    clients = [e.client for e in world.journal(owner.name)[-2:]]
    assert clients == [owner.app.iri, other.app.iri]


def test_under_which_rules_is_noted(owner, bob, lines):
    owner.put(owner.storage + "c/x", b"a", "text/plain")
    owner.grant(owner.storage + "c/", rule(owner.webid, FULL), rule(bob.webid, "Read"))
    lines(owner)
    bob.get(owner.storage + "c/x")
    assert lines(owner) == [(bob.webid, "GET", "c/x", "read", "c/", 200)]


def test_refusals_of_those_who_signed_in_are_noted_with_what_they_lacked(owner, bob, lines):
    lines(owner)
    bob.get(owner.storage + "profile/")
    bob.put(owner.storage + "x", b"a", "text/plain")
    bob.get(owner.storage + ".acl")
    bob.delete(owner.storage + "profile/card")
    assert lines(owner) == [
        (bob.webid, "GET", "profile/", "read", "", 403),
        (bob.webid, "PUT", "x", "append", "", 403),
        (bob.webid, "GET", ".acl", "read", "", 403),
        (bob.webid, "DELETE", "profile/card", "write", "profile/card", 403),
    ]


def test_strangers_fill_nobodys_journal_with_refusals(owner, nobody, lines):
    lines(owner)
    nobody.get(owner.storage)
    nobody.get(owner.storage, {"Authorization": "DPoP x", "DPoP": "y"})
    assert lines(owner) == []


def test_what_strangers_read_is_noted(owner, nobody, lines):
    lines(owner)
    nobody.get(owner.storage + "profile/card")
    assert lines(owner) == [(None, "GET", "profile/card", "read", "profile/card", 200)]


def test_queries_are_noted(owner, bob, lines):
    lines(owner)
    bob.get(owner.storage + ".well-known/sparql?query=ASK%7B%7D")
    assert lines(owner) == [(bob.webid, "QUERY", ".well-known/sparql", "read", None, 200)]


def test_sharing_at_her_own_machine_is_noted(world, owner, lines):
    lines(owner)
    given = Rule(scope=Scope.ACCESS_TO, modes=Mode.READ, public=True)
    world.run(share("/c/", (given,), world.pod(owner.name)))
    assert lines(owner) == [(owner.webid, "SHARE", "c/.acl", "control", None, 200)]


def test_a_write_that_did_not_happen_is_not_noted_as_one(owner, lines):
    lines(owner)
    owner.put(owner.storage + "x", b"a", "text/plain", {"If-Match": "*"})
    owner.put(owner.storage + "profile/card/y", b"a", "text/plain")
    owner.delete(owner.storage + "none")
    assert [line for line in lines(owner) if line[5] < 400] == []


def test_what_is_asked_of_options_is_not_noted(owner, lines):
    lines(owner)
    owner.options(owner.storage)
    owner.get(owner.storage + ".well-known/solid")
    assert lines(owner) == []


def test_a_line_that_was_altered_is_found(world, owner):
    for number in range(5):
        owner.put(owner.storage + f"x{number}")
    world.journal(owner.name)
    folder = world.server.config.data / "pods" / owner.name
    assert check(folder) == ()
    with closing(sqlite3.connect(folder / "pod.sqlite3")) as database, database:
        database.execute("UPDATE deed SET agent = 'somebody else' WHERE id = 3")
    (finding,) = check(folder)
    assert finding.about == "journal 3"


def test_the_public_are_noted_by_what_they_may(ana, nobody, lines, place):
    ana.put(place + "x", b"a", "text/plain")
    ana.grant(place, rule(ana.webid, FULL), rule(EVERYONE, "Append"))
    lines(ana)
    nobody.post(place, b"b", "text/plain")
    path = place.removeprefix(ana.storage)
    assert lines(ana) == [(None, "POST", path, "append", path, 201)]
