from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from importers.attestation import (
    Attestation,
    Standing,
    attested,
    attested_by,
    signature_checks,
    standing_of,
)
from importers.contract import Problem, Record
from importers.triples import to_node
from tests.importers.golden import naming
from vocab.shapes import violations

HOLDS = Attestation(
    mechanism="https://spec.smarthealth.cards/",
    standing=Standing.VERIFIED,
    covered="0" * 64,
    algorithm="ES256",
    key="1" * 64,
    issuer="https://issuer.example",
    at=datetime(2026, 3, 1, 8, 30, tzinfo=UTC),
    until=datetime(2027, 3, 1, 8, 30, tzinfo=UTC),
)
UNKNOWN = replace(HOLDS, standing=Standing.UNKNOWN_KEY, key="")
INVALID = replace(HOLDS, standing=Standing.INVALID, key="")


def items(*found):
    return [i for n, one in enumerate(found, 1) for i in attested(one, f"card {n}", f"/{n}")]


def records(found):
    return [item for item in found if isinstance(item, Record)]


def test_a_signature_that_holds_is_a_record_of_who_vouches():
    (record,) = records(items(HOLDS))
    context = naming("health")
    iri = context.iri(record)
    assert violations(iri, to_node(record, iri, context)) == ()
    assert dict(record.fields)["sd:assurance"].name == "signatureVerified"
    assert not record.counted
    assert iri.startswith("https://camille.pod.example/data/health/holder/attestations.ttl#")
    name, reference = attested_by(HOLDS)
    assert (name, context.iri(reference)) == ("sd:attestedBy", iri)


def test_one_of_an_unknown_key_says_that_nobody_verified_it():
    found = items(UNKNOWN)
    (record,) = records(found)
    assert dict(record.fields)["sd:assurance"].name == "userUploaded"
    assert [problem.row for problem in found if isinstance(problem, Problem)] == [False]
    assert signature_checks(found) == ()


def test_it_is_the_same_record_once_its_key_is_known():
    context = naming("health")
    (before,), (after,) = records(items(UNKNOWN)), records(items(HOLDS))
    assert context.iri(before) == context.iri(after)
    assert attested_by(UNKNOWN) == attested_by(HOLDS)


def test_one_that_does_not_hold_leaves_a_problem_and_a_check_that_failed():
    found = items(HOLDS, INVALID)
    assert len(records(found)) == 1
    assert [problem.row for problem in found if isinstance(problem, Problem)] == [True]
    assert [(check.name, check.got, check.ok) for check in signature_checks(found)] == [
        ("signature of card 1", "valid", True),
        ("signature of card 2", "invalid", False),
    ]


def test_an_import_tells_how_its_signatures_stand():
    found = items(HOLDS, INVALID, UNKNOWN, HOLDS)
    told = Counter(filter(None, map(standing_of, found)))
    assert told == {"verified": 2, "invalid": 1, "unknown key": 1}
