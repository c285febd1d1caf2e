"""A record that the person writes by the command line: hers, beside what holders say."""

import pytest
from commands import app, check_sentence, count
from household import BANK
from serving import Host, here

GRADE = ("Grade", "ratingValue=15,5", "nom=Maths", "date=2026-03-31")
MARKS = """
PREFIX sd: <https://w3id.org/selfdata/ns#>
SELECT ?x ?mark ?by ?origin {
  ?x a sd:Grade ; <https://schema.org/ratingValue> ?mark ; sd:holder ?by ; sd:dataOrigin ?origin
}
"""


def test_the_classes_and_what_they_take_are_told_in_both_languages() -> None:
    classes = here("classes", "--json").json()
    assert {"BankTransaction", "Grade"} <= {one["class"] for one in classes}
    assert {"Series", "SeriesChunk", "Holder"}.isdisjoint(one["class"] for one in classes)
    members = here("classes", "note ou évaluation", "--json").json()
    value = next(one for one in members if one["property"] == "schema:ratingValue")
    assert (value["required"], value["label"]) == (True, {"fr": "note", "en": "mark"})
    lines = here("classes", "Grade", "--language", "fr").out.splitlines()
    assert "  sd:date: date; un jour, comme 2026-03-31" in lines
    check_sentence(here("classes", "Nothing"), 2)


@pytest.mark.spec("Self Data CAP-22")
@pytest.mark.spec("Self Data DAT-83")
def test_what_she_writes_is_hers_and_can_be_corrected_and_removed(served: Host, ana: str) -> None:
    said = served.here("add", ana, *GRADE, "--id", "maths", "--json").json()
    record, me = said["record"], f"{served.base}{ana}/profile/card#me"
    assert said == {
        "record": f"{served.base}{ana}/data/education/self/grades.ttl#id-maths",
        "outcome": "new",
    }
    (row,) = served.here("query", ana, MARKS).json()["results"]["bindings"]
    assert (row["mark"]["value"], row["by"]["value"]) == ("15.5", me)
    assert row["origin"]["value"].endswith("provided")
    assert app(served, ana).get(record.partition("#")[0]).status == 200
    assert served.here("add", ana, *GRADE, "--id", "maths").out.startswith(f"{record}\nyou have")
    assert served.here("correct", ana, record, "schema:ratingValue", "16").status == 0
    changed = served.here("add", ana, "Grade", "note=14", "--id", "maths", "--json").json()
    assert changed == {"record": record, "outcome": "updated"}
    states = served.here("history", ana, record, "--json").json()
    marks = [one["said"]["https://schema.org/ratingValue"] for one in states]
    assert marks == [["15.5"], ["14"]]
    assert served.here("forget", ana, record, "--yes").status == 0
    assert served.here("query", ana, MARKS).json()["results"]["bindings"] == []


@pytest.mark.spec("Self Data CAP-22")
def test_it_stands_beside_what_a_bank_says_and_all_of_it_can_go(
    served: Host, ana: str, bank: str
) -> None:
    words = ("import", bank, "--pod", ana, "--holder", BANK, "--json")
    served.here(*words)
    account = f"account={served.base}{ana}/data/bank/self/accounts.ttl#cash"
    cash = ("BankTransaction", "date=2026-03-02", "amount=-4", "sourceLabel=Marché", account)
    served.here("add", ana, *cash)
    assert count(served, ana) == 21
    (again,) = served.here(*words).json()
    assert (again["same"], again["new"], again["updated"]) == (20, 0, 0)
    gone = served.here("forget", ana, "--holder", f"{served.base}{ana}/profile/card#me", "--yes")
    assert (gone.status, count(served, ana)) == (0, 20)
    assert app(served, ana).get(f"{served.base}{ana}/data/bank/self/").status == 404


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("Grade",), id="nothing is said"),
        pytest.param(("Grade", "15"), id="no property"),
        pytest.param(("Grade", "colour=red"), id="an unknown property"),
        pytest.param(("Grade", "date=2026-03-31"), id="against the shape"),
        pytest.param(("Leave", "days=2", "--on", "soon"), id="no day"),
        pytest.param(("Nothing", "a=b"), id="an unknown class"),
    ],
)
def test_what_cannot_be_kept_is_said_in_a_sentence(
    served: Host, ola: str, words: tuple[str, ...]
) -> None:
    check_sentence(served.here("add", ola, *words), 2)
