"""A pod knows its address, its owner and its secret, and no two pods share an epoch or secret."""

from contextlib import closing

import pytest
from pods import OWNER, START, STORAGE

from pod.store.identity import new_identity, read_identity, write_identity
from pod.store.migrate import migrate
from pod.store.sqlite import connect, create


@pytest.fixture
def connection(tmp_path):
    file = tmp_path / "pod.sqlite3"
    create(file)
    with closing(connect(file)) as connection:
        migrate(connection, "pod", now=START)
        yield connection


def test_what_is_written_is_read(connection):
    identity = new_identity(storage=STORAGE, owner=OWNER, now=START.replace(microsecond=7))
    write_identity(connection, identity, now=START)
    assert read_identity(connection) == identity
    assert (identity.storage, identity.owner, identity.created) == (STORAGE, OWNER, START)


def test_epoch_and_secret_are_drawn_anew_for_each_pod():
    made = [new_identity(storage=STORAGE, owner=OWNER, now=START) for _ in range(20)]
    assert len({one.epoch for one in made}) == 20
    assert len({one.secret for one in made}) == 20
    assert {(len(one.epoch), len(one.secret)) for one in made} == {(6, 32)}
    assert all(set(one.epoch) <= set("abcdefghijklmnopqrstuvwxyz234567") for one in made)


def test_the_secret_is_not_shown():
    identity = new_identity(storage=STORAGE, owner=OWNER, now=START)
    assert repr(identity.secret) not in repr(identity)
