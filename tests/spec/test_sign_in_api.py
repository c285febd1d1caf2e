"""An app's request is answered in JSON, as scripts for Community Solid Server 7 do it (ACC-01)."""

import json
from collections.abc import Iterator

import pytest
from agents import Connection, Person, World
from browser import Browser
from client import Answer
from neighbour import Neighbour
from tried import PASSWORD, Tried, from_document


class Script:
    """Keeps cookies and follows locations, and reads no page."""

    def __init__(self, world: World) -> None:
        host, _, port = world.base.split("/")[2].partition(":")
        self.browser = Browser(world.base, Connection(host, int(port)))
        self.index = f"{world.base}.account/"

    def ask(self, method: str, url: str, value: object = None, **headers: str) -> Answer:
        sent = {"Accept": "application/json", "Content-Type": "application/json", **headers}
        body = b"" if value is None else json.dumps(value).encode()
        return self.browser._ask(method, url, sent, body)  # noqa: SLF001 - a request of its own

    def control(self, family: str, name: str) -> str:
        return self.ask("GET", self.index).json()["controls"][family][name]

    def answer(self, name: str, value: object = None, **headers: str) -> Answer:
        return self.ask("POST", self.control("oidc", name), value or {}, **headers)

    def sign_in(self, who: Person) -> Answer:
        value = {"email": f"{who.name}@example.org", "password": PASSWORD}
        return self.ask("POST", self.control("password", "login"), value)

    def follow(self, answer: Answer) -> dict[str, str]:
        """What the app is told at the end of where an answer leads, if it leads there."""
        assert answer.status == 200, answer.text
        self.browser.open(answer.json()["location"])
        return self.browser.answered


@pytest.fixture
def script(world: World) -> Iterator[Script]:
    made = Script(world)
    yield made
    made.browser.connection.close()


@pytest.fixture
def app(world: World, nobody: Person, elsewhere: Neighbour) -> Tried:
    return from_document(world, nobody, elsewhere)


@pytest.mark.spec("Practice ACC-01 sign-in")
class TestAnswers:
    def test_a_script_gets_its_code_without_a_page(self, script, app, ana):
        script.browser.open(app.request())
        prompt = script.ask("GET", script.control("oidc", "prompt")).json()
        assert prompt["prompt"] == "account"
        assert script.follow(script.sign_in(ana)) == {}
        assert script.answer("prompt").json()["prompt"] == "login"
        shown = script.ask("GET", script.control("oidc", "webId")).json()
        assert shown["webIds"] == [ana.webid]
        assert shown["fields"]["webId"] == {"required": True, "type": "string"}
        assert script.follow(script.answer("webId", {"webId": ana.webid, "remember": True})) == {}
        assert script.answer("prompt").json()["prompt"] == "consent"
        asked = script.ask("GET", script.control("oidc", "consent")).json()
        assert (asked["client"]["client_id"], asked["webId"]) == (app.id, ana.webid)
        assert asked["client"]["client_name"] == "Budget Malin"
        answered = script.follow(script.answer("consent", {"remember": True}))
        assert (answered["state"], answered["iss"]) == ("s 1", app.world.base)
        assert app.redeem(answered["code"]).status == 200
        script.browser.open(app.request(prompt="none"))
        assert "code" in script.browser.answered

    def test_what_is_not_remembered_is_asked_again(self, script, app, ana):
        script.browser.open(app.request())
        script.sign_in(ana)
        script.answer("webId", {"webId": ana.webid})
        assert "code" in script.follow(script.answer("consent"))
        script.browser.open(app.request(prompt="none"))
        assert script.browser.answered["error"] == "consent_required"

    def test_the_choice_is_forgotten(self, script, app, ana):
        script.browser.open(app.request())
        script.sign_in(ana)
        script.answer("webId", {"webId": ana.webid})
        assert script.follow(script.answer("forgetWebId")) == {}
        assert script.answer("prompt").json()["prompt"] == "login"
        assert script.answer("consent").status == 400

    def test_the_app_is_told_of_a_refusal(self, script, app):
        script.browser.open(app.request())
        answered = script.follow(script.answer("cancel"))
        assert (answered["error"], answered["state"]) == ("access_denied", "s 1")

    def test_without_a_request_there_is_nothing_to_answer(self, script, world):
        assert "oidc" not in script.ask("GET", script.index).json()["controls"]
        for name in ("prompt", "pick-webid", "forget-webid", "consent", "cancel"):
            value = {"webId": "https://x.example/#me"}
            answer = script.ask("POST", f"{world.base}.account/oidc/{name}/", value)
            assert (answer.status, answer.json()["name"]) == (400, "Malformed")

    def test_nobody_goes_on_as_another(self, script, app, ana, bob):
        script.browser.open(app.request())
        assert script.answer("webId", {"webId": ana.webid}).status == 401
        script.sign_in(ana)
        assert script.answer("webId", {"webId": bob.webid}).status == 400
        script.answer("webId", {"webId": ana.webid})
        script.sign_in(bob)
        assert script.answer("consent").status == 400

    @pytest.mark.parametrize("name", ["webId", "consent", "cancel", "forgetWebId", "prompt"])
    def test_no_other_page_answers(self, script, app, ana, name):
        script.browser.open(app.request())
        script.sign_in(ana)
        script.answer("webId", {"webId": ana.webid})
        address = script.control("oidc", name)
        evil = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
        answer = script.ask("POST", address, {"webId": ana.webid}, **evil)
        assert answer.status in {400, 401}
        assert script.answer("prompt").json()["prompt"] == "consent"
