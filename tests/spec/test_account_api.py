"""The account API, as scripts that were written for Community Solid Server 7 use it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from visitors import PASSWORD, Visitor, app_of, fresh_name, settled, stranger

from pod.flows.account.begin import begin
from pod.flows.account.codes import invite
from pod.flows.account.register import register
from pod.flows.account.session import Asker, session_of
from pod.problems import Forbidden, Malformed

TEXT = {"required": True, "type": "string"}
SOME = {"required": False, "type": "string"}
MAYBE = {"required": False, "type": "boolean"}


class TestIndex:
    @pytest.mark.spec("Practice ACC-01")
    def test_the_index_tells_what_a_stranger_may_ask(self, world):
        visitor = stranger(world)
        told = visitor.get(visitor.index)
        assert (told.status, told.headers["Content-Type"]) == (200, "application/json")
        assert told.headers["Cache-Control"] == "no-store"
        value = told.json()
        assert value["version"] == "0.5"
        assert value["controls"]["main"]["index"] == visitor.index
        assert value["controls"]["account"] == {"create": visitor.index + "account/"}
        assert value["controls"]["password"].keys() == {"login", "forgot", "reset"}
        assert visitor.get(value["controls"]["main"]["logins"]).json()["logins"] == {
            "Email/password": value["controls"]["password"]["login"]
        }

    @pytest.mark.spec("Practice ACC-01")
    @pytest.mark.parametrize("way", ["token", "cookie"])
    def test_who_is_signed_in_is_told_of_her_own(self, somebody, way):
        visitor = somebody if way == "token" else somebody.browser()
        controls = visitor.get(visitor.index).json()["controls"]
        own = controls["account"]["account"]
        assert own.startswith(visitor.index + "account/")
        assert {controls["account"][name] for name in ("webId", "pod", "clientCredentials")} == {
            own + "webid/",
            own + "pod/",
            own + "client-credentials/",
        }
        assert controls["account"]["logout"] == own + "logout/"
        assert controls["password"]["create"] == own + "login/password/"

    @pytest.mark.spec("Practice ACC-01")
    @pytest.mark.parametrize(
        ("family", "name", "fields"),
        [
            ("password", "login", {"email": TEXT, "password": TEXT, "remember": MAYBE}),
            ("password", "forgot", {"email": TEXT}),
            ("password", "reset", {"recordId": TEXT, "password": TEXT}),
            ("password", "create", {"email": SOME, "name": SOME, "password": TEXT}),
            ("recovery", "login", {"code": TEXT}),
            ("account", "webId", {"webId": TEXT}),
            ("account", "clientCredentials", {"name": {**TEXT, "required": False}, "webId": TEXT}),
            (
                "account",
                "pod",
                {
                    "name": TEXT,
                    "settings": {
                        "required": False,
                        "type": "object",
                        "fields": {"webId": {"required": False, "type": "string"}},
                    },
                },
            ),
        ],
    )
    def test_each_control_tells_what_it_takes(self, somebody, family, name, fields):
        told = somebody.get(somebody.control(family, name)).json()
        assert told["fields"] == fields
        assert told["version"] == "0.5"
        assert told["controls"]["account"]["account"]

    @pytest.mark.spec("Practice ACC-01")
    def test_each_address_answers_its_methods_and_no_others(self, somebody):
        pods = somebody.control("account", "pod")
        assert somebody.call("OPTIONS", pods).headers["Allow"] == "GET, HEAD, POST, OPTIONS"
        refused = somebody.call("PUT", pods, {})
        assert (refused.status, refused.headers["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")
        assert somebody.call("HEAD", pods).status == 200
        assert somebody.call("HEAD", pods).body == b""
        logout = somebody.control("account", "logout")
        assert somebody.get(logout).status == 405
        for path in ("x/", "account/x", "login", "account//", "account/a/b/c/d/"):
            assert somebody.get(somebody.index + path).status == 404

    @pytest.mark.spec("Practice ACC-01")
    def test_a_refusal_says_why_in_both_ways(self, somebody):
        answer = somebody.post(somebody.control("account", "pod"), {"name": "../x"})
        told = answer.json()
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert (answer.status, told["status"], told["statusCode"]) == (400, 400, 400)
        assert told["message"][1:-1] == told["detail"][1:]
        assert told["name"]


class TestNewAccounts:
    @pytest.mark.spec("Practice ACC-02")
    def test_one_is_made_with_a_cookie_and_a_token_that_are_the_same(self, world):
        visitor = stranger(world)
        answer = visitor.post(visitor.control("account", "create"))
        token = answer.json()["authorization"]
        kept = answer.headers["Set-Cookie"].split("; ")
        assert kept == [f"css-account={token}", "Path=/", "HttpOnly", "SameSite=Lax"]
        for headers in (
            {"Authorization": f"CSS-Account-Token {token}"},
            {"Cookie": f"css-account={token}"},
        ):
            told = visitor.get(visitor.index, headers).json()
            assert "logout" in told["controls"]["account"]

    @pytest.mark.spec("Practice ACC-02")
    def test_it_is_of_no_use_until_it_has_a_login(self, world):
        visitor = stranger(world).begin()
        for name, value in (
            ("pod", {"name": fresh_name()}),
            ("webId", {"webId": "https://ana.example/#me"}),
            ("clientCredentials", {"webId": "https://ana.example/#me"}),
        ):
            answer = visitor.post(visitor.control("account", name), value)
            assert answer.status == 400
            assert answer.json()["message"] == "An account needs at least 1 login method."
        assert visitor.get(visitor.control("password", "create")).json()["passwordLogins"] == {}

    @pytest.mark.spec("Practice ACC-02")
    def test_it_ends_soon_without_one(self, world):
        visitor, kept = stranger(world).begin(), settled(world)
        later = replace(world.server, now=lambda: world.server.now() + timedelta(minutes=31))
        assert world.run(session_of(visitor.token, world.server)) is not None
        assert world.run(session_of(visitor.token, later)) is None
        account = visitor.control("account", "account").split("/")[-2]
        world.run(begin(later))
        read = world.server.accounts.read
        assert world.run(read(lambda tables: tables.accounts.find(id=account))) is None
        assert kept.get(kept.control("account", "account")).status == 200

    @pytest.mark.spec("Practice ACC-11")
    @pytest.mark.parametrize("mode", ["invite", "closed"])
    def test_where_the_host_decides_nobody_else_makes_one(self, world, mode):
        config = replace(world.server.config, registration=mode)
        server, asker = replace(world.server, config=config), Asker(peer="192.0.2.1")
        for code in ("", "guessed"):
            with pytest.raises((Forbidden, Malformed)):
                world.run(register(code, asker, server))
        code = world.run(invite(server))
        if mode == "closed":
            with pytest.raises(Forbidden):
                world.run(register(code, asker, server))
            return
        begun = world.run(register(code, asker, server))
        assert world.run(session_of(begun.token, server)) == begun.session
        with pytest.raises(Malformed):
            world.run(register(code, asker, server))

    @pytest.mark.spec("Practice ACC-11")
    @pytest.mark.parametrize(
        ("base", "set_to", "mode"),
        [
            ("http://localhost:3000/", "", "open"),
            ("https://pod.example/", "", "invite"),
            ("https://pod.example/", "open", "open"),
            ("http://localhost:3000/", "closed", "closed"),
        ],
    )
    def test_a_server_for_others_is_not_open_unasked(self, world, base, set_to, mode):
        config = replace(world.server.config, base_url=base, registration=set_to)
        assert config.registration_mode.value == mode


class TestEnd:
    @pytest.mark.spec("Practice ACC-04")
    def test_an_account_that_is_deleted_leaves_nothing(self, world, owner_of_pod):
        somebody, made = owner_of_pod, owner_of_pod.made
        app, browser = app_of(somebody), somebody.browser()
        app.sign_in()
        second = somebody.pod(fresh_name())
        own = somebody.control("account", "account")
        answer = somebody.delete(own)
        assert (answer.status, answer.headers["Set-Cookie"].partition(";")[0]) == (
            200,
            "css-account=",
        )
        for address in (made["pod"], second["pod"]):
            assert app.get(address).status in {401, 404}
            assert address.split("/")[-2] not in world.server.pods.names()
        for visitor in (somebody, browser):
            assert "logout" not in visitor.get(visitor.index).json()["controls"]["account"]
        assert somebody.sign_in().status == 403
        with pytest.raises(AssertionError, match="invalid_client"):
            app.sign_in()
        files = world.server.config.data.glob("server.sqlite3*")
        assert not any(somebody.email.encode() in file.read_bytes() for file in files)
        again = Visitor(world, email=somebody.email).begin().settle()
        assert again.pod(made["pod"].split("/")[-2])["pod"] == made["pod"]

    @pytest.mark.spec("Practice ACC-11")
    def test_the_journal_of_an_account_tells_what_happened_to_it(self, owner_of_pod):
        somebody = owner_of_pod
        app_of(somebody)
        somebody.sign_in("another one")
        somebody.browser()
        told = somebody.get(somebody.control("account", "journal")).json()["events"]
        assert [event["action"] for event in told] == [
            "account made",
            "login added",
            "pod made",
            "credentials made",
            "sign-in refused",
            "signed in",
        ]
        assert all(event["time"].endswith("Z") for event in told)
        assert somebody.email not in json.dumps(told)
        assert PASSWORD not in json.dumps(told)
