"""Messages outlive the server: what was committed is told once it is up again."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from agents import Connection, Person
from channels import Socket, listening, receiver, subscribe
from household import BANK, household
from serving import LENIENT, SECONDS, Host, becomes, free_port, wait

HOOK = "WebhookChannel2023"


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path / "data", free_port())


@pytest.fixture
def alice(host: Host) -> Person:
    (app,) = host.people("alice")
    storage = f"{host.base}alice/"
    line = Connection("localhost", host.port)
    return Person("alice", line, app, f"{storage}profile/card#me", storage)


def cursor(host: Host) -> int:
    """How far the one channel of the pod is, as its database has it."""
    with closing(sqlite3.connect(host.data / "pods" / "alice" / "pod.sqlite3")) as database:
        return database.execute("SELECT cursor FROM channel").fetchone()[0]


def put(person: Person, name: str) -> str:
    assert person.put(person.storage + name, name.encode(), "text/plain").status in {201, 204}
    return person.storage + name


def test_a_server_that_is_killed_before_it_sends_does_so_when_it_is_up_again(host, alice):
    process = host.start()
    wait(process)
    with receiver(free_port()) as there:
        address = there.base
        subscribe(alice, alice, alice.storage, HOOK, sendTo=address + "hook")
        put(alice, "taken")
        assert there.next().json()["object"] == alice.storage + "taken"
        assert becomes(lambda: cursor(host) > 0)
    # Nobody is there any more: what follows is committed, and cannot be delivered.
    lost = [put(alice, name) for name in ("first", "second")]
    alice.delete(lost[1])
    process.kill()
    process.wait()
    process.stdout.close()
    alice.connection.close()
    with receiver(int(address.rsplit(":", 1)[1].strip("/"))) as there, host.serving():
        told = [there.next().json() for _ in range(3)]
        assert [(one["type"], one["object"]) for one in told] == [
            ("Add", lost[0]),
            ("Add", lost[1]),
            ("Remove", lost[1]),
        ]
        assert len({one["id"] for one in told}) == 3


def test_who_is_further_behind_than_is_kept_is_told_how_things_are(host, alice):
    with host.serving(), receiver(free_port()) as there:
        address = there.base
        subscribe(alice, alice, alice.storage, HOOK, sendTo=address + "hook")
        url = put(alice, "one")
        there.next()
    alice.connection.close()
    with closing(sqlite3.connect(host.data / "pods" / "alice" / "pod.sqlite3")) as database:
        database.execute("UPDATE channel SET cursor = 1")
        database.execute("DELETE FROM outbox WHERE seq < 5")
        database.commit()
    with receiver(int(address.rsplit(":", 1)[1].strip("/"))) as there, host.serving():
        message = there.next().json()
        tag = alice.get(alice.storage).headers["ETag"]
        assert (message["type"], message["object"]) == ("Update", alice.storage)
        assert message["state"] == tag
        alice.delete(url)
        assert there.next().json()["type"] == "Remove"
        alice.connection.close()


def test_what_another_process_writes_is_told_too(host, alice, tmp_path):
    export = tmp_path / "bank.xml"
    export.write_bytes(household(date(2026, 1, 1), days=5, movements=5).camt053)
    with host.serving():
        with listening(alice, alice, f"{alice.storage}data/bank/") as socket:
            said = ("--format", "camt-053", "--holder", BANK)
            done = host.command("import", str(export), "--pod", "alice", *said)
            assert done.status == 0, done
            assert socket.message()["type"] == "Create"
            assert socket.message()["type"] == "Add"
        alice.connection.close()


def test_open_lines_end_when_the_server_is_asked_to_stop(host, alice):
    with host.serving(program=("-c", LENIENT)) as process:
        made = subscribe(alice, alice, alice.storage)
        with Socket(made["receiveFrom"]) as socket:
            assert socket.status == 101
            process.terminate()
            assert socket.is_closed()
            assert process.wait(SECONDS) == 0
        alice.connection.close()
