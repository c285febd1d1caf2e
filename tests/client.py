"""A client of our own for tests over real HTTP: client credentials, DPoP, one call a request."""

import base64
import hashlib
import http.client
import json
import time
import urllib.parse
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes
    repeated: tuple[tuple[str, str], ...] = ()

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.repeated if key.lower() == name.lower()]

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self):
        return json.loads(self.body)


def call(
    method: str,
    url: str,
    headers: Mapping[str, str] | None = None,
    body: bytes | Iterator[bytes] | None = None,
) -> Answer:
    """One request on a connection of its own."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=120)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path or "/", body=body, headers=dict(headers or {}))
        response = connection.getresponse()
        pairs = tuple(response.getheaders())
        lower = http.client.HTTPMessage()
        for name, value in pairs:
            lower.add_header(name, value)
        return Answer(response.status, lower, response.read(), pairs)
    finally:
        connection.close()


class Key:
    """A client's proof key."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        numbers = self.private.public_key().public_numbers()
        self.jwk = {
            "kty": "EC",
            "crv": "P-256",
            "x": b64(numbers.x.to_bytes(32, "big")),
            "y": b64(numbers.y.to_bytes(32, "big")),
        }

    def thumbprint(self) -> str:
        """RFC 7638 §3: what tokens that are bound to this key name it by."""
        members = json.dumps(self.jwk, sort_keys=True, separators=(",", ":"))
        return b64(hashlib.sha256(members.encode()).digest())

    def proof(self, method: str, url: str, **claims: object) -> str:
        head = {"typ": "dpop+jwt", "alg": "ES256", "jwk": self.jwk}
        body = {
            "jti": str(uuid.uuid4()),
            "htm": method,
            "htu": url.partition("?")[0],
            "iat": int(time.time()),
            **claims,
        }
        text = b64(json.dumps(head).encode()) + "." + b64(json.dumps(body).encode())
        return f"{text}.{self.sign(text)}"

    def sign(self, text: str) -> str:
        """The signature of a JWS."""
        r, s = decode_dss_signature(self.private.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
        return b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


@dataclass
class App:
    """An app with client credentials; its token is fetched once and used for every request.

    `ask` sends one request, for an app that has a way of its own to the server.
    """

    id: str
    secret: str
    token_endpoint: str
    key: Key = field(default_factory=Key)
    token: str = ""
    ask: Callable[..., Answer] = call

    @property
    def iri(self) -> str:
        """By which access rules name it."""
        return self.token_endpoint.removesuffix("token") + f"clients/{self.id}"

    def sign_in(self) -> None:
        quoted = f"{urllib.parse.quote(self.id, '')}:{urllib.parse.quote(self.secret, '')}"
        answer = self.ask(
            "POST",
            self.token_endpoint,
            {
                "Authorization": "Basic " + base64.b64encode(quoted.encode()).decode(),
                "Content-Type": "application/x-www-form-urlencoded",
                "DPoP": self.key.proof("POST", self.token_endpoint),
            },
            b"grant_type=client_credentials&scope=webid",
        )
        assert answer.status == 200, answer.text
        self.token = answer.json()["access_token"]

    def headers(self, method: str, url: str) -> dict[str, str]:
        if not self.token:
            self.sign_in()
        ath = b64(hashlib.sha256(self.token.encode()).digest())
        return {
            "Authorization": f"DPoP {self.token}",
            "DPoP": self.key.proof(method, url, ath=ath),
        }

    def call(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | Iterator[bytes] | None = None,
    ) -> Answer:
        return self.ask(method, url, {**self.headers(method, url), **(headers or {})}, body)

    def get(self, url: str, **headers: str) -> Answer:
        return self.call("GET", url, headers)

    def put(self, url: str, body: bytes, media_type: str = "text/turtle", **headers: str) -> Answer:
        return self.call("PUT", url, {"Content-Type": media_type, **headers}, body)
