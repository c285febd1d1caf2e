"""Proofs made for tests, with the key of a made-up issuer."""

import json
from hashlib import new

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwcrypto.jwk import JWK

from importers.education.canonical import canonical_json, canonical_rdf
from importers.education.contexts import CONTEXTS

ED25519 = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
P256 = ec.derive_private_key(2**200 + 1, ec.SECP256R1())
CREATED = "2024-07-01T10:00:00Z"


def base58(octets):
    number, text = int.from_bytes(octets, "big"), ""
    while number:
        number, place = divmod(number, 58)
        text = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[place] + text
    zeros = len(octets) - len(octets.lstrip(b"\0"))  # one signature of 256 begins with one
    return "z" + "1" * zeros + text


def multikey(private):
    public = private.public_key()
    if isinstance(public, ed25519.Ed25519PublicKey):
        return base58(b"\xed\x01" + public.public_bytes_raw())
    point = public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return base58(b"\x80\x24" + point)


def jwk(private=ED25519):
    return json.loads(JWK.from_pyca(private.public_key()).export_public())


def did_key(private=ED25519):
    return f"did:key:{multikey(private)}"


def signature(private, octets):
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return private.sign(octets)
    r, s = decode_dss_signature(private.sign(octets, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def proved(document, private=ED25519, suite="eddsa-rdfc-2022", **more):
    """A credential with a proof; `more` are members of the proof in the place of ours."""
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": CREATED,
        "verificationMethod": f"{did_key(private)}#{multikey(private)}",
        "proofPurpose": "assertionMethod",
    } | more
    said = options | {"@context": document["@context"]}
    texts = (
        (canonical_json(options), canonical_json(document))
        if "-jcs-" in suite
        else (canonical_rdf(said, CONTEXTS), canonical_rdf(document, CONTEXTS))
    )
    octets = b"".join(new("sha256", text).digest() for text in texts)
    return document | {"proof": options | {"proofValue": base58(signature(private, octets))}}
