import pytest

from pod.notify.match import told_of
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"


def iri(path):
    return ResourceIri(STORAGE, path)


@pytest.mark.spec("Practice NTF-16")
@pytest.mark.spec("Practice NTF-18")
@pytest.mark.spec("Practice NTF-19")
@pytest.mark.parametrize(
    ("path", "happened", "told"),
    [
        ("a/x", "created", [("a/x", "Create", "a/x", None), ("a/", "Add", "a/x", "a/")]),
        ("a/x", "updated", [("a/x", "Update", "a/x", None), ("a/", "Update", "a/", None)]),
        ("a/x", "deleted", [("a/x", "Delete", "a/x", None), ("a/", "Remove", "a/x", "a/")]),
        ("a/b/", "created", [("a/b/", "Create", "a/b/", None), ("a/", "Add", "a/b/", "a/")]),
        ("x", "created", [("x", "Create", "x", None), ("", "Add", "x", "")]),
        ("", "updated", [("", "Update", "", None)]),
        ("a/x.acl", "created", [("a/x.acl", "Create", "a/x.acl", None)]),
        ("a/x.meta", "updated", [("a/x.meta", "Update", "a/x.meta", None)]),
        ("a/.acl", "deleted", [("a/.acl", "Delete", "a/.acl", None)]),
    ],
)
def test_a_change_is_told_of_the_resource_and_of_what_lists_it(path, happened, told):
    found = [
        (t.topic.path, t.activity, t.object.path, None if t.target is None else t.target.path)
        for t in told_of(iri(path), happened)
    ]
    assert found == told
