"""All that an app was given, seen and ended as a whole."""

import pytest
from agents import Person
from granting import PAYING, Given

from pod.agreements import GrantState
from pod.flows.app_access import apps_of, pause_app, pause_everything, stop_app, stop_everything
from pod.flows.consent.resume import resume
from pod.flows.trust import distrust, trust


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
