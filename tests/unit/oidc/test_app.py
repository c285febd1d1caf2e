"""What an app may say of itself, by its own document or by registration."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.oidc.app import AppFlaw, is_landing
from pod.oidc.client_document import CONTEXT, is_document_address, read_client_document
from pod.oidc.oauth_error import OAuthError
from pod.oidc.registration import (
    read_registration,
    read_written,
    registration_response,
    written,
)

ADDRESS = "https://app.example/id"
LANDING = "https://app.example/back"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "uri",
    [
        LANDING,
        "https://app.example",
        "https://app.example:8443/back?from=pod",
        "http://localhost:8080/back",
        "http://127.0.0.1/back",
        "http://[::1]:9/back",
        "com.example.app:/back",
    ],
)
def test_people_may_be_sent_to(uri: str) -> None:
    assert is_landing(uri)


@pytest.mark.spec("RFC 6749 §3.1.2")
@pytest.mark.parametrize(
    "uri",
    [
        "",
        "https://a.example;report-uri/",
        "https://a.example,b/",
        "https://a'b.example/",
        "https://user@a.example/",
        "https://a.example:port/",
        "/back",
        "http://app.example/back",
        "https://app.example/back#here",
        "https://app.example/back#",
        "https://person@app.example/back",
        "https:///back",
        "https://app.example\\@other.example/",
        "https://app.example/a b",
        "https://app.example/\n",
        "https://app.example:port/",
        "https://app.example/é",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://app.example/" + "a" * 2000,
    ],
)
def test_people_may_not_be_sent_to(uri: str) -> None:
    assert not is_landing(uri)


@given(st.text())
def test_any_text_is_or_is_not_an_address_to_send_people_to(uri: str) -> None:
    assert not is_landing(uri) or ":" in uri


def document(**members: Any) -> bytes:
    described = {"@context": [CONTEXT], "client_id": ADDRESS, "redirect_uris": [LANDING]}
    described |= {name.replace("context", "@context"): value for name, value in members.items()}
    return json.dumps({name: value for name, value in described.items() if value != ""}).encode()


@pytest.mark.spec("Practice OP-07")
def test_a_document_makes_a_public_app() -> None:
    app = read_client_document(
        ADDRESS,
        document(
            client_name="Budget",
            logo_uri="https://app.example/logo.png",
            client_uri="javascript:alert(1)",
            scope="openid webid offline_access",
            grant_types=["authorization_code", "refresh_token", "implicit"],
        ),
    )
    assert (app.id, app.redirect_uris, app.secret_hash) == (ADDRESS, (LANDING,), None)
    assert (app.name, app.logo, app.uri) == ("Budget", "https://app.example/logo.png", "")
    assert app.may_refresh
    assert app.scopes == {"openid", "webid", "offline_access"}


def test_a_document_that_says_little_is_enough() -> None:
    app = read_client_document(ADDRESS, document(context=CONTEXT))
    assert (app.name, app.scopes, app.may_refresh) == ("", None, False)


@pytest.mark.spec("Solid-OIDC §5.1 #clientids-document")
@pytest.mark.parametrize(
    ("body", "member"),
    [
        (b"{", ""),
        (b"[]", ""),
        (b"[" * 100_000, ""),
        (b"\xff", ""),
        (document(context=""), "@context"),
        (document(context="https://schema.org/"), "@context"),
        (document(client_id="https://other.example/id"), "client_id"),
        (document(client_id=""), "client_id"),
        (document(redirect_uris=[]), "redirect_uris"),
        (document(redirect_uris=LANDING), "redirect_uris"),
        (document(redirect_uris=[1]), "redirect_uris"),
        (document(redirect_uris=["http://app.example/"]), "redirect_uris"),
        (document(redirect_uris=[LANDING] * 51), "redirect_uris"),
        (document(post_logout_redirect_uris=["x"]), "post_logout_redirect_uris"),
        (document(grant_types="authorization_code"), "grant_types"),
        (document(grant_types=["implicit"]), "grant_types"),
        (document(scope=["openid"]), "scope"),
    ],
)
def test_a_document_is_refused(body: bytes, member: str) -> None:
    with pytest.raises(AppFlaw) as flaw:
        read_client_document(ADDRESS, body)
    assert flaw.value.member == member


@pytest.mark.parametrize(
    ("client", "is_one"),
    [
        (ADDRESS, True),
        ("http://localhost:3000/id", True),
        ("http://app.example/id", False),
        ("com.example.app:/id", False),
        ("https://app.example/id#this", False),
        ("a1b2", False),
    ],
)
def test_which_ids_are_addresses_of_documents(client: str, *, is_one: bool) -> None:
    assert is_document_address(client) == is_one


def registered(metadata: dict[str, Any]) -> dict[str, Any]:
    registration = read_registration(json.dumps({"redirect_uris": [LANDING], **metadata}).encode())
    secret = "s3cret" if registration.has_secret else None
    return registration_response(registration, "made-up", secret, NOW)


@pytest.mark.spec("RFC 7591 §3.2.1")
def test_what_was_registered_is_said() -> None:
    answer = registered(
        {
            "redirect_uris": ["https://b.example/", "https://a.example/"],
            "client_name": "Budget",
            "id_token_signed_response_alg": "RS256",
            "grant_types": ["refresh_token", "authorization_code"],
            "post_logout_redirect_uris": ["https://a.example/bye"],
            "scope": "openid offline_access",
            "application_type": "web",
        }
    )
    assert answer == {
        "client_id": "made-up",
        "client_id_issued_at": int(NOW.timestamp()),
        "redirect_uris": ["https://b.example/", "https://a.example/"],
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "client_secret_basic",
        "id_token_signed_response_alg": "RS256",
        "client_name": "Budget",
        "post_logout_redirect_uris": ["https://a.example/bye"],
        "scope": "offline_access openid webid",
        "client_secret": "s3cret",
        "client_secret_expires_at": 0,
    }


@pytest.mark.spec("Practice OP-10")
def test_an_app_that_says_no_scope_is_bound_to_none() -> None:
    assert read_registration(json.dumps({"redirect_uris": [LANDING]}).encode()).app.scopes is None


def test_a_public_app_gets_no_secret() -> None:
    answer = registered({"token_endpoint_auth_method": "none"})
    assert "client_secret" not in answer


@pytest.mark.spec("RFC 7591 §3.2.2")
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"redirect_uris=x", "invalid_client_metadata"),
        (b"[]", "invalid_client_metadata"),
        (b"[" * 100_000, "invalid_client_metadata"),
        (b"{}", "invalid_redirect_uri"),
        (b'{"redirect_uris": ["http://app.example/"]}', "invalid_redirect_uri"),
        (
            json.dumps(
                {"redirect_uris": [LANDING], "token_endpoint_auth_method": "private_key_jwt"}
            ).encode(),
            "invalid_client_metadata",
        ),
        (
            json.dumps(
                {"redirect_uris": [LANDING], "id_token_signed_response_alg": "none"}
            ).encode(),
            "invalid_client_metadata",
        ),
    ],
)
def test_a_registration_is_refused(body: bytes, code: str) -> None:
    with pytest.raises(OAuthError) as refusal:
        read_registration(body)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"client_name": "Budget", "scope": "openid", "grant_types": ["authorization_code"]},
        {"id_token_signed_response_alg": "RS256", "post_logout_redirect_uris": [LANDING]},
        {"logo_uri": "https://app.example/logo.png", "client_uri": "https://app.example/"},
    ],
)
def test_what_is_kept_of_an_app_is_the_app(metadata: dict[str, Any]) -> None:
    body = json.dumps({"redirect_uris": [LANDING], **metadata}).encode()
    app = read_registration(body).app
    assert read_written("made-up", None, written(app)) == replace(app, id="made-up")
