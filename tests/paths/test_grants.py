"""Access that was given for a purpose and a time: what it opens, and that nothing of it is left."""

import json
import socket
import urllib.parse
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from agents import SECONDS, Person, World, rule, world
from answers import members
from channels import listening, refusal, subscribe
from pods import entry

from acl import Mode
from pod.agreements import GrantState, Item
from pod.consent.record import payload_of
from pod.consent.rules import modes_on
from pod.flows.app_access import apps_of, pause_app, pause_everything, stop_app, stop_everything
from pod.flows.consent.give import Gift, give
from pod.flows.consent.pause import pause
from pod.flows.consent.renew import renew
from pod.flows.consent.resume import resume
from pod.flows.consent.standing import put_in
from pod.flows.consent.stop import stop
from pod.flows.consent.unused import put_away
from pod.flows.consent.uses import last_uses
from pod.flows.trust import distrust, trust
from pod.problems import Conflict, Malformed, NotFound, Unprocessable
from vocab.iri import ResourceIri

ADVICE = "https://w3id.org/dpv#ProvidePersonalisedRecommendations"
PAYING = "https://w3id.org/dpv#PaymentManagement"
PURPOSE = "Selfdata-Purpose"
LARGE = b"a" * 16_000_000
SAYS = "https://example.org/says"


class Moved:
    """The time of this machine, and as much as it is put forward."""

    def __init__(self) -> None:
        self.by = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.by


@pytest.fixture(scope="module")
def clock() -> Moved:
    return Moved()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, clock: Moved) -> Iterator[World]:
    with world(tmp_path_factory.mktemp("grants"), clock) as made:
        yield made
        assert made.failures == []


@pytest.fixture(scope="module")
def reader(server: World) -> Person:
    """Somebody with an account on the same server, to whom access is given."""
    return server.account("reader")


@dataclass
class Given:
    """A pod with documents in `bank/` and `notes/`, and what was given of it."""

    server: World
    owner: Person
    reader: Person

    @property
    def bank(self) -> str:
        return self.owner.storage + "bank/"

    @property
    def pod(self):
        return self.server.pod(self.owner.name)

    def run(self, coroutine):
        return self.server.run(coroutine)

    def give(self, *items, **more):
        gift = Gift(
            agent=self.reader.webid,
            client=None,
            purpose=ADVICE,
            sentence="advise you",
            items=tuple(Item(path=path) for path in items or ("bank/",)),
            days=30,
        )
        return self.run(give(replace(gift, **more), self.pod))

    def get(self, path="bank/one.ttl", **headers):
        return self.reader.get(self.owner.storage + path, headers)

    def asked(self, text, purpose=None):
        """How many rows a query has."""
        headers = {"Accept": "application/sparql-results+json"}
        headers |= {} if purpose is None else {PURPOSE: purpose}
        query = urllib.parse.quote(text)
        answer = self.reader.get(f"{self.owner.storage}.well-known/sparql?query={query}", headers)
        assert answer.status == 200, answer.text
        return len(answer.json()["results"]["bindings"])


@pytest.fixture
def given(server: World, reader: Person) -> Given:
    owner = server.fresh()
    for path in ("bank/one.ttl", "bank/in/two.ttl", "notes/three.ttl"):
        body = f'<#it> <{SAYS}> "{path}" .'.encode()
        assert owner.put(owner.storage + path, body).status == 201
    return Given(server, owner, reader)


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


ENDS = {"stop": (stop, GrantState.STOPPED), "pause": (pause, GrantState.PAUSED)}


@pytest.mark.parametrize(("end", "state"), ENDS.values(), ids=ENDS.keys())
def test_nothing_is_left_from_the_next_request_on(given, end, state):
    assert given.owner.put(given.bank + "large", LARGE, "video/mp4").status == 201
    assert given.owner.put(given.bank + "one.ttl.meta", b"").status == 201
    name = given.give().id
    assert given.get("bank/large", Range="bytes=0-9").status == 206
    assert given.get("bank/one.ttl.meta").status == 200
    capability = subscribe(given.reader, given.owner, given.bank)["receiveFrom"]
    given.run(end(name, given.pod))
    statuses = {
        "get": given.get().status,
        "head": given.reader.head(given.bank + "one.ttl").status,
        "range": given.get("bank/large", Range="bytes=0-9").status,
        "listing": given.get("bank/").status,
        "description": given.get("bank/one.ttl.meta").status,
        "rules": given.get("bank/.acl").status,
        "missing": given.get("bank/none").status,
    }
    assert set(statuses.values()) == {403}, statuses
    assert given.asked(ALL) == 0
    assert refusal(capability) == 404
    found = given.pod.store.snapshot().agreements.grants.find(name)
    assert found.state is state


def test_stopping_leaves_the_rules_of_the_pod_as_they_were(given):
    before = rules_of(given)
    name = given.give("data/bank/", "data/energy/").id
    assert rules_of(given) != before
    given.run(stop(name, given.pod))
    assert rules_of(given) == before


def rules_of(given):
    return given.pod.store.snapshot().acls().rules


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
    assert given.pod.store.snapshot().agreements.grants.find(first.id).state is GrantState.STOPPED
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


@pytest.mark.spec("Self Data CAP-12")
@pytest.mark.spec("Self Data PRI-16")
def test_access_ends_to_the_second_by_itself(given, clock):
    """GET, query and web socket, when the clock passes the end."""
    grant = given.give()
    until = clock().replace(microsecond=0) + timedelta(seconds=20)

    def shorten(tx):
        tx.agreements.grants.put(put_in(tx, replace(grant, until=until), given.pod))

    given.run(given.pod.store.write(shorten))
    with listening(given.reader, given.owner, given.bank) as socket:
        given.owner.put(given.bank + "four.ttl", b"")
        assert socket.message()["type"]
        assert given.get().status == 200
        assert given.asked(ALL) == 2
        with forward(clock, timedelta(seconds=20)):
            assert given.get().status == 403
            assert given.asked(ALL) == 0
            assert socket.is_closed()
            assert refusal_of_new(given) == 403


def refusal_of_new(given):
    body = {"type": "WebSocketChannel2023", "topic": given.bank}
    address = given.owner.storage + ".well-known/notifications/WebSocketChannel2023"
    context = ["https://www.w3.org/ns/solid/notification/v1"]
    body = {"@context": context, **body}
    return given.reader.post(address, json.dumps(body).encode(), "application/ld+json").status


@contextmanager
def forward(clock, by):
    clock.by += by
    try:
        yield
    finally:
        clock.by -= by


@pytest.mark.parametrize("end", [stop, pause])
def test_the_lines_of_what_has_ended_are_ended(given, end):
    name = given.give().id
    with listening(given.reader, given.owner, given.bank) as socket:
        given.run(end(name, given.pod))
        assert socket.is_closed()


def test_the_lines_of_others_stay(given):
    name = given.give("bank/").id
    with listening(given.owner, given.owner, given.bank) as socket:
        given.run(stop(name, given.pod))
        given.owner.put(given.bank + "four.ttl", b"")
        assert socket.message()["type"]


def test_what_is_being_sent_is_cut(given):
    url = given.bank + "large"
    assert given.owner.put(url, LARGE, "video/mp4").status == 201
    name = given.give().id
    with closing(slow_get(given.reader, url)) as line:
        assert line.recv(1000).startswith(b"HTTP/1.1 200")
        given.run(stop(name, given.pod))
        left = rest_of(line)
    assert 0 < len(left) < SENT


SENT = 10_000_000


def slow_get(person, url):
    """A connection on which a GET is answered, and that takes little at once."""
    parts = urllib.parse.urlsplit(url)
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.settimeout(SECONDS)
    line.connect((parts.hostname, parts.port))
    fields = {"Host": parts.netloc, **person.app.headers("GET", url)}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    line.sendall(f"GET {parts.path} HTTP/1.1\r\n{head}\r\n".encode())
    return line


def rest_of(line):
    found = b""
    with suppress(ConnectionError):
        while piece := line.recv(1 << 20):
            found += piece
    return found


@pytest.mark.spec("Self Data CAP-10")
def test_it_is_known_when_each_was_used_last(given):
    used, unused = given.give("bank/"), given.give("notes/", purpose=PAYING)
    assert given.get(**{PURPOSE: ADVICE}).status == 200
    found = given.run(last_uses(given.pod))
    assert found.keys() == {used.id}
    assert unused.id not in found


def test_what_nobody_uses_pauses_by_itself(given, clock):
    used, unused = given.give("bank/"), given.give("notes/", purpose=PAYING)
    with forward(clock, timedelta(days=13)):
        given.pod.store.note(use_of(given, used, clock()))
        assert given.run(put_away(given.pod)) == ()
    with forward(clock, timedelta(days=15)):
        (paused,) = given.run(put_away(given.pod))
    assert (paused.id, paused.state) == (unused.id, GrantState.UNUSED)
    assert given.get("notes/three.ttl", **{PURPOSE: PAYING}).status == 403
    assert given.get().status == 200
    given.run(resume(unused.id, given.pod))
    assert given.get("notes/three.ttl", **{PURPOSE: PAYING}).status == 200


def use_of(given, grant, when):
    """A line of the journal about something that was done under a grant."""
    name = f"{given.owner.storage}.well-known/grants/{grant.id}"
    return entry("bank/one.ttl")._replace(time=when, grants=(name,))


def test_what_has_ended_by_its_time_is_put_away(given, clock):
    before = rules_of(given)
    given.give(days=1)
    with forward(clock, timedelta(days=1)):
        (ended,) = given.run(put_away(given.pod))
        assert given.run(put_away(given.pod)) == ()
    assert ended.state is GrantState.STOPPED
    assert status_of(ended) == "dpv:ConsentExpired"
    assert rules_of(given) == before


def status_of(grant):
    return payload_of(grant.record)["dpv:hasConsentStatus"]["@id"]


def test_it_is_looked_for_when_a_pod_is_opened(given, clock):
    name = given.give().id
    given.server.run(given.server.server.pods.own(given.owner.name, {given.owner.webid: False}))
    with forward(clock, timedelta(days=14)):
        assert given.server.pod(given.owner.name) is not None
    found = given.pod.store.snapshot().agreements.grants.find(name)
    assert found.state is GrantState.UNUSED


@pytest.fixture
def app(given: Given) -> Person:
    """An app of the owner's that she does not trust with everything."""
    made = given.server.app(given.owner.name, "an app")
    given.run(distrust(made.app.iri, given.pod))
    return made


def given_to(given, app, *paths, **more):
    return given.give(*paths, agent=given.owner.webid, client=app.app.iri, **more)


def test_an_app_acts_for_the_owner_within_what_it_was_granted(given, app):
    assert app.get(given.bank + "one.ttl").status == 403
    given_to(given, app, "bank/")
    assert app.get(given.bank + "one.ttl").status == 200
    assert app.get(given.owner.storage + "notes/three.ttl").status == 403
    assert app.get(given.bank + ".acl").status == 403


@pytest.mark.spec("Self Data CAP-10")
def test_all_of_an_app_is_stopped_at_once(given, app):
    given_to(given, app, "bank/")
    given_to(given, app, "notes/", purpose=PAYING)
    given.run(trust(app.app.iri, given.pod))
    assert app.get(given.owner.storage).status == 200
    stopped = given.run(stop_app(app.app.iri, given.pod))
    assert {one.state for one in stopped} == {GrantState.STOPPED}
    assert len(stopped) == 2
    assert app.get(given.bank + "one.ttl").status == 403
    assert app.get(given.owner.storage).status == 403
    assert app.app.iri not in [one.client for one in given.run(apps_of(given.pod))]


def test_the_apps_of_a_pod_are_told(given, app):
    grant = given_to(given, app, "bank/")
    found = {one.client: one for one in given.run(apps_of(given.pod))}
    assert [one.id for one in found[app.app.iri].grants] == [grant.id]
    assert not found[app.app.iri].is_trusted
    assert found[given.owner.app.iri].is_trusted


def test_all_of_an_app_is_paused_and_each_of_it_resumed(given, app):
    grant = given_to(given, app, "bank/")
    given.run(pause_app(app.app.iri, given.pod))
    assert app.get(given.bank + "one.ttl").status == 403
    given.run(resume(grant.id, given.pod))
    assert app.get(given.bank + "one.ttl").status == 200


SWITCHES = {
    "stop": (stop_everything, GrantState.STOPPED),
    "pause": (pause_everything, GrantState.PAUSED),
}


@pytest.mark.parametrize(("switch", "state"), SWITCHES.values(), ids=SWITCHES.keys())
def test_everything_ends_at_once(given, app, switch, state):
    given_to(given, app, "bank/")
    given.give("notes/")
    done = given.run(switch(given.pod))
    assert {one.state for one in done} == {state}
    assert app.get(given.bank + "one.ttl").status == 403
    assert given.get("notes/three.ttl").status == 403
    # An app that she trusts with everything is one, too.
    assert given.owner.get(given.owner.storage).status == 403
    assert given.run(switch(given.pod)) == (() if switch is stop_everything else done)


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
