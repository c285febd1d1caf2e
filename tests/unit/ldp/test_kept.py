from functools import partial

from pod.ldp.kept import KeptShown
from pod.ldp.represent import show
from pod.model import Blob
from pod.rdf.formats import Form, RdfFormat


def test_what_was_made_is_kept(pod):
    kept, found = KeptShown(), pod.put("x", b"hello", "text/plain")
    first = kept.find(found, None, partial(show, found, None, pod))
    assert kept.find(found, None, partial(show, found, None, pod)) is first


def test_it_tells_whether_something_is_kept(pod):
    kept, found = KeptShown(), pod.put("x", b"<> a <#Note> .")
    assert not kept.has(found, None)
    kept.find(found, None, partial(show, found, None, pod))
    assert kept.has(found, None)
    assert not kept.has(found, Form(RdfFormat.JSON_LD))


def test_a_document_and_its_container_have_one_version_and_are_kept_apart(pod):
    container = pod.put("c/", version="a7")
    document = pod.put("c/x", b'{"http://v.example/secret": 1}', "application/ld+json", "a7")
    kept, form = KeptShown(), Form(RdfFormat.TURTLE)
    listed = kept.find(container, form, partial(show, container, form, pod))
    shown = kept.find(document, form, partial(show, document, form, pod))
    assert b"secret" in shown.body
    assert b"secret" not in listed.body


def test_a_new_version_is_made_anew(pod):
    kept = KeptShown()
    for version in ("a7", "a8"):
        found = pod.put("x", version.encode(), "text/plain", version)
        assert kept.find(found, None, partial(show, found, None, pod)).body == version.encode()


def test_the_least_recently_used_make_room(pod):
    kept = KeptShown(most=2, total=100)
    found = {path: pod.put(path, b"x" * 40, "text/plain") for path in "abc"}
    first = {
        path: kept.find(each, None, partial(show, each, None, pod))
        for path, each in list(found.items())[:2]
    }
    assert kept.find(found["a"], None, partial(show, found["a"], None, pod)) is first["a"]
    kept.find(found["c"], None, partial(show, found["c"], None, pod))
    assert kept.find(found["a"], None, partial(show, found["a"], None, pod)) is first["a"]
    assert kept.find(found["b"], None, partial(show, found["b"], None, pod)) is not first["b"]


def test_files_weigh_nothing(pod):
    kept = KeptShown(total=100)
    small, large = pod.put("a", b"x" * 90, "text/plain"), pod.put("b", Blob("5e", 10**9), "a/b")
    first = kept.find(small, None, partial(show, small, None, pod))
    kept.find(large, None, partial(show, large, None, pod))
    assert kept.find(small, None, partial(show, small, None, pod)) is first


def test_what_is_cleared_is_made_anew_and_weighs_nothing(pod):
    kept, found = KeptShown(total=100), pod.put("x", b"x" * 60, "text/plain")
    first = kept.find(found, None, partial(show, found, None, pod))
    kept.clear()
    again = kept.find(found, None, partial(show, found, None, pod))
    assert again is not first
    assert kept.find(found, None, partial(show, found, None, pod)) is again
