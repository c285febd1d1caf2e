"""Database files are private, durable, and never made by reading."""

import sqlite3
import stat

import pytest

from pod.store.sqlite import connect, create


def mode(file):
    return stat.S_IMODE(file.stat().st_mode)


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "a name with ? and %.sqlite3"
    create(file)
    return file


def test_only_the_owner_can_read_the_database_and_the_files_beside_it(file):
    connection = connect(file)
    connection.execute("CREATE TABLE something (x)")
    assert {mode(each) for each in file.parent.iterdir()} == {0o600}
    assert len(list(file.parent.iterdir())) == 3
    connection.close()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)],
)
def test_what_is_committed_survives_a_loss_of_power(file, pragma, value):
    connection = connect(file)
    assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)
    connection.close()


def test_a_file_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        connect(tmp_path / "gone.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_refused(tmp_path):
    file = tmp_path / "text.sqlite3"
    file.write_bytes(b"this is a text and not a database\n" * 100)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        connect(file)
