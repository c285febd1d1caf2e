"""What a person is warned of, the smaller question that would do, and the permission diet."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from manifests import QUESTIONS, asked, changed, example

from acl import Mode
from pod.agreements import AccessRequest, Item, RequestState
from pod.consent.asked import is_bundle, of_request, steps
from pod.consent.diet import SOON, Covered, diet
from pod.consent.line import line
from pod.consent.warnings import Concern, cautions, smaller
from vocab.names import DPV, SD

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def concerns(question, *, is_seen=True):
    return {caution.concern for caution in cautions(question, is_seen=is_seen)}


def request(*required, optional=(), **members):
    """A request for items, as it is kept."""
    given = {
        "id": "1",
        "agent": "https://ana.example/profile/card#me",
        "client": "https://app.example/id",
        "purpose": DPV.NS + "ServicePersonalisation",
        "sentence": "Nous lisons.",
        "required": required,
        "optional": optional,
        "days": 30,
        "retention": None,
        "terms": None,
        "manifest": None,
        "inbox": None,
        "state": RequestState.WAITING,
        "created": NOW,
        "lapses": NOW + timedelta(days=30),
    }
    return AccessRequest(**(given | members))


def test_what_is_usual_is_not_warned_of():
    assert concerns(asked()) == set()


@pytest.mark.spec("Self Data B11")
@pytest.mark.spec("Self Data CON-39")
@pytest.mark.parametrize(
    ("path", "value", "concern"),
    [
        ("uses/0/optional/0/category", "online", Concern.BEYOND),
        ("uses/0/purpose", "dpv:AgeVerification", Concern.BEYOND),
        ("uses/0/purpose", "https://a.example/my-own", Concern.BEYOND),
        ("uses/0/days", 400, Concern.LONGER),
        ("uses/0/days", None, Concern.LONGER),
        ("uses/0/required/0/modes", ["read", "write"], Concern.WRITES),
        ("uses/0/required/0/modes", ["append"], Concern.WRITES),
        ("uses/0/optional/0/category", "health", Concern.SENSITIVE),
        ("uses/0/optional/0/category", "telecom", Concern.OTHERS),
        ("uses/0/country", "US", Concern.OUTSIDE),
        ("uses/0/recipients/0/country", "CN", Concern.OUTSIDE),
        ("uses/0/ai_training", True, Concern.TRAINING),
        ("uses/0/purpose", "ai:ModelTraining", Concern.TRAINING),
    ],
)
def test_what_is_warned_of(path, value, concern):
    assert concern in concerns(asked(changed(path, value)))


def test_who_was_never_given_anything_is_new():
    assert concerns(asked(), is_seen=False) == {Concern.UNSEEN}


def test_where_data_stay_they_do_not_leave_for_anywhere():
    document = changed("uses/0/country", "US")
    document["uses"][0]["processing"] = "local"
    assert concerns(asked(document)) == set()


def test_who_says_nothing_of_itself_is_warned_of():
    question = of_request(request(Item(path="data/bank/", category="bank")))
    assert concerns(question) == {Concern.SILENT}


def test_where_writing_is_usual_only_giving_rights_is_warned_of():
    purpose = DPV.NS + "RequestedServiceProvision"
    writes = request(Item(path="public/", modes=Mode.READ | Mode.WRITE, category="public"))
    gives = request(Item(path="public/", modes=Mode.CONTROL, category="public"))
    for wanted, is_warned in ((writes, False), (gives, True)):
        question = of_request(replace(wanted, purpose=purpose))
        assert (Concern.WRITES in concerns(question)) is is_warned


@pytest.mark.spec("Self Data PRI-15")
def test_the_smaller_question_is_what_is_needed_for_as_long_as_is_usual():
    document = changed("uses/0/required/0/modes", ["read", "write"])
    document["uses"][0]["days"] = 900
    less = smaller(asked(document))
    assert less is not None
    assert [(item.category, item.modes) for item in less.items] == [("bank", Mode.READ)]
    assert less.days == 365


def test_the_smallest_question_has_no_smaller_one():
    assert smaller(asked(changed("uses/0/optional"))) is None
    assert smaller(asked(changed("uses/0/required", []))) is None


def test_what_is_only_added_to_stays_so():
    less = smaller(asked(changed("uses/0/required/0/modes", ["append"])))
    assert less is not None
    assert [item.modes for item in less.items] == [Mode.APPEND]


def test_of_a_purpose_without_a_norm_what_is_optional_can_be_left_out():
    less = smaller(asked(changed("uses/0/purpose", "https://a.example/p")))
    assert less is not None
    assert ([item.category for item in less.items], less.days) == (["bank"], 90)


@given(QUESTIONS)
def test_the_smaller_question_asks_for_no_more_and_is_the_smallest(question):
    less = smaller(question)
    if less is None:
        return
    assert smaller(less) is None
    known = {item.category: item.modes for item in question.items}
    assert all(item.modes & ~known[item.category] == Mode.NONE for item in less.items)
    assert (less.days or 10**6) <= (question.days or 10**6)


@pytest.mark.spec("Self Data CON-39")
@given(QUESTIONS)
def test_no_step_has_something_sensitive_and_something_else(question):
    found = steps(question)
    for step in found:
        assert len(step.items) == 1 or all(item.sensitive is None for item in step.items)
    assert sorted(item.category for step in found for item in step.items) == sorted(
        item.category for item in question.items
    )
    assert is_bundle(question) is (len(found) > 1)


def test_a_request_is_asked_as_it_is_kept():
    kept = request(
        Item(path="data/bank/", category="bank"),
        optional=(Item(path="data/health/2026.ttl"),),
        terms="t1",
        retention="P6M",
    )
    question = of_request(kept)
    assert (question.terms, question.retention, question.days) == ("t1", "P6M", 30)
    assert question.name == "https://app.example/id"
    bank, health = question.items
    assert (bank.is_named, bank.is_required, bank.given(Mode.READ)) == (
        False,
        True,
        kept.required[0],
    )
    assert (health.is_named, health.category, health.sensitive is None) == (True, "health", False)
    assert health.given(Mode.READ) == kept.optional[0]
    assert is_bundle(question)


def test_what_a_category_is_called_hides_nothing():
    for path, name in (("data/health/", "energy"), ("", "bank"), ("data/bank/", "gold")):
        (item,) = of_request(request(Item(path=path, category=name))).items
        assert item.is_named
        assert item.category != name


@pytest.mark.parametrize(
    ("sentence", "french"),
    [
        ("Autre chose.", "Autre chose."),
        ("", example()["uses"][0]["sentence"]["fr"]),
        (example()["uses"][0]["sentence"]["en"], example()["uses"][0]["sentence"]["fr"]),
    ],
)
def test_a_sentence_is_told_in_both_languages_where_the_manifest_has_it(sentence, french):
    kept = request(
        Item(path="data/bank/", category="bank"), sentence=sentence, manifest=json.dumps(example())
    )
    question = of_request(kept)
    assert question.sentence is not None
    assert question.sentence.fr == french
    assert question.items[0].reason is not None
    energy = of_request(replace(kept, optional=(Item(path="data/energy/", category="energy"),)))
    assert energy.items[1].reason is not None
    assert set(question.items[0].fields) >= {SD.amount}


def test_without_a_sentence_there_is_none():
    assert of_request(request(sentence="")).sentence is None


FIELDS = frozenset(f"https://a.example/{number}" for number in range(14))


@pytest.mark.spec("Self Data B11")
@pytest.mark.parametrize(
    ("read", "days", "keys"),
    [
        ({"bank": frozenset(sorted(FIELDS)[:3])}, 60, ["diet_fields"]),
        ({"bank": FIELDS}, 60, []),
        ({"bank": FIELDS | {"https://a.example/more"}}, 60, []),
        ({}, 60, ["diet_unused"]),
        ({}, SOON, ["diet_unused"]),
        ({}, SOON - 1, []),
    ],
)
def test_what_is_not_used_could_be_taken_back(read, days, keys):
    granted = (Covered(category="bank", fields=FIELDS),)
    advice = diet(granted, read, since=NOW - timedelta(days=days), now=NOW)
    assert [one.line.key for one in advice] == keys


@pytest.mark.spec("Self Data B11")
def test_fourteen_asked_and_three_used_is_said_in_these_numbers():
    used = frozenset(sorted(FIELDS)[:3])
    granted = (Covered(category="bank", fields=FIELDS), Covered(category="energy"))
    read = {"bank": used, "energy": frozenset({"https://a.example/x"})}
    (advice,) = diet(granted, read, since=NOW - timedelta(days=60), now=NOW)
    assert (advice.category, advice.unused) == ("bank", FIELDS - used)
    label = dict(advice.line.filled)["category"]
    assert advice.line == line("diet_fields", category=label, asked=14, used=3, days=60)
