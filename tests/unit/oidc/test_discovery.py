"""The issuer's own description: what clients need to be there, and nothing that is not."""

import pytest

from pod.oidc.discovery import openid_configuration, token_endpoint
from pod.oidc.token_request import read_token_request

BASE = "https://pod.example/"


@pytest.fixture
def document():
    return openid_configuration(BASE)


@pytest.mark.spec("OIDC Discovery §4.3")
def test_the_issuer_is_the_address_of_the_server_to_the_letter(document):
    assert document["issuer"] == BASE


@pytest.mark.spec("Solid-OIDC §13")
def test_the_webid_scope_is_advertised(document):
    assert "webid" in document["scopes_supported"]


def test_the_endpoints_are_the_servers_own(document):
    assert document["token_endpoint"] == token_endpoint(BASE) == f"{BASE}.oidc/token"
    assert document["jwks_uri"] == f"{BASE}.oidc/jwks"


@pytest.mark.spec("Practice OP-03")
def test_what_a_browser_needs_is_there(document):
    for name in ("authorization_endpoint", "registration_endpoint", "end_session_endpoint"):
        assert document[name].startswith(f"{BASE}.oidc/")
    assert document["response_types_supported"] == ["code"]
    assert document["code_challenge_methods_supported"] == ["S256"]
    assert document["authorization_response_iss_parameter_supported"] is True
    assert "offline_access" in document["scopes_supported"]


def test_every_grant_that_is_advertised_is_answered(document):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for grant in document["grant_types_supported"]:
        body = f"grant_type={grant}&client_id=c&client_secret=s".encode()
        assert read_token_request(form, body).client == "c"


def test_what_clients_insist_on_is_there(document):
    assert document["id_token_signing_alg_values_supported"] == ["ES256", "RS256"]
    assert document["subject_types_supported"] == ["public"]
    assert {"ES256", "RS256"} <= set(document["dpop_signing_alg_values_supported"])
    assert {"none", "client_secret_basic", "client_secret_post"} == set(
        document["token_endpoint_auth_methods_supported"]
    )
    assert {"sub", "webid", "iss", "aud", "exp", "iat", "azp"} <= set(document["claims_supported"])
