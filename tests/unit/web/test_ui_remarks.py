"""What importers say of rows, in French: every sentence that stands in their code."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import importers
from importers.declined import DECLINED
from pod.web.ui.reasons import in_french, plain
from pod.web.ui.remarks import place_said, remark_in_french, remark_said

ANEW = (
    "if a program saved the file anew, download it again",
    "si un programme a enregistré le fichier de nouveau, téléchargez-le encore une fois",
)
GOLDEN = Path(__file__).parents[2] / "importers"
CODE = Path(importers.__file__).parent
# What is said to who writes a mapping or types a command, and words of the exports themselves.
BY_COMMAND = {
    *("beginnings.py", "declined.py", "declined_platforms.py", "declined_services.py"),
    *("members.py", "options.py"),
    *("sight.py", "values.py", "draft.py", "forms.py", "guesses.py", "mapping.py", "outline.py"),
    *("properties.py", "transcript_columns.py"),
}
NO_SENTENCES = re.compile(
    r"^(?:issuer|school|credits) of (?:the|a) |^(?:number|sum) of |^registers of|^balances? |"
    r"^opening balance|^kilometres of|^(?:grand )?total|^(?:payments|matches|files) of|^tax by|"
    r"^allowances and|^(?:signature|lines|transfer) of|^not a|^energy in|^volume in|^shown |"
    r"^type:|^(?:scans|guesses|summaries|profiles) of|^a (?:member of it|date)|^for others|-of-|"
    r"^and |^of |^\[|^,|^(?:column `7`: this|this is not) 7?7$|7 near line"
)
ENGLISH = re.compile(
    r"\b(?:the|is|are|an?|of|this|not|no|it|and|in|to|with|from|has|have|by|for|was|were|on|than)\b"
)


def sentences(node: ast.AST) -> Iterator[str]:
    """The texts below a node, with 7 in their blanks; no docstrings, nor what options mean."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Option":
        return
    if isinstance(node, ast.keyword) and node.arg in {"fr", "en", "title", "name", "layouts"}:
        return
    if isinstance(node, ast.JoinedStr):
        parts = (one.value if isinstance(one, ast.Constant) else "7" for one in node.values)
        yield "".join(map(str, parts))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    else:
        for child in ast.iter_child_nodes(node):
            yield from sentences(child)


def spoken() -> set[str]:
    """Each sentence that an importer can say of a file."""
    every = (
        re.sub(r"\{\w*\}", "7", text)
        for file in CODE.rglob("*.py")
        if file.name not in BY_COMMAND
        for text in sentences(ast.parse(file.read_text(encoding="utf-8")))
    )
    return {
        text
        for text in every
        if re.match(r"[a-z`]", text)
        and len(text.split()) > 2
        and ENGLISH.search(text)
        and not NO_SENTENCES.search(text)
        and not re.search(r"[\\^\n]|\bSELECT\b", text)
    }


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
        ("the invoice has no buyer", "il manque quelque chose à la facture"),
        ("nobody has ever said this", ""),
        ("column `x`: nobody has ever said this", ""),
        ("{} and {0}", ""),
        ("column `a`: " * 40 + "nobody has ever said this", ""),
        ("", ""),
    ],
)
def test_a_remark_is_said_in_french_whatever_it_names(said, french):
    found = remark_in_french(said).replace("\u202f", " ")
    assert found.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") == french


def test_every_sentence_of_an_importer_has_words_in_french():
    said = spoken()
    without = sorted(one for one in said if not remark_in_french(one) and not in_french(one))
    assert len(said) > 700
    assert without == []


def test_what_importers_say_of_our_examples_has_words_in_french():
    told = [json.loads(file.read_bytes()) for file in GOLDEN.rglob("*.expected")]
    said = {problem["message"] for one in told for problem in one["problems"]}
    assert len(said) > 300
    assert [one for one in said if not remark_in_french(one)] == []


@pytest.mark.parametrize("one", DECLINED, ids=[one.what for one in DECLINED])
def test_why_a_known_file_is_left_aside_is_said_in_french(one):
    assert in_french(plain(f"this is {one.what}: {one.why}")).startswith(("c", "C"))


def test_who_reads_french_gets_no_english():
    assert remark_said("nobody has ever said this", "fr").startswith("nous ")
    assert remark_said("nobody has ever said this", "en") == "nobody has ever said this"


def test_how_a_command_is_told_something_is_not_said_on_pages():
    said = "the file does not say its day: say it with date=YYYY-MM-DD"
    assert remark_said(said, "en") == "the file does not say its day: say it below"


@pytest.mark.parametrize(
    ("locator", "english"),
    [
        ("/", "The whole file"),
        ("line=12", "Line 12"),
        ("page=2 line=3", "Page 2, line 3"),
        ("Lines!line=2", "Lines, line 2"),
        ("/a/2/b/0", "Item 3.1"),
        ("/Document/Stmt[1]/Ntry[3]", "Item 1.3"),
        ("/societaire", "“societaire”"),
        ("visits/9", "Item 9"),
    ],
)
def test_a_place_in_a_file_is_said_as_people_say_it(locator, english):
    assert place_said(locator, "en") == english
