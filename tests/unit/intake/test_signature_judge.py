"""Another implementation of RFC 9421 signs for us and verifies us."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from http_message_signatures import (
    HTTPMessageSigner,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    algorithms,
)
from jwcrypto.jwk import JWK
from multidict import CIMultiDict

from acl.model import Agent
from pod.intake.digest import digests_of
from pod.intake.envelope import REQUIRED, TAG, open_envelope
from pod.intake.holder import Deposit, key_iri, signed_request
from pod.intake.holder_key import public_key
from pod.intake.verify import verify
from pod.model import Request
from vocab.iri import ResourceIri

URL = "https://pod.example/.deposit/ana?year=2027"
WEBID = "https://energie.example/profile#org"
BODY = b"date;kWh\n2027-02-01;7,4\n"

KINDS = [
    pytest.param({"kty": "OKP", "crv": "Ed25519"}, algorithms.ED25519, id="ed25519"),
    pytest.param({"kty": "EC", "crv": "P-256"}, algorithms.ECDSA_P256_SHA256, id="ecdsa"),
    pytest.param({"kty": "RSA", "size": 2048}, algorithms.RSA_PSS_SHA512, id="rsa-pss"),
]


@dataclass
class Message:
    method: str
    url: str
    headers: CIMultiDict


class Keys(HTTPSignatureKeyResolver):
    def __init__(self, jwk):
        self.jwk = jwk

    def resolve_public_key(self, key_id):
        return self.jwk.get_op_key("verify") if key_id.endswith("#key-1") else None

    def resolve_private_key(self, key_id):
        return self.jwk.get_op_key("sign") if key_id.endswith("#key-1") else None


@pytest.fixture
def now():
    # The other implementation reads the clock of this machine.
    return datetime.now(UTC)


@pytest.mark.parametrize(("kind", "algorithm"), KINDS)
def test_another_implementation_verifies_what_we_sign(kind, algorithm, now):
    jwk = JWK.generate(**kind)
    members = json.loads(jwk.export_private()) | {"kid": "key-1"}
    deposit = Deposit(
        url=URL,
        webid=WEBID,
        filename="relevé.csv",
        media_type="text/csv",
        digest=sha256(BODY).digest(),
    )
    headers = CIMultiDict(signed_request(deposit, members, "nonce-1", now))
    judge = HTTPMessageVerifier(signature_algorithm=algorithm, key_resolver=Keys(jwk))
    results = judge.verify(
        Message("POST", URL, headers), expect_tag=TAG, require_components=REQUIRED, body=BODY
    )
    assert [result.parameters["keyid"] for result in results] == [key_iri(WEBID, members)]
    with pytest.raises(InvalidSignature):
        judge.verify(Message("PUT", URL, headers), expect_tag=TAG)


@pytest.mark.parametrize(("kind", "algorithm"), KINDS)
def test_we_verify_what_another_implementation_signs(kind, algorithm, now):
    jwk = JWK.generate(**kind)
    headers = CIMultiDict(
        {
            "Content-Type": "text/csv",
            "Selfdata-Holder": WEBID,
            "Slug": "releve.csv",
        }
    )
    HTTPMessageSigner(signature_algorithm=algorithm, key_resolver=Keys(jwk)).sign(
        Message("POST", URL, headers),
        key_id="https://energie.example/profile#key-1",
        created=now,
        nonce="nonce-1",
        tag=TAG,
        body=BODY,
        covered_component_ids=(*REQUIRED, "slug", "@authority", "@path", "@query", "@scheme"),
    )
    target = ResourceIri("https://pod.example/ana/", "")
    sent = Request(method="POST", target=target, headers=headers, url=URL, body=BODY)
    key = public_key(json.loads(jwk.export_public()))
    assert verify(open_envelope(sent), key, digests_of(BODY), now) == Agent(webid=WEBID)
