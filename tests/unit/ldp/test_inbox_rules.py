"""Which containers are inboxes, and what lies in one."""

import pytest

from pod.ldp.facts import facts_about
from pod.ldp.inbox import LARGEST, check_notification, is_inbox
from pod.ldp.operation import read_operation
from pod.ldp.post import post
from pod.ldp.profile import Profile
from pod.ldp.put import put
from pod.model import Blob
from pod.problems import TooLarge, UnsupportedMediaType
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
CARD = f"<#me> <http://www.w3.org/ns/ldp#inbox> <{STORAGE}letters/> ."


@pytest.fixture
def home(pod):
    """The pod with two inboxes: the first one, and the one that the profile names."""
    pod.put("profile/")
    pod.put("profile/card", CARD.encode())
    for path in ("inbox/", "letters/", "notes/"):
        pod.put(path)
    return pod


@pytest.fixture
def posted(home, request_on, now):
    def make(path, kind="text/turtle", body=b"<> a <#A> .", **fields):
        operation = read_operation(request_on("POST", path, body, Content_Type=kind, **fields))
        (change,) = post(operation, facts_about("POST", operation.target, home, "k7f2"), now)
        return change.target.path

    return make


@pytest.fixture
def written(home, request_on, now):
    def make(path, kind, body=b"<> a <#A> ."):
        operation = read_operation(request_on("PUT", path, body, Content_Type=kind))
        return put(operation, facts_about("PUT", operation.target, home), now)

    return make


@pytest.mark.parametrize(
    ("path", "named", "expected"),
    [
        ("inbox/", "", True),
        ("inbox/", "letters/", True),
        ("letters/", "letters/", True),
        ("letters/", "", False),
        ("a/inbox/", "", False),
        ("", "", False),
    ],
)
def test_it_is_the_first_one_or_named_by_the_profile(path, named, expected):
    profile = Profile(inboxes=frozenset({STORAGE + named} if named else ()))
    assert is_inbox(ResourceIri(STORAGE, path), profile) == expected


@pytest.mark.spec("LDN §3.3.2 #receiving-inbox-contents")
@pytest.mark.parametrize("inbox", ["inbox/", "letters/"])
def test_only_rdf_is_posted(posted, inbox):
    with pytest.raises(UnsupportedMediaType, match="RDF"):
        posted(inbox, "text/html")
    assert posted("notes/", "text/html", Slug="page") == "notes/page"


@pytest.mark.parametrize("inbox", ["inbox/", "letters/"])
def test_what_is_posted_gets_a_name_that_nobody_chose(posted, home, inbox):
    assert posted(inbox, Slug="x") == inbox + "k7f2"
    home.put(inbox + "x")
    assert posted(inbox, Slug="x") == inbox + "k7f2"
    assert posted(inbox, Slug="x.acl") == inbox + "k7f2"


def test_containers_in_it_are_not_notifications(posted, written):
    link = '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type"'
    assert posted("inbox/", body=b"", Link=link, Slug="2026") == "inbox/k7f2/"
    assert len(written("inbox/2026/page.html", "text/html")) == 2


def test_only_rdf_is_put_there(written, home):
    with pytest.raises(UnsupportedMediaType, match="RDF"):
        written("inbox/x", "text/html")
    home.put("inbox/x")
    with pytest.raises(UnsupportedMediaType, match="RDF"):
        written("inbox/x", "text/html")
    assert len(written("inbox/x", "application/n-triples", b"")) == 1
    assert len(written("notes/x", "text/html")) == 1


@pytest.mark.spec("LDN §3.3.4 #preventing-abuse")
@pytest.mark.parametrize("content", [bytes(LARGEST + 1), Blob("5e", LARGEST + 1)])
def test_what_is_long_is_refused(content):
    with pytest.raises(TooLarge, match="256 KiB"):
        check_notification("text/turtle", content)
    assert check_notification("text/turtle", bytes(LARGEST)) is None
