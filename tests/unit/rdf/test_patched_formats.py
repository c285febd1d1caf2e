"""Documents after a patch in other formats than Turtle: each stays what it is."""

import json

import pyoxigraph as ox
import pytest
from patching import BASE, FOAF, XSD, after

from pod.problems import Conflict
from pod.rdf.formats import Form, RdfFormat
from pod.rdf.parse import parse_dataset
from pod.rdf.patched import patched
from pod.rdf.serialise import convert
from pod.sparql.update import read_update

TURTLE, JSON_LD, N_TRIPLES, N_QUADS, TRIG, RDF_XML = RdfFormat


class TestNTriples:
    """N-Triples stay N-Triples, line by line."""

    def test_lines_go_and_come(self):
        text = '_:x <a:b> <a:c> . # c\n<a:d> <a:e> "f" .\n'
        update = "DELETE DATA { <a:d> <a:e> 'f' } ; INSERT DATA { <#me> <a:b> 05 ; <a:c> _:x }"
        assert after(update, text, N_TRIPLES) == (
            "_:x <a:b> <a:c> . # c\n"
            f'<{BASE}#me> <a:b> "05"^^<{XSD}integer> .\n'
            f"<{BASE}#me> <a:c> _:b0 .\n"
        )

    def test_nodes_keep_their_names(self):
        text = "_:b0 <a:b> <a:c> .\n"
        found = after("INSERT { ?x <a:e> _:new } WHERE { ?x <a:b> <a:c> }", text, N_TRIPLES)
        assert found == "_:b0 <a:b> <a:c> .\n_:b0 <a:e> _:b1 .\n"


CONTEXT = {
    "@vocab": "http://xmlns.com/foaf/0.1/",
    "age": {"@type": XSD + "integer"},
    "knows": {"@type": "@id"},
}


@pytest.mark.spec("Practice NEG-14")
class TestJsonLd:
    """JSON-LD stays JSON-LD, in the words of its context."""

    def document(self, update, **said):
        text = json.dumps({"@context": CONTEXT, "@id": "#me", **said})
        return json.loads(after(FOAF + update, text, JSON_LD))

    def test_what_is_inserted_is_in_its_words(self):
        found = self.document("INSERT DATA { <#me> foaf:nick 'an' ; foaf:knows <x> }", name="Ana")
        assert found == {
            "@context": CONTEXT,
            "@id": "#me",
            "name": "Ana",
            "nick": "an",
            "knows": "x",
        }

    def test_numbers_and_booleans_stay_what_they_are_in_json(self):
        update = "INSERT DATA { <#me> foaf:nick 7, true, 05, 'x' }"
        found = self.document(update, age=5, img=[2, False])
        assert (found["age"], sorted(found["img"])) == (5, [False, 2])
        assert [value for value in found["nick"] if not isinstance(value, dict)] in (
            [7, True, "x"],
            [7, "x", True],
        )

    def test_several_nodes_stand_in_a_graph(self):
        found = self.document("INSERT DATA { <#x> foaf:name 'X' }", name="Ana")
        assert [node["@id"] for node in found["@graph"]] == ["#me", "#x"]

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param('{"@id": "#me", "http://v.example/p": 1}', id="no context"),
            pytest.param('[{"@id": "#me", "http://v.example/p": 1}]', id="a list"),
            pytest.param(
                '{"@context": {"p": {"@id": "http://v.example/p", "@container": "@set",'
                ' "@type": "@none"}}, "@id": "#me", "p": 1}',
                id="a context",
            ),
            pytest.param('{"@context": null, "@id": "#me", "http://v.example/p": 1}', id="null"),
            pytest.param('{"@context": [], "@id": "#me", "http://v.example/p": 1}', id="empty"),
            pytest.param(
                '{"@context": "https://www.w3.org/ns/activitystreams", "id": "#me", "name": "x"}',
                id="by its address",
            ),
            pytest.param(
                '{"@context": {"@vocab": "http://v.example/", "value": "@value"}, "@id": "#me",'
                ' "p": [{"value": 5}, 6.5]}',
                id="other words for keywords",
            ),
        ],
    )
    def test_whatever_its_words_are_it_says_the_same(self, text):
        assert json.loads(after("INSERT DATA { <#me> <http://v.example/q> 05, 7 }", text, JSON_LD))

    def test_what_the_context_cannot_say_is_said_in_full(self):
        text = '{"@context": {"@protected": true, "@vocab": "http://v.example/"}, "p": "x"}'
        found = after("INSERT DATA { <> <http://v.example/@q> 1 }", text, JSON_LD)
        assert "http://v.example/" in found

    def test_a_large_one_is_written_in_full(self):
        many = " ".join(f"<#n{number}> a <#A> ." for number in range(2001))
        text = json.dumps({"@context": {"A": BASE + "#A"}, "@id": "#me", "@type": "A"})
        assert json.loads(after(f"INSERT DATA {{ {many} }}", text, JSON_LD))[0]["@type"] == [
            BASE + "#A"
        ]

    @pytest.mark.spec("Practice NEG-04")
    def test_named_graphs_are_not_lost(self):
        text = json.dumps(
            {
                "@context": {"p": "http://v.example/p"},
                "@id": "#g",
                "@graph": [{"@id": "#me", "p": 1}],
            }
        )
        found = json.loads(after("INSERT DATA { <#g> <http://v.example/p> 2 }", text, JSON_LD))
        assert (found["@graph"], found["p"]) == ([{"@id": "#me", "p": 1}], 2)

    def test_a_direction_is_not_lost(self):
        text = '{"http://v.example/p": {"@value": "x", "@language": "ar", "@direction": "rtl"}}'
        with pytest.raises(Conflict, match="direction"):
            patched(text.encode(), JSON_LD, BASE, read_update("INSERT DATA { <> a 1 }", BASE))


@pytest.mark.spec("Practice NEG-04")
@pytest.mark.spec("Practice NEG-14")
class TestOtherFormats:
    """N-Quads, TriG and RDF/XML stay what they are, and keep their named graphs."""

    G = "@prefix e: <http://v.example/> . <#a> e:p _:x . e:g { _:x e:q 1 } _:h { <#a> e:p 2 }"

    def test_trig_keeps_its_graphs_and_its_prefixes(self):
        found = after("INSERT DATA { <#a> <http://v.example/new> 3 }", self.G, TRIG)
        assert found.startswith("@prefix e: <http://v.example/> .\n")
        assert "e:new 3" in found
        assert graphs(found, TRIG) == [
            "<http://v.example/g>: q 1",
            "_: p 2",
        ]

    def test_n_quads_keep_their_graphs(self):
        text = convert(self.G.encode(), TRIG, Form(N_QUADS), BASE).decode()
        found = after("DELETE WHERE { <#a> ?p ?o }", text, N_QUADS)
        assert graphs(found, N_QUADS) == ["<http://v.example/g>: q 1", "_: p 2"]

    def test_a_blank_node_is_the_same_in_all_graphs(self):
        found = after("INSERT DATA { <#a> <http://v.example/new> 3 }", self.G, TRIG)
        quads = list(ox.parse(found.encode(), ox.RdfFormat.TRIG, base_iri=BASE))
        (outside,) = (q.object for q in quads if isinstance(q.object, ox.BlankNode))
        (inside,) = (q.subject for q in quads if isinstance(q.subject, ox.BlankNode))
        assert outside == inside

    def test_more_prefixes_than_can_be_used_are_left_out(self):
        declared = "".join(f"@prefix p{n}: <http://p{n}/> . " for n in range(300))
        used = "".join(f"<http://p{n}/x> a p{n}:y . " for n in range(300))
        found = after("INSERT DATA { <#a> a 1 }", declared + used, TRIG)
        assert "@prefix" not in found

    def test_rdf_xml_is_written_anew(self):
        text = convert(b"<#a> <http://v.example/p> 1 .", TURTLE, Form(RDF_XML), BASE).decode()
        assert after("INSERT DATA { <#a> <http://v.example/q> 2 }", text, RDF_XML)

    def test_what_rdf_xml_cannot_say_does_not_get_into_it(self):
        text = convert(b"", TURTLE, Form(RDF_XML), BASE)
        with pytest.raises(Conflict, match="RDF/XML"):
            patched(text, RDF_XML, BASE, read_update("INSERT DATA { <> <urn:1> 1 }", BASE))


def graphs(text, syntax):
    """What the named graphs of a document say, in a few words, a blank node as "_:"."""
    quads = parse_dataset(text.encode(), syntax, BASE)
    named = (q for q in quads if not isinstance(q.graph_name, ox.DefaultGraph))
    return sorted(
        f"{'_' if isinstance(q.graph_name, ox.BlankNode) else q.graph_name}:"
        f" {q.predicate.value[-1]} {q.object.value}"
        for q in named
    )
