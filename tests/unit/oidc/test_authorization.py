"""What an app may ask at the authorization endpoint, and what a person is asked then."""

from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest

from pod.oidc.app import App
from pod.oidc.authorization import (
    Answerable,
    Authorization,
    answerable,
    read_authorization,
    read_parameters,
    redirection,
)
from pod.oidc.code import Code, Redemption, redeem
from pod.oidc.interaction import Ask, Consent, SignedIn, next_step
from pod.oidc.oauth_error import OAuthError
from pod.oidc.pkce import fits
from pod.oidc.refresh import GRACE, RefreshToken, Turn, narrowed, turn
from pod.problems import Malformed

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LANDING = "https://app.example/back"
VERIFIER = "v" * 43
CHALLENGE = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
APP = App(
    id="https://app.example/id",
    redirect_uris=(LANDING,),
    grant_types=frozenset({"authorization_code", "refresh_token"}),
)
AT = Answerable(app=APP, redirect_uri=LANDING, state="s")
ASKED = {
    "response_type": "code",
    "scope": "openid webid",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}
ANA = "https://pod.example/ana/profile/card#me"


def asked(at: Answerable = AT, **changed: str) -> Authorization:
    sent = {name: value for name, value in (ASKED | changed).items() if value}
    return read_authorization(sent, at)


def test_what_is_asked_is_read() -> None:
    request = asked(
        scope="openid offline_access email",
        nonce="n",
        prompt="login consent",
        max_age="60",
        login_hint="ana",
        dpop_jkt=CHALLENGE,
        unknown="ignored",
    )
    assert request == Authorization(
        answerable=AT,
        scopes=("openid", "webid", "offline_access"),
        challenge=CHALLENGE,
        nonce="n",
        prompts=frozenset({"login", "consent"}),
        max_age=60,
        login_hint="ana",
        jkt=CHALLENGE,
    )


@pytest.mark.spec("Practice OP-07")
def test_who_cannot_refresh_gets_no_offline_access() -> None:
    app = App(id="a", redirect_uris=(LANDING,))
    request = asked(
        Answerable(app=app, redirect_uri=LANDING, state=None), scope="openid offline_access"
    )
    assert request.scopes == ("openid", "webid")


def test_nobody_gets_more_than_registered_for() -> None:
    app = App(id="a", redirect_uris=(LANDING,), scopes=frozenset({"openid", "webid"}))
    request = asked(Answerable(app=app, redirect_uri=LANDING, state=None), scope="openid profile")
    assert request.scopes == ("openid", "webid")


@pytest.mark.spec("Practice OP-01")
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"response_type": ""}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code id_token"}, "unsupported_response_type"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"scope": ""}, "invalid_scope"),
        ({"scope": "webid"}, "invalid_scope"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"prompt": "none login"}, "invalid_request"),
        ({"prompt": "dance"}, "invalid_request"),
        ({"max_age": "-1"}, "invalid_request"),
        ({"max_age": "٣"}, "invalid_request"),
        ({"max_age": "1" * 10}, "invalid_request"),
        ({"dpop_jkt": "x"}, "invalid_request"),
        ({"request": "x"}, "request_not_supported"),
        ({"request_uri": "https://x.example/"}, "request_uri_not_supported"),
    ],
    ids=str,
)
def test_what_an_app_is_told_it_did_wrong(changed: dict[str, str], code: str) -> None:
    with pytest.raises(OAuthError) as refusal:
        asked(**changed)
    assert refusal.value.code == code


@pytest.mark.spec("RFC 6749 §3.1")
@pytest.mark.parametrize(
    "pairs", [[("state", "a"), ("state", "b")], [("state", "x" * 4001)]], ids=["twice", "long"]
)
def test_parameters_that_nobody_should_guess_about(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(Malformed):
        read_parameters(pairs)


def test_empty_parameters_are_none() -> None:
    assert read_parameters([("state", ""), ("nonce", "n")]) == {"nonce": "n"}


def test_an_app_is_answered_where_it_said() -> None:
    assert answerable({"redirect_uri": LANDING, "state": "s"}, APP) == AT


@pytest.mark.spec("RFC 6749 §3.1.2.3")
@pytest.mark.parametrize(
    "uri",
    [
        "",
        LANDING + "/",
        LANDING + "?x",
        LANDING.upper(),
        "https://app.example/",
        "https://evil.example/back",
    ],
)
def test_an_app_is_answered_nowhere_else(uri: str) -> None:
    with pytest.raises(Malformed):
        answerable({"redirect_uri": uri}, APP)


@pytest.mark.spec("RFC 9207 §2")
@pytest.mark.parametrize("landing", [LANDING, LANDING + "?page=1"])
@pytest.mark.parametrize("state", [None, "a b&c"])
def test_each_answer_names_its_issuer(landing: str, state: str | None) -> None:
    at = Answerable(app=APP, redirect_uri=landing, state=state)
    sent = redirection(at, "https://pod.example/", {"code": "c"})
    assert sent.startswith(landing)
    query = parse_qs(urlsplit(sent).query)
    assert query["iss"] == ["https://pod.example/"]
    assert query["code"] == ["c"]
    assert query.get("state") == (None if state is None else [state])


PERSON = SignedIn(account="1", at=NOW - timedelta(hours=1), webids=(ANA,))
GIVEN = Consent(webid=ANA, scopes=frozenset({"openid", "webid"}))
OTHERS = Consent(webid="https://pod.example/bob/profile/card#me", scopes=GIVEN.scopes)


@pytest.mark.parametrize(
    ("prompt", "max_age", "person", "consents", "done", "step"),
    [
        ("", "", None, [], [], Ask.SIGN_IN),
        ("", "", PERSON, [], [], Ask.CONSENT),
        ("", "", PERSON, [GIVEN], [], GIVEN),
        ("none", "", PERSON, [GIVEN], [], GIVEN),
        ("", "", PERSON, [OTHERS], [], Ask.CONSENT),
        ("", "", PERSON, [Consent(webid=ANA, scopes=frozenset({"openid"}))], [], Ask.CONSENT),
        ("consent", "", PERSON, [GIVEN], [], Ask.CONSENT),
        ("consent", "", PERSON, [GIVEN], [Ask.CONSENT], GIVEN),
        ("login", "", PERSON, [GIVEN], [], Ask.SIGN_IN),
        ("login", "", PERSON, [GIVEN], [Ask.SIGN_IN], GIVEN),
        ("select_account", "", PERSON, [GIVEN], [], Ask.CHOOSE_WEBID),
        ("select_account", "", PERSON, [GIVEN], [Ask.CHOOSE_WEBID], GIVEN),
        ("login consent", "", PERSON, [GIVEN], [Ask.SIGN_IN], Ask.CONSENT),
        ("", "3600", PERSON, [GIVEN], [], GIVEN),
        ("", "3599", PERSON, [GIVEN], [], Ask.SIGN_IN),
        ("", "0", PERSON, [GIVEN], [Ask.SIGN_IN], GIVEN),
    ],
)
def test_what_a_person_is_asked(
    prompt: str,
    max_age: str,
    person: SignedIn | None,
    consents: list[Consent],
    done: list[Ask],
    step: Ask | Consent,
) -> None:
    assert next_step(asked(prompt=prompt, max_age=max_age), person, consents, done, NOW) == step


@pytest.mark.spec("OpenID Connect Core §3.1.2.6")
@pytest.mark.parametrize(
    ("person", "code"), [(None, "login_required"), (PERSON, "consent_required")]
)
def test_who_must_not_be_asked_is_not_asked(person: SignedIn | None, code: str) -> None:
    with pytest.raises(OAuthError) as refusal:
        next_step(asked(prompt="none"), person, [], [], NOW)
    assert refusal.value.code == code


CODE = Code(
    client=APP.id,
    redirect_uri=LANDING,
    challenge=CHALLENGE,
    jkt="key",
    expires=NOW + timedelta(seconds=60),
)
SENT = Redemption(client=APP.id, redirect_uri=LANDING, verifier=VERIFIER, jkt="key")


def test_a_code_is_good_for_who_asked_for_it() -> None:
    for code, sent in ((CODE, SENT), (replace(CODE, jkt=None), replace(SENT, jkt="any"))):
        assert redeem(code, sent, NOW) == code


@pytest.mark.spec("RFC 6749 §5.2")
@pytest.mark.parametrize(
    ("sent", "after", "code"),
    [
        ({"client": "other"}, 0, "invalid_grant"),
        ({"redirect_uri": None}, 0, "invalid_grant"),
        ({"redirect_uri": LANDING + "/"}, 0, "invalid_grant"),
        ({"verifier": None}, 0, "invalid_grant"),
        ({"verifier": "w" * 43}, 0, "invalid_grant"),
        ({"verifier": CHALLENGE}, 0, "invalid_grant"),
        ({"jkt": "another"}, 0, "invalid_dpop_proof"),
        ({}, 60, "invalid_grant"),
    ],
    ids=str,
)
def test_a_code_is_good_for_nobody_else(sent: dict[str, str], after: int, code: str) -> None:
    redemption = Redemption(
        **{"client": APP.id, "redirect_uri": LANDING, "verifier": VERIFIER, "jkt": "key", **sent}
    )
    with pytest.raises(OAuthError) as refusal:
        redeem(CODE, redemption, NOW + timedelta(seconds=after))
    assert refusal.value.code == code


def test_a_code_that_nobody_gave_is_good_for_nothing() -> None:
    with pytest.raises(OAuthError):
        redeem(None, SENT, NOW)


@pytest.mark.spec("RFC 7636 §4.6")
def test_a_verifier_fits_the_challenge_of_the_example() -> None:
    # RFC 7636, Appendix B
    assert fits(
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )
    assert not fits("short", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")


SCOPES = ("openid", "webid", "offline_access")
TOKEN = RefreshToken(client=APP.id, jkt="key", expires=NOW + timedelta(days=1), used=None)
USED = replace(TOKEN, used=NOW)


@pytest.mark.spec("Practice OP-17")
@pytest.mark.parametrize(
    ("token", "after", "result"),
    [
        (TOKEN, timedelta(0), Turn.GIVE),
        (USED, GRACE, Turn.GIVE),
        (USED, GRACE + timedelta(seconds=1), Turn.END),
    ],
    ids=["first", "answer lost", "stolen"],
)
def test_a_refresh_token_is_good_once(token: RefreshToken, after: timedelta, result: Turn) -> None:
    assert turn(token, APP.id, "key", NOW + after) is result


@pytest.mark.spec("RFC 9449 §5")
@pytest.mark.parametrize(
    ("token", "client", "jkt", "after"),
    [
        (None, APP.id, "key", timedelta(0)),
        (TOKEN, "other", "key", timedelta(0)),
        (TOKEN, APP.id, "another", timedelta(0)),
        (TOKEN, APP.id, "key", timedelta(days=1)),
    ],
    ids=["unknown", "another client", "another key", "ended"],
)
def test_a_refresh_token_is_good_for_one(
    token: RefreshToken | None, client: str, jkt: str, after: timedelta
) -> None:
    with pytest.raises(OAuthError) as refusal:
        turn(token, client, jkt, NOW + after)
    assert refusal.value.code == "invalid_grant"


@pytest.mark.spec("RFC 6749 §6")
def test_a_refresh_never_widens() -> None:
    assert narrowed(SCOPES, None) == SCOPES
    assert narrowed(SCOPES, "openid") == ("openid", "webid")
    with pytest.raises(OAuthError):
        narrowed(("webid",), "openid")
