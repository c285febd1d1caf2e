"""What a query may run on, read from its text and its request."""

import pytest
from pyoxigraph import Store

from pod.problems import Malformed
from pod.sparql.dataset import Form, restrict
from pod.sparql.request import Query

BASE = "https://ana.example/sparql"
ROOT = "https://ana.example/"
PREFIXES = f"PREFIX ex: <{ROOT}> PREFIX : <{ROOT}x/> "


def plan(text, default=(), named=()):
    return restrict(
        Query(
            text=text,
            base=BASE,
            default_graphs=frozenset(default),
            named_graphs=frozenset(named),
        )
    )


def runs(text):
    """Whether the engine takes a text for a query."""
    try:
        Store().query(text, base_iri=BASE)
    except SyntaxError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "form"),
    [
        pytest.param("SELECT * {}", Form.SELECT, id="SELECT"),
        pytest.param("ask {}", Form.ASK, id="ASK"),
        pytest.param(
            "# first\nBASE <http://x/> prefix a: <b>\nCONSTRUCT {} WHERE {}", Form.CONSTRUCT, id="C"
        ),
        pytest.param("PREFIX : <http://x/> Describe :a", Form.DESCRIBE, id="DESCRIBE"),
    ],
)
def test_the_form_is_the_first_word_after_the_prologue(text, form):
    found = plan(text)
    assert found.form is form
    assert found.base == BASE
    assert runs(found.text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("# only a comment", id="comment"),
        pytest.param("{ ?s ?p ?o }", id="no-word"),
        pytest.param("PREFIX ex <http://x/> ASK {}", id="prefix-without-colon"),
        pytest.param("PREFIX ex:", id="prefix-without-iri"),
        pytest.param("BASE", id="base-without-iri"),
        pytest.param("INSERT DATA { <a> <b> <c> }", id="INSERT"),
        pytest.param("PREFIX ex: <http://x/> delete where { ?s ?p ?o }", id="DELETE"),
        pytest.param("WITH <a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", id="WITH"),
        pytest.param("LOAD <http://other.example/>", id="LOAD"),
        pytest.param("SELECT * { foo:a ?p ?o }", id="undeclared-prefix"),
        pytest.param("SELECT * { ?s ?p ?o LATERAL { ?s ?p ?o } }", id="word-of-no-SPARQL-1.1"),
        pytest.param("SELECT * { A ?p ?o }", id="a-is-small"),
        pytest.param("SELECT * FROM ?g { ?s ?p ?o }", id="FROM-a-variable"),
        pytest.param("SELECT * FROM NAMED ?g { ?s ?p ?o }", id="FROM-NAMED-a-variable"),
        pytest.param("SELECT * { ~ }", id="not-SPARQL"),
    ],
)
def test_what_is_no_query_that_we_run_is_refused(text):
    with pytest.raises(Malformed):
        plan(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("SELECT * { SERVICE <http://other.example/> { ?s ?p ?o } }", id="plain"),
        pytest.param("SELECT * { service silent ex:a { ?s ?p ?o } }", id="silent"),
        pytest.param("SELECT * { SERVICE ?s { ?s ?p ?o } }", id="computed"),
        pytest.param("SELECT * { { SELECT * { SERVICE<a>{} } } }", id="in-a-sub-select"),
        pytest.param("SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <a> {} } }", id="in-EXISTS"),
        pytest.param("SELECT * { ?s ex:a\\# ?o . SERVICE <a> {}\n}", id="behind-an-escaped-hash"),
        pytest.param("SELECT * { ?s <a#> ?o . SERVICE <a> {}\n}", id="behind-a-hash-in-an-iri"),
        pytest.param("SELECT * { ?s ?p '#' . SERVICE <a> {}\n}", id="behind-a-hash-in-a-string"),
        pytest.param("SELECT * { ?s ?p '''\\''' # ''' . SERVICE <a> {} }", id="long-string"),
        pytest.param("SELECT * { #\rSERVICE <a> {}\n}", id="behind-a-comment-that-ends-at-CR"),
        pytest.param("SELECT * { \\u0053ERVICE <a> {} }", id="escaped"),
        pytest.param("SELECT * { \\U00000053ERVICE <a> {} }", id="escaped-long"),
        pytest.param("SELECT * { \\u005Cu0053ERVICE <a> {} }", id="escaped-twice"),
        pytest.param("SELECT * { SERVICESILENT<a>{} }", id="without-a-space"),
        pytest.param("SELECT * { ?s ?p 1SERVICE<a>{} }", id="glued-to-a-number"),
        pytest.param("SELECT * { SERVICEex:a {} }", id="glued-to-a-prefix"),
    ],
)
def test_no_spelling_of_SERVICE_is_let_through(text):  # noqa: N802 - the keyword
    with pytest.raises(Malformed):
        plan(PREFIXES + text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("SELECT * { SERVICEex:a { ?s ?p ?o } }", id="a-declared-prefix-that-is-glued"),
        pytest.param("SELECT * { SERVICE:a { ?s ?p ?o } }", id="a-prefix-named-for-the-word"),
        pytest.param("SELECT * { ex:SERVICE <a> { ?s ?p ?o } }", id="a-local-name"),
        pytest.param("SELECT * { ?s ?p ?SERVICE <a> { ?s ?p ?o } }", id="a-variable"),
        pytest.param("SELECT * { ?s ?p ''@enSERVICE <a> { ?s ?p ?o } }", id="a-language"),
        pytest.param("SELECT * { _:SERVICE <a> { ?s ?p ?o } }", id="a-blank-node"),
    ],
)
def test_the_engine_sees_no_SERVICE_in_what_is_let_through(text):  # noqa: N802 - the keyword
    prefixes = PREFIXES + "PREFIX SERVICE: <http://x/> PREFIX SERVICEex: <http://x/> "
    assert not runs(plan(prefixes + text).text)


def test_what_only_looks_like_SERVICE_is_let_through():  # noqa: N802 - the keyword
    text = "PREFIX SERVICE: <http://x/> SELECT ?SERVICE { ?SERVICE SERVICE:SERVICE 'SERVICE <a>' }"
    assert runs(plan(text).text)


@pytest.mark.spec("SPARQL 1.1 Query §13.2 #specifyingDataset")
@pytest.mark.parametrize(
    ("clauses", "default", "named"),
    [
        pytest.param("", None, set(), id="none"),
        pytest.param("FROM <a>", {ROOT + "a"}, set(), id="FROM"),
        pytest.param("FROM NAMED <a>", set(), {ROOT + "a"}, id="FROM-NAMED"),
        pytest.param(
            "FROM<a>from ex:b\\-c FROM named :d",
            {ROOT + "a", ROOT + "b-c"},
            {ROOT + "x/d"},
            id="both",
        ),
        pytest.param("FROM <http://other.example/>", {"http://other.example/"}, set(), id="far"),
        pytest.param("FROM <a> FROM <a>", {ROOT + "a"}, set(), id="twice"),
    ],
)
def test_the_clauses_of_the_text_name_the_dataset(clauses, default, named):
    found = plan(f"{PREFIXES}SELECT * {clauses} WHERE {{ ?s ?p ?o }}")
    assert found.default_graphs == default
    assert found.named_graphs == named


def test_relative_names_are_resolved_as_the_prologue_says():
    text = "BASE <http://x/y/> PREFIX ex: <z/> BASE <v/> SELECT * FROM ex:a FROM <b> FROM <> {}"
    assert plan(text).default_graphs == {"http://x/y/z/a", "http://x/y/v/b", "http://x/y/v/"}


def test_the_last_declaration_of_a_prefix_counts():
    text = "PREFIX ex: <http://x/> PREFIX ex: <http://y/> SELECT * FROM ex:a {}"
    assert plan(text).default_graphs == {"http://y/a"}


@pytest.mark.spec("SPARQL 1.1 Protocol §2.1.4 #dataset")
@pytest.mark.parametrize(
    ("default", "named"),
    [
        pytest.param({ROOT + "b"}, set(), id="default"),
        pytest.param(set(), {ROOT + "b"}, id="named"),
        pytest.param({ROOT + "b"}, {ROOT + "c"}, id="both"),
    ],
)
def test_the_dataset_of_the_request_overrides_the_text(default, named):
    found = plan("SELECT * FROM <a> FROM NAMED <d> { GRAPH ?g { ?s ?p ?o } }", default, named)
    assert found.default_graphs == default
    assert found.named_graphs == named


@pytest.mark.parametrize(
    ("pattern", "named"),
    [
        pytest.param("?s ?p ?o", set(), id="no-GRAPH"),
        pytest.param("GRAPH ?g { ?s ?p ?o }", None, id="any"),
        pytest.param("graph <a> { ?s ?p ?o }", {ROOT + "a"}, id="one"),
        pytest.param("GRAPH <a> {} GRAPH ex:b {}", {ROOT + "a", ROOT + "b"}, id="two"),
        pytest.param("GRAPH <a> {} { SELECT * { GRAPH $g {} } }", None, id="one-and-any"),
        pytest.param("?s ?p 'GRAPH ?g'", set(), id="in-a-string"),
    ],
)
def test_without_a_dataset_the_engine_is_told_only_what_GRAPH_names(  # noqa: N802 - the keyword
    pattern, named
):
    found = plan(f"{PREFIXES}SELECT * {{ {pattern} }}")
    assert found.default_graphs is None
    assert found.named_graphs == named


def test_the_engine_gets_the_text_with_its_lines_but_no_comments():
    text = "PREFIX ex: <http://x/> # a prefix\nSELECT * # all\r{ ex:a ex:b '#' }"
    found = plan(text).text
    assert found.count("\n") == 1
    assert "a prefix" not in found
    assert "'#'" in found
    assert runs(found)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "SELECT (COUNT(DISTINCT *) AS ?n) { ?s a ex:C; ex:p 1, 2.5, true }", id="count"
        ),
        pytest.param("SELECT * { ?s ex:a/^ex:b*|!(ex:c|^a)+/ex:d? ?o }", id="path"),
        pytest.param("SELECT * { ?s ?p ?o FILTER(?o<5&&?o > 3 ||?o!=-1) }", id="filter"),
        pytest.param("SELECT * { VALUES (?a ?b) { (ex:a UNDEF) (1e5 'x'@en-GB) } }", id="values"),
        pytest.param('SELECT * { ?s ?p \'a\'^^ex:t, """b\n""" . [] ex:p () }', id="literals"),
        pytest.param(
            "SELECT * { ?s ?p ?o MINUS { ?s a ?c } FILTER NOT EXISTS { ?s a ?d } }", id="m"
        ),
        pytest.param(
            "SELECT (GROUP_CONCAT(?o; SEPARATOR=', ') AS ?all) { ?s ?p ?o } "
            "GROUP BY ?s HAVING(COUNT(?o)>1) ORDER BY DESC(?s) LIMIT 1 OFFSET 1",
            id="group",
        ),
        pytest.param("CONSTRUCT { ?s ex:x _:b.c } WHERE { ?s ex:a\\,b ex:%41 }", id="construct"),
        pytest.param("SELECT * { BIND(IF(ISIRI(?a), ENCODE_FOR_URI('é'), NOW()) AS ?b) }", id="f"),
    ],
)
def test_the_engine_understands_what_it_gets_as_before(text):
    assert runs(PREFIXES + text)
    assert runs(plan(PREFIXES + text).text)


def test_bases_behind_bases_are_not_resolved_without_end():
    with pytest.raises(Malformed, match="bases"):
        restrict(Query(text="BASE <x/> " * 5000 + "ASK {}", base="https://pod.example/ana/"))
    plan = restrict(Query(text="BASE <x/> " * 50 + "ASK FROM <y> {}", base="https://pod.example/"))
    assert plan.default_graphs == {"https://pod.example/" + "x/" * 50 + "y"}
