"""Authorization codes (RFC 6749 §4.1.2): what one stands for, and what it takes to redeem it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pod.oidc.oauth_error import OAuthError
from pod.oidc.pkce import fits

LIFETIME = timedelta(seconds=60)
"""RFC 6749 §4.1.2: "A maximum authorization code lifetime of 10 minutes is RECOMMENDED"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a code stands for, as far as it is to be compared. `expires` is in UTC; `jkt` is the
    key it is bound to, if any.
    """

    client: str
    redirect_uri: str
    challenge: str
    jkt: str | None
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Redemption:
    """What comes with a code: the client, authenticated as far as it can be, and its proofs."""

    client: str
    redirect_uri: str | None
    verifier: str | None
    jkt: str


def redeem(code: Code | None, sent: Redemption, now: datetime) -> Code:
    """The code, when it is good for this redemption. Raises OAuthError.

    That it is used for the first time is for the store to know.
    """
    # RFC 6749 §5.2: "The provided authorization grant [...] is invalid, expired, revoked, does
    # not match the redirection URI used in the authorization request, or was issued to another
    # client."
    if code is None or code.expires <= now or code.client != sent.client:
        raise OAuthError("invalid_grant", "this code is not good any more; ask for a new one")
    if sent.redirect_uri != code.redirect_uri:
        raise OAuthError("invalid_grant", "send the `redirect_uri` that the code was sent to")
    # RFC 9700 §2.1.1: "MUST ensure that the token endpoint request's code_verifier is only
    # accepted if a code_challenge was present", and here one always was.
    if sent.verifier is None or not fits(sent.verifier, code.challenge):
        raise OAuthError("invalid_grant", "the `code_verifier` does not fit the `code_challenge`")
    if code.jkt is not None and code.jkt != sent.jkt:
        # RFC 9449 §10: "the authorization server MUST reject the request if [...] not match".
        raise OAuthError("invalid_dpop_proof", "sign the proof with the key of `dpop_jkt`")
    return code
