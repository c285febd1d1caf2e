"""`pod grant` and `pod app`: access is given, seen, ended and checked from the command line."""

import json
from pathlib import Path

import pytest
from client import call
from commands import check_sentence, webid
from serving import Done, Host

APP = "https://budget.example/id"
GIVEN = ("--purpose", "dpv:PaymentManagement", "--client", APP)


def give(host: Host, name: str, *words: str) -> dict:
    done = host.here("grant", "give", name, *words, *GIVEN, "--json")
    assert done.status == 0, done.err
    return done.json()


def states(host: Host, name: str) -> dict[str, str]:
    listed = host.here("grant", "list", name, "--json").json()
    return {one["id"]: one["state"] for one in listed}


def test_access_is_given_seen_and_ended(served: Host, ana: str) -> None:
    grant = give(served, ana, "bank", "--days", "7", "--retention", "P30D")
    name = grant["id"]
    assert grant["agent"] == webid(served, ana)
    assert grant["items"][0]["resource"] == f"{served.base}{ana}/data/bank/"
    for word, state in (("pause", "paused"), ("resume", "active"), ("stop", "stopped")):
        assert served.here("grant", word, ana, name).out.split()[:2] == [name, state]
        assert states(served, ana) == {name: state}
    shown = served.here("grant", "show", ana, name, "--json").json()
    assert shown["says"]["dcterms:identifier"] == name
    assert "never used" in served.here("grant", "list", ana).out


def test_a_path_is_given_with_its_modes(served: Host, ana: str) -> None:
    grant = give(served, ana, "/notes/=read+append", "--until-stopped", "--sentence", "sort it")
    assert grant["items"][0]["modes"] == ["read", "append"]
    assert (grant["until"], grant["sentence"]) == (None, "sort it")


def test_access_is_renewed_and_everything_stopped(served: Host, ana: str) -> None:
    first = give(served, ana, "bank")["id"]
    second = served.here("grant", "renew", ana, first, "--days", "3", "--json").json()["id"]
    assert states(served, ana) == {first: "stopped", second: "active"}
    assert served.here("grant", "pause", ana, "--all").status == 0
    assert states(served, ana)[second] == "paused"
    assert served.here("grant", "stop", ana, "--all").status == 0
    assert states(served, ana)[second] == "stopped"
    assert served.here("grant", "stop", ana, "--all").out == "there was nothing to change\n"


def test_the_apps_of_a_pod_are_told_and_ended(served: Host, ana: str) -> None:
    give(served, ana, "bank")
    (listed,) = served.here("app", "list", ana, "--json").json()
    assert (listed["client"], listed["trusted"], len(listed["grants"])) == (APP, False, 1)
    assert APP in served.here("app", "list", ana).out
    assert served.here("app", "pause", ana, APP, "--json").json()[0]["state"] == "paused"
    assert served.here("app", "stop", ana, APP).status == 0
    assert served.here("app", "list", ana).out == "no app has access\n"


def test_terms_are_chosen(served: Host, ana: str) -> None:
    assert served.here("grant", "terms", ana, "--json").json()["preset"] == "usual"
    chosen = served.here("grant", "terms", ana, "strict", "--of-all", "--json").json()
    assert chosen == {"preset": "strict", "of_all": True}
    assert "every app" in served.here("grant", "terms", ana).out


def test_what_has_left_is_asked_to_be_erased(served: Host, ana: str) -> None:
    name = give(served, ana, "bank")["id"]
    asked = served.here("grant", "erase", ana, name, "--json").json()
    assert (asked["state"], asked["sent"]) == ("asked", False)
    assert "article 17" in asked["letter"]
    assert served.here("grant", "erase", ana, "--json").json()[0]["id"] == asked["id"]
    assert served.here("grant", "erase", ana).out.startswith("asked")


@pytest.fixture
def papers(served: Host, ana: str, tmp_path: Path) -> dict[str, str]:
    """A record that was altered and one that was not, and the keys of the server."""
    name = give(served, ana, "bank")["id"]
    record = served.here("grant", "show", ana, name, "--json").json()["record"]
    keys = call("GET", f"{served.base}.well-known/record-keys").text
    texts = {
        "true": record + "\n",
        "altered": record.replace(".", ".A", 1),
        "keys": keys,
        "no keys": "{}",
        "none": json.dumps({"keys": []}),
    }
    files = {}
    for number, (what, text) in enumerate(texts.items()):
        file = tmp_path / str(number)
        file.write_text(text)
        files[what] = str(file)
    return files


def verified(served: Host, record: str, keys: str) -> Done:
    return served.here("grant", "verify", record, "--jwks", keys)


def test_a_record_is_checked_without_a_server(served: Host, papers: dict[str, str]) -> None:
    done = verified(served, papers["true"], papers["keys"])
    assert (done.status, done.out) == (0, "the record is true: dpv:ConsentGiven\n")
    check_sentence(verified(served, papers["altered"], papers["keys"]), 1)
    check_sentence(verified(served, papers["true"], papers["none"]), 1)
    check_sentence(verified(served, papers["true"], papers["no keys"]), 2)
    check_sentence(verified(served, "nothing", papers["keys"]), 2)


WRONG = {
    "to nobody": ("grant give {ana} bank --purpose dpv:PaymentManagement", 2),
    "for no purpose": ("grant give {ana} bank --to https://b.example/ --purpose nonsense", 2),
    "of no category": ("grant give {ana} nonsense --client a --purpose dpv:PaymentManagement", 2),
    "in no mode": ("grant give {ana} bank=own --client a --purpose dpv:PaymentManagement", 2),
    "a bundle": ("grant give {ana} bank health --client a --purpose dpv:PaymentManagement", 1),
    "no document": ("grant give {ana} /none --client a --purpose dpv:PaymentManagement", 1),
    "no such grant": ("grant show {ana} none", 1),
    "no grant to pause": ("grant pause {ana} none", 1),
    "neither one nor all": ("grant stop {ana}", 2),
    "one and all": ("grant stop {ana} none --all", 2),
}


@pytest.mark.parametrize(("words", "status"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_said_in_a_sentence(
    served: Host, ola: str, words: str, status: int
) -> None:
    check_sentence(served.here(*words.format(ana=ola).split()), status)
