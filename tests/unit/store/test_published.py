"""What the loop knows of the committed state, and the resources it keeps at hand."""

from pods import BOB, START, iri

from acl.model import AclIndex
from pod.model import Blob, Resource
from pod.store.published import Kept, Publication, Published

EMPTY = AclIndex({})


def resource(path, size=10, version="v1"):
    return Resource(
        iri=iri(path),
        media_type="text/turtle",
        content=b"x" * size,
        version=version,
        modified=START,
    )


def publication(token, *, seq=1, acls=EMPTY, **changed):
    return Publication(seq=seq, token=token, acls=acls, changed=changed)


def published():
    return Published(token=0, acls=EMPTY, kept=Kept())


def test_what_was_put_is_at_hand_until_it_is_dropped():
    kept = Kept()
    first, second = resource("a"), resource("a", version="v2")
    kept.put(first)
    kept.put(second)
    assert kept.get("a") is second
    kept.drop("a")
    kept.drop("a")
    assert kept.get("a") is None


def test_the_resource_used_longest_ago_makes_room():
    kept = Kept(total=3 * 1512)
    for path in ("a", "b", "c"):
        kept.put(resource(path, 1000))
    kept.get("a")
    kept.put(resource("d", 1000))
    assert [path for path in ("a", "b", "c", "d") if kept.get(path)] == ["a", "c", "d"]


def test_room_that_was_given_back_can_be_used():
    kept = Kept(total=2 * 1512)
    for _ in range(10):
        kept.put(resource("a", 1000))
        kept.put(resource("b", 1000))
        kept.drop("b")
    kept.put(resource("c", 1000))
    assert kept.get("a")
    assert kept.get("c")
    kept.clear()
    assert kept.get("a") is None
    kept.put(resource("d", 1000))
    kept.put(resource("e", 1000))
    assert kept.get("d")


def test_a_body_that_is_too_large_is_not_kept_nor_what_it_replaces():
    kept = Kept(largest=100)
    kept.put(resource("a", 100))
    assert kept.get("a")
    kept.put(resource("a", 101))
    assert kept.get("a") is None


def test_a_blob_weighs_nothing():
    kept = Kept(largest=100)
    large = Resource(
        iri=iri("a"),
        media_type="image/png",
        content=Blob("00" * 32, 10**9),
        version="v1",
        modified=START,
    )
    kept.put(large)
    assert kept.get("a") is large


def test_an_announced_state_is_taken_over_with_all_before_it():
    state = published()
    rules = AclIndex({iri("a"): ()}, frozenset({BOB}))
    state.kept.put(resource("b"))
    state.announce(publication(11, a=resource("a")))
    state.announce(publication(12, acls=rules, a=resource("a", version="v2"), b=None))
    state.announce(publication(13, a=None))

    assert state.advance(12)
    assert (state.token, state.acls) == (12, rules)
    assert state.kept.get("a") == resource("a", version="v2")
    assert state.kept.get("b") is None
    assert not state.advance(11)
    assert (state.token, state.acls) == (12, rules)
    assert state.advance(13)
    assert state.kept.get("a") is None


def test_a_state_that_was_never_announced_is_not_known():
    state = published()
    state.announce(publication(11, a=resource("a")))
    assert not state.advance(99)
    assert (state.token, state.kept.get("a")) == (0, None)


def test_what_was_withdrawn_is_not_known_any_more():
    state = published()
    failed = publication(11, a=resource("a"))
    state.announce(failed)
    state.withdraw(failed)
    state.withdraw(failed)
    assert not state.advance(11)


def test_another_process_s_state_starts_everything_anew():
    state = published()
    state.kept.put(resource("k"))
    state.announce(publication(11, seq=5, a=resource("a")))
    state.announce(publication(13, seq=9, c=resource("c")))
    rules = AclIndex({iri("a"): ()})

    state.restart(seq=7, token=12, acls=rules)
    assert (state.token, state.acls) == (12, rules)
    assert state.kept.get("k") is None
    assert not state.advance(11)
    assert state.advance(13)
    assert state.kept.get("c") == resource("c")
    assert state.kept.get("a") is None
