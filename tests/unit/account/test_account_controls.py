"""Who is told of which controls."""

import pytest

from pod.account.controls import Registration, account_address, controls

BASE = "https://pod.example/"
INDEX = BASE + ".account/"


def test_a_stranger_is_told_how_to_come_in_and_no_more():
    assert controls(BASE, None, Registration.OPEN) == {
        "main": {"index": INDEX, "logins": INDEX + "login/"},
        "account": {"create": INDEX + "account/"},
        "password": {
            "login": INDEX + "login/password/",
            "forgot": INDEX + "login/password/forgot/",
            "reset": INDEX + "login/password/reset/",
        },
        "recovery": {"login": INDEX + "login/recovery/"},
        "html": {
            "login": INDEX + "sign-in/",
            "account": INDEX,
            "register": INDEX + "sign-up/",
        },
    }


def test_who_is_signed_in_is_told_what_is_her_own():
    told = controls(BASE, "a1", Registration.OPEN)
    own = account_address(BASE, "a1")
    assert own == INDEX + "account/a1/"
    assert told["account"] == {
        "create": INDEX + "account/",
        "account": own,
        "logout": own + "logout/",
        "webId": own + "webid/",
        "pod": own + "pod/",
        "clientCredentials": own + "client-credentials/",
        "sessions": own + "session/",
        "journal": own + "journal/",
    }
    assert told["password"]["create"] == own + "login/password/"
    assert told["recovery"]["create"] == own + "login/recovery/"


@pytest.mark.parametrize("account", [None, "a1"])
def test_where_nobody_may_make_an_account_nobody_is_told_how(account):
    told = controls(BASE, account, Registration.CLOSED)
    assert "create" not in told.get("account", {})
    assert controls(BASE, account, Registration.INVITE)["account"]["create"]
    assert "register" not in told["html"]


def test_who_is_asked_for_an_app_is_told_how_to_answer():
    told = controls(BASE, "a1", Registration.OPEN, answering=True)
    assert told["oidc"] == {
        "prompt": INDEX + "oidc/prompt/",
        "webId": INDEX + "oidc/pick-webid/",
        "forgetWebId": INDEX + "oidc/forget-webid/",
        "consent": INDEX + "oidc/consent/",
        "cancel": INDEX + "oidc/cancel/",
    }
