"""Auxiliary resources: what goes with a resource, and the description of it (Solid Protocol §4.3).

Of rules, only what is true of every auxiliary resource: the rest is in test_access_control.py.
"""

import pytest
from agents import EVERYONE, Person, rule
from answers import LDP, PIM, SOLID, STAT, links, listed, members
from described import SUBJECTS, TITLE, titled, titles
from patches import N3, UPDATE, n3, patch

from pod.rdf.formats import RdfFormat

INBOX = LDP + "inbox"
FULL = "Read Write Control"
MEDIA_TYPE = "http://www.w3.org/ns/iana/media-types/text/turtle#Resource"
ACL = "http://www.w3.org/ns/auth/acl#"
RDF = {each.media_type for each in RdfFormat}


@pytest.mark.spec("Solid Protocol §4.3 #server-link-auxiliary-type")
@pytest.mark.spec("WAC §3.1 #server-link-acl")
@pytest.mark.spec("Solid Protocol §4.3.2 #server-description-resource-max")
@pytest.mark.spec("WAC §3.1 #server-resource-acl-max")
@pytest.mark.spec("Practice AUX-09")
class TestLinks:
    """A resource names its auxiliary resources, and these name it."""

    @pytest.mark.parametrize("described", [False, True], ids=["alone", "described"])
    @pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
    @pytest.mark.parametrize("path", SUBJECTS)
    def test_one_of_each_kind_whether_there_is_one_or_not(self, ana, here, path, method, described):
        if described:
            assert ana.put(here + path + ".meta", titled("about")).status == 201
        answer = ana.call(method, here + path)
        assert links(answer, "acl") == [here + path + ".acl"]
        assert links(answer, "describedby") == [here + path + ".meta"]
        assert links(answer, "describes") == []

    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    def test_the_root_too(self, ana, method):
        answer = ana.call(method, ana.storage)
        assert links(answer, "acl") == [ana.storage + ".acl"]
        assert links(answer, "describedby") == [ana.storage + ".meta"]

    @pytest.mark.parametrize(
        ("who", "method", "path", "status"),
        [
            ("nobody", "GET", "x", 401),
            ("bob", "GET", "x", 403),
            ("ana", "GET", "none", 404),
            ("ana", "PUT", "x", 204),
            ("ana", "PUT", "new", 201),
            ("ana", "PUT", "new/", 201),
            ("ana", "POST", "x", 405),
            ("ana", "DELETE", "x", 205),
            ("ana", "DELETE", "", 409),
            ("ana", "PATCH", "picture", 415),
        ],
    )
    def test_whatever_is_answered(self, request, here, who, method, path, status):
        headers = {"Content-Type": "text/turtle"}
        answer = request.getfixturevalue(who).call(method, here + path, headers)
        assert answer.status == status
        assert links(answer, "acl") == [here + path + ".acl"]
        assert links(answer, "describedby") == [here + path + ".meta"]

    @pytest.mark.spec("Solid Protocol §4.3.2 #client-link-describes")
    @pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
    @pytest.mark.parametrize("path", SUBJECTS)
    def test_a_description_names_its_subject_and_the_rules_it_is_under(
        self, ana, here, path, method
    ):
        ana.put(here + path + ".meta", titled("about"))
        answer = ana.call(method, here + path + ".meta")
        assert links(answer, "describes") == [here + path]
        assert links(answer, "acl") == [here + path + ".acl"]
        assert links(answer, "describedby") == []

    @pytest.mark.parametrize("path", ["x.acl", ".acl", "x.acl.meta", "x.meta.acl", "x.meta.meta"])
    def test_nothing_else_has_any(self, ana, here, path):
        for method in ("GET", "OPTIONS"):
            answer = ana.call(method, here + path)
            assert [links(answer, r) for r in ("acl", "describedby", "describes")] == [[], [], []]

    def test_nor_has_the_storage_description(self, ana):
        (url,) = links(ana.head(ana.storage), SOLID + "storageDescription")
        for method in ("GET", "HEAD", "OPTIONS"):
            answer = ana.call(method, url)
            assert [links(answer, r) for r in ("acl", "describedby", "describes")] == [[], [], []]
        assert ana.get(url + ".meta").status == 404
        assert ana.put(url + ".meta", titled("about")).status == 409


@pytest.mark.spec("Solid Protocol §4.3 #auxiliary-resources-rdf-document")
@pytest.mark.spec("Solid Protocol §5.3 #server-put-patch-auxiliary-resource")
@pytest.mark.parametrize("path", SUBJECTS)
class TestWriting:
    """A description is an RDF document like any other (AUX-03, AUX-04)."""

    def test_there_is_none_until_it_is_made(self, ana, here, path):
        answer = ana.get(here + path + ".meta")
        assert answer.status == 404
        assert listed(answer, "Accept-Put") == RDF
        assert ana.delete(here + path + ".meta").status == 404

    def test_put_makes_it_and_replaces_it(self, ana, here, path):
        url = here + path + ".meta"
        made = ana.put(url, titled("one"))
        assert (made.status, made.headers["Location"]) == (201, url)
        assert made.headers["ETag"] == ana.head(url).headers["ETag"]
        assert titles(ana.get(url), url) == {"one"}
        assert ana.put(url, titled("two")).status == 204
        assert titles(ana.get(url), url) == {"two"}

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            (n3(inserts=f'<> <{TITLE}> "one"'), N3),
            (f'INSERT DATA {{ <> <{TITLE}> "one" }}', UPDATE),
        ],
        ids=["N3 Patch", "SPARQL Update"],
    )
    def test_a_patch_makes_it_and_changes_it(self, ana, here, path, body, kind):
        url = here + path + ".meta"
        assert patch(ana, url, body, kind).status == 201
        assert titles(ana.get(url), url) == {"one"}
        more = n3(where=f"<> <{TITLE}> ?t", deletes=f"<> <{TITLE}> ?t", inserts=f"<> <{TITLE}> 2")
        assert patch(ana, url, more).status == 204
        assert titles(ana.get(url), url) == {"2"}

    @pytest.mark.spec("Solid Protocol §5.5 #server-representation-turtle-jsonld")
    @pytest.mark.parametrize("kind", sorted(RDF))
    def test_it_is_had_in_every_format(self, ana, here, path, kind):
        url = here + path + ".meta"
        ana.put(url, titled("one"))
        answer = ana.get(url, {"Accept": kind})
        assert answer.headers["Content-Type"] == kind
        assert titles(answer, url) == {"one"}
        assert "Last-Modified" in answer.headers
        assert ana.head(url, {"Accept": kind}).headers["ETag"] == answer.headers["ETag"]

    @pytest.mark.spec("Practice AUX-04")
    def test_it_takes_nothing_but_rdf(self, ana, here, path):
        url = here + path + ".meta"
        assert ana.put(url, b"about", "text/plain").status == 415
        assert ana.put(url, b"<broken").status == 400
        assert (
            ana.put(url, b'{"@id": "", "http://v.example/a": 1}', "application/ld+json").status
            == 201
        )

    @pytest.mark.spec("Solid Protocol §5.2 #server-allow-methods")
    @pytest.mark.spec("Solid Protocol §5.2 #server-accept-headers")
    def test_it_says_what_it_takes(self, ana, here, path):
        url = here + path + ".meta"
        ana.put(url, titled("one"))
        for answer in (ana.get(url), ana.head(url), ana.options(url)):
            assert listed(answer, "Allow") == {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"}
            assert {"text/n3", UPDATE} <= listed(answer, "Accept-Patch")
            assert listed(answer, "Accept-Put") == RDF
            assert listed(answer, "Accept-Post") == set()
        answer = ana.post(url)
        assert (answer.status, "POST" in listed(answer, "Allow")) == (405, False)

    def test_conditions_are_about_its_own_state(self, ana, here, path):
        url = here + path + ".meta"
        tag = ana.put(url, titled("one")).headers["ETag"]
        subject = ana.head(here + path).headers["ETag"]
        assert ana.put(url, titled("two"), headers={"If-None-Match": "*"}).status == 412
        assert ana.put(url, titled("two"), headers={"If-Match": subject}).status == 412
        assert ana.put(url, titled("two"), headers={"If-Match": tag}).status == 204

    def test_what_it_says_is_not_what_its_subject_says(self, ana, here, path):
        before = ana.get(here + path)
        ana.put(here + path + ".meta", titled("one"))
        after = ana.get(here + path)
        assert (after.body, after.headers["ETag"]) == (before.body, before.headers["ETag"])


@pytest.mark.spec("Solid Protocol §4.3 #server-auxiliary-resources-management")
class TestLife:
    """A description lives as long as its subject, and beside it (AUX-08, LIF-24)."""

    @pytest.mark.parametrize("path", ["none", "none/", "none/x"])
    def test_without_a_subject_there_is_none(self, ana, here, path):
        url = here + path + ".meta"
        assert ana.put(url, titled("one")).status == 409
        assert patch(ana, url, n3(inserts="<> a v:A")).status == 409
        assert patch(ana, url, n3(where="<> a v:A")).status == 409
        assert ana.get(url).status == 404
        assert ana.get(here + path).status == 404

    @pytest.mark.parametrize("path", ["x", "c/", "picture", ""])
    def test_it_is_no_member(self, ana, here, path):
        before = ana.get(here)
        ana.put(here + path + ".meta", titled("one"))
        assert members(ana.get(here), here) == {here + "x", here + "c/", here + "picture"}
        assert ana.get(here).headers["ETag"] == before.headers["ETag"]

    @pytest.mark.spec("Solid Protocol §5.4 #server-delete-remove-auxiliary-resource")
    @pytest.mark.spec("WAC §5.3.1 #reinstated-resource-permissions")
    @pytest.mark.parametrize("path", ["x", "c/", "picture"])
    def test_it_goes_with_its_subject_and_does_not_come_back(self, ana, bob, here, path):
        ana.put(here + path + ".meta", f"<{here}{path}> <{INBOX}> <{here}c/> .".encode())
        ana.grant(
            here + path, rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo")
        )
        assert bob.get(here + path + ".meta").status == 200
        assert ana.delete(here + path).status == 205
        assert ana.get(here + path + ".meta").status == 404
        assert ana.put(here + path).status == 201
        assert ana.get(here + path + ".meta").status == 404
        assert links(ana.get(here + path), INBOX) == []
        assert bob.get(here + path + ".meta").status == 403

    def test_it_does_not_keep_its_container(self, ana, here):
        ana.put(here + "c/.meta", titled("one"))
        assert "DELETE" in listed(ana.get(here + "c/"), "Allow")
        assert ana.delete(here + "c/").status == 205

    @pytest.mark.parametrize("path", SUBJECTS)
    def test_it_can_go_alone(self, ana, here, path):
        ana.put(here + path + ".meta", titled("one"))
        before = ana.get(here + path)
        assert ana.delete(here + path + ".meta").status == 205
        assert ana.get(here + path + ".meta").status == 404
        assert ana.get(here + path).headers["ETag"] == before.headers["ETag"]

    def test_the_root_has_one_that_can_go(self, owner):
        url = owner.storage + ".meta"
        assert owner.put(url, titled("mine")).status == 201
        assert "DELETE" in listed(owner.get(url), "Allow")
        assert owner.delete(url).status == 205

    @pytest.mark.spec("Practice AUX-11")
    @pytest.mark.parametrize("kept", [{}, {"Link": '<x.meta>; rel="preserve"'}], ids=["", "asked"])
    def test_it_stays_when_its_subject_is_replaced(self, ana, here, kept):
        ana.put(here + "x.meta", titled("one"))
        assert ana.put(here + "x", titled("another"), headers=kept).status == 204
        assert patch(ana, here + "x", n3(inserts="<> a v:A")).status == 204
        assert titles(ana.get(here + "x.meta"), here + "x.meta") == {"one"}
        assert ana.put(here + "x", b"\x89PNG", "image/png", kept).status == 204
        assert titles(ana.get(here + "x.meta"), here + "x.meta") == {"one"}

    @pytest.mark.spec("Practice AUX-10")
    @pytest.mark.parametrize("name", ["x.meta.meta", "x.meta.acl", "x.acl.meta", "x.acl.acl"])
    def test_what_is_auxiliary_has_nothing_auxiliary(self, ana, here, name):
        ana.put(here + "x.meta", titled("one"))
        ana.grant(here + "x", rule(ana.webid, FULL, "accessTo"))
        assert ana.get(here + name).status == 404
        assert ana.put(here + name, titled("two")).status == 409
        assert patch(ana, here + name, n3(inserts="<> a v:A")).status == 409
        assert ana.post(here + name).status == 404
        assert ana.delete(here + name).status == 405
        assert listed(ana.options(here + name), "Allow") == {"GET", "HEAD", "OPTIONS"}
        assert ana.get(here + name).status == 404


@pytest.mark.spec("Solid Protocol §4.3.2 #server-description-resource-authorization")
class TestAuthorization:
    """The rules of the subject are those of its description; the table has all methods (AUX-05)."""

    def test_who_reads_a_document_reads_its_description(self, ana, bob, nobody, here):
        ana.put(here + "x.meta", titled("one"))
        assert [who.get(here + "x.meta").status for who in (ana, bob, nobody)] == [200, 403, 401]
        ana.grant(here + "x", rule(ana.webid, FULL, "accessTo"), rule(EVERYONE, "Read", "accessTo"))
        assert [who.get(here + "x.meta").status for who in (ana, bob, nobody)] == [200, 200, 200]
        answer = nobody.get(here + "x.meta")
        assert answer.headers["WAC-Allow"] == nobody.get(here + "x").headers["WAC-Allow"]

    def test_of_a_container_those_of_itself_count_and_not_those_of_its_members(
        self, ana, bob, nobody, here
    ):
        ana.put(here + "c/.meta", titled("one"))
        ana.grant(
            here + "c/",
            rule(ana.webid, FULL),
            rule(bob.webid, "Read", "accessTo"),
            rule(EVERYONE, "Read", "default"),
        )
        assert [who.get(here + "c/.meta").status for who in (bob, nobody)] == [200, 401]

    def test_control_is_not_needed_and_gives_nothing(self, ana, bob, here):
        ana.put(here + "x.meta", titled("one"))
        mine = rule(ana.webid, FULL, "accessTo")
        ana.grant(here + "x", mine, rule(bob.webid, "Control", "accessTo"))
        assert bob.get(here + "x.meta").status == 403
        assert bob.put(here + "x.meta", titled("two")).status == 403
        ana.grant(here + "x", mine, rule(bob.webid, "Read Write", "accessTo"))
        assert bob.put(here + "x.meta", titled("two")).status == 204
        assert bob.delete(here + "x.meta").status == 205

    @pytest.mark.parametrize("path", ["none", "none/"])
    def test_who_may_not_is_not_told_what_is_missing(self, bob, nobody, here, path):
        url = here + path + ".meta"
        for who, refused in ((bob, 403), (nobody, 401)):
            assert who.get(url).status == refused
            assert who.put(url, titled("one")).status == refused
            assert patch(who, url, n3(inserts="<> a v:A")).status == refused
            assert who.delete(url).status == refused


MANAGED = {
    "containment": "<{s}> <{ldp}contains> <{s}y> .",
    "containment of others": "<http://a.example/> <{ldp}contains> <http://a.example/b> .",
    "size": "<{s}> <{stat}size> 4 .",
    "mtime": "<{s}> <{stat}mtime> 4 .",
    "time": "<{s}> <http://purl.org/dc/terms/modified> 4 .",
    "media type": "<{s}> a <{kind}> .",
    "storage": "<{s}> a <{pim}Storage> .",
    "kind": "<{s}> a <{ldp}Container> .",
}


def managed(text: str, subject: str) -> str:
    return text.format(s=subject, ldp=LDP, stat=STAT, kind=MEDIA_TYPE, pim=PIM)


@pytest.mark.spec("Practice AUX-07")
class TestManaged:
    """What only the server says of a resource is not for its description to say."""

    @pytest.mark.parametrize("path", SUBJECTS)
    @pytest.mark.parametrize("text", MANAGED.values(), ids=MANAGED.keys())
    def test_it_is_refused(self, ana, here, path, text):
        url, triple = here + path + ".meta", managed(text, here + path)
        assert ana.put(url, triple.encode()).status == 409
        assert patch(ana, url, n3(inserts=triple.rstrip(" ."))).status == 409
        assert ana.get(url).status == 404
        ana.put(url, titled("one"))
        assert ana.put(url, triple.encode()).status == 409
        assert patch(ana, url, n3(inserts=triple.rstrip(" ."))).status == 409
        assert patch(ana, url, f"INSERT DATA {{ {triple} }}", UPDATE).status == 409
        assert titles(ana.get(url), url) == {"one"}

    @pytest.mark.spec("Solid Protocol §5.3 #server-protect-contained-resource-metadata")
    @pytest.mark.parametrize("text", MANAGED.values(), ids=MANAGED.keys())
    def test_nor_of_a_member_for_that_of_the_container(self, ana, here, text):
        triple = managed(text, here + "c/y")
        assert ana.put(here + "c/.meta", triple.encode()).status == 409

    @pytest.mark.parametrize("text", [MANAGED["storage"], MANAGED["time"], MANAGED["containment"]])
    def test_nor_of_the_root(self, owner, text):
        triple = managed(text, owner.storage)
        assert owner.put(owner.storage + ".meta", triple.encode()).status == 409

    def test_everything_else_may_be_said(self, ana, here):
        subject = here + "x"
        text = f"""<{subject}> a <{PIM}ConfigurationFile> ; <{TITLE}> "Preferences" .
            <{subject}#it> <http://purl.org/dc/terms/modified> 4 ; a <{LDP}Resource> .
            <{here}y> <{STAT}size> 4 ."""
        assert ana.put(subject + ".meta", text.encode()).status == 201


@pytest.mark.spec("Solid Protocol §4.3.2 #server-description-resource-authorization")
def test_a_query_finds_a_description_for_those_who_may_read_its_subject(ana, bob, nobody, here):
    url = here + "x.meta"
    ana.put(url, titled("described"))
    ana.put(here + "c/.meta", titled("the container"))
    ana.grant(here + "x", rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Read", "accessTo"))
    ask = f"SELECT ?t {{ GRAPH <{url}> {{ <{url}> <{TITLE}> ?t }} }}"

    def found(who: Person) -> list[str]:
        answer = who.post(
            ana.storage + ".well-known/sparql", ask.encode(), "application/sparql-query"
        )
        return [row["t"]["value"] for row in answer.json()["results"]["bindings"]]

    assert [found(who) for who in (ana, bob, nobody)] == [["described"], ["described"], []]
    ana.put(url, titled("described anew"))
    assert found(bob) == ["described anew"]
    ana.grant(here + "x", rule(ana.webid, FULL, "accessTo"))
    assert found(bob) == []
    ana.delete(here + "x")
    assert found(ana) == []
