"""Made-up EU health passes: what tests need of base45, COSE and CWT."""

import zlib
from base64 import b64encode
from hashlib import sha256

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY = ec.generate_private_key(ec.SECP256R1())
P384 = ec.generate_private_key(ec.SECP384R1())
RSA = rsa.generate_private_key(65537, 2048)
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
PERSON = {"nam": {"fn": "Éluard", "gn": "Camille", "fnt": "ELUARD"}, "dob": "1981-02-03"}
VACCINATION = {
    "tg": "840539006",
    "vp": "1119349007",
    "mp": "EU/1/20/1528",
    "ma": "ORG-100030215",
    "dn": 2,
    "sd": 2,
    "dt": "2021-06-15",
    "co": "FR",
    "is": "CNAM",
    "ci": "URN:UVCI:01:FR:ABC#1",
}
TEST = {
    "tg": "840539006",
    "tt": "LP6464-4",
    "sc": "2021-07-01T08:30:00+02:00",
    "tr": "260415000",
    "tc": "Laboratoire du Port",
    "co": "FR",
    "is": "CNAM",
    "ci": "URN:UVCI:01:FR:ABC#2",
}
RECOVERY = {
    "tg": "840539006",
    "fr": "2021-01-10",
    "df": "2021-01-21",
    "du": "2021-07-10",
    "co": "FR",
    "is": "CNAM",
    "ci": "URN:UVCI:01:FR:ABC#3",
}


def der(private):
    return private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def kid(private):
    return sha256(der(private)).digest()[:8]


KEYS = {b64encode(kid(one)).decode(): b64encode(der(one)).decode() for one in (KEY, P384, RSA)}


def raw(signed, private=KEY):
    pair = decode_dss_signature(private.sign(signed, ec.ECDSA(hashes.SHA256())))
    return b"".join(number.to_bytes(private.key_size // 8, "big") for number in pair)


def pss(signed):
    return RSA.sign(signed, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())


def base45(octets):
    made = ""
    for at in range(0, len(octets), 2):
        pair = octets[at : at + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            value, digit = divmod(value, 45)
            made += _LETTERS[digit]
    return made


def text(content):
    return "HC1:" + base45(content)


def claims(**said):
    return {"ver": "1.3.0", **PERSON, **said}


def cwt(said=None, **more):
    said = claims(v=[VACCINATION]) if said is None else said
    return {1: "FR", 4: 1700000000, 6: 1624000000, -260: {1: said}, **more}


def cose(said=None, *, header=None, private=KEY, sign=raw, tag=18):
    """A COSE_Sign1; each part of it can be made otherwise."""
    protected = cbor2.dumps({1: -7, 4: kid(private)} if header is None else header)
    payload = cbor2.dumps(cwt() if said is None else said)
    signed = cbor2.dumps(["Signature1", protected, b"", payload])
    parts = [protected, {}, payload, sign(signed)]
    return cbor2.dumps(cbor2.CBORTag(tag, parts) if tag else parts)


def health_pass(*said, **more):
    return text(zlib.compress(cose(*said, **more)))
