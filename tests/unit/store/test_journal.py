"""The journal: what was noted is read again, and no line can be altered, moved or left out."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pods import START, entry

from pod.model import Entry
from pod.store import journal
from pod.store.journal import DayEnd, Head
from pod.store.migrate import migrate
from pod.store.verify import ADDED, ALTERED, CUT, MISSING, MOVED, Fault, broken_line

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
    head, _ = journal.append(connection, Head(), ENTRIES[:2])
    head, _ = journal.append(connection, head, ENTRIES[2:])
    lines = list(journal.lines(connection))
    assert [line.entry for line in lines] == list(ENTRIES)
    assert [line.seq for line in lines] == [1, 2, 3, 4, 5]
    assert head == Head(5, lines[-1].hash)
    assert broken_line(connection, head) is None


def test_lines_behind_a_number_are_read_alone(connection):
    journal.append(connection, Head(), ENTRIES)
    assert [line.seq for line in journal.lines(connection, after=3)] == [4, 5]


def test_a_long_journal_is_read_to_its_end(connection):
    head, _ = journal.append(connection, Head(), ENTRIES * 300)
    assert [line.seq for line in journal.lines(connection)] == list(range(1, 1501))
    assert broken_line(connection, head) is None


def test_the_hash_is_the_documented_one(connection):
    time = datetime(2026, 3, 1, 12, 0, 0, 250, tzinfo=UTC)
    noted = ENTRIES[0]._replace(time=time, agent=None, target="https://pod.example/ana/é")
    noted = noted._replace(purpose="urn:purpose", grants=("g1", "g2"), categories=("bank",))
    noted = noted._replace(fields=("sd:amount",), query="ab", rows=3, bytes=400, precision="month")
    journal.append(connection, Head(), [ENTRIES[0], noted])
    first, second = journal.lines(connection)
    fields = [2, 2, 1772366400000250, None, noted.client, noted.action, noted.target, noted.modes]
    fields += [noted.source, noted.outcome, "urn:purpose", "g1 g2", "bank", "sd:amount", "ab"]
    fields += [3, 400, "month"]
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    assert second.hash == sha256(first.hash + text.encode()).digest()
    assert (first.previous, second.previous) == (bytes(32), first.hash)


TAMPERED = {
    "another agent": (
        "UPDATE journal SET agent = 'https://eve.example/' WHERE seq = 3",
        Fault(3, ALTERED),
    ),
    "another time": ("UPDATE journal SET time = time + 1 WHERE seq = 2", Fault(2, ALTERED)),
    "no client": ("UPDATE journal SET client = NULL WHERE seq = 1", Fault(1, ALTERED)),
    "another outcome": ("UPDATE journal SET outcome = 403 WHERE seq = 5", Fault(5, ALTERED)),
    "more rows": ("UPDATE journal SET rows = 9 WHERE seq = 4", Fault(4, ALTERED)),
    "another form": ("UPDATE journal SET form = 1 WHERE seq = 4", Fault(4, ALTERED)),
    "a line left out": ("DELETE FROM journal WHERE seq = 3", Fault(3, MISSING)),
    "the first left out": ("DELETE FROM journal WHERE seq = 1", Fault(1, MISSING)),
    "the last left out": ("DELETE FROM journal WHERE seq = 5", Fault(5, CUT)),
    "all left out": ("DELETE FROM journal", Fault(1, CUT)),
    "left out and numbered again": (
        "DELETE FROM journal WHERE seq = 4; UPDATE journal SET seq = 4 WHERE seq = 5",
        Fault(4, ALTERED),
    ),
    "a line added": (
        """INSERT INTO journal (form, seq, time, action, target, modes, outcome, previous, hash)
        SELECT form, 6, time, action, target, modes, outcome, hash, previous
        FROM journal WHERE seq = 5""",
        Fault(6, ALTERED),
    ),
    "two lines exchanged": (
        """UPDATE journal SET seq = -2 WHERE seq = 2; UPDATE journal SET seq = 2 WHERE seq = 4;
        UPDATE journal SET seq = 4 WHERE seq = -2""",
        Fault(2, ALTERED),
    ),
}


@pytest.mark.parametrize(("sql", "fault"), TAMPERED.values(), ids=TAMPERED.keys())
def test_tampering_is_found_at_its_line(connection, sql, fault):
    head, _ = journal.append(connection, Head(), ENTRIES)
    connection.executescript(sql)
    assert broken_line(connection, head) == fault


def test_a_line_of_another_chain_is_found(connection):
    head, _ = journal.append(connection, Head(), ENTRIES)
    with closing(fresh()) as other:
        journal.append(other, Head(2, b"another hash"), ENTRIES[2:3])
        (row,) = other.execute("SELECT previous, hash FROM journal").fetchall()
    connection.execute("UPDATE journal SET previous = ?, hash = ? WHERE seq = 3", row)
    assert broken_line(connection, head) == Fault(3, MOVED)


def test_a_line_behind_the_end_is_found(connection):
    head, _ = journal.append(connection, Head(), ENTRIES)
    journal.append(connection, head, ENTRIES[:1])
    assert broken_line(connection, head) == Fault(6, ADDED)


FIRST_FORM = "INSERT INTO journal (seq, time, agent, client, action, target, modes, source, outcome, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: E501


def test_lines_from_before_are_read_and_verified_as_they_were_sealed(connection):
    fields = (1, 1772366400000250, "urn:a", None, "GET", "x", "read", "", 200)
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    sealed = sha256(bytes(32) + text).digest()
    connection.execute(FIRST_FORM, (*fields, bytes(32), sealed))
    head, _ = journal.append(connection, Head(1, sealed), ENTRIES)
    first = next(journal.lines(connection)).entry
    assert (first.agent, first.rows, first.bytes, first.fields) == ("urn:a", None, None, ())
    assert broken_line(connection, head) is None
    connection.execute("UPDATE journal SET agent = 'urn:b' WHERE seq = 1")
    assert broken_line(connection, head) == Fault(1, ALTERED)


def test_the_days_that_end_are_told(connection):
    days = [ENTRIES[0]._replace(time=START + timedelta(days=day)) for day in (0, 0, 1, 3)]
    head, ended = journal.append(connection, Head(), days[:1])
    assert ended == ()
    head, ended = journal.append(connection, head, days[1:])
    lines = list(journal.lines(connection))
    day = (START - journal.START).days
    assert ended == (
        DayEnd(day, Head(2, lines[1].hash)),
        DayEnd(day + 1, Head(3, lines[2].hash)),
    )


def test_the_first_line_since_a_time_is_found(connection):
    hours = [ENTRIES[0]._replace(time=START + timedelta(hours=2 * n)) for n in range(50)]
    head, _ = journal.append(connection, Head(), hours)
    for number in range(50):
        since = START + timedelta(hours=2 * number + 1)
        first = journal.first_since(connection, since, head.seq)
        assert first == number + 1  # an hour is made room for
    assert journal.first_since(connection, START - timedelta(days=9), head.seq) == 1
    assert journal.first_since(connection, START + timedelta(days=9), head.seq) == 51


TEXT = st.text(max_size=20)
WORD = st.text("abc:/#", min_size=1, max_size=9)
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
    purpose=st.none() | TEXT,
    grants=st.lists(WORD, max_size=3).map(tuple),
    categories=st.lists(WORD, max_size=3).map(tuple),
    fields=st.lists(WORD, max_size=3).map(tuple),
    query=st.none() | WORD,
    rows=st.none() | st.integers(min_value=0, max_value=2**40),
    bytes=st.none() | st.integers(min_value=0, max_value=2**60),
    precision=st.none() | TEXT,
)


@given(st.lists(ANY_ENTRY, max_size=5))
def test_whatever_is_noted_is_read_again_and_holds(entries):
    with closing(fresh()) as connection:
        head, _ = journal.append(connection, Head(), entries)
        assert [line.entry for line in journal.lines(connection)] == entries
        assert broken_line(connection, head) is None


def test_text_that_is_not_unicode_is_noted_all_the_same(connection):
    head, _ = journal.append(connection, Head(), [ENTRIES[0]._replace(target="/a\udcff")])
    (line,) = journal.lines(connection)
    assert line.entry.target == "/a?"
    assert broken_line(connection, head) is None
