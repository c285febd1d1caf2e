"""Made-up health cards: what tests need of JWS and of SMART Health Cards."""

import json
import zlib
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from jwcrypto.jwk import JWK

KEY = ec.generate_private_key(ec.SECP256R1())
KID = JWK.from_pyca(KEY).thumbprint()
ISSUER = "https://vaccins.example/issuer"
KEYS = json.dumps({"keys": [{**json.loads(JWK.from_pyca(KEY).export_public()), "kid": KID}]})
HEADER = {"zip": "DEF", "alg": "ES256", "kid": KID}
CAMILLE = {"resourceType": "Patient", "name": [{"family": "Éluard"}], "birthDate": "1981-02-03"}


def vaccination(day="2021-05-04", code="207"):
    coding = [{"system": "http://hl7.org/fhir/sid/cvx", "code": code}]
    return {
        "resourceType": "Immunization",
        "status": "completed",
        "vaccineCode": {"coding": coding},
        "patient": {"reference": "resource:0"},
        "occurrenceDateTime": day,
        "performer": [{"actor": {"display": "Centre de vaccination de la Loire"}}],
        "lotNumber": "0000001",
    }


def payload(*resources, **more):
    entries = [
        {"fullUrl": f"resource:{n}", "resource": one}
        for n, one in enumerate((CAMILLE, *resources) if resources else (CAMILLE, vaccination()))
    ]
    types = ["https://smarthealth.cards#health-card", "https://smarthealth.cards#immunization"]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    subject = {"fhirVersion": "4.0.1", "fhirBundle": bundle}
    vc = {"type": types, "credentialSubject": subject}
    return {"iss": ISSUER, "nbf": 1622576398.924, "vc": vc, **more}


def deflated(content):
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packing.compress(content) + packing.flush()


def encoded(octets):
    return urlsafe_b64encode(octets).rstrip(b"=").decode()


def raw(signed, key=KEY):
    pair = decode_dss_signature(key.sign(signed, ec.ECDSA(hashes.SHA256())))
    return b"".join(number.to_bytes(32, "big") for number in pair)


def card(said=None, *, header=None, packed=None, sign=raw):
    """A card as a compact JWS; each part of it can be made otherwise."""
    if packed is None:
        packed = deflated(json.dumps(payload() if said is None else said).encode())
    signed = f"{encoded(json.dumps(HEADER | (header or {})).encode())}.{encoded(packed)}"
    return f"{signed}.{encoded(sign(signed.encode()))}"


def covered(token):
    return sha256(token.rpartition(".")[0].encode()).hexdigest()


def numeric(token, parts=1):
    """The texts of the QR codes of a card."""
    digits = "".join(f"{ord(letter) - 45:02}" for letter in token)
    if parts == 1:
        return [f"shc:/{digits}"]
    size = -(-len(digits) // parts // 2) * 2
    pieces = [digits[at : at + size] for at in range(0, len(digits), size)]
    return [f"shc:/{n}/{len(pieces)}/{piece}" for n, piece in enumerate(pieces, 1)]


def file(*tokens):
    return json.dumps({"verifiableCredential": tokens}, indent=1).encode()
