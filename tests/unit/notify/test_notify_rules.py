from dataclasses import dataclass

from acl import AclIndex, Agent, Mode, Rule, Scope, decide
from pod.notify.rules import rules_at
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
X, CONTAINER, ROOT = (ResourceIri(STORAGE, path) for path in ("c/x", "c/", ""))
BOB = Agent("https://bob.example/card#me")


@dataclass
class Went:
    seq: int
    subject: ResourceIri
    rules: tuple[Rule, ...]


def reading(scope=Scope.ACCESS_TO):
    return (Rule(scope=scope, modes=Mode.READ, agents=frozenset({BOB.webid})),)


NOBODY = AclIndex({ROOT: ()})


def may(acls, target=X):
    return Mode.READ in decide(acls, target, BOB).modes


def test_without_deletions_the_rules_in_force_count():
    assert rules_at(5, NOBODY, ()) is NOBODY


def test_of_what_was_deleted_those_that_it_had():
    gone = Went(7, X, reading())
    assert may(rules_at(7, NOBODY, [gone]))
    assert may(rules_at(6, NOBODY, [gone]))  # a change before, told after
    assert not may(rules_at(8, NOBODY, [gone]))  # of another one at the same address


def test_those_of_a_container_hold_for_what_it_held_before():
    gone = Went(9, CONTAINER, reading(Scope.DEFAULT))
    assert may(rules_at(8, NOBODY, [gone]))
    assert not may(rules_at(10, NOBODY, [gone]))


def test_of_two_lives_each_has_its_own():
    first, second = Went(5, X, reading()), Went(8, X, ())
    assert may(rules_at(5, NOBODY, [first, second]))
    assert not may(rules_at(6, NOBODY, [first, second]))
