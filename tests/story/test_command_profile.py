"""Extension profiles by the command line, and served by the server that starts next."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from client import call
from commands import app
from serving import Host, free_port, here

from tests.unit.vocab.test_profile import PREFIXES, WHOLE


def test_a_profile_is_checked_kept_served_and_taken_out(tmp_path: Path) -> None:
    file = tmp_path / "library.ttl"
    file.write_text(WHOLE.replace('"Prêt"@fr, ', ""), encoding="utf-8")
    wrong = here("profile", "check", str(file))
    assert (wrong.status, wrong.err) == (1, "pod: library.ttl: give Loan a label in fr\n")
    file.write_text(WHOLE, encoding="utf-8")
    host = Host(tmp_path / "data", free_port())
    added = host.here("profile", "add", str(file), "--json")
    assert added.json() == {"name": "library", "classes": ["https://bibliotheque.example/ns#Loan"]}
    (tmp_path / "data" / "profiles" / "broken.ttl").write_text("no Turtle")
    at = f"{host.base}ns/ext/"
    with host.serving():
        page = call("GET", f"{at}library", {"Accept": "text/html"})
        turtle = call("GET", f"{at}library", {"Accept": "text/turtle"})
        assert (page.status, turtle.status) == (200, 200)
        assert "Un livre emprunté." in page.text
        assert turtle.text == WHOLE
        assert call("GET", f"{at}broken").status == 404
    assert host.here("profile", "list", "--json").json() == ["broken", "library"]
    assert host.here("profile", "remove", "library").status == 0
    assert host.here("profile", "remove", "library").status == 1


LOAN = "https://bibliotheque.example/ns#Loan"


@pytest.mark.spec("Self Data DAT-27")
def test_what_an_app_writes_of_its_class_is_held_to_its_shape_as_to_ours(
    served: Host, ana: str, tmp_path: Path
) -> None:
    file = tmp_path / "library.ttl"
    file.write_text(WHOLE, encoding="utf-8")
    at = f"{served.base}{ana}/data/library/2026.ttl"
    assert served.here("profile", "add", str(file)).status == 0
    records = """
        <#good> a lib:Loan, sd:Record ; sd:holder <#it> ; prov:wasGeneratedBy <#import> ;
            sd:date "2026-03-01"^^xsd:date ; lib:returned "2026-03-20"^^xsd:date .
        <#bad> a lib:Loan, sd:Record ; sd:holder <#it> ; prov:wasGeneratedBy <#import> ;
            sd:date "2026-03-02"^^xsd:date ; lib:returned "soon" .
        <#ours> a sd:Interest, sd:Record ; sd:holder <#it> ; prov:wasGeneratedBy <#import> .
    """
    assert app(served, ana).put(at, (PREFIXES + records).encode()).status == 201
    assert served.here("check", "--pod", ana).status == 0
    told = served.here("check", "--pod", ana, "--shapes", "--json")
    assert told.status == 1
    assert {(one["about"].rpartition("#")[2], one["message"]) for one in told.json()} == {
        ("bad", "https://bibliotheque.example/ns#returned: give a well-formed date"),
        ("ours", "schema:about: give at least 1 of this property"),
    }
    returned = "https://bibliotheque.example/ns#returned"
    assert served.here("correct", ana, f"{at}#good", returned, "2026-03-21").status == 0
    refused = served.here("correct", ana, f"{at}#good", returned, "never")
    assert (refused.status, refused.err) == (2, f"pod: `{returned}`: give a well-formed date\n")
    made = tmp_path / "loans.zip"
    words = ("extract", ana, "--as", "csv", "--to", str(made), "--language", "fr")
    assert served.here(*words, "--class", LOAN).status == 0
    with zipfile.ZipFile(made) as archive:
        data = list(csv.DictReader(io.StringIO(archive.read("donnees.csv").decode("utf-8-sig"))))
        recipe = archive.read("LISEZMOI.txt").decode()
    assert [row["rendu le"] for row in data] == ["2026-03-20", "soon"]
    assert recipe.startswith("Prêt : 2 enregistrements")
    assert f"--class {LOAN} " in recipe
    assert served.here("profile", "remove", "library").status == 0
    unknown = served.here("extract", ana, "--as", "csv", "--to", str(made), "--class", LOAN)
    assert unknown.status == 2
