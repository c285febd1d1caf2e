"""SPARQL Update as a patch, over HTTP: not in the specification, and what most clients send."""

import pytest
from agents import Person, rule
from answers import said, values
from patches import SINGLE_MATCH, UPDATE, V, patch

CARD = f"""@prefix v: <{V}>.
<#ana> v:name "Ana" ; v:age 30 .
<#bob> v:name "Bob" ; v:age 30 .
"""


@pytest.fixture
def card(ana: Person, place: str) -> str:
    assert ana.put(place + "card", CARD.encode()).status == 201
    return place + "card"


def ages(who: Person, url: str) -> dict[str, set[str]]:
    found = said(who.get(url), url)
    return {name: values(found, f"{url}#{name}", V + "age") for name in ("ana", "bob")}


@pytest.mark.spec("Practice SPQ-02")
@pytest.mark.parametrize(
    ("update", "expected"),
    [
        pytest.param("INSERT DATA { <#ana> v:age 31 }", ({"30", "31"}, {"30"}), id="insert"),
        pytest.param("DELETE DATA { <#ana> v:age 30 }", (set(), {"30"}), id="delete"),
        pytest.param(
            "DELETE DATA { <#ana> v:age 30 };  INSERT DATA { <#ana> v:age 31 . };",
            ({"31"}, {"30"}),
            id="as one client sends it",
        ),
        pytest.param(
            "DELETE { <#ana> v:age ?x . }\n INSERT { <#ana> v:age 31 . }\n"
            "WHERE { <#ana> v:age ?x . }\n",
            ({"31"}, {"30"}),
            id="as another does",
        ),
        pytest.param("DELETE { ?a v:age 30 } WHERE { ?a v:age 30 }", (set(), set()), id="all"),
        pytest.param("DELETE WHERE { ?a v:name 'Bob' ; ?p ?o }", ({"30"}, set()), id="where"),
        pytest.param("INSERT { ?a v:age 1 } WHERE { ?a v:age 99 }", ({"30"}, {"30"}), id="none"),
        pytest.param("DELETE WHERE { <#ana> v:age 99 }", ({"30"}, {"30"}), id="not there"),
        pytest.param("", ({"30"}, {"30"}), id="nothing"),
    ],
)
def test_each_form_is_done(ana, card, update, expected):
    assert patch(ana, card, f"PREFIX v: <{V}>\n{update}", UPDATE).status == 204
    found = ages(ana, card)
    assert (found["ana"], found["bob"]) == expected


@pytest.mark.spec("Practice SPQ-06")
@pytest.mark.parametrize(
    ("update", "status"),
    [
        pytest.param("INSERT DATA { <#ana> v:age 31 }", 204, id="insert"),
        pytest.param("INSERT { ?a v:age 31 } WHERE { ?a v:name 'Ana' }", 204, id="one"),
        pytest.param("INSERT { ?a v:age 31 } WHERE { ?a v:age 30 }", 409, id="two"),
        pytest.param("INSERT { ?a v:age 31 } WHERE { ?a v:age 99 }", 409, id="none"),
        pytest.param("DELETE { ?a v:age 31 } WHERE { ?a v:name 'Ana' }", 409, id="not there"),
    ],
)
def test_under_its_other_name_it_matches_once(ana, card, update, status):
    assert SINGLE_MATCH in ana.options(card).headers["Accept-Patch"]
    assert patch(ana, card, f"PREFIX v: <{V}>\n{update}", SINGLE_MATCH).status == status
    assert (ages(ana, card)["ana"] == {"30", "31"}) == (status == 204)
    assert ages(ana, card)["bob"] == {"30"}


@pytest.mark.spec("Practice SPQ-01")
def test_it_creates(ana, place):
    update = "INSERT DATA { <#hello> <#linked> <#world> . }"
    answer = patch(ana, place + "a/b", update, UPDATE)
    assert (answer.status, answer.headers["Location"]) == (201, place + "a/b")
    assert said(ana.get(place + "a/b"), place + "a/b") == {
        (f"{place}a/b#hello", f"{place}a/b#linked", f"{place}a/b#world")
    }
    assert patch(ana, place + "a/b/c", update, UPDATE).status == 409
    assert patch(ana, place + "a/b/c/d", update, UPDATE).status == 409


@pytest.mark.spec("Practice SPQ-03")
@pytest.mark.parametrize(
    "update",
    [
        "LOAD <{url}>",
        "CLEAR ALL",
        "DROP DEFAULT",
        "CREATE GRAPH <{url}>",
        "COPY <{url}> TO <{other}>",
        "WITH <{other}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        "DELETE {{ ?s ?p ?o }} USING <{other}> WHERE {{ ?s ?p ?o }}",
        "INSERT DATA {{ GRAPH <{other}> {{ <#x> <#y> 1 }} }}",
        "DELETE WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "INSERT DATA {{ <#x> <#y> 1 }} ; CLEAR ALL",
        "DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(?o = 30) }}",
    ],
)
def test_what_is_more_than_a_patch_is_refused_and_not_done(ana, world, card, place, update):
    ana.put(place + "other", b"<#x> <#y> 1 .")
    before = world.state("ana")
    text = update.format(url=card, other=place + "other")
    assert patch(ana, card, text, UPDATE).status in {400, 422}
    assert world.state("ana") == before


@pytest.mark.spec("Practice SPQ-04")
@pytest.mark.parametrize(
    ("update", "modes", "status"),
    [
        pytest.param("INSERT DATA { <> a <#A> }", "Append", 204, id="adding to add"),
        pytest.param("INSERT DATA { <> a <#A> }", "Read", 403, id="reading to add"),
        pytest.param("DELETE DATA { <#ana> v:age 30 }", "Read Append", 403, id="adding to delete"),
        pytest.param("DELETE DATA { <#ana> v:age 30 }", "Write", 403, id="deleting unseen"),
        pytest.param("DELETE DATA { <#ana> v:age 30 }", "Read Write", 204, id="deleting"),
        pytest.param("INSERT { ?a a <#A> } WHERE { ?a v:age 30 }", "Append", 403, id="finding"),
        pytest.param("INSERT { ?a a <#A> } WHERE { ?a v:age 30 }", "Read Append", 204, id="found"),
        pytest.param(
            "DELETE { ?s a ?o } INSERT { <> a <#Bar> } WHERE { ?s a ?o }",
            "Read Append",
            403,
            id="as the conformance tests ask",
        ),
        pytest.param("", "Append", 403, id="nothing"),
        pytest.param("", "Read", 204, id="nothing, reading"),
    ],
)
def test_each_form_needs_its_modes(ana, bob, card, update, modes, status):
    ana.grant(card, rule(bob.webid, modes, "accessTo"))
    assert patch(bob, card, f"PREFIX v: <{V}> {update}", UPDATE).status == status


@pytest.mark.spec("Practice SPQ-05")
@pytest.mark.parametrize(
    "update",
    [
        "DELETE DATA { <#ana> v:age 31 }",
        "DELETE DATA { <#ana> v:age 30, 31 }",
        "DELETE DATA { <#ana> v:age 31 } ; INSERT DATA { <#ana> v:age 32 }",
        "INSERT DATA { <#ana> v:age 32 } ; DELETE DATA { <#ana> v:age 31 }",
        "DELETE DATA { <#ana> v:age '30' }",
    ],
)
def test_deleting_data_that_is_not_there_is_a_conflict(ana, card, update):
    before = ana.get(card).headers["ETag"]
    assert patch(ana, card, f"PREFIX v: <{V}> {update}", UPDATE).status == 409
    assert ana.get(card).headers["ETag"] == before


@pytest.mark.spec("Practice SPQ-07")
@pytest.mark.parametrize(
    "update", ["INSERT DATA", "SELECT * WHERE {}", "INSERT DATA { v:x a v:y }", "{", b"\xff"]
)
def test_what_is_no_update_is_400(ana, card, update):
    assert patch(ana, card, update, UPDATE).status == 400


@pytest.mark.spec("Practice SPQ-07")
def test_iris_are_relative_to_the_target(ana, card):
    assert patch(ana, card, "INSERT DATA { <> <#p> <x> }", UPDATE).status == 204
    found = said(ana.get(card), card)
    assert (card, card + "#p", card.removesuffix("card") + "x") in found


def test_a_large_update_is_taken_in(ana, place):
    many = " ".join(f"<#n{number}> <#p> {number} ." for number in range(20_000))
    answer = patch(ana, place + "many", f"INSERT DATA {{ {many} }}", UPDATE)
    assert answer.status == 201
    assert len(said(ana.get(place + "many"), place + "many")) == 20_000


def test_a_larger_one_is_too_large(ana, place):
    answer = patch(ana, place + "many", b"#" * (2 * 1024 * 1024 + 1), UPDATE)
    assert answer.status == 413
