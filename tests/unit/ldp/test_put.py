import pytest

from pod.ldp.facts import facts_about
from pod.ldp.operation import read_operation
from pod.ldp.put import put
from pod.problems import Conflict, Unprocessable

TURTLE = {"Content_Type": "text/turtle"}
OWNER = "https://pod.example/ana/profile/card#me"
ACL = f"""
@prefix acl: <http://www.w3.org/ns/auth/acl#> .
[] a acl:Authorization ; acl:agent <{OWNER}> ; acl:accessTo <./> ; acl:default <./> ;
    acl:mode acl:Read, acl:Control .
"""


@pytest.fixture
def changes(pod, request_on, now):
    """What a PUT comes to on what the pod holds."""

    def make(path, body=b"", **fields):
        operation = read_operation(request_on("PUT", path, body, **fields))
        return put(operation, facts_about("PUT", operation.target, pod), now)

    return make


def test_a_new_document_is_kept_as_it_was_sent(changes, now):
    (change,) = changes("x", b"<> a <y> . # mine", Content_Type="text/turtle; charset=utf-8")
    assert (change.target.path, change.before) == ("x", None)
    assert change.after.content == b"<> a <y> . # mine"
    assert change.after.media_type == "text/turtle; charset=utf-8"
    assert change.after.modified == now.replace(microsecond=0)


def test_what_is_there_is_replaced(changes, pod):
    before = pod.put("a/x", b"old", "text/plain")
    (change,) = changes("a/x", b"new", Content_Type="text/html")
    assert (change.before, change.after.content) == (before, b"new")
    assert change.after.media_type == "text/html"


@pytest.mark.spec("Solid Protocol §5.3 #server-put-patch-intermediate-containers")
@pytest.mark.parametrize(
    ("path", "created"),
    [
        pytest.param("a/b/c/x", ["a/b/", "a/b/c/", "a/b/c/x"], id="document"),
        pytest.param("a/b/c/", ["a/b/", "a/b/c/"], id="container"),
        pytest.param("a/x", ["a/x"], id="nothing-missing"),
    ],
)
def test_missing_containers_are_created_first_and_empty(changes, pod, path, created):
    pod.put("a/")
    made = changes(path, **TURTLE)
    assert [change.target.path for change in made] == created
    assert all(change.before is None for change in made)
    assert {c.after.content for c in made if c.target.is_container} <= {b""}
    assert {c.after.media_type for c in made} == {"text/turtle"}


@pytest.mark.parametrize("path", ["doc/x", "doc/a/x", "doc/a/"])
def test_no_container_takes_the_place_of_a_document(changes, pod, path):
    pod.put("doc")
    with pytest.raises(Conflict, match="is a document"):
        changes(path, **TURTLE)


@pytest.mark.spec("Solid Protocol §3.1 #server-uri-trailing-slash-distinct")
@pytest.mark.parametrize(
    ("there", "asked", "kind"), [("x", "x/", "document"), ("x/", "x", "container")]
)
def test_a_name_is_had_once_with_or_without_slash(changes, pod, there, asked, kind):
    pod.put(there)
    with pytest.raises(Conflict, match=f"there is a {kind} with this name"):
        changes(asked, **TURTLE)


DESCRIPTION = b'<> <http://purl.org/dc/terms/title> "Notes" .'


@pytest.mark.parametrize("exists", [True, False], ids=["there", "new"])
def test_a_container_takes_what_the_client_says_of_it(changes, pod, exists):
    before = pod.put("c/", b"<> <http://v.example/old> 1 .") if exists else None
    (change,) = changes("c/", DESCRIPTION, **TURTLE)
    assert (change.before, change.after.content) == (before, DESCRIPTION)


@pytest.mark.spec("Solid Protocol §5.3 #server-protect-containment")
@pytest.mark.parametrize("exists", [True, False], ids=["there", "new"])
def test_a_container_takes_no_members_that_way(changes, pod, exists):
    if exists:
        pod.put("c/")
    with pytest.raises(Conflict, match="ldp#contains"):
        changes("c/", b"<> <http://www.w3.org/ns/ldp#contains> <x> .", **TURTLE)


def test_a_document_may_say_of_itself_what_it_likes(changes):
    body = b"<> <http://www.w3.org/ns/ldp#contains> <x> ; <http://purl.org/dc/terms/modified> 1 ."
    (change,) = changes("x", body, **TURTLE)
    assert change.after.content == body


@pytest.mark.parametrize("subject", ["", "c/"])
def test_an_acl_is_kept_beside_what_it_is_for(changes, pod, subject):
    pod.put(subject)
    (change,) = changes(subject + ".acl", ACL.encode(), **TURTLE)
    assert change.target == pod.iri(subject).acl
    assert change.after.content == ACL.encode()


@pytest.mark.spec("Solid Protocol §5.3 #server-put-patch-auxiliary-resource")
@pytest.mark.parametrize("subject", ["", "c/", "x"])
def test_a_description_is_kept_beside_what_it_is_about(changes, pod, subject):
    pod.put(subject)
    (change,) = changes(subject + ".meta", DESCRIPTION, **TURTLE)
    assert change.target == pod.iri(subject).description
    assert (change.before, change.after.content) == (None, DESCRIPTION)


def test_a_description_leaves_to_the_server_what_only_that_says(changes, pod):
    pod.put("x")
    with pytest.raises(Conflict, match="stat#size"):
        changes("x.meta", b"<x> <http://www.w3.org/ns/posix/stat#size> 4 .", **TURTLE)


@pytest.mark.spec("Solid Protocol §4.3 #server-auxiliary-resources-management")
@pytest.mark.parametrize("path", ["x.acl", "a/b/.acl", "x.meta", "a/b/.meta"])
def test_what_is_about_nothing_is_a_conflict(changes, path):
    with pytest.raises(Conflict, match="create it first"):
        changes(path, b"", **TURTLE)


@pytest.mark.spec("WAC §3.3 #server-root-container-acl-authorization-control")
def test_the_root_keeps_somebody_in_control(changes):
    with pytest.raises(Unprocessable, match="Control"):
        changes(".acl", b"", **TURTLE)


def test_elsewhere_nobody_may_be_let_in(changes, pod):
    pod.put("c/")
    (change,) = changes("c/.acl", b"", **TURTLE)
    assert change.after.content == b""


@pytest.mark.parametrize(
    "path",
    [
        ".well-known/x",
        "x.acl.acl",
        "x.meta.acl",
        "x.acl.meta",
        "x.meta.meta",
        "x.acl/y",
        "x.meta/y",
    ],
)
def test_addresses_that_are_nobodys_stay_so(changes, pod, path):
    pod.put("x")
    with pytest.raises(Conflict, match="choose another"):
        changes(path, b"", **TURTLE)
