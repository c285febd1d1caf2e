"""A journal is verified without its server: whatever was done to it is found, and where."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random

import pytest
from pods import STORAGE, entry

from pod.store import journal
from pod.store.closing import Closing, seal_now
from pod.store.journal import COLUMNS, Head, Scribe, Stored
from pod.store.migrate import migrate, migrations
from pod.store.notary import Notary, new_journal_key
from pod.store.verify import (
    CUT,
    FORGED,
    MISSING,
    NO_ROOT,
    STRAY_ROOT,
    UNSEALED,
    WRONG_ROOT,
    Fault,
    verify,
)

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
NOTARY = Notary([new_journal_key(bytes(range(32)), START)])
STRANGER = Notary([new_journal_key(bytes(32), START)])
DAYS, A_DAY = 5, 8
LAST = DAYS * A_DAY
ENDS = tuple(range(A_DAY, LAST, A_DAY))  # the lines that a root was signed at
TEXTS = ("agent", "client", "action", "target", "modes", "source", "purpose", "grants")
TEXTS = (*TEXTS, "categories", "fields", "query", "precision")
NUMBERS = ("form", "seq", "time", "outcome", "rows", "bytes")
OF_LINES = frozenset({"form", "seq", "time", "hash"})


@pytest.fixture(scope="module")
def whole() -> Iterator[sqlite3.Connection]:
    """Some days of a journal, as a pod writes them."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        begin(connection)
        seal_now(connection, STORAGE, NOTARY)
        moments = [
            START + timedelta(days=day, minutes=n) for day in range(DAYS) for n in range(A_DAY)
        ]
        note(connection, moments)
        yield connection


def begin(connection: sqlite3.Connection) -> None:
    migrate(connection, "pod", now=START)
    connection.execute(
        "INSERT INTO state (id, seq, token, journal_seq, journal_hash) "
        "VALUES (1, 0, 0, 0, zeroblob(32))"
    )


def note(connection: sqlite3.Connection, moments: list[datetime], notary: Notary = NOTARY) -> None:
    head = head_of(connection)
    entries = [
        entry(f"data/bank/{number}")._replace(
            time=moment,
            fields=("sd:amount", "sd:date"),
            rows=number,
            bytes=100 * number,
            purpose="https://w3id.org/dpv#ServiceProvision",
            categories=("bank",),
            grants=("urn:grant:1",),
        )
        for number, moment in enumerate(moments)
    ]
    closing_ = Closing(connection, STORAGE, notary)
    head, ended = Scribe(connection).append(head, entries)
    closing_.end(ended)
    advance(connection, head, closing_.seal(head))


def head_of(connection: sqlite3.Connection) -> Head:
    return Head(*connection.execute("SELECT journal_seq, journal_hash FROM state").fetchone())


def advance(connection: sqlite3.Connection, head: Head, seal: bytes | None = None) -> None:
    connection.execute("UPDATE state SET journal_seq = ?, journal_hash = ?", (head.seq, head.hash))
    if seal is not None:
        connection.execute("UPDATE state SET journal_seal = ?", (seal,))


@contextmanager
def copied(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        connection.backup(copy)
        yield copy


def faults(connection: sqlite3.Connection) -> tuple[Fault, ...]:
    return verify(connection, STORAGE, NOTARY).faults


def covered(line: int) -> int:
    """The first line from there on that a signature stands at."""
    return next((end for end in ENDS if end >= line), LAST)


def recompute(connection: sqlite3.Connection, first: int) -> None:
    """Seal the chain anew from a line on, and say that it ends so: all but the signatures."""
    previous = bytes(32)
    if first > 1:
        (previous,) = connection.execute(
            "SELECT hash FROM line WHERE seq = ?", (first - 1,)
        ).fetchone()
    sql = f"SELECT {COLUMNS} FROM journal WHERE seq >= ? ORDER BY seq"  # noqa: S608 - constants
    for *fields, _ in connection.execute(sql, (first,)).fetchall():
        sealed = Stored(tuple(fields), b"").sealed(previous)
        connection.execute("UPDATE line SET hash = ? WHERE seq = ?", (sealed, fields[1]))
        previous = sealed
    advance(connection, Head(fields[1], previous))


def change(connection: sqlite3.Connection, column: str, new: object, line: int) -> None:
    """Have a line say something else."""
    (deed,) = connection.execute("SELECT deed FROM line WHERE seq = ?", (line,)).fetchone()
    connection.execute(f"UPDATE deed SET {column} = ? WHERE id = ?", (new, deed))  # noqa: S608


def shift(connection: sqlite3.Connection, first: int, by: int) -> None:
    """Number the lines from one on anew."""
    connection.execute("UPDATE line SET seq = -seq WHERE seq >= ?", (first,))
    connection.execute("UPDATE line SET seq = ? - seq WHERE seq < 0", (by,))


def alter(copy: sqlite3.Connection, random: Random) -> set[int]:
    line, column = random.randint(1, LAST), random.choice((*TEXTS, *NUMBERS, "hash"))
    (old,) = copy.execute(f"SELECT {column} FROM journal WHERE seq = ?", (line,)).fetchone()  # noqa: S608
    if column in NUMBERS:
        new: object = (old or 0) + random.choice((-1, 1, 10**6))
        if column == "seq":
            new = random.choice((-5, 0, LAST + 7))
    elif column == "hash":
        new = random.randbytes(32)
    else:
        new = f"{old or ''}{random.choice('abc')}"
    if column in OF_LINES:
        copy.execute(f"UPDATE line SET {column} = ? WHERE seq = ?", (new, line))  # noqa: S608
    else:
        change(copy, column, new, line)
    return {line} if column != "seq" else {line, 1, int(str(new))}


def delete(copy: sqlite3.Connection, random: Random) -> set[int]:
    line = random.randint(1, LAST)
    copy.execute("DELETE FROM line WHERE seq = ?", (line,))
    return {line}


def delete_and_number_anew(copy: sqlite3.Connection, random: Random) -> set[int]:
    line = random.randint(1, LAST - 1)
    copy.execute("DELETE FROM line WHERE seq = ?", (line,))
    shift(copy, line + 1, -1)
    if random.random() < 0.5:
        return {line}
    recompute(copy, line)
    return {covered(line) - 1, covered(line)}  # the days after it end a line earlier now


def swap(copy: sqlite3.Connection, random: Random) -> set[int]:
    one, other = sorted(random.sample(range(1, LAST + 1), 2))
    for before, after in ((one, -1), (other, one), (-1, other)):
        copy.execute("UPDATE line SET seq = ? WHERE seq = ?", (after, before))
    if random.random() < 0.5:
        return {one}
    recompute(copy, one)
    return {covered(one), *range(one - 1, LAST + 1)}  # days may end elsewhere now


def cut(copy: sqlite3.Connection, random: Random) -> set[int]:
    last = random.randint(0, LAST - 1)
    copy.execute("DELETE FROM line WHERE seq > ?", (last,))
    if random.random() < 0.5:
        return {last + 1}
    row = copy.execute("SELECT hash FROM line WHERE seq = ?", (last,)).fetchone()
    advance(copy, Head(last, row[0] if row else bytes(32)))
    if random.random() < 0.5:
        copy.execute("DELETE FROM journal_root WHERE seq >= ?", (last,))
    return {last}


def insert(copy: sqlite3.Connection, random: Random) -> set[int]:
    line = random.randint(1, LAST + 1)
    like = min(line, LAST)
    shift(copy, line, 1)
    copied_from = like if line > LAST else like + 1
    copy.execute(
        "INSERT INTO line SELECT ?, form, time, deed, granted, hash FROM line WHERE seq = ?",
        (line, copied_from),
    )
    if random.random() < 0.5:
        return {line, line + 1}  # of two that are the same, the second is too many
    recompute(copy, line)
    return {covered(line), *range(line, LAST + 2)}


def rewrite(copy: sqlite3.Connection, random: Random) -> set[int]:
    line = random.randint(1, LAST)
    change(copy, "rows", 999, line)
    recompute(copy, line)
    return {covered(line)}


def rewrite_and_sign(copy: sqlite3.Connection, random: Random) -> set[int]:
    """With a key of one's own, for all that is signed."""
    line = random.randint(1, LAST)
    change(copy, "agent", "urn:eve", line)
    recompute(copy, line)
    end = covered(line)
    for (seq,) in copy.execute("SELECT seq FROM journal_root WHERE seq >= ?", (line,)).fetchall():
        (jws,) = copy.execute("SELECT jws FROM journal_root WHERE seq = ?", (seq,)).fetchone()
        root = NOTARY.read(jws)
        assert root is not None
        forged = STRANGER.sign(root)
        copy.execute("UPDATE journal_root SET jws = ? WHERE seq = ?", (forged, seq))
    head = head_of(copy)
    advance(copy, head, STRANGER.seal(STORAGE, head))
    return {end}


def alter_a_root(copy: sqlite3.Connection, random: Random) -> set[int]:
    seq = random.choice(ENDS)
    (jws,) = copy.execute("SELECT jws FROM journal_root WHERE seq = ?", (seq,)).fetchone()
    place = random.randrange(len(jws))
    letter = random.choice([letter for letter in "AZaz09-_.! " if letter != jws[place]])
    altered = jws[:place] + letter + jws[place + 1 :]
    copy.execute("UPDATE journal_root SET jws = ? WHERE seq = ?", (altered, seq))
    return {seq}


def lose_a_root(copy: sqlite3.Connection, random: Random) -> set[int]:
    seq = random.choice(ENDS)
    copy.execute("DELETE FROM journal_root WHERE seq = ?", (seq,))
    return {seq}


def move_a_root(copy: sqlite3.Connection, random: Random) -> set[int]:
    seq, to = random.choice(ENDS), random.randint(1, LAST)
    while to in ENDS:
        to = random.randint(1, LAST)
    copy.execute("UPDATE journal_root SET seq = ? WHERE seq = ?", (to, seq))
    return {seq, to}


def swap_roots(copy: sqlite3.Connection, random: Random) -> set[int]:
    one, other = sorted(random.sample(ENDS, 2))
    for before, after in ((one, -1), (other, one), (-1, other)):
        copy.execute("UPDATE journal_root SET seq = ? WHERE seq = ?", (after, before))
    return {one}


def alter_the_seal(copy: sqlite3.Connection, random: Random) -> set[int]:
    seal = random.choice((None, random.randbytes(64), NOTARY.seal(STORAGE, Head(3, bytes(32)))))
    copy.execute("UPDATE state SET journal_seal = ?", (seal,))
    return {LAST}


def alter_the_head(copy: sqlite3.Connection, random: Random) -> set[int]:
    copy.execute("UPDATE state SET journal_hash = ?", (random.randbytes(32),))
    return {LAST}


WAYS = (
    *(alter, delete, delete_and_number_anew, swap, cut, insert, rewrite, rewrite_and_sign),
    *(alter_a_root, lose_a_root, move_a_root, swap_roots, alter_the_seal, alter_the_head),
)


def test_a_whole_journal_has_no_faults(whole):
    checked = verify(whole, STORAGE, NOTARY)
    assert (checked.lines, checked.roots, checked.faults) == (LAST, len(ENDS), ())


@pytest.mark.spec("Self Data B6")
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_whatever_is_done_to_it_is_found_and_where(whole, way):
    for seed in range(75):  # of each of 14 ways: more than a thousand in all
        with copied(whole) as copy:
            places = way(copy, Random(f"{way.__name__} {seed}"))  # noqa: S311 - the same ones each time
            found = faults(copy)
            assert found, (way, seed)
            assert found[0].line in places, (seed, found)


def test_what_is_wrong_is_named(whole):
    def found(sql: str, *values: int) -> tuple[Fault, ...]:
        with copied(whole) as copy:
            copy.execute(sql, values)
            return faults(copy)

    end = ENDS[1]
    assert found("DELETE FROM line WHERE seq = ?", 3) == (Fault(3, MISSING),)
    assert found("DELETE FROM line WHERE seq > ?", end + 1) == (Fault(end + 2, CUT),)
    assert found("DELETE FROM journal_root WHERE seq = ?", end)[0] == Fault(end, NO_ROOT)
    assert found("UPDATE journal_root SET jws = 'x' WHERE seq = ?", end) == (Fault(end, FORGED),)
    assert found("UPDATE state SET journal_seal = NULL") == (Fault(LAST, UNSEALED),)
    with copied(whole) as copy:
        root = copy.execute("SELECT jws FROM journal_root WHERE seq = ?", (end,)).fetchone()
        copy.execute("INSERT INTO journal_root VALUES (?, ?)", (end + 1, *root))
        assert Fault(end + 1, STRAY_ROOT) in faults(copy)
    with copied(whole) as copy:
        change(copy, "rows", 999, end - 1)
        recompute(copy, end - 1)
        assert faults(copy)[0] == Fault(end, WRONG_ROOT)


def test_a_journal_of_another_pod_is_not_taken_for_this_one(whole):
    other = "https://pod.example/bob/"
    found = verify(whole, other, NOTARY).faults
    assert [fault.line for fault in found] == [*ENDS, LAST]


def test_text_that_is_none_is_found_like_any_other(whole):
    with copied(whole) as copy:
        copy.execute("UPDATE deed SET target = CAST(x'ff' AS TEXT) WHERE id = 7")
        assert [fault.line for fault in faults(copy)] == [7]


def test_a_time_beyond_all_days_is_found(whole):
    with copied(whole) as copy:
        copy.execute("UPDATE line SET time = ? WHERE seq = ?", (2**62, ENDS[0]))
        recompute(copy, ENDS[0])
        assert faults(copy)[0].line == ENDS[0] - 1


def test_a_clock_that_is_set_back_ends_days_too(whole):
    with copied(whole) as copy:
        note(copy, [START, START + timedelta(days=9), START + timedelta(days=8)])
        assert faults(copy) == ()
        (roots,) = copy.execute("SELECT count(*) FROM journal_root").fetchone()
        assert roots == len(ENDS) + 3


def test_lines_from_before_have_no_roots_until_a_day_after_them_ends():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in migrations("pod")[:3]:
            connection.executescript(step.sql)
        connection.execute("PRAGMA user_version = 3")
        previous = bytes(32)
        for number in (1, 2):  # on two days
            time = (START + timedelta(days=number) - journal.START) // journal.MICROSECOND
            fields = (1, number, time, "urn:a", None, "GET", "x", "read", "", 200)
            sealed = Stored(fields, b"").sealed(previous)
            connection.execute(
                "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*fields[1:], previous, sealed),
            )
            previous = sealed
        begin(connection)
        advance(connection, Head(2, previous))
        assert faults(connection) == (Fault(2, UNSEALED),)
        seal_now(connection, STORAGE, NOTARY)
        assert faults(connection) == ()
        note(connection, [START + timedelta(days=3)])
        checked = verify(connection, STORAGE, NOTARY)
        assert (checked.roots, checked.faults) == (1, ())
        change(connection, "agent", "urn:b", 1)
        recompute(connection, 1)
        assert [fault.line for fault in faults(connection)] == [2, 3]


def test_an_older_key_is_still_known(whole):
    newer = new_journal_key(sha256(b"newer").digest(), START + timedelta(days=1))
    old = new_journal_key(bytes(range(32)), START)
    both = Notary([newer, old])
    assert verify(whole, STORAGE, both).faults == ()
    with copied(whole) as copy:
        note(copy, [START + timedelta(days=30)], both)
        assert verify(copy, STORAGE, both).faults == ()
        assert [fault.message for fault in faults(copy)] == [FORGED, UNSEALED]
