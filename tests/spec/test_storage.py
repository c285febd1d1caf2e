"""Storages, their descriptions and their owners (Solid Protocol §4.1)."""

from urllib.parse import urljoin

import pytest
from agents import rule
from answers import PIM, RDF_TYPE, SOLID, links, said, values

STORAGE_TYPE = PIM + "Storage"
DESCRIPTION = SOLID + "storageDescription"
OWNER = SOLID + "owner"
SD = "https://w3id.org/selfdata/ns#"


@pytest.mark.spec("Solid Protocol §4.1 #server-storage")
@pytest.mark.spec("Solid Protocol §4.1 #server-storage-nonoverlapping")
def test_each_person_has_a_storage_and_none_lies_in_another(ana, bob, carol):
    roots = [who.storage for who in (ana, bob, carol)]
    assert all(who.get(who.storage).status == 200 for who in (ana, bob, carol))
    assert not any(a != b and a.startswith(b) for a in roots for b in roots)


@pytest.mark.spec("Solid Protocol §4.1 #server-link-storage")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "kind",
    ["root", "root acl", "container", "document", "acl", "description", "storage description"],
)
def test_the_root_and_nothing_else_is_a_storage(kinds, ana, method, kind):
    found = STORAGE_TYPE in links(ana.call(method, kinds[kind]), "type")
    assert found == (kind == "root")


@pytest.mark.spec("Solid Protocol §4.1 #server-storage-description")
class TestDescription:
    """The storage description is linked from everywhere, and had by anyone."""

    @pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
    @pytest.mark.parametrize(
        "kind",
        [
            *("container", "document", "picture", "acl", "description", "root", "root acl"),
            "storage description",
        ],
    )
    def test_it_is_linked_from_every_resource(self, kinds, ana, method, kind):
        answer = ana.call(method, kinds[kind])
        assert links(answer, DESCRIPTION) == [ana.storage + ".well-known/solid"]

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", ".well-known/sparql?query=ASK%20%7B%7D", 200),
            ("OPTIONS", ".well-known/sparql", 204),
            ("OPTIONS", ".well-known/deposit", 204),
            ("GET", "none", 404),
            ("PUT", "note", 204),
            ("PATCH", "note", 415),
            ("DELETE", "note", 205),
        ],
    )
    def test_and_from_the_answers_about_others(self, ana, method, path, status):
        ana.put(ana.storage + "note")
        headers = {"Content-Type": "text/turtle"} if method == "PUT" else {}
        answer = ana.call(method, ana.storage + path, headers)
        assert answer.status == status
        assert links(answer, DESCRIPTION) == [ana.storage + ".well-known/solid"]

    @pytest.mark.parametrize(("who", "status"), [("nobody", 401), ("bob", 403)])
    def test_and_from_refusals(self, kinds, request, who, status):
        answer = request.getfixturevalue(who).get(kinds["document"])
        assert answer.status == status
        assert links(answer, DESCRIPTION) == [kinds["root"] + ".well-known/solid"]

    @pytest.mark.spec("Solid Protocol §4.1 #server-storage-description-resource")
    @pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json"])
    def test_anyone_reads_there_what_the_storage_offers(self, ana, nobody, accept):
        (url,) = links(ana.head(ana.storage), DESCRIPTION)
        answer = nobody.get(url, {"Accept": accept})
        assert answer.headers["Content-Type"] == accept
        found = said(answer, url)
        assert values(found, ana.storage, RDF_TYPE) == {STORAGE_TYPE}
        (query,) = values(found, ana.storage, "http://rdfs.org/ns/void#sparqlEndpoint")
        (deposit,) = values(found, ana.storage, SD + "depositEndpoint")
        assert nobody.get(query + "?query=ASK%20%7B%7D").status == 200
        assert nobody.options(deposit).status == 204

    @pytest.mark.spec("Practice STO-06")
    @pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json"])
    def test_the_server_is_described_at_its_own_root(self, world, nobody, accept):
        answer = nobody.get(world.base + ".well-known/solid", {"Accept": accept})
        assert (answer.status, answer.headers["Content-Type"]) == (200, accept)
        found = said(answer, world.base)
        (rules,) = values(found, world.base, "http://www.w3.org/ns/ldp#constrainedBy")
        assert nobody.get(rules).status == 200
        assert all(storage not in answer.text for storage in ("/ana/", "/bob/"))

    @pytest.mark.spec("Practice STO-06")
    def test_it_lies_where_clients_look_for_it(self, ana):
        assert links(ana.head(ana.storage), DESCRIPTION) == [
            urljoin(ana.storage, ".well-known/solid")
        ]


@pytest.mark.spec("Solid Protocol §4.1 #server-storage-track-owner")
class TestOwner:
    """Whoever the storage belongs to controls all of it."""

    @pytest.mark.spec("WAC §4.2 #loss-of-control-mitigation")
    def test_no_rule_locks_her_out(self, ana, bob, place):
        ana.put(place + "x", b"mine", "text/plain")
        ana.grant(place + "x", rule(bob.webid, "Read Write Control", "accessTo"))
        assert ana.get(place + "x").status == 403
        assert ana.get(place + "x.acl").status == 200
        ana.grant(place + "x", rule(ana.webid, "Read Control", "accessTo"))
        assert ana.get(place + "x").body == b"mine"

    def test_not_even_an_empty_document_of_rules(self, ana, place):
        ana.put(place + "x", b"mine", "text/plain")
        assert ana.put(place + "x.acl").status == 201
        assert ana.get(place + "x").status == 403
        assert ana.delete(place + "x.acl").status == 205
        assert ana.get(place + "x").status == 200

    @pytest.mark.spec("Solid Protocol §4.1 #server-storage-link-owner")
    def test_who_it_is_is_not_advertised(self, kinds, ana):
        # The server does not want to; her profile says so where she lets it be read.
        assert all(links(ana.get(url), OWNER) == [] for url in kinds.values())


@pytest.mark.spec("Practice STO-09")
def test_the_profile_says_which_storage_and_issuer_are_hers(world, ana, nobody):
    profile = ana.webid.partition("#")[0]
    for accept in ("text/turtle", "application/ld+json"):
        found = said(nobody.get(profile, {"Accept": accept}), profile)
        assert values(found, ana.webid, PIM + "storage") == {ana.storage}
        assert values(found, ana.webid, SOLID + "oidcIssuer") == {world.base}


@pytest.mark.spec("WAC §3.3 #server-root-container-acl")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_root_has_rules_of_its_own(ana, method):
    assert ana.call(method, ana.storage + ".acl").status == 200


@pytest.mark.spec("Practice STO-01")
def test_a_new_storage_is_its_owners_alone_but_for_what_apps_look_for(owner, nobody):
    refused = ["", ".acl", "profile/", "profile/card.acl", "public/.acl", "none"]
    assert {nobody.get(owner.storage + path).status for path in refused} == {401}
    assert {nobody.get(owner.storage + path).status for path in ("profile/card", "public/")} == {
        200
    }
