"""The pages of an account, as a browser without scripts sees them; passkeys by one in software."""

import re
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from agents import World
from authenticator import Authenticator
from browser import FORM, Browser
from client import Answer

from pod.account.session import FRESH

PASSWORD = "a good password"  # noqa: S105 - made up


@pytest.fixture
def device(world: World) -> Authenticator:
    origin = world.base.rstrip("/")
    return Authenticator(origin=origin, party="localhost", credential=uuid.uuid4().bytes)


@pytest.fixture
def name(world: World) -> str:
    return f"somebody{next(world.numbers)}"


def sign_up(browser: Browser, name: str) -> Answer:
    browser.open("/.account/sign-up/")
    return browser.send({"name": name, "password": PASSWORD})


def sign_in(browser: Browser, name: str, password: str = PASSWORD) -> Answer:
    browser.open("/.account/sign-in/")
    return browser.send({"email": name, "password": password}, form=1)


def options(browser: Browser, path: str, **sent: str) -> Answer:
    """What the script of a page asks for."""
    own = {"Content-Type": FORM, "Origin": browser.base.rstrip("/")}
    body = urlencode(sent).encode()
    return browser._ask("POST", browser.base + path, own, body)  # noqa: SLF001 - its script's part


def form_to(browser: Browser, action: str) -> int:
    return next(n for n, form in enumerate(browser.forms) if form.action.endswith(action))


def press(browser: Browser, action: str, **fill: str) -> Answer:
    """Send the form of a page that goes to an address with this end."""
    return browser.send(fill, form=form_to(browser, action))


def age(world: World, by: timedelta) -> None:
    """Make all sessions as old as if they had begun so long ago."""
    created = datetime.now(UTC).replace(microsecond=0) - by

    def work(tables):
        for session in tables.sessions.all():
            tables.sessions.set("created", created, id=session.id)

    world.run(world.server.accounts.write(work))


class TestMakingASpace:
    def test_with_a_password(self, world, browser, name, nobody):
        page = sign_up(browser, name)
        assert (page.status, browser.title) == (200, "Your space is ready")
        codes = re.findall(r"<li><code>([0-9a-z-]{19})</code>", page.text)
        assert len(codes) == 8
        storage = f"{world.base}{name}/"
        assert storage in page.text
        assert nobody.get(f"{storage}profile/card").status == 200
        browser.open("/.account/")
        assert browser.title == f"Hello {name.capitalize()}"

    def test_with_a_passkey(self, world, browser, device, name):
        browser.open("/.account/sign-up/")
        asked = options(browser, ".account/sign-up/passkey", name=name)
        assert asked.status == 200
        browser.open("/.account/sign-up/")
        page = browser.send({"name": name, "answer": device.create(asked.text)})
        assert browser.title == "Your space is ready", page.text
        other = Browser(world.base, browser.connection)
        other.open("/.account/sign-in/")
        asked = options(other, ".account/sign-in/passkey")
        other.open("/.account/sign-in/")
        other.send({"answer": device.get(asked.text)})
        assert other.title == f"Hello {name.capitalize()}"

    @pytest.mark.parametrize(
        ("changed", "status"),
        [
            ({"password": "short"}, 400),
            ({"name": "no spaces"}, 400),
            ({"name": ""}, 400),
            ({"name": "ns"}, 409),
            ({"name": "ana"}, 409),
        ],
        ids=str,
    )
    def test_what_cannot_be_is_said_and_nothing_is_left(
        self, world, browser, ana, name, changed, status
    ):
        del ana
        browser.open("/.account/sign-up/")
        page = browser.send({"name": name, "password": PASSWORD, **changed})
        assert page.status == status
        assert 'role="alert"' in page.text
        assert browser.cookies == {}
        assert world.run(world.server.pods.find(name)) is None

    def test_a_passkey_that_does_not_fit_leaves_nothing(self, world, browser, device, name):
        asked = options(browser, ".account/sign-up/passkey", name=name)
        evil = replace(device, origin="https://evil.example")
        browser.open("/.account/sign-up/")
        page = browser.send({"name": name, "answer": evil.create(asked.text)})
        assert page.status == 400
        assert world.run(world.server.pods.find(name)) is None

    def test_a_taken_name_is_told_before_a_passkey_is_made(self, browser, ana):
        asked = options(browser, ".account/sign-up/passkey", name=ana.name)
        assert (asked.status, asked.text) == (409, "this name is taken; choose another")


class TestWaysIn:
    def test_a_recovery_code_lets_in_once(self, world, browser, name):
        page = sign_up(browser, name)
        code = re.findall(r"<li><code>([0-9a-z-]{19})</code>", page.text)[0]
        other = Browser(world.base, browser.connection)
        other.open("/.account/recover/")
        other.send({"code": code.upper().replace("-", " ")})
        assert other.title == "Security"
        assert "Codes that are still good: 7" in other.page.text
        again = Browser(world.base, browser.connection)
        again.open("/.account/recover/")
        assert again.send({"code": code}).status == 403
        assert again.cookies == {}

    def test_new_codes_end_those_of_before(self, world, browser, name):
        page = sign_up(browser, name)
        old = re.findall(r"<li><code>([0-9a-z-]{19})</code>", page.text)[0]
        browser.open("/.account/security/")
        page = press(browser, "/recovery")
        new = re.findall(r"<li><code>([0-9a-z-]{19})</code>", page.text)
        assert len(new) == 8
        other = Browser(world.base, browser.connection)
        other.open("/.account/recover/")
        assert other.send({"code": old}).status == 403
        assert other.send({"code": new[0]}).status == 200

    def test_a_passkey_can_replace_a_password(self, world, browser, device, name):
        sign_up(browser, name)
        asked = options(browser, ".account/security/passkey/options")
        browser.open("/.account/security/")
        press(browser, "/passkey", answer=device.create(asked.text), name="my phone")
        assert "my phone" in browser.page.text
        removals = [form for form in browser.forms if form.action.endswith("/remove")]
        assert len(removals) == 2
        browser.send(form=browser.forms.index(removals[1]))
        assert PASSWORD not in browser.page.text
        other = Browser(world.base, browser.connection)
        assert sign_in(other, name).status == 403
        # The last way in stays.
        page = press(browser, "/remove")
        assert (page.status, 'role="alert"' in page.text) == (400, True)

    def test_a_passkey_is_its_owners_alone(self, world, browser, device, name, ana):
        sign_up(browser, name)
        asked = options(browser, ".account/security/passkey/options")
        other = Browser(world.base, browser.connection)
        sign_in(other, f"{ana.name}@example.org")
        other.open("/.account/security/")
        page = press(other, "/passkey", answer=device.create(asked.text))
        assert (page.status, 'role="alert"' in page.text) == (400, True)

    def test_an_unknown_passkey_lets_nobody_in(self, browser, device):
        asked = options(browser, ".account/sign-in/passkey")
        browser.open("/.account/sign-in/")
        page = browser.send({"answer": device.get(asked.text)})
        assert (page.status, browser.cookies) == (403, {})

    def test_an_answer_is_good_once(self, world, browser, device, name):
        asked = options(browser, ".account/sign-up/passkey", name=name)
        browser.open("/.account/sign-up/")
        browser.send({"name": name, "answer": device.create(asked.text)})
        other = Browser(world.base, browser.connection)
        answer = device.get(options(other, ".account/sign-in/passkey").text)
        for status in (200, 403):
            another = Browser(world.base, browser.connection)
            another.open("/.account/sign-in/")
            assert another.send({"answer": answer}).status == status

    def test_a_password_is_changed_and_other_devices_are_out(self, world, browser, name):
        sign_up(browser, name)
        other = Browser(world.base, browser.connection)
        sign_in(other, name)
        browser.open("/.account/security/")
        assert press(browser, "/change", old="wrong", new="another password").status == 400
        press(browser, "/change", old=PASSWORD, new="another password")
        assert browser.title == "Security"
        other.open("/.account/")
        assert other.title == "Sign in"

    def test_a_device_is_signed_out_from_another(self, world, browser, name):
        sign_up(browser, name)
        other = Browser(world.base, browser.connection)
        sign_in(other, name)
        browser.open("/.account/security/")
        here = browser.page.text.index("(here)")
        ends = [m.start() for m in re.finditer('/session"', browser.page.text)]
        which = 0 if ends[0] < here and len(ends) > 1 and here > ends[0] else 1
        forms = [form for form in browser.forms if form.action.endswith("/session")]
        browser.send(form=browser.forms.index(forms[which]))
        other.open("/.account/")
        assert other.title == "Sign in"

    @pytest.mark.parametrize(
        ("wanted", "at"),
        [
            ("/.account/apps/", "/.account/apps/"),
            ("https://evil.example/", "/.account/"),
            ("//evil.example/", "/.account/"),
            ("/.account//evil.example", "/.account/"),
            ("/.account/\\evil", "/.account/"),
            ("/ana/", "/.account/"),
        ],
    )
    def test_signing_in_leads_to_pages_of_the_account_alone(self, world, browser, ana, wanted, at):
        browser.open("/.account/sign-in/?" + urlencode({"next": wanted}))
        browser.send({"email": f"{ana.name}@example.org", "password": PASSWORD}, form=1)
        assert browser.at == world.base.rstrip("/") + at


class TestStepUp:
    """CON-02: what cannot be undone is for who has shown lately who she is."""

    @pytest.mark.parametrize(
        ("page", "action"),
        [
            ("/.account/security/", "/recovery"),
            ("/.account/security/", "/remove"),
            ("/.account/apps/", "/credentials"),
            ("/.account/settings/delete/", "/delete-account"),
            ("/.account/settings/", "/export"),
            ("/.account/spaces/", "/identity"),
        ],
    )
    def test_an_old_session_is_not_enough(self, world, browser, name, page, action):
        sign_up(browser, name)
        age(world, FRESH + timedelta(seconds=1))
        browser.open(page)
        press(browser, action, label="x", sure="yes")
        assert browser.title == "Is it still you?"
        browser.send({"email": name, "password": PASSWORD}, form=1)
        assert browser.at.endswith(page)
        assert world.run(world.server.pods.find(name)) is not None


class TestAppsAndSpaces:
    def test_keys_for_scripts_are_made_and_stopped(self, browser, name):
        sign_up(browser, name)
        browser.open("/.account/apps/")
        press(browser, "/credentials", label="backup")
        assert "this once" in browser.page.text
        browser.open("/.account/apps/")
        assert "backup" in browser.page.text
        press(browser, "/revoke")
        assert "backup" not in browser.page.text

    def test_another_space_and_its_end(self, world, browser, name):
        sign_up(browser, name)
        browser.open("/.account/spaces/")
        press(browser, "/spaces/", name=f"{name}-2")
        assert f"{world.base}{name}-2/" in browser.page.text
        forms = [form for form in browser.forms if form.action.endswith("/delete")]
        second = browser.forms.index(forms[-1])
        assert browser.send({"typed": "wrong"}, form=second).status == 400
        browser.send({"typed": f"{name}-2"}, form=second)
        assert f"{world.base}{name}-2/" not in browser.page.text
        assert world.run(world.server.pods.find(f"{name}-2")) is None

    def test_an_identity_elsewhere_needs_a_proof(self, browser, name, elsewhere):
        sign_up(browser, name)
        browser.open("/.account/spaces/")
        webid = elsewhere.serve(f"{name}/card", "") + "#me"
        page = press(browser, "/identity", webid=webid)
        assert (page.status, "oidcIssuerRegistrationToken" in page.text) == (400, True)
        statement = re.search(r"<p><code>(&lt;.*?)</code>", page.text).group(1)
        text = statement.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"')
        elsewhere.serve(f"{name}/card", text)
        page = press(browser, "/identity", webid=webid)
        assert page.status == 200
        assert webid in page.text

    def test_an_account_is_deleted_with_everything(self, world, browser, name):
        sign_up(browser, name)
        browser.open("/.account/settings/delete/")
        assert press(browser, "/delete-account", sure="yes").status == 400
        assert press(browser, "/delete-account", typed=name).status == 400
        press(browser, "/delete-account", sure="yes", typed=name)
        assert browser.title == "Sign in"
        assert browser.cookies == {}
        assert world.run(world.server.pods.find(name)) is None
        assert sign_in(browser, name).status == 403


@pytest.mark.spec("Practice OP-25")
@pytest.mark.parametrize("path", ["", "security/", "apps/", "spaces/"])
def test_who_is_not_signed_in_signs_in_first(browser, path):
    browser.open(f"/.account/{path}?x")
    browser.headers["Accept"] = "text/html"
    browser.open(f"/.account/{path}")
    assert browser.title == "Sign in"


def test_programs_are_still_answered_in_json(nobody, world):
    answer = nobody.get(f"{world.base}.account/")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json()["version"] == "0.5"


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_no_other_page_can_act_for_her(browser, name, headers):
    sign_up(browser, name)
    browser.open("/.account/apps/")
    page = browser.send({"label": "x"}, form=form_to(browser, "/credentials"), **headers)
    assert page.status == 403
    browser.open("/.account/apps/")
    assert "(20" not in browser.page.text


def test_signing_out_ends_the_session(browser, name):
    sign_up(browser, name)
    kept = dict(browser.cookies)
    browser.headers["Accept"] = "text/html"
    browser.open("/.account/settings/")
    press(browser, "/sign-out")
    assert browser.cookies == {}
    browser.cookies.update(kept)
    browser.open("/.account/")
    assert browser.title == "Sign in"
