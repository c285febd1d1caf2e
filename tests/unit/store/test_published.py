"""What the loop knows of the committed state, and how it moves from one to the next."""

from pods import BOB, START, iri

from acl.model import AclIndex
from pod.model import Resource
from pod.store.kept import Kept, Shelf
from pod.store.published import Publication, Published

EMPTY = AclIndex({})


def resource(path, version="v1"):
    return Resource(
        iri=iri(path),
        media_type="text/turtle",
        content=b"some bytes",
        version=version,
        modified=START,
    )


def publication(token, *, base=0, seq=1, acls=EMPTY, **changed):
    return Publication(base=base, seq=seq, token=token, acls=acls, changed=changed)


def published():
    return Published(token=0, acls=EMPTY, kept=Shelf(Kept()))


def test_an_announced_state_is_taken_over_with_all_before_it():
    state = published()
    rules = AclIndex({iri("a"): ()}, frozenset({BOB}))
    state.kept.put(resource("b"))
    state.announce(publication(11, a=resource("a")))
    state.announce(publication(12, base=11, acls=rules, a=resource("a", version="v2"), b=None))
    state.announce(publication(13, base=12, a=None))

    assert state.advance(12)
    assert (state.token, state.acls) == (12, rules)
    assert state.kept.get("a") == resource("a", version="v2")
    assert state.kept.get("b") is None
    assert not state.advance(11)
    assert (state.token, state.acls) == (12, rules)
    assert state.advance(13)
    assert state.kept.get("a") is None


def test_what_was_kept_is_dropped_when_another_process_has_written_in_between():
    state = published()
    for path in ("a", "b"):
        state.kept.put(resource(path))
    state.announce(publication(13, base=12, a=resource("a", version="v2")))
    assert state.advance(13)
    assert state.kept.get("a") == resource("a", version="v2")
    assert state.kept.get("b") is None


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
    state.announce(publication(13, base=12, seq=9, c=resource("c")))
    rules = AclIndex({iri("a"): ()})

    state.restart(seq=7, token=12, acls=rules)
    assert (state.token, state.acls) == (12, rules)
    assert state.kept.get("k") is None
    assert not state.advance(11)
    assert state.advance(13)
    assert state.kept.get("c") == resource("c")
    assert state.kept.get("a") is None
