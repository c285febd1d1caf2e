"""Apps that register themselves, and for how long they are known."""

import base64
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from tried import Tried, code_of, register

from pod.flows.oidc.register_app import register_app


class TestRegistration:
    """RFC 7591, as forgiving as the libraries in use need it."""

    @pytest.mark.spec("Practice OP-11")
    def test_what_is_registered_outlives_the_server(self, world, nobody):
        said = register(world, nobody, client_name="Lasting", scope="openid webid").json()
        kept = world.run(
            world.server.accounts.read(lambda tables: tables.apps.find(id=said["client_id"]))
        )
        assert json.loads(kept.metadata)["client_name"] == "Lasting"
        assert said["client_secret"] not in (kept.secret_hash or "")

    @pytest.mark.spec("Practice OP-24 expiry")
    @pytest.mark.spec("Practice OP-11")
    def test_what_nobody_has_used_for_long_is_forgotten(self, world, browser, nobody, ana):
        public = {"token_endpoint_auth_method": "none"}
        used, unused = (register(world, nobody, **public).json() for _ in range(2))
        code_of(browser, Tried(world, nobody, used["client_id"], used["redirect_uris"][0]), ana)

        def known_after(wait: timedelta) -> list[bool]:
            """Which are known once another app has registered so much later."""
            now = world.server.now()
            body = json.dumps({"redirect_uris": ["https://app.example/back"]}).encode()
            world.run(register_app(body, None, replace(world.server, now=lambda: now + wait)))
            pages = [
                nobody.get(f"{world.base}.oidc/auth?client_id={one['client_id']}").text
                for one in (used, unused)
            ]
            return ["does not know the app" not in page for page in pages]

        lifetime = timedelta(seconds=world.server.config.unused_app_lifetime)
        assert known_after(lifetime - timedelta(minutes=1)) == [True, True]
        assert known_after(lifetime + timedelta(minutes=1)) == [True, False]

    @pytest.mark.spec("Practice OP-16")
    def test_an_app_gets_its_tokens_signed_as_it_asks(self, world, browser, nobody, ana):
        asked = {
            "id_token_signed_response_alg": "RS256",
            "token_endpoint_auth_method": "none",
        }
        said = register(world, nobody, **asked).json()
        app = Tried(world, nobody, said["client_id"], said["redirect_uris"][0])
        token = app.redeem(code_of(browser, app, ana)).json()["id_token"]
        head = token.split(".")[0]
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
        assert header["alg"] == "RS256"
        keys = nobody.get(f"{world.base}.oidc/jwks").json()["keys"]
        assert header["kid"] in {key["kid"] for key in keys if key["kty"] == "RSA"}

    @pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b"\xff", b"x" * 40_000])
    def test_nonsense_is_refused(self, world, nobody, body):
        kind = {"Content-Type": "application/json"}
        answer = nobody.call("POST", f"{world.base}.oidc/reg", kind, body)
        assert answer.status in {400, 413}
