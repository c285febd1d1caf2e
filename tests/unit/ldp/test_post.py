import pytest

from pod.ldp.facts import facts_about
from pod.ldp.operation import read_operation
from pod.ldp.post import post
from pod.problems import Conflict, Forbidden, MethodNotAllowed, NotFound

CONTAINER = '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type"'
FRESH = "k7f2"


@pytest.fixture
def created(pod, request_on, now):
    """The one change that a POST comes to on what the pod holds."""

    def make(path, body=b"hello", *, link="", **fields):
        fields = {"Content_Type": "text/turtle" if link else "text/plain"} | fields
        operation = read_operation(request_on("POST", path, body, Link=link, **fields))
        facts = facts_about("POST", operation.target, pod, FRESH)
        (change,) = post(operation, facts, now)
        return change

    return make


@pytest.mark.spec("Solid Protocol §5.3 #server-post-container")
@pytest.mark.spec("Solid Protocol §5.1 #server-post-uri-assignment")
def test_a_new_member_gets_a_name_that_nobody_has(created, pod, now):
    pod.put("c/")
    change = created("c/")
    assert (change.target, change.before) == (pod.iri("c/" + FRESH), None)
    assert (change.after.media_type, change.after.content) == ("text/plain", b"hello")
    assert change.after.modified == now.replace(microsecond=0)


def test_a_webid_document_is_not_made_by_naming_it(created, pod):
    pod.put("profile/")
    assert created("profile/", Slug="card").target.path == "profile/card-k7f2"


@pytest.mark.spec("RFC 5023 §9.7")
@pytest.mark.parametrize(
    ("slug", "there", "path"),
    [
        pytest.param("note", None, "c/note", id="free"),
        pytest.param("a note é", None, "c/a%20note%20%C3%A9", id="escaped"),
        pytest.param("note/", None, "c/note", id="final-slash"),
        pytest.param("note", "c/note", "c/note-k7f2", id="taken"),
        pytest.param("note", "c/note/", "c/note-k7f2", id="taken-by-a-container"),
        pytest.param("photo.jpg", "c/photo.jpg", "c/photo-k7f2.jpg", id="taken-keeps-its-ending"),
        pytest.param(".hidden", "c/.hidden", "c/.hidden-k7f2", id="taken-begins-with-a-dot"),
        pytest.param("a/b", None, "c/k7f2", id="two-segments"),
        pytest.param("..", None, "c/k7f2", id="dots"),
        pytest.param("x" * 500, None, "c/k7f2", id="very-long"),
        pytest.param("note", "note", "c/note", id="taken-elsewhere"),
    ],
)
def test_a_slug_is_used_when_it_can_be(created, pod, slug, there, path):
    pod.put("c/")
    if there:
        pod.put(there)
    assert created("c/", Slug=slug).target.path == path


@pytest.mark.parametrize(
    ("slug", "there", "path"),
    [
        pytest.param(None, None, "c/k7f2/", id="fresh"),
        pytest.param("old", None, "c/old/", id="free"),
        pytest.param("old", "c/old/", "c/old-k7f2/", id="taken"),
        pytest.param("old", "c/old", "c/old-k7f2/", id="taken-by-a-document"),
    ],
)
def test_a_link_makes_it_a_container(created, pod, slug, there, path):
    pod.put("c/")
    if there:
        pod.put(there)
    fields = {"Slug": slug} if slug else {}
    change = created("c/", b"", link=CONTAINER, **fields)
    assert change.target.path == path
    assert (change.after.media_type, change.after.content) == ("text/turtle", b"")


@pytest.mark.parametrize("slug", ["x.acl", ".acl", "x.meta", "x%2Eacl", "x.acl.acl"])
@pytest.mark.parametrize("link", ["", CONTAINER], ids=["document", "container"])
def test_names_of_auxiliary_resources_are_forbidden(created, pod, slug, link):
    pod.put("c/")
    with pytest.raises(Forbidden, match=r"\.acl or \.meta"):
        created("c/", b"", link=link, Slug=slug)


@pytest.mark.parametrize("link", ["", CONTAINER], ids=["document", "container"])
def test_the_servers_own_name_is_forbidden_below_the_root_alone(created, pod, link):
    pod.put("c/")
    with pytest.raises(Forbidden, match="server's own"):
        created("", b"", link=link, Slug=".well-known")
    assert created("c/", b"", link=link, Slug=".well-known").target.name == ".well-known"


@pytest.mark.spec("Solid Protocol §5.3 #server-post-target-not-found")
@pytest.mark.parametrize("path", ["c/", "x", "x.acl", ".well-known/"])
def test_nothing_is_added_to_what_is_not_there(created, path):
    with pytest.raises(NotFound):
        created(path)


@pytest.mark.spec("Solid Protocol §5 #server-method-not-allowed")
@pytest.mark.parametrize("path", ["x", "x.acl"])
def test_nothing_is_added_to_a_document(created, pod, path):
    pod.put("x")
    pod.put("x.acl")
    with pytest.raises(MethodNotAllowed) as caught:
        created(path)
    assert "POST" not in caught.value.allow


def test_a_description_speaks_of_the_new_container(created, pod):
    pod.put("c/")
    body = b"<> a <http://www.w3.org/ns/ldp#BasicContainer> ; <http://v.example/p> 1 ."
    assert created("c/", body, link=CONTAINER, Slug="old").after.content == body


@pytest.mark.spec("Solid Protocol §5.3 #server-protect-contained-resource-metadata")
@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"<> <http://www.w3.org/ns/ldp#contains> <x> .", id="containment"),
        pytest.param(b"<> a <http://www.w3.org/ns/pim/space#Storage> .", id="kind"),
        pytest.param(b"<x> <http://www.w3.org/ns/posix/stat#size> 1 .", id="size"),
    ],
)
def test_a_description_leaves_to_the_server_what_is_the_servers(created, pod, body):
    pod.put("c/")
    with pytest.raises(Conflict):
        created("c/", body, link=CONTAINER)
