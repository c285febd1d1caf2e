"""Tokens of other issuers: taken when the WebID's own document names the issuer, and else not."""

import json
import time
import uuid

import pytest
from agents import Person, World, rule
from client import Answer, Key, b64
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from issuers import Issuer
from neighbour import Neighbour

from pod.oidc.issuer import ACCEPT

SOLID = "http://www.w3.org/ns/solid/terms#"
DAY = 24 * 3600  # seconds: longer than it can take from collecting the tests to the last of them


@pytest.fixture
def issuer(elsewhere: Neighbour) -> Issuer:
    """One that nobody has asked before: what was asked is remembered for a while."""
    return Issuer(elsewhere, f"{elsewhere.base}{uuid.uuid4().hex}/")


@pytest.fixture
def letter(ana: Person, place: str, issuer: Issuer) -> str:
    """A document that the person elsewhere may read."""
    ana.put(place + "letter", b"<> <http://purl.org/dc/terms/title> 'dear Carol' .")
    ana.grant(place + "letter", rule(issuer.webid, "Read", "accessTo"))
    return place + "letter"


def refused(answer: Answer) -> bool:
    """Whether a token was refused, and with the code for that (RFC 6750 §3.1)."""
    return answer.status == 401 and 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def get(nobody: Person, url: str, token: str, key: Key) -> Answer:
    return nobody.get(url, {"Authorization": f"DPoP {token}", "DPoP": key.proof("GET", url)})


@pytest.mark.spec("Practice RS-09")
def test_a_token_of_another_issuer_lets_its_person_in(nobody, letter, issuer):
    issuer.publish()
    key = Key()
    token = issuer.token(key)
    first, again = get(nobody, letter, token, key), get(nobody, letter, token, key)
    assert (first.status, again.status) == (200, 200)
    assert b"dear Carol" in first.body
    # The second request asked nobody anything.
    asked = [path for path in issuer.here.asked if path.startswith(issuer.base.split("/")[-2])]
    assert len(asked) == 3


@pytest.mark.spec("Practice RS-16")
def test_an_id_token_of_another_issuer_is_as_good(nobody, letter, issuer):
    issuer.publish()
    key = Key()
    audience = ["https://app.example/id", "solid"]
    token = issuer.token(
        key, {"typ": "JWT"}, aud=audience, azp="https://app.example/id", client_id=None
    )
    assert get(nobody, letter, token, key).status == 200


def test_an_rsa_key_without_a_name_is_as_good(nobody, letter, issuer):
    private = rsa.generate_private_key(65537, 2048)
    numbers = private.public_key().public_numbers()
    members = {"n": b64(numbers.n.to_bytes(256, "big")), "e": b64(b"\x01\x00\x01")}
    issuer.publish(keys=json.dumps({"keys": [{"kty": "RSA", **members}]}))
    key = Key()
    head, claims, _ = issuer.token(key).split(".")
    head = b64(json.dumps({"alg": "RS256"}).encode())
    signature = private.sign(f"{head}.{claims}".encode(), padding.PKCS1v15(), hashes.SHA256())
    assert get(nobody, letter, f"{head}.{claims}.{b64(signature)}", key).status == 200


def test_another_person_of_the_same_issuer_is_another(nobody, letter, issuer):
    issuer.publish()
    path = issuer.base.removeprefix(issuer.here.base) + "dave"
    issuer.here.serve(path, f"<#me> <{SOLID}oidcIssuer> <{issuer.base}> .")
    key = Key()
    token = issuer.token(key, webid=f"{issuer.base}dave#me")
    assert get(nobody, letter, token, key).status == 403


@pytest.mark.spec("Solid-OIDC §8.1 #id-token-validation")
@pytest.mark.parametrize(
    "card",
    [
        "<#me> <http://xmlns.com/foaf/0.1/name> 'Carol' .",
        f"<#me> <{SOLID}oidcIssuer> <https://other.example/> .",
        f"<#other> <{SOLID}oidcIssuer> <{{base}}> .",
        f"<#me> <{SOLID}oidcIssuer> '{{base}}' .",
        "this is not Turtle",
        "",
    ],
)
def test_an_issuer_that_the_webid_does_not_name_speaks_for_nobody(nobody, letter, issuer, card):
    issuer.publish(card=card.replace("{base}", issuer.base))
    key = Key()
    assert refused(get(nobody, letter, issuer.token(key), key))


@pytest.mark.spec("Practice RS-14")
def test_an_issuer_elsewhere_never_speaks_for_a_person_here(ana, nobody, place, issuer):
    issuer.publish()
    key = Key()
    token = issuer.token(key, webid=ana.webid, sub=ana.webid)
    assert refused(get(nobody, place, token, key))


def test_a_token_that_claims_our_issuer_is_not_ours(world: World, ana, nobody, place, issuer):
    issuer.publish()
    key = Key()
    token = issuer.token(key, iss=world.base, webid=ana.webid, sub=ana.webid)
    assert refused(get(nobody, place, token, key))


@pytest.mark.spec("Practice RS-19")
@pytest.mark.spec("Practice RS-10")
@pytest.mark.parametrize(
    "changed",
    [
        {"configuration": "{}"},
        {"configuration": '{"issuer": "https://other.example/", "jwks_uri": "{base}keys"}'},
        {"configuration": '{"issuer": "{base}", "jwks_uri": "http://169.254.169.254/keys"}'},
        {"configuration": '{"issuer": "{base}", "jwks_uri": "file:///etc/passwd"}'},
        {"configuration": '{"issuer": "{base}", "jwks_uri": "{world}.oidc/jwks"}'},
        {"configuration": "[" * 100_000},
        {"keys": "{}"},
        {"keys": '{"keys": []}'},
        {"keys": '{"keys": [{"kty": "oct", "k": "c2VjcmV0", "kid": "one"}]}'},
        {"keys": " " * 300_000},
    ],
    ids=lambda changed: str(changed)[:70],
)
def test_an_issuer_whose_keys_cannot_be_had(world, nobody, letter, issuer, changed):
    filled = {
        name: text.replace("{base}", issuer.base).replace("{world}", world.base)
        for name, text in changed.items()
    }
    issuer.publish(**filled)
    key = Key()
    assert refused(get(nobody, letter, issuer.token(key), key))


@pytest.mark.spec("Practice RS-11")
@pytest.mark.parametrize(
    ("header", "claims"),
    [
        ({"alg": "none"}, {}),
        ({"alg": "HS256"}, {}),
        ({"alg": "RS256"}, {}),
        ({"kid": "two"}, {}),
        ({"kid": ["one"]}, {}),
        ({"crit": ["exp"]}, {}),
        ({}, {"aud": "https://app.example/"}),
        ({}, {"aud": None}),
        ({}, {"exp": 1}),
        ({}, {"exp": None}),
        pytest.param({}, {"iat": int(time.time()) + DAY}, id="of the future"),
        pytest.param({}, {"iat": int(time.time()) - 25 * 3600}, id="a day old"),
        pytest.param({}, {"nbf": int(time.time()) + DAY}, id="not begun"),
        ({}, {"webid": None}),
        ({}, {"webid": 5}),
        ({}, {"cnf": None}),
        ({}, {"cnf": {"jkt": "another"}}),
        ({}, {"iss": None}),
        ({}, {"iss": ["a"]}),
        ({}, {"iss": "http://10.0.0.1/"}),
        ({}, {"iss": "javascript:alert(1)"}),
    ],
    ids=str,
)
def test_a_token_that_does_not_hold(nobody, letter, issuer, header, claims):
    issuer.publish()
    key = Key()
    assert refused(get(nobody, letter, issuer.token(key, header, **claims), key))


@pytest.mark.parametrize("how", ["jwk", "jku", "x5u"])
def test_a_token_never_brings_its_own_key(nobody, letter, issuer, how):
    stranger = Issuer(issuer.here, issuer.base)
    issuer.publish()
    issuer.here.serve("evil", json.dumps({"keys": [stranger.jwk]}), "application/json")
    header = {how: stranger.jwk if how == "jwk" else issuer.here.base + "evil"}
    key = Key()
    assert refused(get(nobody, letter, stranger.token(key, header), key))
    assert "evil" not in issuer.here.asked


class TestOtherKeys:
    """RS-09: an issuer takes another key, or somebody says that it did."""

    @pytest.mark.spec("Practice RS-09")
    def test_a_new_key_is_looked_for_and_a_made_up_one_only_once(self, nobody, letter, issuer):
        issuer.publish()
        key = Key()
        assert get(nobody, letter, issuer.token(key), key).status == 200
        new = Issuer(issuer.here, issuer.base)
        issuer.publish(keys=json.dumps({"keys": [issuer.jwk, {**new.jwk, "kid": "two"}]}))
        assert get(nobody, letter, new.token(key, {"kid": "two"}), key).status == 200
        asked = len(issuer.here.asked)
        for _ in range(3):
            assert refused(get(nobody, letter, new.token(key, {"kid": "three"}), key))
        assert len(issuer.here.asked) == asked

    def test_keys_that_were_swapped_do_not_speak_for_tokens_of_before(
        self, world, nobody, letter, issuer
    ):
        issuer.publish()
        key = Key()
        assert get(nobody, letter, issuer.token(key), key).status == 200
        thief = Issuer(issuer.here, issuer.base)
        issuer.publish(keys=json.dumps({"keys": [thief.jwk]}))
        # What was read holds for some minutes; then it is read again.
        assert refused(get(nobody, letter, thief.token(key), key))
        world.run(world.server.fetch(issuer.base + "keys", ACCEPT, anew=True))
        assert refused(get(nobody, letter, issuer.token(key), key))
        # Who has the issuer's own address has its people: that is what to name an issuer means.
        assert get(nobody, letter, thief.token(key), key).status == 200

    def test_a_configuration_that_was_swapped_for_that_of_another(self, nobody, letter, issuer):
        issuer.publish()
        other = Issuer(issuer.here, f"{issuer.here.base}{uuid.uuid4().hex}/")
        other.publish()
        swapped = json.dumps({"issuer": other.base, "jwks_uri": other.base + "keys"})
        issuer.publish(configuration=swapped)
        key = Key()
        token = other.token(key, iss=issuer.base, webid=issuer.webid)
        assert refused(get(nobody, letter, token, key))

    def test_two_issuers_do_not_sign_for_each_other(self, nobody, letter, issuer):
        issuer.publish()
        other = Issuer(issuer.here, f"{issuer.here.base}{uuid.uuid4().hex}/")
        other.publish()
        key = Key()
        for claimed in ({"iss": issuer.base}, {"webid": issuer.webid}):
            token = other.token(key, **{"webid": issuer.webid, **claimed})
            assert refused(get(nobody, letter, token, key))


def test_a_stolen_token_is_no_good_without_its_key(nobody, letter, issuer):
    issuer.publish()
    token = issuer.token(Key())
    assert refused(get(nobody, letter, token, Key()))


@pytest.mark.spec("Practice RS-18")
def test_bad_credentials_are_refused_where_anybody_may_read(ana, nobody, place, issuer):
    issuer.publish(card="")
    ana.put(place + "open", b"")
    ana.grant(place + "open", rule("acl:agentClass foaf:Agent", "Read", "accessTo"))
    assert nobody.get(place + "open").status == 200
    key = Key()
    assert refused(get(nobody, place + "open", issuer.token(key), key))
