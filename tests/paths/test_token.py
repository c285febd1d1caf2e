"""Tokens: how an app gets one, and every way in which one does not hold."""

import base64
import json
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
from agents import Person, rule
from client import Answer, Key

from pod.account.throttle import throttles
from pod.flows.authenticate import authenticate
from pod.flows.oidc.revoke import introspect, revoke_token
from pod.flows.oidc.token import issue
from pod.flows.trust import trust
from pod.model import Request
from pod.problems import TooMany, Unauthenticated
from vocab.iri import ResourceIri

FORM = "application/x-www-form-urlencoded"
ASK = b"grant_type=client_credentials&scope=webid"


def basic(id_: str, secret: str) -> str:
    text = f"{quote(id_, safe='')}:{quote(secret, safe='')}"
    return "Basic " + base64.b64encode(text.encode()).decode()


def claims(token: str) -> dict:
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def asking(
    who: Person, nobody: Person, body: bytes = ASK, key: Key | None = None, **headers: str
) -> Answer:
    """A request for a token by a person's app; `headers` with None are left out."""
    app, key = who.app, key or Key()
    sent = {
        "Authorization": basic(app.id, app.secret),
        "Content-Type": FORM,
        "DPoP": key.proof("POST", app.token_endpoint),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    given = {name: value for name, value in sent.items() if value is not None}
    return nobody.call("POST", app.token_endpoint, given, body)


class TestEndpoint:
    """RFC 6749 §4.4 and RFC 9449 §5."""

    @pytest.mark.spec("Practice OP-14")
    @pytest.mark.spec("Practice OP-21")
    @pytest.mark.spec("RFC9449 §5")
    def test_a_token_says_who_and_is_bound_to_the_key(self, world, bob, nobody):
        key = Key()
        answer = asking(bob, nobody, key=key)
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
        told = answer.json()
        assert (told["token_type"], told["expires_in"], told["scope"]) == ("DPoP", 3600, "webid")
        said = claims(told["access_token"])
        assert (said["webid"], said["sub"]) == (bob.webid, bob.webid)
        assert (said["iss"], said["aud"], said["client_id"]) == (world.base, "solid", bob.app.id)
        assert said["cnf"]["jkt"] == key.thumbprint()
        assert said["exp"] - said["iat"] == 3600
        assert "id_token" not in told

    @pytest.mark.spec("Practice OP-22")
    @pytest.mark.parametrize(
        ("scope", "given", "named"),
        [
            ("", "webid", False),
            ("&scope=webid", "webid", False),
            ("&scope=openid", "openid webid", True),
            ("&scope=openid+offline_access+webid", "openid webid", True),
            ("&scope=unknown", "webid", False),
        ],
    )
    def test_each_scope_that_clients_ask_for_is_answered(self, bob, nobody, scope, given, named):
        told = asking(bob, nobody, b"grant_type=client_credentials" + scope.encode()).json()
        assert (told["scope"], "id_token" in told) == (given, named)
        assert claims(told["access_token"])["aud"] == "solid"

    @pytest.mark.spec("Practice ACC-08")
    def test_it_is_where_clients_look_for_it(self, world, bob):
        assert bob.app.token_endpoint == world.base + ".oidc/token"

    @pytest.mark.spec("Solid-OIDC §8 #tokens-id")
    def test_an_id_token_is_given_where_it_is_asked_for_and_good_for_a_resource(
        self, ana, bob, nobody, place
    ):
        key = Key()
        body = b"grant_type=client_credentials&scope=openid+webid"
        token = asking(bob, nobody, body, key).json()["id_token"]
        assert "solid" in claims(token)["aud"]
        ana.put(place + "x")
        ana.grant(place + "x", rule(bob.webid, "Read", "accessTo"))
        headers = {"Authorization": f"DPoP {token}", "DPoP": key.proof("GET", place + "x")}
        assert nobody.get(place + "x", headers).status == 200

    def test_the_secret_may_stand_in_the_form(self, bob, nobody):
        form = f"&client_id={quote(bob.app.id)}&client_secret={quote(bob.app.secret)}"
        assert asking(bob, nobody, ASK + form.encode(), Authorization=None).status == 200

    @pytest.mark.spec("RFC6749 §5.2")
    @pytest.mark.parametrize(
        ("body", "headers", "status", "error"),
        [
            pytest.param(ASK, {"Authorization": None}, 401, "invalid_client", id="no client"),
            pytest.param(
                ASK, {"Authorization": "Basic !"}, 401, "invalid_client", id="broken Basic"
            ),
            pytest.param(ASK, {"Authorization": "Bearer x"}, 401, "invalid_client", id="Bearer"),
            pytest.param(ASK, {"DPoP": ""}, 400, "invalid_dpop_proof", id="an empty proof"),
            pytest.param(ASK, {"DPoP": "a.b.c"}, 400, "invalid_dpop_proof", id="broken proof"),
            pytest.param(b"", {}, 400, "invalid_request", id="no grant"),
            pytest.param(
                b"grant_type=password", {}, 400, "unsupported_grant_type", id="another grant"
            ),
            pytest.param(ASK + b"&scope=x", {}, 400, "invalid_request", id="a parameter twice"),
            pytest.param(
                ASK, {"Content_Type": "application/json"}, 400, "invalid_request", id="JSON"
            ),
            pytest.param(ASK, {"Content_Type": None}, 400, "invalid_request", id="no type"),
            pytest.param(b"grant_type=%ff", {}, 400, "unsupported_grant_type", id="not UTF-8"),
        ],
    )
    def test_refusals(self, bob, nobody, body, headers, status, error):
        answer = asking(bob, nobody, body, **headers)
        assert (answer.status, answer.json()["error"]) == (status, error)
        assert answer.headers["Cache-Control"] == "no-store"
        assert ("WWW-Authenticate" in answer.headers) == (status == 401)

    @pytest.mark.spec("Practice RS-17")
    def test_without_a_key_a_token_is_bound_to_none_where_that_is_allowed(
        self, ana, bob, nobody, place
    ):
        told = asking(bob, nobody, DPoP=None).json()
        assert (told["token_type"], "cnf" in claims(told["access_token"])) == ("Bearer", False)
        ana.put(place + "x")
        ana.grant(place + "x", rule(bob.webid, "Read", "accessTo"))
        headers = {"Authorization": f"Bearer {told['access_token']}"}
        assert nobody.get(place + "x", headers).status == 200
        # It is no key's, so no proof goes with it either.
        as_dpop = {
            **bob.app.headers("GET", place + "x"),
            "Authorization": f"DPoP {told['access_token']}",
        }
        assert nobody.get(place + "x", as_dpop).status == 401

    @pytest.mark.spec("Practice RS-17")
    def test_in_public_every_token_is_bound(self, world, bob):
        config = replace(world.server.config, base_url="https://pod.example/")
        server = replace(world.server, config=config)
        headers = {"Authorization": basic(bob.app.id, bob.app.secret), "Content-Type": FORM}
        answer = world.run(issue(headers, ASK, None, server))
        assert (answer.status, json.loads(answer.body)["error"]) == (400, "invalid_dpop_proof")
        unbound = {"Authorization": f"Bearer {self.unbound(world, bob)}"}
        request = Request(
            method="GET", target=ResourceIri(bob.storage, ""), headers=unbound, url=bob.storage
        )
        assert world.run(authenticate(request, world.server)).webid == bob.webid
        with pytest.raises(Unauthenticated):
            world.run(authenticate(request, server))

    def unbound(self, world, who) -> str:
        headers = {"Authorization": basic(who.app.id, who.app.secret), "Content-Type": FORM}
        return json.loads(world.run(issue(headers, ASK, None, world.server)).body)["access_token"]

    @pytest.mark.spec("Practice OP-25 doors")
    def test_who_is_refused_often_waits_and_nobody_else(self, world, ana, bob):
        clock = lambda: clock.time  # noqa: E731 - stands still until it is moved
        clock.time = world.server.now()
        server = replace(world.server, now=clock, throttles=throttles(development=False))

        def status(secret: str, peer: str = "192.0.2.1", who: Person = bob) -> int:
            headers = {"Authorization": basic(who.app.id, secret), "Content-Type": FORM}
            return world.run(issue(headers, ASK, peer, server)).status

        assert [status("guess") for _ in range(20)] == [401] * 20
        for wait in (1, 2, 4, 8, 16, 32, 60, 60):
            with pytest.raises(TooMany) as refused:
                status(bob.app.secret)
            assert refused.value.wait == timedelta(seconds=wait)
            clock.time += refused.value.wait
            assert status("guess") == 401
        assert status(bob.app.secret, "198.51.100.1") == 200
        assert status(ana.app.secret, who=ana) == 200
        clock.time += timedelta(minutes=1)
        assert status(bob.app.secret) == 200
        assert status("guess") == 401

    @pytest.mark.spec("Practice OP-25 doors")
    @pytest.mark.parametrize("ask", [issue, revoke_token, introspect])
    def test_a_flood_from_one_place_is_bounded(self, world, ask):
        server = replace(world.server, throttles=throttles(development=False))

        async def flood() -> None:
            for _ in range(601):
                await ask({"Content-Type": FORM}, b"", "192.0.2.1", server)

        with pytest.raises(TooMany):
            world.run(flood())
        assert world.run(ask({"Content-Type": FORM}, b"", "192.0.2.2", server)).status >= 400

    def test_credentials_of_before_are_known_by_their_whole_address(self, world, nobody):
        who = world.fresh()
        old = f"{world.base}.oidc/clients/old-{who.name}"
        world.run(
            world.server.accounts.write(lambda tables: tables.clients.set("id", old, id=who.app.id))
        )
        world.run(trust(old, world.pod(who.name)))
        who.app.id = old
        assert claims(asking(who, nobody).json()["access_token"])["client_id"] == old
        assert who.get(who.storage).status == 200

    @pytest.mark.parametrize(
        ("id_", "secret"),
        [("{id}", "wrong"), ("{id}x", "{secret}"), ("{id}", "{other}"), ("", "{secret}")],
    )
    def test_another_secret_is_refused(self, bob, carol, nobody, id_, secret):
        known = {"id": bob.app.id, "secret": bob.app.secret, "other": carol.app.secret}
        tried = basic(id_.format(**known), secret.format(**known))
        answer = asking(bob, nobody, Authorization=tried)
        assert (answer.status, answer.json()["error"]) == (401, "invalid_client")

    @pytest.mark.spec("RFC9449 §4.3")
    @pytest.mark.parametrize(
        ("method", "url"), [("GET", "{endpoint}"), ("POST", "{endpoint}/x"), ("POST", "{base}")]
    )
    def test_a_proof_for_something_else_is_refused(self, world, bob, nobody, method, url):
        key = Key()
        meant = url.format(endpoint=bob.app.token_endpoint, base=world.base)
        answer = asking(bob, nobody, key=key, DPoP=key.proof(method, meant))
        assert (answer.status, answer.json()["error"]) == (400, "invalid_dpop_proof")

    @pytest.mark.spec("RFC9449 §11.1")
    def test_the_same_proof_twice_is_refused(self, bob, nobody):
        proof = Key().proof("POST", bob.app.token_endpoint)
        assert asking(bob, nobody, DPoP=proof).status == 200
        assert asking(bob, nobody, DPoP=proof).json()["error"] == "invalid_dpop_proof"

    def test_other_methods_and_long_forms_are_refused(self, bob, nobody):
        assert nobody.get(bob.app.token_endpoint).status == 405
        assert nobody.get(bob.app.token_endpoint).headers["Allow"] == "POST, OPTIONS"
        assert asking(bob, nobody, b"x" * 70_000).status == 413
