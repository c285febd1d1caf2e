"""The journal: what was noted is read again, and no line can be altered, moved or left out."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pods import START, entry

from pod.model import Entry
from pod.store import journal
from pod.store.journal import Head
from pod.store.migrate import migrate

ENTRIES = tuple(entry(f"data/{number}") for number in range(5))


@pytest.fixture
def connection():
    with closing(fresh()) as connection:
        yield connection


def fresh():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrate(connection, "pod", now=START)
    return connection


def test_lines_are_read_as_they_were_noted(connection):
    head = journal.append(connection, Head(), ENTRIES[:2])
    head = journal.append(connection, head, ENTRIES[2:])
    lines = list(journal.lines(connection))
    assert [line.entry for line in lines] == list(ENTRIES)
    assert [line.seq for line in lines] == [1, 2, 3, 4, 5]
    assert head == Head(5, lines[-1].hash)
    assert journal.first_broken(connection, head) is None


def test_lines_behind_a_number_are_read_alone(connection):
    journal.append(connection, Head(), ENTRIES)
    assert [line.seq for line in journal.lines(connection, after=3)] == [4, 5]


def test_a_long_journal_is_read_to_its_end(connection):
    head = journal.append(connection, Head(), ENTRIES * 300)
    assert [line.seq for line in journal.lines(connection)] == list(range(1, 1501))
    assert journal.first_broken(connection, head) is None


def test_the_hash_is_the_documented_one(connection):
    time = datetime(2026, 3, 1, 12, 0, 0, 250, tzinfo=UTC)
    noted = replace(ENTRIES[0], time=time, agent=None, target="https://pod.example/ana/é")
    journal.append(connection, Head(), [ENTRIES[0], noted])
    first, second = journal.lines(connection)
    fields = [
        2,
        1772366400000250,
        None,
        noted.client,
        noted.action,
        noted.target,
        noted.modes,
        noted.source,
        noted.outcome,
    ]
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    assert second.hash == sha256(first.hash + text.encode()).digest()
    assert (first.previous, second.previous) == (bytes(32), first.hash)


TAMPERED = {
    "another agent": ("UPDATE journal SET agent = 'https://eve.example/' WHERE seq = 3", 3),
    "another time": ("UPDATE journal SET time = time + 1 WHERE seq = 2", 2),
    "no client": ("UPDATE journal SET client = NULL WHERE seq = 1", 1),
    "another outcome": ("UPDATE journal SET outcome = 403 WHERE seq = 5", 5),
    "a line left out": ("DELETE FROM journal WHERE seq = 3", 3),
    "the first left out": ("DELETE FROM journal WHERE seq = 1", 1),
    "the last left out": ("DELETE FROM journal WHERE seq = 5", 5),
    "all left out": ("DELETE FROM journal", 1),
    "left out and numbered again": (
        "DELETE FROM journal WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = 5",
        4,
    ),
    "a line added": (
        """INSERT INTO journal SELECT 6, time, agent, client, action, target, modes, source,
        outcome, hash, previous FROM journal WHERE seq = 5""",
        6,
    ),
    "two lines exchanged": (
        """UPDATE journal SET seq = -2 WHERE seq = 2; UPDATE journal SET seq = 2 WHERE seq = 4;
        UPDATE journal SET seq = 4 WHERE seq = -2""",
        2,
    ),
}


@pytest.mark.parametrize(("sql", "line"), TAMPERED.values(), ids=TAMPERED.keys())
def test_tampering_is_found_at_its_line(connection, sql, line):
    head = journal.append(connection, Head(), ENTRIES)
    connection.executescript(sql)
    assert journal.first_broken(connection, head) == line


TEXT = st.text(max_size=20)
ANY_ENTRY = st.builds(
    Entry,
    time=st.datetimes(
        min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - the time zone is given below
        max_value=datetime(2200, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    agent=st.none() | TEXT,
    client=st.none() | TEXT,
    action=TEXT,
    target=TEXT,
    modes=TEXT,
    source=st.none() | TEXT,
    outcome=st.integers(min_value=0, max_value=599),
)


@given(st.lists(ANY_ENTRY, max_size=5))
def test_whatever_is_noted_is_read_again_and_holds(entries):
    with closing(fresh()) as connection:
        head = journal.append(connection, Head(), entries)
        assert [line.entry for line in journal.lines(connection)] == entries
        assert journal.first_broken(connection, head) is None


def test_text_that_is_not_unicode_is_noted_all_the_same(connection):
    head = journal.append(connection, Head(), [replace(ENTRIES[0], target="/a\udcff")])
    (line,) = journal.lines(connection)
    assert line.entry.target == "/a?"
    assert journal.first_broken(connection, head) is None
