"""The rules of the server are told to who is refused by one of them (Solid Protocol §5.6)."""

import pytest
from answers import links, said

ELSEWHERE = b"""@prefix acl: <http://www.w3.org/ns/auth/acl#> .
[] a acl:Authorization ; acl:agent <https://a.example/#me> ; acl:accessTo <y> ; acl:mode acl:Read .
"""
CONSTRAINED_BY = "http://www.w3.org/ns/ldp#constrainedBy"


@pytest.mark.spec("Solid Protocol §5.6 #server-resource-constraints-advertisement")
class TestConstraints:
    """A refusal by a rule of the server's links to all of them."""

    @pytest.mark.parametrize(
        ("method", "path", "kind", "body", "status"),
        [
            ("PUT", "x/", "text/turtle", b"", 409),
            ("PUT", ".well-known/x", "text/plain", b"x", 409),
            ("PUT", "x.acl", "text/turtle", ELSEWHERE, 422),
            ("PUT", "c/", "text/plain", b"x", 415),
            ("PATCH", "x", "text/plain", b"x", 415),
            ("PATCH", "x", "text/n3", b"<> a <#Patch> .", 422),
        ],
    )
    def test_by_a_rule(self, world, ana, nobody, place, method, path, kind, body, status):
        ana.put(place + "x")
        url = (ana.storage if path.startswith(".well") else place) + path
        answer = ana.call(method, url, {"Content-Type": kind}, body)
        assert answer.status == status
        assert links(answer, CONSTRAINED_BY) == [world.base + "ns/constraints"]
        assert nobody.call(method, url, {"Content-Type": kind}, body).status == 401

    @pytest.mark.parametrize(
        ("method", "path", "status"), [("GET", "none", 404), ("GET", "x", 200), ("POST", "x", 405)]
    )
    def test_and_no_other(self, ana, place, method, path, status):
        ana.put(place + "x")
        answer = ana.call(method, place + path)
        assert (answer.status, links(answer, CONSTRAINED_BY)) == (status, [])

    @pytest.mark.spec("Solid Protocol §5.6 #server-resource-constraints-rdf")
    def test_for_people_and_for_programs(self, world, nobody):
        url = world.base + "ns/constraints"
        assert "<h1>" in nobody.get(url, {"Accept": "text/html"}).text
        for accept in ("text/turtle", "application/ld+json"):
            about = {subject for subject, _, _ in said(nobody.get(url, {"Accept": accept}), url)}
            assert f"{url}#inbox" in about
