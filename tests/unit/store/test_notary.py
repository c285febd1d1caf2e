"""The keys that a journal's roots are signed with, and the roots."""

from datetime import UTC, datetime

import pytest
from pods import STORAGE

from pod.store.journal import Head
from pod.store.notary import Notary, new_journal_key, read_journal_key, write_journal_key

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
NOTARY = Notary([new_journal_key(bytes(range(32)), START)])


def test_a_key_is_read_as_it_was_written():
    key = new_journal_key(bytes(range(32)), START)
    again = read_journal_key(write_journal_key(key), START)
    assert (again.kid, again.created) == (key.kid, START)
    assert Notary([again]).seal(STORAGE, Head()) == Notary([key]).seal(STORAGE, Head())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"d": 1}', '{"d": "AA"}'])
def test_what_is_no_key_is_not_taken_for_one(text):
    with pytest.raises(ValueError, match="no key of a journal"):
        read_journal_key(text, START)


@pytest.mark.parametrize("jws", ["", "..", "a.b.c", "e30.e30.AA", "W10.e30.AA", "é.é.é"])
def test_what_is_no_root_is_not_taken_for_one(jws):
    assert NOTARY.read(jws) is None
