"""What other issuers publish, and whom a WebID document lets speak for it."""

import json
from collections.abc import Iterator
from typing import Any

from pod.oidc.jws import ALGORITHMS, PublicKey, Unsound, public_key
from vocab.graph import Graph, NamedNode, objects
from vocab.names import SOLID

ACCEPT = "application/json"
_MOST_KEYS = 50


def configuration_address(issuer: str) -> str:
    """Where an issuer says what it is (OpenID Connect Discovery §4)."""
    # "any terminating / MUST be removed before appending /.well-known/openid-configuration".
    return issuer.removesuffix("/") + "/.well-known/openid-configuration"


def read_configuration(body: bytes, issuer: str) -> str:
    """The address of an issuer's keys, from its configuration. Raises ValueError."""
    configuration = json.loads(body)
    if not isinstance(configuration, dict):
        raise Unsound("the configuration of its issuer is not a JSON object")
    # OpenID Connect Discovery §4.3: "The issuer value returned MUST be identical to the Issuer
    # URL that was used".
    if configuration.get("issuer") != issuer:
        raise Unsound("its issuer is not the one it names")
    address = configuration.get("jwks_uri")
    if not isinstance(address, str):
        raise Unsound("its issuer publishes no keys")
    return address


def read_keys(body: bytes) -> tuple[PublicKey, ...]:
    """The keys of a set (RFC 7517 §5), each with each algorithm it is for. Raises ValueError."""
    members = json.loads(body)
    listed = members.get("keys") if isinstance(members, dict) else None
    if not isinstance(listed, list) or len(listed) > _MOST_KEYS:
        raise Unsound("the keys of its issuer cannot be read")
    # §5: "Implementations SHOULD ignore JWKs within a JWK Set that use "kty" [...] values that are
    # not understood by them, that are missing required members, or for which values are out of
    # the supported ranges."
    return tuple(key for jwk in listed if isinstance(jwk, dict) for key in _keys(jwk))


def vouches(profile: Graph, webid: str, issuer: str) -> bool:
    """Whether a WebID's own document names an issuer, letter by letter."""
    # Solid-OIDC §8.1: "MUST be checked against the list of solid:oidcIssuer in the WebID
    # Document"; no other document counts.
    named = objects(profile, NamedNode(webid), NamedNode(SOLID.oidcIssuer))
    return NamedNode(issuer) in set(named)


def _keys(jwk: dict[str, Any]) -> Iterator[PublicKey]:
    # RFC 7517 §4.2: a key that is "enc" signs nothing.
    if jwk.get("use", "sig") != "sig":
        return
    kid = jwk.get("kid", "")
    for algorithm in ALGORITHMS if "alg" not in jwk else (jwk["alg"],):
        try:
            key = public_key(jwk, str(algorithm))
        except Unsound:
            continue
        yield PublicKey(str(kid), key.algorithm, key.verify)
