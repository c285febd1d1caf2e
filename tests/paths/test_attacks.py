"""What is tried against sign-in and tokens, a row an attack: how each is refused, to the letter.

Here is what needs the whole way over HTTP. What a single check refuses stands with the check, and
docs/security.md names both. What is tried with tokens, and with the documents of apps, is beside.
"""

import uuid
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from browser import FORM, Browser
from tried import PASSWORD, Tried, code_of, refusal, register, sign_in

from pod.account.throttle import throttles
from pod.flows.oidc.authorize import Arrived, authorize
from pod.problems import TooMany

# --- what comes back to the app -------------------------------------------------------------------


@pytest.mark.spec("RFC 6749 §3.1.2.3")
@pytest.mark.parametrize(
    "landing",
    [
        "https://evil.example/back?page=1",
        "https://app.example.evil.example/back?page=1",
        "https://app.example@evil.example/back?page=1",
        "https://app.example:444/back?page=1",
        "http://app.example/back?page=1",
        "https://APP.example/back?page=1",
        "https://app.example/back/?page=1",
        "https://app.example/back/../back?page=1",
        "https://app.example/%62ack?page=1",
        "https://app.example/back?page=1&to=https://evil.example/",
        "https://app.example/back?page=1#fragment",
        "https://app.example/back",
        "//evil.example/back",
        "/back?page=1",
        "https://app.example\\@evil.example/back",
        "javascript:alert(1)",
        "data:text/html,x",
        " https://app.example/back?page=1",
    ],
)
def test_a_redirect_that_the_app_never_named(browser, app, landing):
    page = browser.open(app.request(redirect_uri=landing))
    assert (page.status, "Location" in page.headers) == (400, False)
    assert browser.at.startswith(app.world.base)


@pytest.mark.parametrize("twice", ["redirect_uri", "client_id", "state"])
def test_a_parameter_that_is_sent_twice(browser, app, twice):
    page = browser.open(f"{app.request()}&{twice}=https%3A%2F%2Fevil.example%2F")
    assert (page.status, browser.title) == (400, "This does not work")


@pytest.mark.parametrize(
    "uri",
    [
        "https://a.example;report-uri/x",
        "https://a.example,sandbox/x",
        "https://a'b.example/",
        "https://user@a.example/",
        "https://a.example/\r\nSet-Cookie:x",
    ],
)
def test_an_address_that_would_be_written_into_a_header(world, nobody, uri):
    answer = register(world, nobody, redirect_uris=[uri])
    assert refusal(answer) == (400, "invalid_redirect_uri")


@pytest.mark.parametrize("wanted", ["/.account/../x", "/.account/\r\nx", "/.account/%0d%0a", "x"])
def test_a_sign_in_that_shall_lead_elsewhere(world, browser, ana, wanted):
    browser.open("/.account/sign-in/?" + urlencode({"next": wanted}))
    fill = {"email": f"{ana.name}@example.org", "password": PASSWORD, "next": wanted}
    browser.send(fill, form=1)
    assert browser.at == f"{world.base}.account/"


@pytest.mark.spec("Practice OP-01")
@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": "S512"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code token"}, "unsupported_response_type"),
        ({"response_mode": "form_post"}, "invalid_request"),
        ({"request_uri": "https://evil.example/r"}, "request_uri_not_supported"),
    ],
    ids=str,
)
def test_a_downgrade(browser, app, changed, error):
    browser.open(app.request(**changed))
    assert (browser.answered["error"], "code" in browser.answered) == (error, False)


class TestCodes:
    """Codes that get into the wrong hands, or are put into the wrong ones."""

    def test_a_code_that_is_injected_into_the_session_of_another(self, browser, app, ana, bob):
        """The thief has Ana's code, and gives it to the app as if it were his own."""
        stolen = code_of(browser, app, ana)
        his = Tried(app.world, app.nobody, app.id, app.landing, key=app.key)
        assert refusal(his.redeem(stolen)) == (400, "invalid_grant")
        del bob

    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"code_verifier": ""}, "invalid_grant"),
            ({"code_verifier": "short"}, "invalid_grant"),
            ({"redirect_uri": ""}, "invalid_grant"),
            ({"redirect_uri": "https://app.example/other"}, "invalid_grant"),
            ({"client_id": "https://other.example/id"}, "invalid_grant"),
        ],
        ids=str,
    )
    def test_a_code_without_what_belongs_to_it(self, browser, app, ana, changed, error):
        assert refusal(app.redeem(code_of(browser, app, ana), **changed)) == (400, error)

    def test_for_a_stranger_with_nothing_in_hand_nothing_is_fetched(self, app, elsewhere):
        named = elsewhere.base + f"{uuid.uuid4().hex}/id"
        stranger = Tried(app.world, app.nobody, named, app.landing)
        assert refusal(stranger.redeem("made-up")) == (400, "invalid_grant")
        asked = stranger.ask("refresh_token", refresh_token="made-up")  # noqa: S106 - made up
        assert refusal(asked) == (400, "invalid_grant")
        assert named.removeprefix(elsewhere.base) not in elsewhere.asked

    def test_a_code_is_no_refresh_token_and_the_other_way_round(self, browser, app, ana):
        code = code_of(browser, app, ana)
        assert refusal(app.ask("refresh_token", refresh_token=code)) == (400, "invalid_grant")
        told = app.redeem(code).json()
        assert refusal(app.redeem(told["refresh_token"])) == (400, "invalid_grant")

    def test_a_proof_for_a_token_is_good_once(self, browser, app, ana):
        proof = app.key.proof("POST", f"{app.world.base}.oidc/token")
        app.key.proof = lambda *_: proof
        assert app.redeem(code_of(browser, app, ana)).status == 200
        browser.open(app.request(prompt="none"))
        assert refusal(app.redeem(browser.answered["code"])) == (400, "invalid_dpop_proof")

    def test_each_answer_says_whose_it_is(self, browser, app, ana):
        """Mixed-up issuers: the app can tell that an answer is from here, and refuse all others."""
        browser.open(app.request())
        sign_in(browser, ana)
        browser.send({"decision": "allow", "access": "everything"})
        assert browser.answered["iss"] == app.world.base


# --- the browser in between -----------------------------------------------------------------------


class TestBrowsers:
    def test_who_knows_the_address_of_an_interaction_has_nothing(self, browser, app, ana, bob):
        browser.open(app.request())
        at = browser.at
        thief = Browser(app.world.base, browser.connection)
        assert (thief.open(at).status, thief.title) == (404, "This took too long")
        # Nor with a sign-in of his own: Ana would be signed in to the app as him.
        other = Tried(app.world, app.nobody, app.id, app.landing)
        code_of(thief, other, bob)
        assert thief.open(at).status == 404
        url, own = at + "consent", {"Content-Type": FORM, "Origin": app.world.base.rstrip("/")}
        sent = urlencode({"decision": "allow", "access": "everything", "webid": bob.webid}).encode()
        assert thief._ask("POST", url, own, sent).status == 404  # noqa: SLF001 - no page shows it
        sign_in(browser, ana)
        assert browser.title == "Allow Budget Malin?"

    def test_an_answer_counts_once(self, browser, app, ana):
        browser.open(app.request())
        sign_in(browser, ana)
        again = Browser(browser.base, browser.connection, cookies=browser.cookies)
        again.at, again.page = browser.at, browser.page
        browser.send({"decision": "allow", "access": "everything"})
        assert "code" in browser.answered
        page = again.send({"decision": "allow", "access": "everything"})
        assert (page.status, again.at.startswith(app.world.base)) == (404, True)

    def test_a_session_that_was_planted_is_nobodys_afterwards(self, browser, app, ana, bob):
        """Session fixation: the thief's cookie is in her browser before she signs in."""
        thief = Browser(app.world.base, browser.connection)
        code_of(thief, app, bob)
        planted = thief.cookies["css-account"]
        browser.open(app.request(prompt="login"))
        browser.cookies["css-account"] = planted
        sign_in(browser, ana)
        assert browser.cookies["css-account"] != planted
        assert ana.webid in browser.page.text
        thief.open(app.request(prompt="none"))
        assert thief.answered["error"] == "login_required"

    def test_two_requests_of_one_browser_do_not_disturb_each_other(self, browser, app, ana):
        first = browser.open(app.request(state="first")) and browser.at
        browser.open(app.request(state="second"))
        sign_in(browser, ana)
        browser.send({"decision": "allow", "access": "everything"})
        assert browser.answered["state"] == "second"
        browser.open(first)
        assert browser.answered["state"] == "first"

    def test_a_page_tells_nobody_where_it_is(self, browser, app):
        fields = browser.open(app.request()).headers
        assert fields["Referrer-Policy"] == "same-origin"
        assert fields["Cache-Control"] == "no-store"
        assert "css-interaction" in browser.cookies
        form = fields["Content-Security-Policy"].partition("form-action ")[2].partition(";")[0]
        own = f"{app.world.base}.account/ {app.world.base}.oidc/"
        assert form == f"{own} https://app.example"

    def test_a_log_out_that_she_did_not_ask_for(self, browser, app, ana):
        code_of(browser, app, ana)
        landing = "https://app.example/bye"
        sent = urlencode({"post_logout_redirect_uri": landing, "client_id": app.id})
        browser.open(f"{app.world.base}.oidc/session/end?{sent}")
        assert browser.title == "Sign out"
        assert "css-account" in browser.cookies

    def test_a_log_out_is_no_way_to_send_people_around(self, browser, app, ana):
        landing = "https://app.example/bye"
        sent = urlencode({"post_logout_redirect_uri": landing, "client_id": app.id})
        browser.open(f"{app.world.base}.oidc/session/end?{sent}")
        assert browser.at.startswith(app.world.base)
        token = app.redeem(code_of(browser, app, ana)).json()["id_token"]
        other = urlencode(
            {"post_logout_redirect_uri": landing, "id_token_hint": token, "client_id": "other"}
        )
        page = browser.open(f"{app.world.base}.oidc/session/end?{other}")
        assert (page.status, browser.at.startswith(app.world.base)) == (400, True)

    def test_a_flood_of_requests_is_bounded_and_none_of_it_is_kept(self, world, app):
        server = replace(world.server, throttles=throttles(development=False))
        asked = [*parse_qsl(urlsplit(app.request()).query), ("padding", "x" * 4000)]
        arrived = Arrived(peer="192.0.2.9", session=None, begun=None)
        for _ in range(200):
            begun = world.run(authorize(asked, arrived, server))
        with pytest.raises(TooMany):
            world.run(authorize(asked, arrived, server))
        kept = world.run(world.server.accounts.read(lambda tables: tables.interactions.all()))
        assert begun
        assert not any("padding" in one.parameters for one in kept)
