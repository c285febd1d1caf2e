"""Dynamic registration of apps (RFC 7591): forgiving in what it does not need to know."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pod.oidc.app import App, AppFlaw, grant_types, page, redirect_uris, scopes, words
from pod.oidc.oauth_error import OAuthError

PUBLIC = "none"
METHODS = (PUBLIC, "client_secret_basic", "client_secret_post")
ALGORITHMS = ("ES256", "RS256")
LIMIT = 32 * 1024  # bytes of a registration


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What an app wants to be known as; `app` has neither its id nor its secret yet."""

    app: App
    method: str

    @property
    def has_secret(self) -> bool:
        return self.method != PUBLIC


def read_registration(body: bytes) -> Registration:
    """What a client registers with. Raises OAuthError."""
    metadata = _metadata(body)
    try:
        return Registration(app=_app(metadata), method=_method(metadata))
    except AppFlaw as flaw:
        # RFC 7591 §3.2.2: "invalid_redirect_uri", "invalid_client_metadata".
        addresses = flaw.member == "redirect_uris"
        code = "invalid_redirect_uri" if addresses else "invalid_client_metadata"
        raise OAuthError(code, str(flaw)) from flaw


def registration_response(
    registration: Registration, client: str, secret: str | None, now: datetime
) -> dict[str, Any]:
    """What was registered under which id; `secret` is shown this once. `now` is in UTC."""
    app = registration.app
    answer: dict[str, Any] = {
        "client_id": client,
        "client_id_issued_at": int(now.timestamp()),
        # OP-09: in the order they came, for a client compares the first.
        "redirect_uris": list(app.redirect_uris),
        "grant_types": sorted(app.grant_types),
        "response_types": ["code"],
        "token_endpoint_auth_method": registration.method,
        "id_token_signed_response_alg": app.signing_algorithm or ALGORITHMS[0],
    }
    said = {"client_name": app.name, "client_uri": app.uri, "logo_uri": app.logo}
    answer |= {member: value for member, value in said.items() if value}
    if app.post_logout_redirect_uris:
        answer["post_logout_redirect_uris"] = list(app.post_logout_redirect_uris)
    if app.scopes is not None:
        answer["scope"] = " ".join(sorted(app.scopes))
    if secret is not None:
        # RFC 7591 §3.2.1: "REQUIRED if "client_secret" is issued [...] 0 if it will not expire".
        answer |= {"client_secret": secret, "client_secret_expires_at": 0}
    return answer


def written(app: App) -> str:
    """What an app has registered, as it is kept."""
    return json.dumps(
        {
            "redirect_uris": list(app.redirect_uris),
            "grant_types": sorted(app.grant_types),
            "scope": None if app.scopes is None else " ".join(sorted(app.scopes)),
            "post_logout_redirect_uris": list(app.post_logout_redirect_uris),
            "id_token_signed_response_alg": app.signing_algorithm,
            "client_name": app.name,
            "client_uri": app.uri,
            "logo_uri": app.logo,
        }
    )


def read_written(client: str, secret_hash: str | None, text: str) -> App:
    """The app that was kept under an id."""
    return replace(_app(json.loads(text)), id=client, secret_hash=secret_hash)


def _metadata(body: bytes) -> Mapping[str, Any]:
    try:
        metadata = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise OAuthError("invalid_client_metadata", "send the registration as JSON") from error
    if not isinstance(metadata, dict):
        raise OAuthError("invalid_client_metadata", "send the registration as a JSON object")
    return metadata


def _app(metadata: Mapping[str, Any]) -> App:
    landings = redirect_uris(metadata)
    if not landings:
        raise AppFlaw("redirect_uris", "say where people come back to, in `redirect_uris`")
    return App(
        id="",
        redirect_uris=landings,
        grant_types=grant_types(metadata),
        scopes=scopes(metadata),
        post_logout_redirect_uris=redirect_uris(metadata, "post_logout_redirect_uris"),
        signing_algorithm=_algorithm(metadata),
        name=words(metadata, "client_name"),
        uri=page(metadata, "client_uri"),
        logo=page(metadata, "logo_uri"),
    )


def _algorithm(metadata: Mapping[str, Any]) -> str | None:
    asked = metadata.get("id_token_signed_response_alg")
    if asked is not None and asked not in ALGORITHMS:
        known = " or ".join(ALGORITHMS)
        member = "id_token_signed_response_alg"
        raise AppFlaw(member, f"`{member}` must be {known}")
    return None if asked is None else str(asked)


def _method(metadata: Mapping[str, Any]) -> str:
    # RFC 7591 §2: "If unspecified or omitted, the default is "client_secret_basic"".
    asked = metadata.get("token_endpoint_auth_method", "client_secret_basic")
    if asked not in METHODS:
        member = "token_endpoint_auth_method"
        raise AppFlaw(member, f"`{member}` must be one of {', '.join(METHODS)}")
    return str(asked)
