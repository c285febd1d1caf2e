import pytest

from pod.ldp.written import written
from pod.model import Change, Draft


@pytest.fixture
def change_of(pod, now):
    """A change that ends in `after` at a path, or in nothing."""

    def make(path, *, before, after):
        draft = Draft(media_type="text/turtle", content=b"", modified=now)
        return Change(
            target=pod.iri(path),
            before=pod.put(path) if before else None,
            after=draft if after else None,
        )

    return make


@pytest.mark.spec("RFC 9110 §9.3.4")
@pytest.mark.parametrize("path", ["x", "c/", "x.acl"])
def test_what_was_created_is_located(pod, change_of, path):
    change = change_of(path, before=False, after=True)
    reply = written(change.target, change.before, pod.put(path, version="a7"))
    headers = dict(reply.headers)
    assert (reply.status, headers["Location"]) == (201, str(pod.iri(path)))
    assert headers["ETag"] == '"a7"'
    assert {"Allow", "Link"} <= headers.keys()


@pytest.mark.spec("RFC 9110 §9.3.3")
def test_after_a_post_the_new_member_is_located_and_the_container_allows(pod, change_of):
    change = change_of("c/x", before=False, after=True)
    reply = written(pod.iri("c/"), change.before, pod.put("c/x", version="a7"), empty=False)
    headers = dict(reply.headers)
    assert (reply.status, headers["Location"]) == (201, str(pod.iri("c/x")))
    assert headers["Allow"] == "GET, HEAD, OPTIONS, POST, PUT, PATCH"


def test_what_was_replaced_has_its_new_tag(pod, change_of):
    change = change_of("x", before=True, after=True)
    reply = written(change.target, change.before, pod.put("x", version="a8"))
    headers = dict(reply.headers)
    assert (reply.status, headers["ETag"]) == (204, '"a8"')
    assert "Location" not in headers


def test_what_was_deleted_has_no_tag_but_still_an_address(change_of):
    change = change_of("x", before=True, after=False)
    headers = dict(written(change.target, change.before, None).headers)
    assert headers.keys() == {"Allow", "Accept-Put", "Accept-Patch", "Link"}


@pytest.mark.parametrize(
    ("target", "created", "media_type", "patched"),
    [("x", "x", "text/turtle", True), ("x", "x", "image/png", False), ("c/", "c/x", "a/b", True)],
    ids=["rdf", "picture", "picture in a container"],
)
def test_a_patch_is_offered_of_rdf(pod, target, created, media_type, patched):
    after = pod.put(created, media_type=media_type)
    headers = dict(written(pod.iri(target), None, after).headers)
    assert ("PATCH" in headers["Allow"]) == patched


@pytest.mark.spec("LDN §3.3.1 #receiving-notifications")
def test_an_inbox_says_what_it_takes(pod):
    headers = dict(written(pod.iri("inbox/"), None, pod.put("inbox/x"), inbox=True).headers)
    assert headers["Accept-Post"].startswith("application/ld+json, ")
