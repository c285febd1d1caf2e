"""What patches leave of documents, containers and access rules; many patches at once."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from agents import Person, World, rule
from answers import LDP, STAT, listed, said, values
from client import call
from patches import N3, UPDATE, V, n3, patch

TITLE = "http://purl.org/dc/terms/title"
CARD = f"""# My card.
@prefix v: <{V}>.
@prefix : <#>.

:me v:name "Ana" ;    # that is me
    v:friends ( :bob [ v:name "Carol" ] ) .

# Others
:bob v:name "Bob" .
"""


class TestRepresentation:
    """A document keeps its format, and of its text what can be kept."""

    @pytest.mark.spec("Practice NEG-15")
    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            (n3(inserts="<#bob> v:age 07 ; v:knows <../x>"), N3),
            (f"INSERT DATA {{ <#bob> <{V}age> 07 ; <{V}knows> <../x> }}", UPDATE),
        ],
        ids=["n3", "update"],
    )
    def test_what_comes_stands_at_the_end_in_the_words_of_the_document(
        self, ana, place, body, kind
    ):
        ana.put(place + "card", CARD.encode(), "text/turtle; charset=utf-8")
        assert patch(ana, place + "card", body, kind).status == 204
        answer = ana.get(place + "card")
        elsewhere = place.rsplit("/", 2)[0] + "/x"
        assert answer.text == f"{CARD}:bob v:age 07 ;\n    v:knows <{elsewhere}> .\n"
        assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"

    @pytest.mark.spec("Practice NEG-15")
    def test_what_is_not_touched_stays_as_it_is(self, ana, place):
        ana.put(place + "card", CARD.encode())
        body = n3(deletes="<#bob> v:name 'Bob'", inserts="<#bob> v:name 'Bobby'")
        assert patch(ana, place + "card", body).status == 204
        assert ana.get(place + "card").text == CARD.replace('"Bob"', '"Bobby"')

    @pytest.mark.spec("Practice NEG-15")
    def test_what_is_touched_keeps_its_prefixes_lists_and_brackets(self, ana, place):
        ana.put(place + "card", CARD.encode())
        body = n3(where="?x v:name 'Carol'", inserts="?x v:age 20")
        assert patch(ana, place + "card", body).status == 204
        expected = 'v:friends ( :bob [ v:name "Carol" ; v:age 20 ] ) .'
        assert ana.get(place + "card").text.count(expected) == 1

    @pytest.mark.spec("Practice NEG-14")
    @pytest.mark.parametrize("kind", ["application/ld+json", "application/n-triples"])
    def test_it_keeps_its_format(self, ana, place, kind):
        ana.put(place + "card", CARD.encode())
        text = ana.get(place + "card", {"Accept": kind}).body
        assert ana.put(place + "card", text, kind).status == 204
        before = said(ana.get(place + "card"), place + "card")
        assert patch(ana, place + "card", n3(inserts="<> v:age 5")).status == 204
        answer = ana.get(place + "card")
        assert answer.headers["Content-Type"] == kind
        added = said(answer, place + "card") - before
        assert added == {(place + "card", V + "age", "5")}

    @pytest.mark.spec("Practice NEG-14")
    def test_json_ld_keeps_its_context(self, ana, place):
        context = {"v": V, "name": "v:name", "age": "v:age"}
        document = {"@context": context, "@id": "#me", "name": "Ana", "age": 30}
        ana.put(place + "card", json.dumps(document).encode(), "application/ld+json")
        body = n3(deletes="<#me> v:age 30", inserts="<#me> v:age 31 ; v:tall true")
        assert patch(ana, place + "card", body).status == 204
        assert ana.get(place + "card").json() == {**document, "age": 31, "v:tall": True}

    @pytest.mark.spec("Practice NEG-04")
    @pytest.mark.parametrize(
        ("kind", "graph"),
        [
            (
                "application/ld+json",
                '{"@context": {"v": "http://v.example/"}, "@id": "#g", "@graph": [{"v:n": 30}]}',
            ),
            ("application/trig", "@prefix v: <http://v.example/> . <#g> { [] v:n 30 }"),
            ("application/n-quads", "_:b <http://v.example/n> '30' <urn:g> .".replace("'", '"')),
        ],
    )
    def test_no_graph_of_a_document_is_lost(self, ana, place, kind, graph):
        ana.put(place + "card", graph.encode(), kind)
        assert patch(ana, place + "card", n3(inserts="<> v:age 5")).status == 204
        after = ana.get(place + "card")
        assert after.headers["Content-Type"] == kind
        assert said(after, place + "card") == {(place + "card", "http://v.example/age", "5")}
        assert "30" in ana.get(place + "card", {"Accept": "application/n-quads"}).text

    @pytest.mark.spec("Practice NEG-14")
    def test_rdf_xml_stays_rdf_xml_and_takes_what_it_can_say(self, ana, place):
        ana.put(place + "card", b"<> <http://v.example/age> 1 .")
        text = ana.get(place + "card", {"Accept": "application/rdf+xml"}).body
        ana.put(place + "xml", text, "application/rdf+xml")
        assert patch(ana, place + "xml", n3(inserts="<> v:age 5")).status == 204
        after = ana.get(place + "xml")
        assert after.headers["Content-Type"] == "application/rdf+xml"
        assert {value for _, _, value in said(after, place + "xml")} == {"1", "5"}
        refused = patch(ana, place + "xml", n3(inserts="<> <urn:1> 1"))
        assert (refused.status, ana.get(place + "xml").body) == (409, after.body)

    @pytest.mark.spec("Practice NEG-14")
    def test_a_new_one_is_turtle_that_can_move(self, ana, place):
        body = n3(inserts=f"<> <{TITLE}> 'New' ; v:about <#it>, <below/x>")
        assert patch(ana, place + "new", body).status == 201
        answer = ana.get(place + "new")
        assert answer.headers["Content-Type"] == "text/turtle"
        assert 'dcterms:title "New"' in answer.text
        assert "<below/x>, <#it>" in answer.text

    def test_it_is_found_by_queries_at_once(self, ana, place):
        ana.put(place + "card", CARD.encode())
        patch(ana, place + "card", n3(inserts=f"<> v:unique '{place}'"))
        query = f"SELECT ?d WHERE {{ ?d <{V}unique> '{place}' }}"
        answer = ana.post(
            ana.storage + ".well-known/sparql", query.encode(), "application/sparql-query"
        )
        assert place + "card" in answer.text

    def test_it_is_in_the_journal(self, world: World, ana, place):
        ana.put(place + "card", CARD.encode())
        since = len(world.journal("ana"))
        patch(ana, place + "card", n3(where="<#bob> v:name 'Bob'", inserts="<#bob> v:age 7"))
        (entry,) = world.journal("ana", since)
        target = (place + "card").removeprefix(ana.storage)
        assert (entry.action, entry.target, entry.outcome) == ("PATCH", target, 204)
        assert entry.modes == "read+append"


class TestContainers:
    """What a client says of a container can be patched, what the server says cannot."""

    @pytest.mark.spec("Practice N3-20")
    @pytest.mark.parametrize("kind", [N3, UPDATE])
    def test_unmanaged_triples_come_and_go(self, ana, place, kind):
        ana.put(place + "x", b"a", "text/plain")
        comes, goes = f"<> <{TITLE}> 'Notes' ; a <#Notebook>", f"<> <{TITLE}> 'Notes'"
        bodies = {
            N3: (n3(inserts=comes), n3(deletes=goes)),
            UPDATE: (f"INSERT DATA {{ {comes} }}", f"DELETE DATA {{ {goes} }}"),
        }[kind]
        assert patch(ana, place, bodies[0], kind).status == 204
        found = said(ana.get(place), place)
        assert values(found, place, TITLE) == {"Notes"}
        assert values(found, place, LDP + "contains") == {place + "x"}
        answer = patch(ana, place, bodies[1], kind)
        assert answer.status == 204
        assert "DELETE" not in listed(answer, "Allow")
        assert values(said(ana.get(place), place), place, TITLE) == set()

    @pytest.mark.spec("Solid Protocol §5.3 #server-protect-containment")
    @pytest.mark.spec("Solid Protocol §5.3 #server-protect-contained-resource-metadata")
    @pytest.mark.parametrize(
        "body",
        [
            n3(inserts=f"<> <{LDP}contains> <foreign>"),
            n3(inserts=f"<> <{LDP}contains> <https://elsewhere.example/>"),
            n3(deletes=f"<> <{LDP}contains> <x>"),
            n3(where=f"<> <{LDP}contains> ?x", deletes=f"<> <{LDP}contains> ?x"),
            n3(inserts=f"<x> <{STAT}size> 7"),
            n3(where=f"<x> <{STAT}size> ?n", deletes=f"<x> <{STAT}size> ?n"),
            n3(inserts="<x> a <http://www.w3.org/ns/iana/media-types/image/png#Resource>"),
        ],
    )
    def test_managed_triples_do_not(self, ana, place, body):
        ana.put(place + "x", b"a", "text/plain")
        before = ana.get(place)
        assert patch(ana, place, body).status == 409
        assert ana.get(place).headers["ETag"] == before.headers["ETag"]

    def test_conditions_may_be_about_the_listing(self, ana, place):
        ana.put(place + "x", b"a", "text/plain")
        body = n3(where=f"<> <{LDP}contains> ?x", inserts=f"?x <{TITLE}> 'The only one'")
        assert patch(ana, place, body).status == 204
        assert values(said(ana.get(place), place), place + "x", TITLE) == {"The only one"}
        ana.put(place + "y", b"a", "text/plain")
        assert patch(ana, place, body).status == 409

    @pytest.mark.spec("Practice N3-20")
    def test_who_may_only_add_may_add_to_it(self, ana, bob, place):
        ana.put(place)
        ana.grant(place, rule(bob.webid, "Read Append"))
        update = "INSERT DATA { <> a <http://example.org/Foo> . }"
        assert patch(bob, place, update, UPDATE).status == 204
        other = (
            "DELETE { ?s a ?o . } INSERT { <> a <http://example.org/Bar> . } WHERE { ?s a ?o . }"
        )
        assert patch(bob, place, other, UPDATE).status == 403


RULE = """<#more> a <http://www.w3.org/ns/auth/acl#Authorization> ;
    <http://www.w3.org/ns/auth/acl#agent> <{bob}> ;
    <http://www.w3.org/ns/auth/acl#accessTo> <{url}> ;
    <http://www.w3.org/ns/auth/acl#mode> <http://www.w3.org/ns/auth/acl#Read> ."""


class TestRules:
    """Access rules are patched by who controls what they are for."""

    @pytest.mark.spec("WAC §5.3.1 #server-control-operation")
    def test_by_who_has_control_and_nobody_else(self, ana, bob, place):
        ana.put(place + "x", b"<> a <#A> .")
        ana.grant(place + "x", rule(bob.webid, "Write", "accessTo"))
        body = n3(inserts=RULE.format(bob=bob.webid, url=place + "x"))
        assert bob.get(place + "x").status == 403
        assert patch(bob, place + "x.acl", body).status == 403
        assert patch(ana, place + "x.acl", body).status == 204
        assert bob.get(place + "x").status == 200

    def test_rules_come_to_be(self, ana, bob, place):
        ana.put(place + "x", b"<> a <#A> .")
        answer = patch(
            ana, place + "x.acl", n3(inserts=RULE.format(bob=bob.webid, url=place + "x"))
        )
        assert (answer.status, answer.headers["Location"]) == (201, place + "x.acl")
        assert bob.get(place + "x").status == 200
        missing = n3(inserts=RULE.format(bob=bob.webid, url=place + "y"))
        assert patch(ana, place + "y.acl", missing).status == 409

    @pytest.mark.spec("WAC §3.3 #server-root-container-acl-authorization-control")
    @pytest.mark.parametrize("update", ["DELETE WHERE { ?s ?p ?o }", "DELETE WHERE { ?s a ?o }"])
    def test_what_is_left_must_hold(self, owner, update):
        before = owner.get(owner.storage + ".acl")
        answer = patch(owner, owner.storage + ".acl", update, UPDATE)
        assert answer.status == 422
        assert owner.get(owner.storage + ".acl").body == before.body

    def test_what_is_kept_for_others_is_not_patched(self, ana):
        for path, status in ((".well-known/solid", 405), ("x.meta", 409), (".acl.acl", 409)):
            assert patch(ana, ana.storage + path, n3(inserts="<> a v:A")).status == status


@pytest.mark.spec("Practice LIF-20")
class TestAtOnce:
    """Many patches at the same moment, each on a connection of its own."""

    MANY = 20

    def together(self, who: Person, url, bodies, headers=None):
        def send(body):
            signed = who.app.headers("PATCH", url)
            return call("PATCH", url, {**signed, "Content-Type": N3, **(headers or {})}, body)

        with ThreadPoolExecutor(self.MANY) as pool:
            return [answer.status for answer in pool.map(send, bodies)]

    def test_all_that_do_not_touch_each_other_are_done(self, ana, place):
        ana.put(place + "x", b"<> a <#A> .\n")
        bodies = [n3(inserts=f"<#n{number}> v:number {number}") for number in range(self.MANY)]
        assert self.together(ana, place + "x", bodies) == [204] * self.MANY
        found = {value for _, name, value in said(ana.get(place + "x"), place + "x") if V in name}
        assert found == {str(number) for number in range(self.MANY)}

    def test_of_those_that_create_one_does(self, ana, place):
        ana.put(place)
        bodies = [n3(inserts=f"<> v:number {number}") for number in range(self.MANY)]
        statuses = self.together(ana, place + "x", bodies, {"If-None-Match": "*"})
        assert sorted(statuses) == [201] + [412] * (self.MANY - 1)
        found = values(said(ana.get(place + "x"), place + "x"), place + "x", V + "number")
        assert found == {str(statuses.index(201))}

    def test_of_those_that_replace_the_same_one_does(self, ana, place):
        ana.put(place + "x", f"<> <{V}number> 0 .".encode())
        bodies = [
            n3(deletes="<> v:number 0", inserts=f"<> v:number {number}")
            for number in range(1, self.MANY + 1)
        ]
        statuses = self.together(ana, place + "x", bodies)
        assert sorted(statuses) == [204] + [409] * (self.MANY - 1)

    def test_counting_up_loses_no_step(self, ana, place):
        ana.put(place + "x", f"<> <{V}number> 0 .".encode())
        for number in range(self.MANY):
            body = n3(deletes=f"<> v:number {number}", inserts=f"<> v:number {number + 1}")
            assert patch(ana, place + "x", body).status == 204
        assert ana.get(place + "x").text == f"<> <{V}number> {self.MANY} ."
