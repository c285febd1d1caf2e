"""What an app has of a sign-in: a code, the tokens for it, new ones, and how it gives them back."""

import asyncio
import base64
from urllib.parse import urlencode

import pytest
from browser import FORM
from client import Answer, Key
from tried import Tried, claims, code_of

from pod.app import opened
from pod.config import Config
from pod.flows.oidc.signing import signing_key
from pod.flows.provision import delete_account


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


async def test_who_need_the_first_key_at_once_sign_with_the_one_that_is_kept(tmp_path):
    async with opened(Config(data=tmp_path)) as server:
        used = await asyncio.gather(*(signing_key("RS256", server) for _ in range(2)))
        kept = await server.accounts.read(lambda tables: [key.kid for key in tables.keys.all()])
        published = [key.kid for key in server.identity.keys.published(server.now())]
    assert len({key.kid for key in used}) == 1
    assert used[0].kid in kept
    assert sorted(kept) == sorted(published)
