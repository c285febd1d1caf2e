"""European Digital Credentials: seals, claims within claims, labels in several languages."""

import json
from pathlib import Path

import pytest

from importers.contract import LangString, Problem, Record
from importers.education.elm import Elm
from tests.importers.golden import items_of

FIXTURES = Path(__file__).parents[2] / "importers" / "education"
SEALED = (FIXTURES / "sealed.jsonld").read_bytes()
PLAIN = json.loads((FIXTURES / "transcript.jsonld").read_bytes())


def read(content):
    octets = content if isinstance(content, bytes) else json.dumps(content).encode()
    return items_of(Elm(), octets)


def records(items, kind):
    return [dict(i.fields) for i in items if isinstance(i, Record) and i.kind == kind]


def reasons(items):
    return " ".join(item.message for item in items if isinstance(item, Problem))


@pytest.mark.spec("ETSI TS 119 182-1 §5.1.8")
def test_a_seal_holds_for_the_bytes_of_its_payload_and_no_others():
    assert [check.ok for check in Elm().reconcile(read(SEALED))] == [True]
    changed = read(SEALED.replace(b"Webinaire", b"Doctorat "))
    assert [i for i in changed if isinstance(i, Record)] == []
    assert "does not hold" in reasons(changed)
    assert [check.ok for check in Elm().reconcile(changed)] == [False]


def test_a_seal_whose_certificate_has_run_out_since_holds():
    (attestation,) = records(read(SEALED), "Attestation")
    assert attestation["dcterms:issued"] < attestation["schema:expires"]
    assert "not checked against a trusted list" in reasons(read(SEALED))


def test_one_seal_of_two_that_does_not_hold_costs_the_credential():
    document = json.loads(SEALED)
    broken = document["signatures"][0] | {"signature": "A" * 86}
    items = read(document | {"signatures": [*document["signatures"], broken]})
    assert records(items, "Credential") == []


def test_labels_keep_their_languages():
    (first, *_) = records(read(PLAIN), "Enrolment")
    names = json.loads(SEALED)["payload"]
    assert "Webinaire" in names
    assert "schema:name" in first
    names = [
        v for i in read(PLAIN) if isinstance(i, Record) for n, v in i.fields if n == "schema:name"
    ]
    assert LangString("Cours magistral", "fr") in names
    assert LangString("Lectures", "en") in names


def test_a_national_number_is_never_kept():
    assert "600000101" not in repr(read(PLAIN))


def test_a_birthday_that_is_a_time_is_not_guessed_into_a_day():
    assert "vcard:bday" not in records(read(PLAIN), "CustomerFile")[0]
    assert "date of birth" in reasons(read(PLAIN))


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"type": "LearningActivity"}, "no title"),
        ({"type": "LearningAssessment", "title": {"en": "x"}}, "no grade"),
        ({"type": "Thing", "title": "x"}, "no type"),
        (
            {"type": "LearningActivity", "title": "x", "temporal": {"startDate": "2024-02-30"}},
            "day",
        ),
        ([], "claims nothing"),
    ],
)
def test_a_claim_that_is_not_kept_is_told(claims, reason):
    subject = {"type": "Person", "hasClaim": claims}
    assert reason in reasons(read(PLAIN | {"credentialSubject": subject}))


def test_a_claim_where_none_is_expected_is_told():
    lost = {"type": "LearningActivity", "title": "x"}
    assert "where none is expected" in reasons(read(PLAIN | {"somewhere": {"else": [lost]}}))


def test_claims_that_stand_in_one_another_without_end():
    claim = {"type": "LearningAchievement", "title": "x"}
    for _ in range(200):
        claim = {"type": "LearningAchievement", "title": "x", "hasPart": claim}
    assert "too deeply" in reasons(read(PLAIN | {"credentialSubject": {"hasClaim": claim}}))


def test_a_credential_that_is_wrapped_is_read_the_same():
    wrapped = [i.kind for i in read({"credential": PLAIN}) if isinstance(i, Record)]
    assert wrapped == [i.kind for i in read(PLAIN) if isinstance(i, Record)]
