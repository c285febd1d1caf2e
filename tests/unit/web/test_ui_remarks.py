"""What importers say of rows, in French."""

import json
from pathlib import Path

import pytest

from pod.web.ui.remarks import remark_in_french

ANEW = (
    "if a program saved the file anew, download it again",
    "si un programme a enregistré le fichier de nouveau, téléchargez-le encore une fois",
)
GOLDEN = Path(__file__).parents[2] / "importers"


@pytest.mark.parametrize(
    ("said", "french"),
    [
        ("this day does not exist", "ce jour n'existe pas"),
        ("column `Montant`: this is not a number", "colonne « Montant » : ce n'est pas un nombre"),
        (
            f"`day` was left out: this is not a date: {ANEW[0]}",
            f"« day » est laissé de côté : ce n'est pas une date : {ANEW[1]}",
        ),
        ("TRNAMT is missing or is not a number", "« TRNAMT » manque, ou n'est pas un nombre"),
        ("voltages that cannot be read: 3 of 12", "tensions illisibles : 3 sur 12"),
        ("nobody has ever said this", ""),
        ("column `x`: nobody has ever said this", ""),
        ("", ""),
    ],
)
def test_a_remark_is_said_in_french_whatever_it_names(said, french):
    found = remark_in_french(said).replace("\u202f", " ")
    assert found.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") == french


def test_what_importers_say_of_our_examples_has_words_in_french():
    told = [json.loads(file.read_bytes()) for file in GOLDEN.rglob("*.expected")]
    said = {problem["message"] for one in told for problem in one["problems"]}
    without = sorted(one for one in said if not remark_in_french(one))
    # What a new format says may wait for its words, and most never does.
    assert len(said) > 300
    assert len(without) <= len(said) * 0.05, without
