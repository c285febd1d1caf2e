"""The table of WAC operations and modes: the modes that are needed, and that no others help."""

from functools import partial

import pytest

from acl import AclIndex, Agent, Mode, Refused, Rule, Scope, decide, permit
from pod.ldp.needs import NEEDS, needs_of, needs_of_unread_patch
from pod.rdf.patch import NO_PATCH
from pod.sparql.update import read_update
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
BOB = Agent("https://bob.example/profile/card#me")
DOCUMENT, CONTAINER = "notes/one", "notes/old/"
ALL = {"R", "A", "W", "C"}
PATCHES = {
    kind: read_update(text, STORAGE)
    for kind, text in {
        "nothing": "",
        "inserts": "INSERT DATA { <a> <b> <c> }",
        "deletes": "DELETE DATA { <a> <b> <c> }",
        "deletes-and-inserts": "DELETE DATA { <a> <b> 1 }; INSERT DATA { <a> <b> 2 }",
        "inserts-where": "INSERT { ?a <b> 2 } WHERE { ?a <b> 1 }",
        "all": "DELETE { ?a <b> 1 } INSERT { ?a <b> 2 } WHERE { ?a <b> 1 }",
    }.items()
}
MODES = {"R": Mode.READ, "A": Mode.APPEND, "W": Mode.WRITE, "C": Mode.CONTROL}

# method, target, whether it exists, modes on the target, modes on its container: what is enough
# and least. Append is written where Write will do too.
TABLE = [
    ("GET", DOCUMENT, True, "R", ""),
    ("GET", DOCUMENT, False, "R", ""),
    ("HEAD", DOCUMENT, True, "R", ""),
    ("HEAD", CONTAINER, False, "R", ""),
    ("GET", CONTAINER, True, "R", ""),
    ("GET", CONTAINER, False, "R", ""),
    ("OPTIONS", DOCUMENT, True, "", ""),
    ("OPTIONS", CONTAINER, False, "", ""),
    ("POST", CONTAINER, True, "A", ""),
    ("POST", CONTAINER, False, "A", ""),
    ("POST", DOCUMENT, True, "A", ""),
    ("POST", DOCUMENT, False, "A", ""),
    ("PUT", DOCUMENT, True, "W", ""),
    ("PUT", DOCUMENT, False, "A", "A"),
    ("PUT", CONTAINER, True, "W", ""),
    ("PUT", CONTAINER, False, "A", "A"),
    ("PATCH nothing", DOCUMENT, True, "R", ""),
    ("PATCH nothing", DOCUMENT, False, "R", ""),
    ("PATCH inserts", DOCUMENT, True, "A", ""),
    ("PATCH inserts", DOCUMENT, False, "A", "A"),
    ("PATCH inserts", CONTAINER, True, "A", ""),
    ("PATCH inserts", CONTAINER, False, "A", "A"),
    ("PATCH deletes", DOCUMENT, True, "RW", ""),
    ("PATCH deletes", DOCUMENT, False, "RW", ""),
    ("PATCH deletes", CONTAINER, True, "RW", ""),
    ("PATCH deletes-and-inserts", DOCUMENT, True, "RW", ""),
    ("PATCH deletes-and-inserts", DOCUMENT, False, "RW", "A"),
    ("PATCH inserts-where", DOCUMENT, True, "RA", ""),
    ("PATCH inserts-where", DOCUMENT, False, "RA", "A"),
    ("PATCH all", DOCUMENT, True, "RW", ""),
    ("DELETE", DOCUMENT, True, "W", "W"),
    ("DELETE", DOCUMENT, False, "R", ""),
    ("DELETE", CONTAINER, True, "RW", "W"),
    ("DELETE", CONTAINER, False, "R", ""),
]
IDS = [f"{row[0]}-{row[1]}-{'there' if row[2] else 'missing'}" for row in TABLE]


def may(method, path, exists, on_target, on_container):
    """Whether somebody with just these modes is let through."""
    target, above = ResourceIri(STORAGE, path), ResourceIri(STORAGE, "notes/")
    rules = {
        target: (rule(on_target),),
        above: (rule(on_container),),
    }
    name, _, kind = method.partition(" ")
    needs = needs_of(name, target, exists=exists, patch=PATCHES.get(kind, NO_PATCH))
    try:
        permit(needs, partial(decide, AclIndex(rules), agent=BOB))
    except Refused:
        return False
    return True


def rule(letters):
    modes = Mode.NONE
    for letter in letters:
        modes |= MODES[letter]
    return Rule(scope=Scope.ACCESS_TO, modes=modes, agents=frozenset({BOB.webid}))


def test_the_table_is_whole():
    table = {
        (method.partition(" ")[0], ResourceIri(STORAGE, path).is_container, exists)
        for method, path, exists, _, _ in TABLE
        if method not in {"HEAD", "OPTIONS"}
    }
    assert table == NEEDS.keys()


@pytest.mark.spec("WAC §5.3.1 #http-methods-access-modes")
@pytest.mark.parametrize(("method", "path", "exists", "on_target", "on_container"), TABLE, ids=IDS)
def test_the_modes_of_the_table_are_enough(method, path, exists, on_target, on_container):
    assert may(method, path, exists, on_target, on_container)
    # Write includes Append.
    assert may(method, path, exists, on_target.replace("A", "W"), on_container.replace("A", "W"))


@pytest.mark.spec("WAC §5.3.1 #server-delete-operation")
@pytest.mark.spec("WAC §5.3.1 #server-create-operation")
@pytest.mark.parametrize(("method", "path", "exists", "on_target", "on_container"), TABLE, ids=IDS)
def test_without_any_one_of_them_all_others_are_not_enough(
    method, path, exists, on_target, on_container
):
    for needed in on_target:
        assert not may(method, path, exists, ALL - with_stronger(needed), ALL)
    for needed in on_container:
        assert not may(method, path, exists, ALL, ALL - with_stronger(needed))


def with_stronger(letter):
    """The modes that let do what one does: Write is Append too, and so goes without it."""
    return {"A", "W"} if letter in "AW" else {letter}


@pytest.mark.spec("WAC §5.3.1 #server-update-operation")
def test_append_does_not_let_replace():
    replacing = ("PUT", DOCUMENT, True)
    assert not may(*replacing, "RAC", "RAWC")


@pytest.mark.spec("WAC §5.3.1 #container-permissions")
def test_each_container_on_the_way_is_needed():
    target = ResourceIri(STORAGE, "a/b/c")
    missing = (ResourceIri(STORAGE, "a/b/"), ResourceIri(STORAGE, "a/"))
    needs = needs_of("PUT", target, exists=False, missing=missing)
    assert [(need.mode, need.on.path) for need in needs] == [
        (Mode.APPEND, "a/b/c"),
        (Mode.APPEND, "a/b/"),
        (Mode.APPEND, "a/"),
        (Mode.APPEND, ""),
    ]


def test_the_root_has_no_container_to_ask_for():
    root = ResourceIri(STORAGE, "")
    assert {need.on for need in needs_of("DELETE", root, exists=True)} == {root}


CONTROL = Rule(scope=Scope.DEFAULT, modes=Mode.CONTROL, agents=frozenset({BOB.webid}))
EVERYTHING_ELSE = Rule(
    scope=Scope.DEFAULT, modes=Mode.READ | Mode.WRITE, agents=frozenset({BOB.webid})
)


@pytest.mark.spec("WAC §5.3.1 #server-control-operation")
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("exists", [True, False], ids=["there", "missing"])
@pytest.mark.parametrize("path", ["notes/one.acl", "notes/.acl", "notes/one.acl.acl"])
def test_an_acl_needs_control_of_its_subject_and_nothing_else(method, exists, path):
    needs = needs_of(method, ResourceIri(STORAGE, path), exists=exists)
    root = ResourceIri(STORAGE, "")

    def may_with(*rules):
        try:
            permit(needs, partial(decide, AclIndex({root: rules}), agent=BOB))
        except Refused:
            return False
        return True

    assert may_with(CONTROL)
    assert not may_with(EVERYTHING_ELSE)


@pytest.mark.parametrize(
    ("modes", "let_in"), [("", False), ("C", False), ("R", True), ("A", True), ("W", True)]
)
def test_who_may_neither_read_nor_add_sends_no_patch(modes, let_in):
    target = ResourceIri(STORAGE, DOCUMENT)
    access_to = partial(decide, AclIndex({target: (rule(modes),)}), agent=BOB)
    needs = needs_of_unread_patch(access_to(target))
    if let_in:
        permit(needs, access_to)
    else:
        with pytest.raises(Refused):
            permit(needs, access_to)
