"""Nobody can drown a person in requests, nor keep others from asking her."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from agents import Person
from asking import Asking

from pod.account.throttle import throttles
from pod.agreements import REQUESTS, RequestState
from pod.flows.ask import MOST_KEPT, MOST_OF_ASKER, MOST_OPEN, ask
from pod.model import Request
from pod.problems import Malformed, Problem, TooMany
from vocab.iri import ResourceIri

JSON = "application/json"


@pytest.fixture(scope="module")
def eve(world) -> Person:
    """Somebody who is asked for what is hers."""
    return world.fresh()


@pytest.fixture
def asking(world, eve, bob) -> Iterator[Asking]:
    """Her pod, at which nothing was asked and no terms were accepted."""
    made = Asking(world, eve, bob)
    yield made
    made.forget()


def test_one_asker_has_a_few_that_are_open(asking):
    first = asking.asked()
    for _ in range(MOST_OF_ASKER - 1):
        assert asking.ask().status == 201
    assert asking.ask().status == 409
    assert asking.act(first, "withdraw").status == 200
    assert asking.ask().status == 201


def test_a_pod_has_so_many_that_are_open(asking):
    kept = asking.asked()

    def work(tx):
        for number in range(MOST_OPEN - 1):
            tx.agreements.requests.put(replace(kept, id=f"n{number}", agent=f"urn:x:{number}"))

    asking.run(asking.pod.store.write(work))
    assert asking.ask().status == 409


def test_what_came_to_nothing_makes_room(asking):
    kept = replace(asking.asked(), state=RequestState.WITHDRAWN)

    def work(tx):
        for number in range(MOST_KEPT):
            other = replace(kept, id=f"n{number}", created=kept.created - timedelta(number + 1))
            tx.agreements.requests.put(other)
        tx.agreements.requests.put(replace(other, reported="they pressed me"))

    asking.run(asking.pod.store.write(work))
    assert asking.ask().status == 201
    names = {one.id for one in asking.all()}
    assert len(names) == MOST_KEPT
    assert {kept.id, "n0", f"n{MOST_KEPT - 1}"} <= names
    assert f"n{MOST_KEPT - 2}" not in names


def test_who_asks_too_often_has_to_wait(asking):
    attempt = attempts(asking)
    apps = [asking.reader.app] * 21
    assert [attempt(app, "192.0.2.1") for app in apps] == [Malformed] * 20 + [TooMany]


def test_a_network_that_asks_too_often_has_to_wait(asking, carol):
    attempt = attempts(asking)
    apps = [asking.reader.app, carol.app] * 10
    assert {attempt(app, "192.0.2.1") for app in apps} == {Malformed}
    assert attempt(carol.app, "192.0.2.1") is TooMany
    assert attempt(carol.app, "198.51.100.1") is Malformed


def test_an_app_that_asks_too_often_leaves_others_of_the_person_their_turn(asking):
    attempt = attempts(asking)
    other = asking.server.app(asking.owner.name, "other").app
    assert {attempt(asking.owner.app, "192.0.2.1") for _ in range(20)} == {Malformed}
    assert attempt(asking.owner.app, "198.51.100.1") is TooMany
    assert attempt(other, "203.0.113.1") is Malformed


def attempts(asking):
    """What becomes of a body that asks for nothing, sent by an app from some network."""
    server = replace(asking.server.server, throttles=throttles(development=False))
    pod = replace(asking.pod, server=server)
    target = ResourceIri(asking.owner.storage, REQUESTS)

    async def nothing():
        yield b"{}"

    def attempt(app, peer: str) -> type[Problem]:
        headers = app.headers("POST", str(target)) | {"Content-Type": JSON}
        request = Request(method="POST", target=target, headers=headers, url=str(target), peer=peer)
        with pytest.raises(Problem) as told:
            asking.run(ask(request, pod, nothing()))
        return type(told.value)

    return attempt
