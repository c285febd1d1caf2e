"""The holder's side: its key, its profile, and the headers of a signed deposit.

What `pod holder` runs at an organisation that has no library of its own for this. docs/deposit.md
says the same in words, for those who would rather write it themselves.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urldefrag

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwcrypto.jwk import JWK

from pod.intake.digest import write_content_digest
from pod.intake.envelope import HOLDER_HEADER, REQUIRED, TAG
from pod.intake.holder_key import private_key
from pod.intake.signature import Message, sign
from vocab.graph import Literal, NamedNode
from vocab.names import FOAF, RDF, SEC

RANDOM_BYTES = 32

_PUBLIC = ("kty", "crv", "x", "y", "n", "e")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """An export that is to be handed over: where to, by whom, and what it is.

    `url` is the pod's deposit endpoint, `webid` the holder's, `digest` the SHA-256 of the export.
    """

    url: str
    webid: str
    filename: str
    media_type: str
    digest: bytes


def keygen(random: bytes) -> dict[str, str]:
    """A private JWK on Ed25519 from `RANDOM_BYTES` random bytes. `kid` is its thumbprint."""
    jwk = JWK.from_pyca(Ed25519PrivateKey.from_private_bytes(random))
    members: dict[str, str] = json.loads(jwk.export_private())
    return {**members, "kid": str(jwk.thumbprint())}


def key_iri(webid: str, jwk: Mapping[str, Any]) -> str:
    """What the key is called: its `kid`, in the document of the WebID."""
    return f"{urldefrag(webid).url}#{jwk['kid']}"


def profile(webid: str, name: str, jwk: Mapping[str, Any]) -> str:
    """The holder's profile in Turtle, with the public half of the key: to be served at the WebID.

    Raises ValueError when the WebID is no IRI.
    """
    public = json.dumps({member: jwk[member] for member in _PUBLIC if member in jwk})
    holder, key = NamedNode(webid), NamedNode(key_iri(webid, jwk))
    return f"""\
@prefix foaf: <{FOAF.NS}> .
@prefix rdf: <{RDF.NS}> .
@prefix sec: <{SEC.NS}> .

{holder} a foaf:Organization ;
    foaf:name {Literal(name)} ;
    sec:assertionMethod {key} .

{key} a sec:JsonWebKey ;
    sec:controller {holder} ;
    sec:publicKeyJwk {Literal(public)}^^rdf:JSON .
"""


def signed_request(
    deposit: Deposit, jwk: Mapping[str, Any], nonce: str, now: datetime
) -> dict[str, str]:
    """The headers of the POST that hands the export over; its body is the export as it is.

    `nonce` is a random text, new for each request. Raises ValueError.
    """
    headers = {
        "Content-Type": deposit.media_type,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(deposit.filename, safe='')}",
        "Content-Digest": write_content_digest({"sha-256": deposit.digest}),
        HOLDER_HEADER: deposit.webid,
    }
    message = Message(
        method="POST",
        url=deposit.url,
        headers={name.lower(): value for name, value in headers.items()},
    )
    parameters = (
        ("created", int(now.timestamp())),
        ("keyid", key_iri(deposit.webid, jwk)),
        ("nonce", nonce),
        ("tag", TAG),
    )
    covered = (*REQUIRED, "content-disposition")
    return headers | sign(message, covered, parameters, private_key(jwk))
