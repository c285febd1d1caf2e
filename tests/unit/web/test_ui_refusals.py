"""What did not work is said in French on French pages: each sentence that can come to a page."""

import ast
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
    "flows/organisations.py",
    "flows/own_spaces.py",
    "web/account/pages",
)
TOLD = {"Malformed", "Conflict", "Unprocessable", "Forbidden", "TooMany", "NotFound"}
BY_COMMAND = {"there is no account `7` with a password"}


def raised(place: str) -> Iterator[str]:
    """The sentences of the problems that a module, or those of a folder, may tell of."""
    at = ROOT / place
    for file in sorted(at.rglob("*.py")) if at.is_dir() else [at]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TOLD:
                yield from map(sentence, node.args[:1])


def sentence(said: ast.expr) -> str:
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
    assert in_words(said, "en") == said


def test_what_is_not_known_is_said_as_it_is():
    assert in_words("something new", "fr") == "something new"
