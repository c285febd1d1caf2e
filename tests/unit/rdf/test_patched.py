"""Documents after a patch: what they say, and how much of their text is still there."""

import pytest
from patching import BASE, CARD, FOAF, XSD, after, canonical

from pod.problems import Conflict
from pod.rdf.formats import RdfFormat
from pod.rdf.n3_patch import read_n3_patch
from pod.rdf.parse import parse
from pod.rdf.patched import created, patched
from pod.sparql.update import read_update

TURTLE, JSON_LD, N_TRIPLES, N_QUADS, TRIG, RDF_XML = RdfFormat
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
FIRST, REST = f"<{RDF}first>", f"<{RDF}rest>"
LINK = f"[ {FIRST} 1 ; {REST} "
E = "@prefix e: <http://v.example/> .\n"
F = "@prefix f: <http://v.example/f#> .\n"
G = "@base <http://v.example/g/x> .\n"
X = f"@prefix x: <{XSD}> .\n"
ME = f"<{BASE}#me> a <#A> .\n"


@pytest.mark.spec("Practice NEG-15")
class TestTurtle:
    """Turtle keeps everything but the statements that a patch touches."""

    @pytest.mark.parametrize("end", ["\n", "", " # the end", "\n# the end", "\r\n"], ids=repr)
    def test_what_is_inserted_stands_at_the_end(self, end):
        text = CARD.removesuffix("\n# the end") + end
        found = after(FOAF + "INSERT DATA { <#me> foaf:nick 'an' . <y> <z> 01, true }", text)
        assert found.startswith(text)
        rest = found[len(text) :].lstrip("\n")
        assert rest == ':me foaf:nick "an" .\n<y> <z> 01, true .\n'

    def test_a_statement_that_is_not_touched_stays_as_it_is(self):
        found = after(FOAF + "DELETE DATA { <#x> foaf:name 'X' } ; INSERT DATA { <#x> foaf:age 1 }")
        assert found == CARD.replace('<#x>   foaf:name   "X" .', "<#x> foaf:age 1 .")

    def test_a_statement_that_is_deleted_leaves_no_line(self):
        found = after(FOAF + "DELETE WHERE { ?s foaf:name 'Carol' }")
        assert found == CARD.replace('_:c foaf:name "Carol" .\n', "")

    def test_a_comment_behind_it_stays(self):
        found = after(FOAF + "DELETE DATA { <#x> foaf:name 'X' }")
        assert found == CARD.replace('<#x>   foaf:name   "X" .', "")

    def test_two_in_a_line_go_one_by_one(self):
        text = "<a> <b> 1 . <c> <d> 2 .\n<e> <f> 3 ."
        assert after("DELETE DATA { <a> <b> 1 }", text) == " <c> <d> 2 .\n<e> <f> 3 ."
        assert after("DELETE DATA { <c> <d> 2 }", text) == "<a> <b> 1 . \n<e> <f> 3 ."
        assert after("DELETE WHERE { ?s ?p ?o }", text) == " \n"

    def test_a_statement_that_is_touched_is_written_in_the_words_of_the_document(self):
        found = after(
            FOAF + "DELETE DATA { <#me> foaf:name 'Ana' }; INSERT DATA { <#me> foaf:name 'Anna' }"
        )
        me = """:me a foaf:Person ;
    foaf:age 05 ;
    foaf:knows [ foaf:name "Bob" ; foaf:nick "b", "bb" ], _:c ;
    :list ( 1 ( "two"@en ) [] ) ;
    foaf:name "Anna" ."""
        begin, end = CARD.index(":me"), CARD.index("\n\n_:c")
        assert found == CARD[:begin] + me + CARD[end:]

    def test_a_node_without_a_name_is_spoken_of_where_it_stands(self):
        found = after(FOAF + "INSERT { ?b foaf:age 7 } WHERE { ?b foaf:nick 'bb' }")
        assert 'foaf:knows [ foaf:name "Bob" ; foaf:nick "b", "bb" ; foaf:age 7 ], _:c ;' in found
        assert found.endswith('<#x>   foaf:name   "X" .  # a comment\n# the end')

    def test_a_node_that_is_spoken_of_elsewhere_gets_a_name(self):
        update = "INSERT { <#y> foaf:knows ?b } WHERE { ?b foaf:nick 'bb' }"
        found = after(FOAF + update, CARD + "\n_:b0 a foaf:Person .")
        assert "foaf:knows _:b1, _:c ;" in found
        assert '_:b1 foaf:name "Bob" ;\n    foaf:nick "b", "bb" .' in found
        assert ":y foaf:knows _:b1 ." in found

    def test_a_node_that_is_an_object_nowhere_needs_no_name(self):
        update = "DELETE { ?a foaf:knows ?b } WHERE { ?a foaf:knows ?b . ?b foaf:nick 'b' }"
        assert '[] foaf:name "Bob" ;\n    foaf:nick "b", "bb" .' in after(FOAF + update)

    def test_a_node_of_which_nothing_is_said_any_more_stays(self):
        update = "DELETE { ?b ?p ?o } WHERE { ?b foaf:nick 'b' . ?b ?p ?o }"
        assert "foaf:knows [], _:c ;" in after(FOAF + update)

    def test_something_may_be_said_of_a_node_of_which_nothing_was(self):
        text = "<#me> <#p> [] ; <#q> 1 .\n"
        found = after("INSERT { ?n <#r> 2 } WHERE { <#me> <#p> ?n }", text)
        assert found == "<#me> <#p> [ <#r> 2 ] ;\n    <#q> 1 .\n"

    @pytest.mark.parametrize(
        ("header", "inserted", "written"),
        [
            pytest.param("", "<#a> <#b> <x/y>", "<#a> <#b> <x/y> .", id="near"),
            pytest.param("", "<> a <../>", "<> a <https://pod.example/ana/> .", id="far"),
            pytest.param("<../> a <#A> .\n", "<> a <../>", "<> a <../> .", id="far as before"),
            pytest.param(ME, "<#me> a <#B>", f"<{BASE}#me> a <#B> .", id="in full as before"),
            pytest.param(E, "<http://v.example/x> a 1", "e:x a 1 .", id="prefix"),
            pytest.param(E, "<> a <http://v.example/>", "<> a e: .", id="no name behind it"),
            pytest.param(
                E, "<http://v.example/x/y> a 1", "<http://v.example/x/y> a 1 .", id="path"
            ),
            pytest.param(E, "<http://v.example/x.> a 1", "<http://v.example/x.> a 1 .", id="dot"),
            pytest.param(E + F, "<http://v.example/f#x> a 1", "f:x a 1 .", id="another prefix"),
            pytest.param(G, "<> a <http://v.example/g/y>", f"<{BASE}> a <y> .", id="base"),
            pytest.param(X, f"<> a '26'^^<{XSD}gYear>", '<> a "26"^^x:gYear .', id="datatype"),
            pytest.param(
                X, f"<> a '5.0'^^<{XSD}integer>", '<> a "5.0"^^x:integer .', id="no number"
            ),
            pytest.param("", "<> a -1.5, 1e0, 007", "<> a -1.5, 007, 1e0 .", id="numbers"),
            pytest.param("", "<> a false", "<> a false .", id="boolean"),
            pytest.param("", "<> a 'x'@en, 'a\\nb'", '<> a "a\\nb", "x"@en .', id="texts"),
            pytest.param("", "<> a [ <#q> () ]", "<> a [ <#q> () ] .", id="brackets"),
            pytest.param("", "<> a ( 1 ( 2 ) <#x> )", "<> a ( 1 ( 2 ) <#x> ) .", id="list"),
            pytest.param("", "<> a _:x . _:x a _:y", "<> a [ a [] ] .", id="labels"),
            pytest.param("", "[] a 1", "[] a 1 .", id="no object"),
            pytest.param("", "_:x a _:x", "_:b1 a _:b1 .", id="itself"),
            pytest.param("_:b1 a 1 .\n", "_:x a _:x", "_:b2 a _:b2 .", id="another name"),
        ],
    )
    def test_terms_are_written_as_the_document_does(self, header, inserted, written):
        assert after(f"INSERT DATA {{ {inserted} }}", header) == f"{header}{written}\n"

    @pytest.mark.parametrize(
        "inserted",
        [
            pytest.param("_:x a _:y . _:y a _:x", id="each other"),
            pytest.param("<> a _:x . <#a> a _:x . _:x a 1", id="twice"),
            pytest.param("_:a a _:b . _:b a _:c . _:c a _:a . _:d a _:a", id="round"),
            pytest.param("<> a " + "[ a " * 60 + "1" + " ]" * 60, id="deep"),
            pytest.param("<> a " + "( " * 60 + "1" + " )" * 60, id="deep lists"),
            pytest.param(f"<> a ( {' '.join(map(str, range(40)))} )", id="long list"),
            pytest.param(f"<> a {LINK * 9} <#no-end> {']' * 9}", id="list without an end"),
            pytest.param(
                f"<> a {LINK * 9} [ {FIRST} 1, 2 ; {REST} () ] {']' * 9}", id="two firsts"
            ),
            pytest.param(f"<> a {LINK * 9} ( 1 ) ; a 1 {']' * 9}", id="more than a list"),
            pytest.param(
                f"<> a {LINK} _:x ] . <#it> a _:x . _:x {FIRST} 1 ; {REST} ()", id="shared"
            ),
            pytest.param(f"_:x {FIRST} 1 ; {REST} _:x", id="round list"),
        ],
    )
    def test_whatever_hangs_together_does_so_afterwards(self, inserted):
        once = after(f"INSERT DATA {{ {inserted} }}", "")
        assert after(FOAF + "INSERT { ?s foaf:name 'x' } WHERE { ?s ?p ?o }", once) != once

    def test_a_list_is_taken_apart_and_put_together(self):
        text = "<> <#list> ( 1 2 3 ) .\n"
        shorter = after(
            f"DELETE {{ ?a {REST} ?b . ?b {FIRST} 2 ; {REST} ?c }} INSERT {{ ?a {REST} ?c }}"
            f" WHERE {{ ?a {REST} ?b . ?b {FIRST} 2 ; {REST} ?c }}",
            text,
        )
        assert shorter == "<> <#list> ( 1 3 ) .\n"


def test_a_mark_before_a_text_is_no_part_of_it():
    made = patched(
        b"\xef\xbb\xbf<a> <b> <c> .\n", TURTLE, BASE, read_update("INSERT DATA { <> a 1 }", BASE)
    )
    assert made.text == b"<a> <b> <c> .\n<> a 1 .\n"


def test_a_document_with_more_directives_than_anybody_writes_is_not_patched():
    text = "".join(f"@prefix p{number}: <http://v.example/{number}/> .\n" for number in range(5000))
    with pytest.raises(Conflict, match="too many prefixes"):
        patched(text.encode(), TURTLE, BASE, read_update("INSERT DATA { <> a 1 }", BASE))


@pytest.mark.spec("Practice NEG-14")
def test_a_new_document_is_turtle_with_the_prefixes_it_needs():
    update = FOAF + "INSERT DATA { <#me> a foaf:Person ; foaf:knows [ foaf:name 'B' ] ; <#p> </> }"
    made = created(BASE, read_update(update, BASE))
    assert made.text.decode() == (
        "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n\n"
        "<#me> a foaf:Person ;\n"
        '    foaf:knows [ foaf:name "B" ] ;\n'
        "    <#p> <https://pod.example/> .\n"
    )
    assert canonical(parse(made.text, TURTLE, BASE)) == canonical(made.graph)


def test_of_nothing_nothing_is_made():
    made = created(BASE, read_update("DELETE WHERE { ?s ?p ?o }", BASE))
    assert (made.text, made.graph) == (b"", frozenset())


def test_conditions_may_be_about_what_is_given():
    given = parse(b"<> a <#Given> .", TURTLE, BASE)
    patch = read_n3_patch(
        "@prefix solid: <http://www.w3.org/ns/solid/terms#>. _:p a solid:InsertDeletePatch ;"
        " solid:where { ?x a <#Given> } ; solid:inserts { ?x a <#Found> } .",
        BASE,
    )
    made = patched(b"", TURTLE, BASE, patch, given)
    assert made.text == b"<> a <#Found> .\n"
    assert made.graph == made.difference.added
    with pytest.raises(Conflict):
        patched(b"", TURTLE, BASE, patch)


def test_what_was_given_is_seen_to_be_removed():
    given = parse(b"<> a <#Given> .", TURTLE, BASE)
    made = patched(b"", TURTLE, BASE, read_update("DELETE WHERE { ?x a ?y }", BASE), given)
    assert made.difference.removed == given


@pytest.mark.parametrize("text", ["<a> <b>", "<a> <b> <c> . }", "\ufeff\ufeff<a>"])
def test_what_cannot_be_read_is_not_patched(text):
    with pytest.raises(Conflict, match="cannot be read"):
        patched(text.encode(), TURTLE, BASE, read_update("INSERT DATA { <> a 1 }", BASE))
