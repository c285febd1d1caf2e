"""What a request's headers say of who sends it, and what is asked for when they say nothing."""

import pytest

from pod.oidc.credentials import challenge, check_credentials, check_unbound, read_credentials
from pod.oidc.proof import ProofKeys, Purpose
from pod.oidc.tokens import Token
from pod.problems import Unauthenticated

BASE = "https://pod.example/"


def test_without_authorization_a_request_is_anonymous():
    assert read_credentials({"Accept": "*/*", "DPoP": "proof"}) is None


@pytest.mark.spec("RFC9110 §11.1")
@pytest.mark.parametrize("scheme", ["DPoP", "dpop", "DPOP"])
@pytest.mark.parametrize("space", [" ", "  "])
def test_the_scheme_is_read_in_any_case(scheme, space):
    credentials = read_credentials({"Authorization": f"{scheme}{space}a.b.c", "DPoP": "d.e.f"})
    assert (credentials.token, credentials.proof) == ("a.b.c", "d.e.f")
    assert repr(credentials) == "Credentials()"


@pytest.mark.parametrize(
    ("headers", "error"),
    [
        pytest.param({"Authorization": "Bearer"}, "invalid_token", id="no bearer token"),
        pytest.param({"Authorization": "Basic YTpi"}, "invalid_token", id="basic"),
        pytest.param({"Authorization": ""}, "invalid_token", id="empty"),
        pytest.param({"Authorization": "DPoP"}, "invalid_token", id="no token"),
        pytest.param({"Authorization": "DPoP  ", "DPoP": "d"}, "invalid_token", id="blank token"),
        pytest.param({"Authorization": "DPoP é", "DPoP": "d"}, "invalid_token", id="not ascii"),
        pytest.param({"Authorization": "DPoP a"}, "invalid_dpop_proof", id="no proof"),
        pytest.param({"Authorization": "DPoP a", "DPoP": ""}, "invalid_dpop_proof", id="empty"),
        pytest.param(
            {"Authorization": "DPoP a", "DPoP": "d, e"}, "invalid_dpop_proof", id="two proofs"
        ),
    ],
)
@pytest.mark.spec("RFC9449 §7.2")
def test_other_credentials_are_refused(headers, error):
    with pytest.raises(Unauthenticated) as refusal:
        read_credentials(headers)
    assert refusal.value.error == error


@pytest.mark.parametrize("headers", [{}, {"DPoP": "d.e.f"}])
def test_a_bearer_token_comes_without_a_proof(headers):
    credentials = read_credentials({"Authorization": "Bearer a.b.c", **headers})
    assert (credentials.token, credentials.proof) == ("a.b.c", None)


@pytest.fixture
def check(client, now, url):
    def checked(jkt, claims=None):
        token = token_of(jkt, now)
        sent = Purpose("GET", url, token.hash)
        return check_credentials(client.proof(claims), token, sent, now, ProofKeys())

    return checked


def token_of(jkt, now):
    return Token(
        webid="https://pod.example/ana/profile/card#me",
        client=None,
        issuer=BASE,
        jkt=jkt,
        epoch=None,
        expires=now,
        hash="hash-of-the-token",
    )


@pytest.mark.spec("Practice RS-17")
@pytest.mark.parametrize(
    ("jkt", "allowed", "good"),
    [(None, True, True), (None, False, False), ("k", True, False), ("k", False, False)],
)
def test_only_a_token_of_no_key_may_be_shown_without_a_proof(now, jkt, allowed, good):
    if good:
        check_unbound(token_of(jkt, now), allowed=allowed)
        return
    with pytest.raises(Unauthenticated) as refusal:
        check_unbound(token_of(jkt, now), allowed=allowed)
    assert refusal.value.error == "invalid_token"


@pytest.mark.spec("RFC9449 §4.3")
def test_a_proof_by_the_key_of_the_token_holds(check, client):
    assert check(client.jkt).jkt == client.jkt


@pytest.mark.parametrize("jkt", [None, "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"])
def test_a_token_of_another_key_or_of_none_is_refused(check, jkt):
    with pytest.raises(Unauthenticated, match="bound to") as refusal:
        check(jkt)
    assert refusal.value.error == "invalid_token"


def test_a_proof_for_another_token_is_refused(check, client):
    with pytest.raises(Unauthenticated, match="ath"):
        check(client.jkt, {"ath": "another"})


DPOP = 'DPoP algs="ES256 ES384 RS256 PS256 EdDSA"'
BEARER = 'Bearer realm="https://pod.example/", scope="openid webid"'


@pytest.mark.parametrize(
    ("error", "value"),
    [
        (None, f"{DPOP}, {BEARER}"),
        ("invalid_token", f'{DPOP}, error="invalid_token", {BEARER}, error="invalid_token"'),
        ("invalid_dpop_proof", f'{DPOP}, error="invalid_dpop_proof", {BEARER}'),
        ("invalid_signature", f"{DPOP}, {BEARER}"),
    ],
)
@pytest.mark.spec("Solid-OIDC §11 #authorization-server-discovery")
def test_the_challenge_says_what_to_send(error, value):
    assert challenge(BASE, error) == value
