"""Where the statements of a Turtle document stand."""

import pytest

from pod.problems import Conflict
from pod.rdf.statements import read_document

BASE = "https://pod.example/ana/notes/one"


def split(text):
    """The statements of a text as they are written, and how many triples each has."""
    document = read_document(text, BASE)
    return [(text[s.begin : s.end], len(s.triples)) for s in document.statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param(" \n# nothing. here.", [], id="a comment"),
        pytest.param("@prefix ex: <#> . @base <x/> .", [], id="declarations"),
        pytest.param("PREFIX ex: <#> base <x/>", [], id="declarations of SPARQL"),
        pytest.param("<a> <b> <c>.", [("<a> <b> <c>.", 1)], id="one"),
        pytest.param("<a> <b> 1.5, .5, 2.e3 .", [("<a> <b> 1.5, .5, 2.e3 .", 3)], id="numbers"),
        pytest.param(
            "<a> <b> 1.<c> <d> 2.", [("<a> <b> 1.", 1), ("<c> <d> 2.", 1)], id="numbers at the end"
        ),
        pytest.param(
            "<a> <b> \"x. y\", 'x. y', \"\"\"x.\" y\"\"\", '''x.\n' y''' .",
            [("<a> <b> \"x. y\", 'x. y', \"\"\"x.\" y\"\"\", '''x.\n' y''' .", 4)],
            id="strings",
        ),
        pytest.param('<a> <b> "x\\". <c> " .', [('<a> <b> "x\\". <c> " .', 1)], id="escaped quote"),
        pytest.param("<a.b> <c.d> <http://e.f/. > ", None, id="no document"),
        pytest.param("<a.b> <c.d> <e.f> .", [("<a.b> <c.d> <e.f> .", 1)], id="IRIs"),
        pytest.param(
            "<a> <b> # c. d\n <c> # e. f\n . # g. h\n<d> <e> <f> .",
            [("<a> <b> # c. d\n <c> # e. f\n .", 1), ("<d> <e> <f> .", 1)],
            id="comments",
        ),
        pytest.param(
            "PREFIX ex: <http://v.example/> ex:a.b ex:c ex:d\\.e.ex:f..g ex:h ex:i.",
            None,
            id="a name goes on",
        ),
        pytest.param(
            "PREFIX ex: <http://v.example/> ex:a.b ex:c\\. ex:d%2e. ex:f..g ex:h ex:i.",
            [("ex:a.b ex:c\\. ex:d%2e.", 1), ("ex:f..g ex:h ex:i.", 1)],
            id="names",
        ),
        pytest.param("<a> <b> _:c.d._:e <f> _:g.", None, id="a label goes on"),
        pytest.param(
            "<a> <b> _:c.d. _:e <f> _:g.", [("<a> <b> _:c.d.", 1), ("_:e <f> _:g.", 1)], id="labels"
        ),
        pytest.param(
            "<a> <b> [ <c> ( 1 2 ) ] , true. [] <d> 'x'@en.",
            [("<a> <b> [ <c> ( 1 2 ) ] , true.", 7), ("[] <d> 'x'@en.", 1)],
            id="brackets",
        ),
        pytest.param("<a>a<b>.<c>a<d>.", [("<a>a<b>.", 1), ("<c>a<d>.", 1)], id="no white space"),
        pytest.param("<a> <b> 'x'^^<c>.", [("<a> <b> 'x'^^<c>.", 1)], id="datatype"),
        pytest.param(
            "@prefix prefix: <#> . prefix:a prefix:b 1 . @prefix base: <#> . base:a base:b 2 .",
            [("prefix:a prefix:b 1 .", 1), ("base:a base:b 2 .", 1)],
            id="prefixes that are called so",
        ),
    ],
)
def test_a_statement_ends_where_its_full_stop_is(text, expected):
    if expected is None:
        with pytest.raises(Conflict, match="cannot be read"):
            read_document(text, BASE)
    else:
        assert split(text) == expected


def test_what_is_declared_holds_from_there_on():
    document = read_document(
        "<a> <p> 1 . @prefix ex: <#> . <b> <p> 1 . BASE <sub/> PREFIX ex: <#> <c> <p> 1 .", BASE
    )
    sub = "https://pod.example/ana/notes/sub/"
    assert [(s.declared.base, dict(s.declared.prefixes)) for s in document.statements] == [
        (BASE, {}),
        (BASE, {"ex": BASE + "#"}),
        (sub, {"ex": sub + "#"}),
    ]
    assert document.declared == document.statements[2].declared


def test_what_a_document_calls_its_nodes():
    document = read_document("<a> <b> _:c.d, _:e . _:e <f> [] . # _:g, <h>", BASE)
    assert document.labels() >= {"c.d", "e"}
    assert document.references() >= {"<a>", "<b>", "<f>"}
