"""What belongs together by the command line: found, decided by the person, found anew."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from commands import app, check_sentence
from serving import Host

from pod.people.home import Span, home
from pod.people.made import made

SETTLED = "SELECT ?x ?t { ?x <https://w3id.org/selfdata/ns#settledBy> ?t }"
SPAN = Span(first=date(2024, 1, 1), days=80)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """A statement of a bank and two bills for a telephone, with who gives each."""
    folder = tmp_path_factory.mktemp("match")
    wanted = ("banque/main", "telecom/facture")
    found = []
    for one in made(home(7, 2, SPAN)).files:
        if one.path.startswith(wanted) and one.format != "free-bill-csv":
            path = folder / Path(one.path).name
            path.write_bytes(one.content)
            found.append((str(path), one.holder))
    return found


def matches(served: Host, ana: str) -> Any:
    done = served.here("match", ana, "--json")
    assert done.status == 0
    return done.json()


def settled(served: Host, ana: str) -> set[tuple[str, str]]:
    rows = served.here("query", ana, SETTLED).json()["results"]["bindings"]
    return {(row["x"]["value"], row["t"]["value"]) for row in rows}


@pytest.mark.spec("Self Data DAT-70")
def test_a_bill_finds_its_payment_and_the_person_has_the_last_word(
    served: Host, ana: str, files: list[tuple[str, str]]
) -> None:
    bank, bill, *others = files

    def take(file: str, holder: str) -> None:
        assert served.here("import", file, "--pod", ana, "--holder", holder).status == 0

    take(*bank)
    assert matches(served, ana)["matches"] == []
    take(*bill)
    (first,) = matches(served, ana)["matches"]
    assert (first["standing"], first["byPerson"]) == ("linked", False)
    assert settled(served, ana) == {(first["from"], first["to"])}
    again = matches(served, ana)
    assert (again["matches"], again["changed"], again["read"]) == ([first], 0, 0)
    for one in others:
        take(*one)
    grown = matches(served, ana)
    assert first in grown["matches"]
    assert len(grown["matches"]) == 1 + len(others) > 1
    assert 0 < grown["changed"] < grown["read"]
    # What is found bit by bit is what is found at once.
    owner = app(served, ana)
    folder = f"{served.base}{ana}/annotations/matches/"
    for name in ("2024.ttl", "looked.ttl"):
        assert owner.call("DELETE", folder + name).status in {200, 204, 205}
    assert matches(served, ana)["matches"] == grown["matches"]
    # Nothing that a holder gave has changed.
    document = first["from"].partition("#")[0]
    assert b"settledBy" not in owner.get(document).body
    # She rejects one, and whatever comes, it does not come back.
    assert served.here("match", ana, "--reject", first["match"]).status == 0
    assert (first["from"], first["to"]) not in settled(served, ana)
    assert owner.call("DELETE", f"{folder}looked.ttl").status in {200, 204, 205}
    (kept,) = [one for one in matches(served, ana)["matches"] if one["match"] == first["match"]]
    assert (kept["standing"], kept["byPerson"]) == ("rejected", True)
    # And she may think better of it.
    assert served.here("match", ana, "--confirm", first["match"]).status == 0
    assert (first["from"], first["to"]) in settled(served, ana)
    assert served.here("check", "--pod", ana, "--shapes", "--json").json() == []
    # What is forgotten belongs to nothing.
    assert served.here("forget", ana, first["to"], "--yes").status == 0
    left = matches(served, ana)["matches"]
    assert first["match"] not in {one["match"] for one in left}
    assert all(first["to"] not in pair for pair in settled(served, ana))


def test_a_match_that_is_not_there_is_said(served: Host, ola: str) -> None:
    check_sentence(served.here("match", ola, "--confirm", "m-0000000000000000"), 1)
    check_sentence(served.here("match", "nobody"), 1)
