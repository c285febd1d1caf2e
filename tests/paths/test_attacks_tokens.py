"""What is tried with tokens: made up, stolen, or held beyond what they were given for."""

import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from agents import Person, World, rule
from client import Key, b64
from jwcrypto.jws import JWS
from tried import claims, code_of, refusal

from pod.flows.account.link_webid import webids_of
from pod.flows.account.revoke_credentials import revoke_credentials
from pod.flows.account.unlink_webid import unlink_webid
from pod.flows.provision import delete_account


def part(value: object) -> str:
    return b64(json.dumps(value).encode())


def account_of(world: World, who: Person) -> str:
    return world.run(
        world.server.accounts.read(lambda tables: tables.pods.find(name=who.name))
    ).account


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
@pytest.mark.parametrize("skew", [-240, -60, 0, 50])
def test_a_clock_that_is_a_little_wrong_is_no_attack(bob, nobody, skew):
    proof = bob.app.key.proof("GET", bob.storage, iat=int(time.time()) + skew)
    assert (
        nobody.get(bob.storage, {**bob.app.headers("GET", bob.storage), "DPoP": proof}).status
        == 200
    )


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
