"""Clients that people make for their scripts: what they are called, and what they get."""

import pytest

from pod.oidc.client_credentials import mark_of, new_client_id, scopes_of


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", ("webid",)),
        ("webid", ("webid",)),
        ("openid", ("openid", "webid")),
        ("webid openid offline_access", ("openid", "webid")),
    ],
)
@pytest.mark.spec("RFC6749 §3.3")
def test_a_scope_is_what_is_asked_and_known_and_always_the_webid(asked, given):
    assert scopes_of(asked) == given


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("backup", "backup-3f9a"),
        ("Sauvegarde d'été (2)", "sauvegarde-d-ete-2-3f9a"),
        ("../../x#y?z", "x-y-z-3f9a"),
        ("", "3f9a"),
        ("日本", "3f9a"),
    ],
)
def test_a_client_id_says_what_it_is_for_and_is_no_address(label, path):
    assert new_client_id(label, "3f9a") == path


@pytest.mark.parametrize("client", ["backup-3f9a", "https://pod.example/.oidc/clients/backup-3f9a"])
def test_a_client_is_known_by_the_end_of_its_id(client):
    assert mark_of(client) == "backup-3f9a"
