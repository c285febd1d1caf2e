"""`pod grant requests` and what a person answers: at the command line, while the server runs."""

import json

import pytest
from client import App
from commands import app, check_sentence, creation, webid
from serving import Host

from pod.agreements import REQUESTS
from pod.consent.terms import USUAL

ADVICE = "https://w3id.org/dpv#ProvidePersonalisedRecommendations"
KIND = "application/json"


@pytest.fixture(scope="session")  # a worker may come back to this module
def reader(served: Host) -> App:
    """An organisation with an account on the same server."""
    assert served.here(*creation("energie-info"), given="a good password\n").status == 0
    return app(served, "energie-info")


def ask(served: Host, name: str, reader: App) -> str:
    """The id of what somebody asks of a pod: its energy, and its bank perhaps."""
    storage = f"{served.base}{name}/"
    items = [{"category": "energy"}, {"category": "bank", "required": False}]
    said = {"purpose": ADVICE, "sentence": "We compare.", "items": items, "days": 90}
    terms = {"agreement": USUAL.name, "sha256": USUAL.digest}
    for path, body in ((".well-known/myterms", terms), (REQUESTS, said)):
        url = storage + path
        headers = {"Content-Type": KIND}
        answer = reader.call("POST", url, headers, json.dumps(body).encode())
        assert answer.status == 201, answer.text
    asked = str(answer.json()["id"]).rpartition("/")[2]
    assert int(asked, 16) > 0  # a hyphen at its beginning would be an option of a command
    return asked


def state(served: Host, name: str) -> str:
    (listed,) = served.here("grant", "requests", name, "--json").json()
    return str(listed["state"])


@pytest.mark.spec("Self Data CAP-04")
def test_what_waits_is_listed_and_accepted(served: Host, ana: str, reader: App) -> None:
    assert served.here("grant", "requests", ana).out == "nothing is asked for\n"
    name = ask(served, ana, reader)
    assert served.here("grant", "requests", ana).out.startswith(f"{name}  waiting  ")
    grant = served.here("grant", "accept", ana, name, "--json").json()
    # What is optional is not given by itself, and nothing for longer than 30 days.
    assert [one["category"] for one in grant["items"]] == ["energy"]
    assert state(served, ana) == "granted"
    listed = served.here("grant", "list", ana, "--json").json()
    assert [one["id"] for one in listed] == [grant["id"]]
    check_sentence(served.here("grant", "accept", ana, name), 1)


def test_less_is_accepted(served: Host, ana: str, reader: App) -> None:
    name = ask(served, ana, reader)
    check_sentence(served.here("grant", "accept", ana, name, "health"), 1)
    check_sentence(served.here("grant", "accept", ana, name, "--days", "91"), 1)
    check_sentence(served.here("grant", "accept", ana, name, "--until-stopped"), 1)
    done = served.here("grant", "accept", ana, name, "bank", "--days", "1")
    assert (done.status, webid(served, "energie-info") in done.out) == (0, True)


@pytest.mark.spec("Self Data PRI-09")
def test_something_else_is_proposed(served: Host, ana: str, reader: App) -> None:
    name = ask(served, ana, reader)
    words = ("grant", "propose", ana, name, "energy", "--days", "7", "--terms", "strict")
    proposal = served.here(*words, "--json").json()["proposal"]
    assert (proposal["days"], proposal["terms"], len(proposal["items"])) == (7, "strict", 1)
    assert state(served, ana) == "proposed"


@pytest.mark.spec("Self Data CON-38")
def test_it_is_refused_and_pressure_reported(served: Host, ana: str, reader: App) -> None:
    name = ask(served, ana, reader)
    words = ("grant", "refuse", ana, name, "--reason", "not now")
    refused = served.here(*words, "--json").json()
    assert (refused["state"], refused["reason"]) == ("refused", "not now")
    assert served.here("grant", "report", ana, name).json()["reported"] is None
    pack = served.here("grant", "report", ana, name, "no contract without it").json()
    assert (pack["reported"], pack["request"]["state"]) == ("no contract without it", "refused")
    check_sentence(served.here("grant", "report", ana, "none"), 1)
