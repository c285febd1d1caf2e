"""What the issuer says of itself (OpenID Connect Discovery §3, RFC 8414 §2): what is true now."""

from pod.oidc.jws import ALGORITHMS
from pod.oidc.keys import SIGNING_ALGORITHM


def token_endpoint(base: str) -> str:
    return base + ".oidc/token"


def authorization_endpoint(base: str) -> str:
    return base + ".oidc/auth"


def jwks_uri(base: str) -> str:
    return base + ".oidc/jwks"


def openid_configuration(base: str) -> dict[str, str | list[str]]:
    """The document at `.well-known/openid-configuration`. `base` ends in a slash and is the
    issuer: the very text that tokens and WebID documents name.
    """
    return {
        "issuer": base,
        # RFC 8414 §2: REQUIRED "unless no grant types are supported that use the authorization
        # endpoint"; clients in use want it all the same. It refuses every app by name.
        "authorization_endpoint": authorization_endpoint(base),
        "token_endpoint": token_endpoint(base),
        "jwks_uri": jwks_uri(base),
        # Solid-OIDC §13: "MUST advertise it ... with webid in scopes_supported".
        "scopes_supported": ["openid", "webid"],
        # REQUIRED by both, and empty as long as no app can be known that signs in with a browser.
        "response_types_supported": [],
        # Solid-OIDC #client-credentials: to be listed where it is supported.
        "grant_types_supported": ["client_credentials"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [SIGNING_ALGORITHM],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        # RFC 9449 §5.1: the algorithms that proofs may be signed with.
        "dpop_signing_alg_values_supported": list(ALGORITHMS),
        "claims_supported": ["sub", "webid", "iss", "aud", "exp", "iat", "azp"],
    }
