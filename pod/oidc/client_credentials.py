"""The client credentials grant (RFC 6749 §4.4): tokens for the scripts of a person.

The client is bound to who made it, whose WebID goes into the token.
"""

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from unicodedata import normalize
from urllib.parse import parse_qsl, unquote_plus

from pod.oidc.credentials import read_proof
from pod.oidc.proof import Proof, ProofKeys, Purpose, check_proof
from pod.oidc.tokens import Issuance
from pod.problems import Unauthenticated

_MOST_PARAMETERS = 20
_KNOWN_SCOPES = ("openid", "webid")


class OAuthError(Exception):
    """A refusal by the token endpoint: its code (RFC 6749 §5.2), a sentence, the HTTP status."""

    def __init__(self, code: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.status = status

    def body(self) -> dict[str, str]:
        """What is sent as JSON."""
        return {"error": self.code, "error_description": self.description}


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRequest:
    """Who asks for a token, and for what. The secret is still to be compared."""

    client: str
    secret: str = field(repr=False)
    scopes: tuple[str, ...]


def read_token_request(headers: Mapping[str, str], body: bytes) -> TokenRequest:
    """The request for a token in a form body, its client named by Basic or in the form.

    Raises OAuthError.
    """
    form = _form(headers.get("Content-Type", ""), body)
    grant = form.get("grant_type")
    if grant is None:
        raise OAuthError("invalid_request", "say which `grant_type` is meant")
    if grant != "client_credentials":
        raise OAuthError("unsupported_grant_type", "use the grant type `client_credentials`")
    client, secret = _client(headers.get("Authorization"), form)
    return TokenRequest(client=client, secret=secret, scopes=_scopes(form.get("scope", "")))


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
    access_token: str, id_token: str | None, given: Issuance
) -> dict[str, str | int]:
    """The answer of the token endpoint, to be sent with `no-store`."""
    answer: dict[str, str | int] = {
        "access_token": access_token,
        # RFC 9449 §5: "token_type ... DPoP", where the token is bound; RFC 6749 §5.1 for the rest.
        "token_type": "Bearer" if given.jkt is None else "DPoP",
        "expires_in": int(given.lifetime.total_seconds()),
        "scope": " ".join(given.scopes),
    }
    return answer if id_token is None else answer | {"id_token": id_token}


def new_client_id(label: str, random: str) -> str:
    """A client's identifier. It is no IRI: libraries take one for the address of a document about
    the client (Solid-OIDC §5), and leave the secret away.

    `label` is what the person calls it; `random` is a short unguessable text of letters and digits.
    """
    plain = normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"{slug}-{random}" if slug else random


def mark_of(client: str) -> str:
    """What stands for a client in an address: the last part of its identifier."""
    return client.rpartition("/")[2]


def _form(media_type: str, body: bytes) -> dict[str, str]:
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


def _client(authorization: str | None, form: Mapping[str, str]) -> tuple[str, str]:
    client, secret = form.get("client_id", ""), form.get("client_secret", "")
    if authorization is not None:
        # RFC 6749 §2.3: "MUST NOT use more than one authentication method in each request."
        if secret:
            raise OAuthError("invalid_request", "send the client's secret once")
        named, client, secret = client, *_basic(authorization)
        if named not in {"", client}:
            raise OAuthError("invalid_request", "name the same client in header and form")
    if not client or not secret:
        raise OAuthError("invalid_client", "send the client's id and secret", 401)
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


def _scopes(text: str) -> tuple[str, ...]:
    # RFC 6749 §3.3: what is not known is left out, and the answer says what was given. A token
    # without a WebID would be good for nothing here, so `webid` is always given.
    asked = {*text.split(), "webid"}
    return tuple(scope for scope in _KNOWN_SCOPES if scope in asked)
