"""The lists of keys by which signatures are verified, as texts that were given with an export.

An importer asks no network, so the keys of who signs come with the export, in its option `keys`.
Read are

- a JWK Set (RFC 7517 §5), as issuers publish it: `{"keys": [{"kid": …, "kty": …}]}`;
- such sets by issuer: `{"https://issuer.example": {"keys": […]}}`;
- the snapshot of a directory of SMART Health Card issuers:
  `{"issuerInfo": [{"issuer": {"iss": …}, "keys": […]}]}`;
- certificates or public keys in base64 by key identifier: `{"xxxxxxxxxxx=": "MII…"}`.
"""

import binascii
import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from importers.contract import Option, Options, Problem
from importers.signatures import VerifyingKey, holds, key_of_der, key_of_jwk

_UNREADABLE = Problem(
    "option keys",
    "this is no list of keys that is read, so no signature is verified with it: give a JWK Set,"
    " `--option keys=@FILE`",
    row=False,
)
_STANDARD_TO_URL = str.maketrans("+/", "-_", "=")


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A key and whose it is: the IRI of its issuer, "" where the list does not say."""

    key: VerifyingKey
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys that were given, by their identifier."""

    keys: Mapping[str, tuple[TrustedKey, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def of(self, kid: str, issuer: str = "") -> tuple[VerifyingKey, ...]:
        """The keys of this identifier, in base64 of either alphabet, that are not of another."""
        found = self.keys.get(_plain(kid), ())
        return tuple(one.key for one in found if not one.issuer or one.issuer == issuer)


def trust_of(options: Options) -> Trust:
    """The keys that came with an export; a list that cannot be read is a problem of it."""
    text = options.values.get(KEYS.name)
    if text is None:
        return Trust()
    try:
        found = _listed_keys(text)
    except ValueError:
        return Trust(problems=(_UNREADABLE,))
    by_kid: dict[str, tuple[TrustedKey, ...]] = {}
    for kid, key in found:
        by_kid[kid] = (*by_kid.get(kid, ()), key)
    return Trust(by_kid)


def verified_by(
    keys: tuple[VerifyingKey, ...], algorithm: str, signature: bytes, signed: bytes
) -> VerifyingKey | None:
    """The first of the keys by which the signature is, None where it is by none of them."""
    return next((key for key in keys if holds(key, algorithm, signature, signed)), None)


def _keys(said: Any, issuer: str) -> Iterator[tuple[str, TrustedKey]]:
    """The keys of a list. One of a kind that is not known here is left out, like others' are."""
    if not isinstance(said, dict):
        return
    for one in _listed(said, "issuerInfo"):
        about = one.get("issuer")
        yield from _keys(one, str(about.get("iss", "")) if isinstance(about, dict) else "")
    for jwk in _listed(said, "keys"):
        yield from _key(jwk.get("kid"), jwk, issuer)
    for name, value in said.items():
        if isinstance(value, dict) and name.startswith("https://"):
            yield from _keys(value, name)
        elif isinstance(value, str):
            yield from _key(name, value, issuer)


def _listed(said: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    value = said.get(name)
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def _key(kid: object, value: dict[str, Any] | str, issuer: str) -> Iterator[tuple[str, TrustedKey]]:
    if not isinstance(kid, str):
        return
    try:
        key = key_of_jwk(value) if isinstance(value, dict) else key_of_der(b64decode(value))
    except (ValueError, binascii.Error):
        return
    yield _plain(kid), TrustedKey(key, issuer)


def _plain(kid: str) -> str:
    return kid.translate(_STANDARD_TO_URL)


def _listed_keys(text: str) -> tuple[tuple[str, TrustedKey], ...]:
    """The keys of a list, by their identifiers. Raises ValueError where it has none."""
    try:
        found = tuple(_keys(json.loads(text), issuer=""))
    except RecursionError as error:
        raise ValueError(_NO_KEYS) from error
    if not found:
        raise ValueError(_NO_KEYS)
    return found


_NO_KEYS: Final = "this is no list of keys"

KEYS: Final = Option(
    name="keys",
    fr="les clés de qui signe, pour vérifier les signatures",
    en="the keys of who signs, to verify signatures with",
    example="@FILE",
    read=_listed_keys,
)
