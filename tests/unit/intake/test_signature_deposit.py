"""Deposits from end to end: the holder's headers, the envelope, the profile, the verification."""

import json
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256, sha512

import pytest
from jwcrypto.jwk import JWK
from multidict import CIMultiDict

from acl.model import Agent
from pod.intake.digest import digests_of, write_content_digest
from pod.intake.envelope import REQUIRED, open_envelope
from pod.intake.holder import Deposit, key_iri, keygen, profile, signed_request
from pod.intake.holder_key import private_key
from pod.intake.signature import Message, sign
from pod.intake.verify import key_of, verify
from pod.model import Blob, Request
from pod.problems import Malformed, Unauthenticated
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from vocab.iri import ResourceIri

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
URL = "https://pod.example/.deposit/ana"
WEBID = "https://energie.example/profile#org"
BODY = b"date;kWh\n2027-02-01;7,4\n"
PRIVATE = keygen(bytes(range(32)))
KEYID = key_iri(WEBID, PRIVATE)
PROFILE = profile(WEBID, 'Énergie "Exemple"', PRIVATE)
DEPOSIT = Deposit(
    url=URL,
    webid=WEBID,
    filename="relevé 2027-02.csv",
    media_type="text/csv",
    digest=sha256(BODY).digest(),
)
HEADERS = signed_request(DEPOSIT, PRIVATE, "nonce-1", NOW)


def graph(turtle):
    return parse(turtle.encode(), RdfFormat.TURTLE, "https://energie.example/profile")


def request(headers=HEADERS, body=BODY, url=URL, method="POST"):
    target = ResourceIri("https://pod.example/ana/", "")
    return Request(method=method, target=target, headers=CIMultiDict(headers), url=url, body=body)


def accept(sent, turtle=PROFILE, now=NOW):
    """What a pod does with a deposit, its network and its store left out."""
    envelope = open_envelope(sent)
    key = key_of(graph(turtle), envelope.holder, envelope.keyid, now)
    return verify(envelope, key, digests_of(sent.body), now)


def signed_by_hand(headers=None, covered=None, parameters=None, jwk=PRIVATE):
    """The headers of a deposit whose parts are chosen; None as a value leaves one out."""
    given = {
        "Content-Type": "text/csv",
        "Content-Digest": write_content_digest({"sha-256": DEPOSIT.digest}),
        "Selfdata-Holder": WEBID,
    } | (headers or {})
    given = {name: value for name, value in given.items() if value is not None}
    good = {"created": int(NOW.timestamp()), "keyid": KEYID, "tag": "selfdata-deposit"}
    kept = tuple((k, v) for k, v in (good | (parameters or {})).items() if v is not None)
    lower = {name.lower(): value for name, value in given.items()}
    message = Message(method="POST", url=URL, headers=lower)
    return given | sign(message, covered or REQUIRED, kept, private_key(jwk))


def test_a_deposit_by_its_holder_is_believed():
    assert accept(request()) == Agent(webid=WEBID)


def test_the_envelope_says_what_was_sent():
    envelope = open_envelope(request())
    assert envelope.holder == WEBID
    assert envelope.keyid == KEYID
    assert envelope.profile == "https://energie.example/profile"
    assert envelope.filename == "relevé 2027-02.csv"
    assert envelope.media_type == "text/csv"
    assert envelope.digests == {"sha-256": DEPOSIT.digest}


def test_a_large_deposit_is_compared_by_the_digest_made_while_it_came():
    blob = Blob(digest=sha256(BODY).hexdigest(), size=len(BODY))
    assert accept(request(body=blob)) == Agent(webid=WEBID)
    with pytest.raises(Unauthenticated, match="body"):
        accept(request(body=Blob(digest=sha256(b"").hexdigest(), size=0)))


def test_a_deposit_may_state_a_sha_512_alone_where_one_is_made():
    stated = {"Content-Digest": write_content_digest({"sha-512": sha512(BODY).digest()})}
    assert accept(request(signed_by_hand(stated))) == Agent(webid=WEBID)
    blob = Blob(digest=sha256(BODY).hexdigest(), size=len(BODY))
    with pytest.raises(Unauthenticated, match="sha-256"):
        accept(request(signed_by_hand(stated), body=blob))


@pytest.mark.parametrize("kind", [{"kty": "EC", "crv": "P-256"}, {"kty": "RSA", "size": 2048}])
def test_a_holder_may_sign_with_another_kind_of_key(kind):
    jwk = json.loads(JWK.generate(**kind).export_private()) | {"kid": "key-1"}
    headers = signed_request(DEPOSIT, jwk, "nonce-1", NOW)
    assert accept(request(headers), profile(WEBID, "Énergie", jwk)) == Agent(webid=WEBID)


@pytest.mark.parametrize("at", range(len(BODY)))
def test_one_altered_byte_of_the_body_is_refused(at):
    altered = BODY[:at] + bytes([BODY[at] ^ 1]) + BODY[at + 1 :]
    with pytest.raises(Unauthenticated, match="body") as refusal:
        accept(request(body=altered))
    assert refusal.value.error == "invalid_signature"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"headers": HEADERS | {"Content-Type": "text/plain"}}, id="type"),
        pytest.param(
            {"headers": HEADERS | {"Content-Disposition": 'attachment; filename="x.csv"'}},
            id="name",
        ),
        pytest.param(
            {
                "headers": HEADERS
                | {"Content-Digest": write_content_digest({"sha-256": sha256(b"x").digest()})},
                "body": b"x",
            },
            id="body and digest",
        ),
        pytest.param({"url": URL + "?x"}, id="query"),
        pytest.param({"url": "https://pod.example/.deposit/bob"}, id="another pod"),
        pytest.param({"url": "http://pod.example/.deposit/ana"}, id="scheme"),
        pytest.param({"method": "PUT"}, id="method"),
        pytest.param(
            {
                "headers": HEADERS
                | {"Signature-Input": HEADERS["Signature-Input"].replace("nonce-1", "nonce-2")}
            },
            id="nonce",
        ),
        pytest.param(
            {"headers": HEADERS | {"Signature": f"deposit=:{b64encode(bytes(64)).decode()}:"}},
            id="signature",
        ),
        pytest.param({"headers": HEADERS | {"Signature": "deposit=::"}}, id="no signature"),
    ],
)
def test_whatever_else_is_altered_is_refused(changes):
    with pytest.raises(Unauthenticated, match="signature") as refusal:
        accept(request(**changes))
    assert refusal.value.error == "invalid_signature"


@pytest.mark.spec("RFC9421 §2.3")
@pytest.mark.parametrize(
    ("parameters", "seconds", "holds"),
    [
        pytest.param({}, 300, True, id="just in time"),
        pytest.param({}, 301, False, id="too late"),
        pytest.param({}, -300, True, id="a fast clock"),
        pytest.param({}, -301, False, id="from the future"),
        pytest.param({"created": None}, 0, False, id="no time"),
        pytest.param({"created": "1803902400"}, 0, False, id="time as a text"),
        pytest.param({"created": True}, 0, False, id="time as a truth value"),
        pytest.param({"expires": int(NOW.timestamp()) + 60}, 59, True, id="before it expires"),
        pytest.param({"expires": int(NOW.timestamp()) + 60}, 60, False, id="when it expires"),
        pytest.param({"expires": "later"}, 0, False, id="expires as a text"),
    ],
)
def test_a_signature_is_of_now(parameters, seconds, holds):
    sent, at = request(signed_by_hand(parameters=parameters)), NOW + timedelta(seconds=seconds)
    if holds:
        assert accept(sent, now=at) == Agent(webid=WEBID)
    else:
        with pytest.raises(Unauthenticated, match="created"):
            accept(sent, now=at)


@pytest.mark.spec("RFC9421 §3.2")
def test_an_algorithm_that_is_named_is_the_keys():
    assert accept(request(signed_by_hand(parameters={"alg": "ed25519"})))
    for other in ("rsa-pss-sha512", "hmac-sha256", 1):
        with pytest.raises(Unauthenticated, match="ed25519"):
            accept(request(signed_by_hand(parameters={"alg": other})))


@pytest.mark.parametrize("name", REQUIRED)
def test_what_must_be_covered_is(name):
    covered = tuple(other for other in REQUIRED if other != name)
    with pytest.raises(Malformed, match=f"`{name}`"):
        open_envelope(request(signed_by_hand(covered=covered)))


@pytest.mark.parametrize("name", ["Content-Disposition", "Slug"])
def test_a_name_that_is_not_signed_is_refused(name):
    with pytest.raises(Malformed, match=name.lower()):
        open_envelope(request(signed_by_hand() | {name: "export.csv"}))


@pytest.mark.parametrize(
    ("header", "value", "filename"),
    [
        ("Content-Disposition", "attachment; filename=a.csv", "a.csv"),
        ("Content-Disposition", 'attachment; filename="a \\"b\\".csv"', 'a "b".csv'),
        ("Content-Disposition", "attachment; filename*=UTF-8''relev%C3%A9.csv", "relevé.csv"),
        ("Content-Disposition", "attachment; filename*=no-such''relev%41.csv", "relevA.csv"),
        ("Content-Disposition", "attachment", "export"),
        ("Content-Disposition", ";;=", "export"),
        ("Slug", "relev%C3%A9.csv", "relevé.csv"),
        ("Slug", "../../etc/passwd", "passwd"),
        ("Slug", "C:\\exports\\a.csv", "a.csv"),
        ("Slug", "a%00%0Ab.csv", "ab.csv"),
        ("Slug", "a/", "export"),
        ("Slug", "x" * 300 + ".csv", "x" * 251 + ".csv"),
        ("Slug", "", "export"),
        ("Accept", "*/*", "export"),
    ],
)
def test_the_name_of_the_file_is_a_plain_name(header, value, filename):
    covered = (*REQUIRED, header.lower())
    headers = signed_by_hand({header: value}, covered)
    assert open_envelope(request(headers)).filename == filename


@pytest.mark.parametrize(
    ("holder", "keyid"),
    [
        pytest.param(WEBID, None, id="no key"),
        pytest.param(WEBID, 7, id="key as a number"),
        pytest.param(WEBID, "key-1", id="key without a document"),
        pytest.param(WEBID, "https://energie.example/profile", id="key without a fragment"),
        pytest.param(WEBID, "https://energie.example/profile#", id="key with an empty fragment"),
        pytest.param(WEBID, "https://other.example/profile#key-1", id="key of another document"),
        pytest.param(WEBID, "https://energie.example/profile#a b", id="key that is no IRI"),
        pytest.param("energie", KEYID, id="no WebID"),
        pytest.param("", KEYID, id="empty WebID"),
        pytest.param("https://", KEYID, id="no host"),
        pytest.param("https://[/profile#org", KEYID, id="broken host"),
        pytest.param("file:///profile#org", "file:///profile#key-1", id="a file"),
        pytest.param("https:///profile#org", "https:///profile#key-1", id="of no host"),
        pytest.param("ftp://e.example/p#org", "ftp://e.example/p#key-1", id="another scheme"),
        pytest.param("https://energie.example/profile#<org>", KEYID, id="WebID that is no IRI"),
    ],
)
def test_a_holder_is_named_by_its_webid_and_a_key_of_its_document(holder, keyid):
    headers = signed_by_hand({"Selfdata-Holder": holder}, parameters={"keyid": keyid})
    with pytest.raises(Malformed, match=r"`keyid`"):
        open_envelope(request(headers))


def test_a_webid_may_be_a_document_itself():
    webid = "https://energie.example/"
    headers = signed_request(
        Deposit(
            url=URL,
            webid=webid,
            filename="a.csv",
            media_type="text/csv",
            digest=sha256(BODY).digest(),
        ),
        PRIVATE,
        "nonce-1",
        NOW,
    )
    assert accept(request(headers), profile(webid, "Énergie", PRIVATE)) == Agent(webid=webid)


@pytest.mark.parametrize("digest", ["", "md5=:AQID:", "sha-256", "="])
def test_a_deposit_states_the_digest_of_its_body(digest):
    with pytest.raises(Malformed, match="Content-Digest"):
        open_envelope(request(signed_by_hand({"Content-Digest": digest})))


def test_an_unsigned_request_is_no_deposit():
    with pytest.raises(Malformed, match="tag="):
        open_envelope(request({"Content-Type": "text/csv"}))


def test_a_nonce_is_what_must_not_come_twice():
    assert open_envelope(request()).mark == "nonce nonce-1"
    again = signed_request(DEPOSIT, PRIVATE, "nonce-1", NOW + timedelta(seconds=1))
    assert open_envelope(request(again)).mark == "nonce nonce-1"


def test_without_a_nonce_it_is_all_that_was_signed():
    jwk = json.loads(JWK.generate(kty="EC", crv="P-256").export_private()) | {"kid": "key-1"}
    keyid = {"keyid": key_iri(WEBID, jwk)}
    headers = signed_by_hand(parameters=keyid, jwk=jwk)
    sent = open_envelope(request(headers))
    # Whoever sees an ECDSA signature (r, s) can make (r, n - s), which holds as well.
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    r, s = sent.signature.value[:32], int.from_bytes(sent.signature.value[32:], "big")
    other = b64encode(r + (order - s).to_bytes(32, "big")).decode()
    twin = request(headers | {"Signature": f"deposit=:{other}:"})
    assert accept(twin, profile(WEBID, "Énergie", jwk)) == Agent(webid=WEBID)
    assert open_envelope(twin).mark == sent.mark
    later = signed_by_hand(parameters={**keyid, "created": 1803902401}, jwk=jwk)
    assert open_envelope(request(later)).mark != sent.mark


OTHER = keygen(bytes(range(1, 33)))


@pytest.mark.parametrize(
    ("turtle", "says"),
    [
        pytest.param("", "does not name", id="empty"),
        pytest.param(profile(WEBID, "É", OTHER), "does not name", id="another key"),
        pytest.param(
            profile("https://energie.example/profile#other", "É", PRIVATE),
            "not name",
            id="not hers",
        ),
        pytest.param(PROFILE.replace("sec:assertionMethod", "rdf:value"), "not name", id="unnamed"),
        pytest.param(
            PROFILE.replace("sec:controller", "rdf:value"), "not name", id="no controller"
        ),
        pytest.param(PROFILE.replace("sec:publicKeyJwk", "rdf:value"), "one `sec:pub", id="no key"),
        pytest.param(
            PROFILE.replace("sec:publicKeyJwk ", 'sec:publicKeyJwk "{}", '), "one `sec:", id="two"
        ),
        pytest.param(PROFILE.replace('"{', '"['), "no JSON", id="broken JSON"),
        pytest.param(
            PROFILE.replace("sec:publicKeyJwk ", 'sec:publicKeyJwk "7" ; rdf:value '),
            "no JSON object",
            id="a number",
        ),
        pytest.param(
            PROFILE.replace("sec:publicKeyJwk ", 'sec:publicKeyJwk "{}" ; rdf:value '),
            "Ed25519",
            id="no kind of key",
        ),
        pytest.param(PROFILE.replace("A6EHv", "AAAAA"), "signature", id="another public key"),
        pytest.param(
            PROFILE.replace('\\"kty', f'\\"d\\": \\"{PRIVATE["d"]}\\", \\"kty'),
            "private",
            id="private",
        ),
    ],
)
def test_only_a_key_of_the_holders_profile_counts(turtle, says):
    with pytest.raises(Unauthenticated, match=says):
        accept(request(), turtle)


def test_a_key_may_be_named_as_a_verification_method():
    assert accept(request(), PROFILE.replace("sec:assertionMethod", "sec:verificationMethod"))


@pytest.mark.parametrize("ends", ["sec:expiration", "sec:revoked"])
@pytest.mark.parametrize(
    ("time", "holds"),
    [
        ("2027-03-01T12:00:01Z", True),
        ("2027-03-01T13:00:00+01:00", False),
        ("2027-03-01T12:00:00Z", False),
        ("2027-03-02T00:00:00", True),
        ("2026-01-01", False),
        ("soon", False),
    ],
)
def test_a_key_has_an_end(ends, time, holds):
    turtle = PROFILE.replace("sec:controller", f'{ends} "{time}" ;\n    sec:controller')
    if holds:
        assert accept(request(), turtle) == Agent(webid=WEBID)
    else:
        with pytest.raises(Unauthenticated, match="ended"):
            accept(request(), turtle)


def test_a_key_can_be_changed_without_a_gap():
    both = PROFILE + profile(WEBID, "Énergie", OTHER)
    for jwk in (PRIVATE, OTHER):
        assert accept(request(signed_request(DEPOSIT, jwk, "n", NOW)), both) == Agent(webid=WEBID)


def test_the_published_profile_holds_no_secret():
    assert PRIVATE["d"] not in PROFILE
    assert b64decode(PRIVATE["d"] + "=").hex() == bytes(range(32)).hex()


def test_a_webid_that_is_no_iri_has_no_profile():
    with pytest.raises(ValueError, match="IRI"):
        profile("https://energie.example/> a <x", "Énergie", PRIVATE)
