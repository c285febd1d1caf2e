"""What files are held to, and what sort they are, in the words of pages."""

import json
import re
from pathlib import Path

import pytest

import importers
from importers import known
from pod.http.language import LANGUAGES
from pod.web.ui.checks import check_named, check_said
from pod.web.ui.kinds import format_named, giver_said
from pod.web.ui.words import words

BRANDS = {"n3rgy", "qutebrowser"}
GOLDEN = Path(__file__).parents[2] / "importers"


@pytest.mark.parametrize(
    ("name", "french"),
    [
        ("Stmt[2]: sum of credits", "Total des entrées, relevé 2"),
        ("/a/B[1]/Stmt[1]: number of debits", "Nombre de sorties, relevé 1"),
        ("main: number of entries", "Nombre d\N{RIGHT SINGLE QUOTATION MARK}opérations, compte"),
        (
            "energy in kWh of 2020-12-01T06:00:00+01:00/2020-12-03T06:00:00+01:00",
            "Énergie en kWh, du 1er décembre 2020 au 3 décembre 2020",
        ),
        ("transfer of Ameli on 2026-03-12", "Virement Ameli, 12 mars 2026"),
        ("signature of card 2", "Signature, carte 2"),
        ("nobody has ever held this", "nobody has ever held this"),
    ],
)
def test_a_check_is_named_in_french_whatever_it_is_of(name, french):
    assert check_named(name, "fr") == french


def test_a_check_that_failed_says_both_figures_as_they_are_written():
    failed = {"name": "main: sum of debits", "expected": "1234.50", "got": "-2", "ok": False}
    assert (
        check_said(failed, "en")
        == "Money out, account: we count \N{MINUS SIGN}2, the file says 1,234.50"
    )
    signed = {"name": "signature of card 1", "expected": "valid", "got": "invalid", "ok": False}
    french = check_said(signed, "fr").replace("\u202f", " ")
    assert french == "Signature, carte 1 : fausse"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_check_of_our_examples_is_named(language):
    told = [json.loads(file.read_bytes()) for file in GOLDEN.rglob("*.expected")]
    names = {check["name"] for one in told for check in one["checks"]}
    assert len(names) > 60
    assert [name for name in names if check_named(name, language) == name] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sort_of_files_has_a_name_of_its_own(language):
    said = words(language)
    formats = {one.format for one in known()}
    assert {f"format.{name}" for name in formats} == {
        key for key in said if key.startswith("format.")
    }
    names = [format_named(name, "", language) for name in formats]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_gave_a_file_that_does_not_say_it_is_named(language):
    """Names that an importer makes up in one language are none on a page of the other."""
    hints = re.compile(r'HolderHint\([^()]*?name="([^"]+)"')
    code = Path(importers.__file__).parent.rglob("*.py")
    made_up = {
        name
        for file in code
        for name in hints.findall(file.read_text(encoding="utf-8"))
        if name[0].islower()
    } - BRANDS
    assert len(made_up) > 10
    assert [name for name in made_up if giver_said(name, language) == name] == []
