"""N3 Patch over HTTP, row by row (Solid Protocol §5.3.1)."""

import pytest
from agents import EVERYONE, Person, World, rule
from answers import LDP, listed, said, values
from patches import N3, PREFIXES, SINGLE_MATCH, UPDATE, V, n3, patch

CARD = f"""@prefix v: <{V}>.
# people
<#ana> v:name "Ana" ; v:age 30 .
<#bob> v:name "Bob" ; v:age 30 ; v:knows [ v:name "Carol" ] .
"""
NAMES = {"Ana", "Bob", "Carol"}


@pytest.fixture
def card(ana: Person, place: str) -> str:
    """A document of Ana's about people."""
    assert ana.put(place + "card", CARD.encode()).status == 201
    return place + "card"


def names(who: Person, url: str) -> set[str]:
    return {value for _, name, value in said(who.get(url), url) if name == V + "name"}


class TestAdvertised:
    """What can be patched says so, and how."""

    @pytest.mark.spec("Solid Protocol §5.3.1 #server-patch-n3-advertise")
    @pytest.mark.spec("Solid Protocol §5.3.1 #server-patch-n3-accept")
    @pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
    @pytest.mark.parametrize(
        "kind", ["document", "container", "acl", "description", "root", "root acl"]
    )
    def test_every_rdf_document_lists_the_formats(self, kinds, ana, method, kind):
        answer = ana.call(method, kinds[kind])
        assert answer.headers["Accept-Patch"] == f"{N3}, {UPDATE}, {SINGLE_MATCH}"
        assert "PATCH" in listed(answer, "Allow")

    @pytest.mark.spec("Practice HTTP-15")
    def test_also_where_nothing_is_yet(self, ana, place):
        answer = ana.get(place + "none")
        assert answer.status == 404
        assert listed(answer, "Accept-Patch") == {N3, UPDATE, SINGLE_MATCH}

    @pytest.mark.spec("Solid Protocol §5.2 #server-allow-methods")
    def test_a_picture_does_not(self, kinds, ana):
        answer = ana.get(kinds["picture"])
        assert "Accept-Patch" not in answer.headers
        assert "PATCH" not in listed(answer, "Allow")

    @pytest.mark.spec("RFC 5789 §2.2")
    @pytest.mark.parametrize("kind", ["text/turtle", "text/plain", "application/json-patch+json"])
    def test_in_another_format_415_with_those_there_are(self, ana, card, kind):
        answer = patch(ana, card, b"<> a <#A> .", kind)
        assert answer.status == 415
        assert listed(answer, "Accept-Patch") == {N3, UPDATE, SINGLE_MATCH}

    @pytest.mark.spec("Solid Protocol §2.1 #server-content-type-missing")
    def test_without_a_format_400(self, ana, card):
        assert ana.call("PATCH", card, {}, n3(inserts="<> a v:A")).status == 400

    @pytest.mark.spec("Practice N3-21")
    def test_of_what_is_no_rdf_415_without_any(self, kinds, ana):
        before = ana.get(kinds["picture"]).headers["ETag"]
        for kind, body in ((N3, n3(inserts="<> a v:A")), (UPDATE, b"INSERT DATA { <> a <#A> }")):
            answer = patch(ana, kinds["picture"], body, kind)
            assert answer.status == 415
            assert "Accept-Patch" not in answer.headers
        assert ana.get(kinds["picture"]).headers["ETag"] == before


class TestSemantics:
    """What a patch does (the eight steps of the section)."""

    @pytest.mark.spec("Solid Protocol §5.3.1 #n3-patch-example")
    @pytest.mark.spec("Solid Protocol §5.3.1 #server-patch-n3-semantics")
    def test_the_example_of_the_specification(self, ana, place):
        ana.put(
            place + "x",
            b"@prefix ex: <http://www.example.org/terms#> . <#c> ex:familyName 'Garcia' ;"
            b" ex:givenName 'Claudia' . <#d> ex:familyName 'Perez' .",
        )
        example = """
            @prefix solid: <http://www.w3.org/ns/solid/terms#>.
            @prefix ex: <http://www.example.org/terms#>.
            _:rename a solid:InsertDeletePatch;
              solid:where   { ?person ex:familyName "Garcia". };
              solid:inserts { ?person ex:givenName "Alex". };
              solid:deletes { ?person ex:givenName "Claudia". }.
        """
        assert patch(ana, place + "x", example).status == 204
        found = said(ana.get(place + "x"), place + "x")
        given = values(found, place + "x#c", "http://www.example.org/terms#givenName")
        assert (given, len(found)) == ({"Alex"}, 3)
        assert patch(ana, place + "x", example).status == 409

    @pytest.mark.spec("Practice N3-19")
    def test_the_vector_of_the_most_used_library(self, ana, card):
        vector = """
            @prefix solid: <http://www.w3.org/ns/solid/terms#>.
            @prefix ex: <http://www.example.org/terms#>.
            _:patch
              solid:where { ?who <http://v.example/name> "Bob" . };
              solid:deletes { ?who <http://v.example/age> 30 . };
              solid:inserts { ?who <http://v.example/knows> _:n1 .
                _:n1 <http://v.example/name> "Dan" . };
              a solid:InsertDeletePatch .
        """
        assert patch(ana, card, vector).status == 204
        assert names(ana, card) == NAMES | {"Dan"}

    @pytest.mark.spec("Practice N3-18")
    def test_iris_are_relative_to_the_target(self, ana, card):
        assert patch(ana, card, n3(inserts="<> v:about <#ana>, <../x>")).status == 204
        found = values(said(ana.get(card), card), card, V + "about")
        assert found == {card + "#ana", card.rsplit("/", 2)[0] + "/x"}

    @pytest.mark.spec("Practice N3-11")
    @pytest.mark.spec("Solid Protocol §5.3.1 #server-patch-n3-semantics-no-mapping")
    @pytest.mark.parametrize(
        ("where", "status"),
        [
            pytest.param("?who v:name 'Ana'", 204, id="one way"),
            pytest.param("?who v:name 'Nobody'", 409, id="N3-10 no way"),
            pytest.param("?who v:age 30", 409, id="N3-10 two ways"),
            pytest.param("?who v:age 30 . ?who v:name 'Ana'", 204, id="two conditions, one way"),
            pytest.param("<#ana> v:age 30", 204, id="N3-11 it is so"),
            pytest.param("<#ana> v:age 31", 409, id="N3-11 it is not so"),
            pytest.param("<#ana> v:age 030", 409, id="as it is written"),
            pytest.param("[] v:name 'Carol'", 204, id="somebody"),
            pytest.param("[] v:name 'Nobody'", 409, id="nobody"),
            pytest.param("[] v:age 30", 204, id="somebody, whoever it is"),
        ],
    )
    def test_conditions_hold_in_exactly_one_way(self, ana, card, where, status):
        before = ana.get(card).body
        assert patch(ana, card, n3(where=where, inserts="<#new> v:name 'New'")).status == status
        assert ("New" in names(ana, card)) == (status == 204)
        assert (ana.get(card).body == before) == (status == 409)

    @pytest.mark.spec(
        "Solid Protocol §5.3.1 #server-patch-n3-semantics-deletions-non-empty-all-triples"
    )
    @pytest.mark.parametrize(
        ("deletes", "status"),
        [
            ("<#ana> v:name 'Ana'", 204),
            ("<#ana> v:name 'Ana' ; v:age 30", 204),
            ("<#ana> v:name 'Eva'", 409),
            ("<#ana> v:name 'Ana', 'Eva'", 409),
            ("<#ana> v:name 'Ana'@en", 409),
        ],
    )
    def test_all_that_is_deleted_must_be_there(self, ana, card, deletes, status):
        before = ana.get(card)
        answer = patch(ana, card, n3(deletes=deletes, inserts="<> v:seen true"))
        assert answer.status == status
        assert (ana.get(card).headers["ETag"] == before.headers["ETag"]) == (status == 409)

    @pytest.mark.spec("Practice N3-12")
    def test_a_variable_may_stand_for_a_node_without_a_name(self, ana, card):
        body = n3(
            where="<#bob> v:knows ?whom . ?whom v:name 'Carol'",
            deletes="?whom v:name 'Carol'",
            inserts="?whom v:name 'Caroline' ; v:age 20",
        )
        assert patch(ana, card, body).status == 204
        assert names(ana, card) == {"Ana", "Bob", "Caroline"}
        assert patch(ana, card, n3(where="<#bob> v:knows ?x . ?x v:age 20")).status == 204

    @pytest.mark.spec("Practice N3-14")
    def test_what_is_deleted_and_inserted_is_there(self, ana, card):
        same = "<#ana> v:age 30"
        assert patch(ana, card, n3(deletes=same, inserts=f"{same} ; v:age 31")).status == 204
        assert values(said(ana.get(card), card), card + "#ana", V + "age") == {"30", "31"}

    @pytest.mark.spec("Practice N3-15")
    def test_what_is_deleted_twice_is_deleted_once(self, ana, card):
        body = n3(
            where="?a v:name 'Ana' . ?b v:age 30 ; v:name 'Ana'",
            deletes="?a v:age 30 . ?b v:age 30",
        )
        assert patch(ana, card, body).status == 204
        assert values(said(ana.get(card), card), card + "#ana", V + "age") == set()

    @pytest.mark.spec("Practice N3-07")
    @pytest.mark.parametrize("node", ["_:x", "[]", "[ v:name 'N' ]", "( 1 2 )"])
    def test_new_nodes_may_come(self, ana, card, node):
        assert patch(ana, card, n3(inserts=f"<#ana> v:knows {node}")).status == 204
        assert "_:" in values(said(ana.get(card), card), card + "#ana", V + "knows")

    @pytest.mark.spec("Practice N3-16")
    @pytest.mark.parametrize(
        ("body", "status"),
        [
            pytest.param(n3(inserts="<> a v:A"), 201, id="inserts"),
            pytest.param(n3(where="?s ?p ?o", inserts="<> a v:A"), 409, id="conditions"),
            pytest.param(n3(deletes="<> a v:A", inserts="<> a v:A"), 409, id="deletes"),
            pytest.param(n3(deletes="<> a v:A"), 409, id="deletes only"),
            pytest.param(n3(), 404, id="N3-17 nothing"),
        ],
    )
    def test_where_nothing_is(self, ana, place, body, status):
        answer = patch(ana, place + "a/x", body)
        assert answer.status == status
        assert ana.get(place + "a/x").status == (200 if status == 201 else 404)
        assert ana.get(place + "a/").status == (200 if status == 201 else 404)
        if status == 201:
            assert answer.headers["Location"] == place + "a/x"
            assert answer.headers["ETag"] == ana.head(place + "a/x").headers["ETag"]

    @pytest.mark.spec("Practice N3-17")
    @pytest.mark.parametrize(
        "body", [n3(), n3(where="<#ana> v:age 30"), n3(inserts="<#ana> v:age 30")]
    )
    def test_what_changes_nothing_is_no_new_version(self, world: World, ana, card, body):
        before, state = ana.get(card), world.state("ana")
        answer = patch(ana, card, body)
        assert (answer.status, answer.headers["ETag"]) == (204, before.headers["ETag"])
        assert world.state("ana") == state

    @pytest.mark.spec("Practice N3-09")
    def test_what_is_not_about_the_patch_is_passed_over(self, ana, card):
        body = n3(inserts="<#dan> v:name 'Dan'") + b" <#other> v:name 'Other' ."
        assert patch(ana, card, body).status == 204
        assert names(ana, card) == NAMES | {"Dan"}

    @pytest.mark.spec("Practice N3-22")
    def test_what_takes_too_long_to_find_is_refused(self, ana, place):
        many = " ".join(f"<#{n}> v:p <#{n + 1}> ." for n in range(2000))
        ana.put(place + "x", f"@prefix v: <{V}> . {many}".encode())
        one_way = "<#0> v:p ?x . [] v:p [] . [] v:p []"
        answer = patch(ana, place + "x", n3(where=one_way, inserts="<> a v:A"))
        assert answer.status == 422
        assert "takes too long" in answer.text
        assert patch(ana, place + "x", n3(where="<#0> v:p [ v:p ?x ]")).status == 204


BROKEN = [
    pytest.param("<> a", 400, id="no N3"),
    pytest.param("", 422, id="N3-01 no patch"),
    pytest.param(
        "_:a a solid:InsertDeletePatch . _:b a solid:Patch .", 422, id="N3-01 two patches"
    ),
    pytest.param("_:a solid:inserts { <> a v:A } .", 422, id="N3-02 no type"),
    pytest.param("_:a a solid:Patch ; solid:inserts { <> a v:A } .", 422, id="N3-02 general type"),
    pytest.param(
        "_:a a solid:InsertDeletePatch ; solid:inserts {}, { <> a v:A } .", 422, id="N3-03 two"
    ),
    pytest.param("_:a a solid:InsertDeletePatch ; solid:inserts <> .", 422, id="N3-04 no formula"),
    pytest.param(
        "_:a a solid:InsertDeletePatch ; solid:where { <> a { <> a v:A } } .",
        422,
        id="N3-04 nested",
    ),
    pytest.param(
        "_:a a solid:InsertDeletePatch ; solid:inserts { ?x a v:A } .", 422, id="N3-05 variable"
    ),
    pytest.param(
        "_:a a solid:InsertDeletePatch ; solid:deletes { <> a [] } .", 422, id="N3-06 blank node"
    ),
    pytest.param(
        "_:a a solid:InsertDeletePatch ; solid:inserts { _:a a v:A } .", 422, id="N3-08 shared"
    ),
]


NEEDS = [
    pytest.param(n3(where="<#ana> v:age 30"), "Read", "Append", id="where"),
    pytest.param(n3(inserts="<> a v:A"), "Append", "Read", id="inserts"),
    pytest.param(n3(inserts="<> a v:A"), "Write", "Read", id="inserts by Write"),
    pytest.param(n3(deletes="<#ana> v:age 30"), "Read Write", "Read Append", id="deletes"),
    pytest.param(n3(deletes="<#ana> v:age 30"), "Read Write", "Write", id="deletes blindly"),
    pytest.param(
        n3(where="<#ana> v:age 30", inserts="<> a v:A"), "Read Append", "Append", id="blindly"
    ),
    pytest.param(n3(where="<#ana> v:age 30", inserts="<> a v:A"), "Read Append", "Read", id="both"),
    pytest.param(
        n3(where="?x v:name 'Ana'", deletes="?x v:age 30", inserts="?x v:age 31"),
        "Read Write",
        "Read Append Control",
        id="all",
    ),
    pytest.param(n3(), "Read", "Append", id="nothing"),
]


class TestOrder:
    """What is wrong is told in the order that gives nothing away."""

    @pytest.mark.spec("Solid Protocol §5.3.1 #server-patch-n3-invalid")
    @pytest.mark.parametrize(("text", "status"), BROKEN)
    def test_a_broken_patch_changes_nothing(self, ana, card, text, status):
        before = ana.get(card).headers["ETag"]
        answer = patch(ana, card, PREFIXES + text)
        assert answer.status == status
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert ana.get(card).headers["ETag"] == before

    @pytest.mark.spec("Practice N3-23")
    @pytest.mark.parametrize(("text", "status"), BROKEN)
    def test_it_is_told_before_what_may_be_done(self, ana, bob, card, text, status):
        ana.grant(card, rule(bob.webid, "Read", "accessTo"))
        assert patch(bob, card, PREFIXES + text).status == status

    @pytest.mark.parametrize(
        "body", [n3(inserts="<> a v:A"), b"broken", n3(), PREFIXES.encode()], ids=repr
    )
    def test_who_may_neither_read_nor_add_is_told_nothing(self, ana, bob, nobody, card, body):
        ana.grant(card, rule(ana.webid, "Read Write Control", "accessTo"))
        for kind in (N3, UPDATE, "text/plain"):
            assert patch(nobody, card, body, kind).status == 401
            assert patch(bob, card, body, kind).status == 403

    @pytest.mark.spec("Solid Protocol §5.3.1 #server-n3-patch-where")
    @pytest.mark.spec("Solid Protocol §5.3.1 #server-n3-patch-insert")
    @pytest.mark.spec("Solid Protocol §5.3.1 #server-n3-patch-delete")
    @pytest.mark.parametrize(("body", "enough", "too_little"), NEEDS)
    def test_each_part_needs_its_modes(self, ana, bob, card, body, enough, too_little):
        ana.grant(card, rule(bob.webid, too_little, "accessTo"))
        assert patch(bob, card, body).status == 403
        ana.grant(card, rule(bob.webid, enough, "accessTo"))
        assert patch(bob, card, body).status == 204

    @pytest.mark.spec("Solid Protocol §5.3.1 #server-n3-patch-where")
    @pytest.mark.parametrize("age", [30, 31])
    def test_who_may_only_add_does_not_learn_what_is_there(self, ana, bob, card, age):
        ana.grant(card, rule(bob.webid, "Append", "accessTo"))
        answers = [
            patch(bob, card, n3(where=f"<#ana> v:age {age}", inserts="<> a v:A")),
            patch(bob, card, n3(deletes=f"<#ana> v:age {age}", inserts="<> a v:A")),
            patch(bob, card, f"DELETE DATA {{ <#ana> <{V}age> {age} }}", UPDATE),
        ]
        assert [answer.status for answer in answers] == [403, 403, 403]
        assert len({answer.body for answer in answers}) == 1

    @pytest.mark.spec("RFC 9110 §13.2.2")
    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            pytest.param({"If-Match": '"other"'}, 412, id="it was not read"),
            pytest.param({"If-None-Match": "*"}, 412, id="it is there"),
            pytest.param({}, 409, id="without a condition"),
        ],
    )
    def test_conditions_of_the_request_come_before_those_of_the_patch(
        self, ana, card, headers, status
    ):
        body = n3(where="<#ana> v:age 31", inserts="<> a v:A")
        assert patch(ana, card, body, headers=headers).status == status
        good = n3(inserts="<> a v:A")
        assert patch(ana, card, good, headers=headers).status == (412 if headers else 204)

    def test_what_was_read_may_be_patched(self, ana, card):
        tag = ana.get(card, {"Accept": "application/ld+json"}).headers["ETag"]
        body = n3(inserts="<#dan> v:name 'Dan'")
        answer = patch(ana, card, body, headers={"If-Match": tag})
        assert answer.status == 204
        assert answer.headers["ETag"] == ana.head(card).headers["ETag"] != tag
        assert patch(ana, card, body, headers={"If-Match": tag}).status == 412


class TestCreation:
    """A patch creates like a PUT."""

    @pytest.mark.spec("Solid Protocol §5.3 #server-put-patch-intermediate-containers")
    @pytest.mark.parametrize("path", ["a/b/x", "a/b/"])
    def test_with_the_containers_on_the_way(self, ana, place, path):
        answer = patch(ana, place + path, n3(inserts="<> v:name 'New'"))
        assert (answer.status, answer.headers["Location"]) == (201, place + path)
        assert names(ana, place + path) == {"New"}
        for container, member in (("", "a/"), ("a/", "a/b/")):
            found = said(ana.get(place + container), place + container)
            assert values(found, place + container, LDP + "contains") == {place + member}

    @pytest.mark.spec("Solid Protocol §3.1 #server-uri-trailing-slash-distinct")
    @pytest.mark.parametrize("path", ["card/x", "card/", "card/x/y"])
    def test_never_below_a_document(self, ana, place, path):
        ana.put(place + "card", CARD.encode())
        assert patch(ana, place + path, n3(inserts="<> a v:A")).status == 409
        assert ana.get(place + "card/").status == 301

    @pytest.mark.spec("WAC §5.3.1 #http-patch")
    @pytest.mark.parametrize(
        ("modes", "status"), [("Append", 201), ("Write", 201), ("Read Control", 403)]
    )
    def test_by_who_may_add_to_the_container(self, ana, bob, place, modes, status):
        ana.put(place)
        ana.grant(place, rule(bob.webid, modes))
        body = n3(inserts="<> a v:A")
        assert patch(bob, place + "x", body).status == status
        assert patch(bob, place + "a/b/y", body).status == status

    def test_by_anyone_where_anyone_may(self, ana, nobody, place):
        ana.put(place)
        ana.grant(place, rule(EVERYONE, "Append"))
        assert patch(nobody, place + "x", n3(inserts="<> a v:A")).status == 201
