"""Why was it allowed: each line of the journal is explained, and the explanation decides again."""

# ruff: noqa: RUF001 - French is written with its own apostrophe

import json
import random
import urllib.parse
from datetime import UTC, datetime, timedelta

import pytest
from agents import EVERYONE, rule

from acl import OWN_PAGES, Condition, ConditionKind, Mode, Rule, acl_document, covering
from acl.explain import replay
from acl.explained import from_json, to_json
from acl.model import Scope
from pod.agreements import Item
from pod.consent.question import Noted
from pod.consent.sentences import day
from pod.flows.authenticate import PURPOSE
from pod.flows.consent.give import Gift, give
from pod.flows.consent.stop import stop
from pod.flows.consent.why import answer_to
from pod.flows.trust import distrust
from vocab.iri import ResourceIri

FULL = "Read Write Control"
PLACES = ("a/", "a/b/", "c/")
PATHS = ("", "a/", "a/x", "a/b/", "a/b/y", "a/b/new", "c/", "c/z", "a/.acl", "d/e/f")
PURPOSES = ("https://w3id.org/dpv#ServicePersonalisation", "https://w3id.org/dpv#DirectMarketing")
MODES = (Mode.READ, Mode.APPEND, Mode.WRITE, Mode.READ | Mode.WRITE, Mode.CONTROL)
REQUESTS = 500


@pytest.fixture
def why(owner):
    return owner.storage + ".well-known/why"


@pytest.fixture
def budget(world, owner):
    """An app that acts as the owner and has what it was granted."""
    app = world.app(owner.name, "Budget Malin")
    world.run(distrust(app.app.iri, world.pod(owner.name)))
    return app


def asked(person, url, headers=None, **query):
    return person.get(f"{url}?{urllib.parse.urlencode(query)}", headers)


class Dice:
    """Random rules and requests, the same in each run."""

    def __init__(self, owner, people):
        self.any = random.Random(35)  # noqa: S311 - nothing is kept secret by it
        self.owner = owner
        self.people = people
        self.clients = [person.app.iri for person in people if person.app]

    def conditions(self):
        now = datetime.now(UTC)
        kinds = {
            ConditionKind.CLIENT: {"values": frozenset({self.any.choice(self.clients)})},
            ConditionKind.ISSUER: {"values": frozenset({self.owner.storage.split("p")[0]})},
            ConditionKind.PURPOSE: {"values": frozenset({self.any.choice(PURPOSES)})},
            ConditionKind.PERIOD: {
                "since": self.any.choice([None, now, now + timedelta(seconds=0.05)]),
                "until": now + timedelta(seconds=self.any.choice([-1, 0.03, 0.1, 60])),
            },
        }
        for kind, given in kinds.items():
            if self.any.random() < 0.3:
                yield Condition(kind=kind, **given)

    def rules(self, target):
        trusted = frozenset({OWN_PAGES, self.owner.app.iri})
        own = Condition(kind=ConditionKind.CLIENT, values=trusted)
        full = Mode.READ | Mode.WRITE | Mode.CONTROL
        agents = frozenset({self.owner.webid})
        yield from covering(
            Rule(scope=Scope.DEFAULT, modes=full, agents=agents, conditions=(own,)), target
        )
        for number in range(self.any.randrange(4)):
            who = self.any.choice([person.webid for person in self.people])
            grant = f"{self.owner.storage}.well-known/grants/{number}"
            yield Rule(
                scope=self.any.choice(list(Scope)),
                modes=self.any.choice(MODES),
                agents=frozenset({who} - {""}),
                public=not who,
                conditions=tuple(self.conditions()),
                grant=self.any.choice([None, grant]),
            )

    def change(self):
        path = self.any.choice(PLACES)
        target = ResourceIri(self.owner.storage, path)
        if self.any.random() < 0.2:
            self.owner.delete(str(target.acl))
            return
        answer = self.owner.put(str(target.acl), acl_document(self.rules(target), target).encode())
        assert answer.status in {201, 204}, answer.text

    def ask(self):
        person = self.any.choice(self.people)
        purpose = self.any.choice([None, None, *PURPOSES, "", "x" * 300])
        headers = {} if purpose is None else {PURPOSE: purpose}
        url = self.owner.storage + self.any.choice(PATHS)
        match self.any.choice(["GET", "GET", "GET", "PUT", "POST", "DELETE", "QUERY"]):
            case "GET":
                return person.get(url, headers)
            case "PUT":
                return person.put(url, b"", "text/turtle", headers)
            case "POST":
                return person.post(url, b"", "text/turtle", headers)
            case "DELETE":
                return person.delete(url, headers)
            case _:
                query = "?query=" + urllib.parse.quote("ASK {?s ?p ?o}")
                return person.get(f"{self.owner.storage}.well-known/sparql{query}", headers)


@pytest.mark.spec("Self Data CAP-35")
def test_what_was_decided_is_explained_and_decided_again(world, owner, bob, nobody, budget, why):
    dice = Dice(owner, [owner, budget, budget, bob, nobody])
    for path in ("a/x", "a/b/y", "c/z"):
        owner.put(owner.storage + path, b"<#a> <#b> <#c> .")
    first = len(world.journal(owner.name))
    for number in range(REQUESTS):
        if number % 10 == 0:
            dice.change()
        assert dice.ask().status < 500
    lines = world.journal(owner.name, first)
    assert {line.outcome in {401, 403} for line in lines} == {True, False}

    pod = world.pod(owner.name)

    async def answers():
        return [await answer_to(Noted(first + 1 + number), pod) for number in range(len(lines))]

    for line, found in zip(lines, world.run(answers()), strict=True):
        assert (found.line.entry, found.is_exact, found.agrees) == (line, True, True)
        for explanation in found.explanations:
            again = replay(from_json(json.loads(json.dumps(to_json(explanation)))))
            granted = explanation.need.mode in again.modes
            assert explanation.granted == granted == (line.outcome not in {401, 403})
    for number in range(first + 1, first + len(lines), REQUESTS // 10):
        told = asked(owner, why, entry=number).json()
        assert (told["exact"], told["asDecided"], told["line"]["number"]) == (True, True, number)
        assert all(from_json(one).need for one in told["explanations"])


@pytest.mark.spec("Self Data CAP-35")
@pytest.mark.parametrize("query", ["entry=1", "target=/data/", "nothing"])
def test_only_the_owner_is_told(owner, bob, nobody, why, query):
    owner.grant(owner.storage, rule(owner.webid, FULL), rule(bob.webid, "Read Write"))
    expected = 400 if query == "nothing" else 200
    answers = [person.get(f"{why}?{query}").status for person in (owner, bob, nobody)]
    assert answers == [expected, 403, 401]


def test_an_app_that_was_granted_all_but_control_is_not_told(world, owner, budget, why):
    world.run(give(gift(budget, path="", modes=Mode.READ | Mode.WRITE), world.pod(owner.name)))
    assert budget.get(owner.storage).status == 200
    assert asked(budget, why, target="/").status == 403


def gift(app, path="data/bank/", modes=Mode.READ):
    return Gift(
        agent=app.webid,
        client=app.app.iri,
        purpose=PURPOSES[0],
        sentence="gérer votre budget",
        items=(Item(path=path, modes=modes),),
    )


@pytest.mark.spec("Self Data B7")
def test_what_was_agreed_to_is_named_with_its_app_its_purpose_and_its_end(
    world, owner, budget, why
):
    grant = world.run(give(gift(budget), world.pod(owner.name)))
    today, end = day(grant.created), day(grant.until)
    query = {"target": "/data/bank/", "client": budget.app.iri}
    french = asked(owner, why, {"Accept": "text/plain", "Accept-Language": "fr"}, **query)
    assert french.text == (
        f"Budget Malin peut lire « data/bank/ » parce que vous l’avez accepté le {today.fr} pour"
        f" « gérer votre budget », jusqu’au {end.fr}.\n"
    )
    assert french.headers["Content-Language"] == "fr"
    english = asked(owner, why, {"Accept": "text/plain"}, **query)
    assert english.text == (
        f"Budget Malin can read “data/bank/” because you agreed to it on {today.en} for"
        f" “gérer votre budget”, until {end.en}.\n"
    )
    (told,) = asked(owner, why, **query).json()["grants"]
    assert (told["purpose"], told["terms"], told["record"]) == (PURPOSES[0], None, grant.record)
    assert told["grant"] == f"{owner.storage}.well-known/grants/{grant.id}"


def test_what_was_stopped_is_explained_as_it_was_then(world, owner, budget, why):
    pod = world.pod(owner.name)
    grant = world.run(give(gift(budget), pod))
    budget.get(owner.storage + "data/bank/")
    number = len(world.journal(owner.name))
    between = datetime.now(UTC).isoformat()
    world.run(stop(grant.id, pod))
    told = asked(owner, why, entry=number).json()
    assert (told["asDecided"], told["grants"][0]["state"]) == (True, "stopped")
    assert told["sentence"].startswith("Budget Malin could read “data/bank/” because you agreed")
    query = {"target": "/data/bank/", "client": budget.app.iri}
    then = asked(owner, why, at=between, **query).json()
    now = asked(owner, why, **query).json()
    assert [one["explanations"][0]["granted"] for one in (then, now)] == [True, False]
    later = (grant.until + timedelta(days=1)).isoformat()
    assert not asked(owner, why, at=later, **query).json()["explanations"][0]["granted"]


@pytest.mark.spec("Self Data B7")
def test_a_refusal_says_where_its_owner_is_told_why(owner, bob, nobody):
    owner.put(owner.storage + "d/x", b"")
    for person, method, on in ((bob, "GET", "d/x"), (nobody, "GET", "d/x"), (bob, "PUT", "d/y")):
        refusal = person.call(method, owner.storage + on).json()
        told = owner.get(refusal["why"]).json()
        (explanation,) = told["explanations"]
        assert not explanation["granted"]
        assert explanation["target"].startswith(owner.storage + "d/")
        assert explanation["agent"]["webid"] == (person.webid or None)
        assert person.get(refusal["why"]).status == refusal["status"]


def test_that_past_members_of_a_group_are_not_known_is_said(world, owner, bob, why):
    group = f"{owner.storage}group#us"
    members = f"<#us> <http://www.w3.org/2006/vcard/ns#hasMember> <{bob.webid}> ."
    owner.put(owner.storage + "group", members.encode())
    owner.grant(
        owner.storage + "group",
        rule(owner.webid, FULL, "accessTo"),
        rule(EVERYONE, "Read", "accessTo"),
    )
    owner.put(owner.storage + "g/x", b"")
    owner.grant(
        owner.storage + "g/", rule(owner.webid, FULL), rule(f"acl:agentGroup <{group}>", "Read")
    )
    assert bob.get(owner.storage + "g/x").status == 200
    past = asked(owner, why, entry=len(world.journal(owner.name))).json()
    assert past["explanations"][0]["unknownGroups"] == [group]
    assert "we do not know who was in the group then" in past["sentence"]
    now = asked(owner, why, target="g/x", agent=bob.webid, client=bob.app.iri).json()
    assert (now["explanations"][0]["granted"], now["explanations"][0]["unknownGroups"]) == (
        True,
        [],
    )


BAD = {
    "nothing": ({}, 400),
    "both": ({"entry": 1, "target": "/"}, 400),
    "no number": ({"entry": "one"}, 400),
    "a line that is not there": ({"entry": 10**9}, 404),
    "line zero": ({"entry": 0}, 404),
    "no address": ({"target": "/a//b"}, 400),
    "another space": ({"target": "https://other.example/x"}, 400),
    "no mode": ({"target": "/", "mode": "fly"}, 400),
    "no time": ({"target": "/", "at": "soon"}, 400),
    "before the pod": ({"target": "/", "at": "2001-01-01"}, 404),
    "another word": ({"target": "/", "who": "me"}, 400),
}


@pytest.mark.parametrize(("query", "status"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_asked_is_said(ana, query, status):
    answer = asked(ana, ana.storage + ".well-known/why", **query)
    assert answer.status == status
    assert answer.json()["detail"]


def test_it_comes_as_json_or_text(ana):
    url = ana.storage + ".well-known/why?target=/"
    assert ana.get(url, {"Accept": "image/png"}).status == 406
    answer = ana.get(url)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["sentence"].startswith(
        "Somebody who does not say who they are cannot read"
    )
