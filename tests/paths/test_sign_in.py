"""Somebody signs in to an app: each step of a browser without scripts, and of the app behind."""

import base64
import json
import uuid
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from agents import EVERYONE, World, rule
from browser import FORM, Browser
from client import Answer, Key
from tried import CONTEXT, Tried, claims, code_of, register, sign_in

from pod.flows.oidc.register_app import register_app
from pod.flows.provision import delete_account


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
        assert browser.title == "Autoriser Budget Malin ?"

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
        assert 'role="alert"' in page.text
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


class TestCodes:
    """RFC 6749 §4.1: a code is good once, for one app, with its verifier and its key."""

    def test_a_code_is_good_once(self, browser, app, ana, place):
        code = code_of(browser, app, ana)
        told = app.redeem(code).json()
        assert app.get(place, told["access_token"]).status == 404
        again = app.redeem(code)
        assert (again.status, again.json()["error"]) == (400, "invalid_grant")
        # Somebody else may have it: all that came of it ends.
        assert app.get(place, told["access_token"]).status == 401
        refreshed = app.ask("refresh_token", refresh_token=told["refresh_token"])
        assert refreshed.json()["error"] == "invalid_grant"

    @pytest.mark.spec("RFC 7636 §4.6")
    @pytest.mark.parametrize(
        "changed",
        [
            {"code_verifier": "x" * 43},
            {"redirect_uri": "https://app.example/other"},
            {"code": "another"},
        ],
        ids=str,
    )
    def test_a_code_alone_is_no_good(self, browser, app, ana, changed):
        answer = app.redeem(code_of(browser, app, ana), **changed)
        assert (answer.status, answer.json()["error"]) == (400, "invalid_grant")

    def test_a_code_is_for_one_app(self, browser, app, registered, ana):
        code = code_of(browser, app, ana)
        registered.verifier = app.verifier
        answer = registered.redeem(code, redirect_uri=app.landing)
        assert answer.json()["error"] == "invalid_grant"

    @pytest.mark.spec("RFC 9449 §10")
    def test_a_code_may_be_bound_to_a_key(self, browser, app, ana):
        code = code_of(browser, app, ana, dpop_jkt=app.key.thumbprint())
        stolen = app.redeem(code, key=Key())
        assert stolen.json()["error"] == "invalid_dpop_proof"
        assert app.redeem(code).status == 200

    def test_a_secret_that_an_app_has_must_be_shown(self, browser, registered, ana):
        code = code_of(browser, registered, ana)
        registered.secret = ""
        answer = registered.redeem(code)
        assert (answer.status, answer.json()["error"]) == (401, "invalid_client")

    @pytest.mark.spec("Practice OP-12")
    def test_an_app_without_a_proof_gets_nothing(self, browser, app, ana, nobody):
        code = code_of(browser, app, ana)
        form = {
            "grant_type": "authorization_code",
            "client_id": app.id,
            "code": code,
            "redirect_uri": app.landing,
            "code_verifier": app.verifier,
        }
        kind = {"Content-Type": FORM}
        url = f"{app.world.base}.oidc/token"
        answer = nobody.call("POST", url, kind, urlencode(form).encode())
        assert (answer.status, answer.json()["error"]) == (400, "invalid_dpop_proof")


class TestRefreshing:
    """OP-17: bound to the app's key, good once, with a grace for lost answers."""

    @pytest.fixture
    def told(self, browser, app, ana) -> dict:
        return app.redeem(code_of(browser, app, ana)).json()

    @pytest.mark.spec("Practice OP-15")
    def test_an_app_goes_on_without_the_person(self, app, ana, told, place):
        for _ in range(3):
            answer = app.ask("refresh_token", refresh_token=told["refresh_token"])
            assert answer.status == 200
            assert answer.json()["refresh_token"] != told["refresh_token"]
            told = answer.json()
        assert claims(told["id_token"])["webid"] == ana.webid
        assert app.get(place, told["access_token"]).status == 404

    @pytest.mark.spec("Practice OP-17")
    def test_an_answer_that_got_lost_can_be_had_again(self, app, told):
        first = app.ask("refresh_token", refresh_token=told["refresh_token"])
        second = app.ask("refresh_token", refresh_token=told["refresh_token"])
        assert (first.status, second.status) == (200, 200)
        assert first.json()["refresh_token"] != second.json()["refresh_token"]

    @pytest.mark.spec("RFC 9449 §5")
    def test_a_stolen_refresh_token_is_no_good(self, app, told):
        answer = app.ask("refresh_token", key=Key(), refresh_token=told["refresh_token"])
        assert (answer.status, answer.json()["error"]) == (400, "invalid_grant")
        assert app.ask("refresh_token", refresh_token=told["refresh_token"]).status == 200

    @pytest.mark.spec("RFC 6749 §6")
    def test_a_refresh_may_ask_for_less_and_never_for_more(self, app, told):
        less = app.ask("refresh_token", refresh_token=told["refresh_token"], scope="webid")
        assert (less.json()["scope"], "id_token" in less.json()) == ("webid", False)
        token = less.json()["refresh_token"]
        more = app.ask("refresh_token", refresh_token=token, scope="openid profile")
        assert more.json()["error"] == "invalid_scope"

    def test_it_ends_with_the_account(self, browser, app, world, place):
        who = world.fresh()
        told = app.redeem(code_of(browser, app, who)).json()
        world.run(delete_account(who.name, world.server))
        answer = app.ask("refresh_token", refresh_token=told["refresh_token"])
        assert answer.json()["error"] == "invalid_grant"
        assert app.get(place, told["access_token"]).status == 401


class TestGivingBack:
    """RFC 7009 and RFC 7662."""

    @pytest.fixture
    def told(self, browser, app, ana) -> dict:
        return app.redeem(code_of(browser, app, ana)).json()

    def call(self, app: Tried, what: str, token: str, **changed: str) -> Answer:
        form = {"client_id": app.id, "token": token, **changed}
        headers = {"Content-Type": FORM}
        if app.secret:
            pair = base64.b64encode(f"{app.id}:{app.secret}".encode()).decode()
            headers["Authorization"] = f"Basic {pair}"
        url = f"{app.world.base}.oidc/token/{what}"
        return app.nobody.call("POST", url, headers, urlencode(form).encode())

    @pytest.mark.spec("RFC 7009 §2.2")
    def test_an_access_token_that_was_given_back_is_no_good(self, app, told, place):
        assert app.get(place, told["access_token"]).status == 404
        assert self.call(app, "revocation", told["access_token"]).status == 200
        assert app.get(place, told["access_token"]).status == 401
        assert app.ask("refresh_token", refresh_token=told["refresh_token"]).status == 200

    @pytest.mark.spec("RFC 7009 §2.1")
    def test_with_a_refresh_token_all_ends_that_came_of_it(self, app, told, place):
        assert self.call(app, "revocation", told["refresh_token"]).status == 200
        assert app.ask("refresh_token", refresh_token=told["refresh_token"]).status == 400
        assert app.get(place, told["access_token"]).status == 401

    def test_nobody_gives_back_what_is_anothers(self, app, registered, told, place):
        for token in (told["access_token"], told["refresh_token"], "nonsense"):
            assert self.call(registered, "revocation", token).status == 200
        assert app.get(place, told["access_token"]).status == 404
        assert app.ask("refresh_token", refresh_token=told["refresh_token"]).status == 200

    @pytest.mark.parametrize("what", ["revocation", "introspection"])
    def test_who_cannot_show_who_it_is_is_told_nothing(self, registered, what):
        registered.secret = "wrong"  # noqa: S105 - made up
        answer = self.call(registered, what, "x")
        assert (answer.status, answer.json()["error"]) == (401, "invalid_client")

    @pytest.mark.spec("RFC 7662 §2.2")
    def test_an_app_learns_of_its_own_tokens_alone(self, browser, registered, ana, told):
        own = registered.redeem(code_of(browser, registered, ana)).json()
        said = self.call(registered, "introspection", own["access_token"]).json()
        assert (said["active"], said["webid"]) == (True, ana.webid)
        assert said["client_id"] == registered.id
        for token in (told["access_token"], told["refresh_token"], "nonsense"):
            assert self.call(registered, "introspection", token).json() == {"active": False}
        self.call(registered, "revocation", own["access_token"])
        ended = self.call(registered, "introspection", own["access_token"]).json()
        assert ended == {"active": False}

    def test_a_public_app_is_told_nothing(self, app, told):
        answer = self.call(app, "introspection", told["access_token"])
        assert (answer.status, answer.json()["error"]) == (401, "invalid_client")


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


class TestRegistration:
    """RFC 7591, as forgiving as the libraries in use need it."""

    @pytest.mark.spec("Practice OP-11")
    def test_what_is_registered_outlives_the_server(self, world, nobody):
        said = register(world, nobody, client_name="Lasting", scope="openid webid").json()
        kept = world.run(
            world.server.accounts.read(lambda tables: tables.apps.find(id=said["client_id"]))
        )
        assert json.loads(kept.metadata)["client_name"] == "Lasting"
        assert said["client_secret"] not in (kept.secret_hash or "")

    @pytest.mark.spec("Practice OP-24 expiry")
    @pytest.mark.spec("Practice OP-11")
    def test_what_nobody_has_used_for_long_is_forgotten(self, world, browser, nobody, ana):
        public = {"token_endpoint_auth_method": "none"}
        used, unused = (register(world, nobody, **public).json() for _ in range(2))
        code_of(browser, Tried(world, nobody, used["client_id"], used["redirect_uris"][0]), ana)

        def known_after(wait: timedelta) -> list[bool]:
            """Which are known once another app has registered so much later."""
            now = world.server.now()
            body = json.dumps({"redirect_uris": ["https://app.example/back"]}).encode()
            world.run(register_app(body, None, replace(world.server, now=lambda: now + wait)))
            pages = [
                nobody.get(f"{world.base}.oidc/auth?client_id={one['client_id']}").text
                for one in (used, unused)
            ]
            return ["does not know the app" not in page for page in pages]

        lifetime = timedelta(seconds=world.server.config.unused_app_lifetime)
        assert known_after(lifetime - timedelta(minutes=1)) == [True, True]
        assert known_after(lifetime + timedelta(minutes=1)) == [True, False]

    @pytest.mark.spec("Practice OP-16")
    def test_an_app_gets_its_tokens_signed_as_it_asks(self, world, browser, nobody, ana):
        asked = {
            "id_token_signed_response_alg": "RS256",
            "token_endpoint_auth_method": "none",
        }
        said = register(world, nobody, **asked).json()
        app = Tried(world, nobody, said["client_id"], said["redirect_uris"][0])
        token = app.redeem(code_of(browser, app, ana)).json()["id_token"]
        head = token.split(".")[0]
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
        assert header["alg"] == "RS256"
        keys = nobody.get(f"{world.base}.oidc/jwks").json()["keys"]
        assert header["kid"] in {key["kid"] for key in keys if key["kty"] == "RSA"}

    @pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b"\xff", b"x" * 40_000])
    def test_nonsense_is_refused(self, world, nobody, body):
        kind = {"Content-Type": "application/json"}
        answer = nobody.call("POST", f"{world.base}.oidc/reg", kind, body)
        assert answer.status in {400, 413}


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
