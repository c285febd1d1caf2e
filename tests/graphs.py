"""Graphs and datasets as odd as RDF 1.1 lets them be, for tests of what must hold of all."""

from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, Quad

from vocab.graph import BlankNode, Literal, NamedNode, Triple

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

_NAMES = ["it", "li", "Description", "_1", "1", "a.b", "a-b", ".", "ID", "nil", "type", "x:y"]


def _iri(parts):
    try:
        return NamedNode("".join(parts))
    except ValueError:  # what the parts come to is none
        return None


iris = st.builds(
    _iri,
    st.tuples(
        st.sampled_from(
            [
                *("http://v.example/", "http://v.example", "https://pod.example/ana/notes/"),
                *("http://xmlns.com/foaf/0.1/", "urn:x:", "geo:", "foaf:", RDF, XSD, "tag:a,b:"),
                *("http://v.example/a/../b/./", "http://[::1]:80/", "http://u@v.example:81/"),
                "http://www.w3.org/XML/1998/namespace",
            ]
        ),
        st.one_of(
            st.sampled_from(_NAMES),
            st.text(alphabet="ab/é-.~1:@!$&'()*+,;=%_😀", max_size=5).map(
                lambda text: text.replace("%", "%C3%A9")
            ),
        ),
        st.sampled_from(["", "#", "#it", "?q=%20", "#a/b", "?a=b&amp;c"]),
    ),
).filter(bool)
blanks = st.sampled_from(["a", "b0", "c", "d-e"]).map(BlankNode)
texts = st.one_of(
    st.text(max_size=8),
    st.text(alphabet="\x00\x01\t\n\r \x85\u2028\ufeff\ufffe<&>\"'\\\\]@{}[]#", max_size=6),
    st.sampled_from(
        ["]]>", "<!--", "&amp;", '"""', "\r\n", "01", "true", "-0", "1e400", "\\u0041"]
    ),
)
tags = st.sampled_from(["fr", "fr-be", "EN-us", "zh-Hans-CN", "x-a", "de-1996"])
datatypes = st.one_of(
    iris,
    st.sampled_from(["integer", "boolean", "double", "decimal", "dateTime", "string"]).map(
        lambda name: NamedNode(XSD + name)
    ),
    st.sampled_from(["XMLLiteral", "JSON", "HTML"]).map(lambda name: NamedNode(RDF + name)),
)
literals = st.one_of(
    texts.map(Literal),
    st.builds(lambda text, tag: Literal(text, language=tag), texts, tags),
    st.builds(lambda text, kind: Literal(text, datatype=kind), texts, datatypes),
)
_properties = [RDF + name for name in ("type", "first", "rest")]
triples = st.builds(
    Triple,
    st.one_of(iris, blanks),
    st.one_of(iris, st.sampled_from(_properties).map(NamedNode)),
    st.one_of(iris, blanks, literals, st.just(NamedNode(RDF + "nil"))),
)


def _list(items, head):
    """A list of blank nodes, and what leads to it."""
    links = [BlankNode(f"l{number}") for number in range(len(items))]
    rests = [*links[1:], NamedNode(RDF + "nil")]
    yield Triple(NamedNode("http://v.example/s"), head, links[0])
    for link, item, rest in zip(links, items, rests, strict=True):
        yield Triple(link, NamedNode(RDF + "first"), item)
        yield Triple(link, NamedNode(RDF + "rest"), rest)


lists = st.builds(
    lambda items, head: frozenset(_list(items, head)),
    st.lists(st.one_of(iris, blanks, literals), min_size=1, max_size=3),
    iris,
)


@st.composite
def graphs(draw):
    graph = draw(st.frozensets(triples, max_size=6))
    return graph | draw(lists) if draw(st.booleans()) else graph


@st.composite
def datasets(draw):
    """A default graph, and some named ones; their blank nodes are the same."""
    named = draw(st.dictionaries(st.one_of(iris, blanks), graphs(), max_size=2))
    return frozenset(
        Quad(*triple, name)
        for name, graph in {DefaultGraph(): draw(graphs()), **named}.items()
        for triple in graph
    )


def default_of(quads):
    return frozenset(quad for quad in quads if isinstance(quad.graph_name, DefaultGraph))


def canonical(quads):
    """Quads or triples, whatever their blank nodes are called."""
    dataset = Dataset(quad if isinstance(quad, Quad) else Quad(*quad) for quad in quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(map(str, dataset))
