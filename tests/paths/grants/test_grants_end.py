"""Access ends: when the person says so, by its time, and when nobody uses it."""

import asyncio
import json
import socket
import urllib.parse
from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from agents import SECONDS
from channels import Socket, later, listening, refusal, subscribe
from granting import ADVICE, LARGE, PAYING, PURPOSE, SAYS, forward, rules_of
from pods import entry

from pod.agreements import GrantState
from pod.flows.consent.pause import pause
from pod.flows.consent.resume import resume
from pod.flows.consent.standing import put_in
from pod.flows.consent.stop import stop
from pod.flows.consent.unused import put_away, put_away_daily
from pod.flows.consent.uses import last_uses
from pod.jws import payload_of
from pod.problems import Conflict

ALL = f"SELECT ?s WHERE {{ GRAPH ?g {{ ?s <{SAYS}> ?o }} }}"
JOINED = f"""SELECT ?a WHERE {{ GRAPH ?g {{ ?a <{SAYS}> "bank/one.ttl" }}
GRAPH ?h {{ ?b <{SAYS}> "notes/three.ttl" }} }}"""


SOON = timedelta(seconds=200)  # less than the proof of a request may be old
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
    found = given.pod.store.snapshot().agreements.grants.find(id=name)
    assert found.state is state


def test_what_has_ended_by_its_time_is_renewed_and_not_resumed(given, clock):
    name = given.give(days=1).id
    given.run(pause(name, given.pod))
    with forward(clock, timedelta(days=1)), pytest.raises(Conflict):
        given.run(resume(name, given.pod))


@pytest.mark.spec("Self Data CAP-12")
@pytest.mark.spec("Self Data PRI-16")
def test_access_ends_to_the_second_by_itself(given, clock):
    """GET, query and web socket, when the clock passes the end."""
    grant = given.give()
    until = clock().replace(microsecond=0) + SOON

    def shorten(tx):
        tx.agreements.grants.put(put_in(tx, replace(grant, until=until), given.pod))

    given.run(given.pod.store.write(shorten))
    with listening(given.reader, given.owner, given.bank) as socket:
        given.owner.put(given.bank + "four.ttl", b"")
        assert socket.message()["type"]
        assert given.get().status == 200
        assert given.asked(ALL) == 2
        with forward(clock, SOON):
            assert given.get().status == 403
            assert given.asked(ALL) == 0
            assert socket.is_closed()
            assert refusal_of_new(given) == 403


@pytest.mark.spec("Notifications §2.3.2 #notify-endAt")
@pytest.mark.spec("Practice WS-02")
def test_a_channel_ends_by_its_time_and_its_line_with_it(given, clock):
    ends = later(seconds=SOON.total_seconds())
    made = subscribe(given.owner, given.owner, given.bank, endAt=ends)
    with Socket(made["receiveFrom"]) as socket:
        assert socket.status == 101
        with forward(clock, SOON):
            assert socket.is_closed()
            assert refusal(made["receiveFrom"]) == 404
            assert given.owner.get(made["id"]).status == 404


def refusal_of_new(given):
    body = {"type": "WebSocketChannel2023", "topic": given.bank}
    address = given.owner.storage + ".well-known/notifications/WebSocketChannel2023"
    context = ["https://www.w3.org/ns/solid/notification/v1"]
    body = {"@context": context, **body}
    return given.reader.post(address, json.dumps(body).encode(), "application/ld+json").status


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


def test_it_is_looked_for_again_and_again_while_a_server_runs(given, clock):
    name, pod = given.give().id, given.pod
    paused = asyncio.Event()

    def is_paused():
        found = pod.store.snapshot().agreements.grants.find(id=name)
        return found.state is GrantState.UNUSED

    async def look():
        pod.store.listen(lambda: paused.set() if is_paused() else None)
        looking = asyncio.create_task(put_away_daily(given.server.server, 0.01))
        async with asyncio.timeout(SECONDS):
            await paused.wait()
        looking.cancel()
        pod.store.listen(None)

    with forward(clock, timedelta(days=14)):
        given.run(look())
    assert is_paused()


def test_it_is_looked_for_when_a_pod_is_opened(given, clock):
    name = given.give().id
    given.server.run(given.server.server.pods.own(given.owner.name, {given.owner.webid: False}))
    with forward(clock, timedelta(days=14)):
        assert given.server.pod(given.owner.name) is not None
    found = given.pod.store.snapshot().agreements.grants.find(id=name)
    assert found.state is GrantState.UNUSED
