"""What the tests of the command line share: accounts made by it, and how it says what is wrong."""

import json
import re

from client import App, call
from serving import Done, Host

COUNT = "SELECT (COUNT(*) AS ?n) { ?x a <https://w3id.org/selfdata/ns#BankTransaction> }"


def creation(name: str) -> tuple[str, ...]:
    return ("account", "create", name, "--email", f"{name}@example.org", "--password-stdin")


def app(host: Host, name: str) -> App:
    made = host.here("credentials", "create", name, "--label", "script", "--json").json()
    return App(made["id"], made["secret"], made["token_endpoint"])


def signs_in(base: str, value: dict[str, str], control: str = "") -> bool:
    """Whether the account API takes an e-mail address with its password, or what `control` does."""
    headers = {"Content-Type": "application/json"}
    url = f"{base}.account/login/password/{control}"
    return call("POST", url, headers, json.dumps(value).encode()).status == 200


def webid(host: Host, name: str) -> str:
    return f"{host.base}{name}/profile/card#me"


def count(host: Host, name: str, *options: str) -> int:
    """How many movements a query finds."""
    told = host.here("query", name, COUNT, *options).json()
    return int(told["results"]["bindings"][0]["n"]["value"])


def check_sentence(done: Done, status: int) -> None:
    """Nothing but one sentence that says what is wrong, and nothing of the machine."""
    assert (done.status, done.out) == (status, "")
    (line,) = done.err.splitlines()
    assert re.fullmatch(r"pod: .+[^.]", line), line
    assert "Traceback" not in line
    assert "/tmp" not in line  # noqa: S108 - where the tests' files are
