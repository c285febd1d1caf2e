"""A folder of anything, by the command line: each file is named, and what can be is taken in."""

import zipfile
from pathlib import Path

import pytest
from commands import count
from serving import Host, here

# Which day it is, only the name of the file says.
DAY = "Start time,End time,Step count\n08:00:00.000+02:00,08:15:00.000+02:00,12\n"


@pytest.fixture
def drawer(bank: str, tmp_path: Path) -> Path:
    """A folder with an archive in it, in which is an export, and a picture beside it."""
    folder = tmp_path / "drawer"
    folder.mkdir()
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 and so on")
    with zipfile.ZipFile(folder / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bank/releve.xml", Path(bank).read_bytes())
        archive.writestr("lisez-moi.txt", "Bonjour")
        archive.writestr("Fit/2024-03-31.csv", DAY)
    return folder


def test_each_file_is_named_with_what_it_holds_or_why_it_is_not_read(drawer: Path) -> None:
    done = here("identify", str(drawer), "--json")
    found = {one["file"]: one for one in done.json()}
    export = found.pop("drawer/all.zip!bank/releve.xml")
    assert (export["format"], export["holds"]["BankTransaction"]) == ("camt-053", 20)
    assert export["first"] <= export["last"]
    day = found.pop("drawer/all.zip!Fit/2024-03-31.csv")
    assert (day["options"], day["first"], sum(day["series"].values())) == ([], "2024-03-31", 1)
    assert {name: one["reason"].partition(":")[0] for name, one in found.items()} == {
        "drawer/photo.jpg": "this is a picture (JPEG)",
        "drawer/all.zip!lisez-moi.txt": "this is a text",
    }
    lines = here("identify", str(drawer)).out.splitlines()
    assert "  Bank transaction: 20" in lines


def test_what_a_file_does_not_say_of_itself_is_named(tmp_path: Path) -> None:
    weight = tmp_path / "weight-2024.json"
    weight.write_text('[{"logId": 1, "weight": 61.5, "date": "03/01/24", "time": "07:30:00"}]')
    (found,) = here("identify", str(weight), "--json").json()
    assert (found["format"], found["options"]) == ("fitbit-weight", ["weight-unit"])
    asked = "  --option weight-unit=kg|lb: the unit of the weight, which the file does not say"
    assert asked in here("identify", str(weight)).out.splitlines()


def test_a_folder_is_imported_file_by_file(served: Host, ana: str, drawer: Path) -> None:
    words = ("import", str(drawer), "--pod", ana)
    done = served.here(*words, "--json")
    assert (done.status, done.err) == (0, "")
    found = {one["file"]: one for one in done.json()}
    assert found["drawer/all.zip!bank/releve.xml"]["new"] == 20
    assert found["drawer/all.zip!Fit/2024-03-31.csv"]["new"] == 1
    assert found["drawer/photo.jpg"]["format"] == ""
    assert found["drawer/photo.jpg"]["problems"][0]["message"].startswith("this is a picture")
    assert count(served, ana) == 20
    lines = served.here(*words).out.splitlines()
    assert any(line.startswith("drawer/photo.jpg: this is a picture") for line in lines)


def test_a_path_where_nothing_is_is_refused_before_anything_is_read(
    served: Host, ana: str, drawer: Path
) -> None:
    done = served.here("import", str(drawer), "nowhere", "--pod", ana)
    assert (done.status, done.out) == (2, "")
    assert done.err == "pod: nowhere cannot be read; check its name\n"
    assert here("identify", "nowhere").status == 2
    assert here("import", str(drawer), "--pod", ana, "--format", "fax").status == 2


def test_a_file_that_is_not_taken_in_keeps_none_after_it_back(
    served: Host, ana: str, bank: str, drawer: Path
) -> None:
    files = (str(drawer / "photo.jpg"), bank, str(drawer / "photo.jpg"))
    done = served.here("import", *files, "--pod", ana, "--json")
    assert (done.status, [one["new"] for one in done.json()]) == (1, [20])
    assert done.err.splitlines() == 2 * [
        "pod: photo.jpg: this is a picture (JPEG): nothing in it can be imported"
    ]


def test_what_cannot_be_looked_at_is_something_wrong(tmp_path: Path) -> None:
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 and nothing more")
    done = here("identify", str(tmp_path), "--json")
    ((found),) = done.json()
    assert (done.status, found["format"]) == (1, "")
    assert found["reason"] == "the archive is damaged or cut short: download it anew"


def test_what_the_person_has_to_say_of_a_file_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "positions.csv"
    file.write_text("name;isin;quantity;buyingPrice;lastPrice;amount\nFonds;FR0;1;2,00;3,00;3,00\n")
    (found,) = here("identify", str(file), "--json").json()
    assert found["format"] == "boursorama-positions"
    needed = found["options"][0]
    told = here("identify", str(file)).out.splitlines()
    assert any(line.startswith(f"  --option {needed}=") for line in told)
