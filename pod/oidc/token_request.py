"""A request at the token endpoint (RFC 6749 §3.2), and the answer to it."""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, unquote_plus

from pod.oidc.credentials import read_proof
from pod.oidc.oauth_error import OAuthError
from pod.oidc.proof import Proof, ProofKeys, Purpose, check_proof
from pod.oidc.tokens import Issuance
from pod.problems import Unauthenticated

# The grants there are, and what comes with each.
GRANTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "authorization_code": ("code", "redirect_uri", "code_verifier"),
        "client_credentials": (),
        "refresh_token": ("refresh_token",),
    }
)
_MOST_PARAMETERS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRequest:
    """Who asks for a token, and for what; `sent` is what comes with the grant, each of it once.

    The secret, None where none was sent, is still to be compared.
    """

    grant: str
    client: str
    secret: str | None = field(repr=False)
    scope: str | None
    sent: Mapping[str, str] = field(repr=False)


def read_token_request(headers: Mapping[str, str], body: bytes) -> TokenRequest:
    """The request for a token in a form body, its client named by Basic or in the form.

    Raises OAuthError.
    """
    form = read_form(headers.get("Content-Type", ""), body)
    grant = form.get("grant_type")
    if grant is None:
        raise OAuthError("invalid_request", "say which `grant_type` is meant")
    if grant not in GRANTS:
        raise OAuthError("unsupported_grant_type", f"use one of {', '.join(GRANTS)}")
    client, secret = read_client(headers, form)
    sent = {name: form[name] for name in GRANTS[grant] if name in form}
    return TokenRequest(
        grant=grant, client=client, secret=secret, scope=form.get("scope"), sent=sent
    )


def prove(
    headers: Mapping[str, str], endpoint: str, now: datetime, keys: ProofKeys
) -> Proof | None:
    """The proof that came with a token request to `endpoint`; None where none did. Raises
    OAuthError.

    What is left to ask is whether it is used for the first time.
    """
    if "DPoP" not in headers:
        return None
    try:
        return check_proof(read_proof(headers), Purpose("POST", endpoint), now, keys)
    except Unauthenticated as error:
        # RFC 9449 §5: "If the DPoP proof is invalid, the authorization server issues an error
        # response per Section 5.2 of [RFC6749] with "invalid_dpop_proof""
        raise OAuthError("invalid_dpop_proof", str(error)) from error


def token_response(
    given: Issuance, access_token: str, **others: str | None
) -> dict[str, str | int]:
    """The answer of the token endpoint, to be sent with `no-store`; `others` are further tokens by
    their names.
    """
    answer: dict[str, str | int] = {
        "access_token": access_token,
        # RFC 9449 §5: "token_type ... DPoP", where the token is bound; RFC 6749 §5.1 for the rest.
        "token_type": "Bearer" if given.jkt is None else "DPoP",
        "expires_in": int(given.lifetime.total_seconds()),
        "scope": " ".join(given.scopes),
    }
    return answer | {name: token for name, token in others.items() if token is not None}


def read_form(media_type: str, body: bytes) -> dict[str, str]:
    """The parameters of a form. Raises OAuthError."""
    # RFC 6749 §4.4.2: "using the application/x-www-form-urlencoded format"
    if media_type.partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise OAuthError("invalid_request", "send a form, `application/x-www-form-urlencoded`")
    try:
        pairs = parse_qsl(body.decode("utf-8"), max_num_fields=_MOST_PARAMETERS)
    except ValueError as error:
        raise OAuthError("invalid_request", "the form cannot be read") from error
    form = dict(pairs)
    # RFC 6749 §3.2: "Request and response parameters MUST NOT be included more than once."
    if len(form) != len(pairs):
        raise OAuthError("invalid_request", "send each parameter once")
    return form


def read_client(headers: Mapping[str, str], form: Mapping[str, str]) -> tuple[str, str | None]:
    """The client that a request names, and the secret that it shows. Raises OAuthError."""
    authorization = headers.get("Authorization")
    client, secret = form.get("client_id", ""), form.get("client_secret") or None
    if authorization is not None:
        # RFC 6749 §2.3: "MUST NOT use more than one authentication method in each request."
        if secret:
            raise OAuthError("invalid_request", "send the client's secret once")
        named, client, secret = client, *_basic(authorization)
        if named not in {"", client}:
            raise OAuthError("invalid_request", "name the same client in header and form")
    if not client:
        raise OAuthError("invalid_client", "say which client you are, with `client_id`", 401)
    return client, secret


def _basic(authorization: str) -> tuple[str, str]:
    scheme, _, encoded = authorization.partition(" ")
    try:
        text = b64decode(encoded.strip() if scheme.lower() == "basic" else "", validate=True)
        decoded = text.decode("utf-8")
    except ValueError as error:
        raise OAuthError("invalid_client", "the `Basic` credentials cannot be read", 401) from error
    # RFC 6749 §2.3.1: both are form-encoded first. A client that forgets it sends an IRI with its
    # colons; no secret of ours holds one, so the last colon is always the one that divides.
    client, _, secret = decoded.rpartition(":")
    return unquote_plus(client), unquote_plus(secret)
