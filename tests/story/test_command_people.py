"""`pod people`: households that are written, checked, and found out when they are changed."""

import json
from pathlib import Path

import pytest
from commands import check_sentence
from serving import here

MADE = ("people", "--seed", "7", "--years", "1", "--events", "moving,baby")


def written(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_households_are_written_and_agree_and_a_changed_one_does_not(tmp_path: Path) -> None:
    several, one = tmp_path / "several", tmp_path / "one"
    done = here(*MADE, "--households", "2", "--to", str(several))
    assert (done.status, done.out) == (0, "2 households written\n")
    # A household does not depend on how many others are made.
    assert here(*MADE, "--to", str(one)).status == 0
    assert written(one) == {
        name: content
        for name, content in written(several).items()
        if name.startswith("household-0001/")
    }
    assert here("people", "--check", str(several)).out == "2 households, 2 agree\n"
    answers = one / "household-0001" / "answers.json"
    sheet = json.loads(answers.read_text(encoding="utf-8"))
    sheet["accounts"][0]["movements"] += 1
    answers.write_text(json.dumps(sheet), encoding="utf-8")
    done = here("people", "--check", str(one), "--json")
    assert done.status == 1
    assert done.json()[0]["wrong"] != []


def test_what_cannot_be_made_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check_sentence(here("people"), 2)
    check_sentence(here("people", "--households", "0", "--to", str(tmp_path)), 2)
    check_sentence(here("people", "--events", "lottery", "--to", str(tmp_path)), 2)
    check_sentence(here("people", "--from", "2024-02-29", "--to", str(tmp_path)), 2)
    check_sentence(here("people", "--from", "1899-01-01", "--to", str(tmp_path)), 2)
    check_sentence(here("people", "--years", "900", "--to", str(tmp_path)), 2)
    check_sentence(here("people", "--check", str(tmp_path)), 1)
    monkeypatch.chdir(tmp_path)
    check_sentence(here("people", "--check", "."), 1)
