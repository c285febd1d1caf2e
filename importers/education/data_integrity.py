"""Proofs that stand in their credential: W3C Verifiable Credential Data Integrity 1.0.

https://www.w3.org/TR/vc-data-integrity/, https://www.w3.org/TR/vc-di-eddsa/ and
https://www.w3.org/TR/vc-di-ecdsa/: eddsa-rdfc-2022, eddsa-jcs-2022, ecdsa-rdfc-2019 and
ecdsa-jcs-2019, and Ed25519Signature2020, which came before them. Proofs that disclose a part
(ecdsa-sd-2023, bbs-2023) are not verified.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import new, sha256
from types import MappingProxyType
from typing import Any, Final

from importers.attestation import Attestation, Standing
from importers.did import base58, key_of_did, key_of_multikey
from importers.education.canonical import canonical_json, canonical_rdf
from importers.education.contexts import CONTEXTS
from importers.education.proof import OWN_KEY, UNKNOWN, Proof, time_said
from importers.education.wording import identifier, objects, types
from importers.signatures import VerifyingKey, holds, key_of_jwk
from importers.trust import Trust, verified_by

DATA_INTEGRITY: Final = "https://www.w3.org/TR/vc-data-integrity/"

_TYPE: Final = "DataIntegrityProof"
_UNVERIFIED: Final = "the proof could not be verified, because {}: it is kept as not verified"
_NO_SUITE: Final = "proofs of the kind `{}` are not verified here"
_NO_PURPOSE: Final = "it was not made to assert what the credential says"


@dataclass(frozen=True, slots=True)
class Suite:
    """How the proofs of a kind are made: over canonical JSON or RDF, by keys of which family."""

    is_json: bool
    is_ecdsa: bool

    def strength(self, signature: bytes) -> tuple[str, str]:
        """The hash function, and the algorithm by its name in JOSE.

        vc-di-ecdsa §3.2.3: SHA-384 with P-384, SHA-256 with P-256. A signature by P-384 has 96
        octets.
        """
        if not self.is_ecdsa:
            return "sha256", "EdDSA"
        return ("sha384", "ES384") if len(signature) == 96 else ("sha256", "ES256")


_SUITES: Final[Mapping[str, Suite]] = MappingProxyType(
    {
        "eddsa-rdfc-2022": Suite(is_json=False, is_ecdsa=False),
        "eddsa-2022": Suite(is_json=False, is_ecdsa=False),  # its name in drafts
        "eddsa-jcs-2022": Suite(is_json=True, is_ecdsa=False),
        "ecdsa-rdfc-2019": Suite(is_json=False, is_ecdsa=True),
        "ecdsa-jcs-2019": Suite(is_json=True, is_ecdsa=True),
        "Ed25519Signature2020": Suite(is_json=False, is_ecdsa=False),
    }
)


def proofs_of(
    node: Mapping[str, Any], trust: Trust, contexts: Mapping[str, object] = CONTEXTS
) -> tuple[Proof, ...]:
    """What becomes of each proof of a credential (Data Integrity §4.5, proof sets and chains)."""
    found = objects(node.get("proof"))
    return tuple(_proof(_Signed(node, one, found, contexts), trust) for one in found)


@dataclass(frozen=True, slots=True)
class _Signed:
    """A proof and what it is a proof of."""

    node: Mapping[str, Any]
    proof: Mapping[str, Any]
    beside: Sequence[Mapping[str, Any]]
    contexts: Mapping[str, object]

    @property
    def kind(self) -> str:
        name = self.proof.get("type")
        found = self.proof.get("cryptosuite") if name == _TYPE else name
        return found if isinstance(found, str) and found else "unknown"

    @property
    def suite(self) -> Suite:
        """Raises ValueError for one that is not known here."""
        if self.kind not in _SUITES:
            raise ValueError(_NO_SUITE.format(self.kind))
        return _SUITES[self.kind]

    @property
    def issuer(self) -> str:
        found = self.node.get("issuer", self.node.get("holder"))
        named = found.get("id") if isinstance(found, dict) else found
        return named if isinstance(named, str) else ""

    @property
    def signature(self) -> bytes:
        """b"" where there is none that can be read, which never holds."""
        value = self.proof.get("proofValue")
        try:
            return base58(value) if isinstance(value, str) else b""
        except ValueError:
            return b""

    @property
    def document(self) -> dict[str, Any]:
        """The credential without its proofs, but for those that this one was made after."""
        bare = {name: value for name, value in self.node.items() if name != "proof"}
        before = self.proof.get("previousProof", [])
        named = before if isinstance(before, list) else [before]
        earlier = [dict(one) for name in named for one in self.beside if one.get("id") == name]
        return bare | ({"proof": earlier} if named else {})

    def octets(self) -> bytes:
        """The hashes of the proof's own members and of the document. Raises ValueError."""
        suite = self.suite
        hashing, _ = suite.strength(self.signature)
        options = {name: value for name, value in self.proof.items() if name != "proofValue"}
        document = self.document
        if suite.is_json:
            document |= _as_signed(document.get("@context"), options.get("@context"))
            texts = (canonical_json(options), canonical_json(document))
        else:
            options["@context"] = document.get("@context")
            texts = (
                canonical_rdf(options, self.contexts, hashing),
                canonical_rdf(document, self.contexts, hashing),
            )
        return b"".join(new(hashing, text).digest() for text in texts)


def _as_signed(contexts: object, own: object) -> dict[str, object]:
    """The `@context` that the proof was made with, where the document's begins with it.

    vc-di-eddsa §3.3.2: whoever holds the credential may add contexts behind those of the proof.
    """
    several = contexts if isinstance(contexts, list) else [contexts]
    first = own if isinstance(own, list) else [own]
    return {"@context": own} if own is not None and several[: len(first)] == first else {}


def _proof(signed: _Signed, trust: Trust) -> Proof:
    try:
        octets = signed.octets()
        if signed.proof.get("proofPurpose") not in _purposes(signed.node):
            raise ValueError(_NO_PURPOSE)  # noqa: TRY301 - said like what else is missing
    except ValueError as error:
        attestation = _attestation(signed, _as_json(signed.node), Standing.UNKNOWN_KEY, None)
        return Proof(attestation, _UNVERIFIED.format(error))
    method = _Method.of(signed.proof.get("verificationMethod"))
    _, algorithm = signed.suite.strength(signed.signature)
    stated = trust.of(method.name, signed.issuer)
    known = (*stated, *trust.of(method.fragment, method.controller))
    own = method.own_key()
    key = verified_by(known, algorithm, signed.signature, octets) or own
    standing = Standing.VERIFIED
    if key is None:
        standing = Standing.INVALID if stated else Standing.UNKNOWN_KEY
    elif key is own and not holds(own, algorithm, signed.signature, octets):
        standing = Standing.INVALID
    is_strange = (
        key is not None
        and key is own
        and not method.is_key_of(signed.issuer)
        and not trust.has(key, signed.issuer)
    )
    return Proof(
        _attestation(signed, octets, standing, key),
        UNKNOWN,
        OWN_KEY if is_strange and standing is Standing.VERIFIED else "",
    )


def _purposes(node: Mapping[str, Any]) -> tuple[str, ...]:
    """Data Integrity §2.1: what a proof may be made for, in a credential and a presentation."""
    is_shown = "VerifiablePresentation" in types(dict(node))
    return ("assertionMethod", *(("authentication",) if is_shown else ()))


@dataclass(frozen=True, slots=True)
class _Method:
    """A verification method: its IRI, and the object that stands in its place, {} without one."""

    name: str
    members: Mapping[str, Any]

    @classmethod
    def of(cls, value: object) -> "_Method":
        if isinstance(value, dict):
            return cls(identifier(value), value)
        return cls(value if isinstance(value, str) else "", {})

    @property
    def controller(self) -> str:
        return self.name.partition("#")[0]

    @property
    def fragment(self) -> str:
        return self.name.partition("#")[2]

    def is_key_of(self, issuer: str) -> bool:
        """Whether the issuer is itself the key: any other IRI only says that it has one."""
        return issuer == self.controller and issuer.startswith(("did:key:", "did:jwk:"))

    def own_key(self) -> VerifyingKey | None:
        """The key that the proof brings with it: in an object, or in the IRI itself."""
        multikey = self.members.get("publicKeyMultibase", self.fragment)
        jwk = self.members.get("publicKeyJwk")
        try:
            if isinstance(jwk, dict):
                return key_of_jwk(jwk)
            return key_of_did(self.name) or key_of_multikey(str(multikey))
        except ValueError:
            return None


def _as_json(node: Mapping[str, Any]) -> bytes:
    """What stands for the octets that are covered where they cannot be worked out."""
    bare = {name: value for name, value in node.items() if name != "proof"}
    said = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return said.encode("utf-8", "surrogatepass")


def _attestation(
    signed: _Signed, octets: bytes, standing: Standing, key: VerifyingKey | None
) -> Attestation:
    return Attestation(
        mechanism=DATA_INTEGRITY,
        standing=standing,
        covered=sha256(octets).hexdigest(),
        algorithm=signed.kind,
        key=key.fingerprint if key else "",
        issuer=signed.issuer,
        at=time_said(signed.proof.get("created")),
        until=time_said(signed.proof.get("expires")),
    )
