"""Anything is sent to a server, well formed and not, and it answers as a server should.

`python -m tests.fuzz --minutes 60` does the same for as long as one likes.
"""

import pytest
from fuzz.asking import asked, broken
from fuzz.stage import stage, violations
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

RANDOMS = st.randoms(use_true_random=False)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    with stage(tmp_path_factory.mktemp("fuzz") / "data") as made:
        yield made
        assert made.stands() == []


def test_every_request_has_a_proper_answer(staged):
    @settings(max_examples=200, deadline=None, suppress_health_check=SLOW)
    @given(RANDOMS)
    def ask(random):
        request = asked(random, staged.world.base, staged.names, staged.people)
        found = list(violations(request, staged.ask(request)))
        assert (found, staged.world.failures, staged.elsewhere) == ([], [], []), request.octets

    ask()


def test_what_is_no_request_does_no_harm(staged):
    @settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
    @given(RANDOMS)
    def send(random):
        sent = broken(random, staged.world.base, staged.names)
        found = staged.exchange(sent)
        assert not found or found.startswith(b"HTTP/1."), sent
        assert b" 500 " not in found.partition(b"\r\n")[0], sent
        assert (staged.world.failures, staged.elsewhere) == ([], []), sent

    send()


def test_the_server_is_as_it_was(staged):
    assert staged.stands() == []
