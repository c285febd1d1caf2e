"""Apps that people sign in to, tried from outside: each keeps its key and what it is given."""

import base64
import hashlib
import json
import uuid
from dataclasses import dataclass, field
from urllib.parse import urlencode

from agents import Person, World
from browser import FORM, Browser
from client import Answer, Key
from neighbour import Neighbour

from pod.oidc.client_document import ACCEPT

CONTEXT = "https://www.w3.org/ns/solid/oidc-context.jsonld"
PASSWORD = "a good password"  # noqa: S105 - made up


@dataclass
class Tried:
    """An app that people sign in to, on another origin; it keeps its key and what it is given."""

    world: World
    nobody: Person
    id: str
    landing: str
    secret: str = ""
    key: Key = field(default_factory=Key)
    verifier: str = field(default_factory=lambda: uuid.uuid4().hex * 2)

    def request(self, **changed: str | None) -> str:
        """Where it sends somebody; None leaves a parameter out."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self.id,
            "redirect_uri": self.landing,
            "scope": "openid webid offline_access",
            "state": "s 1",
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            **changed,
        }
        kept = {name: value for name, value in asked.items() if value is not None}
        return f"{self.world.base}.oidc/auth?{urlencode(kept)}"

    def ask(self, grant: str, key: Key | None = None, **sent: str) -> Answer:
        """A request at the token endpoint."""
        endpoint = f"{self.world.base}.oidc/token"
        form = {"grant_type": grant, "client_id": self.id, **sent}
        headers = {"Content-Type": FORM, "DPoP": (key or self.key).proof("POST", endpoint)}
        if self.secret:
            pair = base64.b64encode(f"{self.id}:{self.secret}".encode()).decode()
            headers["Authorization"] = f"Basic {pair}"
        return self.nobody.call("POST", endpoint, headers, urlencode(form).encode())

    def redeem(self, code: str, /, key: Key | None = None, **changed: str) -> Answer:
        sent = {"code": code, "redirect_uri": self.landing, "code_verifier": self.verifier}
        return self.ask("authorization_code", key, **{**sent, **changed})

    def get(self, url: str, token: str) -> Answer:
        headers = {"Authorization": f"DPoP {token}", "DPoP": self.key.proof("GET", url)}
        return self.nobody.get(url, headers)


def claims(token: str) -> dict:
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def refusal(answer: Answer) -> tuple[int, str]:
    """The status of a refusal, and its code: of a resource, or of an endpoint for apps."""
    challenge = answer.headers.get("WWW-Authenticate", "")
    if 'error="' in challenge:
        return answer.status, challenge.partition('error="')[2].partition('"')[0]
    return answer.status, answer.json().get("error", "")


def from_document(world: World, nobody: Person, elsewhere: Neighbour, **said: object) -> Tried:
    """An app known by its own document, which says some more."""
    path = f"{uuid.uuid4().hex}/id"
    landing = "https://app.example/back?page=1"
    document = {
        "@context": [CONTEXT],
        "client_id": elsewhere.base + path,
        "client_name": "Budget Malin",
        "redirect_uris": [landing, "https://app.example/other"],
        "post_logout_redirect_uris": ["https://app.example/bye"],
        "grant_types": ["authorization_code", "refresh_token"],
        **said,
    }
    client = elsewhere.serve(path, json.dumps(document), "application/ld+json")
    return Tried(world, nobody, client, landing)


def rewritten(app: Tried, elsewhere: Neighbour, **said: object) -> None:
    """Another document in the place of an app's, which the server looks at as it does after some
    minutes.
    """
    document = {
        "@context": [CONTEXT],
        "client_id": app.id,
        "client_name": "Budget Malin",
        "redirect_uris": [app.landing],
        **said,
    }
    path = app.id.removeprefix(elsewhere.base)
    elsewhere.serve(path, json.dumps(document), "application/ld+json")
    app.world.run(app.world.server.fetch(app.id, ACCEPT, anew=True))


def register(world: World, nobody: Person, **metadata: object) -> Answer:
    body = {"redirect_uris": ["https://app.example/back"], **metadata}
    kind = {"Content-Type": "application/json"}
    return nobody.call("POST", f"{world.base}.oidc/reg", kind, json.dumps(body).encode())


def sign_in(browser: Browser, who: Person, password: str = PASSWORD) -> Answer:
    return browser.send({"email": f"{who.name}@example.org", "password": password})


def code_of(browser: Browser, app: Tried, who: Person, **changed: str | None) -> str:
    """The code for an app that somebody signs in to, and allows to do all that she may."""
    browser.open(app.request(**changed))
    if browser.title == "Sign in":
        sign_in(browser, who)
    browser.send({"decision": "allow", "access": "everything"})
    return browser.answered["code"]
