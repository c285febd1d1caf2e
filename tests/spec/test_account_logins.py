"""The account API: how somebody is let in, with an e-mail address and a password or without."""

import pytest
from visitors import PASSWORD, Visitor, fresh_name, stranger

from pod.flows.account.reset_password import offer_reset


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
