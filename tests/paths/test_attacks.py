"""What is tried against sign-in and tokens, a row an attack: how each is refused, to the letter.

Here is what needs the whole way over HTTP. What a single check refuses stands with the check, and
docs/security.md names both.
"""

import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from agents import Person, World, rule
from browser import FORM, Browser
from client import Answer, Key, b64
from jwcrypto.jws import JWS
from tried import CONTEXT, PASSWORD, Tried, claims, code_of, register, sign_in

from pod.account.throttle import throttles
from pod.flows.account.link_webid import webids_of
from pod.flows.account.revoke_credentials import revoke_credentials
from pod.flows.account.unlink_webid import unlink_webid
from pod.flows.oidc.authorize import Arrived, authorize
from pod.flows.provision import delete_account
from pod.oidc.client_document import ACCEPT
from pod.problems import TooMany


def part(value: object) -> str:
    return b64(json.dumps(value).encode())


def refusal(answer: Answer) -> tuple[int, str]:
    """The status of a refusal, and its code: of a resource, or of an endpoint for apps."""
    challenge = answer.headers.get("WWW-Authenticate", "")
    if 'error="' in challenge:
        return answer.status, challenge.partition('error="')[2].partition('"')[0]
    return answer.status, answer.json().get("error", "")


def account_of(world: World, who: Person) -> str:
    return world.run(
        world.server.accounts.read(lambda tables: tables.pods.find(name=who.name))
    ).account


def reread(world: World, app: Tried) -> None:
    """Have the server look at an app's document again, as it does when some minutes are over."""
    world.run(world.server.fetch(app.id, ACCEPT, anew=True))


# --- tokens that were made up or stolen -----------------------------------------------------------

Forge = Callable[[World, Person], str]


def without_signature(_world: World, who: Person) -> str:
    _, said, _ = who.app.token.split(".")
    return f"{part({'typ': 'at+jwt', 'alg': 'none'})}.{said}."


def public_key_as_secret(world: World, who: Person) -> str:
    """Algorithm confusion: what everybody can read is taken as the secret of a MAC."""
    now = datetime.now(UTC)
    key = world.server.identity.keys.signer("ES256", now)
    head = part({"typ": "at+jwt", "alg": "HS256", "kid": key.kid})
    signed = f"{head}.{who.app.token.split('.')[1]}"
    secret = key.private.export_to_pem()
    return f"{signed}.{b64(hmac.new(secret, signed.encode(), hashlib.sha256).digest())}"


def signed_by_a_stranger(header: Callable[[World, Key], dict[str, object]]) -> Forge:
    def forge(world: World, who: Person) -> str:
        key = Key()
        head, said = part({"typ": "at+jwt", "alg": "ES256", **header(world, key)}), who.app.token
        signed = f"{head}.{said.split('.')[1]}"
        return f"{signed}.{key.sign(signed)}"

    return forge


def kid(world: World) -> str:
    return world.server.identity.keys.signer("ES256", datetime.now(UTC)).kid


def signed_here(**changed: object) -> Forge:
    """What this server has signed, in good faith or by mistake, for something else."""

    def forge(world: World, who: Person) -> str:
        key = world.server.identity.keys.signer("ES256", datetime.now(UTC))
        token = JWS(json.dumps(claims(who.app.token) | changed))
        head = {"typ": "at+jwt", "alg": key.algorithm, "kid": key.kid}
        token.add_signature(key.private, protected=json.dumps(head))
        return token.serialize(compact=True)

    return forge


TOKENS: dict[str, Forge] = {
    "alg=none": without_signature,
    "algorithm confusion": public_key_as_secret,
    "key injection by jwk": signed_by_a_stranger(
        lambda world, key: {"jwk": key.jwk, "kid": kid(world)}
    ),
    "key injection by jku": signed_by_a_stranger(
        lambda world, _: {"jku": "https://evil.example/keys", "kid": kid(world)}
    ),
    "key injection by a kid that is a path": signed_by_a_stranger(
        lambda *_: {"kid": "../../../../dev/null"}
    ),
    "key injection by a kid that is SQL": signed_by_a_stranger(
        lambda *_: {"kid": "x' UNION SELECT 'AA"}
    ),
    "another audience": signed_here(aud="https://other.example/"),
    "another issuer": signed_here(iss="https://other.example/"),
    "ended": signed_here(exp=int(time.time()) - 1),
    "the WebID of another who signs in elsewhere": signed_here(
        webid="https://other.example/card#me", epoch=None
    ),
}


@pytest.mark.spec("Practice RS-11")
@pytest.mark.parametrize("attack", TOKENS)
def test_a_token_that_nobody_gave(world, bob, nobody, attack):
    bob.get(bob.storage)
    token = TOKENS[attack](world, bob)
    headers = {
        "Authorization": f"DPoP {token}",
        "DPoP": bob.app.key.proof("GET", bob.storage),
    }
    assert refusal(nobody.get(bob.storage, headers)) == (401, "invalid_token")


@pytest.mark.spec("Practice RS-15")
@pytest.mark.parametrize(
    ("attack", "status", "error"),
    [
        ("with the key of the thief", 401, "invalid_token"),
        ("as Bearer", 401, "invalid_token"),
        ("without a proof", 401, "invalid_dpop_proof"),
        ("with a proof that was seen on the way", 401, "invalid_dpop_proof"),
        ("with a proof for another address", 401, "invalid_dpop_proof"),
        ("with a proof for another method", 401, "invalid_dpop_proof"),
        ("with a proof from before the clock went wrong", 401, "invalid_dpop_proof"),
        ("with a proof made for later", 401, "invalid_dpop_proof"),
        ("with a proof signed by nobody", 401, "invalid_dpop_proof"),
    ],
)
def test_a_stolen_token(bob, nobody, attack, status, error):
    url, key = bob.storage, bob.app.key
    before = bob.app.headers("GET", url)
    assert nobody.get(url, before).status == 200
    head, said, _ = key.proof("GET", url).split(".")
    sent = {
        "with the key of the thief": {**before, "DPoP": Key().proof("GET", url)},
        "as Bearer": {"Authorization": f"Bearer {bob.app.token}"},
        "without a proof": {"Authorization": before["Authorization"]},
        "with a proof that was seen on the way": before,
        "with a proof for another address": {**before, "DPoP": key.proof("GET", url + "x")},
        "with a proof for another method": {**before, "DPoP": key.proof("PUT", url)},
        "with a proof from before the clock went wrong": {
            **before,
            "DPoP": key.proof("GET", url, iat=int(time.time()) - 400),
        },
        "with a proof made for later": {
            **before,
            "DPoP": key.proof("GET", url, iat=int(time.time()) + 120),
        },
        "with a proof signed by nobody": {
            **before,
            "DPoP": f"{part({'typ': 'dpop+jwt', 'alg': 'none', 'jwk': key.jwk})}.{said}.",
        },
    }[attack]
    assert head
    assert refusal(nobody.get(url, sent)) == (status, error)


@pytest.mark.spec("Practice RS-06")
@pytest.mark.parametrize("skew", [-280, -60, 0, 50])
def test_a_clock_that_is_a_little_wrong_is_no_attack(bob, nobody, skew):
    proof = bob.app.key.proof("GET", bob.storage, iat=int(time.time()) + skew)
    assert (
        nobody.get(bob.storage, {**bob.app.headers("GET", bob.storage), "DPoP": proof}).status
        == 200
    )


# --- what comes back to the app -------------------------------------------------------------------


@pytest.mark.spec("RFC 6749 §3.1.2.3")
@pytest.mark.parametrize(
    "landing",
    [
        "https://evil.example/back?page=1",
        "https://app.example.evil.example/back?page=1",
        "https://app.example@evil.example/back?page=1",
        "https://app.example:444/back?page=1",
        "http://app.example/back?page=1",
        "https://APP.example/back?page=1",
        "https://app.example/back/?page=1",
        "https://app.example/back/../back?page=1",
        "https://app.example/%62ack?page=1",
        "https://app.example/back?page=1&to=https://evil.example/",
        "https://app.example/back?page=1#fragment",
        "https://app.example/back",
        "//evil.example/back",
        "/back?page=1",
        "https://app.example\\@evil.example/back",
        "javascript:alert(1)",
        "data:text/html,x",
        " https://app.example/back?page=1",
    ],
)
def test_a_redirect_that_the_app_never_named(browser, app, landing):
    page = browser.open(app.request(redirect_uri=landing))
    assert (page.status, "Location" in page.headers) == (400, False)
    assert browser.at.startswith(app.world.base)


@pytest.mark.parametrize("twice", ["redirect_uri", "client_id", "state"])
def test_a_parameter_that_is_sent_twice(browser, app, twice):
    page = browser.open(f"{app.request()}&{twice}=https%3A%2F%2Fevil.example%2F")
    assert (page.status, browser.title) == (400, "This does not work")


@pytest.mark.parametrize(
    "uri",
    [
        "https://a.example;report-uri/x",
        "https://a.example,sandbox/x",
        "https://a'b.example/",
        "https://user@a.example/",
        "https://a.example/\r\nSet-Cookie:x",
    ],
)
def test_an_address_that_would_be_written_into_a_header(world, nobody, uri):
    answer = register(world, nobody, redirect_uris=[uri])
    assert refusal(answer) == (400, "invalid_redirect_uri")


@pytest.mark.parametrize("wanted", ["/.account/../x", "/.account/\r\nx", "/.account/%0d%0a", "x"])
def test_a_sign_in_that_shall_lead_elsewhere(world, browser, ana, wanted):
    browser.open("/.account/sign-in/?" + urlencode({"next": wanted}))
    fill = {"email": f"{ana.name}@example.org", "password": PASSWORD, "next": wanted}
    browser.send(fill, form=1)
    assert browser.at == f"{world.base}.account/"


@pytest.mark.spec("Practice OP-01")
@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": "S512"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": "code token"}, "unsupported_response_type"),
        ({"response_mode": "form_post"}, "invalid_request"),
        ({"request_uri": "https://evil.example/r"}, "request_uri_not_supported"),
    ],
    ids=str,
)
def test_a_downgrade(browser, app, changed, error):
    browser.open(app.request(**changed))
    assert (browser.answered["error"], "code" in browser.answered) == (error, False)


class TestCodes:
    """Codes that get into the wrong hands, or are put into the wrong ones."""

    def test_a_code_that_is_injected_into_the_session_of_another(self, browser, app, ana, bob):
        """The thief has Ana's code, and gives it to the app as if it were his own."""
        stolen = code_of(browser, app, ana)
        his = Tried(app.world, app.nobody, app.id, app.landing, key=app.key)
        assert refusal(his.redeem(stolen)) == (400, "invalid_grant")
        del bob

    @pytest.mark.parametrize(
        ("changed", "error"),
        [
            ({"code_verifier": ""}, "invalid_grant"),
            ({"code_verifier": "short"}, "invalid_grant"),
            ({"redirect_uri": ""}, "invalid_grant"),
            ({"redirect_uri": "https://app.example/other"}, "invalid_grant"),
            ({"client_id": "https://other.example/id"}, "invalid_grant"),
        ],
        ids=str,
    )
    def test_a_code_without_what_belongs_to_it(self, browser, app, ana, changed, error):
        assert refusal(app.redeem(code_of(browser, app, ana), **changed)) == (400, error)

    def test_for_a_stranger_with_nothing_in_hand_nothing_is_fetched(self, app, elsewhere):
        named = elsewhere.base + f"{uuid.uuid4().hex}/id"
        stranger = Tried(app.world, app.nobody, named, app.landing)
        assert refusal(stranger.redeem("made-up")) == (400, "invalid_grant")
        asked = stranger.ask("refresh_token", refresh_token="made-up")  # noqa: S106 - made up
        assert refusal(asked) == (400, "invalid_grant")
        assert named.removeprefix(elsewhere.base) not in elsewhere.asked

    def test_a_code_is_no_refresh_token_and_the_other_way_round(self, browser, app, ana):
        code = code_of(browser, app, ana)
        assert refusal(app.ask("refresh_token", refresh_token=code)) == (400, "invalid_grant")
        told = app.redeem(code).json()
        assert refusal(app.redeem(told["refresh_token"])) == (400, "invalid_grant")

    def test_a_proof_for_a_token_is_good_once(self, browser, app, ana):
        proof = app.key.proof("POST", f"{app.world.base}.oidc/token")
        app.key.proof = lambda *_: proof
        assert app.redeem(code_of(browser, app, ana)).status == 200
        browser.open(app.request(prompt="none"))
        assert refusal(app.redeem(browser.answered["code"])) == (400, "invalid_dpop_proof")

    def test_each_answer_says_whose_it_is(self, browser, app, ana):
        """Mixed-up issuers: the app can tell that an answer is from here, and refuse all others."""
        browser.open(app.request())
        sign_in(browser, ana)
        browser.send({"decision": "allow", "access": "everything"})
        assert browser.answered["iss"] == app.world.base


# --- the browser in between -----------------------------------------------------------------------


class TestBrowsers:
    def test_who_knows_the_address_of_an_interaction_has_nothing(self, browser, app, ana, bob):
        browser.open(app.request())
        at = browser.at
        thief = Browser(app.world.base, browser.connection)
        assert (thief.open(at).status, thief.title) == (404, "This took too long")
        # Nor with a sign-in of his own: Ana would be signed in to the app as him.
        other = Tried(app.world, app.nobody, app.id, app.landing)
        code_of(thief, other, bob)
        assert thief.open(at).status == 404
        url, own = at + "consent", {"Content-Type": FORM, "Origin": app.world.base.rstrip("/")}
        sent = urlencode({"decision": "allow", "access": "everything", "webid": bob.webid}).encode()
        assert thief._ask("POST", url, own, sent).status == 404  # noqa: SLF001 - no page shows it
        sign_in(browser, ana)
        assert browser.title == "Allow Budget Malin?"

    def test_an_answer_counts_once(self, browser, app, ana):
        browser.open(app.request())
        sign_in(browser, ana)
        again = Browser(browser.base, browser.connection, cookies=browser.cookies)
        again.at, again.page = browser.at, browser.page
        browser.send({"decision": "allow", "access": "everything"})
        assert "code" in browser.answered
        page = again.send({"decision": "allow", "access": "everything"})
        assert (page.status, again.at.startswith(app.world.base)) == (404, True)

    def test_a_session_that_was_planted_is_nobodys_afterwards(self, browser, app, ana, bob):
        """Session fixation: the thief's cookie is in her browser before she signs in."""
        thief = Browser(app.world.base, browser.connection)
        code_of(thief, app, bob)
        planted = thief.cookies["css-account"]
        browser.open(app.request(prompt="login"))
        browser.cookies["css-account"] = planted
        sign_in(browser, ana)
        assert browser.cookies["css-account"] != planted
        assert ana.webid in browser.page.text
        thief.open(app.request(prompt="none"))
        assert thief.answered["error"] == "login_required"

    def test_two_requests_of_one_browser_do_not_disturb_each_other(self, browser, app, ana):
        first = browser.open(app.request(state="first")) and browser.at
        browser.open(app.request(state="second"))
        sign_in(browser, ana)
        browser.send({"decision": "allow", "access": "everything"})
        assert browser.answered["state"] == "second"
        browser.open(first)
        assert browser.answered["state"] == "first"

    def test_a_page_tells_nobody_where_it_is(self, browser, app):
        fields = browser.open(app.request()).headers
        assert fields["Referrer-Policy"] == "same-origin"
        assert fields["Cache-Control"] == "no-store"
        assert "css-interaction" in browser.cookies
        form = fields["Content-Security-Policy"].partition("form-action ")[2].partition(";")[0]
        own = f"{app.world.base}.account/ {app.world.base}.oidc/"
        assert form == f"{own} https://app.example"

    def test_a_log_out_that_she_did_not_ask_for(self, browser, app, ana):
        code_of(browser, app, ana)
        landing = "https://app.example/bye"
        sent = urlencode({"post_logout_redirect_uri": landing, "client_id": app.id})
        browser.open(f"{app.world.base}.oidc/session/end?{sent}")
        assert browser.title == "Sign out"
        assert "css-account" in browser.cookies

    def test_a_log_out_is_no_way_to_send_people_around(self, browser, app, ana):
        landing = "https://app.example/bye"
        sent = urlencode({"post_logout_redirect_uri": landing, "client_id": app.id})
        browser.open(f"{app.world.base}.oidc/session/end?{sent}")
        assert browser.at.startswith(app.world.base)
        token = app.redeem(code_of(browser, app, ana)).json()["id_token"]
        other = urlencode(
            {"post_logout_redirect_uri": landing, "id_token_hint": token, "client_id": "other"}
        )
        page = browser.open(f"{app.world.base}.oidc/session/end?{other}")
        assert (page.status, browser.at.startswith(app.world.base)) == (400, True)

    def test_a_flood_of_requests_is_bounded_and_none_of_it_is_kept(self, world, app):
        server = replace(world.server, throttles=throttles(development=False))
        asked = [*parse_qsl(urlsplit(app.request()).query), ("padding", "x" * 4000)]
        arrived = Arrived(peer="192.0.2.9", session=None, begun=None)
        for _ in range(200):
            begun = world.run(authorize(asked, arrived, server))
        with pytest.raises(TooMany):
            world.run(authorize(asked, arrived, server))
        kept = world.run(world.server.accounts.read(lambda tables: tables.interactions.all()))
        assert begun
        assert not any("padding" in one.parameters for one in kept)


# --- documents that change ------------------------------------------------------------------------


class TestDocuments:
    def serve(self, app: Tried, elsewhere, **changed: object) -> None:
        document = {
            "@context": [CONTEXT],
            "client_id": app.id,
            "client_name": "Budget Malin",
            "redirect_uris": [app.landing],
            **changed,
        }
        path = app.id.removeprefix(elsewhere.base)
        elsewhere.serve(path, json.dumps(document), "application/ld+json")
        reread(app.world, app)

    def test_a_client_document_that_is_swapped_while_she_is_asked(
        self, browser, app, ana, elsewhere
    ):
        browser.open(app.request())
        sign_in(browser, ana)
        self.serve(app, elsewhere, redirect_uris=["https://evil.example/back"])
        page = browser.send({"decision": "allow", "access": "everything"})
        assert (page.status, browser.at.startswith(app.world.base)) == (400, True)

    @pytest.mark.parametrize(
        "changed",
        [
            {"client_name": "Bank of Ana"},
            {"redirect_uris": ["https://evil.example/back"]},
            {"redirect_uris": ["http://localhost:1/back"]},
            {"redirect_uris": ["com.example.app:/back"]},
        ],
        ids=str,
    )
    def test_a_client_document_that_was_swapped_after_she_had_allowed_it(
        self, browser, app, ana, elsewhere, changed
    ):
        code_of(browser, app, ana)
        self.serve(app, elsewhere, **changed)
        app.landing = changed.get("redirect_uris", [app.landing])[0]
        browser.open(app.request(prompt="none"))
        assert browser.answered["error"] == "consent_required"

    def test_another_place_at_the_same_origin_is_allowed_as_before(
        self, browser, app, ana, elsewhere
    ):
        code_of(browser, app, ana)
        self.serve(app, elsewhere, redirect_uris=["https://app.example/new"])
        app.landing = "https://app.example/new"
        browser.open(app.request(prompt="none"))
        assert "code" in browser.answered

    @pytest.mark.spec("Practice OP-08")
    @pytest.mark.parametrize(
        ("status", "kind", "body"),
        [
            (302, "http://169.254.169.254/latest/meta-data/", ""),
            (302, "http://10.0.0.1/", ""),
            (302, "http://[::ffff:10.0.0.1]/", ""),
            (302, "file:///etc/passwd", ""),
            (200, "application/ld+json", " " * 70_000),
            (200, "application/ld+json", "[" * 60_000),
            (200, "text/html", "<p>x"),
            (404, "application/ld+json", "{}"),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_a_client_document_that_leads_inwards_or_is_none(
        self, browser, app, elsewhere, status, kind, body
    ):
        path = f"{uuid.uuid4().hex}/id"
        elsewhere.serve(path, body, kind, status)
        page = browser.open(app.request(client_id=elsewhere.base + path))
        assert (page.status, browser.title) == (400, "This does not work")

    def test_a_client_document_that_lies_elsewhere_speaks_for_nobody(self, browser, app, elsewhere):
        """An open redirect on a good host would let anybody be shown by its name."""
        path, there = f"{uuid.uuid4().hex}/id", elsewhere.base.replace("localhost", "127.0.0.1")
        address = elsewhere.base + path
        document = {
            "@context": CONTEXT,
            "client_id": address,
            "redirect_uris": ["https://evil.example/"],
        }
        elsewhere.serve(path + "-there", json.dumps(document), "application/ld+json")
        elsewhere.serve(path, "", f"{there}{path}-there", 302)
        sent = {"client_id": address, "redirect_uri": "https://evil.example/"}
        assert browser.open(app.request(**sent)).status == 400
        elsewhere.serve(path + "2", "", f"{elsewhere.base}{path}-2", 302)
        document["client_id"] = address + "2"
        elsewhere.serve(path + "-2", json.dumps(document), "application/ld+json")
        browser.open(app.request(**{**sent, "client_id": address + "2"}))
        assert browser.title == "Sign in"


# --- the end of what was given --------------------------------------------------------------------


class TestEnds:
    """Access tokens that are out end with what they were given for, on the next request."""

    @pytest.fixture
    def who(self, world) -> Person:
        return world.fresh()

    @pytest.mark.parametrize("scope", ["openid webid", "openid webid offline_access"])
    def test_with_the_app(self, world, browser, app, who, scope):
        token = app.redeem(code_of(browser, app, who, scope=scope)).json()["access_token"]
        # Other people's tokens make room meanwhile: hers is known all the same.
        soon = world.server.now() + timedelta(minutes=2)
        world.run(
            world.server.accounts.write(lambda tables: tables.issued.remove_until("expires", soon))
        )
        assert app.get(who.storage, token).status == 200
        browser.open(f"{world.base}.account/apps/")
        stop = next(i for i, form in enumerate(browser.forms) if form.action.endswith("/stop-app"))
        browser.send(form=stop)
        assert refusal(app.get(who.storage, token)) == (401, "invalid_token")
        browser.open(app.request(prompt="none"))
        assert browser.answered["error"] == "consent_required"

    def test_with_the_link_to_the_webid(self, world, browser, app, who):
        told = app.redeem(code_of(browser, app, who)).json()
        assert who.get(who.storage).status == 200
        account = account_of(world, who)
        (link,) = world.run(webids_of(account, world.server))
        world.run(unlink_webid(account, link.id, world.server))
        assert refusal(app.get(who.storage, told["access_token"])) == (401, "invalid_token")
        assert refusal(who.get(who.storage)) == (401, "invalid_token")
        again = app.ask("refresh_token", refresh_token=told["refresh_token"])
        assert refusal(again) == (400, "invalid_grant")

    @pytest.mark.spec("Practice ACC-06")
    def test_with_the_credentials_of_a_script(self, world, who):
        other = world.app(who.name, "another script")
        assert (who.get(who.storage).status, other.get(who.storage).status) == (200, 200)
        account = account_of(world, who)
        world.run(revoke_credentials(account, who.app.id, world.server))
        assert refusal(who.get(who.storage)) == (401, "invalid_token")
        assert other.get(who.storage).status == 200

    def test_with_the_account_for_a_webid_elsewhere(self, world, ana, who, elsewhere, place):
        """Her WebID is in no pod here, so nothing but the account has ended."""
        path = f"{uuid.uuid4().hex}/card"
        webid = elsewhere.base + path + "#me"
        issuer = "<http://www.w3.org/ns/solid/terms#oidcIssuer>"
        elsewhere.serve(path, f"<#me> {issuer} <{world.base}> .")
        account = account_of(world, who)
        old = who.webid

        def work(tables):
            tables.webids.set("webid", webid, account=account, webid=old)
            tables.clients.set("webid", webid, account=account)

        world.run(world.server.accounts.write(lambda tables: _deferred(tables, work)))
        ana.put(place + "x")
        ana.grant(place + "x", rule(webid, "Read", "accessTo"))
        who.app.token = ""
        assert who.get(place + "x").status == 200
        world.run(delete_account(who.name, world.server))
        assert refusal(who.get(place + "x")) == (401, "invalid_token")

    def test_what_ended_stays_so_when_the_server_starts_anew(self, world, browser, app, who):
        token = app.redeem(code_of(browser, app, who)).json()["access_token"]
        family = claims(token)["sid"]
        app.ask("revocation", token=token)
        account = account_of(world, who)
        (link,) = world.run(webids_of(account, world.server))
        world.run(unlink_webid(account, link.id, world.server))
        kept = world.run(
            world.server.accounts.read(lambda tables: tables.revoked.find(mark=family))
        )
        assert kept.expires.timestamp() > claims(token)["exp"]


def _deferred(tables, work):
    tables._connection.execute("PRAGMA defer_foreign_keys = ON")  # noqa: SLF001 - two rows at once
    work(tables)
