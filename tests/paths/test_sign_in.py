"""Somebody signs in to an app: each step of a browser without scripts, and of the app behind."""

import json
import uuid
from urllib.parse import urlencode

import pytest
from agents import EVERYONE, World, rule
from browser import Browser
from tried import CONTEXT, claims, code_of, sign_in


class TestJourney:
    """OP-01: from the app to the pages, back with a code, and to tokens."""

    @pytest.mark.spec("Practice OP-01")
    def test_somebody_signs_in_and_the_app_reads_as_her(self, browser, app, ana, place):
        ana.put(place + "letter", b"<> <http://purl.org/dc/terms/title> 'private' .")
        assert browser.open(app.request()).status == 200
        assert browser.title == "Sign in"
        sign_in(browser, ana)
        assert browser.title == "Allow Budget Malin?"
        assert ana.webid in browser.page.text
        assert app.landing in browser.page.text
        browser.send({"decision": "allow", "access": "everything"})
        assert browser.at.startswith(app.landing + "&")
        answered = browser.answered
        assert (answered["state"], answered["iss"]) == ("s 1", app.world.base)
        tokens = app.redeem(answered["code"])
        assert (tokens.status, tokens.headers["Cache-Control"]) == (200, "no-store")
        told = tokens.json()
        assert (told["token_type"], told["expires_in"]) == ("DPoP", 3600)
        assert app.get(place + "letter", told["access_token"]).status == 200

    @pytest.mark.spec("Self Data PRI-01")
    def test_an_app_that_was_granted_nothing_gets_nothing(self, browser, app, ana, place):
        ana.put(place + "letter", b"<> <http://purl.org/dc/terms/title> 'private' .")
        browser.open(app.request())
        sign_in(browser, ana)
        browser.send({"decision": "allow"})
        browser.send({"answer": "refuse"})
        token = app.redeem(browser.answered["code"]).json()["access_token"]
        for path in ("letter", "letter.acl", "", ".acl"):
            assert app.get(place + path, token).status == 403
        assert app.get(ana.storage, token).status == 403
        card = app.get(ana.webid.partition("#")[0], token)
        assert (card.status, card.headers["WAC-Allow"]) == (200, 'user="read",public="read"')

    @pytest.mark.spec("Practice OP-04")
    @pytest.mark.spec("Practice OP-14")
    def test_tokens_say_what_clients_look_at(self, browser, app, ana):
        told = app.redeem(code_of(browser, app, ana, nonce="n-1")).json()
        access, named = claims(told["access_token"]), claims(told["id_token"])
        for said in (access, named):
            assert (said["iss"], said["webid"]) == (app.world.base, ana.webid)
            assert said["cnf"] == {"jkt": app.key.thumbprint()}
        assert (access["aud"], access["client_id"]) == ("solid", app.id)
        assert named["aud"] == [app.id, "solid"]
        assert (named["azp"], named["nonce"]) == (app.id, "n-1")
        assert {"auth_time", "at_hash", "exp", "iat", "jti"} <= set(named)

    def test_who_is_signed_in_and_has_allowed_it_is_asked_nothing(self, browser, app, ana):
        code_of(browser, app, ana)
        browser.open(app.request(prompt="none", state="again"))
        assert browser.answered["state"] == "again"
        assert app.redeem(browser.answered["code"]).status == 200

    def test_what_is_not_remembered_is_asked_again(self, browser, app, ana):
        browser.open(app.request())
        sign_in(browser, ana)
        browser.send({"decision": "allow", "access": "everything", "remember": None})
        assert "code" in browser.answered
        browser.open(app.request())
        assert browser.title == "Allow Budget Malin?"

    @pytest.mark.spec("Solid-OIDC §5.1 #clientids-document")
    def test_an_app_may_have_its_document_in_a_pod_here(self, browser, app, ana, place):
        app.id, app.landing = place + "app", "https://app.example/back"
        document = {"@context": CONTEXT, "client_id": app.id, "redirect_uris": [app.landing]}
        ana.put(app.id, json.dumps(document).encode(), "application/json")
        assert browser.open(app.request()).status == 400
        ana.grant(app.id, rule(EVERYONE, "Read", "accessTo"), rule(ana.webid, "Control Write"))
        assert app.redeem(code_of(browser, app, ana)).status == 200
        for none in (place, place + "none", f"{app.world.base}nobody/app", f"{place}a%2Fb"):
            assert browser.open(app.request(client_id=none)).status == 400

    def test_an_app_with_a_secret_signs_people_in(self, browser, registered, ana):
        code = code_of(browser, registered, ana, scope="openid")
        assert "refresh_token" not in registered.redeem(code).json()

    def test_the_pages_are_in_french_for_who_reads_french(self, browser, app, ana):
        browser.headers["Accept-Language"] = "fr-FR,fr;q=0.9,en;q=0.5"
        browser.open(app.request())
        assert browser.title == "Se connecter"
        sign_in(browser, ana)
        assert browser.title == "Autoriser Budget Malin\N{NARROW NO-BREAK SPACE}?"

    def test_who_refuses_goes_back_without_a_code(self, browser, app, ana):
        browser.open(app.request())
        sign_in(browser, ana)
        browser.send({"decision": "refuse"})
        answered = browser.answered
        assert (answered["error"], answered["state"]) == ("access_denied", "s 1")
        assert "code" not in answered

    def test_a_wrong_password_leads_nowhere(self, browser, app, ana):
        browser.open(app.request())
        page = sign_in(browser, ana, "another password")
        assert (page.status, browser.title) == (403, "Sign in")
        # The page opens on what was wrong, its title says so, and each field is told of it.
        assert 'role="alert" class="wrong" id="wrong" tabindex="-1" autofocus>' in page.text
        assert "<title>Error " in page.text
        assert page.text.count('aria-invalid="true" aria-describedby="wrong"') == 2
        assert f'value="{ana.name}@example.org"' in page.text
        assert "css-account" not in browser.cookies

    def test_somebody_else_may_sign_in_instead(self, browser, app, ana, bob):
        browser.open(app.request())
        sign_in(browser, ana)
        browser.send(form=1)
        assert browser.title == "Sign in"
        sign_in(browser, bob)
        assert bob.webid in browser.page.text
        assert ana.webid not in browser.page.text

    @pytest.mark.spec("Practice OP-18")
    @pytest.mark.parametrize("prompt", ["consent", "login", "select_account", "login consent"])
    def test_what_the_app_wants_asked_is_asked_once(self, browser, app, ana, prompt):
        code_of(browser, app, ana)
        browser.open(app.request(prompt=prompt))
        if "login" in prompt:
            assert browser.title == "Sign in"
            sign_in(browser, ana)
        if prompt != "login":
            assert browser.title == "Allow Budget Malin?"
            browser.send({"decision": "allow", "access": "everything"})
        assert app.redeem(browser.answered["code"]).status == 200

    @pytest.mark.spec("OpenID Connect Core §3.1.2.6")
    def test_nobody_is_asked_where_the_app_forbids_it(self, browser, app):
        browser.open(app.request(prompt="none"))
        answered = browser.answered
        assert (answered["error"], answered["iss"]) == ("login_required", app.world.base)

    def test_a_page_of_the_way_cannot_be_framed_or_kept(self, browser, app):
        fields = browser.open(app.request()).headers
        assert "frame-ancestors 'none'" in fields["Content-Security-Policy"]
        assert fields["Cache-Control"] == "no-store"


class TestRefusals:
    """What goes back to the app, and what only the person is told."""

    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"response_type": "token"}, "unsupported_response_type"),
            ({"code_challenge": None}, "invalid_request"),
            ({"code_challenge_method": "plain"}, "invalid_request"),
            ({"scope": "webid"}, "invalid_scope"),
            ({"request": "a.b.c"}, "request_not_supported"),
        ],
        ids=str,
    )
    def test_the_app_is_told(self, browser, app, changed, error):
        browser.open(app.request(**changed))
        answered = browser.answered
        assert (answered["error"], answered["iss"]) == (error, app.world.base)
        assert answered["state"] == "s 1"

    @pytest.mark.spec("Practice OP-11")
    @pytest.mark.parametrize(
        "changed",
        [
            {"redirect_uri": "https://evil.example/"},
            {"redirect_uri": "https://app.example/back"},
            {"redirect_uri": "https://app.example/back?page=1&x"},
            {"redirect_uri": None},
            {"client_id": "nobody"},
            {"client_id": None},
            {"client_id": "http://169.254.169.254/"},
            {"client_id": "javascript:alert(1)"},
        ],
        ids=str,
    )
    def test_only_the_person_is_told(self, browser, app, changed):
        page = browser.open(app.request(**changed))
        assert page.status == 400
        assert browser.at.startswith(app.world.base)
        assert browser.title == "This does not work"

    @pytest.mark.parametrize(
        "document",
        [
            "not JSON",
            "{}",
            json.dumps({"@context": [CONTEXT], "client_id": "https://other.example/id"}),
        ],
    )
    def test_an_app_whose_document_is_wrong(self, browser, app, elsewhere, document):
        path = f"{uuid.uuid4().hex}/id"
        client = elsewhere.serve(path, document, "application/ld+json")
        assert browser.open(app.request(client_id=client)).status == 400

    def test_an_interaction_that_is_over(self, browser, app, ana):
        browser.open(app.request())
        at = browser.at
        sign_in(browser, ana)
        browser.send({"decision": "allow", "access": "everything"})
        assert browser.open(at).status == 404
        assert browser.title == "This took too long"

    @pytest.mark.spec("Practice OP-25")
    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Sec_Fetch_Site": "cross-site"},
            {"Sec_Fetch_Site": "same-site"},
        ],
        ids=str,
    )
    def test_no_other_page_can_press_the_button(self, browser, app, ana, headers):
        browser.open(app.request())
        sign_in(browser, ana)
        page = browser.send({"decision": "allow", "access": "everything"}, **headers)
        assert (page.status, browser.title) == (403, "This did not come from our page")
        assert browser.at.startswith(app.world.base)

    def test_nobody_allows_what_is_another_persons(self, browser, app, ana, bob):
        browser.open(app.request())
        sign_in(browser, ana)
        page = browser.send({"decision": "allow", "access": "everything", "webid": bob.webid})
        assert (page.status, browser.at.startswith(app.world.base)) == (400, True)

    def test_who_is_not_signed_in_allows_nothing(self, browser, app, ana):
        browser.open(app.request())
        sign_in(browser, ana)
        del browser.cookies["css-account"]
        browser.send({"decision": "allow", "access": "everything"})
        assert browser.title == "Sign in"

    def test_a_form_that_is_none_is_refused(self, browser, app):
        browser.open(app.request())
        url = browser.at + "sign-in"
        answer = browser._ask("POST", url, {"Content-Type": "text/plain"}, b"x")  # noqa: SLF001
        assert answer.status == 400

    @pytest.mark.parametrize("method", ["PUT", "DELETE"])
    def test_pages_take_no_other_methods(self, nobody, world, method):
        answer = nobody.call(method, f"{world.base}.oidc/auth")
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, POST, HEAD, OPTIONS")


class TestSigningOut:
    """OpenID Connect RP-Initiated Logout."""

    def end(self, world: World, **sent: str) -> str:
        return f"{world.base}.oidc/session/end?{urlencode(sent)}"

    @pytest.mark.spec("Practice OP-20")
    def test_the_app_she_is_signed_in_to_signs_her_out(self, browser, app, ana):
        told = app.redeem(code_of(browser, app, ana)).json()
        bye = "https://app.example/bye"
        sent = {"id_token_hint": told["id_token"], "post_logout_redirect_uri": bye, "state": "x"}
        browser.open(self.end(app.world, **sent))
        assert browser.at == f"{bye}?state=x"
        assert "css-account" not in browser.cookies
        browser.open(app.request(prompt="none"))
        assert browser.answered["error"] == "login_required"

    def test_without_a_token_of_hers_she_is_asked(self, browser, app, ana):
        code_of(browser, app, ana)
        browser.open(self.end(app.world))
        assert browser.title == "Sign out"
        browser.send({"decision": "no"})
        browser.open(app.request(prompt="none"))
        assert "code" in browser.answered
        browser.open(self.end(app.world))
        browser.send({"decision": "yes"})
        assert browser.title == "You are signed out"
        assert "css-account" not in browser.cookies

    def test_the_token_of_another_signs_nobody_out(self, browser, app, ana, bob, world):
        told = app.redeem(code_of(browser, app, ana)).json()
        other = Browser(world.base, browser.connection)
        code_of(other, app, bob)
        other.open(self.end(world, id_token_hint=told["id_token"]))
        assert other.title == "Sign out"

    @pytest.mark.parametrize("uri", ["https://evil.example/", "https://app.example/bye/"])
    def test_nobody_is_sent_where_the_app_never_said(self, browser, app, ana, uri):
        told = app.redeem(code_of(browser, app, ana)).json()
        sent = {"id_token_hint": told["id_token"], "post_logout_redirect_uri": uri}
        page = browser.open(self.end(app.world, **sent))
        assert (page.status, browser.at.startswith(app.world.base)) == (400, True)
        assert "css-account" in browser.cookies

    def test_another_page_signs_nobody_out(self, browser, app, ana):
        code_of(browser, app, ana)
        browser.open(self.end(app.world))
        page = browser.send({"decision": "yes"}, Origin="https://evil.example")
        assert page.status == 403
        assert "css-account" in browser.cookies


def test_the_pages_have_their_style(world, nobody):
    answer = nobody.get(f"{world.base}.pages/pod.css")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    again = nobody.get(f"{world.base}.pages/pod.css", {"If-None-Match": answer.headers["ETag"]})
    assert again.status == 304
    assert nobody.get(f"{world.base}.pages/none").status == 404
    assert nobody.call("POST", f"{world.base}.pages/pod.css").status == 405


def test_what_an_issuer_is_is_told_by_both_names(world, nobody):
    one = nobody.get(f"{world.base}.well-known/openid-configuration").json()
    other = nobody.get(f"{world.base}.well-known/oauth-authorization-server").json()
    assert one == other
    for name, url in one.items():
        if name.endswith("_endpoint") or name == "jwks_uri":
            answer = nobody.options(url)
            assert (answer.status, "Allow" in answer.headers) == (204, True), name
