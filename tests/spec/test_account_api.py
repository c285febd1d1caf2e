"""The account API, as scripts that were written for Community Solid Server 7 use it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from agents import rule
from answers import links
from client import App, Key
from visitors import PASSWORD, Visitor, fresh_name, settled, stranger

from acl import Agent, Mode, decide
from pod.flows.account.begin import begin
from pod.flows.account.codes import invite
from pod.flows.account.register import register
from pod.flows.account.reset_password import offer_reset
from pod.flows.account.session import Asker, session_of
from pod.problems import Forbidden, Malformed
from vocab.iri import ResourceIri

OWNER = "http://www.w3.org/ns/solid/terms#owner"
TEXT = {"required": True, "type": "string"}
SOME = {"required": False, "type": "string"}
MAYBE = {"required": False, "type": "boolean"}


@pytest.fixture
def somebody(world) -> Visitor:
    return settled(world)


@pytest.fixture
def owner_of_pod(somebody) -> Visitor:
    somebody.made = somebody.pod(fresh_name())
    return somebody


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


class TestPasswords:
    @pytest.mark.spec("Practice ACC-03")
    def test_an_email_address_and_a_password_let_her_in(self, world, somebody):
        resource = somebody.get(somebody.control("password", "create")).json()["passwordLogins"]
        assert resource.keys() == {somebody.email}
        other = Visitor(world, email=somebody.email.upper())
        answer = other.sign_in()
        assert answer.status == 200
        other.token = answer.json()["authorization"]
        own = somebody.control("account", "account")
        assert other.control("account", "account") == own
        assert "Max-Age" not in answer.headers["Set-Cookie"]

    @pytest.mark.spec("Practice ACC-03")
    def test_who_wants_to_be_remembered_has_a_cookie_that_lasts(self, somebody):
        answer = somebody.sign_in(remember=True)
        assert "; Max-Age=1209600" in answer.headers["Set-Cookie"]
        remembered = somebody.browser(remember=True)
        again = remembered.get(remembered.index)
        assert again.headers["Set-Cookie"] == answer.headers["Set-Cookie"].replace(
            answer.json()["authorization"], remembered.cookie.partition("=")[2]
        )
        brief = somebody.browser()
        assert "Set-Cookie" not in brief.get(brief.index).headers

    @pytest.mark.spec("Practice ACC-03")
    @pytest.mark.parametrize(
        ("email", "password"),
        [("{own}", "another one"), ("nobody@example.org", PASSWORD), ("no address", PASSWORD)],
    )
    def test_a_wrong_pair_is_refused(self, world, somebody, email, password):
        visitor = Visitor(world, email=email.replace("{own}", somebody.email))
        answer = visitor.sign_in(password)
        assert answer.status == 403
        assert "Set-Cookie" not in answer.headers

    @pytest.mark.spec("Practice ACC-03")
    def test_an_email_address_is_taken_once(self, world, somebody):
        other = stranger(world).begin()
        value = {"email": somebody.email.title(), "password": PASSWORD}
        answer = other.post(other.control("password", "create"), value)
        assert answer.status == 400
        assert other.get(other.control("password", "create")).json()["passwordLogins"] == {}

    @pytest.mark.spec("Practice ACC-03")
    def test_the_last_login_stays_and_another_may_go(self, somebody):
        create = somebody.control("password", "create")
        first = somebody.get(create).json()["passwordLogins"][somebody.email]
        assert somebody.delete(first).status == 400
        value = {"email": f"second-{somebody.email}", "password": PASSWORD}
        assert somebody.post(create, value).json()["resource"] != first
        assert somebody.delete(first).status == 200
        assert somebody.get(create).json()["passwordLogins"].keys() == {value["email"]}
        assert somebody.sign_in().status == 403
        assert somebody.delete(first).status == 404

    @pytest.mark.spec("Practice ACC-03")
    def test_a_password_is_changed_by_who_knows_it(self, somebody):
        logins = somebody.get(somebody.control("password", "create")).json()["passwordLogins"]
        change = logins[somebody.email]
        for wrong in (
            {"oldPassword": "another one", "newPassword": "a new password"},
            {"oldPassword": PASSWORD, "newPassword": "short"},
            {"oldPassword": PASSWORD},
        ):
            assert somebody.post(change, wrong).status == 400
        good = {"oldPassword": PASSWORD, "newPassword": "a new password"}
        assert somebody.post(change, good).status == 200
        assert somebody.sign_in(PASSWORD).status == 403
        assert somebody.sign_in("a new password").status == 200

    @pytest.mark.spec("Practice ACC-03")
    def test_a_password_that_was_forgotten_is_reset_with_a_code_of_the_host(
        self, world, owner_of_pod
    ):
        somebody = owner_of_pod
        assert (
            somebody.post(somebody.control("password", "forgot"), {"email": somebody.email}).json()[
                "email"
            ]
            == somebody.email
        )
        name = somebody.made["pod"].split("/")[-2]
        older = world.run(offer_reset(name, world.server))
        code = world.run(offer_reset(name, world.server))
        reset = somebody.control("password", "reset")
        other = stranger(world)
        for value, status in (
            ({"recordId": "guessed", "password": "a new password"}, 400),
            ({"recordId": older, "password": "a new password"}, 400),
            ({"recordId": code, "password": "short"}, 400),
            ({"recordId": code, "password": "a new password"}, 200),
            ({"recordId": code, "password": "a newer password"}, 400),
        ):
            assert other.post(reset, value).status == status
        assert somebody.get(somebody.control("main", "index")).json()["controls"].keys()
        assert somebody.sign_in("a new password").status == 200
        assert somebody.sign_in(PASSWORD).status == 403

    @pytest.mark.spec("Practice ACC-03")
    def test_who_signs_out_is_out(self, somebody):
        browser = somebody.browser()
        answer = browser.post(browser.control("account", "logout"))
        assert answer.status == 200
        assert answer.headers["Set-Cookie"].startswith("css-account=; ")
        assert "Max-Age=0" in answer.headers["Set-Cookie"]
        assert "logout" not in browser.get(browser.index).json()["controls"]["account"]
        assert somebody.get(somebody.control("account", "pod")).status == 200


class TestWithoutEmail:
    """An e-mail address is nobody's duty: a name does, and recovery codes in place of mails."""

    @pytest.mark.spec("Practice ACC-03 without e-mail")
    def test_a_name_signs_in(self, world):
        name, visitor = fresh_name(), stranger(world).begin()
        create = visitor.control("password", "create")
        made = visitor.post(create, {"name": name, "password": PASSWORD})
        assert made.status == 200, made.text
        assert visitor.get(create).json()["passwordLogins"] == {name: made.json()["resource"]}
        assert Visitor(world, email=name).sign_in().status == 200
        assert visitor.pod(fresh_name())["webId"]

    @pytest.mark.parametrize(
        "said", [{}, {"name": "x"}, {"name": "a b"}, {"email": "ana"}], ids=str
    )
    def test_something_to_sign_in_with_is_wanted(self, world, said):
        visitor = stranger(world).begin()
        answer = visitor.post(visitor.control("password", "create"), {**said, "password": PASSWORD})
        assert answer.status == 400

    @pytest.mark.spec("Practice ACC-03 without e-mail")
    def test_a_recovery_code_lets_in_once(self, somebody):
        codes = somebody.control("recovery", "create")
        assert somebody.get(codes).json()["left"] == 0
        made = somebody.post(codes).json()["codes"]
        assert (len(made), somebody.get(codes).json()["left"]) == (8, 8)
        lost = stranger(somebody.world)
        login = lost.control("recovery", "login")
        assert lost.post(login, {"code": "0000-0000-0000-0000"}).status == 403
        lost.token = lost.post(login, {"code": made[0]}).json()["authorization"]
        assert lost.control("account", "account") == somebody.control("account", "account")
        assert stranger(somebody.world).post(login, {"code": made[0]}).status == 403
        assert lost.get(codes).json()["left"] == 7
        # With it she is as good as signed in: she gets herself a new way in.
        new = lost.post(
            lost.control("password", "create"), {"name": fresh_name(), "password": PASSWORD}
        )
        assert new.status == 200


class TestPods:
    @pytest.mark.spec("Practice ACC-04")
    def test_a_pod_is_made_with_its_webid(self, world, somebody):
        name = fresh_name()
        made = somebody.pod(name)
        assert (made["pod"], made["webId"]) == (
            f"{world.base}{name}/",
            f"{world.base}{name}/profile/card#me",
        )
        pods = somebody.get(somebody.control("account", "pod")).json()["pods"]
        assert pods == {made["pod"]: made["podResource"]}
        linked = somebody.get(somebody.control("account", "webId")).json()["webIdLinks"]
        assert linked == {made["webId"]: made["webIdResource"]}
        assert stranger(world).get(made["webId"].partition("#")[0]).status == 200

    @pytest.mark.spec("Practice ACC-04")
    def test_an_account_has_several(self, somebody):
        names = [fresh_name() for _ in range(2)]
        made = [somebody.pod(name) for name in names]
        pods = somebody.get(somebody.control("account", "pod")).json()["pods"]
        assert pods.keys() == {one["pod"] for one in made}

    @pytest.mark.spec("Practice ACC-04")
    @pytest.mark.parametrize(
        "value",
        [
            {"name": "{taken}"},
            {"name": "ns"},
            {"name": "Capital"},
            {"name": "../x"},
            {"name": ".well-known"},
            {"name": ""},
            {},
            {"name": "{fresh}", "settings": {"webId": "no iri"}},
            {"name": "{fresh}", "settings": {"webId": "urn:x:y"}},
        ],
        ids=json.dumps,
    )
    def test_what_cannot_be_leaves_nothing(self, world, owner_of_pod, value):
        name = fresh_name()
        known = {"{taken}": owner_of_pod.made["pod"].split("/")[-2], "{fresh}": name}
        value = {
            key: known.get(word, word) if key == "name" else word for key, word in value.items()
        }
        other = settled(world)
        assert other.post(other.control("account", "pod"), value).status == 400
        assert other.get(other.control("account", "pod")).json()["pods"] == {}
        assert other.get(other.control("account", "webId")).json()["webIdLinks"] == {}
        assert name not in world.server.pods.names()

    @pytest.mark.spec("Practice ACC-04")
    def test_the_owner_of_a_pod_may_be_somebody_elsewhere(self, somebody, bob):
        value = {"name": fresh_name(), "settings": {"webId": bob.webid}}
        made = somebody.post(somebody.control("account", "pod"), value).json()
        assert made["webId"] == bob.webid
        assert "webIdResource" not in made
        assert bob.put(made["pod"] + "x", b"a", "text/plain").status == 201
        assert somebody.get(made["pod"] + "profile/card").status == 401
        assert somebody.get(somebody.control("account", "webId")).json()["webIdLinks"] == {}

    @pytest.mark.spec("Practice ACC-04")
    def test_owners_come_and_go_but_for_the_last(self, owner_of_pod, bob, carol):
        made = owner_of_pod.made
        resource = made["podResource"]

        def owners():
            told = owner_of_pod.get(resource).json()
            assert told["baseUrl"] == made["pod"]
            return {one["webId"]: one["visible"] for one in told["owners"]}

        assert owners() == {made["webId"]: False}
        assert owner_of_pod.post(resource, {"webId": made["webId"], "remove": True}).status == 400
        assert owner_of_pod.post(resource, {"webId": bob.webid, "visible": True}).status == 200
        # The first stays the first.
        assert list(owners().items()) == [(made["webId"], False), (bob.webid, True)]
        assert owner_of_pod.post(resource, {"webId": bob.webid, "visible": False}).status == 200
        assert owners() == {made["webId"]: False, bob.webid: False}
        assert owner_of_pod.post(resource, {"webId": bob.webid, "remove": True}).status == 200
        assert owner_of_pod.post(resource, {"webId": carol.webid, "remove": True}).status == 200
        assert owners() == {made["webId"]: False}

    @pytest.mark.spec("Solid Protocol §4.1 #server-storage-track-owner")
    def test_each_owner_controls_the_pod_at_her_own_machine(self, world, owner_of_pod, bob):
        made = owner_of_pod.made

        def controls(webid: str) -> bool:
            acls = world.pod(made["pod"].split("/")[-2]).store.snapshot().acls()
            root = ResourceIri(made["pod"], "")
            return bool(decide(acls, root, agent=Agent(webid)).modes & Mode.CONTROL)

        assert (controls(made["webId"]), controls(bob.webid)) == (True, False)
        assert owner_of_pod.post(made["podResource"], {"webId": bob.webid}).status == 200
        assert (controls(made["webId"]), controls(bob.webid)) == (True, True)

    @pytest.mark.spec("Solid Protocol §4.1 #server-storage-link-owner")
    def test_an_owner_who_is_shown_is_linked_from_the_root_alone(self, owner_of_pod):
        made, app = owner_of_pod.made, app_of(owner_of_pod)
        assert links(app.get(made["pod"]), OWNER) == []
        shown = {"webId": made["webId"], "visible": True}
        assert owner_of_pod.post(made["podResource"], shown).status == 200
        assert links(app.get(made["pod"]), OWNER) == [made["webId"]]
        assert links(app.call("HEAD", made["pod"]), OWNER) == [made["webId"]]
        assert links(app.get(made["pod"] + "profile/card"), OWNER) == []

    @pytest.mark.spec("Practice ACC-04")
    def test_a_pod_that_is_deleted_leaves_nothing(self, world, owner_of_pod):
        made, app = owner_of_pod.made, app_of(owner_of_pod)
        app.put(made["pod"] + "x", b"a", "text/plain")
        assert owner_of_pod.delete(made["podResource"]).status == 200
        assert app.get(made["pod"] + "x").status in {401, 404}
        assert owner_of_pod.get(made["podResource"]).status == 404
        assert owner_of_pod.get(owner_of_pod.control("account", "webId")).json()["webIdLinks"] == {}
        assert made["pod"].split("/")[-2] not in world.server.pods.names()


def app_of(visitor: Visitor, webid: str = "") -> App:
    """An app with credentials of an account."""
    value = {"name": "token", "webId": webid or visitor.made["webId"]}
    made = visitor.post(visitor.control("account", "clientCredentials"), value).json()
    return App(made["id"], made["secret"], visitor.world.base + ".oidc/token", Key())


class TestWebIds:
    @pytest.mark.spec("Practice ACC-05")
    def test_one_of_an_own_pod_is_unlinked_and_linked_again(self, owner_of_pod):
        made, webids = owner_of_pod.made, owner_of_pod.control("account", "webId")
        assert owner_of_pod.post(webids, {"webId": made["webId"]}).status == 400
        assert owner_of_pod.delete(made["webIdResource"]).status == 200
        assert owner_of_pod.delete(made["webIdResource"]).status == 404
        assert owner_of_pod.get(webids).json()["webIdLinks"] == {}
        told = owner_of_pod.post(webids, {"webId": made["webId"]}).json()
        assert (told["webId"], told["oidcIssuer"]) == (made["webId"], owner_of_pod.world.base)
        assert owner_of_pod.get(webids).json()["webIdLinks"] == {made["webId"]: told["resource"]}

    @pytest.mark.spec("Practice ACC-05")
    @pytest.mark.spec("Practice OP-23")
    @pytest.mark.parametrize("where", ["elsewhere", "in another pod here"])
    def test_another_is_linked_by_who_can_write_its_document(
        self, somebody, carol, elsewhere, where
    ):
        name = fresh_name()
        document = (
            elsewhere.base + name if where == "elsewhere" else f"{carol.storage}public/{name}"
        )
        webid, webids = document + "#me", somebody.control("account", "webId")

        def write(text: str) -> None:
            if where == "elsewhere":
                elsewhere.serve(name, text)
            else:
                assert carol.put(document, text.encode()).status in {201, 204}

        write("")
        first = somebody.post(webids, {"webId": webid})
        assert first.status == 400
        quad = first.json()["details"]["quad"]
        assert quad.startswith(f"<{webid}> <http://www.w3.org/ns/solid/terms#oidcIssuer")
        assert somebody.post(webids, {"webId": webid}).status == 400
        write(quad)
        linked = somebody.post(webids, {"webId": webid})
        assert linked.status == 200, linked.text
        assert somebody.get(webids).json()["webIdLinks"] == {webid: linked.json()["resource"]}

    @pytest.mark.spec("Practice OP-23")
    def test_the_proof_of_one_account_is_none_for_another(self, world, somebody, elsewhere):
        name, other = fresh_name(), settled(world)
        webid = elsewhere.serve(name, "") + "#me"
        asked = [
            one.post(one.control("account", "webId"), {"webId": webid}) for one in (somebody, other)
        ]
        elsewhere.serve(name, asked[0].json()["details"]["quad"])
        assert other.post(other.control("account", "webId"), {"webId": webid}).status == 400
        assert somebody.post(somebody.control("account", "webId"), {"webId": webid}).status == 200

    @pytest.mark.spec("Practice OP-23")
    def test_who_may_write_a_profile_does_not_get_its_webid(self, somebody, ana):
        for _ in range(2):
            asked = somebody.post(somebody.control("account", "webId"), {"webId": ana.webid})
            told = asked.json()
            assert (asked.status, "details" in told) == (400, False)

    @pytest.mark.spec("Practice OP-23")
    def test_a_webid_of_a_pod_is_nobodys_once_the_pod_is_gone(self, world, owner_of_pod):
        other, made = settled(world), owner_of_pod.made
        webid, app = made["pod"] + "public/me#me", app_of(owner_of_pod)
        webids = other.control("account", "webId")
        quad = other.post(webids, {"webId": webid}).json()["details"]["quad"]
        named = f"{quad} <{webid}> <http://www.w3.org/ns/solid/terms#oidcIssuer> <{world.base}> ."
        assert app.put(made["pod"] + "public/me", named.encode()).status == 201
        assert other.post(webids, {"webId": webid}).status == 200
        script = app_of(other, webid)
        script.sign_in()
        assert owner_of_pod.delete(made["podResource"]).status == 200
        assert other.get(webids).json()["webIdLinks"] == {}
        settled(world).pod(made["pod"].split("/")[-2])
        with pytest.raises(AssertionError, match="invalid_client"):
            script.sign_in()

    @pytest.mark.spec("Practice OP-23")
    def test_nothing_is_fetched_before_a_proof_was_asked_for(self, somebody, elsewhere):
        before = elsewhere.connections
        webid = elsewhere.serve(fresh_name(), "") + "#me"
        somebody.post(somebody.control("account", "webId"), {"webId": webid})
        assert elsewhere.connections == before

    @pytest.mark.spec("Practice ACC-05")
    @pytest.mark.parametrize(
        "webid",
        ["", "me", "urn:x:y", "file:///etc/passwd", "https://", "https://a b/", "http://u@a/"],
    )
    def test_what_is_no_webid_is_not_linked(self, somebody, webid):
        assert somebody.post(somebody.control("account", "webId"), {"webId": webid}).status == 400


class TestCredentials:
    @pytest.mark.spec("Practice ACC-06")
    def test_a_script_acts_as_a_webid_of_its_account(self, owner_of_pod):
        made, all_ = owner_of_pod.made, owner_of_pod.control("account", "clientCredentials")
        told = owner_of_pod.post(all_, {"name": "token", "webId": made["webId"]}).json()
        assert told["id"].startswith("token")
        assert owner_of_pod.get(all_).json()["clientCredentials"] == {told["id"]: told["resource"]}
        shown = owner_of_pod.get(told["resource"]).json()
        assert (shown["id"], shown["webId"]) == (told["id"], made["webId"])
        assert told["secret"] not in owner_of_pod.get(told["resource"]).text
        app = App(told["id"], told["secret"], owner_of_pod.world.base + ".oidc/token", Key())
        assert app.get(made["pod"]).status == 200

    @pytest.mark.spec("Practice ACC-06")
    def test_credentials_are_taken_back(self, owner_of_pod):
        app, all_ = app_of(owner_of_pod), owner_of_pod.control("account", "clientCredentials")
        (resource,) = owner_of_pod.get(all_).json()["clientCredentials"].values()
        assert owner_of_pod.delete(resource).status == 200
        assert owner_of_pod.get(all_).json()["clientCredentials"] == {}
        assert owner_of_pod.delete(resource).status == 404
        with pytest.raises(AssertionError, match="invalid_client"):
            app.sign_in()

    @pytest.mark.spec("Practice ACC-06")
    def test_they_end_with_the_link_to_their_webid(self, owner_of_pod):
        app = app_of(owner_of_pod)
        assert owner_of_pod.delete(owner_of_pod.made["webIdResource"]).status == 200
        all_ = owner_of_pod.control("account", "clientCredentials")
        assert owner_of_pod.get(all_).json()["clientCredentials"] == {}
        with pytest.raises(AssertionError, match="invalid_client"):
            app.sign_in()

    @pytest.mark.spec("Practice ACC-06")
    def test_nobody_gets_credentials_for_the_webid_of_another(self, owner_of_pod, bob):
        all_ = owner_of_pod.control("account", "clientCredentials")
        assert owner_of_pod.post(all_, {"name": "token", "webId": bob.webid}).status == 400

    @pytest.mark.spec("Practice ACC-06")
    def test_a_script_may_act_as_a_webid_elsewhere_whose_document_says_so(
        self, ana, somebody, elsewhere, place
    ):
        name, issuer = fresh_name(), somebody.world.base
        webid = elsewhere.serve(name, "") + "#me"
        webids = somebody.control("account", "webId")
        quad = somebody.post(webids, {"webId": webid}).json()["details"]["quad"]
        elsewhere.serve(
            name, f"{quad} <{webid}> <http://www.w3.org/ns/solid/terms#oidcIssuer> <{issuer}>."
        )
        assert somebody.post(webids, {"webId": webid}).status == 200
        ana.put(place + "x", b"a", "text/plain")
        ana.grant(place + "x", rule(webid, "Read", "accessTo"))
        assert app_of(somebody, webid).get(place + "x").status == 200


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
