import json

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from importers import identify
from importers.contract import Options, Problem, Record
from importers.health.smart_health_card import SmartHealthCard
from tests.importers.golden import items_of
from tests.unit.importers.cards import (
    CAMILLE,
    ISSUER,
    KEY,
    KEYS,
    KID,
    card,
    covered,
    deflated,
    encoded,
    file,
    numeric,
    payload,
    raw,
    vaccination,
)

CARDS = SmartHealthCard()


def read(content, keys=KEYS):
    options = Options(values={"keys": keys} if keys else {})
    return items_of(CARDS, content, options)


def records(items, kind="Immunization"):
    return [item for item in items if isinstance(item, Record) and item.kind == kind]


def problems(items):
    return [item.message for item in items if isinstance(item, Problem) and item.row]


def remarks(items):
    return [item.message for item in items if isinstance(item, Problem) and not item.row]


def assurance(items):
    return [dict(one.fields)["sd:assurance"].name for one in records(items, "Attestation")]


TOKEN = card()
WAYS = {
    "a file": file(TOKEN),
    "a line": TOKEN.encode(),
    "a QR code": numeric(TOKEN)[0].encode(),
    "parts": "\n".join(numeric(TOKEN, 3)).encode(),
    "parts in another order": "\r\n".join(reversed(numeric(TOKEN, 3))).encode(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_card_is_known_verified_and_read_however_it_comes(way):
    ((importer, _),) = identify("carte.txt", WAYS[way])
    assert importer.format == "smart-health-card"
    assert importer.holder(WAYS[way]).iri == ISSUER
    items = read(WAYS[way])
    (vaccine,) = records(items)
    assert dict(vaccine.fields)["sd:code"].value.endswith("cvx#207")
    assert dict(vaccine.fields)["sd:attestedBy"].key.natural[1] == covered(TOKEN)
    assert assurance(items) == ["signatureVerified"]
    assert [(check.name, check.ok) for check in CARDS.reconcile(items)] == [
        ("signature of card 1", True)
    ]
    assert problems(items) == remarks(items) == []


def test_the_patient_is_not_kept():
    said = repr(read(file(TOKEN)))
    assert CAMILLE["name"][0]["family"] not in said
    assert CAMILLE["birthDate"] not in said


OTHER_KEY = ec.generate_private_key(ec.SECP256R1())


def der(signed):
    return KEY.sign(signed, ec.ECDSA(hashes.SHA256()))


def tampered(token):
    head, _, signature = token.split(".")
    more = deflated(json.dumps(payload(vaccination(), vaccination("2021-06-01"))).encode())
    return f"{head}.{encoded(more)}.{signature}"


@pytest.mark.parametrize(
    "token",
    [
        tampered(TOKEN),
        card(sign=lambda signed: raw(signed, OTHER_KEY)),
        card(sign=lambda _: bytes(64)),
    ],
    ids=["other words", "another key", "zeros"],
)
def test_nothing_is_kept_of_a_card_whose_signature_does_not_hold(token):
    items = read(file(token, TOKEN))
    assert len(records(items)) == 1
    assert assurance(items) == ["signatureVerified"]
    assert [check.ok for check in CARDS.reconcile(items)] == [False, True]
    assert len(problems(items)) == 1


@pytest.mark.parametrize("keys", [None, json.dumps({"https://other.example": json.loads(KEYS)})])
def test_a_card_of_an_unknown_key_is_kept_as_not_verified(keys):
    items = read(file(TOKEN), keys)
    assert len(records(items)) == 1
    assert assurance(items) == ["userUploaded"]
    assert CARDS.reconcile(items) == ()
    assert any("not verified" in remark for remark in remarks(items))


@pytest.mark.spec("RFC 7518 §3.4")
@pytest.mark.parametrize("keys", [None, KEYS])
@pytest.mark.parametrize("sign", [der, lambda _: b"", lambda signed: raw(signed) + b"."])
def test_a_signature_that_is_not_two_numbers_of_32_octets_is_refused(sign, keys):
    items = read(file(card(sign=sign)), keys)
    assert [item for item in items if isinstance(item, Record)] == []
    (problem,) = problems(items)
    assert "ES256" in problem


# SMART Health Cards, "Health Cards are Small": the header has zip DEF, and alg is ES256.
@pytest.mark.spec("SMART Health Cards: Health cards as JWS")
@pytest.mark.parametrize(
    ("token", "reason"),
    [
        (card(header={"alg": "none"}, sign=lambda _: b""), "ES256"),
        (card(header={"alg": "HS256"}), "ES256"),
        (card(header={"crit": ["x"]}), "demands"),
        (card(header={"zip": None}, packed=json.dumps(payload()).encode()), "DEF"),
        (card(packed=json.dumps(payload()).encode()), "damaged"),
        (card(packed=deflated(b"0" * (2 << 20))), "more than a card"),
        (card(packed=deflated(b"{}") + b"more"), "behind it"),
        (card(packed=deflated(json.dumps(payload()).encode())[:-9]), "cut short"),
        (card(packed=deflated(b"[1]")), "JSON"),
        (card(payload(iss="http://plain.example")), "who issued"),
        (card(payload(vc={"type": ["other"]})), "health card"),
        (card(payload(nbf="soon")), "nbf"),
        (card(payload(nbf=10**17)), "nbf"),
        (card(payload(exp="never")), "exp"),
        ("a.b", "three parts"),
        ("é.é.é", "three parts"),
    ],
)
def test_what_keeps_not_to_the_profile_is_refused_however_well_it_is_signed(token, reason):
    items = read(file(token))
    (problem,) = problems(items)
    assert reason in problem
    assert [item for item in items if isinstance(item, Record)] == []


def test_dates_of_the_signature_are_kept_with_their_fraction():
    (signature,) = records(read(file(card(payload(exp=1700000000)))), "Attestation")
    said = dict(signature.fields)
    assert said["dcterms:issued"].isoformat() == "2021-06-01T19:39:58.924000+00:00"
    assert said["schema:expires"].isoformat() == "2023-11-14T22:13:20+00:00"


def test_a_card_that_can_be_revoked_is_remarked_on():
    said = payload()
    said["vc"]["rid"] = "MKyCxh7p6uQ"
    items = read(file(card(said)))
    assert len(records(items)) == 1
    assert any("revoked" in remark for remark in remarks(items))


def test_a_part_that_is_missing_is_told_of():
    first, second, third = numeric(TOKEN, 3)
    items = read("\n".join([first, third, *numeric(TOKEN), second]).encode())
    assert len(records(items)) == 1
    assert problems(items) == [
        "of this card part 2 of 3 is missing",
        "of this card part 1, 3 of 3 is missing",
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [("shc:/1", "not whole"), ("shc:/9999", "no letter"), ("shc:/x", "scan"), ("x", "three parts")],
)
def test_a_line_that_is_no_card_is_told_of(line, reason):
    (problem,) = problems(read(f"{TOKEN}\n{line}\n".encode()))
    assert reason in problem


def test_what_two_cards_say_is_kept_once():
    both = card(payload(CAMILLE, vaccination(), vaccination("2021-06-15")))
    items = read(file(TOKEN, both))
    assert [one.on.isoformat() for one in records(items)] == ["2021-05-04", "2021-06-15"]
    assert any("says the same" in remark for remark in remarks(items))


def test_cards_of_several_people_are_remarked_on():
    said = payload()
    said["vc"]["credentialSubject"]["fhirBundle"]["entry"][0]["resource"] = {
        **CAMILLE,
        "birthDate": "2015-01-01",
    }
    assert any("several people" in one for one in remarks(read(file(TOKEN, card(said)))))


def test_other_credentials_of_the_same_shape_are_no_cards():
    header = encoded(json.dumps({"alg": "ES256", "kid": KID}).encode())
    body = encoded(json.dumps({"iss": "https://school.example"}).encode())
    other = f"{header}.{body}.AAAA"
    assert CARDS.recognise("a.json", file(other)) is None
    assert CARDS.recognise("a.json", file()) is None
