"""What did not work is said in French on French pages: each sentence that can come to a page."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pod
from pod.web.ui.refusals import in_words

ROOT = Path(pod.__file__).parent
PLACES = (
    "account/email.py",
    "account/passkeys.py",
    "account/passwords.py",
    "consent/answer.py",
    "consent/reduction.py",
    "flows/account",
    "flows/consent/pause.py",
    "flows/consent/reduce.py",
    "flows/consent/resume.py",
    "flows/arrivals.py",
    "flows/erase.py",
    "flows/erasure.py",
    "flows/extract.py",
    "flows/oidc/apps.py",
    "flows/oidc/end_session.py",
    "flows/oidc/interact.py",
    "flows/organisations.py",
    "flows/own_spaces.py",
    "flows/uploads.py",
    "flows/view",
    "web/account/pages",
)
TOLD = {"Malformed", "Conflict", "Unprocessable", "Forbidden", "TooMany", "NotFound"}
BY_COMMAND = {
    "there is no account `7` with a password",
    "choose a WebID first, with `controls.oidc.webId`",
}


def raised(place: str) -> Iterator[str]:
    """The sentences of the problems that a module, or those of a folder, may tell of."""
    at = ROOT / place
    for file in sorted(at.rglob("*.py")) if at.is_dir() else [at]:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        named = {
            one.targets[0].id: one.value
            for one in tree.body
            if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TOLD:
                said = node.args[0] if node.args else None
                yield sentence(named.get(getattr(said, "id", ""), said))


def sentence(said: ast.expr | None) -> str:
    """A sentence with 7 in its blanks; "" where it is made elsewhere."""
    if isinstance(said, ast.JoinedStr):
        return "".join(
            str(one.value) if isinstance(one, ast.Constant) else "7" for one in said.values
        )
    return str(said.value) if isinstance(said, ast.Constant) else ""


SENTENCES = sorted({one for place in PLACES for one in raised(place)} - {"", *BY_COMMAND})


def test_there_are_sentences_to_look_at():
    assert len(SENTENCES) > 60


@pytest.mark.parametrize("said", SENTENCES)
def test_each_problem_is_said_in_french(said):
    french = in_words(said, "fr")
    assert french != said
    assert ("7" in said) <= ("7" in french or "code" in said)
    assert french[0].islower()
    assert not french.endswith(".")
    english = in_words(said, "en")
    assert not re.search(r"\b(?:WebID|pod|grant|credentials|login|IRI|token|record)\b", english)


def test_what_is_not_known_is_no_english_to_who_reads_french():
    assert in_words("something new", "en") == "something new"
    assert in_words("something new", "fr").startswith("ce n")
