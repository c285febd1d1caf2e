"""The credentials of a request (RFC 9449 §7.1, RFC 6750), and how a server asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from pod.oidc.jws import ALGORITHMS
from pod.oidc.proof import Proof, ProofKeys, Purpose, check_proof
from pod.oidc.tokens import Token
from pod.problems import Unauthenticated


@dataclass(frozen=True, slots=True)
class Credentials:
    """An access token and the proof that its sender holds the key it is bound to; no proof comes
    with a token that is shown as Bearer, which is bound to none.
    """

    token: str = field(repr=False)
    proof: str | None = field(repr=False)


def read_credentials(headers: Mapping[str, str]) -> Credentials | None:
    """What the Authorization and DPoP headers hold; None when the request is anonymous.

    A repeated header must arrive as one value joined by commas (RFC 9110 §5.3). Raises
    Unauthenticated.
    """
    authorization = headers.get("Authorization")
    if authorization is None:
        return None
    # RFC 9110 §11.1: "It uses a case-insensitive token to identify the authentication scheme".
    scheme, _, token = authorization.partition(" ")
    token = token.strip()
    if scheme.lower() not in {"dpop", "bearer"} or not token:
        raise Unauthenticated(_AS_DPOP)
    if not token.isascii():
        raise Unauthenticated("ask for a new access token: it cannot be read")
    return Credentials(token, read_proof(headers) if scheme.lower() == "dpop" else None)


def read_proof(headers: Mapping[str, str]) -> str:
    """The one DPoP proof of a request; raises Unauthenticated."""
    proof = headers.get("DPoP", "")
    # RFC 9449 §4.3 (1): "There is not more than one DPoP HTTP request header field."
    if not proof or "," in proof:
        raise Unauthenticated("send exactly one DPoP header", "invalid_dpop_proof")
    return proof


_AS_DPOP = "send the access token as `Authorization: DPoP`, with a DPoP proof"


def check_unbound(token: Token, *, allowed: bool) -> None:
    """Refuse a token that was shown as Bearer, but where that is `allowed` and it is bound to no
    key. Raises Unauthenticated.
    """
    # RFC 9449 §7.2: a bound token must not pass as Bearer; an unbound one proves nothing (RS-17).
    if not allowed or token.jkt is not None:
        raise Unauthenticated(_AS_DPOP)


def check_credentials(
    proof_text: str, token: Token, sent: Purpose, now: datetime, keys: ProofKeys
) -> Proof:
    """The proof, when it is for this request and by the key that the verified token is bound to.

    `sent` says what was requested; its token hash is the token's. What is left to ask is whether
    the proof is used for the first time. Raises Unauthenticated.
    """
    proof = check_proof(proof_text, sent, now, keys)
    # RFC 9449 §4.3 (12): "confirm that the public key to which the access token is bound matches
    # the public key from the DPoP proof"
    if token.jkt != proof.jkt:
        raise Unauthenticated("sign the DPoP proof with the key that the access token is bound to")
    return proof


@lru_cache(maxsize=64)
def challenge(base: str, error: str | None = None) -> str:
    """The value of WWW-Authenticate. `base` is the server's address with its slash; `error` is
    the code of what was wrong with the credentials, None when there were none.
    """
    wrong = f', error="{error}"' if error else ""
    # RFC 6750 §3.1 and RFC 9449 §7.1: which code belongs to which scheme.
    dpop = wrong if error in {"invalid_token", "invalid_dpop_proof"} else ""
    bearer = wrong if error == "invalid_token" else ""
    return (
        f'DPoP algs="{" ".join(ALGORITHMS)}"{dpop}, '
        f'Bearer realm="{base}", scope="openid webid"{bearer}'
    )
