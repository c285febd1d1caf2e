"""Whatever a stranger writes into a header, a path, a patch or a document is read or refused."""

import pytest
from fuzz.readers import READERS, read, text_for
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

RANDOMS = st.randoms(use_true_random=False)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_wrong_is_refused_and_nothing_else_happens(name, data):
    reader = READERS[name]
    text = data.draw(st.one_of(RANDOMS.map(lambda random: text_for(random, reader)), st.text()))
    read(reader, text)


@pytest.mark.parametrize("name", READERS)
def test_a_long_text_is_read_in_a_moment(name):
    # What takes a square of the length would not be through before the run is stopped.
    reader = READERS[name]
    for word in ("", "(", '"', "<", "[", "{", "a", ",", ";", " ", "\\", "a:", "_:a "):
        read(reader, (word or reader.words[0] or "x")[:60] * (reader.most // len(word or "x" * 60)))
