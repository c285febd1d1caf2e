import pytest

from pod.ldp.facts import facts_about


def paths(iris):
    return [iri.path for iri in iris]


def test_what_is_there_needs_nothing_else(pod):
    there = pod.put("a/b/x")
    facts = facts_about("PUT", there.iri, pod)
    assert facts.before is there
    assert (facts.twin, facts.missing, facts.blocking) == (None, (), None)


def test_missing_containers_are_found_up_to_the_first_that_is_there(pod):
    pod.put("a/")
    facts = facts_about("PUT", pod.iri("a/b/c/x"), pod)
    assert facts.before is None
    assert paths(facts.missing) == ["a/b/c/", "a/b/"]
    assert facts.blocking is None


@pytest.mark.parametrize("path", ["a/b", "a/b/c/d", "a/b/c/"])
def test_a_document_in_the_place_of_a_container_is_found(pod, path):
    document = pod.put("a")
    assert facts_about("PUT", pod.iri(path), pod).blocking is document


@pytest.mark.spec("Solid Protocol §3.1 #server-uri-trailing-slash-distinct")
@pytest.mark.parametrize(("there", "asked"), [("x", "x/"), ("x/", "x")])
def test_a_twin_is_found(pod, there, asked):
    twin = pod.put(there)
    facts = facts_about("PUT", pod.iri(asked), pod)
    assert facts.twin is twin
    assert facts.missing == ()


def test_of_an_acl_the_subject_and_the_owners_are_known(pod):
    subject = pod.put("x")
    facts = facts_about("PUT", subject.iri.acl, pod)
    assert (facts.before, facts.subject, facts.owners) == (None, subject, pod.owners)
    assert facts_about("PUT", pod.iri("y.acl"), pod).subject is None


@pytest.mark.parametrize("method", ["DELETE", "PUT"])
def test_a_container_is_empty_until_it_has_members_that_are_not_auxiliary(pod, method):
    container = pod.put("c/")
    pod.put("c/.acl")
    assert facts_about(method, container.iri, pod).empty
    pod.put("c/x")
    assert not facts_about(method, container.iri, pod).empty


def test_a_document_counts_as_empty(pod):
    assert facts_about("DELETE", pod.put("x").iri, pod).empty


def test_for_a_post_any_name_can_be_looked_up(pod):
    container = pod.put("c/")
    pod.put("c/x")
    facts = facts_about("POST", container.iri, pod, "k7f2")
    assert facts.taken(pod.iri("c/x"))
    assert not facts.taken(pod.iri("c/y"))
    assert (facts.before, facts.fresh) == (container, "k7f2")


def test_the_name_of_a_webid_document_is_taken(pod):
    pod.owners |= {pod.storage + "id#me", "https://elsewhere.example/id#me"}
    taken = facts_about("POST", pod.put("profile/").iri, pod).taken
    assert taken(pod.iri("profile/card"))
    assert taken(pod.iri("id"))
    assert not taken(pod.iri("profile/id"))
