"""The quads of an index: what each reader's graphs come to."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple

from pod.store.quads import FEW, Dataset, Quads

STORAGE = "https://ana.example/"
SPO = "?s ?p ?o"


def node(name):
    return NamedNode(f"http://x/{name}")


def fact(number):
    return Triple(node(number % 2), node("p"), Literal(str(number)))


def facts(*numbers):
    return frozenset(map(fact, numbers))


def load(quads, path, access, text):
    return quads.load(path, access, text.encode(), RdfFormat.TURTLE)


def text_of(triples):
    return "".join(f"{triple} .\n" for triple in triples)


def rows(quads, text, readable, default=None, named=None):
    """The rows of a SELECT, each a tuple in the order of its variables."""
    dataset = Dataset(
        readable=frozenset(readable),
        default_graphs=None if default is None else [STORAGE + path for path in default],
        named_graphs=None if named is None else [STORAGE + path for path in named],
    )
    results = quads.query(text, base=STORAGE, graphs=quads.graphs(dataset))
    found = json.loads(results.serialize(format=QueryResultsFormat.JSON))
    variables = found["head"]["vars"]
    return [tuple(row[name]["value"] for name in variables) for row in found["results"]["bindings"]]


def seen(quads, readable, **dataset):
    """The facts in the default graph: each row once for each time that the engine finds it."""
    return sorted(
        int(value) for (value,) in rows(quads, f"SELECT ?o {{ {SPO} }}", readable, **dataset)
    )


def seen_by_name(quads, readable, named=None):
    text = f"SELECT ?g ?o {{ GRAPH ?g {{ {SPO} }} }}"
    return sorted(
        (graph.removeprefix(STORAGE), int(value))
        for graph, value in rows(quads, text, readable, named=named)
    )


@pytest.fixture
def quads():
    quads = Quads(STORAGE)
    quads.put("a/1", 1, facts(1, 2))
    quads.put("a/2", 1, facts(2, 3))
    quads.put("b/1", 2, facts(3, 4))
    quads.put("history/a/1", 1, facts(9))
    return quads


@pytest.mark.parametrize(
    ("readable", "expected"),
    [
        pytest.param(set(), [], id="nothing"),
        pytest.param({7}, [], id="a-class-without-documents"),
        pytest.param({1}, [1, 2, 3], id="one-class"),
        pytest.param({2}, [3, 4], id="the-other"),
        pytest.param({1, 2}, [1, 2, 3, 4], id="both-and-each-triple-once"),
    ],
)
def test_the_default_graph_is_what_the_reader_may_read(quads, readable, expected):
    assert seen(quads, readable) == expected


def test_former_states_are_found_by_name_only(quads):
    assert 9 not in seen(quads, {1})
    assert ("history/a/1", 9) in seen_by_name(quads, {1})
    assert seen(quads, {1}, default=["history/a/1"]) == [9]


@pytest.mark.parametrize(
    ("default", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param(["a/2"], [2, 3], id="one"),
        pytest.param(["a/1", "a/2"], [1, 2, 3], id="two-merged"),
        pytest.param(["b/1"], [], id="unreadable"),
        pytest.param(["a/1", "b/1"], [1, 2], id="one-of-them-unreadable"),
        pytest.param(["a/9"], [], id="absent"),
        pytest.param(["a 1"], [], id="no-iri"),
    ],
)
@pytest.mark.spec("SPARQL 1.1 Query §13.2.1 #unnamedGraph")
def test_a_default_graph_by_name_is_the_merge_of_the_readable_ones(quads, default, expected):
    assert seen(quads, {1}, default=default) == expected


@pytest.mark.parametrize(
    ("readable", "named", "expected"),
    [
        pytest.param({2}, None, [("b/1", 3), ("b/1", 4)], id="all-readable"),
        pytest.param({2}, ["a/1", "b/1"], [("b/1", 3), ("b/1", 4)], id="of-two-the-readable"),
        pytest.param({1, 2}, ["a/2"], [("a/2", 2), ("a/2", 3)], id="one"),
        pytest.param({1, 2}, [], [], id="none"),
        pytest.param(set(), None, [], id="nothing-readable"),
    ],
)
def test_the_named_graphs_are_the_readable_ones_that_are_asked_for(
    quads, readable, named, expected
):
    assert seen_by_name(quads, readable, named) == expected


def test_a_blank_node_is_the_same_in_the_default_graph_and_by_name(quads):
    quads.put("a/3", 1, frozenset({Triple(BlankNode("n1"), node("q"), Literal("x"))}))
    text = "SELECT ?g { ?b <http://x/q> ?o . GRAPH ?g { ?b <http://x/q> ?o } }"
    assert rows(quads, text, {1}) == [(STORAGE + "a/3",)]


def test_a_replaced_document_is_what_it_is_now(quads):
    quads.put("a/1", 1, facts(2, 5))
    assert seen(quads, {1}) == [2, 3, 5]
    assert ("a/1", 1) not in seen_by_name(quads, {1})


def test_a_moved_document_is_seen_by_the_readers_of_its_new_class_only(quads):
    quads.move("a/1", 2)
    assert seen(quads, {1}) == [2, 3]
    assert seen(quads, {2}) == [1, 2, 3, 4]


def test_a_replaced_document_may_move_too(quads):
    quads.put("a/1", 2, facts(1, 5))
    assert seen(quads, {1}) == [2, 3]
    assert seen(quads, {2}) == [1, 3, 4, 5]


def test_a_dropped_document_leaves_what_others_hold(quads):
    quads.drop("a/2")
    assert seen(quads, {1}) == [1, 2]
    assert seen(quads, {1, 2}) == [1, 2, 3, 4]


def test_dropping_or_moving_what_is_not_there_changes_nothing(quads):
    quads.drop("a/9")
    quads.move("a/9", 2)
    assert seen(quads, {1, 2}) == [1, 2, 3, 4]


@pytest.mark.parametrize("count", [3, FEW, FEW + 1], ids=["few", "as-many-as-few", "many"])
def test_small_default_graphs_are_gathered_in_a_large_one(quads, count):
    quads.put("c/1", 3, facts(*range(100, 100 + count)))
    dataset = Dataset(readable=frozenset({1, 2, 3}), default_graphs=None, named_graphs=())
    apart = seen(quads, {1, 2, 3})
    graphs = quads.graphs(dataset)
    assert len(graphs.default) == 4
    for _ in range(2):  # for each query of one reader
        gathered = quads.gathered(quads.graphs(dataset))
        assert len(gathered.default) == 1
        found = quads.query(f"SELECT ?o {{ {SPO} }}", base=STORAGE, graphs=gathered)
        assert sorted(int(row["o"].value) for row in found) == apart


def test_large_default_graphs_stay_apart(quads):
    for access in 3, 4:
        quads.put(f"c/{access}", access, facts(*(n * access for n in range(1000, 1000 + 2 * FEW))))
    dataset = Dataset(readable=frozenset({1, 3, 4}), default_graphs=None, named_graphs=())
    apart = seen(quads, {1, 3, 4})
    gathered = quads.gathered(quads.graphs(dataset))
    assert len(gathered.default) == 2
    found = quads.query(f"SELECT ?o {{ {SPO} }}", base=STORAGE, graphs=gathered)
    assert sorted(int(row["o"].value) for row in found) == apart


def test_clearing_leaves_nothing(quads):
    quads.clear()
    assert seen(quads, {1, 2}) == []
    assert seen_by_name(quads, {1, 2}) == []


def test_a_path_that_is_no_iri_is_refused(quads):
    with pytest.raises(ValueError, match="IRI"):
        quads.put("a b", 1, facts(1))


def test_a_document_is_loaded_from_its_text(quads):
    assert load(quads, "a/3", 2, '<#it> <http://x/p> "5", "[6]", "(7)", "_:" .')
    text = f"SELECT ?o {{ <{STORAGE}a/3#it> ?p ?o }} ORDER BY ?o"
    assert rows(quads, text, {2}) == [("(7)",), ("5",), ("[6]",), ("_:",)]
    assert rows(quads, text, {1}) == []


@pytest.mark.parametrize("text", ["[] <http://x/p> 1 .", "<a> <p> ( 1 ) .", "<a> <p> _:b ."])
def test_a_document_with_blank_nodes_is_not_loaded_since_its_names_would_be_new(quads, text):
    before = seen(quads, {1, 2}), seen_by_name(quads, {1, 2})
    assert not load(quads, "a/3", 1, text)
    assert "a/3" not in quads
    assert (seen(quads, {1, 2}), seen_by_name(quads, {1, 2})) == before


def test_a_broken_document_is_not_loaded(quads):
    with pytest.raises(SyntaxError):
        load(quads, "a/3", 1, '<a> <b> "5" . <a>')
    assert "a/3" not in quads
    assert seen(quads, {1}) == [1, 2, 3]


PATHS = st.sampled_from(["a", "b", "c", "history/a"])
CLASSES = st.integers(0, 2)
STEPS = st.one_of(
    st.tuples(
        st.sampled_from(["put", "load"]),
        PATHS,
        CLASSES,
        st.frozensets(st.integers(0, 3), max_size=3),
    ),
    st.tuples(st.just("move"), PATHS, CLASSES),
    st.tuples(st.just("drop"), PATHS),
)


@settings(deadline=None)
@given(
    steps=st.lists(STEPS, max_size=12),
    readable=st.frozensets(CLASSES),
    asked=st.frozensets(PATHS),
    worn=st.sampled_from([0, 50]),
)
def test_queries_see_the_union_of_the_readable_documents(steps, readable, asked, worn):
    quads = Quads(STORAGE, worn=worn)
    documents = {}
    for step in steps:
        match step:
            case "load", path, access, numbers if path not in documents:
                documents[path] = (access, numbers)
                assert load(quads, path, access, text_of(facts(*numbers)))
            case "put" | "load", path, access, numbers:
                documents[path] = (access, numbers)
                quads.put(path, access, facts(*numbers))
            case "move", path, access:
                if path in documents:
                    documents[path] = (access, documents[path][1])
                quads.move(path, access)
            case "drop", path:
                documents.pop(path, None)
                quads.drop(path)
    mine = {path: numbers for path, (access, numbers) in documents.items() if access in readable}
    now = [numbers for path, numbers in mine.items() if not path.startswith("history/")]

    assert seen(quads, readable) == sorted(frozenset().union(*now))
    assert seen_by_name(quads, readable) == sorted(
        (path, number) for path, numbers in mine.items() for number in numbers
    )
    some = [mine[path] for path in asked & mine.keys()]
    assert seen(quads, readable, default=asked) == sorted(frozenset().union(*some))
