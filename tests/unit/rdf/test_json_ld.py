"""JSON-LD as it is written: expanded, with lists and graphs, and compacted by prefixes."""

import json

import pytest

from pod.rdf.formats import Form, Profile, RdfFormat
from pod.rdf.parse import parse
from pod.rdf.serialise import convert

BASE = "https://pod.example/ana/notes/one"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
V = "http://v.example/"
PREFIX = f"@prefix v: <{V}> . "


def written(text, profile=Profile.EXPANDED, stored=RdfFormat.TRIG):
    return json.loads(
        convert((PREFIX + text).encode(), stored, Form(RdfFormat.JSON_LD, profile), BASE)
    )


def test_one_object_has_what_is_said_of_a_node_with_its_types():
    found = written(
        f'<#x> v:p "plain", "fr"@fr, "1"^^<{XSD}integer>, <#y> ; a v:T, v:S . <#y> a "odd" .'
    )
    assert found == [
        {
            "@id": BASE + "#x",
            "@type": [V + "S", V + "T"],
            V + "p": [
                {"@type": XSD + "integer", "@value": "1"},
                {"@language": "fr", "@value": "fr"},
                {"@value": "plain"},
                {"@id": BASE + "#y"},
            ],
        },
        {"@id": BASE + "#y", RDF + "type": [{"@value": "odd"}]},
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param(
            '<> v:p ( "a" <#b> ) .', [{"@list": [{"@value": "a"}, {"@id": BASE + "#b"}]}], id="list"
        ),
        pytest.param("<> v:p () .", [{"@list": []}], id="empty"),
    ],
)
def test_a_list_is_written_as_one(text, values):
    (node,) = written(text)
    assert node[V + "p"] == values


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<> v:p _:l . <> v:q _:l . _:l rdf:first 1 ; rdf:rest () .", id="used twice"),
        pytest.param("_:l rdf:first 1 ; rdf:rest () .", id="not used"),
        pytest.param("<> v:p _:l . _:l rdf:first 1 ; rdf:rest () ; a rdf:List .", id="typed"),
        pytest.param("<> v:p _:l . _:l rdf:first 1, 2 ; rdf:rest () .", id="two firsts"),
        pytest.param("<> v:p <#l> . <#l> rdf:first 1 ; rdf:rest () .", id="with a name"),
        pytest.param("_:l rdf:first _:l ; rdf:rest () .", id="in itself"),
        pytest.param("<> v:p ( ( 1 ) ) .", id="in a list"),
        pytest.param("<> v:p _:l . <#g> { _:l rdf:first 1 ; rdf:rest () }", id="elsewhere"),
        pytest.param("<> v:p _:l . _:l rdf:first 1 ; rdf:rest () . _:l { <> v:q 1 }", id="a graph"),
        pytest.param(
            "<> v:p _:l . _:l rdf:first 1 ; rdf:rest () . <#g> { _:l v:q 1 }", id="known elsewhere"
        ),
    ],
)
def test_what_is_not_only_a_list_keeps_its_nodes(text):
    found = json.dumps(written(f"@prefix rdf: <{RDF}> . {text}"))
    assert RDF + "first" in found


def test_a_long_list_and_a_deep_one_are_written():
    (node,) = written(f"<> v:p ( {'1 ' * 5000}) .")
    assert len(node[V + "p"][0]["@list"]) == 5000
    deep = convert(
        (PREFIX + "<> v:p " + "( " * 3000 + ") " * 3000 + ".").encode(),
        RdfFormat.TURTLE,
        Form(RdfFormat.JSON_LD),
        BASE,
    )
    assert len(parse(deep, RdfFormat.JSON_LD, BASE)) == 2 * 2999 + 1


def test_a_named_graph_stands_in_the_object_of_its_name():
    found = written(
        "<> v:about <#g> . <#g> v:p 1 { } <#g> { <#a> v:p <#b> } _:h { <#c> v:p 2 }".replace(
            "{ } ", ". "
        )
    )
    by_id = {node["@id"]: node for node in found}
    assert by_id[BASE + "#g"]["@graph"] == [{"@id": BASE + "#a", V + "p": [{"@id": BASE + "#b"}]}]
    assert V + "p" in by_id[BASE + "#g"]
    (blank,) = (node for name, node in by_id.items() if name.startswith("_:"))
    assert blank.keys() == {"@id", "@graph"}


class TestCompacted:
    """By prefixes, where a document has no words of its own."""

    def test_one_node_stands_alone(self):
        found = written(
            '<#x> a v:T ; v:p 5, true, "x", 05, 1.5, "fr"@fr ; v:q ( 1 ) .', Profile.COMPACTED
        )
        values = found.pop("v:p")
        assert found == {
            "@context": {"v": V},
            "@id": BASE + "#x",
            "@type": "v:T",
            "v:q": {"@list": [1]},
        }
        assert sorted(map(json.dumps, values)) == [
            '"x"',
            "5",
            "true",
            '{"@language": "fr", "@value": "fr"}',
            f'{{"@type": "{XSD}decimal", "@value": "1.5"}}',
            f'{{"@type": "{XSD}integer", "@value": "05"}}',
        ]

    def test_several_stand_in_a_graph_and_named_graphs_in_them(self):
        found = written("<#a> v:p <#b> . <#g> { <#b> v:p <#c> }", Profile.COMPACTED)
        assert found == {
            "@context": {"v": V},
            "@graph": [
                {"@id": BASE + "#a", "v:p": {"@id": BASE + "#b"}},
                {"@id": BASE + "#g", "@graph": [{"@id": BASE + "#b", "v:p": {"@id": BASE + "#c"}}]},
            ],
        }

    def test_nothing_is_nothing(self):
        assert written("", Profile.COMPACTED) == {}

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("<v:x> v:p 1 .", id="a subject"),
            pytest.param("<> <v:x> 1 ; v:p 1 .", id="a property"),
            pytest.param("<> a <v:x>, v:T .", id="a type"),
            pytest.param('<> v:p "1"^^<v:x> .', id="a datatype"),
            pytest.param("<> v:p ( <v:x> ) .", id="in a list"),
            pytest.param("<> v:p 1 . <v:g> { <> v:p 1 }", id="a graph"),
            pytest.param("<> v:p 1 . <#g> { <> v:p <v:x> }", id="in a graph"),
        ],
    )
    def test_a_prefix_is_not_used_where_an_iri_begins_with_it(self, text):
        assert "v" not in written(text, Profile.COMPACTED).get("@context", {})

    @pytest.mark.parametrize("name", ["", "//x", ":x", "%41", "a/b"])
    def test_a_name_that_could_mean_something_else_is_written_in_full(self, name):
        found = written(f"<> <{V}{name}> 1 .", Profile.COMPACTED)
        assert found[V + name] == 1

    def test_a_document_without_prefixes_has_those_that_are_known(self):
        text = b'<urn:a> <http://xmlns.com/foaf/0.1/name> "A" .'
        form = Form(RdfFormat.JSON_LD, Profile.COMPACTED)
        found = json.loads(convert(text, RdfFormat.N_TRIPLES, form, BASE))
        assert found["foaf:name"] == "A"

    def test_json_ld_that_cannot_be_said_in_its_words_is_said_in_full(self):
        text = b'{"@context": {"a": "http://v.example/"}, "@id": "#a", "@graph": [{"a:p": "x"}]}'
        many = b'{"@context": {"a": "http://v.example/"}, "a:p": [%s]}'
        large = many % b",".join(b"%d" % number for number in range(3000))
        form = Form(RdfFormat.JSON_LD, Profile.COMPACTED)
        assert b'"a:p"' in convert(text, RdfFormat.JSON_LD, form, BASE)
        assert b'"http://v.example/p"' in convert(large, RdfFormat.JSON_LD, form, BASE)
