"""The resources used last are at hand, of all pods within one bound."""

import pytest
from pods import START, iri

from pod.model import Blob, Resource
from pod.store.kept import Kept, Shelf

WEIGHT = 1000 + 512


def resource(path, size=1000, version="v1"):
    return Resource(
        iri=iri(path),
        media_type="text/turtle",
        content=b"x" * size,
        version=version,
        modified=START,
    )


def at_hand(shelf, *paths):
    return [path for path in paths if shelf.get(path)]


def test_what_was_put_is_at_hand_until_it_is_dropped():
    shelf = Shelf(Kept())
    first, second = resource("a"), resource("a", version="v2")
    shelf.put(first)
    shelf.put(second)
    assert shelf.get("a") is second
    shelf.drop("a")
    shelf.drop("a")
    assert shelf.get("a") is None


def test_the_resource_used_longest_ago_makes_room():
    shelf = Shelf(Kept(total=3 * WEIGHT))
    for path in ("a", "b", "c"):
        shelf.put(resource(path))
    shelf.get("a")
    shelf.put(resource("d"))
    assert at_hand(shelf, "a", "b", "c", "d") == ["a", "c", "d"]


def test_room_that_was_given_back_can_be_used():
    shelf = Shelf(Kept(total=2 * WEIGHT))
    for _ in range(10):
        shelf.put(resource("a"))
        shelf.put(resource("b"))
        shelf.drop("b")
    shelf.put(resource("c"))
    assert at_hand(shelf, "a", "c") == ["a", "c"]


def test_pods_share_the_bound_and_nothing_else():
    kept = Kept(total=2 * WEIGHT)
    ana, bob = Shelf(kept), Shelf(kept)
    ana.put(resource("a"))
    bob.put(resource("a", version="v2"))
    assert (ana.get("a").version, bob.get("a").version) == ("v1", "v2")
    ana.drop("a")
    assert bob.get("a")
    bob.put(resource("b"))
    ana.put(resource("c"))
    assert (at_hand(ana, "a", "b", "c"), at_hand(bob, "a", "b", "c")) == (["c"], ["b"])


def test_a_shelf_that_was_cleared_has_nothing_and_its_room_is_used_again():
    shelf = Shelf(Kept(total=2 * WEIGHT))
    for version in ("v1", "v2"):
        shelf.put(resource("a", version=version))
        shelf.put(resource("b"))
        shelf.clear()
        assert at_hand(shelf, "a", "b") == []
    shelf.put(resource("c"))
    shelf.put(resource("d"))
    assert at_hand(shelf, "c", "d") == ["c", "d"]


@pytest.mark.parametrize(("size", "kept"), [(100, True), (101, False)])
def test_a_body_that_is_too_large_is_not_kept_nor_what_it_replaces(size, kept):
    shelf = Shelf(Kept(largest=100))
    shelf.put(resource("a", 1))
    shelf.put(resource("a", size))
    assert (shelf.get("a") is not None) == kept


def test_a_blob_weighs_nothing():
    shelf = Shelf(Kept(largest=100))
    large = Resource(
        iri=iri("a"),
        media_type="image/png",
        content=Blob("00" * 32, 10**9),
        version="v1",
        modified=START,
    )
    shelf.put(large)
    assert shelf.get("a") is large
