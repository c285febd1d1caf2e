"""Access that was given for a purpose and a time: what it opens, and that nothing of it is left."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from agents import rule
from answers import members
from granting import ADVICE, PAYING, PURPOSE, SAYS, rules_of

from acl import Mode
from pod.agreements import GrantState, Item
from pod.consent.rules import modes_on
from pod.flows.consent.pause import pause
from pod.flows.consent.renew import renew
from pod.flows.consent.resume import resume
from pod.flows.consent.stop import stop
from pod.problems import Conflict, Malformed, NotFound, Unprocessable
from vocab.iri import ResourceIri

ALL = f"SELECT ?s WHERE {{ GRAPH ?g {{ ?s <{SAYS}> ?o }} }}"
JOINED = f"""SELECT ?a WHERE {{ GRAPH ?g {{ ?a <{SAYS}> "bank/one.ttl" }}
GRAPH ?h {{ ?b <{SAYS}> "notes/three.ttl" }} }}"""


@pytest.mark.spec("Self Data PRI-16")
def test_in_a_new_pod_nothing_is_granted(given):
    answer = given.owner.get(given.owner.storage + ".well-known/grants")
    assert answer.json() == {"grants": []}
    assert given.get().status == 403


@pytest.mark.spec("Self Data CAP-12")
def test_what_is_given_is_open_and_nothing_else(given):
    given.give()
    assert given.get().status == 200
    assert given.get("bank/in/two.ttl").status == 200
    assert members(given.get("bank/"), given.bank) == {given.bank + "one.ttl", given.bank + "in/"}
    assert given.get("notes/three.ttl").status == 403
    assert given.get("").status == 403
    assert given.get("bank/.acl").status == 403
    assert given.reader.put(given.bank + "new.ttl", b"").status == 403
    assert given.asked(ALL) == 2


def test_modes_are_given_as_they_are_said(given):
    given.give(items=(Item(path="bank/", modes=Mode.APPEND),))
    assert given.get().status == 403
    assert given.reader.post(given.bank, b"").status == 201
    assert given.reader.put(given.bank + "one.ttl", b"").status == 403


def test_another_app_of_the_same_person_gets_nothing_of_what_is_given_to_one(given):
    one = given.reader.app.iri
    other = replace(given.reader, app=given.server.app(given.reader.name, "other").app)
    given.give(client=one)
    assert given.get().status == 200
    assert other.get(given.bank + "one.ttl").status == 403


@pytest.mark.spec("Self Data CON-18")
def test_of_two_purposes_the_app_has_to_say_which(given):
    given.give("bank/")
    given.give("notes/", purpose=PAYING)
    assert given.get().status == 403
    assert given.get(**{PURPOSE: ADVICE}).status == 200
    assert given.get(**{PURPOSE: PAYING}).status == 403
    assert given.get("notes/three.ttl", **{PURPOSE: PAYING}).status == 200


@pytest.mark.spec("Self Data B4")
def test_what_is_given_for_two_purposes_is_never_joined(given):
    given.give("bank/")
    given.give("notes/", purpose=PAYING)
    assert [given.asked(ALL, purpose) for purpose in (ADVICE, PAYING, None)] == [2, 1, 0]
    assert [given.asked(JOINED, purpose) for purpose in (ADVICE, PAYING, None)] == [0, 0, 0]


DOCUMENTS = ("bank/one.ttl", "bank/in/two.ttl", "notes/three.ttl")
ITEMS = ("", "bank/", "bank/in/", "bank/in/two.ttl", "bank/one.ttl", "notes/")
MODES = (Mode.READ, Mode.APPEND, Mode.WRITE, Mode.READ | Mode.APPEND, Mode.READ | Mode.WRITE)
OTHER = (
    '"of no state"'  # who may write is told that it is not this one, who may not that he may not
)


@pytest.mark.spec("Self Data B4")
@pytest.mark.parametrize("seed", range(8))
def test_what_is_shown_is_what_is_written_and_what_is_done(given, seed):
    """Whatever was given: GET, PUT and queries allow what its items say, and nothing else."""
    random = Random(seed)  # noqa: S311 - the same at each run
    item = Item(path=random.choice(ITEMS), modes=random.choice(MODES))
    rules = rule(given.owner.webid, "Read Write Control")
    for path in random.sample(["bank/in/", "bank/", "notes/"], random.randrange(3)):
        given.owner.grant(given.owner.storage + path, rules)
    name = given.give(items=(item,)).id
    expected = [modes_on((item,), ResourceIri(given.owner.storage, path)) for path in DOCUMENTS]
    assert [*done(given)] == [(Mode.READ in one, Mode.WRITE in one) for one in expected]
    assert given.asked(ALL) == sum(Mode.READ in one for one in expected)
    below = modes_on((item,), ResourceIri(given.owner.storage, "bank/new.ttl"))
    added = given.reader.put(given.bank + "new.ttl", b"", headers={"If-Match": OTHER})
    assert added.status == (412 if Mode.APPEND in below else 403)
    given.run(stop(name, given.pod))
    assert [*done(given)] == [(False, False)] * len(DOCUMENTS)


def done(given):
    """Whether the reader may read, and write, each document."""
    for path in DOCUMENTS:
        url = given.owner.storage + path
        reading = given.reader.get(url).status
        writing = given.reader.put(url, b"", headers={"If-Match": OTHER}).status
        assert (reading in {200, 403}, writing in {412, 403}) == (True, True)
        yield reading == 200, writing == 412


def test_stopping_leaves_the_rules_of_the_pod_as_they_were(given):
    before = rules_of(given)
    name = given.give("data/bank/", "data/energy/").id
    assert rules_of(given) != before
    given.run(stop(name, given.pod))
    assert rules_of(given) == before


def test_what_is_paused_is_resumed_as_it_was(given):
    grant = given.give()
    given.run(pause(grant.id, given.pod))
    assert given.run(pause(grant.id, given.pod)).state is GrantState.PAUSED
    resumed = given.run(resume(grant.id, given.pod))
    assert given.get().status == 200
    assert (resumed.items, resumed.until) == (grant.items, grant.until)
    assert given.run(resume(grant.id, given.pod)) == resumed


def test_what_is_stopped_is_stopped_for_good(given):
    name = given.give().id
    stopped = given.run(stop(name, given.pod))
    assert given.run(stop(name, given.pod)) == stopped
    for again in (pause, resume):
        with pytest.raises(Conflict):
            given.run(again(name, given.pod))
    assert given.get().status == 403


@pytest.mark.parametrize("change", [pause, resume, stop, renew])
def test_there_is_nothing_to_change_of_what_was_not_given(given, change):
    with pytest.raises(NotFound):
        given.run(change("none", given.pod))


def test_renewing_makes_a_grant_of_its_own(given):
    first = given.give()
    second = given.run(renew(first.id, given.pod, 7))
    assert second.id != first.id
    assert second.until - second.since == timedelta(days=7)
    assert (
        given.pod.store.snapshot().agreements.grants.find(id=first.id).state is GrantState.STOPPED
    )
    assert given.get().status == 200
    given.run(stop(second.id, given.pod))
    assert given.get().status == 403


WRONG = {
    "nothing": ({"items": ()}, Malformed),
    "no app for the owner": ({"agent": "owner"}, Malformed),
    "the server's own pages": (
        {"client": "https://w3id.org/selfdata/codes#ownPages"},
        Malformed,
    ),
    "no address": ({"purpose": "advice"}, Malformed),
    "no day": ({"days": 0}, Malformed),
    "the right to give rights": ({"items": (Item(path="bank/", modes=Mode.CONTROL),)}, Malformed),
    "a time that says nothing": ({"retention": "long"}, Malformed),
    "no right": ({"items": (Item(path="bank/", modes=Mode.NONE),)}, Malformed),
    "rules": ({"items": (Item(path="bank/.acl"),)}, Malformed),
    "a path of no pod": ({"items": (Item(path="../bob/"),)}, Malformed),
    "a path not as the pod has it": ({"items": (Item(path="%62ank/"),)}, Malformed),
    "the server's own": ({"items": (Item(path=".well-known/journal"),)}, Malformed),
    "no document": ({"items": (Item(path="bank/none.ttl"),)}, NotFound),
    "a bundle of what is sensitive": (
        {"items": (Item(path="data/bank/"), Item(path="data/health/"))},
        Unprocessable,
    ),
    "terms that were not accepted": ({"terms": "none"}, Unprocessable),
}


@pytest.mark.spec("Self Data CON-39")
@pytest.mark.parametrize(("more", "problem"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_given_leaves_nothing(given, more, problem):
    before = rules_of(given)
    if more.get("agent") == "owner":
        more = {"agent": given.owner.webid}
    with pytest.raises(problem):
        given.give(**more)
    assert rules_of(given) == before
    assert not tuple(given.pod.store.snapshot().agreements.grants.all())


def test_a_container_that_is_not_there_is_made(given):
    given.give("data/energy/")
    assert given.get("data/energy/").status == 200


def test_each_decision_is_a_line_of_the_journal(given):
    name = given.give().id
    for change in (pause, resume, stop):
        given.run(change(name, given.pod))
    at = f".well-known/grants/{name}"
    lines = given.server.journal(given.owner.name)
    assert [line.action for line in lines if line.target == at] == [
        "GRANT",
        "PAUSE",
        "RESUME",
        "STOP",
    ]
