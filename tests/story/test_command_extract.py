"""Data given back once more, by the command line."""

import zipfile
from pathlib import Path

from serving import Host


def test_bank_lines_are_given_back_and_can_be_taken_again(
    served: Host, ana: str, bank: str, tmp_path: Path
) -> None:
    assert served.here("import", bank, "--pod", ana).status == 0
    file = tmp_path / "lines.ofx"
    words = ("extract", ana, "--as", "ofx", "--to", str(file))
    done = served.here(*words, "--json")
    others = done.json().pop("others")
    assert (done.status, done.json()) == (
        0,
        {"file": "lines.ofx", "count": 20, "left_out": 0, "others": others},
    )
    (told,) = served.here("identify", str(file), "--json").json()
    assert told["holds"]["BankTransaction"] == 20
    again = served.here(*words)
    assert (again.status, again.out) == (2, "")
    assert again.err == "pod: lines.ofx is there already or cannot be written\n"
    journal = served.here("journal", ana, "--json").json()
    assert "EXTRACT" in {line["action"] for line in journal}


def test_a_class_is_given_back_with_its_dictionary(
    served: Host, ana: str, bank: str, tmp_path: Path
) -> None:
    assert served.here("import", bank, "--pod", ana).status == 0
    file = tmp_path / "lines.zip"
    words = ("extract", ana, "--as", "csv", "--to", str(file))
    assert served.here(*words).status == 2
    assert (
        served.here(*words, "--class", "Trip").err
        == "pod: there is nothing of that in this space\n"
    )
    assert not file.exists()
    assert served.here(*words, "--class", "BankTransaction", "--language", "fr").status == 0
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        rows = archive.read("donnees.csv").decode("utf-8-sig").splitlines()
    assert names == ["donnees.csv", "dictionnaire.csv", "chiffres.csv", "LISEZMOI.txt"]
    assert len(rows) == 21
    assert rows[0].startswith("adresse,date,compte,détenteur,montant signé")
