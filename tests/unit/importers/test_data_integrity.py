"""Proofs that stand in their credential."""

import json
from pathlib import Path

import pytest

from importers.attestation import Standing
from importers.contract import Options, Problem, Record
from importers.education.data_integrity import proofs_of
from importers.education.open_badges import OpenBadges
from importers.trust import Trust, trust_of
from tests.importers.golden import items_of
from tests.unit.importers.proving import ED25519, P256, did_key, jwk, multikey, proved
from tests.unit.importers.test_canonical import VECTORS, W3C, WITH_EXAMPLES

BADGE = json.loads(
    (Path(__file__).parents[2] / "importers" / "education" / "badge-3.json").read_bytes()
)
BARE = {name: value for name, value in BADGE.items() if name != "proof"}
HTTPS = "https://univ.example/issuers/1"
THEIRS = BARE | {"issuer": {"id": HTTPS, "type": ["Profile"], "name": "Université"}}
ED_JWK = jwk()


def standings(node, trust=None, contexts=WITH_EXAMPLES):
    return [p.attestation.standing for p in proofs_of(node, trust or Trust(), contexts)]


def changed(node, change):
    return json.loads(change(json.dumps(node)))


@pytest.mark.spec("vc-di-eddsa §3.2.2")
@pytest.mark.spec("vc-di-eddsa §3.3.2")
@pytest.mark.spec("vc-di-ecdsa §3.2.2")
@pytest.mark.spec("vc-di-ecdsa §3.3.2")
@pytest.mark.parametrize("name", W3C["proofs"])
def test_the_proofs_of_the_specifications_hold(name):
    node = W3C["document"] | W3C["proofs"][name]
    assert set(standings(node)) == {Standing.VERIFIED}


@pytest.mark.parametrize("name", W3C["proofs"])
def test_they_do_not_hold_for_another_word(name):
    node = W3C["document"] | W3C["proofs"][name]
    other = changed(node, lambda text: text.replace("School of Examples", "School of others"))
    assert set(standings(other)) == {Standing.INVALID}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"eddsa-rdfc-2022"', '"ecdsa-rdfc-2019"'),
        ("2023-02-24T23:36:38Z", "2024-02-24T23:36:38Z"),
        ('"proofValue": "z', '"proofValue": "u'),
        ('"proofValue": "z2', '"proofValue": "zz2'),
        ('"proofValue"', '"value"'),
    ],
)
def test_a_proof_that_was_changed_does_not_hold(old, new):
    node = W3C["document"] | W3C["proofs"]["eddsa-rdfc-2022"]
    assert standings(changed(node, lambda text: text.replace(old, new))) == [Standing.INVALID]


@pytest.mark.spec("VC Data Integrity §4.5")
def test_a_proof_of_a_chain_does_not_hold_without_the_one_before_it():
    node = W3C["document"] | W3C["proofs"]["proof chain"]
    *_, last = node["proof"]
    assert standings(node | {"proof": last}) == [Standing.INVALID]


@pytest.mark.spec("vc-di-eddsa §3.3.2")
def test_contexts_may_stand_behind_those_of_a_proof_over_json_and_not_before():
    node = W3C["document"] | W3C["proofs"]["eddsa-jcs-2022"]
    more = "https://a.example/v1"
    assert standings(node | {"@context": [*node["@context"], more]}) == [Standing.VERIFIED]
    assert standings(node | {"@context": [more, *node["@context"]]}) == [Standing.INVALID]


@pytest.mark.parametrize("name", ["1edtech_badge.json", "1edtech_clr.json"])
def test_credentials_that_others_signed_are_verified_and_the_key_is_said_to_be_unknown(name):
    items = items_of(OpenBadges(), (VECTORS / name).read_bytes())
    assert all(check.ok for check in OpenBadges().reconcile(items))
    assert any(isinstance(one, Record) and one.kind == "Credential" for one in items)
    said = {one.message for one in items if isinstance(one, Problem)}
    assert any("whose key that is, is not known here" in one for one in said)


@pytest.mark.parametrize("suite", ["ecdsa-rdfc-2019", "ecdsa-jcs-2019"])
def test_a_proof_by_an_issuer_that_is_a_key_needs_no_remark(suite):
    issued = BARE | {"issuer": did_key(P256)}
    (proof,) = proofs_of(proved(issued, P256, suite), Trust())
    assert proof.attestation.standing is Standing.VERIFIED
    assert proof.remark == ""


@pytest.mark.spec("Controlled Identifiers 1.0 §2.2.2")
@pytest.mark.parametrize(
    "method",
    [
        {"id": f"{HTTPS}#1", "type": "Multikey", "publicKeyMultibase": multikey(ED25519)},
        {"id": f"{HTTPS}#1", "type": "JsonWebKey", "publicKeyJwk": ED_JWK},
        f"{HTTPS}#{multikey(ED25519)}",
    ],
)
def test_a_key_that_stands_in_the_proof_says_only_that_it_signed(method):
    node = proved(THEIRS, suite="eddsa-jcs-2022", verificationMethod=method)
    (proof,) = proofs_of(node, Trust())
    assert proof.attestation.standing is Standing.VERIFIED
    assert "whose key that is" in proof.remark


@pytest.mark.parametrize(
    ("listed", "standing"),
    [
        ({HTTPS: {"keys": [{**ED_JWK, "kid": f"{HTTPS}#1"}]}}, Standing.VERIFIED),
        ({HTTPS: {"keys": [{**ED_JWK, "kid": "1"}]}}, Standing.VERIFIED),
        ({"keys": [{**ED_JWK, "kid": "1"}]}, Standing.VERIFIED),
        ({"https://other.example": {"keys": [{**ED_JWK, "kid": "1"}]}}, Standing.UNKNOWN_KEY),
        ({"keys": [{**ED_JWK, "kid": "2"}]}, Standing.UNKNOWN_KEY),
    ],
)
def test_the_key_of_an_issuer_on_the_network_is_one_that_was_given(listed, standing):
    node = proved(THEIRS, suite="eddsa-jcs-2022", verificationMethod=f"{HTTPS}#1")
    trust = trust_of(Options(values={"keys": json.dumps(listed)}))
    assert standings(node, trust) == [standing]


def test_what_a_given_key_of_that_name_did_not_sign_does_not_hold():
    node = proved(THEIRS, P256, "ecdsa-jcs-2019", verificationMethod=f"{HTTPS}#1")
    listed = {HTTPS: {"keys": [{**ED_JWK, "kid": f"{HTTPS}#1"}]}}
    assert standings(node, trust_of(Options(values={"keys": json.dumps(listed)}))) == [
        Standing.INVALID
    ]


@pytest.mark.parametrize(
    ("node", "reason"),
    [
        (BADGE | {"@context": ["https://a.example/v1"]}, "the context https://a.example/v1"),
        (BADGE | {"proof": {"type": "BbsBlsSignature2020"}}, "`BbsBlsSignature2020`"),
        (BADGE | {"proof": {"type": "DataIntegrityProof"}}, "`unknown`"),
        (proved(BARE, suite="eddsa-jcs-2022", proofPurpose="authentication"), "not made to assert"),
        (proved(BARE, suite="eddsa-jcs-2022", verificationMethod="did:web:a.example#1"), "`keys`"),
        (proved(BARE, suite="eddsa-jcs-2022", verificationMethod=7), "`keys`"),
    ],
)
def test_a_proof_that_cannot_be_verified_is_kept_and_says_why(node, reason):
    items = items_of(OpenBadges(), json.dumps(node).encode())
    (said,) = [one for one in items if isinstance(one, Problem)]
    assert reason in said.message
    assert "kept as not verified" in said.message
    assert not said.row
    assert any(isinstance(one, Record) and one.kind == "Credential" for one in items)


def test_of_a_credential_that_was_changed_nothing_is_kept():
    items = items_of(OpenBadges(), json.dumps(BADGE).replace("13.5", "19.5").encode())
    (said,) = [one for one in items if isinstance(one, Problem)]
    assert said.row
    assert "does not hold" in said.message
    assert not any(isinstance(one, Record) for one in items)


def test_a_proof_of_more_than_it_covers_is_not_taken_for_it():
    node = BADGE | {"nickname": "Camille"}
    items = items_of(OpenBadges(), json.dumps(node).encode())
    assert any("`nickname`" in one.message for one in items if isinstance(one, Problem))
    assert OpenBadges().reconcile(items) == ()
