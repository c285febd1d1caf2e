"""Who gave what, from the rows of the queries, in whichever order these come."""

from itertools import permutations

import pytest

from pod.insight.organisations import Found, given_by, organisations

HOLDER, HER = "https://energie.example/", "https://pod.example/ana/profile/card#me"
IMPORT = {
    "import": "https://pod.example/ana/imports/1#import",
    "when": "2026-03-01T12:00:00Z",
    "report": '{"new": 8}',
}
GIVEN = {**IMPORT, "holder": HOLDER, "agent": HER}
SAID = {**IMPORT, "holder": HER, "agent": HOLDER}
DEPOSITED = {**IMPORT, "holder": HOLDER}
NAMED = {"holder": HOLDER, "name": "Énergie"}


@pytest.mark.parametrize(
    ("rows", "agent"),
    [(order, HER) for order in permutations([GIVEN, SAID])] + [((DEPOSITED,), "")],
    ids=["what she said comes last", "what she said comes first", "a deposit"],
)
def test_what_she_said_of_an_export_does_not_make_it_hers(rows, agent):
    (one,) = organisations(Found(holders=(NAMED,), counts=(), imports=rows), {HER})
    assert (one.iri, one.name, given_by(one)) == (HOLDER, "Énergie", 8)
    assert [(each.holder, each.agent) for each in one.restitutions] == [(HOLDER, agent)]


def test_what_she_brought_of_her_own_is_from_no_organisation():
    rows = ({**IMPORT, "holder": HER},)
    assert organisations(Found(holders=(), counts=(), imports=rows), {HER}) == ()
