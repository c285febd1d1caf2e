"""The token endpoint: how a client names itself and what it asks for."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.oidc.oauth_error import OAuthError
from pod.oidc.proof import ProofKeys
from pod.oidc.token_request import prove, read_token_request, token_response
from pod.oidc.tokens import Issuance

ENDPOINT = "https://pod.example/.oidc/token"
CLIENT = "https://pod.example/.oidc/clients/backup-3f9a"
SECRET = "b2e0e4b34a3f4e1d"  # noqa: S105 -- made up
FORM = "application/x-www-form-urlencoded"


def _basic(client, secret, encode=lambda text: quote(text, safe="")):
    pair = f"{encode(client)}:{encode(secret)}".encode()
    return f"Basic {b64encode(pair).decode()}"


def _read(form, authorization=None, media_type=FORM):
    headers = {"Content-Type": media_type}
    if authorization is not None:
        headers["Authorization"] = authorization
    body = form if isinstance(form, bytes) else urlencode(form).encode()
    return read_token_request(headers, body)


GRANT = {"grant_type": "client_credentials"}


@pytest.mark.spec("RFC6749 §2.3.1")
@pytest.mark.parametrize(
    "authorization",
    [
        pytest.param(_basic(CLIENT, SECRET), id="percent-encoded"),
        pytest.param(_basic(CLIENT, SECRET, quote_plus), id="form-encoded"),
        pytest.param(_basic(CLIENT, SECRET, str), id="as it is"),
        pytest.param(_basic(CLIENT, SECRET).replace("Basic", "basic"), id="scheme in lower case"),
    ],
)
def test_a_client_names_itself_by_basic(authorization):
    request = _read(GRANT, authorization)
    assert (request.client, request.secret) == (CLIENT, SECRET)
    assert SECRET not in repr(request)


@given(client=st.text(min_size=1), secret=st.text(min_size=1))
def test_any_form_encoded_pair_comes_back(client, secret):
    request = _read(GRANT, _basic(client, secret, quote_plus))
    assert (request.client, request.secret) == (client, secret)


@pytest.mark.spec("RFC6749 §2.3.1")
def test_a_client_names_itself_in_the_form():
    request = _read(GRANT | {"client_id": CLIENT, "client_secret": SECRET})
    assert (request.client, request.secret) == (CLIENT, SECRET)


def test_a_client_may_repeat_its_name_in_the_form():
    assert _read(GRANT | {"client_id": CLIENT}, _basic(CLIENT, SECRET)).client == CLIENT


@pytest.mark.parametrize("media_type", [FORM, f"{FORM}; charset=UTF-8", FORM.upper()])
def test_a_form_may_say_its_charset(media_type):
    assert _read(GRANT, _basic(CLIENT, SECRET), media_type).client == CLIENT


GRANTED = {
    "authorization_code": {
        "code": "c",
        "redirect_uri": "https://app.example/",
        "code_verifier": "v",
    },
    "refresh_token": {"refresh_token": "r"},
    "client_credentials": {},
}


@pytest.mark.parametrize("grant", GRANTED)
def test_what_comes_with_a_grant_is_read_and_nothing_else(grant):
    form = {"grant_type": grant, "client_id": CLIENT, "code": "c", "scope": "webid", "x": "y"}
    request = _read(form | GRANTED[grant])
    assert (request.grant, request.client, request.secret) == (grant, CLIENT, None)
    assert request.scope == "webid"
    assert request.sent == GRANTED[grant]
    assert "'r'" not in repr(request)


@pytest.mark.spec("RFC6749 §5.2")
@pytest.mark.parametrize(
    ("form", "authorization", "code", "status"),
    [
        pytest.param({}, _basic(CLIENT, SECRET), "invalid_request", 400, id="no grant type"),
        pytest.param(
            {"grant_type": "password"},
            _basic(CLIENT, SECRET),
            "unsupported_grant_type",
            400,
            id="another grant type",
        ),
        pytest.param(GRANT, None, "invalid_client", 401, id="nobody"),
        pytest.param(GRANT, "Bearer x", "invalid_client", 401, id="another scheme"),
        pytest.param(GRANT, "Basic !", "invalid_client", 401, id="no base64"),
        pytest.param(GRANT, "Basic /w==", "invalid_client", 401, id="no utf-8"),
        pytest.param(GRANT, "Basic YQ==", "invalid_client", 401, id="no colon"),
        pytest.param(
            GRANT | {"client_secret": SECRET},
            _basic(CLIENT, SECRET),
            "invalid_request",
            400,
            id="secret in both",
        ),
        pytest.param(
            GRANT | {"client_id": "other"},
            _basic(CLIENT, SECRET),
            "invalid_request",
            400,
            id="two clients",
        ),
        pytest.param(
            b"grant_type=client_credentials&grant_type=client_credentials",
            _basic(CLIENT, SECRET),
            "invalid_request",
            400,
            id="twice",
        ),
        pytest.param(b"\xff", _basic(CLIENT, SECRET), "invalid_request", 400, id="no text"),
        pytest.param(b"a=1&" * 50, None, "invalid_request", 400, id="too many parameters"),
    ],
)
def test_a_request_that_cannot_be_answered_says_why(form, authorization, code, status):
    with pytest.raises(OAuthError) as refusal:
        _read(form, authorization)
    assert (refusal.value.code, refusal.value.status) == (code, status)
    assert refusal.value.body() == {"error": code, "error_description": str(refusal.value)}


@pytest.mark.parametrize("media_type", ["", "application/json", "text/plain"])
def test_what_is_no_form_is_refused(media_type):
    with pytest.raises(OAuthError) as refusal:
        _read(GRANT, _basic(CLIENT, SECRET), media_type)
    assert refusal.value.code == "invalid_request"


@pytest.mark.spec("RFC9449 §5")
def test_the_proof_of_a_token_request_gives_the_key_to_bind(client, now):
    headers = {"DPoP": client.proof({"htm": "POST", "htu": ENDPOINT})}
    assert prove(headers, ENDPOINT, now, ProofKeys()).jkt == client.jkt


@pytest.mark.spec("RFC9449 §5")
@pytest.mark.parametrize(
    "claims",
    [
        pytest.param({"jti": None}, id="without a name"),
        pytest.param({"htm": "GET"}, id="another method"),
        pytest.param({"htu": "https://pod.example/"}, id="another address"),
    ],
)
def test_a_token_request_without_a_sound_proof_is_refused(client, now, claims):
    good = {"htm": "POST", "htu": ENDPOINT}
    headers = {"DPoP": client.proof(good | claims)}
    with pytest.raises(OAuthError) as refusal:
        prove(headers, ENDPOINT, now, ProofKeys())
    assert (refusal.value.code, refusal.value.status) == ("invalid_dpop_proof", 400)


def test_a_token_request_may_come_without_a_proof(now):
    assert prove({}, ENDPOINT, now, ProofKeys()) is None


def issuance(*scopes, jkt="thumbprint"):
    return Issuance(
        issuer="https://pod.example/",
        webid="https://pod.example/ana/profile/card#me",
        client=CLIENT,
        jkt=jkt,
        scopes=scopes,
        jti="j",
        epoch="e",
        now=datetime(2026, 11, 25, tzinfo=UTC),
        lifetime=timedelta(hours=1),
    )


def test_the_answer_says_of_a_token_without_a_key_that_it_is_one():
    answer = token_response(issuance("webid", jkt=None), "a.b.c", id_token=None)
    assert answer["token_type"] == "Bearer"  # noqa: S105 - the name of a kind of token


@pytest.mark.spec("RFC9449 §5")
def test_the_answer_is_bound_and_has_a_number_of_seconds():
    answer = token_response(issuance("webid"), "a.b.c", id_token=None)
    assert answer == {
        "access_token": "a.b.c",
        "token_type": "DPoP",
        "expires_in": 3600,
        "scope": "webid",
    }
    named = "d.e.f"
    both = token_response(issuance("openid", "webid"), "a.b.c", id_token=named)
    assert both == answer | {"id_token": "d.e.f", "scope": "openid webid"}
