"""What is good for one use: where it is noted, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.intake.verify import DEPOSITS, WINDOW
from pod.oidc.replay import PROOFS
from pod.once import (
    BUCKET,
    SLOT,
    TABLE,
    Kind,
    Mark,
    behind,
    free_in,
    is_doubtful,
    is_put_back,
    oldest,
    place_of,
    stretch_of,
)

NOW = datetime(2027, 3, 1, tzinfo=UTC)
SECONDS = NOW.timestamp()
SECRET = b"s" * 32
KINDS = pytest.mark.parametrize("kind", [PROOFS, DEPOSITS], ids=lambda kind: kind.name)


def mark(kind: Kind = PROOFS, owner: str = "key-1", text: str = "a", issued: float = SECONDS):
    return Mark(kind, owner, text, issued)


def test_deposits_are_remembered_for_longer_than_their_signature_holds():
    assert timedelta(seconds=DEPOSITS.past) >= WINDOW
    assert timedelta(seconds=DEPOSITS.ahead) == WINDOW


@KINDS
@given(age=st.floats(0, 1), later=st.integers(0, 86_400))
def test_a_table_is_never_gone_while_something_in_it_is_accepted(kind, age, later):
    now = NOW + timedelta(seconds=later)
    issued = now.timestamp() - kind.past * age
    assert stretch_of(mark(kind, issued=issued)) >= oldest(kind, now)


@KINDS
def test_a_table_is_gone_when_nothing_in_it_is_accepted_any_more(kind):
    last = mark(kind, issued=SECONDS - kind.past - kind.stretch)
    assert stretch_of(last) < oldest(kind, NOW)


@KINDS
def test_a_clock_is_put_back_when_what_is_signed_now_would_be_in_a_table_that_is_gone(kind):
    gone = oldest(kind, NOW)
    assert not is_put_back(kind, gone, NOW - timedelta(seconds=kind.past))
    assert is_put_back(kind, gone, NOW - timedelta(seconds=kind.past + kind.stretch))


@KINDS
def test_what_a_fast_clock_may_have_signed_before_a_loss_is_doubtful(kind):
    assert is_doubtful(mark(kind), SECONDS)
    assert is_doubtful(mark(kind, issued=SECONDS + kind.ahead), SECONDS)
    assert not is_doubtful(mark(kind, issued=SECONDS + kind.ahead + 1), SECONDS)


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_a_place_is_that_of_one_owner_and_one_text(owner, text, other_owner, other_text):
    same = (owner, text) == (other_owner, other_text)
    first = place_of(mark(owner=owner, text=text), SECRET)
    second = place_of(mark(owner=other_owner, text=other_text), SECRET)
    assert (first == second) == same


def test_any_text_has_a_place():
    places = {place_of(mark(text=text), SECRET) for text in ("\ud800", "é", " ", "", "x" * 10_000)}
    assert len(places) == 5


def test_nobody_who_does_not_know_the_secret_can_foresee_a_place():
    assert place_of(mark(), SECRET) != place_of(mark(), b"t" * 32)


@given(st.text())
def test_a_place_is_a_slot_that_does_not_look_free_in_a_bucket_of_the_table(text):
    offset, slot = place_of(mark(text=text), SECRET)
    assert offset % BUCKET == 0
    assert 0 <= offset < TABLE
    assert len(slot) == SLOT
    assert slot[0]


@given(st.integers(0, TABLE // BUCKET - 1))
def test_the_buckets_go_round(number):
    assert behind(number * BUCKET) == (number + 1) * BUCKET % TABLE


@given(st.lists(st.binary(min_size=SLOT - 1, max_size=SLOT - 1), max_size=BUCKET // SLOT))
def test_the_first_free_slot_is_behind_those_that_are_taken(taken):
    used = b"".join(b"\x01" + each for each in taken)
    free = free_in(used.ljust(BUCKET, b"\0"))
    assert free == (len(used) if len(used) < BUCKET else None)
