"""Open Badges and learner records: their proofs, and what of the person is never kept."""

import json
from pathlib import Path

import pytest

from importers import identify
from importers.contract import Code, Problem, Record
from importers.education.open_badges import OpenBadges
from tests.importers.golden import items_of

FIXTURES = Path(__file__).parents[2] / "importers" / "education"
NAMES = ["badges-2.json", "badge-3.jwt", "badge-3.json", "clr-2.json", "baked.png", "baked.svg"]


def content(name):
    return (FIXTURES / name).read_bytes()


def records(items, kind):
    return [dict(i.fields) for i in items if isinstance(i, Record) and i.kind == kind]


def reasons(items):
    return " ".join(item.message for item in items if isinstance(item, Problem))


@pytest.mark.parametrize("name", NAMES)
def test_each_form_is_known_and_gives_its_badges(name):
    ((importer, _),) = identify("x", content(name))
    assert importer.format == "open-badges"
    assert records(items_of(importer, content(name)), "Credential")


@pytest.mark.spec("Self Data DAT-69")
@pytest.mark.spec("VC-JOSE-COSE §3.1")
def test_a_token_by_an_issuer_that_is_a_key_is_verified():
    items = items_of(OpenBadges(), content("badge-3.jwt"))
    (attestation,) = records(items, "Attestation")
    assert attestation["sd:assurance"] == Code("signatureVerified")
    (grade,) = records(items, "Grade")
    assert (str(grade["schema:ratingValue"]), str(grade["schema:bestRating"])) == ("14.5", "20")


def test_of_a_token_that_was_changed_nothing_is_kept():
    token = content("badge-3.jwt")
    items = items_of(OpenBadges(), token[:-4] + b"AAAA")
    assert [i for i in items if isinstance(i, Record)] == []
    assert "does not hold" in reasons(items)


def test_each_credential_of_a_learner_record_is_one_with_its_own_proof():
    items = items_of(OpenBadges(), content("clr-2.json"))
    assert len(records(items, "Credential")) == 3
    kinds = [one["sd:assurance"].name for one in records(items, "Attestation")]
    assert kinds == ["signatureVerified", "signatureVerified"]
    assert "no type that is known" in reasons(items)


@pytest.mark.parametrize("name", NAMES)
def test_the_hash_of_an_address_is_never_kept(name):
    said = repr([i for i in items_of(OpenBadges(), content(name)) if isinstance(i, Record)])
    assert "sha256$" not in said
    assert "deadsea" not in said


def test_an_address_that_stands_openly_is_kept_and_a_hosted_badge_is_not_verified():
    items = items_of(OpenBadges(), content("badges-2.json"))
    (person,) = records(items, "CustomerFile")
    assert person["vcard:hasEmail"].value == "mailto:camille@example.org"
    assert "kept as not verified" in reasons(items)
    assert "`issuedOn`" in reasons(items)


@pytest.mark.parametrize(("until", "kept"), [("2029-07-01T22:30:00Z", 1), ("9999-12-31", 0)])
def test_the_last_day_that_a_program_knows_is_no_end(until, kept):
    document = json.loads(content("badge-3.json")) | {"validUntil": until}
    document.pop("proof", None)
    items = items_of(OpenBadges(), json.dumps(document).encode())
    (badge,) = records(items, "Credential")
    assert len([name for name in badge if name == "schema:expires"]) == kept


def test_a_result_where_none_is_expected_is_told():
    document = json.loads(content("clr-2.json"))
    document["elsewhere"] = {"type": ["Result"], "value": "1"}
    items = items_of(OpenBadges(), json.dumps(document).encode())
    assert "where none is expected" in reasons(items)


def test_a_picture_whose_badge_is_damaged_or_missing():
    whole = content("baked.png")
    assert "damaged" in reasons(items_of(OpenBadges(), whole.replace(b"Robotique", b"Robotiqua")))
    assert "no badge" in reasons(
        items_of(OpenBadges(), whole.replace(b"openbadges", b"openbadgex"))
    )
    assert "cut short" in reasons(items_of(OpenBadges(), whole[:200]))
