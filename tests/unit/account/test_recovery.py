"""Recovery codes: what is written can be read, however it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.account.recovery import BYTES, read, written

EXAMPLE = "0123-4567-89ab-cdef"


@given(st.binary(min_size=BYTES, max_size=BYTES))
def test_what_is_written_can_be_read(random):
    code = written(random)
    assert read(code) == code.replace("-", "")
    assert read(code.upper().replace("-", " ")) == read(code)


@given(st.sets(st.binary(min_size=BYTES, max_size=BYTES), min_size=2))
def test_no_two_are_the_same(randoms):
    assert len({written(random) for random in randoms}) == len(randoms)


@pytest.mark.parametrize(
    "typed",
    [
        EXAMPLE,
        EXAMPLE.upper(),
        " 0123 4567 89ab cdef ",
        "OI23 4567 89ab cdef",
        "0l23\u20134567\u201389ab\u2013cdef",
    ],
)
def test_however_it_is_typed(typed):
    assert read(typed) == "0123456789abcdef"


@pytest.mark.parametrize("typed", ["", "0123", EXAMPLE + "0", "u123-4567-89ab-cdef", "é" * 16])
def test_what_can_be_none(typed):
    assert read(typed) is None
