"""What an import lays out: the same as in memory, and nothing left over."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pod.problems import Unavailable
from pod.store.workspace import Documents, FilePartitions, Workspace

calm = settings(deadline=None)  # the machine may be busy

KEYS = st.sampled_from(["a", "b", "c"])
STEPS = st.lists(
    st.one_of(st.tuples(st.just("put"), KEYS, st.integers()), st.tuples(st.just("take"), KEYS)),
    max_size=40,
)


@calm
@given(STEPS, st.integers(0, 6))
def test_however_little_is_in_memory_each_key_has_its_values_in_order(
    tmp_path_factory, steps, most
):
    expected = {}
    partitions = FilePartitions(tmp_path_factory.getbasetemp(), most=most)
    for what, key, *value in steps:
        if what == "put":
            partitions.put(key, *value)
            expected.setdefault(key, []).extend(value)
        else:
            assert partitions.take(key) == expected.pop(key, [])
        assert set(partitions.keys()) == set(expected)
    for key, values in expected.items():
        assert partitions.take(key) == values
    partitions.close()


@calm
@given(st.dictionaries(st.text(min_size=1), st.binary(), max_size=12), st.integers(0, 60))
def test_however_little_is_in_memory_each_document_is_there(tmp_path_factory, given, most):
    documents = Documents(tmp_path_factory.getbasetemp(), most=most)
    for path, content in given.items():
        documents.put(path, content)
    assert list(documents.paths()) == list(given)
    assert {path: documents.read(path) for path in given} == given
    assert {path: documents.size(path) for path in given} == {p: len(c) for p, c in given.items()}
    documents.close()


def test_what_lies_on_the_disk_has_no_name(tmp_path):
    space = Workspace(tmp_path, in_memory=1)
    for number in range(5):
        space.partitions.put("a", number)
        space.documents.put(f"{number}.ttl", b"x" * 9_000_000)
    assert list(tmp_path.iterdir()) == []
    assert space.partitions.take("a") == [0, 1, 2, 3, 4]
    space.close()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_room_is_told_as_something_that_passes(tmp_path):
    partitions = FilePartitions(tmp_path / "gone", most=1)
    partitions.put("a", 1)
    with pytest.raises(Unavailable, match="no room"):
        partitions.put("a", 2)
