"""What was done, in sentences that say who did what to what, how much of it, and what for."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pod.consent.deed import Party, Who
from pod.http.language import LANGUAGES
from pod.model import Doing, Entry
from pod.web.ui.deeds import Told, by_day, deed, together
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
    return deed(Told(doing=doing, party=party, is_unusual=False), teller)


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
    assert found[1:] == ("*", "a technical detail")
    assert not found[0].startswith("http")


def test_deeds_are_grouped_by_day():
    days = by_day([told(), told(), told(time=NOW - timedelta(days=1))])
    assert [(day, len(deeds)) for day, deeds in days] == [
        (date(2026, 3, 15), 2),
        (date(2026, 3, 14), 1),
    ]


def doing(number, moment=NOW, **more):
    said = {
        "time": moment,
        "agent": None,
        "client": None,
        "action": "GET",
        "target": f"data/bank/{number}",
        "modes": "read",
        "source": None,
        "outcome": 200,
        "categories": ("bank",),
    }
    return Doing(Entry(**(said | more)), number, moment, times=2, rows=3, bytes=5)


def test_what_would_be_told_in_the_same_words_is_told_once():
    teller = Teller(language="en", now=NOW, names={APP.name: "Budget"})

    def made(one, **more):
        place = (one.entry.target,)
        return Told(doing=one, party=APP, **({"is_unusual": False, "places": place} | more))

    found = together(
        (
            made(doing(9)),
            made(doing(8)),
            made(doing(7, purpose=ADVICE)),
            made(doing(6), is_unusual=True),
            made(doing(5, outcome=403)),
            made(doing(4, action="STOP"), about="Budget"),
            made(doing(3, action="STOP"), about="Heating"),
            made(doing(2, NOW - timedelta(days=1))),
        ),
        teller,
    )
    assert [one.doing.number for one in found] == [9, 7, 6, 5, 4, 3, 2]
    first = deed(found[0], teller)
    assert first.sentence == "Budget read Bank, 6 records, 4 times"
    assert first.places == ("data/bank/9", "data/bank/8")
    assert (first.doing.times, first.doing.bytes) == (4, 10)
    assert deed(found[4], teller).sentence.startswith("Access stopped: Budget")
