"""What becomes of what was asked for: given, or less of it, refused, or something else proposed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from agents import Person
from asking import Asking
from channels import receiver
from granting import ADVICE

from pod.agreements import Item, Proposal, RequestState, TermsSetting
from pod.consent.odrl import CATEGORY
from pod.consent.terms import STRICT, USUAL
from pod.flows import answer
from pod.flows.consent.decide import report
from pod.flows.consent.evidence import evidence_of
from pod.flows.consent.myterms import choose_terms
from pod.flows.consent.stop import stop
from pod.problems import Conflict, NotFound, Unprocessable

BANK = Item(path="data/bank/", category="bank")
NOTES = Item(path="annotations/")
NOTE = b"<#it> <http://purl.org/dc/terms/title> 'a note' ."
LD_JSON = "application/ld+json"


@pytest.fixture(scope="module")
def eve(world) -> Person:
    """Somebody who is asked for what is hers."""
    who = world.fresh()
    for path in ("data/bank/one.ttl", "annotations/two.ttl"):
        assert who.put(who.storage + path, NOTE).status == 201
    return who


@pytest.fixture
def asking(world, eve, bob) -> Iterator[Asking]:
    made = Asking(world, eve, bob)
    yield made
    for grant in [*made.pod.store.snapshot().agreements.grants.all()]:
        made.run(stop(grant.id, made.pod))
    made.forget()


def accept(asking, asked, *items, days=7):
    return asking.run(answer.accept(asked.id, items, days, None, asking.pod))


def propose(asking, asked, *items, days=7, terms=None):
    proposed = Proposal(items=items, days=days, terms=terms)
    return asking.run(answer.propose(asked.id, proposed, asking.pod))


def may_read(asking, path: str) -> bool:
    return asking.reader.get(asking.owner.storage + path).status == 200


def told(asking, asked, **headers) -> dict:
    """What the asker is told of its request."""
    return asking.reader.get(asking.where(asked), headers).json()


@pytest.mark.spec("Self Data CAP-04")
@pytest.mark.spec("LWS §10.6.1 #access-notification-events")
def test_what_is_given_can_be_read_and_both_are_told(asking):
    with receiver() as inbox:
        asked = asking.asked(asking.body(inbox=f"{inbox.base}inbox"))
        assert not may_read(asking, "data/bank/one.ttl")
        grant = accept(asking, asked, BANK, NOTES)
        sent = inbox.next()
    said = sent.json()
    assert (said["type"], said["object"]) == ("Accept", asking.where(asked))
    assert said["result"] == asking.at(f"grants/{grant.id}")
    assert "Authorization" in sent.headers
    now = told(asking, asked)
    assert (now["state"], now["grant"]) == ("granted", said["result"])
    assert may_read(asking, "data/bank/one.ttl")
    assert may_read(asking, "annotations/two.ttl")
    *_, line = asking.server.journal(asking.owner.name)
    assert (line.action, line.grants) == ("GET", (said["result"],))
    assert grant.terms == asked.terms
    assert asking.reader.get(now["grant"]).status == 200


@pytest.mark.spec("Self Data CAP-12")
def test_less_can_be_given(asking):
    asked = asking.asked()
    grant = accept(asking, asked, BANK, days=1)
    assert (grant.items, grant.until - grant.since) == ((BANK,), timedelta(days=1))
    assert may_read(asking, "data/bank/one.ttl")
    assert not may_read(asking, "annotations/two.ttl")
    with pytest.raises(Conflict):
        accept(asking, asked, NOTES)


@pytest.mark.parametrize(
    ("items", "days"),
    [
        pytest.param((Item(path="data/"),), 7, id="more data"),
        pytest.param((Item(path="profile/"),), 7, id="other data"),
        pytest.param((BANK,), 61, id="longer"),
        pytest.param((BANK,), None, id="without an end"),
        pytest.param((BANK,), 0, id="no time"),
        pytest.param((), 7, id="nothing"),
    ],
)
def test_more_than_was_asked_for_is_never_given(asking, items, days):
    asked = asking.asked()
    with pytest.raises(Unprocessable):
        accept(asking, asked, *items, days=days)
    assert asking.kept(asked.id).state is RequestState.WAITING


def test_it_ends_no_later_than_was_asked_for(asking):
    asked = asking.asked()
    ends = asked.created + timedelta(days=2, hours=2)

    def work(tx):
        tx.agreements.requests.put(replace(asked, days=None, ends=ends))

    asking.run(asking.pod.store.write(work))
    assert accept(asking, asked, BANK, days=None).until <= ends
    over = replace(asked, id="over", ends=asked.created)
    asking.run(asking.pod.store.write(lambda tx: tx.agreements.requests.put(over)))
    with pytest.raises(Conflict):
        accept(asking, over, BANK)


@pytest.mark.spec("Self Data CON-38")
def test_refusing_needs_no_reason(asking):
    with receiver() as inbox:
        asked = asking.asked(asking.body(inbox=f"{inbox.base}inbox"))
        asking.run(answer.refuse(asked.id, asking.pod))
        said = inbox.next().json()
    assert (said["type"], "content" in said) == ("Reject", False)
    now = told(asking, asked)
    assert (now["state"], now["reason"]) == ("refused", None)
    assert not may_read(asking, "data/bank/one.ttl")
    assert asking.act(asked, "accept").status == 409


@pytest.mark.parametrize(("said", "heard"), [(" too much ", "too much"), (" ", None)])
def test_a_reason_can_be_given(asking, said, heard):
    with receiver() as inbox:
        asked = asking.asked(asking.body(inbox=f"{inbox.base}inbox"))
        asking.run(answer.refuse(asked.id, asking.pod, said))
        assert inbox.next().json().get("content") == heard
    assert told(asking, asked)["reason"] == heard


def test_an_inbox_that_takes_nothing_changes_nothing(asking):
    asked = asking.asked(asking.body(inbox="https://localhost:1/inbox"))
    asking.run(answer.refuse(asked.id, asking.pod))
    assert told(asking, asked)["state"] == "refused"
    with pytest.raises(NotFound):
        asking.run(answer.refuse("none", asking.pod))


def test_an_inbox_on_the_same_server_is_told_without_the_network(asking):
    inbox = f"{asking.reader.storage}inbox/"
    asked = asking.asked(asking.body(inbox=inbox))
    asking.run(answer.refuse(asked.id, asking.pod))
    listed = asking.reader.get(inbox, {"Accept": "application/n-triples"}).text
    names = re.findall(rf"#contains> <({re.escape(inbox)}[^>]*)>", listed)
    told = [asking.reader.get(name).json() for name in names]
    (found,) = [one for one in told if one["object"] == asking.where(asked)]
    assert (found["type"], found["actor"]) == ("Reject", asking.owner.webid)


@pytest.mark.parametrize(
    "path", ["bob/data/bank/", "bob/inbox/none.ttl", "bob/a%2Fb", "bob/../x/inbox/", "x/inbox/"]
)
def test_what_takes_no_message_on_the_same_server_changes_nothing(asking, path):
    asked = asking.asked(asking.body(inbox=asking.server.base + path))
    asking.run(answer.refuse(asked.id, asking.pod))
    assert asking.kept(asked.id).state is RequestState.REFUSED


class TestProposed:
    """The person proposes something else, and the asker decides."""

    @pytest.mark.spec("Self Data PRI-09")
    @pytest.mark.spec("Self Data B12")
    def test_the_asker_gets_what_was_proposed_and_no_more(self, asking):
        with receiver() as inbox:
            asked = asking.asked(asking.body(inbox=f"{inbox.base}inbox"))
            propose(asking, asked, BANK)
            assert inbox.next().json()["type"] == "Offer"
        resource = f"{asking.owner.storage}data/bank/"
        items = [{"resource": resource, "category": "bank", "modes": ["read"]}]
        assert told(asking, asked)["proposal"] == {"items": items, "days": 7, "terms": None}
        (access,) = told(asking, asked, Accept=LD_JSON)["proposal"]["access"]
        assert access["target"] == {"type": CATEGORY, "value": ["bank"]}
        assert not may_read(asking, "data/bank/one.ttl")
        answered = asking.act(asked, "accept")
        assert (answered.status, answered.json()["state"]) == (200, "granted")
        grant = asking.grant_for(asked)
        assert (grant.items, grant.until - grant.since) == ((BANK,), timedelta(days=7))
        assert answered.json()["grant"] == asking.at(f"grants/{grant.id}")
        assert may_read(asking, "data/bank/one.ttl")
        assert not may_read(asking, "annotations/two.ttl")
        assert asking.act(asked, "accept").status == 409

    @pytest.mark.parametrize(("act", "state"), [("decline", "declined"), ("withdraw", "withdrawn")])
    def test_the_asker_need_not_take_it(self, asking, act, state):
        asked = asking.asked()
        propose(asking, asked, BANK)
        assert asking.act(asked, act).json()["state"] == state
        assert asking.grant_for(asked) is None
        assert asking.act(asked, "accept").status == 409

    @pytest.mark.spec("Self Data B12")
    def test_the_asker_makes_one_offer_between(self, asking):
        asked = asking.asked()
        propose(asking, asked, BANK)
        items = [{"category": "bank"}]
        assert asking.act(asked, "counter", items=items, days=90).status == 422
        assert asking.act(asked, "counter", items=[{"category": "energy"}], days=7).status == 422
        answered = asking.act(asked, "counter", items=items, days=30)
        assert (answered.status, answered.json()["state"]) == (200, "waiting")
        assert asking.act(asked, "accept").status == 409
        with pytest.raises(Conflict):
            propose(asking, asked, BANK)
        accept(asking, asked, BANK, days=30)
        assert told(asking, asked)["state"] == "granted"

    def test_an_offer_between_can_be_a_policy(self, asking):
        asked = asking.asked(asking.lws())
        propose(asking, asked, BANK)
        access = asking.lws(assignee=None, constraint=None)["access"]
        assert asking.act(asked, "counter", access=access).json()["state"] == "waiting"
        assert asking.kept(asked.id).required == (BANK,)

    @pytest.mark.spec("Self Data PRI-02")
    def test_other_terms_can_be_proposed(self, asking):
        asked = asking.asked()
        propose(asking, asked, BANK, terms="strict")
        refused = asking.act(asked, "accept")
        assert (refused.status, asking.at("myterms") in refused.text) == (403, True)
        assert asking.kept(asked.id).state is RequestState.PROPOSED
        assert asking.accept(STRICT).status == 201
        # Under these terms nothing may be kept once access has ended.
        assert asking.act(asked, "accept").status == 422
        assert asking.grant_for(asked) is None

    def test_terms_that_were_accepted_bind_what_is_given(self, asking):
        asked = asking.asked(asking.body(retention=None))
        propose(asking, asked, BANK, terms="strict")
        asking.accept(STRICT)
        assert asking.act(asked, "accept").status == 200
        made = {one.offer: one.id for one in asking.agreements()}
        assert asking.grant_for(asked).terms == made["strict"]
        assert asking.kept(asked.id).terms == made["strict"]

    def test_only_terms_that_are_offered_can_be_proposed(self, asking):
        asked = asking.asked()
        with pytest.raises(Unprocessable):
            propose(asking, asked, BANK, terms="open")
        asking.run(choose_terms(TermsSetting("open"), asking.pod))
        propose(asking, asked, BANK, terms="open")
        asking.run(choose_terms(TermsSetting(USUAL.name), asking.pod))

    def test_what_has_gone_since_is_not_told_of(self, asking):
        note = Item(path="annotations/gone.ttl")
        where = asking.owner.storage + note.path
        asking.owner.put(where, NOTE)
        asked = asking.asked(asking.body(items=[{"resource": where}]))
        propose(asking, asked, note)
        asking.owner.delete(where)
        refused = asking.act(asked, "accept")
        assert refused.status == 409
        assert asking.kept(asked.id).state is RequestState.PROPOSED

    @pytest.mark.parametrize(
        ("said", "status"),
        [
            pytest.param({"act": "give"}, 400, id="no act"),
            pytest.param({"act": ["accept"]}, 400, id="a list"),
            pytest.param({"act": "accept", "days": 90}, 422, id="with more"),
            pytest.param({"act": "counter"}, 422, id="nothing"),
            pytest.param({"act": "counter", "access": 1}, 400, id="no policy"),
            pytest.param({"act": "counter", "access": {}, "days": 7}, 422, id="two offers"),
        ],
    )
    def test_what_is_no_answer_changes_nothing(self, asking, said, status):
        asked = asking.asked()
        propose(asking, asked, BANK)
        assert asking.act(asked, **said).status == status
        assert asking.kept(asked.id).state is RequestState.PROPOSED


@pytest.mark.spec("LWS §10.5.1 #access-request-endpoint")
def test_a_request_is_cancelled_where_it_is_told(asking):
    asked = asking.asked()
    assert asking.reader.options(asking.where(asked)).headers["Allow"] == (
        "GET, HEAD, OPTIONS, POST, DELETE"
    )
    kinds = asking.reader.options(asking.where(asked)).headers["Accept-Post"]
    assert kinds == f"application/json, {LD_JSON}, application/lws+json"
    answered = asking.reader.delete(asking.where(asked))
    assert (answered.status, answered.json()["state"]) == (200, "withdrawn")
    assert asking.reader.delete(asking.where(asked)).status == 409


def test_what_nobody_answers_in_time_lapses(asking):
    asked = asking.asked()

    def work(tx):
        tx.agreements.requests.put(replace(asked, lapses=asked.created - timedelta(seconds=1)))

    asking.run(asking.pod.store.write(work))
    assert told(asking, asked)["state"] == "lapsed"
    with pytest.raises(Conflict):
        accept(asking, asked, BANK)


@pytest.mark.spec("Self Data CON-38")
def test_pressure_is_reported_to_nobody_but_who_helps_her(asking):
    asked = asking.asked(asking.body(items=[{"category": "bank"}, {"category": "energy"}]))
    asking.run(report(asked.id, "no flat without it", asking.pod))
    for who in (asking.reader, asking.owner):
        for kind in ("application/json", LD_JSON):
            assert "no flat" not in who.get(asking.where(asked), {"Accept": kind}).text
    grant = accept(asking, asked, BANK)
    pack = evidence_of(asked.id, asking.pod)
    assert pack["reported"] == "no flat without it"
    assert pack["request"]["purpose"] == ADVICE
    assert {"silent", "beyond"} <= set(pack["concerns"])
    assert pack["record"] == grant.record
    assert pack["terms"] == asking.agreements()[0].jws
