"""Somebody at the account API: with a token, with a browser's cookie, or with neither."""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from agents import World
from client import Answer, App, Key

PASSWORD = "a good password"  # noqa: S105 - made up
_NUMBERS = count()


@dataclass
class Visitor:
    """Knows the index alone, as clients do, and finds the rest by its controls.

    `cookie` is what her browser sends, name and value; `token` is what a script sends instead.
    """

    world: World
    token: str = ""
    cookie: str = ""
    email: str = field(default_factory=lambda: f"visitor{next(_NUMBERS)}@example.org")

    def call(
        self, method: str, url: str, value: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        sent = {"Accept": "application/json", **(headers or {})}
        if self.token:
            sent.setdefault("Authorization", f"CSS-Account-Token {self.token}")
        if self.cookie:
            sent.setdefault("Cookie", self.cookie)
        if value is not None:
            sent.setdefault("Content-Type", "application/json")
        body = None if value is None else json.dumps(value).encode()
        return self.world.connection.ask(method, url, sent, body)

    def get(self, url: str, headers: dict[str, str] | None = None) -> Answer:
        return self.call("GET", url, headers=headers)

    def post(self, url: str, value: Any = None, headers: dict[str, str] | None = None) -> Answer:
        return self.call("POST", url, value, headers)

    def delete(self, url: str, headers: dict[str, str] | None = None) -> Answer:
        return self.call("DELETE", url, headers=headers)

    @property
    def index(self) -> str:
        return self.world.base + ".account/"

    def control(self, family: str, name: str) -> str:
        """The address of a control."""
        answer = self.get(self.index)
        assert answer.status == 200, answer.text
        return answer.json()["controls"][family][name]

    def begin(self) -> "Visitor":
        """Make an account, with no login yet."""
        answer = self.post(self.control("account", "create"), {})
        assert answer.status == 200, answer.text
        self.token = answer.json()["authorization"]
        return self

    def settle(self, password: str = PASSWORD) -> "Visitor":
        """Give the account an e-mail address and a password."""
        answer = self.post(
            self.control("password", "create"), {"email": self.email, "password": password}
        )
        assert answer.status == 200, answer.text
        return self

    def pod(self, name: str) -> dict[str, str]:
        """Make a pod."""
        answer = self.post(self.control("account", "pod"), {"name": name})
        assert answer.status == 200, answer.text
        return answer.json()

    def sign_in(self, password: str = PASSWORD, **more: Any) -> Answer:
        value = {"email": self.email, "password": password, **more}
        return self.post(self.control("password", "login"), value)

    def browser(self, **more: Any) -> "Visitor":
        """The same person in a browser, signed in with a cookie."""
        other = Visitor(self.world, email=self.email)
        answer = other.sign_in(**more)
        assert answer.status == 200, answer.text
        other.cookie = answer.headers["Set-Cookie"].partition(";")[0]
        return other


def stranger(world: World) -> Visitor:
    return Visitor(world)


def settled(world: World) -> Visitor:
    """Somebody with an account and a password."""
    return Visitor(world).begin().settle()


def fresh_name() -> str:
    """The name of a pod that nobody has."""
    return f"v{next(_NUMBERS)}"


def app_of(visitor: Visitor, webid: str = "") -> App:
    """An app with credentials of an account."""
    value = {"name": "token", "webId": webid or visitor.made["webId"]}
    made = visitor.post(visitor.control("account", "clientCredentials"), value).json()
    return App(made["id"], made["secret"], visitor.world.base + ".oidc/token", Key())
