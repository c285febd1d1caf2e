"""Containers and what they hold (Solid Protocol §3.1, §4.2)."""

from email.utils import parsedate_to_datetime

import pytest
from agents import acl, rule
from answers import CONTAINS, LDP, MODIFIED, PIM, RDF_TYPE, STAT, links, members, said, values

from pod.rdf.formats import FORMS

MEDIA_TYPES = "http://www.w3.org/ns/iana/media-types/"
CONTAINER_TYPES = {LDP + "Resource", LDP + "Container", LDP + "BasicContainer"}
STORAGE = PIM + "Storage"


@pytest.mark.spec("Solid Protocol §3.1 #uri-slash-semantics")
@pytest.mark.parametrize(
    ("path", "is_container"), [("x", False), ("x/", True), ("a/b", False), ("a/b/", True)]
)
def test_a_slash_at_the_end_makes_a_container_and_nothing_else_does(ana, place, path, is_container):
    ana.put(place + path)
    assert (LDP + "Container" in links(ana.head(place + path), "type")) == is_container


HAS_MEMBER = "http://www.w3.org/2006/vcard/ns#hasMember"
twins = pytest.mark.parametrize(("first", "second"), [("x", "x/"), ("x/", "x")])


@pytest.mark.spec("Solid Protocol §3.1 #server-uri-trailing-slash-distinct")
class TestTwins:
    """Two addresses that differ in the final slash are one name."""

    @twins
    def test_put_on_the_twin_is_409(self, ana, place, first, second):
        ana.put(place + first)
        assert ana.put(place + second).status == 409
        assert members(ana.get(place), place) == {place + first}

    @twins
    @pytest.mark.spec("Solid Protocol §3.1 #server-uri-redirect-differing")
    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    @pytest.mark.parametrize("query", ["", "?a=1&b=c%20d"])
    def test_get_of_the_twin_leads_to_it(self, ana, place, first, second, method, query):
        ana.put(place + first)
        answer = ana.call(method, place + second + query)
        assert (answer.status, answer.body) == (301, b"")
        assert answer.headers["Location"] == place + first + query
        assert ana.call(method, answer.headers["Location"]).status == 200
        assert links(answer, "acl") == [place + second + ".acl"]

    @twins
    @pytest.mark.spec("Solid Protocol §3.1 #server-authorization-redirect")
    def test_the_twin_tells_nothing_to_who_may_not_read(
        self, bob, nobody, ana, place, first, second
    ):
        ana.put(place + first)
        assert bob.get(place + second).status == bob.get(place + "none").status == 403
        assert nobody.get(place + second).status == nobody.get(place + "none").status == 401

    @twins
    @pytest.mark.spec("Solid Protocol §3.1 #server-authorization-redirect")
    def test_nor_to_who_may_read_one_of_both(self, bob, ana, place, first, second):
        ana.put(place + first)
        ana.grant(place, rule(ana.webid, "Read Write Control"), rule(bob.webid, "Read"))
        ana.grant(place + first, rule(ana.webid, "Read Write Control", "accessTo"))
        found, none = bob.get(place + second), bob.get(place + "none")
        assert (found.status, found.body) == (404, none.body)
        only = rule(bob.webid, "Read", "accessTo")
        ana.grant(place, rule(ana.webid, "Read Write Control"))
        ana.grant(place + first, rule(ana.webid, "Read Write Control", "accessTo"), only)
        assert bob.get(place + first).status == 200
        assert bob.get(place + second).status == 403

    @twins
    @pytest.mark.spec("WAC §4.3 #acl-agentgroup")
    def test_it_leads_the_members_of_a_group(self, bob, ana, place, first, second):
        ana.put(place + "group", f"<#g> <{HAS_MEMBER}> <{bob.webid}> .".encode())
        ana.put(place + first)
        ana.grant(place, rule(ana.webid, "Read Write Control"), rule(bob.webid, "Read"))
        members_ = f"acl:agentGroup <{place}group#g>"
        mine = rule(ana.webid, "Read Write Control", "accessTo")
        ana.grant(place + first, mine, rule(members_, "Read", "accessTo"))
        assert bob.get(place + second).headers["Location"] == place + first

    @twins
    def test_no_other_method_is_led_anywhere(self, ana, place, first, second):
        ana.put(place + first)
        assert ana.put(place + second).status == 409
        assert ana.post(place + second).status == 404
        assert ana.options(place + second).status == 204

    @twins
    @pytest.mark.spec("Solid Protocol §3.1 #server-authorization-redirect")
    def test_delete_of_the_twin_leads_to_it_who_may(self, bob, nobody, ana, place, first, second):
        ana.put(place + first)
        ana.grant(place, rule(ana.webid, "Read Write Control"), rule(bob.webid, "Read"))
        answer = ana.delete(place + second)
        assert (answer.status, answer.headers["Location"]) == (308, place + first)
        assert bob.delete(place + second).status == bob.delete(place + "none").status == 404
        assert nobody.delete(place + second).status == nobody.delete(place + "none").status == 401
        assert ana.get(place + first).status == 200
        assert ana.delete(answer.headers["Location"]).status == 205
        assert ana.delete(place + second).status == 404

    @twins
    @pytest.mark.spec("Solid Protocol §3.1 #server-authorization-redirect")
    def test_delete_leads_nobody_to_what_is_not_his_to_delete(self, bob, ana, place, first, second):
        ana.put(place + first)
        mine = rule(ana.webid, "Read Write Control")
        ana.grant(place, mine, rule(bob.webid, "Read Write"))
        ana.grant(place + first, rule(ana.webid, "Read Write Control", "accessTo"))
        assert bob.delete(place + second).status == bob.delete(place + "none").status == 404

    @twins
    def test_a_slug_that_meets_the_twin_gets_another_name(self, ana, place, first, second):
        ana.put(place + first)
        link = {"Link": f'<{LDP}BasicContainer>; rel="type"'} if second.endswith("/") else {}
        answer = ana.post(place, headers={"Slug": "x", **link})
        assert answer.status == 201
        assert answer.headers["Location"] not in {place + "x", place + "x/"}

    def test_intermediate_containers_do_not_stand_on_documents(self, ana, place):
        ana.put(place + "x")
        before = ana.get(place).body
        assert ana.put(place + "x/y/z").status == 409
        assert ana.get(place).body == before


@pytest.mark.spec("Solid Protocol §4.2 #server-hierarchical-containment")
@pytest.mark.spec("Solid Protocol §4.2 #server-basic-container")
def test_a_container_holds_exactly_its_direct_children(ana, place):
    for path in ("a", "b/c", "b/d/e", "f.acl.txt", "g/"):
        assert ana.put(place + path).status == 201
    ana.grant(place + "a", rule(ana.webid, "Read Write Control", "accessTo"))
    assert members(ana.get(place), place) == {
        place + name for name in ("a", "b/", "f.acl.txt", "g/")
    }
    assert members(ana.get(place + "b/"), place + "b/") == {place + "b/c", place + "b/d/"}
    assert members(ana.get(place + "b/d/"), place + "b/d/") == {place + "b/d/e"}
    assert members(ana.get(place + "g/"), place + "g/") == set()


@pytest.mark.spec("Solid Protocol §4.2 #server-hierarchical-containment")
def test_every_resource_is_found_by_walking_down_from_the_root(owner):
    owner.put(owner.storage + "deep/er/and/deeper/x")
    found, waiting = set(), [owner.storage]
    while waiting:
        here = waiting.pop()
        found.add(here.removeprefix(owner.storage))
        waiting += members(owner.get(here), here) if here.endswith("/") else ()
    deep = {"deep/", "deep/er/", "deep/er/and/", "deep/er/and/deeper/", "deep/er/and/deeper/x"}
    settings = {"prefs.ttl", "privateTypeIndex.ttl", "publicTypeIndex.ttl"}
    first = {"", "inbox/", "private/", "profile/", "profile/card", "public/", "settings/"}
    assert found == first | {f"settings/{name}" for name in settings} | deep


@pytest.mark.spec("LDP §5.2.1.4")
@pytest.mark.spec("Solid Protocol §4.1 #server-link-storage")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("root", CONTAINER_TYPES | {STORAGE}),
        ("container", CONTAINER_TYPES),
        ("document", {LDP + "Resource"}),
        ("picture", {LDP + "Resource"}),
    ],
)
def test_the_types_are_linked(kinds, ana, method, kind, expected):
    assert set(links(ana.call(method, kinds[kind]), "type")) == expected


@pytest.mark.spec("Practice CON-08")
@pytest.mark.parametrize(
    ("kind", "expected"), [("root", CONTAINER_TYPES | {STORAGE}), ("container", CONTAINER_TYPES)]
)
def test_a_container_says_what_it_is(kinds, ana, kind, expected):
    url = kinds[kind]
    assert values(said(ana.get(url), url), url, RDF_TYPE) == expected


@pytest.mark.spec("Solid Protocol §4.2.1 #server-contained-resource-metadata")
@pytest.mark.parametrize("accept", [form.media_type for form in FORMS])
def test_of_each_member_type_size_and_time_are_told(ana, place, accept):
    ana.put(place + "note", b"<> a <#Note> .", "text/turtle; charset=utf-8")
    ana.put(place + "sub/")
    ana.put(place + "odd", b"12345", "Application/X-Odd+Thing")
    found = said(ana.get(place, {"Accept": accept}), place)
    when = parsedate_to_datetime(ana.head(place + "note").headers["Last-Modified"])

    assert values(found, place + "note", RDF_TYPE) == {
        LDP + "Resource",
        MEDIA_TYPES + "text/turtle#Resource",
    }
    assert values(found, place + "note", STAT + "size") == {"14"}
    assert values(found, place + "note", STAT + "mtime") == {str(int(when.timestamp()))}
    assert values(found, place + "odd", RDF_TYPE) >= {
        MEDIA_TYPES + "application/x-odd+thing#Resource"
    }
    assert values(found, place + "sub/", RDF_TYPE) == CONTAINER_TYPES
    assert values(found, place + "sub/", STAT + "size") == set()


@pytest.mark.spec("Solid Protocol §4.2.1 #dcterms-modified-corresponds-last-modified")
@pytest.mark.parametrize("path", ["note", "sub/"])
def test_a_members_time_is_its_last_modified(ana, place, path):
    ana.put(place + path)
    (told,) = values(said(ana.get(place), place), place + path, MODIFIED)
    when = parsedate_to_datetime(ana.head(place + path).headers["Last-Modified"])
    assert told == when.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.spec("Solid Protocol §4.2 #container-last-modified-reliability")
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda ana, at: ana.put(at + "new"), id="a member comes"),
        pytest.param(lambda ana, at: ana.delete(at + "old"), id="a member goes"),
        pytest.param(lambda ana, at: ana.put(at + "old", b"xx", "text/x"), id="a member changes"),
        pytest.param(lambda ana, at: ana.put(at + "new/"), id="a container comes"),
    ],
)
def test_the_tag_changes_with_the_listing(ana, place, change):
    ana.put(place + "old", b"x", "text/plain")
    before = ana.get(place)
    assert change(ana, place).status in {201, 204, 205}
    after = ana.get(place)
    assert after.body != before.body
    assert after.headers["ETag"] != before.headers["ETag"]


@pytest.mark.spec("Solid Protocol §4.2 #container-last-modified-reliability")
@pytest.mark.parametrize("path", ["sub/deeper/x", "sub/x.acl", ".acl"])
def test_what_does_not_show_in_the_listing_does_not_change_the_tag(ana, place, path):
    ana.put(place + "sub/x")
    ana.put(place + "sub/deeper/y")
    before = ana.get(place)
    rules = acl(
        (place + path).removesuffix(".acl"), rule(ana.webid, "Read Write Control", "accessTo")
    )
    assert ana.put(place + path, rules if path.endswith(".acl") else b"").status == 201
    after = ana.get(place)
    assert (after.body, after.headers["ETag"]) == (before.body, before.headers["ETag"])


@pytest.mark.spec("Solid Protocol §4.3 #server-auxiliary-resources-management")
def test_auxiliary_resources_are_no_members(kinds, ana):
    found = said(ana.get(kinds["container"]), kinds["container"])
    assert not any(o.endswith((".acl", ".meta")) for _, p, o in found if p == CONTAINS)


@pytest.mark.spec("Practice CON-13")
def test_the_listing_is_the_same_for_all_who_may_read_it(ana, bob, place):
    ana.put(place + "open")
    ana.put(place + "secret")
    ana.grant(place + "secret", rule(ana.webid, "Read Write Control", "accessTo"))
    ana.grant(place, rule(ana.webid, "Read Write Control"), rule(bob.webid, "Read"))
    assert members(bob.get(place), place) == {place + "open", place + "secret"}
    assert bob.get(place + "secret").status == 403
