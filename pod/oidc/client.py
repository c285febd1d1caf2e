"""The client's side of DPoP (RFC 9449 §4.2): a proof for one request."""

import json
from datetime import datetime
from typing import TypeAlias

from jwcrypto.jwk import JWK
from jwcrypto.jws import JWS

from pod.oidc.proof import Purpose

ProofKey: TypeAlias = JWK


def new_proof_key() -> ProofKey:
    """A key that proofs are signed with; nobody else needs to know it."""
    return JWK.generate(kty="EC", crv="P-256")


def make_proof(key: JWK, purpose: Purpose, jti: str, now: datetime) -> str:
    """The DPoP header for a request. `jti` is random and used once; `now` is in UTC."""
    header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": json.loads(key.export_public())}
    claims: dict[str, str | int] = {
        "jti": jti,
        "htm": purpose.method,
        "htu": purpose.url.partition("?")[0],
        "iat": int(now.timestamp()),
    }
    if purpose.token_hash is not None:
        claims["ath"] = purpose.token_hash
    proof = JWS(json.dumps(claims))
    proof.add_signature(key, protected=json.dumps(header))
    return str(proof.serialize(compact=True))
