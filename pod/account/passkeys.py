"""Passkeys (Web Authentication Level 2): what a browser is asked, and what its answer proves.

One key is one factor of its own: its device asks for a finger, a face or a code before it signs.
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from pod.problems import Malformed

LONGEST_ANSWER = 16 * 1024
"""Bytes of what a browser may answer with."""

# What reading an answer may raise that was made up by somebody.
_UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, RecursionError)
_VERIFIED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """What is kept of a passkey: its id, its public key in COSE, and how often it has signed."""

    credential: str
    public_key: bytes
    signatures: int


@dataclass(frozen=True, slots=True)
class Party:
    """The server, as passkeys know it. `base` is its public address with its slash."""

    base: str

    @property
    def id(self) -> str:
        # Web Authentication §4 "RP ID": a host name, and keys are good for it alone.
        return urlsplit(self.base).hostname or ""

    @property
    def origin(self) -> str:
        return self.base.removesuffix("/")


def creation_options(
    party: Party, account: str, name: str, challenge: bytes, kept: Collection[str]
) -> str:
    """What a browser makes a passkey from, as JSON.

    `account` is the id that the key will say it is for; `name` is what the person sees; `kept`
    are the ids of keys that she has already.
    """
    made = generate_registration_options(
        rp_id=party.id,
        rp_name="Self Data",
        user_id=account.encode(),
        user_name=name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            # So that she is recognised without saying who she is.
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=_VERIFIED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(_decoded(each)) for each in kept],
    )
    return options_to_json(made)


def created(party: Party, answer: str, challenge: bytes) -> Passkey:
    """The passkey that a browser has made. Raises Malformed."""
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except _UNREADABLE as error:
        raise Malformed("this passkey cannot be used; try again, or use another device") from error
    return Passkey(
        credential=bytes_to_base64url(made.credential_id),
        public_key=made.credential_public_key,
        signatures=made.sign_count,
    )


def request_options(party: Party, challenge: bytes, allowed: Collection[str] = ()) -> str:
    """What a browser signs with a passkey, as JSON; with any of hers, or those that are allowed."""
    asked = generate_authentication_options(
        rp_id=party.id,
        challenge=challenge,
        allow_credentials=[PublicKeyCredentialDescriptor(_decoded(each)) for each in allowed],
        user_verification=_VERIFIED,
    )
    return options_to_json(asked)


def named(answer: str) -> str:
    """The id of the passkey that an answer says it is by; nothing is proven yet.

    Raises Malformed.
    """
    try:
        return bytes_to_base64url(parse_authentication_credential_json(answer).raw_id)
    except _UNREADABLE as error:
        raise Malformed("the browser's answer cannot be read; try again") from error


def challenge_in(answer: str) -> bytes:
    """The challenge that an answer says it is to: whether it was ours is looked up by it.

    Raises Malformed.
    """
    try:
        response: Any = json.loads(answer)["response"]
        client: Any = json.loads(_decoded(response["clientDataJSON"]))
        return _decoded(client["challenge"])
    except _UNREADABLE as error:
        raise Malformed("the browser's answer cannot be read; try again") from error


def proven(party: Party, answer: str, challenge: bytes, kept: Passkey) -> int:
    """How often the passkey has signed by now, when this answer is by it.

    Raises Malformed; also where it has signed less often than before, as only a copy would.
    """
    try:
        proof = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=kept.public_key,
            credential_current_sign_count=kept.signatures,
            require_user_verification=True,
        )
    except _UNREADABLE as error:
        raise Malformed("this passkey does not fit; try again, or sign in otherwise") from error
    return proof.new_sign_count


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
