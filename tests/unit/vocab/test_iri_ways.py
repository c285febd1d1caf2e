from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a/b/", "a/b/"),
        ("a/b/c", "a/b/"),
        ("a/b/c/d/", "a/b/"),
        ("a/b", "a/b"),
        ("a/bc", ""),
        ("a/", ""),
        ("", ""),
        ("x", ""),
    ],
)
def test_the_nearest_of_some_resources(path, found):
    assert ResourceIri(STORAGE, path).nearest({"", "a/b/", "a/b"}) == found


def test_nothing_is_near_where_there_is_nothing():
    assert ResourceIri(STORAGE, "a/b").nearest({"b", "a/b/"}) is None


@pytest.mark.parametrize(
    ("base", "iri", "written"),
    [
        (".acl", STORAGE, "./"),
        ("a/.acl", STORAGE + "a/", "./"),
        ("a/b.acl", STORAGE + "a/b", "./b"),
        ("a/b.acl", STORAGE + "profile/card#me", "../profile/card#me"),
        ("a/b/.acl", STORAGE + "a/c:d", "../c:d"),
        ("b:c.acl", STORAGE + "b:c", "./b:c"),
        (".acl", STORAGE + "#me", "./#me"),
        ("a/b.acl", STORAGE, "../"),
        (".acl", "https://bob.example/#me", "https://bob.example/#me"),
        (".acl", "https://pod.example/ana-maria/", "https://pod.example/ana-maria/"),
        (".acl", STORAGE + "a/../b", STORAGE + "a/../b"),
        (".acl", STORAGE + "./b", STORAGE + "./b"),
    ],
)
def test_a_reference_is_relative_within_the_storage(base, iri, written):
    assert ResourceIri(STORAGE, base).reference(iri) == written


segments = st.lists(st.sampled_from(["a", "b", "a:b", "%20", "c.acl"]), max_size=4)
tails = st.sampled_from(["", "/", "/x", "#me", "/x#a/b", "?q=a/b", "/."])


@given(segments, segments, tails)
def test_a_reference_resolves_to_what_it_was_made_from(base, there, tail):
    document = ResourceIri(STORAGE, "/".join([*base, "d"]))
    iri = STORAGE + "/".join(there) + (tail if there else "")
    reference = document.reference(iri)
    assert urljoin(str(document), reference) == urljoin(STORAGE, iri)
