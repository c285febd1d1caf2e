"""The history of access rules: what was in force when, for as long as the pod is there."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from pods import BOB, OWNER, START, Clock, acl, delete, iri, opened, put, stored_file

from acl import Edition, Mode, decide
from acl.model import Agent
from pod.store import rules
from pod.store.check import check
from pod.store.identity import new_identity, write_identity, write_owners
from pod.store.migrate import migrate, migrations
from pod.store.sqlite import connect
from pod.store.writer import DATABASE
from vocab.names import SD, XSD


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "ana"


def reads(acls, path, agent=BOB):
    return Mode.READ in decide(acls, iri(path), Agent(agent)).modes


async def test_rules_are_found_by_number_and_by_time(folder):
    clock = Clock()
    async with opened(folder, clock) as pod:
        editions, times = [], []
        for agents in ([OWNER], [OWNER, BOB], [BOB]):
            clock.move(60)
            await pod.write(lambda tx, agents=agents: put(tx, "x.acl", acl("x", *agents)))
            editions.append(pod.snapshot().acls().edition)
            times.append(clock())
        clock.move(60)
        await pod.write(lambda tx: put(tx, "x"))
        await pod.write(lambda tx: delete(tx, "x"))
        clock.move(60)
        now = pod.snapshot()
        assert not reads(now.acls(), "x")
        expected = [(True, False), (True, True), (False, True)]
        for moments in (editions, times):
            found = [now.rules_at(moment) for moment in moments]
            assert [(reads(one, "x", OWNER), reads(one, "x")) for one in found] == expected
        assert [now.rules_at(time).edition.number for time in times] == [
            edition.number for edition in editions
        ]
        last = now.rules_at(clock())
        assert (last.rules, last.owners) == (now.acls().rules, now.acls().owners)
        between = now.rules_at(times[1] + timedelta(seconds=30))
        assert (between.edition.number, reads(between, "x")) == (editions[1].number, True)


async def test_of_the_time_before_the_pod_nothing_is_known(folder):
    async with opened(folder) as pod:
        assert pod.snapshot().rules_at(START - timedelta(days=1)) is None
        assert pod.snapshot().rules_at(Edition(-1)) is None


async def test_rules_for_a_time_hold_as_they_did_then(folder):
    clock = Clock()
    period = (
        "[] a acl:Authorization ; acl:agent <{}> ; acl:accessTo <{}> ; acl:mode acl:Read ;"
        ' acl:condition [ a sd:PeriodCondition ; sd:validUntil "{}"^^xsd:dateTime ] .'
    ).format(BOB, iri("x"), (START + timedelta(minutes=1)).isoformat())
    prefixes = f"@prefix sd: <{SD.NS}> . @prefix xsd: <{XSD.NS}> ."
    async with opened(folder, clock) as pod:
        await pod.write(lambda tx: put(tx, "x.acl", acl("x") + (prefixes + period).encode()))
        before = pod.snapshot().acls()
        clock.move(120)
        now = pod.snapshot()
        assert (reads(before, "x"), reads(now.acls(), "x")) == (True, False)
        assert reads(now.rules_at(before.edition), "x")
        assert reads(now.rules_at(START), "x")
        assert not reads(now.rules_at(clock()), "x")


async def test_a_job_that_failed_leaves_no_rules(folder):
    def broken(tx):
        put(tx, "x.acl", acl("x", BOB))
        raise ValueError

    async with opened(folder) as pod:
        before = pod.snapshot().rules_at(START)
        with pytest.raises(ValueError):  # noqa: PT011 - our own
            await pod.write(broken)
        assert pod.snapshot().rules_at(START).rules == before.rules


async def test_a_text_is_kept_once(folder):
    text = acl("x", BOB)
    async with opened(folder) as pod:
        for body in (text, b"", text):
            await pod.write(lambda tx, body=body: put(tx, "y.acl", body))
        await pod.write(lambda tx: put(tx, "x.acl", text))
    kept = [rows(folder, table) for table in ("rule_document", "rule_history")]
    assert kept == [3, 5]  # of the root, this one, and nothing


async def test_the_file_of_rules_that_were_replaced_is_not_removed(folder):
    long = acl("x", BOB, *(f"https://friend{number}.example/#me" for number in range(20)))
    async with opened(folder, memory_body=64, grace=0.0) as pod:
        await pod.write(lambda tx: put(tx, "x"))
        blob = await stored_file(pod, long)
        await pod.write(lambda tx: put(tx, "x.acl", blob))
        edition = pod.snapshot().acls().edition
        await pod.write(lambda tx: put(tx, "x.acl", acl("x", OWNER)))
    async with opened(folder, memory_body=64, grace=0.0) as pod:
        assert reads(pod.snapshot().rules_at(edition), "x")
        assert pod.path_of(blob).exists()
    assert check(folder) == ()


def rows(folder, table):
    with closing(connect(folder / DATABASE)) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - ours


@pytest.fixture
def earlier():
    """A database as it was before there was a history."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        steps = [step for step in migrations("pod") if step.number < 6]
        for step in steps:
            connection.executescript(step.sql)
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        yield connection


@pytest.mark.parametrize("owners", [None, {OWNER: True, BOB: False}], ids=["one", "two owners"])
def test_the_rules_of_a_pod_from_before_are_taken_over(earlier, owners):
    text, seconds = acl("x", BOB), int(START.timestamp())
    earlier.execute("INSERT INTO meta VALUES ('owner', ?)", (OWNER,))
    if owners is not None:
        earlier.execute("INSERT INTO meta VALUES ('owners', json_object(?, 1, ?, 0))", (OWNER, BOB))
    earlier.execute("INSERT INTO state VALUES (1, 9, 0, 0, x'', NULL)")
    earlier.execute("INSERT INTO body VALUES (7, ?)", (text,))
    row = "INSERT INTO resource VALUES ('', ?, 'text/turtle', ?, ?, ?, 0, 1, ?, NULL, NULL)"
    earlier.execute(row, ("x.acl", len(text), seconds, 7, 7))
    earlier.execute(row, ("y.acl", 0, seconds, 8, None))
    earlier.execute("INSERT INTO outbox VALUES (9, 'z.acl', 'deleted', ?)", (seconds + 60,))
    migrate(earlier, "pod", now=START)
    assert rules.beginning(earlier) == rules.Beginning(9, START + timedelta(seconds=60))
    found = rules.rules_at(earlier, iri("").storage, Edition(9), bytes)
    assert reads(found, "x")
    assert (found.owners, found.rules[iri("y")]) == (frozenset(owners or {OWNER}), ())
    assert rules.rules_at(earlier, iri("").storage, START, bytes) is None
    later = rules.rules_at(earlier, iri("").storage, START + timedelta(minutes=2), bytes)
    assert later.edition.number == 9


def test_who_owned_the_pod_is_known_too():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, "pod", now=START)
        identity = new_identity(storage=iri("").storage, owner=OWNER, now=START)
        write_identity(connection, identity, now=START)
        write_owners(connection, {BOB: True}, now=START + timedelta(days=1))
        found = [
            rules.rules_at(connection, iri("").storage, START + timedelta(days=days), bytes)
            for days in (0, 2)
        ]
    assert [one.owners for one in found] == [frozenset({OWNER}), frozenset({BOB})]
    assert [one.edition.number for one in found] == [0, 1]
