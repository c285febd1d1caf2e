"""What has left a pod, added up, and what of a grant was used."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from pod.agreements import AccessGrant, AccessRequest, GrantState, Item, RequestState
from pod.consent.deed import Kind, Party, Who, categories_in, has_left, kind_of, party_of
from pod.consent.diet import Covered
from pod.consent.outflow import Flow, covered_by, left_under, outflow, used_of
from pod.model import Doing, Entry

EVE = "https://pod.example/eve/profile/card#me"
SHOP = "https://shop.example/#us"
ADVICE = "https://w3id.org/dpv#ProvidePersonalisedRecommendations"
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
GRANT = "https://pod.example/eve/.well-known/grants/1"
AMOUNT = "https://w3id.org/selfdata/ns#amount"


def entry(**more) -> Entry:
    said = {
        "time": START,
        "agent": SHOP,
        "client": None,
        "action": "GET",
        "target": "data/bank/a",
        "modes": "read",
        "source": "",
        "outcome": 200,
        "purpose": ADVICE,
        "grants": (GRANT,),
        "categories": ("bank",),
        "rows": 2,
        "bytes": 10,
    }
    return Entry(**(said | more))


def doing(number=1, times=1, **more) -> Doing:
    made = entry(**more)
    rows, size = times * (made.rows or 0), times * (made.bytes or 0)
    return Doing(made, number, made.time, times, rows, size)


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({}, Kind.OUT),
        ({"action": "QUERY"}, Kind.OUT),
        ({"action": "PATCH"}, Kind.IN),
        ({"action": "IMPORT"}, Kind.IN),
        ({"action": "GRANT"}, Kind.DECISION),
        ({"action": "TRUST"}, Kind.SECURITY),
        ({"outcome": 401}, Kind.REFUSED),
        ({"action": "PUT", "outcome": 403}, Kind.REFUSED),
    ],
    ids=str,
)
def test_a_line_is_of_one_kind(more, kind):
    assert kind_of(entry(**more)) is kind


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ({}, ["bank"]),
        ({"categories": ("bank", "health")}, ["bank", "health"]),
        ({"categories": ("unknown",)}, []),
        ({"categories": (), "target": "private/a"}, ["private"]),
        ({"categories": (), "target": "data/"}, []),
        ({"categories": (), "target": ""}, []),
        ({"categories": (), "target": "notes/a"}, []),
        ({"categories": (), "target": ".well-known/journal"}, []),
    ],
    ids=str,
)
def test_a_line_is_about_some_categories(more, names):
    assert [one.name for one in categories_in(entry(**more))] == names


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({}, True),
        ({"bytes": None}, True),
        ({"bytes": 0}, False),
        ({"outcome": 304}, False),
        ({"outcome": 404}, False),
        ({"outcome": 403}, False),
        ({"action": "PUT"}, False),
    ],
    ids=str,
)
def test_only_what_was_answered_has_left(more, left):
    assert has_left(entry(**more)) is left


def test_who_acts_is_told_apart():
    assert party_of(None, None, {EVE}) == Party(Who.STRANGER, "")
    assert party_of(EVE, "", {EVE}) == Party(Who.APP, "")
    assert party_of(SHOP, "https://app.example/id", {EVE}) == Party(Who.OTHER, SHOP)


class TestOutflow:
    def test_it_adds_up_by_category_party_and_purpose(self):
        later = START + timedelta(hours=1)
        doings = (
            doing(1, times=3),
            doing(2, time=later, rows=None, bytes=None),
            doing(3, purpose=None),
            doing(4, categories=("bank", "health")),
        )
        first, second, third = outflow(doings, {EVE})
        assert first == Flow(
            category="bank",
            party=Party(Who.OTHER, SHOP),
            purpose=None,
            answers=1,
            rows=2,
            bytes=10,
            last=START,
        )
        assert (second.answers, second.rows, second.bytes, second.last) == (5, 8, 40, later)
        assert (third.category, third.answers) == ("health", 1)

    def test_what_she_reads_herself_or_what_is_refused_is_not_in_it(self):
        assert outflow((doing(agent=EVE), doing(outcome=403)), {EVE}) == ()

    def test_what_is_of_no_category_is_in_it_all_the_same(self):
        (flow,) = outflow((doing(categories=(), target="notes/a"),), {EVE})
        assert flow.category == ""


class TestUse:
    def test_what_has_left_under_a_grant_is_that_alone(self):
        later = START + timedelta(days=1)
        left = left_under(
            GRANT,
            (
                doing(1, times=2, fields=("sd:amount",)),
                doing(2, time=later, fields=("*",), categories=("energy",)),
                doing(3, grants=("https://pod.example/other",), time=later + timedelta(days=1)),
                doing(4, outcome=403),
            ),
        )
        assert left is not None
        assert (left.rows, left.last) == (6, later)
        assert left.read == {"bank": frozenset({AMOUNT}), "energy": frozenset({None})}

    def test_nothing_may_have(self):
        assert left_under(GRANT, (doing(grants=()),)) is None

    def test_what_a_grant_covers_has_the_fields_that_were_asked_for(self):
        use = {
            "purpose": ADVICE,
            "sentence": {"en": "We sort it.", "fr": "Nous trions."},
            "required": [{"category": "bank", "modes": ["read"], "fields": [AMOUNT]}],
            "retention": "P30D",
            "person_gains": {"en": "A budget.", "fr": "Un budget."},
            "app_gains": {"en": "A fee.", "fr": "Un abonnement."},
        }
        request = AccessRequest(
            id="r",
            agent=SHOP,
            client=None,
            purpose=ADVICE,
            sentence="",
            required=(Item(path="data/bank/", category="bank"),),
            optional=(),
            days=30,
            retention=None,
            terms=None,
            manifest=json.dumps({"uses": [use]}),
            inbox=None,
            state=RequestState.GRANTED,
            created=START,
            lapses=START,
        )
        grant = AccessGrant(
            id="1",
            request="r",
            agent=SHOP,
            client=None,
            purpose=ADVICE,
            sentence="",
            items=request.required,
            since=START,
            until=None,
            retention=None,
            terms=None,
            state=GrantState.ACTIVE,
            created=START,
            changed=START,
            records=(),
        )
        asked = Covered(category="bank", fields=frozenset({AMOUNT}))
        assert covered_by(grant, request) == (asked,)
        assert covered_by(grant, None) == (Covered(category="bank"),)

    @pytest.mark.parametrize(
        ("fields", "used"),
        [(("sd:amount",), {AMOUNT}), (("*",), {AMOUNT, "x"}), ((), {AMOUNT, "x"})],
        ids=["named", "others too", "a file"],
    )
    def test_what_was_read_as_a_whole_was_used(self, fields, used):
        granted = (Covered(category="bank", fields=frozenset({AMOUNT, "x"})),)
        left = left_under(GRANT, (doing(fields=fields),))
        assert used_of(left, granted) == {"bank": frozenset(used)}
        assert used_of(None, granted) == {}
