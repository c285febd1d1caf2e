"""In which ways patterns match, and that it ends."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Variable

from pod.problems import Unprocessable
from pod.rdf.match import Effort, blank_nodes_of, solutions, variables_of
from vocab.graph import BlankNode, Literal, NamedNode, Triple

A, B, C, P, Q = (NamedNode(f"http://v.example/{name}") for name in "abcpq")
X, Y, Z = map(Variable, "xyz")
ONE = Literal("1")
SOME, OTHER = BlankNode("some"), BlankNode("other")


def ways(where, graph, **more):
    found = solutions(frozenset(where), frozenset(graph), Effort(), **more)
    return {frozenset(way.items()) for way in found}


def way(**terms):
    return frozenset((Variable(name), term) for name, term in terms.items())


KNOWN = [Triple(A, P, B), Triple(B, P, C), Triple(A, Q, ONE), Triple(SOME, P, B)]


@pytest.mark.spec("Solid Protocol §5.3.1 #server-patch-n3-semantics")
@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param([], [way()], id="nothing holds in one way"),
        pytest.param([(A, P, B)], [way()], id="what is there"),
        pytest.param([(A, P, B), (A, Q, ONE)], [way()], id="all that is there"),
        pytest.param([(A, P, C)], [], id="what is not there"),
        pytest.param([(A, P, B), (A, P, C)], [], id="not all is there"),
        pytest.param([(A, X, ONE)], [way(x=Q)], id="a property"),
        pytest.param([(X, P, B)], [way(x=A), way(x=SOME)], id="two subjects"),
        pytest.param(
            [(X, P, Y), (Y, P, Z)], [way(x=A, y=B, z=C), way(x=SOME, y=B, z=C)], id="join"
        ),
        pytest.param([(X, P, X)], [], id="the same twice"),
        pytest.param([(X, P, Y), (A, Q, Y)], [], id="no join"),
        pytest.param([(OTHER, P, B)], [way()], id="a blank node stands for anything"),
        pytest.param([(OTHER, P, X), (OTHER, Q, ONE)], [way(x=B)], id="and for the same thing"),
        pytest.param([(OTHER, X, C)], [way(x=P)], id="ways differ by variables"),
        pytest.param([(ONE, P, X)], [], id="a literal has no properties"),
        pytest.param([(A, Q, X), (X, P, Y)], [], id="nor one that was found"),
    ],
)
def test_every_way_is_found(where, expected):
    assert ways(where, KNOWN) == set(expected)


def test_two_are_enough_to_know_that_there_are_several():
    many = [Triple(A, P, Literal(str(number))) for number in range(100)]
    assert len(ways([(A, P, X)], many, most=2)) == 2
    assert len(ways([(A, P, X)], many)) == 100


@pytest.mark.parametrize(
    "where",
    [
        pytest.param([(X, P, Y), (Z, P, Variable("u")), (Variable("v"), P, A)], id="product"),
        pytest.param([(BlankNode(f"n{n}"), P, BlankNode(f"m{n}")) for n in range(9)], id="blank"),
        pytest.param(
            [(Variable(f"v{n}"), P, Variable(f"v{n + 1}")) for n in range(40)], id="chain"
        ),
    ],
)
def test_what_would_take_too_long_is_refused(where):
    terms = [A, *(NamedNode(f"http://v.example/{number}") for number in range(20))]
    graph = [Triple(one, P, two) for one, two in itertools.product(terms, terms)]
    with pytest.raises(Unprocessable, match="takes too long"):
        ways(where, graph)


def test_many_patterns_that_each_fit_once_take_no_long():
    links = [NamedNode(f"http://v.example/{number}") for number in range(300)]
    graph = [Triple(one, P, two) for one, two in itertools.pairwise(links)]
    chain = [(Variable(f"v{n}"), P, Variable(f"v{n + 1}")) for n in range(len(graph) - 1)]
    assert len(ways([(links[0], P, Variable("v0")), *chain], graph)) == 1


def test_what_is_unknown_in_patterns():
    patterns = [(A, X, OTHER), (OTHER, P, Y), (A, P, B)]
    assert variables_of(patterns) == {X, Y}
    assert blank_nodes_of(patterns) == {OTHER}


TERMS = (A, B, P, BlankNode("n"), ONE)
triples = st.builds(
    Triple, st.sampled_from((A, B, TERMS[3])), st.sampled_from((A, P)), st.sampled_from(TERMS)
)
nodes = st.sampled_from((*TERMS, X, Y, OTHER))
patterns = st.tuples(nodes, st.sampled_from((A, P, X, Z)), nodes)


@settings(deadline=None)
@given(st.lists(patterns, max_size=3), st.lists(triples, max_size=6))
def test_the_ways_are_those_that_trying_everything_finds(where, graph):
    unknown = sorted(variables_of(where) | blank_nodes_of(where), key=str)
    found = set()
    for terms in itertools.product((*TERMS, A), repeat=len(unknown)):
        bound = dict(zip(unknown, terms, strict=True))
        instances = [tuple(bound.get(node, node) for node in pattern) for pattern in where]
        if all(instance in [tuple(triple) for triple in graph] for instance in instances):
            found.add(frozenset((n, t) for n, t in bound.items() if isinstance(n, Variable)))
    assert ways(where, graph) == found
