"""The lists of keys by which signatures are verified, as texts that were given.

An importer asks no network and reads no folder: the keys of who signs come with the export in its
option `keys`, or from the pod's folder of trusted keys, whose texts the core hands on to the
importers that have this option. Read are

- a JWK Set (RFC 7517 §5), as issuers publish it: `{"keys": [{"kid": …, "kty": …}]}`;
- such sets by issuer: `{"https://issuer.example": {"keys": […]}}`;
- the document of a DID or another controlled identifier, as `did:web` issuers publish it:
  `{"id": "did:web:…", "verificationMethod": […], "assertionMethod": […]}`;
- the snapshot of a directory of SMART Health Card issuers:
  `{"issuerInfo": [{"issuer": {"iss": …}, "keys": […]}]}`;
- certificates or public keys in base64 by key identifier: `{"xxxxxxxxxxx=": "MII…"}`, or as
  `{"certificates": [{"kid": "xxxxxxxxxxx=", "rawData": "MII…"}]}`;
- certificates and public keys in PEM, one or several; a certificate of an authority vouches for
  those that it signed.
"""

import binascii
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from importers.contract import Option, Options, Problem
from importers.did import key_of_multikey
from importers.signatures import VerifyingKey, holds, key_of_der, key_of_jwk

_UNREADABLE = (
    "this is no list of keys that is read, so no signature is verified with it: give a JWK Set, the"
    " document of a DID, or certificates in PEM"
)
_OPTION = "option keys"
_NO_KEYS: Final = "this is no list of keys"
_PEM = re.compile(r"-----BEGIN (CERTIFICATE|PUBLIC KEY)-----([A-Za-z0-9+/=\s]+)-----END \1-----")
_STANDARD_TO_URL = str.maketrans("+/", "-_", "=")


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A key and whose it is: the IRI of its issuer, "" where the list does not say."""

    key: VerifyingKey
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys that were given, by their identifier; `authorities` are the certificates in DER."""

    keys: Mapping[str, tuple[TrustedKey, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    authorities: tuple[bytes, ...] = ()

    def of(self, kid: str, issuer: str = "") -> tuple[VerifyingKey, ...]:
        """The keys of this identifier, in base64 of either alphabet, that are not of another."""
        found = self.keys.get(_plain(kid), ())
        return tuple(one.key for one in found if not one.issuer or one.issuer == issuer)

    def has(self, key: VerifyingKey, issuer: str = "") -> bool:
        """Whether a key was given, under whatever name, and not as that of another issuer."""
        every = (one for several in self.keys.values() for one in several)
        return any(one.key == key and one.issuer in {"", issuer} for one in every)


def trust_of(options: Options) -> Trust:
    """The keys that came with an export and those that are trusted for all.

    A list that cannot be read is a problem of it.
    """
    texts = dict(options.trusted)
    if KEYS.name in options.values:
        texts[_OPTION] = options.values[KEYS.name]
    by_kid: dict[str, tuple[TrustedKey, ...]] = {}
    problems: list[Problem] = []
    authorities = tuple(_certificates(texts.values()))
    for name, text in texts.items():
        try:
            found = _listed_keys(text)
        except ValueError:
            problems.append(Problem(name, _UNREADABLE, row=False))
            continue
        for kid, key in found:
            by_kid[kid] = (*by_kid.get(kid, ()), key)
    return Trust(by_kid, tuple(problems), authorities)


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
    for one in _listed(said, "certificates"):
        yield from _key(one.get("kid"), one.get("rawData"), issuer)
    yield from _controlled(said)
    for name, value in said.items():
        if isinstance(value, dict) and name.startswith(("https://", "did:")):
            yield from _keys(value, name)
        elif isinstance(value, str):
            yield from _key(name, value, issuer)


def _listed(said: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    value = said.get(name)
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def _controlled(said: Mapping[str, Any]) -> Iterator[tuple[str, TrustedKey]]:
    """The keys that a controlled identifier document lists to assert with.

    Controlled Identifiers 1.0 §2.3.2: its `assertionMethod` names them, or has them itself; where
    there is none, all of its keys are taken.
    """
    issuer = said.get("id")
    if not isinstance(issuer, str):
        return
    listed = said.get("assertionMethod")
    named = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else None
    for one in (*_listed(said, "verificationMethod"), *_listed(said, "assertionMethod")):
        kid = one.get("id")
        if named is None or kid in named or one in _listed(said, "assertionMethod"):
            value = one.get("publicKeyJwk", one.get("publicKeyMultibase"))
            whole = f"{issuer}{kid}" if str(kid).startswith("#") else kid
            yield from _key(whole, value, issuer)


def _certificates(texts: Iterable[str]) -> Iterator[bytes]:
    for found in (one for text in texts for one in _PEM.finditer(text)):
        if found[1] == "CERTIFICATE":
            with suppress(binascii.Error):
                yield b64decode("".join(found[2].split()))


def _in_pem(text: str) -> Iterator[tuple[str, TrustedKey]]:
    """Keys by the identifier that EU DCC gives a certificate: 8 octets of its SHA-256."""
    for found in _PEM.finditer(text):
        der = "".join(found[2].split())
        kid = b64encode(sha256(b64decode(der)).digest()[:8]).decode()
        yield from _key(kid, der, "")


def _key(kid: object, value: object, issuer: str) -> Iterator[tuple[str, TrustedKey]]:
    if not isinstance(kid, str) or not isinstance(value, dict | str):
        return
    try:
        key = _read(value)
    except (ValueError, binascii.Error):
        return
    yield _plain(kid), TrustedKey(key, issuer)


def _read(value: dict[str, Any] | str) -> VerifyingKey:
    if isinstance(value, dict):
        return key_of_jwk(value)
    return key_of_multikey(value) if value.startswith("z") else key_of_der(b64decode(value))


def _plain(kid: str) -> str:
    return kid.translate(_STANDARD_TO_URL)


def _listed_keys(text: str) -> tuple[tuple[str, TrustedKey], ...]:
    """The keys of a list, by their identifiers. Raises ValueError where it has none."""
    try:
        found = tuple(_in_pem(text)) or tuple(_keys(json.loads(text), issuer=""))
    except RecursionError as error:
        raise ValueError(_NO_KEYS) from error
    if not found:
        raise ValueError(_NO_KEYS)
    return found


KEYS: Final = Option(
    name="keys",
    fr="les clés de qui signe, pour vérifier les signatures",
    en="the keys of who signs, to verify signatures with",
    example="@FILE",
    read=_listed_keys,
)
