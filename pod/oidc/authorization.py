"""A request at the authorization endpoint (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2).

The checks are the two tables at the end, in their order. Until it is known that an app may be
answered at an address, nobody is sent there: a person is told instead.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from pod.oidc.app import App
from pod.oidc.oauth_error import OAuthError
from pod.oidc.pkce import is_challenge
from pod.problems import Malformed

KNOWN_SCOPES = ("openid", "webid", "profile", "offline_access")
PROMPTS = frozenset({"none", "login", "consent", "select_account"})
_LONGEST = 4000  # characters of a parameter

Parameters = Mapping[str, str]

READ = frozenset(
    (
        *("client_id", "redirect_uri", "state", "response_type", "response_mode", "scope", "nonce"),
        *("code_challenge", "code_challenge_method", "prompt", "max_age", "login_hint", "dpop_jkt"),
    )
)
"""The parameters that anything is done with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answerable:
    """An app, and where it is answered. `state` goes back as it came."""

    app: App
    redirect_uri: str
    state: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorization:
    """What an app asks of a person. `max_age` is in seconds; `jkt` is the thumbprint of the key
    that the code is bound to, where the app says so (RFC 9449 §10).
    """

    answerable: Answerable
    scopes: tuple[str, ...]
    challenge: str
    nonce: str | None
    prompts: frozenset[str]
    max_age: int | None
    login_hint: str | None
    jkt: str | None


def read_parameters(pairs: Sequence[tuple[str, str]]) -> Parameters:
    """The parameters of a request, each sent once. Raises Malformed."""
    parameters = {name: value for name, value in pairs if value}
    # RFC 6749 §3.1: "Request and response parameters MUST NOT be included more than once."
    if len({name for name, _ in pairs}) != len(pairs):
        raise Malformed("the app sends a parameter twice; tell its makers")
    if any(len(value) > _LONGEST for value in parameters.values()):
        raise Malformed("the app sends a parameter that is too long; tell its makers")
    return parameters


def answerable(parameters: Parameters, app: App) -> Answerable:
    """Where the app is answered. Raises Malformed, to be told to the person."""
    # RFC 6749 §3.1.2.3 and RFC 9700 §2.1: "exact string matching".
    uri = parameters.get("redirect_uri", "")
    if uri not in app.redirect_uris:
        raise Malformed(
            "the app wants to be answered at an address it did not name before; go back to the "
            "app and try again, and tell its makers when it happens again"
        )
    return Answerable(app=app, redirect_uri=uri, state=parameters.get("state"))


def read_authorization(parameters: Parameters, at: Answerable) -> Authorization:
    """What is asked. Raises OAuthError, to be told to the app."""
    for check in _CHECKS:
        check(parameters, at.app)
    return Authorization(
        answerable=at,
        scopes=_scopes(parameters, at.app),
        challenge=parameters["code_challenge"],
        nonce=parameters.get("nonce"),
        prompts=frozenset(parameters.get("prompt", "").split()),
        max_age=int(parameters["max_age"]) if "max_age" in parameters else None,
        login_hint=parameters.get("login_hint"),
        jkt=parameters.get("dpop_jkt"),
    )


def redirection(at: Answerable, issuer: str, answer: Mapping[str, str]) -> str:
    """The address that a person is sent to, with the answer for the app."""
    # RFC 9207 §2: "authorization servers [...] MUST include the iss parameter", in refusals too.
    sent: dict[str, Any] = {**answer, "iss": issuer}
    if at.state is not None:
        sent["state"] = at.state
    joint = "&" if urlsplit(at.redirect_uri).query else "?"
    return f"{at.redirect_uri}{joint}{urlencode(sent)}"


def _scopes(parameters: Parameters, app: App) -> tuple[str, ...]:
    # Solid-OIDC §6 #webid-scope: without `webid` a token would be good for nothing here.
    asked = {*parameters["scope"].split(), "webid"}
    if "offline_access" in asked and not app.may_refresh:
        asked.discard("offline_access")
    if app.scopes is not None:
        asked &= app.scopes | {"webid"}
    return tuple(scope for scope in KNOWN_SCOPES if scope in asked)


def _requests_are_not_objects(parameters: Parameters, _app: App) -> None:
    for name in ("request", "request_uri"):
        if name in parameters:
            # OpenID Connect Core §3.1.2.6
            raise OAuthError(f"{name}_not_supported", f"send no `{name}`")


def _response_is_a_code(parameters: Parameters, _app: App) -> None:
    if "response_type" not in parameters:
        raise OAuthError("invalid_request", "say that a code is wanted: `response_type=code`")
    if parameters["response_type"] != "code":
        raise OAuthError("unsupported_response_type", "only codes are given: `response_type=code`")
    if parameters.get("response_mode", "query") != "query":
        raise OAuthError("invalid_request", "answers come in the query of `redirect_uri` only")


def _scope_has_openid(parameters: Parameters, _app: App) -> None:
    # OpenID Connect Core §3.1.2.1: "OpenID Connect requests MUST contain the openid scope value."
    if "openid" not in parameters.get("scope", "").split():
        raise OAuthError("invalid_scope", "ask for the scope `openid`")


def _challenge_is_s256(parameters: Parameters, _app: App) -> None:
    # OP-01, RFC 9700 §2.1.1: everybody proves that who gets the code is who asked for it.
    if "code_challenge" not in parameters:
        raise OAuthError("invalid_request", "send a `code_challenge` (RFC 7636)")
    # RFC 7636 §4.3: "defaults to "plain" if not present".
    if parameters.get("code_challenge_method", "plain") != "S256":
        raise OAuthError("invalid_request", "send `code_challenge_method=S256`")
    if not is_challenge(parameters["code_challenge"]):
        raise OAuthError("invalid_request", "the `code_challenge` is no SHA-256 in base64url")


def _prompt_makes_sense(parameters: Parameters, _app: App) -> None:
    prompts = frozenset(parameters.get("prompt", "").split())
    # §3.1.2.1: "If this parameter contains none with any other value, an error is returned."
    if not prompts <= PROMPTS or ("none" in prompts and len(prompts) > 1):
        raise OAuthError("invalid_request", "the `prompt` is not one that can be followed")


def _age_is_a_number(parameters: Parameters, _app: App) -> None:
    age = parameters.get("max_age", "0")
    if not (age.isascii() and age.isdigit()) or len(age) > 9:
        raise OAuthError("invalid_request", "`max_age` must be a number of seconds")


def _key_is_a_thumbprint(parameters: Parameters, _app: App) -> None:
    if "dpop_jkt" in parameters and not is_challenge(parameters["dpop_jkt"]):
        raise OAuthError("invalid_request", "the `dpop_jkt` is no SHA-256 thumbprint")


_CHECKS: tuple[Callable[[Parameters, App], None], ...] = (
    _requests_are_not_objects,
    _response_is_a_code,
    _scope_has_openid,
    _challenge_is_s256,
    _prompt_makes_sense,
    _age_is_a_number,
    _key_is_a_thumbprint,
)
