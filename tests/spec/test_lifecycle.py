"""How resources come to be, change and end (Solid Protocol §5.3, §5.4)."""

import pytest
from agents import EVERYONE, rule
from answers import LDP, MODIFIED, RDF_TYPE, STAT, links, listed, members, said, values

TITLE = "http://purl.org/dc/terms/title"
IS_CONTAINER = {"Link": f'<{LDP}BasicContainer>; rel="type"'}


@pytest.mark.spec("Solid Protocol §5.3 #server-put-patch-intermediate-containers")
@pytest.mark.parametrize("path", ["a/b/c", "a/b/c/"])
def test_put_makes_the_containers_on_the_way(ana, place, path):
    assert ana.put(place + path).status == 201
    assert members(ana.get(place), place) == {place + "a/"}
    assert members(ana.get(place + "a/"), place + "a/") == {place + "a/b/"}
    assert members(ana.get(place + "a/b/"), place + "a/b/") == {place + path}
    assert place in members(ana.get(ana.storage), ana.storage)


@pytest.mark.spec("Solid Protocol §3.1 #server-uri-trailing-slash-distinct")
@pytest.mark.parametrize("path", ["x/y", "x/y/", "x/y/z", "x/"])
def test_nothing_is_made_below_a_document(ana, place, path):
    ana.put(place + "x", b"a", "text/plain")
    assert ana.put(place + path).status == 409
    assert members(ana.get(place), place) == {place + "x"}
    assert ana.get(place + "x").body == b"a"


class TestPost:
    """POST: a new member of a container."""

    @pytest.mark.spec("Solid Protocol §5.3 #server-post-container")
    @pytest.mark.spec("Solid Protocol §5.1 #server-post-uri-assignment")
    def test_the_server_gives_each_a_place_of_its_own(self, ana, place):
        ana.put(place)
        made = [ana.post(place, b"%d" % n, "text/plain") for n in range(3)]
        places = {answer.headers["Location"] for answer in made}
        assert [answer.status for answer in made] == [201, 201, 201]
        assert places == members(ana.get(place), place)
        assert len(places) == 3
        assert all("/" not in url.removeprefix(place) for url in places)

    @pytest.mark.spec("Solid Protocol §5.3 #server-post-target-not-found")
    @pytest.mark.parametrize("path", ["none/", "none", "none/deeper/"])
    def test_where_nothing_is_404_and_nothing_is_made(self, ana, place, path):
        ana.put(place)
        assert ana.post(place + path, b"a", "text/plain").status == 404
        assert members(ana.get(place), place) == set()

    @pytest.mark.spec("RFC 9110 §15.5.6")
    def test_to_a_document_405(self, ana, place):
        ana.put(place + "x", b"a", "text/plain")
        answer = ana.post(place + "x", b"b", "text/plain")
        assert answer.status == 405
        assert "POST" not in listed(answer, "Allow")
        assert ana.get(place + "x").body == b"a"

    @pytest.mark.spec("RFC 5023 §9.7")
    @pytest.mark.parametrize(
        ("slug", "name"),
        [
            ("note", "note"),
            ("a note", "a%20note"),
            ("a%20note", "a%20note"),
            ("%C3%A9t%C3%A9", "%C3%A9t%C3%A9"),
            ("note.ttl", "note.ttl"),
            ("note/", "note"),
            ("~*", "~*"),
        ],
    )
    def test_a_slug_names_the_new_resource(self, ana, place, slug, name):
        ana.put(place)
        answer = ana.post(place, headers={"Slug": slug})
        assert (answer.status, answer.headers["Location"]) == (201, place + name)

    @pytest.mark.spec("RFC 5023 §9.7")
    @pytest.mark.parametrize(
        "slug",
        ["a/b", "a%2Fb", "..", "%2e%2e", ".", "", "/", "a" * 300, "%00", "%0A", "%zz", "%ff"],
    )
    def test_a_slug_that_is_no_name_is_passed_over(self, ana, place, slug):
        ana.put(place)
        answer = ana.post(place, headers={"Slug": slug})
        assert answer.status == 201
        (made,) = members(ana.get(place), place)
        assert answer.headers["Location"] == made

    @pytest.mark.spec("RFC 5023 §9.7")
    @pytest.mark.parametrize("kind", [{}, IS_CONTAINER], ids=["document", "container"])
    @pytest.mark.parametrize("there", ["note.ttl", "note.ttl/"])
    def test_a_slug_that_is_taken_overwrites_nothing(self, ana, place, there, kind):
        ana.put(place + there)
        before = ana.get(place + there).headers["ETag"]
        answer = ana.post(place, headers={"Slug": "note.ttl", **kind})
        assert answer.status == 201
        assert answer.headers["Location"] not in {place + "note.ttl", place + "note.ttl/"}
        assert "note" in answer.headers["Location"]
        assert ana.get(place + there).headers["ETag"] == before

    @pytest.mark.spec("Practice LIF-07")
    @pytest.mark.parametrize(
        "slug", [".acl", ".meta", "x.acl", "x.meta", "x.acl.acl", "x%2Eacl", "x.acl/"]
    )
    @pytest.mark.parametrize("kind", [{}, IS_CONTAINER], ids=["document", "container"])
    def test_a_slug_for_an_auxiliary_resource_is_403(self, ana, place, slug, kind):
        ana.put(place + "x")
        assert ana.post(place, headers={"Slug": slug, **kind}).status == 403
        assert members(ana.get(place), place) == {place + "x"}
        assert ana.get(place + "x.acl").status == 404

    @pytest.mark.spec("Practice LIF-07")
    @pytest.mark.parametrize("slug", [".well-known", ".well-known/"])
    def test_a_slug_for_the_servers_own_addresses_is_403(self, ana, slug):
        assert ana.post(ana.storage, headers={"Slug": slug}).status == 403

    @pytest.mark.spec("LDP §5.2.3.4")
    @pytest.mark.parametrize(
        "link",
        [
            f'<{LDP}BasicContainer>; rel="type"',
            f'<{LDP}Container>; rel="type"',
            f"<{LDP}BasicContainer>; rel=type",
            f'<{LDP}Resource>; rel="type", <{LDP}BasicContainer>; rel="type"',
        ],
    )
    @pytest.mark.parametrize("body", [None, b"", b'<> <http://purl.org/dc/terms/title> "T" .'])
    def test_a_link_makes_it_a_container(self, ana, place, link, body):
        ana.put(place)
        kind = {"Content-Type": "text/turtle", "Slug": "c"} if body is not None else {"Slug": "c"}
        answer = ana.call("POST", place, {**kind, "Link": link}, body)
        assert (answer.status, answer.headers["Location"]) == (201, place + "c/")
        found = said(ana.get(place + "c/"), place + "c/")
        assert values(found, place + "c/", RDF_TYPE) >= {LDP + "BasicContainer"}
        assert values(found, place + "c/", TITLE) == ({"T"} if body else set())


class TestContainers:
    """What a client may say of a container, and what only the server says."""

    @pytest.mark.spec("Practice LIF-09")
    @pytest.mark.parametrize(
        ("headers", "body"),
        [
            pytest.param({}, None, id="bare"),
            pytest.param({"Content-Type": "text/turtle"}, b"", id="typed"),
            pytest.param(
                {"Content-Type": "text/turtle", "If-None-Match": "*", **IS_CONTAINER},
                b"",
                id="as the most used client does",
            ),
        ],
    )
    def test_put_makes_one(self, ana, place, headers, body):
        answer = ana.call("PUT", place + "c/", headers, body)
        assert (answer.status, answer.headers["Location"]) == (201, place + "c/")
        assert LDP + "BasicContainer" in links(ana.head(place + "c/"), "type")

    @pytest.mark.spec("Practice LIF-12")
    @pytest.mark.parametrize("kind", ["text/turtle", "application/ld+json"])
    def test_what_a_client_says_of_one_is_kept(self, ana, place, kind):
        body = {
            "text/turtle": f'<> <{TITLE}> "Notes" .',
            "application/ld+json": f'{{"@id": "", "{TITLE}": "Notes"}}',
        }[kind]
        ana.put(place + "c/", body.encode(), kind)
        ana.put(place + "c/x")
        for accept in ("text/turtle", "application/ld+json", "application/n-triples"):
            found = said(ana.get(place + "c/", {"Accept": accept}), place + "c/")
            assert values(found, place + "c/", TITLE) == {"Notes"}
            assert values(found, place + "c/", LDP + "contains") == {place + "c/x"}

    @pytest.mark.spec("Practice LIF-10")
    def test_put_on_one_replaces_what_was_said_and_keeps_its_members(self, ana, place):
        ana.put(place, f'<> <{TITLE}> "Old" .'.encode())
        ana.put(place + "x")
        assert ana.put(place, f'<> <{TITLE}> "New" .'.encode()).status == 204
        found = said(ana.get(place), place)
        assert values(found, place, TITLE) == {"New"}
        assert values(found, place, LDP + "contains") == {place + "x"}

    MANAGED = (
        pytest.param(f"<> <{LDP}contains> <other> .", id="a member that is not there"),
        pytest.param(f"<> <{LDP}contains> <x> .", id="a member that is there"),
        pytest.param(f"<x> <{STAT}size> 5 .", id="the size of a member"),
        pytest.param(f"<x> <{STAT}mtime> 5 .", id="the time of a member"),
        pytest.param(f'<x> <{MODIFIED}> "2020-01-01" .', id="the date of a member"),
        pytest.param(
            f"<x> <{RDF_TYPE}> <http://www.w3.org/ns/iana/media-types/a/b#Resource> .",
            id="the type of a member",
        ),
        pytest.param(
            "<> a <http://www.w3.org/ns/pim/space#Storage> .", id="that it were a storage"
        ),
    )

    @pytest.mark.spec("Solid Protocol §5.3 #server-protect-containment")
    @pytest.mark.spec("Solid Protocol §5.3 #server-protect-contained-resource-metadata")
    @pytest.mark.parametrize("text", MANAGED)
    @pytest.mark.parametrize("there", [True, False], ids=["existing", "new"])
    def test_put_cannot_say_what_the_server_says(self, ana, place, text, there):
        if there:
            ana.put(place + "c/x")
        before = ana.get(place + "c/")
        assert ana.put(place + "c/", text.encode()).status == 409
        after = ana.get(place + "c/")
        assert (after.status, after.headers["ETag"]) == (before.status, before.headers["ETag"])

    @pytest.mark.spec("Solid Protocol §5.3 #server-protect-contained-resource-metadata")
    @pytest.mark.parametrize("text", MANAGED)
    def test_nor_can_post(self, ana, place, text):
        ana.put(place)
        answer = ana.post(place, text.encode(), headers={"Slug": "c", **IS_CONTAINER})
        assert answer.status == 409
        assert members(ana.get(place), place) == set()

    @pytest.mark.spec("Practice LIF-13")
    @pytest.mark.parametrize("method", ["PUT", "POST"])
    def test_a_container_is_no_non_rdf_source(self, ana, place, method):
        ana.put(place)
        link = f'<{LDP}NonRDFSource>; rel="type", <{LDP}BasicContainer>; rel="type"'
        url = place + "c/" if method == "PUT" else place
        answer = ana.call(method, url, {"Content-Type": "text/turtle", "Link": link})
        assert answer.status == 409


class TestDelete:
    """DELETE: the end of a resource, of what is about it, and of its place in the listing."""

    @pytest.mark.spec("Solid Protocol §5.4 #server-delete-remove-containment")
    @pytest.mark.spec("Solid Protocol §5.4 #server-delete-get")
    @pytest.mark.parametrize("path", ["x", "c/"])
    def test_it_is_gone_from_its_place_and_from_the_listing(self, ana, place, path):
        ana.put(place + path)
        assert ana.delete(place + path).status == 205
        assert ana.get(place + path).status == 404
        assert members(ana.get(place), place) == set()

    @pytest.mark.spec("Solid Protocol §5.4 #server-delete-remove-auxiliary-resource")
    @pytest.mark.spec("WAC §5.3.1 #reinstated-resource-permissions")
    @pytest.mark.parametrize("path", ["x", "c/"])
    def test_its_rules_go_with_it_and_do_not_come_back(self, ana, nobody, place, path):
        ana.put(place + path)
        ana.grant(
            place + path,
            rule(EVERYONE, "Read", "accessTo"),
            rule(ana.webid, "Read Write Control", "accessTo"),
        )
        assert nobody.get(place + path).status == 200
        assert ana.delete(place + path).status == 205
        assert ana.get(place + path + ".acl").status == 404
        assert ana.put(place + path).status == 201
        assert ana.get(place + path + ".acl").status == 404
        assert nobody.get(place + path).status == 401

    @pytest.mark.spec("Solid Protocol §5.4 #server-delete-remove-empty-container")
    def test_an_acl_does_not_keep_a_container_from_being_empty(self, ana, place):
        ana.put(place + "c/x")
        ana.grant(place + "c/", rule(ana.webid, "Read Write Control"))
        ana.delete(place + "c/x")
        assert ana.delete(place + "c/").status == 205

    @pytest.mark.spec("Solid Protocol §5.4 #server-delete-protect-nonempty-container")
    @pytest.mark.parametrize("member", ["c/x", "c/d/"])
    def test_a_container_that_is_not_empty_stays(self, ana, place, member):
        ana.put(place + member)
        answer = ana.delete(place + "c/")
        assert (answer.status, answer.headers["Content-Type"]) == (409, "application/problem+json")
        assert "empty" in answer.json()["detail"]
        assert ana.get(place + member).status == 200

    @pytest.mark.spec("Solid Protocol §5.4 #server-delete-protect-root-container")
    @pytest.mark.parametrize("path", ["", ".acl"])
    def test_the_root_and_its_rules_stay(self, ana, path):
        answer = ana.delete(ana.storage + path)
        assert answer.status == 405
        assert "DELETE" not in listed(answer, "Allow")
        assert ana.get(ana.storage + path).status == 200

    @pytest.mark.spec("Practice LIF-17")
    @pytest.mark.parametrize("path", ["none", "none/", "none/x"])
    def test_of_nothing_is_404_for_those_who_may_read_only(self, ana, bob, nobody, place, path):
        ana.put(place)
        asked = [who.delete(place + path).status for who in (ana, bob, nobody)]
        assert asked == [404, 403, 401]


@pytest.mark.spec("Practice LIF-23")
@pytest.mark.parametrize(("path", "kind"), [("x", "text/turtle"), ("c/", "application/ld+json")])
def test_more_rdf_than_the_server_reads_is_413(ana, place, path, kind):
    large = b" " * (10 * 1024 * 1024 + 1)
    answer = ana.put(place + path, large, kind)
    assert answer.status == 413
    assert ana.get(place + path).status == 404


@pytest.mark.spec("Solid Protocol §4.3 #server-auxiliary-resources-management")
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("none.acl", 409),
        ("x.acl.acl", 409),
        ("x.meta.acl", 409),
        ("x.acl/", 409),
        ("x.acl/y", 409),
        (".acl.acl", 409),
    ],
)
def test_auxiliary_names_are_auxiliary_resources_and_nothing_else(ana, place, path, status):
    ana.put(place + "x")
    body = f"<#r> a <http://www.w3.org/ns/auth/acl#Authorization> ; <{TITLE}> 1 ."
    assert ana.put(place + path, body.encode()).status == status
    assert members(ana.get(place), place) == {place + "x"}


@pytest.mark.spec("Practice HTTP-24")
@pytest.mark.parametrize("path", ["x", "", "a/b", "a/b/"])
def test_the_servers_own_addresses_take_nothing(ana, path):
    url = f"{ana.storage}.well-known/{path}"
    assert ana.put(url).status == 409
    assert ana.get(url).status == 404
