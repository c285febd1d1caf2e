"""What stays true of a pod whatever is written to it, in whatever order."""

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pod.ldp.allow import check_address
from pod.ldp.change import EFFECTS
from pod.ldp.facts import facts_about
from pod.ldp.operation import read_operation
from pod.problems import Problem
from pod.sparql.update import read_update

CONTAINER = '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type"'

segments = st.sampled_from(["a", "b", "a.acl", ".acl", "b.meta", ".well-known"])
paths = st.builds(
    lambda names, slash: "/".join(names) + (slash if names else ""),
    st.lists(segments, max_size=3),
    st.sampled_from(["", "/"]),
)
UPDATE = "application/sparql-update"
steps = st.tuples(
    st.sampled_from(["PUT", "PUT", "POST", "PATCH", "DELETE"]),
    paths,
    st.sampled_from(["a", "b", "a.acl", "c/", ""]),
    st.sampled_from([CONTAINER, ""]),
)


@pytest.mark.spec("Solid Protocol §3.1 #server-uri-trailing-slash-distinct")
@pytest.mark.spec("Solid Protocol §4.2 #server-hierarchical-containment")
@pytest.mark.spec("Solid Protocol §4.3 #server-auxiliary-resources-management")
@settings(deadline=None, max_examples=80)
@given(st.lists(steps, max_size=25))
def test_a_pod_stays_a_tree(new_pod, request_on, now, steps):
    pod, names = new_pod(), count()
    for method, path, slug, link in steps:
        body, kind = (
            (b"INSERT DATA { <#a> a <#A> }", UPDATE) if method == "PATCH" else (b"", "text/turtle")
        )
        request = request_on(method, path, body, Slug=slug, Link=link, Content_Type=kind)
        before = dict(pod.resources)
        try:
            operation = read_operation(request, None, {UPDATE: read_update})
            facts = facts_about(method, operation.target, pod, f"n{next(names)}")
            changes = EFFECTS[method](operation, facts, now)
        except Problem:
            continue
        for change in changes:
            # What is written goes into a container that is there, and over nothing else.
            assert pod.load(change.target) == change.before
            assert change.target.is_root or pod.load(change.target.parent) is not None
            pod.apply(change)
        assert method != "POST" or before.items() <= pod.resources.items()
    for iri in pod.resources:
        assert iri.twin not in pod.resources
        assert iri.is_root or iri.parent in pod.resources
        assert not iri.is_auxiliary or iri.subject in pod.resources
        check_address(iri)
    assert pod.iri("") in pod.resources
