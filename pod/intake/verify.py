"""Whether an envelope is the holder's: the key in its profile, and the signature under that key."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cryptography.exceptions import InvalidSignature

from acl.model import Agent
from pod.intake.digest import same_content
from pod.intake.envelope import Envelope
from pod.intake.holder_key import PublicKey, public_key
from pod.once import Kind
from pod.problems import Unauthenticated
from vocab.graph import Graph, Literal, NamedNode, objects
from vocab.names import SEC

WINDOW = timedelta(seconds=300)
"""How far a holder's clock may be from ours, either way."""

DEPOSITS: Final = Kind(name="deposits", past=3600, ahead=300, stretch=600)
"""Each deposit is taken once. Its body comes after its signature was checked, for up to an hour."""


def key_of(profile: Graph, webid: str, keyid: str, now: datetime) -> PublicKey:
    """The key that a holder's profile gives it.

    The profile says `<webid> sec:assertionMethod <keyid>` (or `sec:verificationMethod`), and of
    the key `sec:controller <webid>` and `sec:publicKeyJwk`, a JSON text. A key that is past its
    `sec:expiration` or `sec:revoked` is none. Raises Unauthenticated.
    """
    holder, key = NamedNode(webid), NamedNode(keyid)
    methods = {*objects(profile, holder, NamedNode(SEC.assertionMethod))}
    methods |= {*objects(profile, holder, NamedNode(SEC.verificationMethod))}
    # CID 1.0 §2.2: both ways, so that nobody can claim a key that another document describes.
    if key not in methods or holder not in objects(profile, key, NamedNode(SEC.controller)):
        raise _refusal("the holder's profile does not name this key as its own")
    ends = _texts(profile, key, SEC.expiration) + _texts(profile, key, SEC.revoked)
    if any(_is_past(end, now) for end in ends):
        raise _refusal("the key has ended; sign with one that holds")
    published = _texts(profile, key, SEC.publicKeyJwk)
    if len(published) != 1:
        raise _refusal("the holder's profile must give the key one `sec:publicKeyJwk`")
    try:
        return public_key(_members(published[0]))
    except ValueError as error:
        raise _refusal(str(error)) from error


def verify(
    envelope: Envelope, key: PublicKey, digests: Mapping[str, bytes], now: datetime
) -> Agent:
    """The holder, when the signature is its own, is of now, and is over this very body.

    `digests` are those of the body that came in. What is left to ask is whether the envelope's
    mark is seen for the first time. Raises Unauthenticated.
    """
    parameters = envelope.signature.parameters
    # RFC 9421 §3.2 (6): the algorithm is the key's; one that is named must be the same.
    if parameters.get("alg", key.algorithm) != key.algorithm:
        raise _refusal(f"sign with `{key.algorithm}`, which is what the key is for")
    if not _is_now(parameters, now):
        raise _refusal("`created` must be the time now in seconds, and `expires` later")
    try:
        key.verify(envelope.signature.value, envelope.signature.base)
    except InvalidSignature as error:
        raise _refusal("the signature does not fit the request and the holder's key") from error
    verify_content(envelope, digests)
    return Agent(webid=envelope.holder)


def verify_content(envelope: Envelope, digests: Mapping[str, bytes]) -> None:
    """Whether the body that came in, of which these are digests, is the one that was signed.

    Raises Unauthenticated.
    """
    if not envelope.digests.keys() & digests.keys():
        raise _refusal("add the `sha-256` of the body to Content-Digest")
    if not same_content(envelope.digests, digests):
        raise _refusal("the body is not the one that was signed")


def _refusal(message: str) -> Unauthenticated:
    return Unauthenticated(message, "invalid_signature")


def _is_now(parameters: Mapping[str, object], now: datetime) -> bool:
    created, seconds = parameters.get("created"), now.timestamp()
    # RFC 9421 §2.3: "expires: ... UNIX timestamp value ... Sub-second precision is not supported."
    expires = parameters.get("expires", seconds + 1)
    if not isinstance(created, int) or not isinstance(expires, int | float):
        return False
    return abs(created - seconds) <= WINDOW.total_seconds() and seconds < expires


def _is_past(text: str, now: datetime) -> bool:
    try:
        end = datetime.fromisoformat(text)
    except ValueError:
        # What cannot be read may well mean that the key is withdrawn.
        return True
    return (end if end.tzinfo else end.replace(tzinfo=UTC)) <= now


def _members(text: str) -> dict[str, Any]:
    try:
        members = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError("the key in the holder's profile is no JSON") from error
    if not isinstance(members, dict):
        raise ValueError("the key in the holder's profile is no JSON object")  # noqa: TRY004 -- its
    return members


def _texts(graph: Graph, subject: NamedNode, predicate: str) -> list[str]:
    found = objects(graph, subject, NamedNode(predicate))
    return [term.value for term in found if isinstance(term, Literal)]
