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
UNLIKE = """
PREFIX sd: <https://w3id.org/selfdata/ns#>
SELECT ?t { ?t a sd:BankTransaction FILTER NOT EXISTS { ?x sd:settledBy ?t } } ORDER BY ?t LIMIT 1
"""
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


def take(served: Host, ana: str, *files: tuple[str, str]) -> None:
    for file, holder in files:
        assert served.here("import", file, "--pod", ana, "--holder", holder).status == 0


def test_a_bill_finds_its_payment_and_what_is_new_adds_to_it(
    served: Host, ana: str, files: list[tuple[str, str]]
) -> None:
    bank, bill, *others = files
    take(served, ana, bank)
    assert matches(served, ana)["matches"] == []
    take(served, ana, bill)
    (first,) = matches(served, ana)["matches"]
    assert (first["standing"], first["byPerson"]) == ("linked", False)
    assert settled(served, ana) == {(first["from"], first["to"])}
    again = matches(served, ana)
    assert (again["matches"], again["changed"], again["read"]) == ([first], 0, 0)
    take(served, ana, *others)
    grown = matches(served, ana)
    assert first in grown["matches"]
    assert len(grown["matches"]) == 1 + len(others) > 1
    assert 0 < grown["changed"] < grown["read"]
    # What is found bit by bit is what is found at once.
    owner = app(served, ana)
    for name in ("2024.ttl", "looked.ttl"):
        owner.call("DELETE", f"{served.base}{ana}/annotations/matches/{name}")
    assert settled(served, ana) == set()
    assert matches(served, ana)["matches"] == grown["matches"]
    # Nothing that a holder gave has changed.
    assert b"settledBy" not in owner.get(first["from"].partition("#")[0]).body


def test_a_premium_finds_its_contract_however_old_that_is(
    served: Host, ana: str, files: list[tuple[str, str]], tmp_path: Path
) -> None:
    whole = made(home(7, 2, SPAN))
    given = next(one for one in whole.files if one.format == "mesinfos-maif-contract")
    contract = tmp_path / "contrats.json"
    contract.write_bytes(given.content.replace(b"2024-01-01", b"2016-01-01"))
    take(served, ana, (str(contract), given.holder))
    assert matches(served, ana)["matches"] == []
    take(served, ana, files[0])
    found = [one for one in matches(served, ana)["matches"] if one["rule"] == "premium"]
    due = [link for link in whole.life.links if link.kind == "dueOf"]
    assert len(found) == len(due) > 1
    assert {one["standing"] for one in found} == {"linked"}


def test_the_person_has_the_last_word(served: Host, ana: str, files: list[tuple[str, str]]) -> None:
    take(served, ana, *files[:2])
    (first,) = matches(served, ana)["matches"]
    pair = first["from"], first["to"]
    # She rejects it, and whatever comes, it does not come back.
    assert served.here("match", ana, "--reject", first["match"]).status == 0
    assert settled(served, ana) == set()
    app(served, ana).call("DELETE", f"{served.base}{ana}/annotations/matches/looked.ttl")
    (kept,) = matches(served, ana)["matches"]
    assert (kept["match"], kept["standing"]) == (first["match"], "rejected")
    # And she may think better of it, or know what nobody could find.
    assert served.here("match", ana, "--confirm", first["match"]).status == 0
    assert settled(served, ana) == {pair}
    other = served.here("query", ana, UNLIKE).json()["results"]["bindings"][0]["t"]["value"]
    said = served.here("match", ana, "--link", pair[0], other, "--json").json()
    assert (said["confidence"], said["byPerson"], said["rule"]) == (1, True, "invoice")
    assert settled(served, ana) == {pair, (pair[0], other)}
    assert served.here("check", "--pod", ana, "--shapes", "--json").json() == []
    # What is forgotten belongs to nothing.
    assert served.here("forget", ana, first["to"], "--yes").status == 0
    assert [one["to"] for one in matches(served, ana)["matches"]] == [other]
    assert settled(served, ana) == {(pair[0], other)}
    check_sentence(served.here("match", ana, "--link", other, pair[0]), 2)


def test_a_match_that_is_not_there_is_said(served: Host, ola: str) -> None:
    check_sentence(served.here("match", ola, "--confirm", "m-0000000000000000"), 1)
    check_sentence(served.here("match", "nobody"), 1)
