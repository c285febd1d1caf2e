"""Tokens: what the issuer says in them, and what is believed of one that comes back."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jwcrypto.common import base64url_encode
from jwcrypto.jwk import JWK
from jwcrypto.jwt import JWT

from pod.oidc.keys import RANDOM_BYTES, jwks, new_signing_key
from pod.oidc.proof import ProofKeys, Purpose, check_proof
from pod.oidc.tokens import (
    Hint,
    Issuance,
    Token,
    TokenCache,
    access_token,
    client_ids,
    client_iri,
    id_token,
    is_by_one_of,
    read_hint,
    token_hash,
    verify_token,
)
from pod.problems import Unauthenticated

ISSUER = "https://pod.example/"
ANA = "https://pod.example/ana/profile/card#me"
CLIENT = "https://pod.example/.oidc/clients/backup-3f9a"
HOUR = timedelta(hours=1)
BESIDE = "abc"  # FIPS 180-2, appendix B.1, has its hash: ba7816bf 8f01cfea 414140de 5dae2223 ...


@pytest.fixture(scope="session")
def issuance(now, client):
    return Issuance(
        issuer=ISSUER,
        webid=ANA,
        client=CLIENT,
        jkt=client.jkt,
        scopes=("openid", "webid"),
        jti="token-1",
        epoch="k3v5a2",
        now=now,
        lifetime=HOUR,
    )


@pytest.fixture(scope="session")
def claims(issuance, issuer_key):
    return json.loads(_foreign(access_token(issuance, issuer_key), issuer_key).claims)


@pytest.fixture
def verify(issuer_key, now):
    def verified(text, at=now):
        return verify_token(text, [issuer_key.public], ISSUER, at)

    return verified


@pytest.fixture
def made(issuer_key, signed, changed, claims):
    """An access token with other claims or another header."""

    def token(other=None, header=None, key=None, algorithm="ES256"):
        head = changed({"typ": "at+jwt", "alg": "ES256", "kid": issuer_key.kid}, header or {})
        return signed(key or issuer_key.private, algorithm, head, changed(claims, other or {}))

    return token


def _foreign(text, issuer_key):
    """The token as another library reads it, with the published key."""
    # The tests stand in the future of the library's clock; only the signature is its to judge.
    return JWT(
        jwt=text, key=JWK(**jwks([issuer_key])["keys"][0]), check_claims={}, expected_type="JWS"
    )


@pytest.mark.spec("RFC9068 §2.2")
def test_an_access_token_says_all_that_storages_look_at(issuance, issuer_key, claims, client, now):
    header = json.loads(_foreign(access_token(issuance, issuer_key), issuer_key).header)
    assert header == {"typ": "at+jwt", "alg": "ES256", "kid": issuer_key.kid}
    assert claims == {
        "iss": ISSUER,
        "sub": ANA,
        "webid": ANA,
        "client_id": CLIENT,
        "aud": "solid",
        "iat": int(now.timestamp()),
        "exp": int(now.timestamp()) + 3600,
        "jti": "token-1",
        "epoch": "k3v5a2",
        "scope": "openid webid",
        "cnf": {"jkt": client.jkt},
    }


def test_a_token_that_is_bound_to_nothing_says_so(issuance, issuer_key, now):
    made = access_token(replace(issuance, jkt=None, epoch=None), issuer_key)
    read = json.loads(_foreign(made, issuer_key).claims)
    assert not {"cnf", "epoch"} & read.keys()
    token = verify_token(made, [issuer_key.public], ISSUER, now)
    assert (token.jkt, token.epoch) == (None, None)


@pytest.mark.parametrize(
    ("named", "iri"),
    [
        ("backup-3f9a", "https://pod.example/.oidc/clients/backup-3f9a"),
        ("../x?y#z", "https://pod.example/.oidc/clients/..%2Fx%3Fy%23z"),
        ("https://app.example/id", "https://app.example/id"),
    ],
)
def test_rules_name_each_client_by_an_iri(issuance, issuer_key, now, named, iri):
    made = access_token(replace(issuance, client=named), issuer_key)
    assert json.loads(_foreign(made, issuer_key).claims)["client_id"] == named
    assert verify_token(made, [issuer_key.public], ISSUER, now).client == iri
    assert named in client_ids(ISSUER, iri)
    assert {client_iri(ISSUER, one) for one in client_ids(ISSUER, iri)} == {iri}


@pytest.mark.spec("Solid-OIDC §8 #tokens-id")
def test_an_id_token_is_for_its_client_and_for_solid(issuance, issuer_key, client, now):
    token = _foreign(id_token(issuance, issuer_key, BESIDE), issuer_key)
    assert json.loads(token.header)["typ"] == "JWT"
    assert json.loads(token.claims) == {
        "iss": ISSUER,
        "sub": ANA,
        "webid": ANA,
        "aud": [CLIENT, "solid"],
        "azp": CLIENT,
        "iat": int(now.timestamp()),
        "exp": int(now.timestamp()) + 3600,
        "jti": "token-1",
        "epoch": "k3v5a2",
        "cnf": {"jkt": client.jkt},
        "at_hash": "ungWv48Bz-pBQUDeXa4iIw",
    }


def test_an_id_token_says_what_it_came_of(issuance, issuer_key, now):
    given = replace(issuance, nonce="n", signed_in=now, family="f")
    claims = json.loads(_foreign(id_token(given, issuer_key), issuer_key).claims)
    assert (claims["nonce"], claims["auth_time"]) == ("n", int(now.timestamp()))
    assert claims["sid"] == "f"
    assert "at_hash" not in claims


def test_an_old_id_token_still_says_whose_it_is(issuance, issuer_key):
    text = id_token(issuance, issuer_key)
    assert read_hint(text, [issuer_key.public], ISSUER) == Hint(ANA, CLIENT)
    for wrong, keys, issuer in (
        (text, [], ISSUER),
        (text, [issuer_key.public], "https://other.example/"),
        (access_token(issuance, issuer_key), [issuer_key.public], ISSUER),
        ("a.b.c", [issuer_key.public], ISSUER),
    ):
        with pytest.raises(Unauthenticated):
            read_hint(wrong, keys, issuer)


@pytest.mark.parametrize("make", [access_token, id_token])
def test_both_tokens_are_believed(issuance, issuer_key, verify, make):
    text = make(issuance, issuer_key)
    assert verify(text) == Token(
        webid=ANA,
        client=CLIENT,
        issuer=ISSUER,
        jkt=issuance.jkt,
        epoch="k3v5a2",
        expires=issuance.now + HOUR,
        hash=token_hash(text),
        marks=("token-1",),
    )


def test_a_token_and_its_proof_go_together(made, verify, client, now, url):
    token = verify(made())
    proof = check_proof(
        client.proof({"ath": token.hash}), Purpose("GET", url, token.hash), now, ProofKeys()
    )
    assert proof.jkt == token.jkt


def test_a_key_that_no_longer_signs_still_verifies(issuance, issuer_key, now):
    newer = new_signing_key(bytes(RANDOM_BYTES), now)
    text = access_token(issuance, issuer_key)
    assert verify_token(text, [newer.public, issuer_key.public], ISSUER, now).webid == ANA
    with pytest.raises(Unauthenticated, match="key of the issuer"):
        verify_token(text, [newer.public], ISSUER, now)


@pytest.mark.spec("RFC9449 §4.2")
def test_the_hash_of_a_token_is_the_one_of_the_rfc():
    # RFC 9449 §7.1, figure 12: the token and its `ath`.
    token = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"  # noqa: S105 -- from the RFC
    assert token_hash(token) == "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"


@pytest.mark.spec("Practice RS-12")
@pytest.mark.parametrize(
    ("seconds", "holds"), [(-61, False), (-60, True), (0, True), (3599, True), (3600, False)]
)
def test_a_token_holds_from_its_issue_to_its_end(made, verify, now, seconds, holds):
    text, at = made(), now + timedelta(seconds=seconds)
    if holds:
        assert verify(text, at).webid == ANA
    else:
        with pytest.raises(Unauthenticated, match="ended"):
            verify(text, at)


@pytest.mark.parametrize(
    ("other", "says"),
    [
        pytest.param({"iss": "https://pod.example"}, "issuer", id="issuer without its slash"),
        pytest.param({"iss": "https://evil.example/"}, "issuer", id="another issuer"),
        pytest.param({"iss": None}, "issuer", id="no issuer"),
        pytest.param({"aud": "liquid"}, "audience", id="another audience"),
        pytest.param({"aud": ["liquid"]}, "audience", id="other audiences"),
        pytest.param({"aud": "solids"}, "audience", id="audience that begins alike"),
        pytest.param({"aud": {"solid": 1}}, "audience", id="audience as an object"),
        pytest.param({"aud": None}, "audience", id="no audience"),
        pytest.param({"exp": None}, "`exp`", id="no end"),
        pytest.param({"exp": "9999999999"}, "`exp`", id="end as a text"),
        pytest.param({"exp": float("inf")}, "`exp`", id="no end ever"),
        pytest.param({"exp": float("nan")}, "`exp`", id="end is not a number"),
        pytest.param({"exp": -1}, "`exp`", id="end before all time"),
        pytest.param({"iat": None}, "`iat`", id="no beginning"),
        pytest.param({"nbf": "soon"}, "`nbf`", id="beginning as a text"),
        pytest.param({"nbf": 1803906000}, "begun", id="not before an hour from now"),
        pytest.param({"webid": None}, "WebID", id="no WebID"),
        pytest.param({"webid": ""}, "WebID", id="empty WebID"),
        pytest.param({"webid": [ANA]}, "WebID", id="WebIDs as a list"),
        pytest.param({"cnf": "key"}, "`cnf`", id="confirmation as a text"),
    ],
)
def test_a_claim_that_does_not_fit_is_refused(made, verify, other, says):
    with pytest.raises(Unauthenticated, match=says) as refusal:
        verify(made(other))
    assert refusal.value.error == "invalid_token"


@pytest.mark.parametrize(
    ("other", "through", "bound"),
    [
        pytest.param({"cnf": None}, CLIENT, False, id="bound to no key"),
        pytest.param({"cnf": {}}, CLIENT, False, id="bound to nothing named"),
        pytest.param({"client_id": None, "azp": "app:a"}, "app:a", True, id="client in azp"),
        pytest.param({"client_id": None}, None, True, id="no client"),
        pytest.param({"nbf": 1803902400}, CLIENT, True, id="not before now"),
        pytest.param({"aud": ["liquid", "solid"]}, CLIENT, True, id="solid among others"),
    ],
)
def test_what_may_differ_is_read_as_it_stands(made, verify, other, through, bound):
    token = verify(made(other))
    assert (token.client, token.jkt is not None) == (through, bound)


@pytest.mark.spec("RFC8725 §3.1")
@pytest.mark.parametrize(
    "header",
    [
        pytest.param({"alg": "none"}, id="none"),
        pytest.param({"alg": "HS256"}, id="symmetric"),
        pytest.param({"alg": "RS256"}, id="another algorithm"),
        pytest.param({"kid": "another"}, id="another key"),
        pytest.param({"kid": None}, id="no key named"),
        pytest.param({"crit": ["exp"]}, id="critical"),
    ],
)
def test_a_header_that_does_not_fit_is_refused(made, verify, header):
    with pytest.raises(Unauthenticated):
        verify(made(header=header))


def test_the_public_key_used_as_a_shared_secret_is_refused(made, verify, issuer_key):
    public = JWK(**jwks([issuer_key])["keys"][0])
    shared = JWK(kty="oct", k=public["x"])
    with pytest.raises(Unauthenticated):
        verify(made(header={"alg": "HS256"}, key=shared, algorithm="HS256"))


def test_a_token_signed_by_another_is_refused(made, verify, client):
    with pytest.raises(Unauthenticated, match="signature"):
        verify(made(key=client.key))


def test_a_changed_token_is_refused(made, verify):
    header, payload, signature = made().split(".")
    other = made({"webid": "https://pod.example/bob/profile/card#me"}).split(".")[1]
    for text in (f"{header}.{other}.{signature}", f"{header}.{payload}.", f"{header}.{payload}"):
        with pytest.raises(Unauthenticated):
            verify(text)


@pytest.mark.parametrize("payload", ["[]", "null", "{", "[" * 20000])
def test_a_payload_that_is_no_object_is_refused(verify, signed, issuer_key, payload):
    header = {"typ": "at+jwt", "alg": "ES256", "kid": issuer_key.kid}
    with pytest.raises(Unauthenticated):
        verify(signed(issuer_key.private, "ES256", header, payload))


@given(text=st.text() | st.from_regex(r"\A[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\Z"))
def test_whatever_is_sent_as_a_token_the_answer_is_a_refusal(text, issuer_key, now):
    with pytest.raises(Unauthenticated):
        verify_token(text, [issuer_key.public], ISSUER, now)


def test_a_refusal_holds_nothing_of_the_token(made, verify):
    text = made({"iss": "https://evil.example/"})
    with pytest.raises(Unauthenticated) as refusal:
        verify(text)
    assert "evil" not in str(refusal.value)
    assert "ana" not in str(refusal.value)


def test_the_cache_keeps_a_token_until_it_ends(made, verify, now):
    cache, text = TokenCache(), made()
    assert cache.find(text, now) is None
    token = verify(text)
    cache.keep(text, token)
    assert cache.find(text, now + HOUR - timedelta(seconds=1)) == token
    assert cache.find(text, now + HOUR) is None
    assert cache.find(text, now) is None


def test_the_cache_drops_what_was_used_longest_ago(made, verify, now):
    cache, token = TokenCache(limit=2), verify(made())
    cache.keep("a", token)
    cache.keep("b", token)
    cache.find("a", now)
    cache.keep("c", token)
    assert [cache.find(text, now) for text in "abc"] == [token, None, token]


@pytest.mark.parametrize(
    ("header", "known"),
    [({"kid": "a"}, True), ({"kid": "b"}, False), ({}, False), ([], False), ("x", False)],
)
def test_which_key_a_token_names(issuer_key, header, known):
    key = replace(issuer_key.public, kid="a")
    text = base64url_encode(json.dumps(header)) + ".x.y"
    assert is_by_one_of(text, [key]) is known
    assert not is_by_one_of("!", [key])
