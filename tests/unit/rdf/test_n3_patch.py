"""N3 Patch documents: what they say, and the constraints that each of them keeps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pod.problems import Malformed, Unprocessable
from pod.rdf.match import blank_nodes_of, variables_of
from pod.rdf.n3_patch import read_n3_patch
from pod.rdf.patch import NOTHING
from vocab.graph import Literal, NamedNode

BASE = "https://pod.example/ana/notes/one"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = """@prefix solid: <http://www.w3.org/ns/solid/terms#>.
@prefix ex: <http://v.example/>.
"""
IS_PATCH = "a solid:InsertDeletePatch"


def read(text):
    (step,) = read_n3_patch(PREFIXES + text, BASE).steps
    return step


def said(patterns):
    """Patterns as text, so that variables can be compared by whether they are the same."""
    names = {}
    rows = sorted(patterns, key=lambda pattern: [str(node) for node in pattern])
    return {
        tuple(
            names.setdefault(node, f"?{len(names)}")
            if node in variables_of(patterns)
            else str(node)
            for node in row
        )
        for row in rows
    }


def iri(text):
    return f"<{text}>"


@pytest.mark.spec("Solid Protocol §5.3.1 #n3-patch-example")
def test_the_example_of_the_specification():
    step = read("""
        _:rename a solid:InsertDeletePatch;
          solid:where   { ?person ex:familyName "Garcia". };
          solid:inserts { ?person ex:givenName "Alex". };
          solid:deletes { ?person ex:givenName "Claudia". }.
    """)
    name = iri("http://v.example/givenName")
    assert said(step.where) == {("?0", iri("http://v.example/familyName"), '"Garcia"')}
    assert said(step.inserts) == {("?0", name, '"Alex"')}
    assert said(step.deletes) == {("?0", name, '"Claudia"')}
    assert variables_of(step.inserts) == variables_of(step.where) == variables_of(step.deletes)
    assert (step.once, step.strict) == (True, True)


@pytest.mark.spec("Practice N3-19")
def test_the_vector_of_the_most_used_library():
    step = read("""
        @prefix unused: <http://unused.example/>.
        _:patch
          solid:where { ?s ex:p ?o . };
          solid:deletes { ?s ex:p ?o . };
          solid:inserts { <#me> ex:q _:n1 . _:n1 ex:r "x" . };
          a solid:InsertDeletePatch .
    """)
    assert (len(step.where), len(step.deletes), len(step.inserts)) == (1, 1, 2)
    assert len(blank_nodes_of(step.inserts)) == 1


@pytest.mark.spec("Practice N3-18")
@pytest.mark.spec("Solid Protocol §5.3.1 #server-patch-n3-patch-identifier")
@pytest.mark.parametrize("subject", ["<>", "_:p", "[]", "<#patch>", "<https://x.example/>", "ex:p"])
def test_a_patch_is_named_by_an_iri_or_a_blank_node(subject):
    step = read(f"{subject} {IS_PATCH} ; solid:inserts {{ <> ex:p <#it> }} .")
    assert said(step.inserts) == {(iri(BASE), iri("http://v.example/p"), iri(BASE + "#it"))}


@pytest.mark.spec("Solid Protocol §5.3.1 #server-patch-n3-default")
@pytest.mark.parametrize(
    "formulas",
    ["", "; solid:inserts {}", "; solid:where {} ; solid:deletes {  } ; solid:inserts { # none\n}"],
)
def test_what_is_not_there_is_empty(formulas):
    step = read(f"<> {IS_PATCH} {formulas} .")
    assert step.where | step.deletes | step.inserts == NOTHING


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("01", Literal("01", datatype=NamedNode(XSD + "integer")), id="integer"),
        pytest.param("+5.10", Literal("+5.10", datatype=NamedNode(XSD + "decimal")), id="decimal"),
        pytest.param("1e0", Literal("1e0", datatype=NamedNode(XSD + "double")), id="double"),
        pytest.param("true", Literal("true", datatype=NamedNode(XSD + "boolean")), id="boolean"),
        pytest.param(
            '"1"^^<http://x.example/t>',
            Literal("1", datatype=NamedNode("http://x.example/t")),
            id="typed",
        ),
        pytest.param('"été"@fr', Literal("été", language="fr"), id="language"),
        pytest.param("'?x {y} # z'", Literal("?x {y} # z"), id="what looks like marks"),
        pytest.param('"""a "?x" \n{"""', Literal('a "?x" \n{'), id="long string"),
        pytest.param("'''it's \\'''?x{'''", Literal("it's '''?x{"), id="long string with escape"),
        pytest.param("<http://x.example/?x={1}>", None, id="no IRI"),
        pytest.param("<http://x.example/?x=1#y>", NamedNode("http://x.example/?x=1#y"), id="query"),
        pytest.param("ex:a\\?b", NamedNode("http://v.example/a?b"), id="escaped name"),
        pytest.param("ex:a.b-c", NamedNode("http://v.example/a.b-c"), id="name"),
    ],
)
def test_terms_are_those_of_turtle(text, expected):
    document = f"<> {IS_PATCH} ; solid:inserts {{ <> ex:p {text} # ?y {{\n }} ."
    if expected is None:
        with pytest.raises(Malformed):
            read(document)
    else:
        ((_, _, value),) = read(document).inserts
        assert value == expected


def test_lists_and_brackets_become_blank_nodes():
    step = read(f"<> {IS_PATCH} ; solid:inserts {{ <> ex:p ( 1 [ ex:q 2 ] ) }} .")
    assert len(step.inserts) == 6
    assert len(blank_nodes_of(step.inserts)) == 3


@pytest.mark.parametrize("name", ["x", "x-y", "été", "_1", "9", "日本"])
def test_variables_may_have_any_name(name):
    where = f"{{ ?{name} ex:p ?other }}"
    step = read(f"<> {IS_PATCH} ; solid:where {where} ; solid:deletes {{ ?{name} ex:p 1 }} .")
    assert len(variables_of(step.where)) == 2
    assert variables_of(step.deletes) < variables_of(step.where)


def row(number, anchor, what, text):
    mark = pytest.mark.spec(f"Solid Protocol §5.3.1 #server-patch-n3-{anchor}")
    return pytest.param(text, id=f"{number} {what}", marks=mark)


def patch(*parts):
    return f"_:a {IS_PATCH} ; {' ; '.join(parts)} ."


SOME = "{ <> ex:p 1 }"
PARTS = ("inserts", "deletes", "where")
NO_FORMULAS = ("<#x>", '"x"', "[]", "_:x", "( <> )", "?x")
CONSTRAINTS = [
    row("N3-01", "single", "nothing", ""),
    row("N3-01", "single", "another statement", "<> a ex:Patch ."),
    row("N3-01", "single", "two patches", f"<#a> {IS_PATCH} . <#b> {IS_PATCH} ."),
    row("N3-01", "single", "two names", f"<#a> {IS_PATCH} . <#b> solid:inserts {SOME} ."),
    row("N3-01", "single", "a second type", f"<#a> {IS_PATCH} . <#b> a solid:Patch ."),
    row("N3-01", "patch-identifier", "a variable", f"?a {IS_PATCH} ; solid:inserts {SOME} ."),
    row("N3-01", "patch-identifier", "a formula", f"{SOME} {IS_PATCH} ."),
    row("N3-02", "simple-type", "no type", f"<> solid:inserts {SOME} ."),
    row("N3-02", "simple-type", "general type", f"<> a solid:Patch ; solid:inserts {SOME} ."),
    row("N3-02", "simple-type", "older", f"<> solid:patches <> ; solid:inserts {SOME} ."),
    *(row("N3-03", part, f"two {part}", patch(f"solid:{part} {SOME}, {SOME}")) for part in PARTS),
    row("N3-03", "inserts", "two that are empty", patch("solid:inserts {}, {}")),
    *(
        row("N3-04", "formulae", f"{value} for {part}", patch(f"solid:{part} {value}"))
        for part in PARTS
        for value in (*NO_FORMULAS, "{ <> ex:p { <> ex:p 1 } }", "{ <> ex:p {} }")
    ),
    row("N3-04", "formulae", "a rule", patch("solid:where { {} => {} }")),
    row("N3-04", "formulae", "no triple", patch("solid:inserts { 1 ex:p 2 }")),
    row("N3-05", "variables", "inserted", patch("solid:inserts { ?a ex:p 1 }")),
    row("N3-05", "variables", "deleted", patch("solid:deletes { ?a ex:p 1 }")),
    row(
        "N3-05",
        "variables",
        "one of two",
        patch("solid:where { ?a ex:p 1 }", "solid:inserts { ?a ex:p ?b }"),
    ),
    *(
        row("N3-06", "blank-nodes", f"{node} goes", patch(f"solid:deletes {{ <> ex:p {node} }}"))
        for node in ("_:x", "[]", "[ ex:p 1 ]", "( 1 )")
    ),
    row(
        "N3-08",
        "blank-nodes-syntax",
        "of the conditions",
        patch("solid:where { _:x ex:p 1 }", "solid:inserts { _:x ex:p 2 }"),
    ),
    row("N3-08", "blank-nodes-syntax", "of the patch", patch("solid:inserts { _:a ex:p 2 }")),
    row("N3-08", "blank-nodes-syntax", "of both", patch("solid:where { _:a ex:p 2 }")),
    row(
        "N3-08",
        "blank-nodes-syntax",
        "of another statement",
        patch("solid:inserts { _:x ex:p 2 }") + " <#other> ex:q _:x .",
    ),
    row(
        "N3-08",
        "blank-nodes-syntax",
        "of another formula",
        patch("solid:inserts { _:x ex:p 2 }") + " <#other> ex:q { _:x ex:p 2 } .",
    ),
]


@pytest.mark.spec("Solid Protocol §5.3.1 #server-patch-n3-invalid")
@pytest.mark.parametrize("text", CONSTRAINTS)
def test_what_is_against_a_constraint_is_unprocessable(text):
    with pytest.raises(Unprocessable) as caught:
        read(text)
    assert not str(caught.value).endswith(".")


@pytest.mark.spec("Practice N3-07")
@pytest.mark.parametrize("node", ["_:x", "[]", "[ ex:p 1 ]", "( 1 )"])
def test_blank_nodes_may_be_inserted_and_looked_for(node):
    assert blank_nodes_of(read(patch(f"solid:inserts {{ <> ex:p {node} }}")).inserts)
    assert blank_nodes_of(read(patch(f"solid:where {{ <> ex:p {node} }}")).where)


@pytest.mark.spec("Practice N3-09")
@pytest.mark.parametrize(
    "other",
    [
        "<#other> ex:q ( 1 2 ) .",
        "<#other> ex:q { <> ex:p { <> ex:q ?x } } .",
        "{ ?x a ex:A } => { ?x a ex:B } .",
        "_:other ex:q _:other .",
    ],
)
def test_what_is_not_about_the_patch_is_passed_over(other):
    step = read(f"{patch(f'solid:inserts {SOME}')} {other}")
    assert len(step.inserts) == 1
    assert not step.where
    assert not step.deletes


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("<> a", 3, id="unfinished"),
        pytest.param("\n\n<> ex:p ) .", 5, id="bracket"),
        pytest.param("<> solid:inserts { <> ex:p ?x .", 3, id="open formula"),
        pytest.param("<> ex:p unknown:x .", 3, id="prefix"),
        pytest.param('<> ex:p "x', 3, id="open string"),
        pytest.param("@forAll :x . <> ex:p 1 .", 3, id="quantifier"),
        pytest.param("<< <> ex:p 1 >> ex:q 2 .", 3, id="quoted triple"),
        pytest.param('{"a": 1}', 3, id="another format"),
    ],
)
def test_what_is_no_n3_is_malformed_and_said_where(text, line):
    with pytest.raises(Malformed, match=f"line {line}:"):
        read(text)


@pytest.mark.parametrize("mark", ["{", "[", "(", "<a>!", "<a>^", "_:x <p> "])
def test_depth_ends_nothing(mark):
    with pytest.raises((Malformed, Unprocessable)):
        read_n3_patch(f"<> <http://v.example/p> {mark * 20_000}", BASE)


PIECES = st.sampled_from(
    [
        *("<>", "<#a>", "_:a", "?a", "?b", "ex:p", "a", "solid:where", "solid:inserts"),
        *("solid:deletes", "solid:InsertDeletePatch", "1", '"x"', "'''", '"', "{", "}", "[", "]"),
        *(
            "(",
            ")",
            ".",
            ";",
            ",",
            "\\",
            "#",
            "\n",
            "=>",
            "<=",
            "=",
            "!",
            "^",
            "<<",
            ">>",
            "\ud7ff",
        ),
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_whatever_is_sent_is_a_patch_or_a_problem(text):
    try:
        steps = read_n3_patch(PREFIXES + text, BASE).steps
    except (Malformed, Unprocessable):
        return
    assert len(steps) == 1
