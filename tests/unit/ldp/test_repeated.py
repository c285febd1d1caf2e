"""An answer is given again to the same agent, for the same version, under the same rules only."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest

from acl import AclIndex, Agent, Mode, Need, Rule, Scope, decide, permit
from pod.ldp.repeated import Answered, Repeated
from pod.model import Blob, Entry, Reply, Request, Resource
from vocab.iri import ResourceIri

ROOT = ResourceIri("https://pod.example/ana/", "")
NOTE = ROOT.child("note")
ANA = Agent("https://pod.example/ana/profile/card#me", "https://app.example/", ROOT.storage)
OTHER_APP = replace(ANA, client="https://other.example/")
RULES = {ROOT: (Rule(scope=Scope.DEFAULT, modes=Mode.READ, agents=frozenset({str(ANA.webid)})),)}


class State:
    """One document, and the rules."""

    def __init__(self, version: str = "v1", acls: AclIndex | None = None) -> None:
        self.index = AclIndex(RULES) if acls is None else acls
        self.found = Resource(
            iri=NOTE,
            media_type="text/plain",
            content=b"text",
            version=version,
            modified=datetime(2026, 1, 1, tzinfo=UTC),
        )

    def load(self, iri):
        return self.found if iri == NOTE else None

    def acls(self):
        return self.index


def get(**headers: str) -> Request:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request(method="GET", target=NOTE, headers=named, url=str(NOTE))


ENTRY = Entry(
    time=datetime(2026, 1, 1, tzinfo=UTC),
    agent=ANA.webid,
    client=ANA.client,
    action="GET",
    target="note",
    modes="read",
    source="",
    outcome=200,
)
PLAIN = Reply(status=200, body=b"text")


def answered(state, agent=ANA, reply=PLAIN) -> Answered:
    grant = permit((Need(Mode.READ, NOTE),), partial(decide, state.acls(), agent=agent))
    return Answered(reply, grant, ENTRY)


def test_the_same_question_in_the_same_state_has_the_same_answer():
    state, kept = State(), Repeated()
    done = answered(state)
    kept.keep(get(), state, done)
    assert kept.find(get(), ANA, state) is done
    later = State(acls=state.index)
    assert kept.find(get(), ANA, later) is done


def test_what_is_cleared_is_asked_for_again():
    state, kept = State(), Repeated()
    kept.keep(get(), state, answered(state))
    kept.clear()
    assert kept.find(get(), ANA, state) is None


@pytest.mark.parametrize(
    ("request_", "agent", "change"),
    [
        pytest.param(get(), OTHER_APP, {}, id="another app of the same person"),
        pytest.param(get(), Agent(), {}, id="nobody"),
        pytest.param(get(Accept="text/turtle"), ANA, {}, id="another format"),
        pytest.param(get(If_None_Match='"v1"'), ANA, {}, id="what a cache has"),
        pytest.param(get(If_Modified_Since="Thu, 01 Jan 2026"), ANA, {}, id="since when"),
        pytest.param(get(If_Match='"v1"'), ANA, {}, id="another condition"),
        pytest.param(get(Range="bytes=0-1"), ANA, {}, id="a part"),
        pytest.param(get(), ANA, {"version": "v2"}, id="another version"),
        pytest.param(get(), ANA, {"acls": AclIndex(RULES)}, id="an index of rules made anew"),
    ],
)
def test_another_question_is_answered_anew(request_, agent, change):
    state, kept = State(), Repeated()
    kept.keep(get(), state, answered(state))
    now = State(**{"acls": state.index, **change})
    assert kept.find(request_, agent, now) is None


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply(status=206, body=b"te"), id="a part"),
        pytest.param(Reply(status=200, body=bytes(16 * 1024 + 1)), id="large"),
        pytest.param(Reply(status=200, body=Blob("0" * 64, 5)), id="a file"),
    ],
)
def test_what_is_not_kept(reply):
    state, kept = State(), Repeated()
    kept.keep(get(), state, answered(state, reply=reply))
    assert kept.find(get(), ANA, state) is None


def test_a_cache_that_asks_again_with_the_same_tags_has_the_same_answer():
    state, kept = State(), Repeated()
    asked = get(If_None_Match='"v1"')
    done = answered(state, reply=Reply(status=304))
    kept.keep(asked, state, done)
    assert kept.find(asked, ANA, state) is done
    assert kept.find(get(If_None_Match='"v0"'), ANA, state) is None
    assert kept.find(get(), ANA, state) is None
    assert kept.find(get(If_None_Match='"v1"', If_Match='"v1"'), ANA, state) is None
    assert kept.find(asked, ANA, State("v2", state.index)) is None


def test_a_long_question_is_not_kept():
    state, kept = State(), Repeated()
    asked = get(If_None_Match=f'"{"v" * 600}"')
    kept.keep(asked, state, answered(state))
    assert kept.find(asked, ANA, state) is None


def test_an_answer_by_membership_is_not_kept():
    state, kept = State(), Repeated()
    member = replace(ANA, memberships=frozenset({("https://g.example/#g", str(ANA.webid))}))
    kept.keep(get(), state, answered(state, member))
    assert kept.find(get(), member, state) is None


def test_the_number_of_answers_is_bounded():
    state, kept = State(), Repeated(most=2)
    for accept in ("a/a", "b/b", "c/c"):
        kept.keep(get(Accept=accept), state, answered(state))
    found = [kept.find(get(Accept=accept), ANA, state) for accept in ("a/a", "b/b", "c/c")]
    assert [one is None for one in found] == [True, True, False]
