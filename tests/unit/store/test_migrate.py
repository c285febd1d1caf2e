"""Databases are brought to the present form, all of the way or not at all."""

import sqlite3

import pytest
from pods import START

from pod.store.migrate import UnusableDatabase, migrate, migrations

FAMILIES = ("pod", "server")


@pytest.fixture
def database():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    yield connection
    connection.close()


def tables(connection):
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}


def version(connection):
    return connection.execute("PRAGMA user_version").fetchone()[0]


@pytest.mark.parametrize("family", FAMILIES)
def test_migrations_are_numbered_from_one_without_a_gap(family):
    numbers = [step.number for step in migrations(family)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


@pytest.mark.parametrize("family", FAMILIES)
def test_migrations_end_with_a_whole_statement(family):
    assert all(sqlite3.complete_statement(step.sql) for step in migrations(family))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_new_database_gets_every_migration_and_a_record_of_it(database, family):
    migrate(database, family, now=START)

    assert version(database) == len(migrations(family))
    assert database.execute("SELECT * FROM migration ORDER BY number").fetchall() == [
        (step.number, step.title, int(START.timestamp())) for step in migrations(family)
    ]


def test_migrating_again_changes_nothing(database):
    migrate(database, "pod", now=START)
    before = list(database.iterdump())
    migrate(database, "pod", now=START.replace(year=2030))
    assert list(database.iterdump()) == before


def test_a_migration_that_fails_leaves_the_database_as_it_was(database):
    database.execute("CREATE TABLE body (something)")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(database, "pod", now=START)
    assert tables(database) == {"body"}
    assert version(database) == 0
    assert not database.in_transaction


def test_a_database_of_a_newer_version_is_refused_and_left_alone(database):
    migrate(database, "pod", now=START)
    database.execute(f"PRAGMA user_version = {len(migrations('pod')) + 1}")
    before = list(database.iterdump())
    with pytest.raises(UnusableDatabase, match="newer version of this server; install"):
        migrate(database, "pod", now=START)
    assert list(database.iterdump()) == before
