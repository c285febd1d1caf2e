import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from pod.intake.document import turtle
from vocab.graph import nodes_of
from vocab.prefixes import expand

calm = settings(deadline=None)  # the machine may be busy
HERE = "https://camille.pod.example/data/bank/banque/2024.ttl"


def node(name):
    return NamedNode(expand(name) if ":" in name and "//" not in name else name)


def typed(text, name):
    return Literal(text, datatype=node(name))


def read(content):
    return frozenset(q.triple for q in parse(content, RdfFormat.TURTLE, base_iri=HERE))


def line(value, predicate="sd:amount"):
    """How a value is written, in the one block of its document."""
    graph = frozenset({Triple(NamedNode(f"{HERE}#a"), node(predicate), value)})
    content = turtle(nodes_of(graph), HERE)
    assert read(content) == graph
    return content.decode().rpartition("\n\n")[2].strip()


@pytest.mark.parametrize(
    ("value", "written"),
    [
        pytest.param(typed("-12.5", "xsd:decimal"), "-12.5", id="decimal"),
        pytest.param(typed("-12", "xsd:decimal"), '"-12"^^xsd:decimal', id="whole decimal"),
        pytest.param(typed("12.", "xsd:decimal"), '"12."^^xsd:decimal', id="another form"),
        pytest.param(typed("42", "xsd:integer"), "42", id="integer"),
        pytest.param(typed("x", "xsd:integer"), '"x"^^xsd:integer', id="no integer"),
        pytest.param(typed("true", "xsd:boolean"), "true", id="boolean"),
        pytest.param(typed("1", "xsd:boolean"), '"1"^^xsd:boolean', id="boolean as a digit"),
        pytest.param(typed("2024-03-05", "xsd:date"), '"2024-03-05"^^xsd:date', id="date"),
        pytest.param(typed('["]"]', "rdf:JSON"), '"[\\"]\\"]"^^rdf:JSON', id="JSON"),
        pytest.param(typed("x", "https://x.example/t"), '"x"^^<https://x.example/t>', id="other"),
        pytest.param(Literal("CB CAFÉ"), '"CB CAFÉ"', id="text"),
        pytest.param(Literal('a"b\\c\nd'), '"a\\"b\\\\c\\nd"', id="text with marks"),
        pytest.param(Literal("loyer", language="fr"), '"loyer"@fr', id="text in a language"),
        pytest.param(node("sdc:card"), "sdc:card", id="prefixed name"),
        pytest.param(NamedNode(f"{HERE}#b~1"), "<#b~1>", id="name of this document"),
        pytest.param(NamedNode(f"{HERE}"), f"<{HERE}>", id="this document"),
        pytest.param(
            NamedNode("https://w3id.org/selfdata/codes#a/b"),
            "<https://w3id.org/selfdata/codes#a/b>",
            id="no prefixed name",
        ),
        pytest.param(NamedNode("https://x.example/é"), "<https://x.example/é>", id="other IRI"),
    ],
)
def test_a_value_is_written_in_its_short_form(value, written):
    assert line(value) == f"<#a> sd:amount {written} ."


def test_a_subject_is_one_block_with_its_type_first():
    subject, other = NamedNode(f"{HERE}#a"), NamedNode("https://x.example/#it")
    graph = frozenset(
        {
            Triple(subject, node("sd:sourceLabel"), Literal("b")),
            Triple(subject, node("sd:sourceLabel"), Literal("a")),
            Triple(subject, node("as:name"), Literal("n")),
            Triple(subject, node("rdf:type"), node("sd:BankTransaction")),
            Triple(other, node("https://x.example/p"), subject),
        }
    )
    assert turtle(nodes_of(graph), HERE).decode() == (
        "@prefix sd: <https://w3id.org/selfdata/ns#> .\n"
        "@prefix as: <https://www.w3.org/ns/activitystreams#> .\n"
        "\n"
        "<#a> a sd:BankTransaction ;\n"
        '    as:name "n" ;\n'
        '    sd:sourceLabel "a", "b" .\n'
        "\n"
        "<https://x.example/#it> <https://x.example/p> <#a> .\n"
    )


def test_blank_nodes_of_others_stay():
    node_ = BlankNode("x")
    graph = frozenset({Triple(node_, node("sd:line"), BlankNode("y"))})
    assert turtle(nodes_of(graph), HERE) == (
        b"@prefix sd: <https://w3id.org/selfdata/ns#> .\n\n_:x sd:line _:y .\n"
    )


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
objects = st.one_of(
    texts.map(Literal),
    texts.map(lambda text: typed(text, "xsd:decimal")),
    texts.map(lambda text: typed(text, "rdf:JSON")),
    st.integers().map(lambda number: typed(str(number), "xsd:integer")),
    st.sampled_from([node("sdc:card"), NamedNode(f"{HERE}#x"), NamedNode("https://x.example/")]),
)
graphs = st.frozensets(
    st.builds(
        Triple,
        st.sampled_from([NamedNode(f"{HERE}#{n}") for n in "abc"]),
        st.sampled_from([node("rdf:type"), node("sd:amount"), node("schema:name")]),
        objects,
    ),
    max_size=12,
)


@calm
@given(graphs)
def test_what_is_written_is_read_again(graph):
    assert read(turtle(nodes_of(graph), HERE)) == graph


@calm
@given(graphs)
def test_the_same_triples_are_the_same_bytes(graph):
    assert turtle(nodes_of(sorted(graph, key=str)), HERE) == turtle(nodes_of(graph), HERE)
