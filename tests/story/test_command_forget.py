"""Forgetting by the command line: a record for good, and all that a holder gave."""

import json

import pytest
from commands import app, check_sentence, count
from household import BANK
from serving import Host

ALL = "SELECT ?x { ?x a <https://w3id.org/selfdata/ns#BankTransaction> } ORDER BY ?x"
EVERYTHING = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


def records(served: Host, name: str) -> list[str]:
    found = served.here("query", name, ALL).json()["results"]["bindings"]
    return [row["x"]["value"] for row in found]


def graphs(served: Host, name: str) -> list[str]:
    found = served.here("query", name, EVERYTHING).json()["results"]["bindings"]
    return [row["g"]["value"] for row in found]


def test_a_record_that_is_forgotten_stays_forgotten(served: Host, ana: str, bank: str) -> None:
    words = ("import", bank, "--pod", ana, "--holder", BANK, "--json")
    served.here(*words)
    first, second, *_ = records(served, ana)
    done = served.here("forget", ana, first, second, "--yes", "--json")
    assert done.status == 0
    assert done.json()["changed"]
    (again,) = served.here(*words).json()
    assert (again["new"], again["same"], again["deleted"], again["resources"]) == (0, 20, 2, [])
    assert "2 of them you deleted" in served.here(*words[:-1]).out
    assert count(served, ana) == 18
    document = app(served, ana).get(first.partition("#")[0])
    assert b"as:Tombstone" in document.body
    assert served.here("forget", ana, first, "--yes").status == 0
    assert served.here("check", "--pod", ana, "--json").json() == []


def test_a_holder_that_is_forgotten_leaves_nothing(served: Host, ana: str, bank: str) -> None:
    before = graphs(served, ana)
    (mine,) = served.here("import", bank, "--pod", ana, "--holder", BANK, "--json").json()
    other = served.here("import", bank, "--pod", ana, "--holder", "https://other.example/#it")
    assert other.status == 0
    done = served.here("forget", ana, "--holder", BANK, "--yes", "--json")
    assert set(mine["resources"]) <= set(done.json()["deleted"])
    assert count(served, ana) == 20
    owner = app(served, ana)
    files = f"{served.base}{ana}/imports/"
    assert owner.get(files).status == 200
    done = served.here("forget", ana, "--holder", "https://other.example/#it", "--yes", "--json")
    assert any("/files/" in url for url in done.json()["deleted"])
    assert sorted(graphs(served, ana)) == sorted(before)
    (again,) = served.here("import", bank, "--pod", ana, "--holder", BANK, "--json").json()
    assert (again["new"], again["deleted"]) == (20, 0)


def test_the_journal_tells_what_was_forgotten(served: Host, ana: str, bank: str) -> None:
    served.here("import", bank, "--pod", ana, "--holder", BANK)
    first = records(served, ana)[0]
    served.here("forget", ana, first, "--yes")
    lines = json.loads(served.here("journal", ana, "--json").out)
    where = first.partition("#")[0]
    assert ("PUT", where) in {(line["action"], line["target"]) for line in lines}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        pytest.param(["{base}{ana}/data/bank/x.ttl#y"], 2, id="without yes"),
        pytest.param(["--yes"], 2, id="nothing"),
        pytest.param(["{base}{ana}/profile/card#me", "--yes"], 2, id="no record"),
        pytest.param(["{base}{ana}/data/bank/x.ttl#y", "--yes"], 1, id="not there"),
        pytest.param(["--holder", "https://nobody.example/", "--yes"], 1, id="no such holder"),
    ],
)
def test_what_cannot_be_forgotten_is_said(served: Host, ola: str, words: list[str], status) -> None:
    filled = [word.format(base=served.base, ana=ola) for word in words]
    check_sentence(served.here("forget", ola, *filled), status)
