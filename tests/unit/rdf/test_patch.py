"""What a patch does to a graph, and the laws of it."""

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Variable

from pod.problems import Conflict, Unprocessable
from pod.rdf.patch import NO_PATCH, Patch, Step, apply_patch
from vocab.graph import BlankNode, Literal, NamedNode, Triple

A, B, C, P, Q = (NamedNode(f"http://v.example/{name}") for name in "abcpq")
X, Y = map(Variable, "xy")
ONE, TWO = Literal("1"), Literal("2")
NODE = BlankNode("there")


def step(where=(), deletes=(), inserts=(), **more):
    return Step(
        where=frozenset(where), deletes=frozenset(deletes), inserts=frozenset(inserts), **more
    )


def n3(where=(), deletes=(), inserts=()):
    return step(where, deletes, inserts, once=True, strict=True)


def after(graph, *steps):
    """The graph after steps; its new blank nodes are b0, b1 and so on."""
    numbers = count()
    there = frozenset(Triple(*terms) for terms in graph)
    difference = apply_patch(Patch(steps), there, lambda: BlankNode(f"b{next(numbers)}"))
    assert difference.removed <= there
    assert not difference.added & there
    return {tuple(t) for t in (there - difference.removed) | difference.added}


NEW, NEWER = BlankNode("b0"), BlankNode("b1")


@pytest.mark.spec("Solid Protocol §5.3.1 #server-patch-n3-semantics")
@pytest.mark.parametrize(
    ("graph", "made", "expected"),
    [
        pytest.param([], n3(), [], id="nothing"),
        pytest.param([(A, P, B)], n3(), [(A, P, B)], id="nothing to something"),
        pytest.param([], n3(inserts=[(A, P, B)]), [(A, P, B)], id="insert"),
        pytest.param([(A, P, B)], n3(inserts=[(A, P, B)]), [(A, P, B)], id="insert again"),
        pytest.param([(A, P, B), (A, Q, B)], n3(deletes=[(A, P, B)]), [(A, Q, B)], id="delete"),
        pytest.param([(A, P, ONE)], n3([(A, P, X)], [(A, P, X)]), [], id="delete what is found"),
        pytest.param(
            [(A, P, ONE)], n3([(A, P, X)], [], [(B, Q, X)]), [(A, P, ONE), (B, Q, ONE)], id="copy"
        ),
        pytest.param(
            [(A, P, B)], n3([(A, P, B)], [], [(A, Q, B)]), [(A, P, B), (A, Q, B)], id="N3-11"
        ),
        pytest.param(
            [(NODE, P, ONE)],
            n3([(X, P, ONE)], [(X, P, ONE)], [(X, P, TWO)]),
            [(NODE, P, TWO)],
            id="N3-12 the blank node stays the same",
        ),
        pytest.param([(A, P, B)], n3([], [(A, P, B)], [(A, P, B)]), [(A, P, B)], id="N3-14 both"),
        pytest.param(
            [(A, P, A)],
            n3([(X, P, Y)], [(X, P, Y), (Y, P, X)]),
            [],
            id="N3-15 deleted twice",
        ),
        pytest.param(
            [],
            n3(inserts=[(BlankNode("x"), P, A), (BlankNode("x"), P, BlankNode("y"))]),
            [(NEW, P, A), (NEW, P, NEWER)],
            id="N3-07 each blank node is a new one",
        ),
    ],
)
def test_deletions_go_and_then_insertions_come(graph, made, expected):
    names = {NEW: NEWER, NEWER: NEW}
    renamed = {tuple(names.get(term, term) for term in triple) for triple in expected}
    assert after(graph, made) in (set(expected), renamed)


@pytest.mark.parametrize(
    ("graph", "made", "what"),
    [
        pytest.param([], n3([(A, P, X)]), "no way", id="N3-10 no way"),
        pytest.param([], n3([(A, P, B)]), "no way", id="N3-11 not so"),
        pytest.param([(A, P, B), (A, P, C)], n3([(A, P, X)]), "more than one", id="N3-10 two ways"),
        pytest.param([], n3(deletes=[(A, P, B)]), "not there", id="N3-16 nothing there"),
        pytest.param([(A, P, B)], n3(deletes=[(A, P, B), (A, P, C)]), "not there", id="half there"),
        pytest.param([(A, P, ONE)], n3([(A, P, X)], [], [(X, P, A)]), "literal", id="a literal"),
        pytest.param([(A, P, NODE)], n3([(A, P, X)], [], [(A, X, A)]), "literal", id="a property"),
        pytest.param([], step(deletes=[(A, P, B)], strict=True), "not there", id="SPQ-05"),
    ],
)
@pytest.mark.spec("Solid Protocol §5.3.1 #server-patch-n3-semantics-no-mapping")
@pytest.mark.spec(
    "Solid Protocol §5.3.1 #server-patch-n3-semantics-deletions-non-empty-all-triples"
)
def test_what_the_graph_does_not_fit_is_a_conflict(graph, made, what):
    with pytest.raises(Conflict, match=what):
        after(graph, made)


@pytest.mark.parametrize(
    ("graph", "made", "expected"),
    [
        pytest.param([], step([(A, P, X)], [(A, P, X)], [(B, P, X)]), [], id="no way"),
        pytest.param(
            [(A, P, ONE), (A, P, TWO)],
            step([(A, P, X)], [(A, P, X)], [(B, P, X)]),
            [(B, P, ONE), (B, P, TWO)],
            id="every way",
        ),
        pytest.param([(A, P, B)], step(deletes=[(A, P, C)]), [(A, P, B)], id="not there"),
        pytest.param(
            [(A, P, ONE), (A, P, B)],
            step([(A, P, X)], [], [(X, Q, A)]),
            [(A, P, ONE), (A, P, B), (B, Q, A)],
            id="of a literal nothing is said",
        ),
        pytest.param(
            [(A, P, B)], step([(A, P, X)], [], [(A, Q, Y)]), [(A, P, B)], id="nor of nothing"
        ),
        pytest.param([(A, P, B)], step([(A, P, X)], [], [(Y, Q, A)]), [(A, P, B)], id="nor by it"),
        pytest.param(
            [(A, P, B)], step([(A, P, X)], [], [(A, Y, A)]), [(A, P, B)], id="nor with it"
        ),
    ],
)
@pytest.mark.spec("Practice SPQ-02")
def test_an_update_is_done_for_each_way(graph, made, expected):
    assert after(graph, made) == set(expected)


def test_each_way_has_blank_nodes_of_its_own():
    made = step([(A, P, X)], [], [(X, Q, BlankNode("n"))])
    found = after([(A, P, B), (A, P, C)], made)
    assert len({value for _, predicate, value in found if predicate == Q}) == 2


def test_each_step_sees_what_the_one_before_has_done():
    one = step(inserts=[(A, P, B)])
    two = step([(A, P, X)], [(A, P, X)], [(X, P, A)], once=True, strict=True)
    assert after([], one, two) == {(B, P, A)}
    with pytest.raises(Conflict):
        after([], two, one)


def test_no_patch_does_nothing():
    assert apply_patch(NO_PATCH, frozenset({Triple(A, P, B)}), lambda: NEW).removed == frozenset()
    assert [NO_PATCH.reads, NO_PATCH.deletes, NO_PATCH.inserts] == [False, False, False]


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(step([(A, P, X)], [], [(X, P, Y), (X, P, Literal("x" * 100_000))]), id="sent"),
        pytest.param(step([(A, P, X), (A, Q, Y)], [], [(X, Q, Y)]), id="found"),
    ],
)
def test_a_small_patch_does_not_make_a_large_document(made):
    nodes = [(A, P, NamedNode(f"http://v.example/{number}")) for number in range(1000)]
    with pytest.raises(Unprocessable):
        after([*nodes, (A, Q, Literal("x" * 100_000))], made)


TRIPLES = [Triple(s, p, o) for s in (A, B, NODE) for p in (P, Q) for o in (A, NODE, ONE)]
graphs = st.frozensets(st.sampled_from(TRIPLES))


def done(graph, made):
    difference = apply_patch(Patch((made,)), graph, lambda: NEW)
    return (graph - difference.removed) | difference.added


def ground(triples):
    """Triples without blank nodes: a patch can name these."""
    return frozenset(tuple(t) for t in triples if BlankNode not in {type(x) for x in t})


@settings(deadline=None)
@given(graphs, graphs)
def test_what_is_inserted_and_deleted_again_leaves_what_was_there(graph, more):
    new = ground(more - graph)
    assert done(done(graph, n3(inserts=new)), n3(deletes=new)) == graph


@settings(deadline=None)
@given(graphs, graphs, graphs)
def test_patches_of_different_things_can_come_in_any_order(graph, one, two):
    first = n3(deletes=ground(one & graph), inserts=ground(one - graph))
    second = n3(deletes=ground((two - one) & graph), inserts=ground((two - one) - graph))
    assert done(done(graph, first), second) == done(done(graph, second), first)


@settings(deadline=None)
@given(graphs, graphs)
def test_the_same_insertion_twice_is_once(graph, more):
    made = n3(inserts=ground(more))
    assert done(done(graph, made), made) == done(graph, made)
