"""What is tried at the doors of accounts: guessing, forged requests, stolen and planted cookies."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from visitors import PASSWORD, Visitor, fresh_name, settled, stranger

from pod.account.session import FRESH
from pod.account.throttle import throttles
from pod.flows.account.register import register
from pod.flows.account.session import Asker, session_of
from pod.flows.account.sign_in import sign_in
from pod.flows.hashing import Hashing
from pod.problems import Forbidden, Malformed, TooMany, Unavailable

EVIL = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def somebody(world) -> Visitor:
    return settled(world)


@pytest.mark.spec("Practice OP-25 doors")
class TestForgedRequests:
    """A page of another site makes her browser ask, with her cookie."""

    @pytest.mark.parametrize(
        "headers",
        [
            pytest.param(EVIL, id="another site"),
            pytest.param({"Origin": "https://evil.example"}, id="an older browser"),
            pytest.param({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, id="a sandbox here"),
            pytest.param({"Sec-Fetch-Site": "same-site"}, id="another port of this host"),
        ],
    )
    def test_nothing_is_changed(self, somebody, headers):
        browser = somebody.browser()
        before = somebody.get(somebody.control("account", "journal")).json()["events"]
        for method, name, value in (
            ("POST", "pod", {"name": fresh_name()}),
            ("POST", "logout", None),
            ("DELETE", "account", None),
        ):
            address = somebody.control("account", name)
            assert browser.call(method, address, value, headers).status == 401
        assert somebody.get(somebody.control("account", "journal")).json()["events"] == before

    def test_nothing_is_read(self, somebody):
        browser = somebody.browser()
        answer = browser.get(browser.index, {"Origin": "https://evil.example"})
        assert "logout" not in answer.json()["controls"]["account"]
        account = somebody.control("account", "account")
        assert browser.get(account, {"Origin": "https://evil.example"}).status == 401

    def test_a_form_is_not_understood(self, somebody):
        browser, address = somebody.browser(), somebody.control("account", "pod")
        for kind in ("text/plain", "application/x-www-form-urlencoded"):
            answer = browser.post(address, {"name": fresh_name()}, {"Content-Type": kind})
            assert answer.status == 415

    def test_she_is_not_signed_in_to_the_account_of_another(self, somebody):
        value = {"email": somebody.email, "password": PASSWORD}
        login = stranger(somebody.world)
        answer = login.post(login.control("password", "login"), value, EVIL)
        assert (answer.status, "Set-Cookie" in answer.headers) == (200, False)

    def test_a_script_with_a_token_may_be_of_any_site(self, somebody):
        made = somebody.post(somebody.control("account", "pod"), {"name": fresh_name()}, EVIL)
        assert made.status == 200
        assert "Set-Cookie" not in made.headers

    def test_her_own_pages_may(self, somebody):
        browser = somebody.browser()
        own = {"Origin": somebody.world.base[:-1], "Sec-Fetch-Site": "same-origin"}
        address = browser.control("account", "pod")
        assert browser.post(address, {"name": fresh_name()}, own).status == 200


@pytest.mark.spec("Practice OP-25 doors")
class TestSessions:
    def test_a_token_that_was_there_before_is_no_session_after(self, somebody):
        """A planted cookie: who planted it would be signed in with her."""
        planted = stranger(somebody.world).begin()
        victim = Visitor(somebody.world, email=somebody.email)
        victim.cookie = f"css-account={planted.token}"
        answer = victim.sign_in()
        assert answer.json()["authorization"] != planted.token
        assert "logout" not in planted.get(planted.index).json()["controls"]["account"]
        made_up = Visitor(somebody.world, email=somebody.email, cookie="css-account=made-up")
        assert made_up.sign_in().json()["authorization"] != "made-up"

    def test_a_new_password_ends_what_was_stolen(self, somebody):
        thief, browser = somebody.browser(), somebody.browser()
        logins = browser.get(browser.control("password", "create")).json()["passwordLogins"]
        value = {"oldPassword": PASSWORD, "newPassword": "a new password"}
        assert browser.post(logins[somebody.email], value).status == 200
        assert "logout" in browser.get(browser.index).json()["controls"]["account"]
        for other in (thief, somebody):
            assert "logout" not in other.get(other.index).json()["controls"]["account"]

    def test_she_sees_where_she_is_signed_in_and_ends_it(self, somebody):
        browser = somebody.browser(remember=True)
        sessions = browser.get(browser.control("account", "sessions")).json()["sessions"]
        assert sorted((one["current"], one["remembered"]) for one in sessions.values()) == [
            (False, False),
            (True, True),
        ]
        assert somebody.token not in json.dumps(sessions)
        other = next(url for url, one in sessions.items() if not one["current"])
        assert browser.delete(other).status == 200
        assert browser.delete(other).status == 404
        assert "logout" not in somebody.get(somebody.index).json()["controls"]["account"]
        (mine,) = browser.get(browser.control("account", "sessions")).json()["sessions"]
        ended = browser.delete(mine)
        assert ended.headers["Set-Cookie"].startswith("css-account=; ")
        assert "logout" not in browser.get(browser.index).json()["controls"]["account"]

    def test_a_session_that_is_used_lasts_and_one_that_is_not_ends(self, world, somebody):
        at = lambda hours: replace(  # noqa: E731 - the server as it is some hours later
            world.server, now=lambda: world.server.now() + timedelta(hours=hours)
        )
        for hours in (0, 20, 40, 60):
            assert world.run(session_of(somebody.token, at(hours))) is not None
        assert world.run(session_of(somebody.token, at(85))) is None

    def test_tokens_are_kept_nowhere(self, world, somebody):
        browser = somebody.browser()
        value = browser.cookie.partition("=")[2].encode()
        files = [file.read_bytes() for file in world.server.config.data.glob("server.sqlite3*")]
        assert files
        assert not any(value in text or somebody.token.encode() in text for text in files)

    @pytest.mark.spec("Self Data CON-02")
    def test_what_cannot_be_undone_or_lets_others_in_is_for_who_signed_in_just_now(
        self, world, somebody
    ):
        made = somebody.pod(fresh_name())
        session = world.run(session_of(somebody.token, world.server))
        earlier = session.created - FRESH
        world.run(
            world.server.accounts.write(
                lambda tables: tables.sessions.set("created", earlier, id=session.id)
            )
        )
        assert somebody.delete(somebody.control("account", "account")).status == 403
        assert somebody.delete(made["podResource"]).status == 403
        webid, webids = made["webId"], somebody.control("account", "webId")
        (login,) = (
            somebody.get(somebody.control("password", "create")).json()["passwordLogins"].values()
        )
        for address, value in (
            (webids, {"webId": "https://elsewhere.example/#me"}),
            (made["podResource"], {"webId": "https://elsewhere.example/#me"}),
            (
                somebody.control("password", "create"),
                {"email": f"more-{somebody.email}", "password": PASSWORD},
            ),
        ):
            assert somebody.post(address, value).status == 403
        assert somebody.delete(made["webIdResource"]).status == 403
        assert somebody.delete(login).status == 403
        assert list(somebody.get(webids).json()["webIdLinks"]) == [webid]
        # Credentials are made by a script at any time, and from a browser by who was there lately.
        credentials, value = somebody.control("account", "clientCredentials"), {"webId": webid}
        assert somebody.post(credentials, value).status == 200
        stale = Visitor(world, email=somebody.email, cookie=f"css-account={somebody.token}")
        assert stale.post(credentials, value).status == 403
        again = somebody.browser()
        assert again.delete(again.control("account", "account")).status == 200


@pytest.mark.spec("Practice OP-25 doors")
class TestOthers:
    """Somebody with an account of her own looks at that of another."""

    def test_the_addresses_of_another_account_are_closed(self, somebody, world):
        other = settled(world)
        made = other.pod(fresh_name())
        for family, name in (("account", "pod"), ("account", "account"), ("password", "create")):
            address = other.control(family, name)
            assert somebody.get(address).status == 403
            assert stranger(world).get(address).status == 401
        for method in ("GET", "DELETE", "POST"):
            assert somebody.call(method, made["podResource"], None).status == 403

    @pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
    def test_what_is_named_below_her_own_address_must_be_her_own(self, somebody, world, method):
        other = settled(world)
        made = other.pod(fresh_name())
        credentials = {"webId": made["webId"]}
        client = other.post(other.control("account", "clientCredentials"), credentials).json()
        (login,) = other.get(other.control("password", "create")).json()["passwordLogins"].values()
        (session,) = other.get(other.control("account", "sessions")).json()["sessions"]
        mine = somebody.control("account", "account")
        theirs = other.control("account", "account")
        value = {
            "webId": made["webId"],
            "oidcIssuer": "https://evil.example/",
            "oldPassword": PASSWORD,
            "newPassword": "a new password",
        }
        for address in (
            made["podResource"],
            made["webIdResource"],
            client["resource"],
            login,
            session,
        ):
            body = value if method == "POST" else None
            answer = somebody.call(method, address.replace(theirs, mine), body)
            assert answer.status in {404, 405}
        assert other.get(made["podResource"]).json()["owners"][0]["webId"] == made["webId"]
        assert other.sign_in().status == 200


class Counting(Hashing):
    """Counts how many passwords were looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[bool] = []

    async def verify(self, password: str, kept: str | None) -> bool:
        self.seen.append(kept is not None)
        return await super().verify(password, kept)


@pytest.mark.spec("Practice OP-25 doors")
class TestGuessing:
    """With limits of their own, so that no other test is in their way."""

    @pytest.fixture
    def server(self, world):
        clock = lambda: clock.time  # noqa: E731 - stands still until it is moved
        clock.time = world.server.now()
        server = replace(
            world.server,
            now=clock,
            throttles=throttles(development=False),
            hashing=Counting(),
        )
        server.now.time = clock.time
        return server

    def attempt(self, world, server, email, password="wrong", peer="192.0.2.1"):  # noqa: S107 - made up
        coroutine = sign_in(email, password, Asker(peer=peer), server, remembered=False)
        return world.run(coroutine)

    def refusal(self, world, server, email, **more) -> str:
        with pytest.raises((Forbidden, TooMany)) as refused:
            self.attempt(world, server, email, **more)
        return f"{type(refused.value).__name__}: {refused.value}"

    def test_nothing_tells_whether_there_is_such_an_account(self, world, server, somebody):
        known = [self.refusal(world, server, somebody.email) for _ in range(7)]
        unknown = [self.refusal(world, server, f"no-{somebody.email}") for _ in range(7)]
        assert known == unknown
        # A password was compared as often for the one as for the other: so it takes as long.
        assert server.hashing.seen == [True] * 5 + [False] * 5

    def test_the_answers_over_http_are_the_same(self, world, somebody):
        visitors = (somebody, Visitor(world, email=f"no-{somebody.email}"))
        for family, value in (
            ("login", {"password": "wrong password"}),
            ("forgot", {}),
        ):
            answers = [
                one.post(one.control("password", family), {"email": one.email, **value})
                for one in visitors
            ]
            told = [(a.status, a.text.replace("no-visitor", "visitor")) for a in answers]
            assert told[0][0] == told[1][0]
            assert json.loads(told[0][1]).get("detail") == json.loads(told[1][1]).get("detail")

    def test_each_failure_makes_the_next_try_wait_longer(self, world, server, somebody):
        for _ in range(5):
            assert "Forbidden" in self.refusal(world, server, somebody.email)
        waits = []
        for _ in range(12):
            with pytest.raises(TooMany) as refused:
                self.attempt(world, server, somebody.email, PASSWORD)
            waits.append(refused.value.wait.total_seconds())
            server.now.time += refused.value.wait
            assert "Forbidden" in self.refusal(world, server, somebody.email)
        assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
        server.now.time += timedelta(seconds=900)
        assert self.attempt(world, server, somebody.email, PASSWORD).token
        assert "Forbidden" in self.refusal(world, server, somebody.email)

    def test_who_guesses_does_not_lock_her_out_elsewhere(self, world, server, somebody):
        for _ in range(9):
            self.refusal(world, server, somebody.email)
        assert self.attempt(world, server, somebody.email, PASSWORD, peer="192.0.2.2").token

    def test_many_places_together_are_slowed_down_too(self, world, server, somebody):
        for number in range(100):
            peer = f"192.0.2.{number}"
            assert "Forbidden" in self.refusal(world, server, somebody.email, peer=peer)
        assert "TooMany" in self.refusal(world, server, somebody.email, peer="198.51.100.1")

    def test_many_at_once_are_not_all_the_first(self, world, server, somebody):
        async def all_at_once() -> list[BaseException]:
            asker = Asker(peer="192.0.2.1")
            tries = [
                sign_in(somebody.email, f"guess number {n}", asker, server, remembered=False)
                for n in range(20)
            ]
            return await asyncio.gather(*tries, return_exceptions=True)

        kinds = [type(one) for one in world.run(all_at_once())]
        assert kinds.count(Forbidden) == 5
        assert kinds.count(TooMany) == 15

    def test_one_place_makes_few_accounts(self, world, server):
        asker = Asker(peer="2001:db8:1:2::1")
        for _ in range(10):
            world.run(register("", asker, server))
        with pytest.raises(TooMany):
            world.run(register("", Asker(peer="2001:db8:1:2::ffff"), server))
        assert world.run(register("", Asker(peer="2001:db8:1:3::1"), server)).token

    def test_who_must_wait_is_told_for_how_long(self, world):
        visitor = settled(world)
        for _ in range(5):
            assert visitor.sign_in("wrong password").status == 403
        for _ in range(9):  # so long that it is not over before she tries again
            now = world.server.now()
            world.server.throttles.waits.failed(f"127.0.0.1 {visitor.email}", now)
        answer = visitor.sign_in()
        assert answer.status == 429
        assert 400 < int(answer.headers["Retry-After"]) <= 512
        assert answer.json()["statusCode"] == 429

    def test_no_more_passwords_are_compared_at_once_than_there_is_room_for(self, world):
        hashing = Hashing(at_once=1, waiting=2)

        async def all_at_once() -> list[object]:
            tries = [hashing.verify("password", None) for _ in range(6)]
            return await asyncio.gather(*tries, return_exceptions=True)

        done = world.run(all_at_once())
        assert done.count(False) == 3
        assert [type(one) for one in done if one is not False] == [Unavailable] * 3
        assert world.run(hashing.verify("password", None)) is False

    def test_a_reset_code_cannot_be_guessed_at_leisure(self, world):
        config = replace(world.server.config, registration="invite")
        server = replace(world.server, config=config, throttles=throttles(development=False))
        asker, refused = Asker(peer="192.0.2.77"), []
        for number in range(12):
            with pytest.raises((Malformed, TooMany)) as problem:
                world.run(register(f"guess{number}", asker, server))
            refused.append(type(problem.value))
        assert refused == [Malformed] * 10 + [TooMany] * 2
