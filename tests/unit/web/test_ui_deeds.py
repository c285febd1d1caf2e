"""What was done, in sentences that say who did what to what, how much of it, and what for."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pod.consent.deed import Party, Who
from pod.http.language import LANGUAGES
from pod.model import Doing, Entry
from pod.web.ui.deeds import by_day, deed
from pod.web.ui.told import Teller

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
APP = Party(Who.APP, "https://app.example/id")
YOU = Party(Who.YOU, "")
ADVICE = "https://w3id.org/dpv#ProvidePersonalisedRecommendations"
BANK = {"target": "data/bank/a", "categories": ("bank",)}
DEEDS = "GET QUERY SUBSCRIBE PUT DELETE IMPORT GRANT TRUST UNKNOWN".split()  # noqa: SIM905 - words


def told(party=APP, language="en", times=1, rows=0, **more):
    said = {
        "time": NOW,
        "agent": None,
        "client": None,
        "action": "GET",
        "target": "notes/a%20b",
        "modes": "read",
        "source": None,
        "outcome": 200,
    }
    entry = Entry(**(said | more))
    doing = Doing(entry, 1, NOW - timedelta(minutes=5 * (times - 1)), times, rows, 0)
    teller = Teller(language=language, now=NOW, names={APP.name: "Budget"})
    return deed(doing, party, teller, is_unusual=False)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({**BANK, "rows": 212}, "Budget read Bank, 212 records"),
        ({**BANK, "rows": 1, "times": 3}, "Budget read Bank, 1 record, 3 times"),
        ({**BANK, "purpose": ADVICE}, "Budget read Bank, for “Giving you advice”"),
        ({**BANK, "purpose": "x"}, "Budget read Bank, for “x”"),
        ({**BANK, "party": YOU}, "You read Bank"),
        ({}, "Budget read /notes/a b"),
        ({"target": ""}, "Budget read /"),
        ({"action": "QUERY", "target": ".well-known/sparql"}, "Budget searched in your space"),
        ({"action": "QUERY", "categories": ("bank", "health")}, "Budget searched in Bank, Health"),
        ({**BANK, "action": "PATCH"}, "Budget wrote to Bank"),
        ({**BANK, "action": "PUT", "rows": 5}, "Budget wrote to Bank"),
        ({**BANK, "outcome": 403}, "Budget: reading Bank was refused"),
        ({"action": "STOP"}, "Access stopped"),
        ({"action": "ACCEPT"}, "Budget has accepted your conditions"),
        ({"action": "FUTURE"}, "Something else about access to your space"),
    ],
    ids=str,
)
def test_a_sentence_says_what_was_done(more, sentence):
    assert told(**more).sentence == sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("party", [APP, YOU], ids=["app", "herself"])
@pytest.mark.parametrize("outcome", [200, 403])
@pytest.mark.parametrize("action", DEEDS)
def test_each_deed_has_a_sentence_in_each_language(language, party, outcome, action):
    assert told(party, language, action=action, outcome=outcome).sentence


def test_it_says_from_when_to_when():
    assert told().time == "12:00"
    assert told(times=3).time == "11:50 – 12:00"  # noqa: RUF001 - from the one to the other


def test_fields_are_called_as_the_vocabulary_calls_them():
    found = told(fields=("sd:amount", "*", "<https://x.example/p>")).fields
    assert found[1:] == ("*", "https://x.example/p")
    assert not found[0].startswith("http")


def test_deeds_are_grouped_by_day():
    days = by_day([told(), told(), told(time=NOW - timedelta(days=1))])
    assert [(day, len(deeds)) for day, deeds in days] == [
        (date(2026, 3, 15), 2),
        (date(2026, 3, 14), 1),
    ]
