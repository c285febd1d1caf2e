"""Representations and their negotiation (Solid Protocol §5.5, RFC 9110 §12)."""

import json
import re

import pytest
from answers import LDP, RDF_TYPE, listed, said

TURTLE, JSON_LD, N_TRIPLES = "text/turtle", "application/ld+json", "application/n-triples"
N_QUADS, TRIG, RDF_XML = "application/n-quads", "application/trig", "application/rdf+xml"
FORMATS = [TURTLE, JSON_LD, N_TRIPLES, N_QUADS, TRIG, RDF_XML]
PROFILE = "http://www.w3.org/ns/json-ld#"
EX = "https://vocabulary.example/"

STORED = {
    TURTLE: f'@prefix ex: <{EX}> . <> ex:title "One" ; ex:part <#a>, <other> . <#a> ex:n 01 .',
    JSON_LD: f"""{{"@context": {{"ex": "{EX}", "xsd": "http://www.w3.org/2001/XMLSchema#"}},
        "@id": "", "ex:title": "One", "ex:part": [
            {{"@id": "#a", "ex:n": {{"@value": "01", "@type": "xsd:integer"}}}}, {{"@id": "other"}}
        ]}}""",
}


def expected(url):
    folder = url[: url.rindex("/") + 1]
    return {
        (url, EX + "title", "One"),
        (url, EX + "part", url + "#a"),
        (url, EX + "part", folder + "other"),
        (url + "#a", EX + "n", "01"),
    }


@pytest.mark.spec("Solid Protocol §5.5 #server-representation-turtle-jsonld")
@pytest.mark.parametrize("asked", [TURTLE, JSON_LD])
@pytest.mark.parametrize("sent", [TURTLE, JSON_LD])
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_rdf_is_had_as_turtle_and_as_json_ld(ana, place, method, sent, asked):
    ana.put(place)
    url = place + "x" if method == "PUT" else place
    created = ana.call(method, url, {"Content-Type": sent, "Slug": "x"}, STORED[sent].encode())
    answer = ana.get(created.headers["Location"], {"Accept": asked})
    assert (answer.status, answer.headers["Content-Type"]) == (200, asked)
    # NEG-12: relative IRIs are the new resource's, not the container's that it was posted to.
    assert said(answer, place + "x") == expected(place + "x")


@pytest.mark.spec("Practice NEG-06")
@pytest.mark.parametrize("asked", FORMATS)
@pytest.mark.parametrize("sent", FORMATS)
def test_rdf_is_had_in_each_format_and_taken_in_each(ana, place, sent, asked):
    ana.put(place + "x", STORED[TURTLE].encode())
    text = ana.get(place + "x", {"Accept": sent}).body
    assert ana.put(place + "y", text, sent).status == 201
    answer = ana.get(place + "y", {"Accept": asked})
    assert (answer.status, answer.headers["Content-Type"]) == (200, asked)
    # What was stored is sent as it is, relative IRIs too; what is converted has none.
    assert said(answer, place + "y") == expected(place + ("y" if sent == TURTLE else "x"))
    assert answer.body == text or sent != asked


@pytest.mark.spec("Practice NEG-06")
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<> <urn:1> 1 .", id="no name of XML"),
        pytest.param(b'<> <http://v.example/p> "a\\u0001" .', id="a control character"),
    ],
)
def test_what_rdf_xml_cannot_say_is_not_said_in_part(ana, place, body):
    ana.put(place + "x", body)
    refused = ana.get(place + "x", {"Accept": RDF_XML})
    assert (refused.status, "another format" in refused.text) == (406, True)
    assert ana.get(place + "x", {"Accept": f"{RDF_XML}, */*;q=0.1"}).status == 406
    assert ana.get(place + "x", {"Accept": TRIG}).status == 200


@pytest.mark.spec("Solid Protocol §4.2 #server-basic-container")
@pytest.mark.spec("WAC §3.3 #server-get-acl-turtle")
@pytest.mark.parametrize("asked", FORMATS)
@pytest.mark.parametrize(
    ("kind", "triple"),
    [
        ("container", (None, RDF_TYPE, LDP + "BasicContainer")),
        ("root", (None, RDF_TYPE, "http://www.w3.org/ns/pim/space#Storage")),
        ("acl", (..., RDF_TYPE, "http://www.w3.org/ns/auth/acl#Authorization")),
        ("description", (None, RDF_TYPE, "http://v.example/About")),
        ("root acl", (..., RDF_TYPE, "http://www.w3.org/ns/auth/acl#Authorization")),
        ("storage description", (..., RDF_TYPE, "http://www.w3.org/ns/pim/space#Storage")),
    ],
)
def test_what_the_server_keeps_is_had_in_both_formats(kinds, ana, kind, triple, asked):
    answer = ana.get(kinds[kind], {"Accept": asked})
    assert (answer.status, answer.headers["Content-Type"]) == (200, asked)
    subject, predicate, value = triple
    found = said(answer, kinds[kind])
    wanted = kinds[kind] if subject is None else None
    assert any((wanted in {None, s}) and (p, o) == (predicate, value) for s, p, o in found)
    assert found == said(ana.get(kinds[kind]), kinds[kind])


@pytest.mark.spec("Practice NEG-03")
@pytest.mark.parametrize("accept", [{}, {"Accept": "*/*"}, {"Accept": ""}])
@pytest.mark.parametrize("sent", [TURTLE, JSON_LD, "text/html", "text/turtle; charset=utf-8"])
def test_without_a_wish_what_was_stored_comes_back_byte_for_byte(ana, place, sent, accept):
    body = STORED.get(sent, "# é\n").encode()
    ana.put(place + "x", body, sent)
    answer = ana.get(place + "x", accept)
    assert (answer.headers["Content-Type"], answer.body) == (sent, body)


@pytest.mark.spec("Practice NEG-03")
@pytest.mark.parametrize("accept", [{}, {"Accept": "*/*"}, {"Accept": "text/*"}])
def test_a_container_is_turtle_unless_asked_otherwise(ana, place, accept):
    ana.call("PUT", place, {"Content-Type": JSON_LD}, b"{}")
    assert ana.get(place, accept).headers["Content-Type"] == TURTLE


@pytest.mark.spec("Practice NEG-04")
def test_named_graphs_come_back_in_json_ld_and_stay_out_of_turtle(ana, place):
    document = {
        "@context": {"ex": EX},
        "@graph": [
            {"@id": "", "ex:title": "default"},
            {"@id": "#g", "@graph": [{"@id": "#b", "ex:title": "named"}]},
        ],
    }
    ana.put(place + "x", json.dumps(document).encode(), JSON_LD)
    assert ana.get(place + "x", {"Accept": JSON_LD}).json() == document
    turtle = ana.get(place + "x", {"Accept": TURTLE})
    assert said(turtle, place + "x") == {(place + "x", EX + "title", "default")}


@pytest.mark.spec("Practice NEG-04")
@pytest.mark.parametrize("asked", FORMATS)
@pytest.mark.parametrize("sent", [JSON_LD, N_QUADS, TRIG])
def test_named_graphs_come_back_in_each_format_that_has_some(ana, place, sent, asked):
    note = f"<{place}a> a <{place}a#Note> ."
    ana.put(place + "a", f'{note} <#g> {{ <#b> <urn:x:title> "named" }}'.encode(), TRIG)
    text = ana.get(place + "a", {"Accept": sent}).body
    assert ana.put(place + "x", text, sent).status == 201
    answer = ana.get(place + "x", {"Accept": asked})
    assert said(answer, place + "x") == {(place + "a", RDF_TYPE, place + "a#Note")}
    assert ("named" in answer.text) is (asked in {JSON_LD, N_QUADS, TRIG})


@pytest.mark.spec("Practice NEG-04")
@pytest.mark.parametrize("path", ["x/", "y.acl"])
def test_what_would_be_lost_in_a_named_graph_is_refused(ana, place, path):
    ana.put(place + "y", b"", "text/plain")
    refused = ana.put(place + path, b"<#g> { <#b> a <#C> }", TRIG)
    assert (refused.status, "named graph" in refused.text) == (422, True)
    assert ana.get(place + path).status == 404


@pytest.mark.spec("Practice NEG-05")
@pytest.mark.parametrize("form", ["compacted", "expanded", "flattened"])
def test_a_document_form_of_json_ld_is_taken(ana, place, form):
    kind = f'{JSON_LD};profile="{PROFILE}{form}"'
    assert ana.put(place + "x", STORED[JSON_LD].encode(), kind).status == 201
    answer = ana.get(place + "x", {"Accept": kind})
    assert (answer.headers["Content-Type"], answer.text) == (kind, STORED[JSON_LD])
    assert said(ana.get(place + "x", {"Accept": TURTLE}), place + "x") == expected(place + "x")


@pytest.mark.spec("Practice NEG-05")
@pytest.mark.spec("RFC 9110 §8.8.3")
@pytest.mark.parametrize("stored", [TURTLE, JSON_LD])
def test_the_document_form_that_is_asked_for_is_sent(ana, place, stored):
    ana.put(place + "x", STORED[stored].encode(), stored)
    kinds = [f'{JSON_LD};profile="{PROFILE}{f}"' for f in ("compacted", "expanded", "flattened")]
    answers = [ana.get(place + "x", {"Accept": kind}) for kind in kinds]
    assert [answer.headers["Content-Type"] for answer in answers] == kinds
    assert all(said(answer, place + "x") == expected(place + "x") for answer in answers)
    assert len({answer.headers["ETag"] for answer in answers}) == 3
    compacted, expanded, flattened = (answer.json() for answer in answers)
    # The words are those of the document: of its context, or of its prefixes.
    assert compacted["@context"]["ex"] == EX
    assert "ex:title" in answers[0].text
    assert all("@value" in node[EX + "n"][0] for node in expanded if EX + "n" in node)
    assert {node["@id"] for node in flattened} == {place + "x", place + "x#a"}


@pytest.mark.spec("Practice NEG-05")
@pytest.mark.parametrize("form", ["compacted", "expanded", "flattened"])
def test_a_container_is_had_in_each_document_form(ana, place, form):
    ana.put(place + "x")
    kind = f'{JSON_LD};profile="{PROFILE}{form}"'
    answer = ana.get(place, {"Accept": kind})
    assert answer.headers["Content-Type"] == kind
    assert said(answer, place) == said(ana.get(place), place)
    assert ("@context" in answer.json()) is (form == "compacted")


@pytest.mark.spec("Practice NEG-05")
def test_a_profile_that_is_not_to_be_had_is_passed_over(ana, place):
    ana.put(place + "x", STORED[TURTLE].encode())
    asked = {"Accept": f'{JSON_LD};profile="https://www.w3.org/ns/activitystreams"'}
    assert ana.get(place + "x", asked).headers["Content-Type"] == JSON_LD


@pytest.mark.spec("RFC 9110 §8.8.3")
@pytest.mark.parametrize("asked", [*FORMATS, f'{JSON_LD};profile="{PROFILE}compacted"'])
def test_who_has_read_any_format_may_write(ana, place, asked):
    ana.put(place + "x", STORED[TURTLE].encode())
    tag = ana.get(place + "x", {"Accept": asked}).headers["ETag"]
    body = b"<> a <#Note> ."
    assert ana.put(place + "x", body, headers={"If-Match": tag}).status == 204
    assert ana.put(place + "x", body, headers={"If-Match": tag}).status == 412


@pytest.mark.spec("Practice NEG-08")
def test_json_is_answered_with_json_ld(ana, place):
    ana.put(place + "x", STORED[TURTLE].encode())
    answer = ana.get(place + "x", {"Accept": "application/json"})
    assert answer.status == 200
    assert said(answer, place + "x") == expected(place + "x")


@pytest.mark.spec("RFC 9110 §12.4.1")
@pytest.mark.parametrize(
    ("kind", "accept"),
    [
        ("document", "image/png"),
        ("document", ", ".join(f"{kind};q=0" for kind in FORMATS)),
        ("picture", TURTLE),
        ("picture", "text/*"),
        ("container", "text/html"),
        ("acl", "text/html"),
        ("description", "text/html"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_not_to_be_had_is_406(kinds, ana, method, kind, accept):
    assert ana.call(method, kinds[kind], {"Accept": accept}).status == 406


@pytest.mark.spec("Practice NEG-10")
@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/turtle;q=0.9, */*;q=0.1",
    ],
)
def test_a_page_in_a_container_never_hides_the_listing(ana, place, accept):
    ana.put(place + "index.html", b"<p>page</p>", "text/html")
    answer = ana.get(place, {"Accept": accept})
    assert answer.headers["Content-Type"] == TURTLE
    assert place + "index.html" in answer.text


@pytest.mark.spec("RFC 9110 §8.8.3")
@pytest.mark.parametrize(
    "kind", ["document", "container", "acl", "description", "storage description"]
)
def test_each_format_has_its_own_tag_and_vary_says_so(kinds, ana, kind):
    answers = [ana.get(kinds[kind], {"Accept": asked}) for asked in FORMATS]
    tags = [answer.headers["ETag"] for answer in answers]
    assert len(set(tags)) == len(FORMATS)
    assert all(re.fullmatch(r'"[^"]+"', tag) for tag in tags)
    assert all({"Accept", "Authorization", "Origin"} <= listed(a, "Vary") for a in answers)


@pytest.mark.spec("Practice NEG-13")
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        pytest.param(TURTLE, b"<> <", id="Turtle"),
        pytest.param(TURTLE, b"\xff\xfe", id="not UTF-8"),
        pytest.param(TURTLE, b"<> a nothing:here .", id="unknown prefix"),
        pytest.param(JSON_LD, b'{"@id": ', id="JSON"),
        pytest.param(JSON_LD, b"[" * 5000, id="deep JSON"),
        pytest.param(N_TRIPLES, b"<a> <b> <c> .", id="relative N-Triples"),
        pytest.param(N_QUADS, b"<urn:a> <urn:b> <urn:c> <urn:d> <urn:e> .", id="N-Quads"),
        pytest.param(TRIG, b"<#g> { <a> <b> <c>", id="TriG"),
        pytest.param(RDF_XML, b"<rdf:RDF>", id="XML"),
        pytest.param(RDF_XML, b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", id="entities"),
        pytest.param(TURTLE, b'<> <#p> "x"@ar--rtl .', id="RDF 1.2"),
        pytest.param(JSON_LD, b'{"@context": "https://evil.example/c"}', id="unknown context"),
    ],
)
@pytest.mark.parametrize("path", ["x", "y/", "z.acl", "z.meta"])
def test_rdf_that_is_broken_is_not_stored(ana, place, path, kind, body):
    ana.put(place + "z", b"", "text/plain")
    assert ana.put(place + path, body, kind).status == 400
    assert ana.get(place + path).status == 404


@pytest.mark.spec("Practice NEG-16")
def test_a_charset_makes_no_difference_to_what_turtle_is(ana, place):
    ana.put(place + "x", STORED[TURTLE].encode(), "Text/Turtle; Charset=UTF-8")
    assert said(ana.get(place + "x", {"Accept": JSON_LD}), place + "x") == expected(place + "x")
    assert ana.get(place + "x", {"Accept": TURTLE}).status == 200


@pytest.mark.spec("Solid Protocol §13.1 #apply-normalization-canonicalization")
@pytest.mark.parametrize(
    "kind",
    ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xsl", "text/plain;a, text/html"],
)
def test_what_a_browser_would_run_runs_as_if_from_nowhere(ana, place, kind):
    # Y: user content on the origin of the server must not act as the server.
    ana.put(place + "x", b"<p/>", kind)
    answer = ana.get(place + "x")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_numbers_are_kept_as_they_were_written(ana, place):
    ana.put(place + "x", STORED[TURTLE].encode())
    assert '"01"' in ana.get(place + "x", {"Accept": N_TRIPLES}).text


@pytest.mark.spec("RFC 9110 §15.5.16")
@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "x, identity"])
def test_a_body_in_a_content_coding_is_refused_whatever_it_is(ana, nobody, place, coding):
    headers = {"Content-Encoding": coding}
    refused = ana.put(place + "x", b"\x1f\x8bno gzip", headers=headers)
    assert (refused.status, refused.headers["Accept-Encoding"]) == (415, "identity")
    assert ana.get(place + "x").status == 404
    assert nobody.put(place + "x", b"x", headers=headers).status == 401
    assert ana.put(place + "x", b"", headers={"Content-Encoding": "Identity"}).status == 201
