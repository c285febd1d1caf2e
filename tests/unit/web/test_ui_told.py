"""What pages say of dates, of who it was, and of what is unusual."""

from datetime import UTC, datetime, timedelta

import pytest

from acl import Mode
from pod.agreements import Item
from pod.consent.alerts import Alert, Unusual
from pod.consent.deed import Party, Who
from pod.http.language import LANGUAGES
from pod.web.ui.told import Teller

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
APP = "https://app.example/id"


def teller(language="en"):
    return Teller(language=language, now=NOW, names={APP: "Budget"})


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "15 March 2026 (today)"),
        (-1, "14 March 2026 (yesterday)"),
        (1, "16 March 2026 (tomorrow)"),
        (-3, "12 March 2026 (3 days ago)"),
        (30, "14 April 2026 (in 30 days)"),
    ],
)
def test_a_day_is_told_with_how_far_it_is(days, said):
    assert teller().dated(NOW + timedelta(days=days)) == said


@pytest.mark.parametrize(
    ("party", "said"),
    [
        (Party(Who.YOU, ""), "You"),
        (Party(Who.STRANGER, ""), "Somebody who does not say who they are"),
        (Party(Who.APP, APP), "Budget"),
        (Party(Who.APP, ""), "An app without a name"),
        (Party(Who.OTHER, "https://shop.example/#us"), "shop.example/#us"),
    ],
    ids=str,
)
def test_somebody_is_called_by_name_where_that_is_known(party, said):
    assert teller().who(party) == said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unusual", list(Unusual))
def test_each_alert_is_a_sentence(language, unusual):
    alert = Alert(
        unusual=unusual,
        party=Party(Who.APP, APP),
        number=1,
        time=NOW,
        category="health",
        amount=70,
        usual=5,
    )
    said = teller(language).alert(alert)
    assert said.startswith("Budget")
    numbers = {Unusual.MUCH: ["70", "5"], Unusual.SILENT: ["70"], Unusual.BURST: ["70"]}
    assert all(number in said for number in numbers.get(unusual, []))


def test_what_is_given_is_told_with_what_may_be_done():
    items = (
        Item(path="data/bank/", modes=Mode.READ | Mode.WRITE, category="bank"),
        Item(path="data/bank/a", category="bank"),
    )
    assert teller().items(items) == [
        "Bank (read, add, change and delete)",
        "Bank, at /data/bank/a (read)",
    ]


def test_a_purpose_that_is_not_known_is_told_as_it_is():
    assert teller().purpose("https://x.example/") == "https://x.example/"
    assert teller().purpose(None) == ""
