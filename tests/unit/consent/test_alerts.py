"""What in the journal a person is told to look at: exactly what is out of the ordinary."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acl import OWN_PAGES
from pod.consent.alerts import BURST, FEWEST_ROWS, SILENCE, TIMES, Unusual, alerts
from pod.consent.deed import Party, Who
from pod.model import Doing, Entry

EVE = "https://pod.example/eve/profile/card#me"
SHOP = "https://shop.example/#us"
APP = "https://budget.example/id"
OWNERS = frozenset({EVE})
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FIRST = (Unusual.FIRST, 1)


def doing(number, day=0.0, times=1, **more):
    said = {
        "agent": SHOP,
        "client": None,
        "action": "GET",
        "target": "data/bank/a",
        "modes": "read",
        "source": "",
        "outcome": 200,
        "categories": ("bank",),
        "rows": 1,
        "bytes": 10,
    }
    moment = START + day * DAY
    entry = Entry(time=moment, **(said | more))
    return Doing(entry, number, moment, times, times * (entry.rows or 0), 10)


def found(*doings):
    """Why to look, and at which lines, in the order of the lines."""
    told = sorted(alerts(doings, OWNERS), key=lambda one: one.number)
    return [(one.unusual, one.number) for one in told]


class TestFirst:
    @pytest.mark.parametrize(
        ("more", "party"),
        [
            ({}, Party(Who.OTHER, SHOP)),
            ({"client": APP}, Party(Who.OTHER, SHOP)),
            ({"agent": EVE, "client": APP}, Party(Who.APP, APP)),
            ({"action": "PUT", "bytes": 0}, Party(Who.OTHER, SHOP)),
        ],
        ids=["organisation", "through an app", "app", "writes"],
    )
    def test_who_comes_for_the_first_time_is_told(self, more, party):
        (alert,) = alerts([doing(1, **more), doing(2, 1, **more)], OWNERS)
        assert (alert.unusual, alert.number, alert.party) == (Unusual.FIRST, 1, party)

    @pytest.mark.parametrize(
        "more",
        [
            {"agent": EVE, "client": None},
            {"agent": EVE, "client": OWN_PAGES},
            {"agent": None},
            {"action": "ACCEPT"},
        ],
        ids=["herself", "on her pages", "nobody known", "decision"],
    )
    def test_what_is_no_access_of_somebody_is_not(self, more):
        assert found(doing(1, **more)) == []


class TestSensitive:
    def test_it_is_told_once_a_day_for_each_category(self):
        health = {"categories": ("health", "bank")}
        said = found(doing(1, **health), doing(2, **health), doing(3, 1, **health))
        assert said == [FIRST, (Unusual.SENSITIVE, 1), (Unusual.SENSITIVE, 3)]

    def test_what_is_written_has_not_been_read(self):
        assert found(doing(1, action="PUT", categories=("health",), bytes=0)) == [FIRST]

    def test_it_is_known_by_its_place_where_the_line_names_no_category(self):
        (first, second) = alerts([doing(1, categories=(), target="history/a")], OWNERS)
        assert {first.category, second.category} == {"history", None}


class TestMuch:
    usual = tuple(doing(n, n, rows=5) for n in range(1, 4))

    @pytest.mark.parametrize(
        ("rows", "is_told"),
        [(TIMES * 5, True), (TIMES * 5 - 1, False)],
        ids=["ten times", "one less"],
    )
    def test_ten_times_what_is_usual_is_told(self, rows, is_told):
        said = found(*self.usual, doing(9, 9, rows=rows))
        assert ((Unusual.MUCH, 9) in said) is is_told

    def test_it_says_how_much_that_is(self):
        alert = alerts([*self.usual, doing(9, 9, rows=10, times=8)], OWNERS)[0]
        assert (alert.amount, alert.usual) == (80, 5)

    def test_the_answers_of_a_day_add_up_and_are_told_once(self):
        half = [doing(n, 9, rows=TIMES * 5 // 2) for n in (9, 10, 11)]
        assert found(*self.usual, *half) == [FIRST, (Unusual.MUCH, 10)]

    def test_little_is_never_much(self):
        few = tuple(doing(n, n, rows=1) for n in range(1, 4))
        assert found(*few, doing(9, 9, rows=FEWEST_ROWS - 1)) == [FIRST]

    def test_what_is_usual_takes_some_days(self):
        assert found(*self.usual[:2], doing(9, 9, rows=10_000)) == [FIRST]

    def test_what_has_no_rows_counts_by_its_answers(self):
        files = tuple(doing(n, n, rows=None) for n in range(1, 4))
        assert (Unusual.MUCH, 9) in found(*files, doing(9, 9, rows=None, times=FEWEST_ROWS))


class TestSilent:
    @pytest.mark.parametrize(
        ("after", "is_told"),
        [(SILENCE / DAY, False), (SILENCE / DAY + 0.1, True)],
        ids=["as long", "longer"],
    )
    def test_who_comes_back_after_long_is_told(self, after, is_told):
        said = found(doing(1), doing(2, after))
        assert ((Unusual.SILENT, 2) in said) is is_told

    def test_refusals_are_no_sign_of_life(self):
        said = found(doing(1), doing(2, 60, outcome=403), doing(3, 100))
        assert said == [FIRST, (Unusual.SILENT, 3)]


class TestBurst:
    @pytest.mark.parametrize(("times", "is_told"), [(BURST, True), (BURST - 1, False)])
    @pytest.mark.parametrize("agent", [SHOP, None], ids=["known", "unknown"])
    def test_many_refusals_of_an_hour_are_told(self, times, is_told, agent):
        said = found(doing(1, times=times, outcome=403, agent=agent))
        assert (said == [(Unusual.BURST, 1)]) is is_told

    def test_they_add_up_within_the_hour_alone(self):
        half = BURST // 2
        within = [doing(n, times=half, outcome=401, target=str(n)) for n in (1, 2, 3)]
        assert found(*within) == [(Unusual.BURST, 2)]
        apart = [doing(n, n / 24, times=half, outcome=401) for n in (1, 2, 3)]
        assert found(*apart) == []


lines = st.lists(
    st.builds(
        doing,
        number=st.integers(1, 50),
        day=st.integers(0, 300),
        times=st.integers(1, 100),
        agent=st.sampled_from([SHOP, EVE, None]),
        client=st.sampled_from([None, OWN_PAGES, APP]),
        outcome=st.sampled_from([200, 403]),
        categories=st.sampled_from([(), ("health",), ("bank",)]),
    ),
    max_size=12,
)


@given(lines)
def test_what_she_does_herself_is_never_told_nor_changes_what_is(doings):
    doings.sort(key=lambda one: (one.entry.time, one.number))
    others = [
        one for one in doings if one.entry.agent != EVE or one.entry.client not in {None, OWN_PAGES}
    ]
    assert alerts(doings, OWNERS) == alerts(others, OWNERS)
    assert all(one.party.who is not Who.YOU for one in alerts(doings, OWNERS))
