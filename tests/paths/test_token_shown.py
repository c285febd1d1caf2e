"""Tokens that are shown to a resource, and every way in which one does not hold."""

import hashlib
import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from agents import EVERYONE, Person, World, rule
from client import Answer, Key, b64

from pod.flows.provision import delete_account
from pod.oidc.keys import RANDOM_BYTES, new_signing_key
from pod.oidc.tokens import Issuance, access_token

DAY = 24 * 3600  # seconds: longer than it can take from collecting the tests to the last of them


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
            pytest.param({"now": datetime.now(UTC) + timedelta(days=1)}, id="not begun"),
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
            pytest.param("GET", "", {"iat": time.time() + DAY}, id="of the future"),
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
