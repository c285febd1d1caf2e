"""SPARQL Update as a patch: the forms that are taken, and everything else refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pod.problems import Malformed, Unprocessable
from pod.rdf.match import blank_nodes_of, variables_of
from pod.sparql.update import MAX_OPERATIONS, MAX_PROLOGUE, read_single_match, read_update

BASE = "https://pod.example/ana/notes/one"
ONE = "<> <http://v.example/p> 1"


def read(text):
    return read_update(text, BASE).steps


def parts(step):
    """How many patterns each part of a step has."""
    return len(step.where), len(step.deletes), len(step.inserts)


def said(patterns):
    return {tuple(map(str, pattern)) for pattern in patterns}


@pytest.mark.spec("Practice SPQ-02")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" # nothing\n", [], id="a comment"),
        pytest.param("PREFIX ex: <http://v.example/>", [], id="a prefix"),
        pytest.param(f"INSERT DATA {{ {ONE} }}", [(0, 0, 1)], id="insert"),
        pytest.param(f"insert data{{{ONE}.}};", [(0, 0, 1)], id="in small letters, with ends"),
        pytest.param("INSERT DATA {}", [(0, 0, 0)], id="insert nothing"),
        pytest.param(f"DELETE DATA {{ {ONE} }}", [(0, 1, 0)], id="delete"),
        pytest.param(
            f"DELETE DATA {{ {ONE} }};  INSERT DATA {{ {ONE}, 2 . }};",
            [(0, 1, 0), (0, 0, 2)],
            id="as one client sends it",
        ),
        pytest.param(
            "INSERT DATA { <#a> <#b> <#c> .\n<#a> <#b> 'd' .\n }\n ; DELETE DATA {}",
            [(0, 0, 2), (0, 0, 0)],
            id="as another does",
        ),
        pytest.param("DELETE WHERE { ?s <#p> ?o . }", [(1, 1, 0)], id="delete where"),
        pytest.param("DELETE { ?s <#p> 1 } WHERE { ?s <#p> ?o }", [(1, 1, 0)], id="delete some"),
        pytest.param("INSERT { ?s <#q> 1 } WHERE { ?s <#p> ?o }", [(1, 0, 1)], id="insert some"),
        pytest.param(
            "DELETE { ?s <#p> ?o } INSERT { ?s <#q> ?o, [] } WHERE { ?s <#p> ?o ; a <#A> }",
            [(2, 1, 2)],
            id="change",
        ),
        pytest.param(
            "PREFIX a: <#> INSERT DATA { a:x a a:X } ; PREFIX a: <http://v.example/> "
            "PREFIX b: <#> DELETE DATA { a:x b:y () }",
            [(0, 0, 1), (0, 1, 0)],
            id="prefixes on the way",
        ),
    ],
)
def test_each_form_becomes_a_step(text, expected):
    assert [parts(step) for step in read(text)] == expected


@pytest.mark.spec("Practice SPQ-05")
def test_only_what_is_deleted_as_data_must_be_there():
    forms = ["DELETE DATA {}", "INSERT DATA {}", "DELETE WHERE {}", "DELETE {} WHERE {}"]
    assert [step.strict for step in read(";".join(forms))] == [True, False, False, False]
    assert not any(step.once for step in read(";".join(forms)))


@pytest.mark.spec("Practice SPQ-07")
@pytest.mark.parametrize(
    ("text", "subject"),
    [
        pytest.param("INSERT DATA { <> a <#A> }", BASE, id="the target"),
        pytest.param("INSERT DATA { <#it> a <#A> }", BASE + "#it", id="part of it"),
        pytest.param("INSERT DATA { <../x> a <#A> }", "https://pod.example/ana/x", id="another"),
        pytest.param(
            "BASE <../> INSERT DATA { <x> a <#A> }", "https://pod.example/ana/x", id="BASE"
        ),
        pytest.param(
            "PREFIX ex: <#> INSERT DATA { ex:a\\.b a <#A> }", BASE + "#a.b", id="a relative prefix"
        ),
        pytest.param(
            "base <http://v.example/> prefix : <a#> insert data { :b a <#A> }",
            "http://v.example/a#b",
            id="both",
        ),
    ],
)
def test_iris_are_relative_to_the_target(text, subject):
    ((found, _, _),) = read(text)[0].inserts
    assert found.value == subject


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("01", '"01"^^<http://www.w3.org/2001/XMLSchema#integer>', id="number"),
        pytest.param("'a {?x} # b'", '"a {?x} # b"', id="what looks like marks"),
        pytest.param('"""a "b" }"""', '"a \\"b\\" }"', id="long"),
        pytest.param("'it\\'s'", '"it\'s"', id="escaped"),
        pytest.param("'\\u00e9\\n'", '"é\\n"', id="codepoint"),
        pytest.param("'x' # }\n", '"x"', id="comment"),
        pytest.param("<http://x.example/a?x#y>", "<http://x.example/a?x#y>", id="query"),
        pytest.param("<a>.", "<https://pod.example/ana/notes/a>", id="full stop"),
    ],
)
def test_terms_are_those_of_sparql(value, expected):
    ((_, _, found),) = read(f"INSERT DATA {{ <> <#p> {value} }}")[0].inserts
    assert str(found) == expected


def test_a_variable_is_the_same_in_all_blocks_and_in_both_spellings():
    (step,) = read("DELETE { ?a <#p> $b } INSERT { ?b <#p> ?a } WHERE { $a <#p> ?b }")
    assert step.where == step.deletes
    assert variables_of(step.inserts) == variables_of(step.where)
    assert said(step.inserts) != said(step.where)


def test_blank_nodes_may_be_inserted_and_looked_for():
    (step,) = read("INSERT { <> <#p> _:new } WHERE { <> <#p> [] }")
    assert blank_nodes_of(step.inserts)
    assert blank_nodes_of(step.where)


@pytest.mark.spec("Practice SPQ-03")
@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("LOAD <http://x.example/>", "LOAD", id="load"),
        pytest.param("LOAD SILENT <http://x.example/> INTO GRAPH <>", "LOAD", id="load silently"),
        pytest.param("CLEAR ALL", "CLEAR", id="clear"),
        pytest.param("CREATE GRAPH <>", "CREATE", id="create"),
        pytest.param("DROP DEFAULT", "DROP", id="drop"),
        pytest.param("COPY <a> TO <b>", "COPY", id="copy"),
        pytest.param("MOVE <a> TO <b>", "MOVE", id="move"),
        pytest.param("ADD <a> TO <b>", "ADD", id="add"),
        pytest.param("WITH <a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH", id="with"),
        pytest.param("INSERT { ?s ?p 1 } USING <a> WHERE { ?s ?p ?o }", "USING", id="using"),
        pytest.param("INSERT { } USING NAMED <a> WHERE { }", "USING", id="using named"),
        pytest.param("INSERT DATA { GRAPH <a> { <> a <#A> } }", "GRAPH", id="data of a graph"),
        pytest.param("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", "GRAPH", id="where in a graph"),
        pytest.param("INSERT {} WHERE { SERVICE <http://x.example/> {} }", "groups", id="service"),
        pytest.param("INSERT {} WHERE { SERVICE SILENT ?x {} }", "groups", id="any service"),
        pytest.param("INSERT {} WHERE { OPTIONAL { ?s ?p 1 } }", "groups", id="optional"),
        pytest.param("INSERT {} WHERE { {} UNION {} }", "groups", id="union"),
        pytest.param("INSERT {} WHERE { { SELECT * WHERE {} } }", "groups", id="subquery"),
        pytest.param("DELETE {} WHERE { ?s ?p ?o FILTER(?o > 1) }", "FILTER", id="filter"),
        pytest.param("DELETE {} WHERE { ?s ?p ?o . filter isBlank(?o) }", "FILTER", id="small"),
        pytest.param("DELETE {} WHERE { BIND(1 AS ?x) }", "BIND", id="bind"),
        pytest.param("DELETE {} WHERE { VALUES ?x { 1 } }", "groups", id="values"),
    ],
)
def test_what_is_more_than_a_patch_is_refused(text, word):
    with pytest.raises(Unprocessable, match=word):
        read(text)
    with pytest.raises(Unprocessable, match=word):
        read(f"INSERT DATA {{ {ONE} }} ; {text}")


@pytest.mark.spec("Practice SPQ-07")
@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param("SELECT * WHERE { ?s ?p ?o }", "is not one of", id="a query"),
        pytest.param("INSERT { } ", "is not one of", id="half a form"),
        pytest.param("DELETE INSERT DATA { }", "is not one of", id="two words"),
        pytest.param("INSERT DATA { } INSERT DATA { }", "is not one of", id="no semicolon"),
        pytest.param("INSERT DATA { } <a>", "is not one of", id="something behind"),
        pytest.param("PREFIX", "is not one of", id="half a prefix"),
        pytest.param("WHERE { ?s ?p ?o } DELETE { ?s ?p ?o }", "is not one of", id="other order"),
        pytest.param("INSERT DATA { <> a <#A>", "not closed", id="open"),
        pytest.param("INSERT DATA { } }", "not opened", id="closed twice"),
        pytest.param("}", "not opened", id="closed"),
        pytest.param("INSERT DATA { <> a }", "line 1", id="no object"),
        pytest.param("INSERT DATA {\n<> a <#A> .\n<> b }", "line 3", id="on a line"),
        pytest.param("\nINSERT DATA {};\n\nINSERT DATA { <> }", "line 4", id="of a later form"),
        pytest.param("INSERT DATA { ex:a a ex:b }", "prefix ex:", id="prefix"),
        pytest.param("INSERT DATA { 1 a <#A> }", "line 1", id="a literal with a property"),
        pytest.param("INSERT DATA { <> <#p>/<#q> 1 }", "line 1", id="a path"),
        pytest.param("INSERT DATA { <> a 'x }", "not closed|line 1", id="open string"),
        pytest.param("INSERT DATA { ?s a <#A> }", "no variables", id="variable in data"),
        pytest.param("DELETE DATA { <> ?p 1 }", "no variables", id="variable in deleted data"),
        pytest.param("DELETE DATA { <> a [] }", "no blank nodes", id="blank node in data"),
        pytest.param("DELETE WHERE { ?s a _:x }", "no blank nodes", id="blank node in delete"),
        pytest.param("DELETE { _:x a ?s } WHERE { ?s a 1 }", "no blank nodes", id="in a template"),
        pytest.param("INSERT DATA { <> a <<( <> a 1 )>> }", "RDF 1.1", id="quoted"),
        pytest.param("INSERT DATA { << <> a 1 >> a 1 }", "RDF 1.1", id="reified"),
        pytest.param("INSERT DATA { <> a " + "<<( <> a " * 600, "RDF 1.1|not closed", id="deep"),
        pytest.param("INSERT DATA { <> a " + "<<( <> a " * 600 + "}", "RDF 1.1", id="deep quoted"),
        pytest.param("INSERT DATA { <> a '\\ud800' }", "no character", id="surrogate"),
        pytest.param("INSERT DATA @ { }", "cannot be read", id="no token"),
    ],
)
def test_what_is_no_update_is_malformed(text, what):
    with pytest.raises(Malformed, match=what):
        read(text)


@pytest.mark.spec("Practice SPQ-06")
def test_of_a_single_match_every_step_must_match_once():
    text = f"INSERT DATA {{ {ONE} }}; DELETE {{ ?s <#p> 1 }} WHERE {{ ?s <#p> ?o }}"
    steps = read_single_match(text, BASE).steps
    assert [parts(step) for step in steps] == [parts(step) for step in read(text)]
    assert all(step.once and step.strict for step in steps)


def test_the_work_is_bounded():
    assert len(read("INSERT DATA {};" * MAX_OPERATIONS)) == MAX_OPERATIONS
    with pytest.raises(Unprocessable, match="one block"):
        read("INSERT DATA {};" * (MAX_OPERATIONS + 1))
    with pytest.raises(Unprocessable, match="few prefixes"):
        read("PREFIX a: <> " * (MAX_PROLOGUE // 12))


@pytest.mark.parametrize("mark", ["[", "(", "[ <#p> ", "( ("])
def test_depth_ends_nothing(mark):
    with pytest.raises(Malformed):
        read(f"INSERT DATA {{ <> <#p> {mark * 20_000} }}")


PIECES = st.sampled_from(
    [
        *("INSERT", "DELETE", "DATA", "WHERE", "{", "}", ";", ".", "<>", "<#a>", "?a", "_:a", "a"),
        *("1", '"x"', "'''", '"', "[", "]", "(", ")", ",", "\\", "#", "\n", "GRAPH", "FILTER"),
        *("PREFIX", "ex:", "BASE", "WITH", "^", "/", "<<", "\ud7ff"),
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_whatever_is_sent_is_a_patch_or_a_problem(text):
    try:
        steps = read(text)
    except (Malformed, Unprocessable):
        return
    assert len(steps) <= text.count("{")
