"""What a PATCH comes to on what is there."""

from types import MappingProxyType

import pytest

from pod.ldp.facts import facts_about
from pod.ldp.operation import PATCH_LIMIT, must_be_read, read_operation
from pod.ldp.patch import patch
from pod.model import Blob
from pod.problems import (
    Conflict,
    Malformed,
    NotFound,
    TooLarge,
    Unprocessable,
    UnsupportedMediaType,
)
from pod.rdf.parse import LIMIT
from pod.rdf.reading import MAX_STATEMENTS
from pod.sparql.update import read_update

UPDATE = "application/sparql-update"
PATCHES = MappingProxyType({UPDATE: read_update})
TITLE = "http://purl.org/dc/terms/title"
LDP = "http://www.w3.org/ns/ldp#"
NAMED = f"INSERT DATA {{ <> <{TITLE}> 'New' }}"
OWNER = "https://pod.example/ana/profile/card#me"
ACL = f"""@prefix acl: <http://www.w3.org/ns/auth/acl#> .
<#owner> a acl:Authorization ; acl:agent <{OWNER}> ; acl:accessTo <./> ; acl:default <./> ;
    acl:mode acl:Read, acl:Control .
"""


@pytest.fixture
def operation(request_on):
    def make(path, update, kind=UPDATE):
        body = update if isinstance(update, bytes | Blob) else update.encode()
        return read_operation(request_on("PATCH", path, body, Content_Type=kind), None, PATCHES)

    return make


@pytest.fixture
def changes(pod, operation, now):
    """What an update comes to on what the pod holds."""

    def make(path, update):
        asked = operation(path, update)
        return patch(asked, facts_about("PATCH", asked.target, pod), now)

    return make


def text(change):
    return change.after.content.decode()


class TestReading:
    """A PATCH is read by its media type."""

    @pytest.mark.parametrize("kind", [UPDATE, UPDATE + "; charset=utf-8", UPDATE.upper()])
    def test_of_a_type_that_is_known(self, operation, kind):
        assert operation("x", NAMED, kind).patch.inserts

    @pytest.mark.spec("RFC 5789 §2.2")
    @pytest.mark.parametrize("kind", ["text/turtle", "text/plain", "application/json-patch+json"])
    def test_of_another_type_what_is_known_is_said(self, operation, kind):
        with pytest.raises(UnsupportedMediaType, match=UPDATE) as caught:
            operation("x", NAMED, kind)
        assert caught.value.accept_patch == (UPDATE,)

    @pytest.mark.spec("Solid Protocol §2.1 #server-content-type-missing")
    def test_without_a_type_it_is_malformed(self, request_on):
        with pytest.raises(Malformed, match="Content-Type"):
            read_operation(request_on("PATCH", "x", b"x"), None, PATCHES)

    @pytest.mark.parametrize("body", [b"INSERT DATA { <> a '\xff' }", b"INSERT DATA {"])
    def test_what_cannot_be_read_is_malformed(self, operation, body):
        with pytest.raises(Malformed):
            operation("x", body)

    def test_what_is_too_large_is_not_read(self, operation):
        with pytest.raises(TooLarge, match="PUT"):
            operation("x", b"#" * (PATCH_LIMIT + 1))
        with pytest.raises(TooLarge):
            operation("x", Blob("5e" * 32, PATCH_LIMIT + 1))

    def test_what_lies_in_a_file_is_given(self, request_on):
        small, large = Blob("5e" * 32, PATCH_LIMIT), Blob("5e" * 32, PATCH_LIMIT + 1)
        request = request_on("PATCH", "x", small, Content_Type=UPDATE)
        assert must_be_read(request)
        assert read_operation(request, NAMED.encode(), PATCHES).patch.inserts
        assert not must_be_read(request_on("PATCH", "x", large, Content_Type=UPDATE))
        assert not must_be_read(request_on("PATCH", "x", b"x", Content_Type=UPDATE))


class TestCreation:
    """A patch that adds something makes what is not there."""

    @pytest.mark.spec("Solid Protocol §5.3 #server-put-patch-intermediate-containers")
    @pytest.mark.parametrize(
        ("path", "made"),
        [
            pytest.param("a/b/x", ["a/b/", "a/b/x"], id="document"),
            pytest.param("a/b/", ["a/b/"], id="container"),
            pytest.param("x", ["x"], id="no container missing"),
        ],
    )
    def test_containers_on_the_way_come_first(self, changes, pod, now, path, made):
        pod.put("a/")
        found = changes(path, NAMED)
        assert [(change.target.path, change.before) for change in found] == [
            (each, None) for each in made
        ]
        assert {c.after.media_type for c in found} == {"text/turtle"}
        assert {c.after.modified for c in found} == {now.replace(microsecond=0)}
        assert text(found[-1]).endswith('<> dcterms:title "New" .\n')

    @pytest.mark.spec("Practice N3-17")
    @pytest.mark.parametrize(
        "update",
        [
            "",
            "INSERT DATA {}",
            "DELETE WHERE { ?s ?p ?o }",
            "INSERT DATA { <> a 1 }; DELETE DATA { <> a 1 }",
        ],
    )
    @pytest.mark.parametrize("path", ["x", "c/", "a/x"])
    def test_a_patch_that_adds_nothing_makes_nothing(self, changes, path, update):
        with pytest.raises(NotFound, match="nothing is here"):
            changes(path, update)

    def test_what_would_have_to_be_there_is_a_conflict(self, changes):
        with pytest.raises(Conflict):
            changes("x", "DELETE DATA { <> a 1 } ; INSERT DATA { <> a 2 }")

    @pytest.mark.spec("Solid Protocol §3.1 #server-uri-trailing-slash-distinct")
    @pytest.mark.parametrize(("there", "asked"), [("x", "x/"), ("x/", "x"), ("x", "x/y/z")])
    def test_nothing_is_made_where_something_else_stands(self, changes, pod, there, asked):
        pod.put(there)
        with pytest.raises(Conflict):
            changes(asked, NAMED)

    @pytest.mark.parametrize(
        "path",
        [".well-known/x", "x.acl.acl", "x.meta.acl", "x.acl.meta", "x.meta.meta", "x.meta/y"],
    )
    def test_nothing_is_made_at_addresses_that_are_nobodys(self, changes, pod, path):
        pod.put("x")
        with pytest.raises(Conflict, match="choose another"):
            changes(path, NAMED)


class TestDocuments:
    """What is there is changed and stays what it is."""

    @pytest.mark.spec("Practice NEG-14")
    @pytest.mark.parametrize(
        ("kind", "content"),
        [
            ("text/turtle; charset=utf-8", "<> a <#A> .\n"),
            ("application/ld+json", '{"@id": "", "@type": "#A"}'),
            ("application/n-triples", f"<{OWNER}> <{TITLE}> 'x' .\n".replace("'", '"')),
        ],
    )
    def test_it_keeps_its_media_type(self, changes, pod, kind, content):
        before = pod.put("x", content.encode(), kind)
        (change,) = changes("x", NAMED)
        assert (change.before, change.after.media_type) == (before, kind)
        assert TITLE in text(change)

    def test_it_may_lie_in_a_file(self, changes, pod):
        pod.files["5e" * 32] = b"<> a <#A> .\n"
        pod.put("x", Blob("5e" * 32, 12))
        (change,) = changes("x", "INSERT DATA { <> a <#B> }")
        assert text(change) == "<> a <#A> .\n<> a <#B> .\n"

    @pytest.mark.spec("Practice N3-17")
    @pytest.mark.parametrize(
        "update",
        [
            pytest.param("", id="nothing"),
            pytest.param("INSERT DATA { <> a <#A> }", id="what is there"),
            pytest.param("DELETE WHERE { <> a <#B> }", id="without what is not there"),
            pytest.param("DELETE DATA { <> a <#A> }; INSERT DATA { <> a <#A> }", id="out and in"),
        ],
    )
    def test_what_changes_nothing_makes_no_new_version(self, changes, pod, update):
        pod.put("x", b"<> a <#A> . # mine")
        assert changes("x", update) == ()

    @pytest.mark.parametrize("kind", ["text/plain", "image/png", "application/json"])
    def test_what_is_not_rdf_has_no_patches(self, changes, pod, kind):
        pod.put("x", b"<> a <#A> .", kind)
        with pytest.raises(UnsupportedMediaType, match="not an RDF document") as caught:
            changes("x", NAMED)
        assert caught.value.accept_patch == ()

    def test_what_is_too_large_to_be_read_is_not_patched(self, changes, pod):
        pod.put("x", Blob("5e" * 32, LIMIT + 1))
        with pytest.raises(TooLarge, match="PUT"):
            changes("x", NAMED)

    def test_it_has_no_more_statements_than_can_be_read(self, changes, pod):
        pod.put("x", b"<> <#p> " + b",".join(b"%d" % n for n in range(MAX_STATEMENTS)) + b" .")
        with pytest.raises(TooLarge, match="statements"):
            changes("x", NAMED)

    def test_it_does_not_grow_beyond_what_can_be_read(self, changes, pod):
        pod.put("x", b"<> a <#A> .\n" + b"#" * (LIMIT - 20))
        with pytest.raises(TooLarge, match="split"):
            changes("x", NAMED)


class TestContainers:
    """A client patches what it said of a container, and no more."""

    @pytest.mark.spec("Practice N3-20")
    def test_what_a_client_says_is_kept(self, changes, pod):
        pod.put("c/", f"<> <{TITLE}> 'Old' .\n".encode())
        (change,) = changes("c/", f"DELETE DATA {{ <> <{TITLE}> 'Old' }}; {NAMED}")
        assert text(change) == f'<> <{TITLE}> "New" .\n'

    def test_one_that_is_there_anyway_may_be_said_to_be_one(self, changes, pod):
        pod.put("c/")
        (change,) = changes("c/", f"INSERT DATA {{ <> a <{LDP}Container> }}")
        assert text(change) == f"<> a <{LDP}Container> .\n"

    @pytest.mark.spec("Solid Protocol §5.3 #server-protect-containment")
    @pytest.mark.spec("Solid Protocol §5.3 #server-protect-contained-resource-metadata")
    @pytest.mark.parametrize(
        "update",
        [
            pytest.param(f"INSERT DATA {{ <> <{LDP}contains> <y> }}", id="a member"),
            pytest.param(f"INSERT DATA {{ <> <{LDP}contains> <x> }}", id="a member that is there"),
            pytest.param(f"DELETE DATA {{ <> <{LDP}contains> <x> }}", id="no member"),
            pytest.param(f"DELETE WHERE {{ <> <{LDP}contains> ?x }}", id="no members"),
            pytest.param("DELETE WHERE { <x> ?p ?o }", id="nothing of a member"),
            pytest.param(f"DELETE DATA {{ <> a <{LDP}Container> }}", id="no container"),
            pytest.param("INSERT DATA { <x> <http://www.w3.org/ns/posix/stat#size> 5 }", id="size"),
            pytest.param(
                "INSERT DATA { <> a <http://www.w3.org/ns/pim/space#Storage> }", id="type"
            ),
        ],
    )
    @pytest.mark.parametrize("path", ["c/", "new/"])
    def test_what_the_server_says_is_not_changed(self, changes, pod, path, update):
        pod.put("c/")
        pod.put("c/x")
        with pytest.raises((Conflict, NotFound) if path == "new/" else Conflict):
            changes(path, update)

    def test_what_it_is_itself_is_no_condition(self, changes, pod):
        pod.put("c/", b"<> a <#Notebook> .\n")
        (change,) = changes("c/", "DELETE { ?s a ?o } INSERT { ?s a <#Book> } WHERE { ?s a ?o }")
        assert text(change) == "<> a <#Book> .\n"

    def test_conditions_may_be_about_what_the_server_says(self, changes, pod):
        pod.put("c/")
        pod.put("c/x")
        (change,) = changes(
            "c/", f"INSERT {{ ?x <{TITLE}> 'Member' }} WHERE {{ <> <{LDP}contains> ?x }}"
        )
        assert text(change) == f'<x> <{TITLE}> "Member" .\n'


class TestRules:
    """Access rules are patched like documents, and are rules afterwards."""

    ADD = """PREFIX acl: <http://www.w3.org/ns/auth/acl#>
        INSERT DATA { <#b> a acl:Authorization ; acl:agent <https://bob.example/#me> ;
            acl:accessTo <./> ; acl:mode acl:Read }"""

    def test_a_rule_comes(self, changes, pod):
        pod.put(".acl", ACL.encode())
        (change,) = changes(".acl", self.ADD)
        assert text(change).startswith(ACL)
        assert "acl:accessTo <./> ;" in text(change)[len(ACL) :]

    def test_a_document_of_rules_comes_to_be(self, changes, pod):
        pod.put("c/")
        (change,) = changes("c/.acl", self.ADD)
        assert change.before is None
        with pytest.raises(Conflict, match="create it first"):
            changes("none/.acl", self.ADD)

    @pytest.mark.spec("WAC §3.3 #server-root-container-acl-authorization-control")
    @pytest.mark.parametrize(
        "update",
        [
            pytest.param("DELETE WHERE { ?s ?p ?o }", id="no rule"),
            pytest.param(
                "DELETE DATA { <#owner> <http://www.w3.org/ns/auth/acl#mode>"
                " <http://www.w3.org/ns/auth/acl#Control> }",
                id="no control",
            ),
            pytest.param(
                "INSERT DATA { <#owner> <http://www.w3.org/ns/auth/acl#condition> [] }",
                id="an unknown condition",
            ),
        ],
    )
    def test_what_is_left_must_be_rules_that_hold(self, changes, pod, update):
        pod.put(".acl", ACL.encode())
        with pytest.raises(Unprocessable):
            changes(".acl", update)
