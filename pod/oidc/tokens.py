"""What the issuer says of somebody: access tokens (RFC 9068 style) and ID tokens (Solid-OIDC §8).

Both carry the WebID and are bound to the key of a DPoP proof; both are good for a resource, and
what today's clients send there is the access token.
"""

import json
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote, unquote

from cryptography.exceptions import InvalidSignature
from jwcrypto.jws import JWS

from pod.jws import decode
from pod.oidc.jws import PublicKey, Unsound
from pod.oidc.keys import SigningKey
from pod.problems import Unauthenticated

AUDIENCE = "solid"
_CLIENTS = ".oidc/clients/"
_LEEWAY = timedelta(seconds=60)
_OLDEST = timedelta(hours=24)
_LAST = datetime.max.replace(tzinfo=UTC).timestamp()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuance:
    """What a token shall say: who vouches (exactly, with the final slash) for whom, through which
    client, bound to the thumbprint of which key, for what, and from when on. `jti` is random.
    Without `jkt` it is bound to no key. `epoch` is that of the pod which the WebID is in, None for
    one elsewhere: a name that is given away and taken again is another person's, and her tokens
    are others. `family` names the sign-in that it came of, `signed_in` is when that was (UTC), and
    `nonce` is what the app sent with it; None for a script.
    """

    issuer: str
    webid: str
    client: str
    jkt: str | None
    scopes: tuple[str, ...]
    jti: str
    epoch: str | None
    now: datetime
    lifetime: timedelta
    family: str | None = None
    signed_in: datetime | None = None
    nonce: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token that holds. `client` is the IRI by which access rules name the client; `expires` is
    in UTC; `hash` is the `ath` of proofs that go with it; `marks` are what it may be revoked by.
    """

    webid: str
    client: str | None
    issuer: str
    jkt: str | None
    epoch: str | None
    expires: datetime
    hash: str
    marks: tuple[str, ...] = ()


class TokenCache:
    """Tokens that were verified, by their text, until they end; a bounded number of them."""

    def __init__(self, limit: int = 4096) -> None:
        self._limit = limit
        self._tokens: OrderedDict[str, Token] = OrderedDict()

    def find(self, text: str, now: datetime) -> Token | None:
        token = self._tokens.get(text)
        if token is None or token.expires <= now:
            self._tokens.pop(text, None)
            return None
        self._tokens.move_to_end(text)
        return token

    def keep(self, text: str, token: Token) -> None:
        self._tokens[text] = token
        if len(self._tokens) > self._limit:
            self._tokens.popitem(last=False)


def access_token(given: Issuance, key: SigningKey) -> str:
    """A signed JWT for a resource server."""
    # RFC 9068 §2.1: "typ ... at+jwt"; §2.2: iss, exp, aud, sub, client_id, iat, jti.
    claims = {"aud": AUDIENCE, "client_id": given.client, "scope": " ".join(given.scopes)}
    return _signed("at+jwt", _claims(given) | claims, key)


def id_token(given: Issuance, key: SigningKey, beside: str | None = None) -> str:
    """A signed JWT for the client itself, which an authorisation server accepts too; `beside` is
    the access token that is given with it, if one is.
    """
    # Solid-OIDC §8 #tokens-id: "aud: MUST be an array including the client and the string solid".
    claims: dict[str, Any] = {"aud": [given.client, AUDIENCE], "azp": given.client}
    # OpenID Connect Core §3.1.3.6: "the base64url encoding of the left-most half of the hash".
    if beside is not None:
        half = sha256(beside.encode("ascii")).digest()[:16]
        claims["at_hash"] = urlsafe_b64encode(half).rstrip(b"=").decode()
    if given.nonce is not None:
        claims["nonce"] = given.nonce
    if given.signed_in is not None:
        claims["auth_time"] = int(given.signed_in.timestamp())
    return _signed("JWT", _claims(given) | claims, key)


def verify_token(text: str, keys: Iterable[PublicKey], issuer: str, now: datetime) -> Token:
    """What a token of this issuer says, once its signature, audience and times hold at `now`.

    Raises Unauthenticated.
    """
    try:
        claims = _verified(text, keys)
        return _token(text, claims, issuer, now)
    except InvalidSignature as error:
        raise _refusal("its signature does not fit the issuer's key") from error
    except Unsound as error:
        raise _refusal(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise _refusal("it cannot be read") from error


@dataclass(frozen=True, slots=True)
class Hint:
    """Of whom an ID token is that this issuer gave to a client, however long ago."""

    webid: str
    client: str


def read_hint(text: str, keys: Iterable[PublicKey], issuer: str) -> Hint:
    """What an ID token says that need not be good any more. Raises Unauthenticated."""
    try:
        claims = _verified(text, keys)
    except (InvalidSignature, ValueError, RecursionError) as error:
        raise _refusal("it is not one of this issuer") from error
    webid, client = _text(claims, "webid"), _text(claims, "azp")
    if claims.get("iss") != issuer or webid is None or client is None:
        raise _refusal("it is not an ID token of this issuer")
    return Hint(webid, client)


def named_issuer(text: str) -> str:
    """Who a token says has issued it: nothing is verified yet. Raises Unauthenticated."""
    try:
        claims = json.loads(decode(text.split(".")[1]))
        issuer = claims.get("iss") if isinstance(claims, dict) else None
    except (ValueError, IndexError, RecursionError) as error:
        raise _refusal("it cannot be read") from error
    if not isinstance(issuer, str):
        raise _refusal("it names no issuer")
    return issuer


def is_by_one_of(text: str, keys: Iterable[PublicKey]) -> bool:
    """Whether a token says that it is signed with one of these keys: nothing is verified yet."""
    try:
        header = json.loads(decode(text.partition(".")[0]))
    except (ValueError, RecursionError):
        return False
    return isinstance(header, dict) and any(key.kid == header.get("kid", "") for key in keys)


def token_hash(text: str) -> str:
    # RFC 9449 §4.2: "ath: The value MUST be the result of a base64url encoding the SHA-256 hash".
    return urlsafe_b64encode(sha256(text.encode("ascii")).digest()).rstrip(b"=").decode()


def client_iri(issuer: str, client: str) -> str:
    """The IRI by which `acl:client` names a client (WAC §4.4): its identifier where that is one, or
    else one below its issuer.
    """
    return client if ":" in client else f"{issuer}{_CLIENTS}{quote(client, safe='')}"


def client_ids(issuer: str, iri: str) -> tuple[str, ...]:
    """The identifiers of which each is a client that `client_iri` names so."""
    plain = unquote(iri.removeprefix(f"{issuer}{_CLIENTS}"))
    return (iri,) if ":" in plain else (iri, plain)


def _claims(given: Issuance) -> dict[str, Any]:
    issued = int(given.now.timestamp())
    return {
        "iss": given.issuer,
        "sub": given.webid,
        "webid": given.webid,
        "iat": issued,
        "exp": issued + int(given.lifetime.total_seconds()),
        "jti": given.jti,
        **({} if given.epoch is None else {"epoch": given.epoch}),
        **({} if given.family is None else {"sid": given.family}),
        **({} if given.jkt is None else {"cnf": {"jkt": given.jkt}}),
    }


def _signed(kind: str, claims: dict[str, Any], key: SigningKey) -> str:
    header = {"typ": kind, "alg": key.algorithm, "kid": key.kid}
    token = JWS(json.dumps(claims))
    token.add_signature(key.private, protected=json.dumps(header))
    return str(token.serialize(compact=True))


def _refusal(flaw: str) -> Unauthenticated:
    return Unauthenticated(f"ask for a new access token: {flaw}")


def _verified(text: str, keys: Iterable[PublicKey]) -> Mapping[str, Any]:
    signed, _, signature = text.rpartition(".")
    segment, _, payload = signed.partition(".")
    header = json.loads(decode(segment))
    if not isinstance(header, dict) or "crit" in header:
        raise Unsound("its header is not understood")
    named = header.get("kid", ""), header.get("alg")
    # RFC 8725 §3.1: the algorithm is that of the key, never what the token would like.
    key = next((key for key in keys if (key.kid, key.algorithm) == named), None)
    if key is None:
        raise Unsound("it is not signed with a key of the issuer")
    key.verify(decode(signature), signed.encode("ascii"))
    claims = json.loads(decode(payload))
    if not isinstance(claims, dict):
        raise Unsound("its payload is not a JSON object")
    return claims


def _token(text: str, claims: Mapping[str, Any], issuer: str, now: datetime) -> Token:
    audience, confirmation = claims.get("aud"), claims.get("cnf", {})
    if claims.get("iss") != issuer:
        raise Unsound("it is from another issuer")
    # Solid-OIDC §9: "the aud claim ... MUST include the string solid".
    if AUDIENCE not in (audience if isinstance(audience, list) else [audience]):
        raise Unsound("its audience does not include `solid`")
    expires, issued = _time(claims, "exp"), _time(claims, "iat")
    if expires <= now or max(issued, _time(claims, "nbf", now)) > now + _LEEWAY:
        raise Unsound("it has ended, or has not begun")
    if issued + _OLDEST <= now:
        raise Unsound("it is more than a day old")
    if not isinstance(confirmation, dict):
        raise Unsound("its `cnf` is not a JSON object")
    webid = _text(claims, "webid")
    client = _text(claims, "client_id") or _text(claims, "azp")
    marks = (_text(claims, "jti"), _text(claims, "sid"))
    if webid is None:
        raise Unsound("it names no WebID")
    return Token(
        webid=webid,
        client=client and client_iri(issuer, client),
        issuer=issuer,
        jkt=_text(confirmation, "jkt"),
        epoch=_text(claims, "epoch"),
        expires=expires,
        hash=token_hash(text),
        marks=tuple(mark for mark in marks if mark is not None),
    )


def _time(claims: Mapping[str, Any], name: str, absent: datetime | None = None) -> datetime:
    seconds = claims.get(name, None if absent is None else absent.timestamp())
    if not isinstance(seconds, int | float) or not 0 <= seconds < _LAST:
        raise Unsound(f"its `{name}` is no time in seconds")
    return datetime.fromtimestamp(seconds, UTC)


def _text(claims: Mapping[str, Any], name: str) -> str | None:
    value = claims.get(name)
    return value if isinstance(value, str) and value else None
