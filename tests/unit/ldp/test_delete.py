import pytest

from pod.ldp.change import EFFECTS
from pod.ldp.facts import facts_about
from pod.ldp.operation import read_operation
from pod.problems import Conflict, MethodNotAllowed, NotFound


@pytest.fixture
def changes(pod, request_on, now):
    """What a DELETE comes to on what the pod holds."""

    def make(path):
        operation = read_operation(request_on("DELETE", path))
        return EFFECTS["DELETE"](operation, facts_about("DELETE", operation.target, pod), now)

    return make


@pytest.mark.spec("Solid Protocol §5.4 #server-delete-remove-empty-container")
@pytest.mark.parametrize("path", ["x", "c/", "c/.acl"])
def test_what_is_there_ends(changes, pod, path):
    pod.put("c/")
    pod.put("c/.acl")
    before = pod.put(path)
    (change,) = changes(path)
    assert (change.target, change.before, change.after) == (before.iri, before, None)


@pytest.mark.spec("Solid Protocol §5.4 #server-delete-protect-nonempty-container")
def test_a_container_with_members_stays(changes, pod):
    pod.put("c/")
    pod.put("c/x")
    with pytest.raises(Conflict, match="not empty"):
        changes("c/")


@pytest.mark.spec("Practice WID-07 deletion")
def test_a_webid_document_stays(changes, pod):
    pod.put("profile/card")
    with pytest.raises(Conflict, match="account"):
        changes("profile/card")
    pod.put("profile/card.acl")
    assert len(changes("profile/card.acl")) == 1


@pytest.mark.spec("Solid Protocol §5.4 #server-delete-protect-root-container")
@pytest.mark.parametrize("path", ["", ".acl"])
def test_the_root_and_its_acl_stay(changes, pod, path):
    pod.put(".acl")
    with pytest.raises(MethodNotAllowed) as caught:
        changes(path)
    assert "DELETE" not in caught.value.allow
    assert "PUT" in caught.value.allow


@pytest.mark.parametrize("path", [".well-known/solid", "x.meta.meta", "x.meta.acl", "x.acl.meta"])
def test_what_is_not_the_clients_stays(changes, path):
    with pytest.raises(MethodNotAllowed):
        changes(path)


@pytest.mark.parametrize("path", ["x", "c/", "x.acl", "x.meta", ".meta"])
def test_what_is_not_there_is_not_found(changes, path):
    with pytest.raises(NotFound):
        changes(path)
