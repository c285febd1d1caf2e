"""A person moves her identity to another provider, or back: the one way to change who signs her
in, since no write to her profile may.
"""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from agents import SIGNED_IN, Person, World, rule
from browser import Browser
from client import App, Key
from issuers import Issuer
from neighbour import Neighbour
from tried import PASSWORD, code_of
from visitors import Visitor, fresh_name, settled

from pod.account.session import FRESH


@pytest.fixture
def visitor(world: World, owner: Person) -> Visitor:
    """The same person at the account API."""
    made = Visitor(world, email=f"{owner.name}@example.org")
    made.token = made.sign_in(PASSWORD).json()["authorization"]
    return made


@pytest.fixture
def provider(elsewhere: Neighbour) -> Issuer:
    made = Issuer(elsewhere, f"{elsewhere.base}{uuid.uuid4().hex}/")
    made.publish()
    return made


@pytest.fixture
def link(visitor: Visitor, owner: Person) -> str:
    """Where it is said who signs her in."""
    links = visitor.get(visitor.control("account", "webId")).json()["webIdLinks"]
    return links[owner.webid]


@pytest.fixture
def note(owner: Person) -> str:
    """A document for whoever is signed in."""
    note = owner.storage + "note"
    owner.put(note, b"<> a <http://v.example/Note> .")
    owner.grant(
        note,
        rule(owner.webid, "Read Write Control", "accessTo"),
        rule(SIGNED_IN, "Read", "accessTo"),
    )
    return note


def by(provider: Issuer, owner: Person, url: str) -> int:
    """How a request fares with a token of the provider for her."""
    key = Key()
    token = provider.token(key, webid=owner.webid, sub=owner.webid)
    signed = {"Authorization": f"DPoP {token}", "DPoP": key.proof("GET", url)}
    return Person("nobody", owner.connection).get(url, signed).status


def events(visitor: Visitor) -> list[tuple[str, str]]:
    told = visitor.get(visitor.control("account", "journal")).json()["events"]
    return [(line["action"], line["about"]) for line in told]


@pytest.mark.spec("Practice WID-07 account")
class TestMoving:
    def test_another_provider_signs_her_in_as_well(
        self, world, owner, visitor, nobody, link, note, provider
    ):
        def named() -> set[str]:
            links = nobody.get(owner.storage + "profile/card").all("Link")
            return {i for i in (world.base, provider.base) if f"<{i}>" in " ".join(links)}

        assert (by(provider, owner, note), named()) == (401, {world.base})
        told = visitor.post(link, {"oidcIssuer": provider.base})
        assert told.status == 200, told.text
        assert set(told.json()["oidcIssuers"]) == {world.base, provider.base}
        assert (by(provider, owner, note), named()) == (200, {world.base, provider.base})
        assert owner.get(note).status == 200
        assert ("issuer added", f"{owner.webid} {provider.base}") in events(visitor)
        line = world.journal(owner.name)[-5:]
        assert ("ISSUER", "profile/card") in [(each.action, each.target) for each in line]

    def test_once_more_changes_nothing(self, world, owner, visitor, link):
        before = world.state(owner.name)
        assert visitor.post(link, {"oidcIssuer": world.base}).status == 200
        assert world.state(owner.name) == before
        assert "issuer added" not in [action for action, _ in events(visitor)]

    def test_away_from_here_and_back(
        self, world, owner, visitor, browser, app, link, note, provider
    ):
        code = code_of(browser, app, owner)
        tokens = app.redeem(code).json()
        assert app.get(note, tokens["access_token"]).status == 200
        visitor.post(link, {"oidcIssuer": provider.base})
        away = {"oidcIssuer": world.base, "remove": True}
        refused = visitor.post(link, away)
        assert (refused.status, "sure" in refused.json()["detail"]) == (400, True)
        told = visitor.post(link, {**away, "sure": True})
        assert told.json()["oidcIssuers"] == [provider.base]
        assert ("issuer removed", f"{owner.webid} {world.base}") in events(visitor)

        # What this server had given ends, and it gives no more.
        assert app.get(note, tokens["access_token"]).status == 401
        turned = app.ask("refresh_token", refresh_token=tokens["refresh_token"])
        assert (turned.status, turned.json()["error"]) == (400, "invalid_grant")
        assert owner.get(note).status == 401
        browser.open(app.request())
        assert owner.webid not in browser.page.text
        assert by(provider, owner, note) == 200

        assert visitor.post(link, {"oidcIssuer": world.base}).status == 200
        assert world.app(owner.name, "another").get(note).status == 200
        code = code_of(browser, app, owner)
        assert app.get(note, app.redeem(code).json()["access_token"]).status == 200

    def test_what_is_named_now_is_protected_like_what_was(self, owner, visitor, link, provider):
        card = owner.storage + "profile/card"
        before = owner.get(card).body
        visitor.post(link, {"oidcIssuer": provider.base})
        assert owner.put(card, before).status == 409
        assert owner.put(card, owner.get(card).body).status == 204


@pytest.mark.spec("Practice WID-07 account")
class TestNoLockOut:
    def test_the_last_one_stays_however_sure_she_is(self, world, visitor, link):
        said = {"oidcIssuer": world.base, "remove": True, "sure": True}
        refused = visitor.post(link, said)
        assert (refused.status, "add another" in refused.json()["detail"]) == (400, True)
        assert visitor.get(link).json()["oidcIssuers"] == [world.base]

    @pytest.mark.parametrize(
        "flaw", ["nobody answers", "another name", "without its slash", "no JSON"]
    )
    def test_who_does_not_answer_to_the_name_is_added_by_who_is_sure(
        self, world, visitor, link, provider, flaw
    ):
        issuer = provider.base
        if flaw == "nobody answers":
            issuer += "nobody/"
        elif flaw == "without its slash":
            issuer = issuer.removesuffix("/")
        else:
            said = "{" if flaw == "no JSON" else '{"issuer": "https://other.example/"}'
            provider.publish(configuration=said)
        assert visitor.post(link, {"oidcIssuer": issuer}).status == 400
        assert visitor.get(link).json()["oidcIssuers"] == [world.base]
        assert visitor.post(link, {"oidcIssuer": issuer, "sure": True}).status == 200
        assert issuer in visitor.get(link).json()["oidcIssuers"]

    def test_one_that_is_not_named_cannot_be_removed(self, visitor, link):
        said = {"oidcIssuer": "https://idp.example/", "remove": True}
        assert visitor.post(link, said).status == 404


def test_a_document_that_names_nobody_has_named_no_other_either(owner, visitor, note):
    webid = f"{owner.storage}public/me#me"
    owner.put(f"{owner.storage}public/me", b"<#me> a <http://xmlns.com/foaf/0.1/Person> .")
    visitor.post(visitor.control("account", "webId"), {"webId": webid})
    value = {"name": "script", "webId": webid}
    made = visitor.post(visitor.control("account", "clientCredentials"), value).json()
    app = App(made["id"], made["secret"], owner.app.token_endpoint)
    assert app.get(note).status == 200


@pytest.fixture(scope="module")
def named_by(world: World) -> Callable[[str], int]:
    """How it fares that somebody names an issuer; nothing comes of it."""
    visitor = settled(world)
    link = visitor.pod(fresh_name())["webIdResource"]
    return lambda issuer: visitor.post(link, {"oidcIssuer": issuer, "sure": True}).status


@pytest.mark.parametrize(
    "issuer",
    [
        "",
        "idp.example",
        "ftp://idp.example/",
        "https://",
        "https://[",
        "https://user@idp.example/",
        "https://idp.example/?a",
        "https://idp.example/#a",
        "https://idp.example/ <x>",
        f"https://idp.example/{'a' * 1000}",
    ],
)
def test_what_is_no_address_of_a_provider_is_refused(named_by, issuer):
    assert named_by(issuer) == 400


class TestWhoMay:
    @pytest.mark.spec("Practice WID-07 account")
    def test_who_signed_in_lately(self, world, visitor, link, provider):
        created = datetime.now(UTC).replace(microsecond=0) - FRESH - timedelta(seconds=1)
        world.run(
            world.server.accounts.write(lambda tables: tables.sessions.set("created", created))
        )
        assert visitor.post(link, {"oidcIssuer": provider.base}).status == 403
        assert visitor.get(link).json()["oidcIssuers"] == [world.base]

    def test_nobody_else(self, world, link, provider):
        other = settled(world)
        assert other.post(link, {"oidcIssuer": provider.base}).status == 403
        own = other.control("account", "webId") + link.split("/")[-2] + "/"
        assert other.post(own, {"oidcIssuer": provider.base}).status == 404
        assert other.get(own).status == 404

    def test_of_an_identity_elsewhere_its_own_host_decides(self, visitor, elsewhere, provider):
        name = uuid.uuid4().hex
        webid = elsewhere.serve(name, "") + "#me"
        webids = visitor.control("account", "webId")
        quad = visitor.post(webids, {"webId": webid}).json()["details"]["quad"]
        elsewhere.serve(name, quad)
        link = visitor.post(webids, {"webId": webid}).json()["resource"]
        assert visitor.get(link).json()["oidcIssuers"] == []
        assert visitor.post(link, {"oidcIssuer": provider.base}).status == 400

    def test_not_where_there_is_no_profile(self, owner, visitor, provider):
        webids = visitor.control("account", "webId")
        webid = f"{owner.storage}people/nobody#me"
        link = visitor.post(webids, {"webId": webid}).json()["resource"]
        assert visitor.get(link).json()["oidcIssuers"] == []
        assert visitor.post(link, {"oidcIssuer": provider.base}).status == 404


class TestOnThePage:
    def test_she_adds_one_and_leaves_by_a_tick(self, world, browser: Browser, owner, provider):
        browser.open("/.account/sign-in/")
        browser.send(
            {"email": f"{owner.name}@example.org", "password": PASSWORD},
            form=1,
        )
        browser.open("/.account/spaces/")
        self.press(browser, issuer=provider.base + "wrong/")
        assert (browser.page.status, "check the address" in browser.page.text) == (400, True)
        self.press(browser, issuer=provider.base)
        assert (browser.page.status, provider.base in browser.page.text) == (200, True)
        self.press(browser, at=world.base)
        assert (browser.page.status, "you are sure" in browser.page.text) == (409, True)
        self.press(browser, at=world.base, sure="yes")
        assert browser.page.status == 200
        assert f"<code>{world.base}</code>" not in browser.page.text
        browser.open("/.account/settings/")
        assert "sign-in service removed" in browser.page.text

    def test_she_shows_first_who_she_is(self, world, browser, owner, provider):
        browser.open("/.account/sign-in/")
        browser.send({"email": f"{owner.name}@example.org", "password": PASSWORD}, form=1)
        created = datetime.now(UTC).replace(microsecond=0) - FRESH - timedelta(seconds=1)
        world.run(
            world.server.accounts.write(lambda tables: tables.sessions.set("created", created))
        )
        browser.open("/.account/spaces/")
        self.press(browser, issuer=provider.base)
        assert browser.title == "Is it still you?"

    @staticmethod
    def press(browser: Browser, at: str = "", **fill: str) -> None:
        """The form that adds an issuer, or the one that removes the issuer `at` an address."""
        for number, form in enumerate(browser.forms):
            fields = dict(form.fields)
            if form.action.endswith("/provider") and fields.get("issuer", "") == at:
                browser.send(fill, form=number)
                return
        raise AssertionError(at)
