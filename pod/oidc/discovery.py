"""What the issuer says of itself (OpenID Connect Discovery §3, RFC 8414 §2)."""

from pod.oidc.authorization import KNOWN_SCOPES
from pod.oidc.jws import ALGORITHMS
from pod.oidc.keys import SIGNING_ALGORITHMS
from pod.oidc.registration import METHODS
from pod.oidc.token_request import GRANTS


def token_endpoint(base: str) -> str:
    return base + ".oidc/token"


def openid_configuration(base: str) -> dict[str, str | bool | list[str]]:
    """The document at `.well-known/openid-configuration`. `base` ends in a slash and is the
    issuer: the very text that tokens and WebID documents name.
    """
    secret_methods = [method for method in METHODS if method != "none"]
    return {
        "issuer": base,
        "authorization_endpoint": base + ".oidc/auth",
        "token_endpoint": token_endpoint(base),
        "jwks_uri": base + ".oidc/jwks",
        "registration_endpoint": base + ".oidc/reg",
        "end_session_endpoint": base + ".oidc/session/end",
        "revocation_endpoint": base + ".oidc/token/revocation",
        "introspection_endpoint": base + ".oidc/token/introspection",
        # Solid-OIDC §13: "MUST advertise it ... with webid in scopes_supported".
        "scopes_supported": list(KNOWN_SCOPES),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": list(GRANTS),
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": list(SIGNING_ALGORITHMS),
        "token_endpoint_auth_methods_supported": list(METHODS),
        "revocation_endpoint_auth_methods_supported": list(METHODS),
        "introspection_endpoint_auth_methods_supported": secret_methods,
        "code_challenge_methods_supported": ["S256"],
        "prompt_values_supported": ["none", "login", "consent", "select_account"],
        "ui_locales_supported": ["en", "fr"],
        # RFC 9449 §5.1: the algorithms that proofs may be signed with.
        "dpop_signing_alg_values_supported": list(ALGORITHMS),
        "claims_supported": ["sub", "webid", "iss", "aud", "exp", "iat", "azp", "auth_time"],
        # RFC 9207 §3: each answer to an app says who it is from.
        "authorization_response_iss_parameter_supported": True,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
    }
