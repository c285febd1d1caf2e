"""Signing in to an app, and saying what it may do with one's data: nothing more is ever given."""

import re
from datetime import timedelta

import pytest
from access_pages import press
from agents import World
from tried import Tried, from_document, register, rewritten, sign_in

from pod.agreements import TermsSetting
from pod.flows.consent.myterms import choose_terms
from pod.store.server import Tables

NOTE = b"<#it> <http://purl.org/dc/terms/title> 'a note' ."
BANK = b"<#it> a <https://w3id.org/selfdata/ns#BankTransaction> ."


@pytest.fixture
def eve(world: World):
    """Somebody with a pod that no other test uses, and a few things in it."""
    who = world.fresh()
    for path, body in (("private/note", NOTE), ("data/bank/a.ttl", BANK), ("data/health/b", NOTE)):
        assert who.put(who.storage + path, body).status == 201
    return who


def arrive(browser, app, who) -> None:
    """She signs in to an app that she does not trust with everything."""
    browser.open(app.request())
    sign_in(browser, who)
    browser.send({"decision": "allow"})


def token_of(browser, app) -> str:
    return app.redeem(browser.answered["code"]).json()["access_token"]


def number_of(browser, label: str) -> str:
    """The number of the item with this label on the screen."""
    before = browser.page.text.partition(f"<strong>{label}</strong>")[0]
    return before.rpartition('name="item" value="')[2].partition('"')[0]


@pytest.fixture
def silent(world: World, nobody) -> Tried:
    """An app that says nothing about itself but its name."""
    public = {"token_endpoint_auth_method": "none"}
    said = register(world, nobody, client_name="Old App", **public).json()
    return Tried(world, nobody, said["client_id"], said["redirect_uris"][0])


class TestSilent:
    """An app that says nothing about itself."""

    @pytest.mark.spec("Self Data CAP-12")
    @pytest.mark.spec("Self Data PRI-01")
    def test_it_gets_what_is_ticked_and_nothing_else(self, browser, silent, eve):
        arrive(browser, silent, eve)
        assert browser.title == "What may Old App do in your space?"
        assert not re.search('type="checkbox"[^>]* checked', browser.page.text)
        bank = number_of(browser, "Bank")
        browser.send({"answer": "accept", "item": bank, f"modes-{bank}": "read"})
        token = token_of(browser, silent)
        answers = {
            path: silent.get(eve.storage + path, token).status
            for path in ("data/bank/a.ttl", "data/bank/", "data/", "private/note", "data/health/b")
        }
        assert answers == {
            "data/bank/a.ttl": 200,
            "data/bank/": 200,
            "data/": 403,
            "private/note": 403,
            "data/health/b": 403,
        }
        told = silent.get(eve.storage + "data/bank/a.ttl", token).headers["WAC-Allow"]
        assert told == 'user="read",public=""'

    def test_it_is_called_by_its_name_when_it_was_stopped(self, browser, silent, eve):
        arrive(browser, silent, eve)
        bank = number_of(browser, "Bank")
        browser.send({"answer": "accept", "item": bank, f"modes-{bank}": "read"})
        token = token_of(browser, silent)
        assert silent.get(eve.storage + "data/bank/a.ttl", token).status == 200
        browser.open(browser.base + ".account/apps/")
        assert "<h2>Old App</h2>" in browser.page.text
        press(browser, "/stop-app")
        assert browser.title == "Old App: access stopped"
        for page in ("apps", "journal"):
            browser.open(f"/.account/{page}/")
            assert "Old App" in browser.page.text

    def test_what_is_there_since_she_looked_is_not_given_in_the_place_of_what_she_ticked(
        self, browser, world, silent, eve
    ):
        arrive(browser, silent, eve)
        private = number_of(browser, "Your private things")
        assert eve.put(eve.storage + "data/calendar/a.ttl", NOTE).status == 201
        page = browser.send({"answer": "accept", "item": private, f"modes-{private}": "read"})
        assert (page.status, 'role="alert"' in page.text) == (400, True)
        assert number_of(browser, "Your private things") != private
        assert world.pod(eve.name).store.snapshot().agreements.grants.count() == 0

    @pytest.mark.spec("Self Data CON-39")
    def test_what_is_sensitive_is_not_offered(self, browser, silent, eve):
        arrive(browser, silent, eve)
        assert "<strong>Health" not in browser.page.text
        assert "<strong>Bank" in browser.page.text

    @pytest.mark.parametrize("answer", ["refuse", "later"])
    def test_who_gives_nothing_is_signed_in_all_the_same(self, browser, silent, eve, answer):
        arrive(browser, silent, eve)
        browser.send({"answer": answer, "item": "0", "modes-0": "read"})
        token = token_of(browser, silent)
        assert silent.get(eve.storage + "data/bank/a.ttl", token).status == 403

    def test_what_was_decided_is_not_asked_again(self, browser, silent, eve):
        arrive(browser, silent, eve)
        bank = number_of(browser, "Bank")
        browser.send({"answer": "accept", "item": bank, f"modes-{bank}": "read"})
        browser.open(silent.request(prompt="none"))
        token = token_of(browser, silent)
        assert silent.get(eve.storage + "data/bank/", token).status == 200

    @pytest.mark.parametrize("step", ["0", "2", "99", "x", "1x"])
    def test_a_screen_that_is_not_there_leads_on(self, browser, silent, eve, step):
        arrive(browser, silent, eve)
        browser.open(browser.at.rpartition("/")[0] + "/" + step)
        assert "code" in browser.answered

    def test_before_she_is_asked_as_whom_nothing_is_shown(self, browser, silent, eve):
        browser.open(silent.request())
        sign_in(browser, eve)
        browser.open(browser.at + "data/1")
        assert browser.title == "Allow Old App?"


USE = {
    "purpose": "https://w3id.org/dpv#ServicePersonalisation",
    "sentence": {"en": "We sort your spending by month.", "fr": "Nous trions vos dépenses."},
    "required": [{"category": "bank", "modes": ["read"]}],
    "optional": [{"category": "energy", "modes": ["read"]}, {"category": "health"}],
    "days": 10,
    "retention": "P30D",
    "person_gains": {"en": "A budget.", "fr": "Un budget."},
    "app_gains": {"en": "A fee.", "fr": "Un abonnement."},
}
CONTROLLER = {
    "legal_name": "Budget Malin SAS",
    "kind": "company",
    "country": "FR",
    "contact": "mailto:privacy@budget.example",
    "privacy_notice": "https://budget.example/privacy",
}


@pytest.fixture
def talking(world: World, nobody, elsewhere) -> Tried:
    """An app that says who answers for it, and what it wants."""
    return from_document(world, nobody, elsewhere, controller=CONTROLLER, uses=[USE])


class TestTalking:
    """An app that says what it asks for."""

    @pytest.mark.spec("Self Data PRI-04")
    def test_what_it_says_is_shown_and_what_is_sensitive_comes_alone(self, browser, talking, eve):
        arrive(browser, talking, eve)
        assert browser.title == "Budget Malin SAS asks to read your data"
        assert "We sort your spending by month." in browser.page.text
        assert "<strong>Bank" in browser.page.text
        assert "<strong>Health" not in browser.page.text
        bank = number_of(browser, "Bank")
        browser.send({"answer": "accept", "item": bank})
        assert "<strong>Health" in browser.page.text
        assert "<strong>Bank" not in browser.page.text
        browser.send({"answer": "refuse"})
        token = token_of(browser, talking)
        statuses = [
            talking.get(eve.storage + path, token).status
            for path in ("data/bank/a.ttl", "data/health/b", "data/energy/")
        ]
        assert statuses == [200, 403, 403]

    @pytest.mark.parametrize(
        "changed",
        [
            {"required": [{"category": "energy", "modes": ["read"]}], "optional": []},
            {"required": [{"category": "bank", "modes": ["write"]}]},
            {"retention": "P10Y"},
            {"country": "US", "processing": "leaving"},
        ],
        ids=str,
    )
    def test_what_it_says_otherwise_since_she_looked_is_shown_and_not_agreed_to(
        self, browser, world, nobody, elsewhere, eve, changed
    ):
        app = from_document(world, nobody, elsewhere, controller=CONTROLLER, uses=[USE])
        arrive(browser, app, eve)
        rewritten(app, elsewhere, controller=CONTROLLER, uses=[USE | changed])
        page = browser.send({"answer": "accept", "item": "0"})
        assert (page.status, 'role="alert"' in page.text) == (400, True)
        assert world.pod(eve.name).store.snapshot().agreements.grants.count() == 0
        browser.send({"answer": "accept", "item": "0"})
        assert world.pod(eve.name).store.snapshot().agreements.grants.count() == 1

    @pytest.mark.spec("Self Data CAP-14")
    @pytest.mark.parametrize("terms", [[], ["usual"], ["another"]], ids=str)
    def test_it_is_shown_whether_her_terms_were_accepted(
        self, browser, world, nobody, elsewhere, eve, terms
    ):
        said = {"controller": CONTROLLER, "uses": [USE], "terms": terms}
        arrive(browser, from_document(world, nobody, elsewhere, **said), eve)
        is_agreed = "accepted none of your conditions" not in browser.page.text
        assert is_agreed is (terms == ["usual"])
        made = world.pod(eve.name).store.snapshot().agreements.terms.count()
        assert made == int(is_agreed)

    @pytest.mark.spec("Self Data PRI-02")
    def test_who_wants_her_terms_of_all_gives_nothing_without(
        self, browser, world, silent, talking, eve
    ):
        setting = TermsSetting("usual", of_all=True)
        world.run(choose_terms(setting, world.pod(eve.name)))
        arrive(browser, talking, eve)
        assert "code" in browser.answered
        browser.open(silent.request())
        browser.send({"decision": "allow"})
        assert "code" in browser.answered

    @pytest.mark.spec("Self Data CON-18")
    def test_what_it_gets_is_for_the_purpose_that_it_named(self, browser, talking, eve):
        arrive(browser, talking, eve)
        browser.send({"answer": "accept", "item": number_of(browser, "Bank")})
        browser.send({"answer": "accept", "item": number_of(browser, "Health")})
        token = token_of(browser, talking)
        url = eve.storage + "data/health/b"
        for purpose, status in ((USE["purpose"], 200), ("https://w3id.org/dpv#Marketing", 403)):
            headers = {
                "Authorization": f"DPoP {token}",
                "DPoP": talking.key.proof("GET", url),
                "Selfdata-Purpose": purpose,
            }
            assert talking.nobody.get(url, headers).status == status

    @pytest.mark.spec("Self Data B4")
    def test_each_purpose_is_asked_for_apart_and_never_joined(
        self, browser, world, nobody, elsewhere, eve
    ):
        other = USE | {
            "purpose": "https://w3id.org/dpv#CommercialResearch",
            "required": [{"category": "energy", "modes": ["read"]}],
            "optional": [],
        }
        uses = [USE | {"optional": []}, other]
        two = from_document(world, nobody, elsewhere, controller=CONTROLLER, uses=uses)
        assert eve.put(eve.storage + "data/energy/c.ttl", NOTE).status == 201
        arrive(browser, two, eve)
        browser.send({"answer": "accept", "item": number_of(browser, "Bank")})
        browser.send({"answer": "accept", "item": number_of(browser, "Energy")})
        token = token_of(browser, two)

        def statuses(purpose: str) -> tuple[int, ...]:
            found = []
            for path in ("data/bank/a.ttl", "data/energy/c.ttl"):
                url = eve.storage + path
                proof = two.key.proof("GET", url)
                headers = {"Authorization": f"DPoP {token}", "DPoP": proof}
                named = {"Selfdata-Purpose": purpose} if purpose else {}
                found.append(nobody.get(url, headers | named).status)
            return tuple(found)

        assert statuses(USE["purpose"]) == (200, 403)
        assert statuses(other["purpose"]) == (403, 200)
        assert statuses("") == (403, 403)

    def test_nobody_is_asked_for_what_is_not_hers(self, browser, talking, eve, bob):
        arrive(browser, talking, eve)
        browser.send({"answer": "accept", "item": number_of(browser, "Bank")})
        browser.send({"answer": "refuse"})
        token = token_of(browser, talking)
        assert talking.get(bob.storage + "data/bank/", token).status == 403

    @pytest.mark.spec("Self Data CON-39")
    def test_what_is_sensitive_takes_who_has_shown_lately_who_she_is(
        self, browser, talking, eve, world
    ):
        arrive(browser, talking, eve)
        browser.send({"answer": "accept", "item": number_of(browser, "Bank")})
        asked, health = browser.at, number_of(browser, "Health")
        grow_old(world)
        browser.send({"answer": "accept", "item": health})
        assert browser.title == "Is it still you?"
        sign_in(browser, eve)
        assert browser.at == asked
        browser.send({"answer": "accept", "item": number_of(browser, "Health")})
        token = token_of(browser, talking)
        assert talking.get(eve.storage + "data/health/b", token).status == 200


def grow_old(world: World) -> None:
    """Let every session have begun an hour before it did."""

    def work(tables: Tables) -> None:
        for session in tables.sessions.all():
            tables.sessions.set("created", session.created - timedelta(hours=1), id=session.id)

    world.run(world.server.accounts.write(work))


@pytest.mark.spec("Self Data CON-09")
@pytest.mark.spec("Self Data PRI-21")
@pytest.mark.parametrize(
    ("controller", "left_out"),
    [
        ({**CONTROLLER, "contact": ""}, {}),
        (CONTROLLER, {"purpose": "https://budget.example/whatever", "sentence": {}}),
        (CONTROLLER, {"person_gains": {}}),
    ],
    ids=["who answers for it", "a known purpose", "what she gains"],
)
def test_who_does_not_say_enough_asks_for_nothing(
    world, nobody, elsewhere, browser, eve, controller, left_out
):
    app = from_document(world, nobody, elsewhere, controller=controller, uses=[{**USE, **left_out}])
    arrive(browser, app, eve)
    assert "They need this." not in browser.page.text
    bank = number_of(browser, "Bank")
    browser.send({"answer": "accept", "item": bank, f"modes-{bank}": "read"})
    assert app.get(eve.storage + "data/bank/a.ttl", token_of(browser, app)).status == 200
