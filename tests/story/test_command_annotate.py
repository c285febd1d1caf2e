"""What the person says of a record by the command line, beside what the holder says."""

import pytest
from commands import app, check_sentence
from household import BANK
from serving import Host

FIRST = "SELECT ?x { ?x a <https://w3id.org/selfdata/ns#BankTransaction> } ORDER BY ?x LIMIT 1"
BOTH = """
PREFIX sd: <https://w3id.org/selfdata/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?x ?stated (COALESCE(?mine, ?stated) AS ?amount) {
  ?x a sd:BankTransaction ; sd:amount ?stated .
  OPTIONAL { ?c a sd:Correction ; rdf:subject ?x ; rdf:predicate sd:amount ; rdf:object ?mine }
} ORDER BY ?x LIMIT 1
"""


@pytest.mark.spec("Self Data CAP-22")
def test_her_word_is_beside_the_holders_and_outlives_an_import(served: Host, ana: str, bank: str):
    words = ("import", bank, "--pod", ana, "--holder", BANK, "--json")
    served.here(*words)
    record = served.here("query", ana, FIRST).json()["results"]["bindings"][0]["x"]["value"]
    owner = app(served, ana)
    before = owner.get(record.partition("#")[0]).body
    assert served.here("correct", ana, record, "sd:amount", "-1.23").status == 0
    assert served.here("categorise", ana, record, "food").status == 0
    assert served.here("note", ana, record, "à vérifier").status == 0
    (again,) = served.here(*words).json()
    assert (again["same"], again["updated"]) == (20, 0)
    assert owner.get(record.partition("#")[0]).body == before
    (row,) = served.here("query", ana, BOTH).json()["results"]["bindings"]
    assert (row["x"]["value"], row["amount"]["value"]) == (record, "-1.23")
    assert row["stated"]["value"] != "-1.23"
    (state,) = served.here("history", ana, record, "--json").json()
    assert (state["until"], len(state["imports"])) == (None, 1)
    # What the bank does not say she says too, in her words.
    assert served.here("correct", ana, record, "category", "alimentation").status == 0
    done = served.here("correct", ana, record, "montant signé", "2,50", "--json").json()
    assert done["https://w3id.org/selfdata/ns#amount"] == ["2.5"]
    assert done["https://w3id.org/selfdata/ns#category"][0].endswith("food")
    check_sentence(served.here("correct", ana, record, "sd:amount", "much"), 2)
    check_sentence(served.here("correct", ana, record, "colour", "red"), 2)
    told = served.here("history", ana, record, "--at", "2020-01-01")
    check_sentence(told, 1)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        pytest.param(["note", "{pod}data/x.ttl#y", "hello"], 1, id="no record"),
        pytest.param(["note", "https://elsewhere.example/#y", "hello"], 1, id="elsewhere"),
        pytest.param(["history", "{pod}data/x.ttl#y"], 1, id="no history"),
    ],
)
def test_what_is_no_record_is_said(served: Host, ola: str, words: list[str], status: int) -> None:
    family, record, *rest = words
    filled = record.format(pod=f"{served.base}{ola}/")
    check_sentence(served.here(family, ola, filled, *rest), status)
