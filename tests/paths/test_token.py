"""Tokens: how an app gets one, and every way in which one does not hold."""

import base64
import hashlib
import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from agents import EVERYONE, Person, World, rule
from client import Answer, Key, b64

from pod.account.throttle import throttles
from pod.flows.authenticate import authenticate
from pod.flows.oidc.revoke import introspect, revoke_token
from pod.flows.oidc.token import issue
from pod.flows.provision import delete_account
from pod.flows.trust import trust
from pod.model import Request
from pod.oidc.keys import RANDOM_BYTES, new_signing_key
from pod.oidc.tokens import Issuance, access_token
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


class TestOnResources:
    """RFC 9449 §7, RS-02 to RS-18: what does not hold is refused, even where anyone may read."""

    @pytest.fixture(scope="class")
    @classmethod
    def public(cls, world: World, ana: Person) -> str:
        url = f"{ana.storage}public{next(world.numbers)}"
        ana.put(url, b"for all", "text/plain")
        ana.grant(url, rule(EVERYONE, "Read", "accessTo"))
        return url

    def token(self, world: World, who: Person, **changes) -> str:
        """A token of the issuer, or one that it did not sign, with other claims than usual."""
        now = datetime.now(UTC)
        signer = changes.pop("signer", world.server.identity.keys.signer("ES256", now))
        given = {
            "issuer": world.base,
            "webid": who.webid,
            "client": who.app.id,
            "jkt": who.app.key and thumbprint(who.app.key),
            "scopes": ("webid",),
            "jti": "j",
            "epoch": world.pod(who.name).store.identity.epoch,
            "now": datetime.now(UTC),
            "lifetime": timedelta(hours=1),
            **changes,
        }
        return access_token(Issuance(**given), signer)

    def refused(self, answer: Answer, error: str) -> None:
        assert answer.status == 401
        assert f'error="{error}"' in answer.headers["WWW-Authenticate"]
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert "for all" not in answer.text

    def test_a_token_made_like_this_holds(self, world, bob, nobody, public):
        headers = bearing(bob, self.token(world, bob), public)
        assert nobody.get(public, headers).status == 200

    @pytest.mark.spec("RFC9449 §7.2")
    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"now": datetime.now(UTC) - timedelta(hours=2)}, id="ended"),
            pytest.param({"now": datetime.now(UTC) + timedelta(hours=1)}, id="not begun"),
            pytest.param({"issuer": "https://idp.example/"}, id="another issuer"),
            pytest.param({"webid": ""}, id="nobody's"),
            pytest.param({"jkt": "another"}, id="another key's"),
            pytest.param(
                {"signer": new_signing_key(b"\1" * RANDOM_BYTES, datetime.now(UTC))}, id="forged"
            ),
        ],
    )
    def test_tokens_that_do_not_hold(self, world, bob, nobody, public, changes):
        headers = bearing(bob, self.token(world, bob, **changes), public)
        self.refused(nobody.get(public, headers), "invalid_token")

    @pytest.mark.parametrize(
        ("authorization", "error"),
        [
            ("DPoP", "invalid_token"),
            ("DPoP x.y.z", "invalid_token"),
            ("DPoP é", "invalid_token"),
            ("Bearer {token}", "invalid_token"),
            ("Basic YTpi", "invalid_token"),
            ("{token}", "invalid_token"),
        ],
    )
    def test_what_is_no_credential(self, bob, nobody, public, authorization, error):
        good = bob.app.headers("GET", public)
        text = authorization.format(token=bob.app.token)
        self.refused(nobody.get(public, {**good, "Authorization": text.encode("latin-1")}), error)

    @pytest.mark.spec("RFC9449 §4.3")
    @pytest.mark.parametrize(
        ("method", "more", "claims"),
        [
            pytest.param("POST", "", {}, id="another method"),
            pytest.param("get", "", {}, id="method in small letters"),
            pytest.param("GET", "x", {}, id="another address"),
            pytest.param("GET", "", {"iat": 0}, id="too old"),
            pytest.param("GET", "", {"iat": time.time() + 3600}, id="of the future"),
            pytest.param("GET", "", {"ath": "x"}, id="another token"),
            pytest.param("GET", "", {"jti": None}, id="without a name"),
        ],
    )
    def test_proofs_for_something_else(self, bob, nobody, public, method, more, claims):
        proof = bob.app.key.proof(method, public + more, **claims)
        headers = {**bob.app.headers("GET", public), "DPoP": proof}
        self.refused(nobody.get(public, headers), "invalid_dpop_proof")

    @pytest.mark.spec("RFC9449 §4.3")
    @pytest.mark.parametrize(
        "form", ["", "x.y.z", "{one}, {two}", "{one}AA", "A{one}", "{one}.", "{head}..{sign}"]
    )
    def test_what_is_no_proof(self, bob, nobody, public, form):
        one, two = (bob.app.key.proof("GET", public) for _ in range(2))
        head, _, sign = one.split(".")
        proof = form.format(one=one, two=two, head=head, sign=sign)
        headers = {**bob.app.headers("GET", public), "DPoP": proof}
        self.refused(nobody.get(public, headers), "invalid_dpop_proof")

    def test_the_proof_of_another_key(self, bob, nobody, public):
        headers = {**bob.app.headers("GET", public), "DPoP": Key().proof("GET", public)}
        self.refused(nobody.get(public, headers), "invalid_token")

    @pytest.mark.spec("RFC9449 §11.1")
    def test_the_same_proof_twice(self, bob, nobody, public):
        headers = bob.app.headers("GET", public)
        assert nobody.get(public, headers).status == 200
        self.refused(nobody.get(public, headers), "invalid_dpop_proof")

    @pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "POST", "DELETE"])
    def test_whatever_is_asked(self, world, ana, bob, nobody, place, method):
        ana.put(place + "x")
        ana.grant(place, rule(ana.webid, "Read Write Control"), rule(EVERYONE, "Read Write"))
        before = world.state("ana")
        stale = self.token(world, bob, now=datetime.now(UTC) - timedelta(hours=2))
        headers = {**bearing(bob, stale, place + "x", method), "Content-Type": "text/plain"}
        assert nobody.call(method, place + "x", headers).status == 401
        assert world.state("ana") == before

    def test_queries_too(self, world, bob, nobody, ana):
        url = ana.storage + ".well-known/sparql?query=ASK%7B%7D"
        assert nobody.get(url).status == 200
        stale = self.token(world, bob, now=datetime.now(UTC) - timedelta(hours=2))
        self.refused(nobody.get(url, bearing(bob, stale, url)), "invalid_token")

    @pytest.mark.spec("Practice RS-05")
    @pytest.mark.parametrize(
        ("authorization", "claimed"),
        [
            pytest.param("DPoP", {}, id="as usual"),
            pytest.param("dpop", {}, id="scheme in small letters"),
            pytest.param("DPoP", {"ath": ...}, id="without the token's hash"),
            pytest.param("DPoP", {"htu": "{url}?x=1#y"}, id="with query and fragment"),
            pytest.param("DPoP", {"htu": "{URL}"}, id="host in capitals"),
            pytest.param("DPoP", {"iat": -200}, id="a while ago"),
        ],
    )
    def test_what_clients_do_is_understood(self, bob, nobody, public, authorization, claimed):
        host = public.split("/")[2]
        known = {"url": public, "URL": public.replace(host, host.upper())}
        sent = {"ath": b64(hashlib.sha256(bob.app.token.encode()).digest()), **claimed}
        if sent["ath"] is ...:
            del sent["ath"]
        if "htu" in sent:
            sent["htu"] = sent["htu"].format(**known)
        if "iat" in sent:
            sent["iat"] += time.time()
        proof = bob.app.key.proof("GET", public, **sent)
        headers = {"Authorization": f"{authorization} {bob.app.token}", "DPoP": proof}
        assert nobody.get(public, headers).status == 200


def thumbprint(key: Key) -> str:
    text = json.dumps(key.jwk, sort_keys=True, separators=(",", ":"))
    return b64(hashlib.sha256(text.encode()).digest())


def test_a_token_does_not_outlive_its_account(world: World, nobody: Person) -> None:
    first = world.fresh()
    assert first.get(first.storage).status == 200
    old = first.app.token
    world.run(delete_account(first.name, world.server))
    public = f"{world.base}ana/profile/card"
    assert nobody.get(public, bearing(first, old, public)).status == 401
    second = world.account(first.name)
    second.put(f"{second.storage}secret", b"of the second", "text/plain")
    answer = nobody.get(f"{second.storage}secret", bearing(first, old, f"{second.storage}secret"))
    assert answer.status == 401
    assert "of the second" not in answer.text
    assert second.get(f"{second.storage}secret").status == 200


def bearing(who: Person, token: str, url: str, method: str = "GET") -> dict[str, str]:
    """The headers of a request with a token that was made by hand."""
    return {"Authorization": f"DPoP {token}", "DPoP": who.app.key.proof(method, url)}
