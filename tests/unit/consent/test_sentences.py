"""An explanation in one sentence: who may do what, and why, in both languages."""

# ruff: noqa: RUF001 - French is written with its own apostrophe

from datetime import UTC, datetime, timedelta

import pytest

from acl import OWN_PAGES, AclIndex, Agent, Condition, ConditionKind, Mode, Need, Rule, Scope, at
from acl.explain import explain
from acl.parse import NEVER
from pod.agreements import AccessGrant, GrantState
from pod.consent.sentences import Known, day, sentence
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
ANA = STORAGE + "profile/card#me"
BOB = "https://bob.example/#me"
APP = "https://budget.example/id"
OTHER = "https://other.example/id"
ISSUER = "https://idp.example/"
GROUP = "https://groups.example/a#us"
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
BUDGET = "https://w3id.org/dpv#ServicePersonalisation"
OFFERS = "https://w3id.org/dpv#DirectMarketing"
IRI = STORAGE + ".well-known/grants/1"
GRANT = AccessGrant(
    id="1",
    request=None,
    agent=ANA,
    client=APP,
    purpose=BUDGET,
    sentence="gérer votre budget",
    items=(),
    since=NOW,
    until=NOW + timedelta(days=30),
    retention=None,
    terms=None,
    state=GrantState.ACTIVE,
    created=NOW,
    changed=NOW,
    records=("jws",),
)
KNOWN = Known(names={APP: "Budget Malin"}, grants={IRI: GRANT})
READ = Need(Mode.READ, ResourceIri(STORAGE, "data/bank/x"))
ACTING = Agent(ANA, APP, ISSUER, purpose=BUDGET)


def condition(kind, *values, **given):
    return Condition(kind=kind, values=frozenset(values), **given)


CLIENT = condition(ConditionKind.CLIENT, APP)
PURPOSE = condition(ConditionKind.PURPOSE, BUDGET)
PERIOD = condition(ConditionKind.PERIOD, since=NOW, until=GRANT.until)
OVER = condition(ConditionKind.PERIOD, until=NOW)
TO_COME = condition(ConditionKind.PERIOD, since=NOW + timedelta(days=9))
UNREADABLE = condition(ConditionKind.PERIOD, until=NEVER)
OWN = condition(ConditionKind.CLIENT, OWN_PAGES, OTHER)


def rule(*conditions, agent=ANA, modes=Mode.READ, **given):
    agents = frozenset({agent} - {None})
    named = {"scope": Scope.DEFAULT, "modes": modes, "agents": agents, "conditions": conditions}
    return Rule(**{**named, **given})


def told(rules, agent, need=READ, known=KNOWN, **given):
    place = ResourceIri(STORAGE, "data/bank/")
    acls = AclIndex({place: tuple(rules)}, frozenset({ANA}))
    return sentence(explain(at(acls, NOW), need, agent, **given), known)


GRANTED = rule(CLIENT, PURPOSE, PERIOD, grant=IRI)
PUBLIC = rule(agent=None, public=True)
SIGNED_IN = rule(agent=None, authenticated=True)
MEMBERS = rule(agent=None, groups=frozenset({GROUP}))
FRIEND = Agent(BOB, OTHER, ISSUER)

SENTENCES = {
    "agreed": (
        [GRANTED, PUBLIC],
        ACTING,
        (
            "Budget Malin peut lire « data/bank/x » parce que vous l’avez accepté le"
            " 26 novembre 2026 pour « gérer votre budget », jusqu’au 26 décembre 2026."
        ),
        (
            "Budget Malin can read “data/bank/x” because you agreed to it on"
            " 26 November 2026 for “gérer votre budget”, until 26 December 2026."
        ),
    ),
    "agreed, of which no more is known": (
        [rule(CLIENT, grant=IRI + "0")],
        ACTING,
        (
            "Budget Malin peut lire « data/bank/x » parce que vous l’avez accepté,"
            " jusqu’à ce que vous l’arrêtiez."
        ),
        "Budget Malin can read “data/bank/x” because you agreed to it, until you stop it.",
    ),
    "trusted": (
        [rule(OWN)],
        Agent(ANA, OTHER),
        (
            "https://other.example/id peut lire « data/bank/x » parce que vous lui avez permis"
            " tout ce que vous pouvez faire."
        ),
        (
            "https://other.example/id can read “data/bank/x” because you let it do all that"
            " you can do."
        ),
    ),
    "an app of hers without a name": (
        [GRANTED, PUBLIC],
        Agent(ANA, ""),
        (
            "Une application sans nom peut lire « data/bank/x » parce que vous avez donné accès"
            " à « data/bank/ » à tout le monde."
        ),
        (
            "An app without a name can read “data/bank/x” because you gave access to “data/bank/”"
            " to everybody."
        ),
    ),
    "herself": (
        [rule(OWN)],
        Agent(ANA, OWN_PAGES),
        "Vous pouvez lire « data/bank/x » parce que cet espace est le vôtre.",
        "You can read “data/bank/x” because this space is yours.",
    ),
    "herself, without a right": (
        [],
        Agent(ANA),
        "Vous ne pouvez pas lire « data/bank/x » parce que vous ne l’avez pas accepté.",
        "You cannot read “data/bank/x” because you have not agreed to it.",
    ),
    "by name": (
        [rule(agent=BOB)],
        FRIEND,
        (
            f"{BOB} avec {OTHER} peut lire « data/bank/x » parce que vous lui avez donné accès"
            " à « data/bank/ »."
        ),
        f"{BOB} with {OTHER} can read “data/bank/x” because you gave them access to “data/bank/”.",
    ),
    "everybody": (
        [PUBLIC],
        Agent(),
        (
            "Une personne qui ne dit pas qui elle est peut lire « data/bank/x » parce que vous avez"
            " donné accès à « data/bank/ » à tout le monde."
        ),
        (
            "Somebody who does not say who they are can read “data/bank/x” because you gave access"
            " to “data/bank/” to everybody."
        ),
    ),
    "who signed in": (
        [SIGNED_IN],
        Agent(BOB),
        (
            f"{BOB} peut lire « data/bank/x » parce que vous avez donné accès à « data/bank/ »"
            " à qui dit qui il est."
        ),
        (
            f"{BOB} can read “data/bank/x” because you gave access to “data/bank/” to whoever"
            " says who they are."
        ),
    ),
    "a member, through an app without a name": (
        [MEMBERS],
        Agent(BOB, "", memberships=frozenset({(GROUP, BOB)})),
        (
            f"{BOB} avec une application sans nom peut lire « data/bank/x » parce que vous avez"
            " donné accès à « data/bank/ » à un groupe où elle se trouve."
        ),
        (
            f"{BOB} with an app without a name can read “data/bank/x” because you gave access to"
            " “data/bank/” to a group that they are in."
        ),
    ),
}


@pytest.mark.parametrize(("rules", "agent", "fr", "en"), SENTENCES.values(), ids=SENTENCES.keys())
def test_why_something_is_allowed(rules, agent, fr, en):
    said = told(rules, agent)
    assert (said.fr, said.en) == (fr, en)


LACKING = {
    "nothing": ([], ACTING, "you have not agreed to it"),
    "the owner's own rule": ([rule(OWN)], ACTING, "you have not agreed to it"),
    "for somebody else": ([rule(agent=BOB)], ACTING, "you have not agreed to it"),
    "another app": ([GRANTED], Agent(ANA, OTHER), "you agreed to it for another app only"),
    "another provider": (
        [rule(condition(ConditionKind.ISSUER, "https://x.example/"))],
        ACTING,
        "another provider than the one you chose has signed them in",
    ),
    "another purpose": (
        [GRANTED],
        Agent(ANA, APP, purpose=OFFERS),
        "you agreed to it for “A service made to fit you” only",
    ),
    "a purpose that nobody knows": (
        [rule(condition(ConditionKind.PURPOSE, "urn:own"))],
        ACTING,
        "you agreed to it for “urn:own” only",
    ),
    "no purpose at all": (
        [rule(condition(ConditionKind.PURPOSE))],
        ACTING,
        "you have not agreed to it",
    ),
    "which of two purposes": (
        [GRANTED, rule(CLIENT, condition(ConditionKind.PURPOSE, OFFERS))],
        Agent(ANA, APP),
        "the request does not say which of the agreed purposes is its own",
    ),
    "over": ([rule(CLIENT, PURPOSE, OVER)], Agent(ANA, APP), "your agreement ended on 26 November"),
    "to come": ([rule(TO_COME)], ACTING, "your agreement begins only on 5 December 2026"),
    "nobody knows until when": ([rule(UNREADABLE)], ACTING, "we do not know until when you agreed"),
    "another mode": (
        [rule(modes=Mode.APPEND), rule(modes=Mode.CONTROL)],
        ACTING,
        "you only let them add to or manage access to what is there",
    ),
}


@pytest.mark.parametrize(("rules", "agent", "why"), LACKING.values(), ids=LACKING.keys())
def test_why_something_is_refused(rules, agent, why):
    said = told(rules, agent)
    assert f" cannot read “data/bank/x” because {why}" in said.en
    assert " ne peut pas lire « data/bank/x » parce que " in said.fr


PLACES = {
    "the whole space": ("", Mode.READ, "read your whole space"),
    "its rules": (".acl", Mode.WRITE, "manage access to your whole space"),
    "a description": ("a/x.meta", Mode.APPEND, "add to “a/x”"),
    "a name with an accent": ("data/%C3%A9t%C3%A9", Mode.WRITE, "change “data/été”"),
    "anything in it": ("data/*", Mode.READ, "read what is in “data/”"),
}


@pytest.mark.parametrize(("path", "mode", "said"), PLACES.values(), ids=PLACES.keys())
def test_what_is_asked_for_is_said_in_plain_words(path, mode, said):
    need = Need(mode, ResourceIri(STORAGE, path))
    assert f"Budget Malin cannot {said} because" in told([], ACTING, need).en


def test_what_is_past_is_told_as_past():
    past = Known(names={}, grants={}, is_past=True)
    assert told([PUBLIC], Agent(), known=past).en.startswith("Somebody who does not say who they")
    assert " pouvait lire " in told([PUBLIC], Agent(), known=past).fr
    assert told([], Agent(ANA), known=past).fr.startswith("Vous ne pouviez pas lire ")
    assert " could not read " in told([], Agent(ANA), known=past).en


def test_that_a_group_is_not_known_is_told():
    said = told([MEMBERS], Agent(BOB), memberships_known=False)
    assert said.fr.endswith("; nous ne savons pas qui était alors dans le groupe.")
    assert said.en.endswith("; we do not know who was in the group then.")


def test_days_are_written_as_people_do():
    said = day(datetime(2026, 3, 1, tzinfo=UTC))
    assert (said.fr, said.en) == ("1er mars 2026", "1 March 2026")
