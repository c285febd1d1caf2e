"""Queries over HTTP: exactly what the asker may read, in whatever form, and nothing else runs."""

from urllib.parse import quote, urlencode

import pytest
from agents import EVERYONE, Person, World, rule
from agents import world as serving
from answers import listed

FULL = "Read Write Control"
TITLE = "<http://purl.org/dc/terms/title>"
QUERY, FORM = "application/sparql-query", "application/x-www-form-urlencoded"
TITLES = f"SELECT ?t {{ ?x {TITLE} ?t }}"


@pytest.fixture(scope="module")
def library(world: World, bob: Person) -> Person:
    """The owner of three documents: for anyone, for Bob, for herself."""
    owner = world.fresh()
    for name, who in (("open", EVERYONE), ("bobs", bob.webid), ("secret", None)):
        url = owner.storage + name
        owner.put(url, f'<> {TITLE} "{name}" . <#it> a <#Thing> .'.encode())
        rules = [rule(who, "Read", "accessTo")] if who else []
        owner.grant(url, rule(owner.webid, FULL, "accessTo"), *rules)
    return owner


def endpoint(owner: Person) -> str:
    return owner.storage + ".well-known/sparql"


def titles(who: Person, owner: Person, text: str = TITLES) -> set[str]:
    answer = who.post(endpoint(owner), text.encode(), QUERY)
    assert answer.status == 200, answer.text
    rows = answer.json()["results"]["bindings"]
    return {row["t"]["value"] for row in rows if "t" in row}


def test_each_sees_what_it_may_read(library, bob, carol, nobody):
    seen = [titles(who, library) for who in (library, bob, carol, nobody)]
    assert seen == [{"open", "bobs", "secret"}, {"open", "bobs"}, {"open"}, {"open"}]


ALL_FORMS = (
    "SELECT ?t {{ GRAPH ?g {{ ?x {title} ?t }} }}",
    "SELECT ?t {{ GRAPH <{secret}> {{ ?x {title} ?t }} }}",
    "SELECT ?t FROM <{secret}> {{ ?x {title} ?t }}",
    "SELECT ?t FROM NAMED <{secret}> {{ GRAPH ?g {{ ?x {title} ?t }} }}",
    "SELECT ?t {{ <{secret}> {title} ?t }}",
    "SELECT ?t {{ {{ SELECT ?t {{ GRAPH ?g {{ ?x {title} ?t }} }} }} }}",
    "SELECT (MAX(STR(?s)) AS ?t) {{ ?s {title} ?o FILTER EXISTS {{ GRAPH <{secret}> {{}} }} }}",
    "SELECT ?t {{ ?x (a|!a)* ?t FILTER CONTAINS(STR(?t), 'secret') }}",
    "SELECT ?t {{ ?x {title} ?t MINUS {{ <{secret}> ?p ?o }} }}",
)


@pytest.mark.parametrize("text", ALL_FORMS)
def test_no_form_of_query_shows_more(library, bob, nobody, text):
    query = text.format(title=TITLE, secret=library.storage + "secret")
    assert any("secret" in each or each == "open" for each in titles(library, library, query))
    assert not any(
        "secret" in each for who in (bob, nobody) for each in titles(who, library, query)
    )


@pytest.mark.parametrize(
    "form",
    [
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "DESCRIBE <{secret}>",
        "CONSTRUCT { ?g a <x:y> } WHERE { GRAPH ?g {} }",
    ],
)
def test_graphs_and_descriptions_show_no_more_either(library, bob, form):
    text = form.replace("{secret}", library.storage + "secret").encode()
    seen = [who.post(endpoint(library), text, QUERY) for who in (library, bob)]
    assert [answer.status for answer in seen] == [200, 200]
    assert "secret" in seen[0].text
    assert "secret" not in seen[1].text


def test_whether_a_document_is_there_is_not_told(library, nobody):
    asked = [
        nobody.post(
            endpoint(library), f"ASK {{ GRAPH <{library.storage}{n}> {{}} }}".encode(), QUERY
        )
        for n in ("secret", "none")
    ]
    assert [answer.json()["boolean"] for answer in asked] == [False, False]


@pytest.mark.parametrize("clause", ["default-graph-uri", "named-graph-uri"])
def test_the_protocol_names_only_what_is_readable(library, bob, clause):
    inner = "?x {title} ?t" if clause == "default-graph-uri" else "GRAPH ?g {{ ?x {title} ?t }}"
    text = f"SELECT ?t {{ {inner.format(title=TITLE)} }}"
    graphs = [(clause, library.storage + name) for name in ("bobs", "secret")]
    url = f"{endpoint(library)}?{urlencode([('query', text), *graphs])}"
    seen = [
        {row["t"]["value"] for row in who.get(url).json()["results"]["bindings"]}
        for who in (library, bob)
    ]
    assert seen == [{"bobs", "secret"}, {"bobs"}]


@pytest.mark.parametrize("path", [".acl", "secret.acl", "open.acl"])
def test_access_rules_are_no_part_of_the_data(library, path):
    query = f"SELECT ?t {{ GRAPH <{library.storage}{path}> {{ ?x ?p ?t }} }}"
    assert titles(library, library, query) == set()
    everything = titles(library, library, "SELECT ?t { ?x ?p ?t }")
    assert not any("auth/acl#" in value for value in everything)


class TestProtocol:
    """SPARQL 1.1 Protocol §2.1."""

    @pytest.mark.spec("SPARQL 1.1 Protocol §2.1.1 #query-via-get")
    def test_by_get(self, library):
        answer = library.get(f"{endpoint(library)}?query={quote(TITLES)}")
        assert len(answer.json()["results"]["bindings"]) == 3

    @pytest.mark.spec("SPARQL 1.1 Protocol §2.1.2 #query-via-post-urlencoded")
    def test_by_form(self, library):
        answer = library.post(endpoint(library), urlencode({"query": TITLES}).encode(), FORM)
        assert len(answer.json()["results"]["bindings"]) == 3

    def test_head_says_what_get_would(self, library):
        url = f"{endpoint(library)}?query={quote(TITLES)}"
        got, told = library.get(url), library.head(url)
        assert (told.status, told.body) == (200, b"")
        assert told.headers["Content-Length"] == got.headers["Content-Length"]

    @pytest.mark.spec("SPARQL 1.1 Protocol §2.1.6 #conneg")
    @pytest.mark.parametrize(
        ("text", "accept", "kind"),
        [
            (TITLES, None, "application/sparql-results+json"),
            (TITLES, "application/sparql-results+xml", "application/sparql-results+xml"),
            (TITLES, "text/csv", "text/csv"),
            (TITLES, "text/tab-separated-values", "text/tab-separated-values"),
            ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
            ("CONSTRUCT WHERE { ?s ?p ?o }", None, "text/turtle"),
            ("CONSTRUCT WHERE { ?s ?p ?o }", "application/ld+json", "application/ld+json"),
            ("DESCRIBE <x:y>", "application/n-triples", "application/n-triples"),
        ],
    )
    def test_results_in_the_format_that_is_asked_for(self, library, text, accept, kind):
        headers = {} if accept is None else {"Accept": accept}
        answer = library.post(endpoint(library), text.encode(), QUERY, headers)
        assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
        assert answer.headers["Cache-Control"] == "no-store"
        assert {"Accept", "Authorization", "Origin"} <= listed(answer, "Vary")

    @pytest.mark.parametrize(
        ("method", "more", "kind", "body", "status"),
        [
            pytest.param("GET", "", None, None, 400, id="no query"),
            pytest.param("GET", "?query=ASK%7B%7D&query=ASK%7B%7D", None, None, 400, id="two"),
            pytest.param("GET", "?query=nonsense", None, None, 400, id="no SPARQL"),
            pytest.param("GET", "?update=CLEAR%20ALL", None, None, 400, id="update by GET"),
            pytest.param("POST", "", "text/plain", TITLES, 415, id="no query type"),
            pytest.param("POST", "", None, TITLES, 415, id="no type"),
            pytest.param("POST", "", "application/sparql-update", "CLEAR ALL", 415, id="an update"),
            pytest.param("POST", "", FORM, "update=CLEAR+ALL", 400, id="an update by form"),
            pytest.param("POST", "", QUERY, "DROP ALL", 400, id="an update as a query"),
            pytest.param(
                "POST",
                "",
                QUERY,
                "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
                400,
                id="another server",
            ),
            pytest.param(
                "POST", "", QUERY, "SELECT * { ?s ?p <" + "x" * 70_000 + "> }", 413, id="too long"
            ),
            pytest.param("POST", "", QUERY, "x" * 1_100_000, 413, id="far too long"),
            pytest.param("POST", "", QUERY, "ASK {} #\xff", 200, id="a comment"),
        ],
    )
    def test_what_runs_and_what_does_not(self, library, method, more, kind, body, status):
        headers = {} if kind is None else {"Content-Type": kind}
        text = None if body is None else body.encode()
        assert library.call(method, endpoint(library) + more, headers, text).status == status

    def test_a_format_that_there_is_not_is_406(self, library):
        answer = library.post(endpoint(library), b"ASK {}", QUERY, {"Accept": "text/csv"})
        assert answer.status == 406


class TestNow:
    """A query sees what was committed before it, rules and data alike."""

    def test_data(self, ana, place):
        for text in ("one", "two"):
            ana.put(place + "x", f'<> {TITLE} "{place}{text}" .'.encode())
            assert place + text in titles(ana, ana)
        assert place + "one" not in titles(ana, ana)
        ana.delete(place + "x")
        assert place + "two" not in titles(ana, ana)

    def test_rules(self, ana, bob, place):
        ana.put(place + "c/x", f'<> {TITLE} "{place}" .'.encode())
        seen = []
        for given in (None, "Read", "Write", "Read"):
            rules = [rule(bob.webid, given)] if given else []
            ana.grant(place + "c/", rule(ana.webid, FULL), *rules)
            seen.append(place in titles(bob, ana))
        ana.delete(place + "c/.acl")
        assert [*seen, place in titles(bob, ana)] == [False, True, False, True, False]

    def test_what_is_no_rdf_is_not_in_it(self, ana, place):
        ana.put(place + "x", f'<> {TITLE} "{place}" .'.encode(), "text/plain")
        assert place not in titles(ana, ana)

    @pytest.mark.parametrize("kind", ["application/ld+json", "application/n-triples"])
    def test_any_format_of_rdf_is(self, ana, place, kind):
        text = {
            "application/ld+json": f'{{"@id": "", "{TITLE[1:-1]}": "{place}"}}',
            "application/n-triples": f'<x:y> {TITLE} "{place}" .',
        }[kind]
        ana.put(place + "x", text.encode(), kind)
        assert place in titles(ana, ana)


def test_a_query_that_takes_too_long_ends_with_503(tmp_path):
    with serving(tmp_path / "slow", query_seconds=0.2) as slow:
        owner = slow.account("ana")
        owner.put(owner.storage + "x", "".join(f"<#{n}> <x:p> {n} ." for n in range(200)).encode())
        text = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
        answer = owner.post(endpoint(owner), text.encode(), QUERY)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert "longer than 0.2 seconds" in answer.text
        assert owner.get(owner.storage + "x").status == 200
