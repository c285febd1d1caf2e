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

from acl import Edition
from pod.model import Entry
from pod.store import journal
from pod.store.journal import DayEnd, Head, Scribe
from pod.store.migrate import migrate, migrations
from pod.store.verify import ADDED, ALTERED, CUT, MISSING, Fault, broken_line

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
    head, _ = Scribe(connection).append(Head(), ENTRIES[:2])
    head, _ = Scribe(connection).append(head, ENTRIES[2:])
    lines = list(journal.lines(connection))
    assert [line.entry for line in lines] == list(ENTRIES)
    assert [line.seq for line in lines] == [1, 2, 3, 4, 5]
    assert head == Head(5, lines[-1].hash)
    assert broken_line(connection, head) is None


def test_lines_behind_a_number_are_read_alone(connection):
    Scribe(connection).append(Head(), ENTRIES)
    assert [line.seq for line in journal.lines(connection, after=3)] == [4, 5]


def test_a_long_journal_is_read_to_its_end(connection):
    head, _ = Scribe(connection).append(Head(), ENTRIES * 300)
    assert [line.seq for line in journal.lines(connection)] == list(range(1, 1501))
    assert broken_line(connection, head) is None


def test_the_hash_is_the_documented_one(connection):
    time = datetime(2026, 3, 1, 12, 0, 0, 250, tzinfo=UTC)
    noted = ENTRIES[0]._replace(time=time, agent=None, target="https://pod.example/ana/é")
    noted = noted._replace(purpose="urn:purpose", grants=("g1", "g2"), categories=("bank",))
    noted = noted._replace(fields=("sd:amount",), query="ab", rows=3, bytes=400, precision="month")
    decided = Edition(7, time - timedelta(microseconds=1))
    noted = noted._replace(issuer="urn:i", needs=("read:x", "append:y/"), edition=decided)
    Scribe(connection).append(Head(), [ENTRIES[0], noted])
    first, second = journal.lines(connection)
    fields = [2, 2, 1772366400000250, None, noted.client, noted.action, noted.target, noted.modes]
    fields += [noted.source, noted.outcome, "urn:purpose", "g1 g2", "bank", "sd:amount", "ab"]
    fields += [3, 400, "month", "urn:i", "read:x append:y/", 7, 1772366400000249]
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    assert second.hash == sha256(first.hash + text.encode()).digest()


TAMPERED = {
    "another agent": (
        "UPDATE deed SET agent = 'https://eve.example/' WHERE id = 3",
        Fault(3, ALTERED),
    ),
    "another time": ("UPDATE line SET time = time + 1 WHERE seq = 2", Fault(2, ALTERED)),
    "no client": ("UPDATE deed SET client = NULL WHERE id = 1", Fault(1, ALTERED)),
    "another outcome": ("UPDATE deed SET outcome = 403 WHERE id = 5", Fault(5, ALTERED)),
    "more rows": ("UPDATE deed SET rows = 9 WHERE id = 4", Fault(4, ALTERED)),
    "another form": ("UPDATE line SET form = 1 WHERE seq = 4", Fault(4, ALTERED)),
    "a line left out": ("DELETE FROM line WHERE seq = 3", Fault(3, MISSING)),
    "the first left out": ("DELETE FROM line WHERE seq = 1", Fault(1, MISSING)),
    "the last left out": ("DELETE FROM line WHERE seq = 5", Fault(5, CUT)),
    "all left out": ("DELETE FROM line", Fault(1, CUT)),
    "left out and numbered again": (
        "DELETE FROM line WHERE seq = 4; UPDATE line SET seq = 4 WHERE seq = 5",
        Fault(4, ALTERED),
    ),
    "a line added": (
        "INSERT INTO line SELECT 6, form, time, deed, granted, hash FROM line WHERE seq = 5",
        Fault(6, ALTERED),
    ),
    "two lines exchanged": (
        """UPDATE line SET seq = -2 WHERE seq = 2; UPDATE line SET seq = 2 WHERE seq = 4;
        UPDATE line SET seq = 4 WHERE seq = -2""",
        Fault(2, ALTERED),
    ),
}


@pytest.mark.parametrize(("sql", "fault"), TAMPERED.values(), ids=TAMPERED.keys())
def test_tampering_is_found_at_its_line(connection, sql, fault):
    head, _ = Scribe(connection).append(Head(), ENTRIES)
    connection.executescript(sql)
    assert broken_line(connection, head) == fault


def test_a_line_of_another_chain_is_found(connection):
    head, _ = Scribe(connection).append(Head(), ENTRIES)
    with closing(fresh()) as other:
        Scribe(other).append(Head(2, b"another hash"), ENTRIES[2:3])
        (row,) = other.execute("SELECT hash FROM line").fetchall()
    connection.execute("UPDATE line SET hash = ? WHERE seq = 3", row)
    assert broken_line(connection, head) == Fault(3, ALTERED)


def test_what_many_lines_say_is_kept_once(connection):
    scribe = Scribe(connection)
    head, _ = scribe.append(Head(), ENTRIES * 3)
    scribe.append(head, ENTRIES)
    assert connection.execute("SELECT count(*) FROM deed").fetchone() == (len(ENTRIES),)
    many = [ENTRIES[0]._replace(target=str(number)) for number in range(5000)]
    head, _ = scribe.append(Head(), [])
    connection.execute("DELETE FROM line")
    scribe.append(head, many * 2)
    assert [line.entry for line in journal.lines(connection)] == many * 2


def test_a_line_behind_the_end_is_found(connection):
    head, _ = Scribe(connection).append(Head(), ENTRIES)
    Scribe(connection).append(head, ENTRIES[:1])
    assert broken_line(connection, head) == Fault(6, ADDED)


def test_lines_from_before_are_read_and_verified_as_they_were_sealed():
    fields = (1, 1772366400000250, "urn:a", None, "GET", "x", "read", "", 200)
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    sealed = sha256(bytes(32) + text).digest()
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in migrations("pod")[:3]:
            connection.executescript(step.sql)
        connection.execute("PRAGMA user_version = 3")
        marks = ", ".join("?" * 11)
        connection.execute(f"INSERT INTO journal VALUES ({marks})", (*fields, bytes(32), sealed))  # noqa: S608 - marks
        migrate(connection, "pod", now=START)
        check_first_form(connection, sealed)


def check_first_form(connection, sealed):
    head, _ = Scribe(connection).append(Head(1, sealed), ENTRIES)
    first = next(journal.lines(connection)).entry
    assert (first.agent, first.rows, first.bytes, first.fields) == ("urn:a", None, None, ())
    assert broken_line(connection, head) is None
    connection.execute("UPDATE deed SET agent = 'urn:b' WHERE id = 1")
    assert broken_line(connection, head) == Fault(1, ALTERED)


def test_the_days_that_end_are_told(connection):
    days = [ENTRIES[0]._replace(time=START + timedelta(days=day)) for day in (0, 0, 1, 3)]
    head, ended = Scribe(connection).append(Head(), days[:1])
    assert ended == ()
    head, ended = Scribe(connection).append(head, days[1:])
    lines = list(journal.lines(connection))
    day = (START - journal.START).days
    assert ended == (
        DayEnd(day, Head(2, lines[1].hash)),
        DayEnd(day + 1, Head(3, lines[2].hash)),
    )


def test_the_first_line_since_a_time_is_found(connection):
    hours = [ENTRIES[0]._replace(time=START + timedelta(hours=2 * n)) for n in range(50)]
    head, _ = Scribe(connection).append(Head(), hours)
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
    issuer=st.none() | TEXT,
    needs=st.lists(WORD, max_size=2).map(tuple),
    edition=st.none()
    | st.builds(
        Edition,
        st.integers(min_value=0, max_value=2**40),
        st.none() | st.datetimes(datetime(2000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    ),
)


@given(st.lists(ANY_ENTRY, max_size=5))
def test_whatever_is_noted_is_read_again_and_holds(entries):
    with closing(fresh()) as connection:
        head, _ = Scribe(connection).append(Head(), entries)
        assert [line.entry for line in journal.lines(connection)] == entries
        assert broken_line(connection, head) is None


def test_text_that_is_not_unicode_is_noted_all_the_same(connection):
    head, _ = Scribe(connection).append(Head(), [ENTRIES[0]._replace(target="/a\udcff")])
    (line,) = journal.lines(connection)
    assert line.entry.target == "/a?"
    assert broken_line(connection, head) is None
