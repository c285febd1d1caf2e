"""The test cases of RFC 9421, Appendix B.2, that fit the profile."""

from base64 import b64decode

import pytest
from cryptography.exceptions import InvalidSignature

from pod.intake.holder_key import private_key, public_key
from pod.intake.signature import Message, sign, signature_base
from pod.intake.structured import InnerList, read_dictionary

# RFC 9421 §B.1: the keys, which the RFC published for tests.
ED25519 = {"kty": "OKP", "crv": "Ed25519", "x": "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"}
ED25519_PRIVATE = ED25519 | {"d": "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"}
P256 = {
    "kty": "EC",
    "crv": "P-256",
    "x": "qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA",
    "y": "Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0",
}
RSA = {
    "kty": "RSA",
    "e": "AQAB",
    "n": (
        "r4tmm3r20Wd_PbqvP1s2-QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct-Lh1GH45x28Rw3Ry53mm-oAXj"
        "yQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHqgDsznjPFmTOtCEcN2Z1FpWgchwuY"
        "LPL-Wokqltd11nqqzi-bJ9cvSKADYdUAAN5WUtzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqc"
        "O0GVAdVw9lq4aOT9v6d-nb4bnNkQVklLQ3fVAvJm-xdDOp9LCNCN48V2pnDOkFV6-U9nV5oyc6XI2w"
    ),
}

# RFC 9421 §B.2: test-request.
REQUEST = Message(
    method="POST",
    url="https://example.com/foo?param=Value&Pet=dog",
    headers={
        "host": "example.com",
        "date": "Tue, 20 Apr 2021 02:07:55 GMT",
        "content-type": "application/json",
        "content-digest": (
            "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm"
            "+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:"
        ),
        "content-length": "18",
    },
)

B23_INPUT = (
    '("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" '
    '"content-length");created=1618884473;keyid="test-key-rsa-pss"'
)
B23_SIGNATURE = (
    "bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt683+qRpRRU5"
    "p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1TP/yPViV7KsLNmvKiLJH1pFkh/aY"
    "A2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfrs65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+Q"
    "IF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJzSRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA=="
)
B24_BASE = b"""\
"@status": 200
"content-type": application/json
"content-digest": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0\
rjJuahq4l5aGgfLQ==:
"content-length": 23
"@signature-params": ("@status" "content-type" "content-digest" "content-length");\
created=1618884473;keyid="test-key-ecc-p256\""""
B24_SIGNATURE = (
    "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw=="
)
B26_COVERED = ("date", "@method", "@path", "@authority", "content-type", "content-length")
B26_PARAMETERS = (("created", 1618884473), ("keyid", "test-key-ed25519"))
B26_BASE = b"""\
"date": Tue, 20 Apr 2021 02:07:55 GMT
"@method": POST
"@path": /foo
"@authority": example.com
"content-type": application/json
"content-length": 18
"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");\
created=1618884473;keyid="test-key-ed25519\""""
B26_SIGNATURE = (
    "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
)


def _covering(text):
    covering = read_dictionary(f"sig={text}")["sig"]
    assert isinstance(covering, InnerList)
    return covering


@pytest.mark.spec("RFC9421 §B.2.3")
def test_full_coverage_using_rsa_pss_sha512():
    base = signature_base(REQUEST, _covering(B23_INPUT))
    public_key(RSA).verify(b64decode(B23_SIGNATURE), base)
    with pytest.raises(InvalidSignature):
        public_key(RSA).verify(b64decode(B23_SIGNATURE), base.replace(b"/foo", b"/bar"))


@pytest.mark.spec("RFC9421 §B.2.4")
def test_a_response_using_ecdsa_p256_sha256():
    # We sign no responses, so the base is the RFC's and the signature is what is tested.
    public_key(P256).verify(b64decode(B24_SIGNATURE), B24_BASE)
    with pytest.raises(InvalidSignature):
        public_key(P256).verify(b64decode(B24_SIGNATURE), B24_BASE.replace(b"200", b"201"))


@pytest.mark.spec("RFC9421 §B.2.6")
def test_a_request_using_ed25519():
    headers = sign(REQUEST, B26_COVERED, B26_PARAMETERS, private_key(ED25519_PRIVATE))
    covering = headers["Signature-Input"].removeprefix("deposit=")
    assert signature_base(REQUEST, _covering(covering)) == B26_BASE
    # Ed25519 has but one signature for a key and a text.
    assert headers["Signature"] == f"deposit=:{B26_SIGNATURE}:"
    public_key(ED25519).verify(b64decode(B26_SIGNATURE), B26_BASE)
