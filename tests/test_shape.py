"""The shape of the code: how long, under which names, and what is done in one place only."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ("acl", "importers", "pod", "vocab")
LONGEST = 400
NO_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "service", "handler"}
STATUS = re.compile(r"\b[45]\d\d\b")
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "X" + "XX")


def modules(*folders: str) -> list[Path]:
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


@cache
def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(text_of(file))


def path(file: Path) -> str:
    return str(file.relative_to(ROOT))


def called(node: ast.AST) -> str:
    """The last name of what a call calls."""
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def test_no_module_is_longer_than_can_be_held_in_mind():
    lines = {
        path(file): len(text_of(file).splitlines()) for file in modules(*SOURCE, "bench", "tests")
    }
    assert {name for name, count in lines.items() if count > LONGEST} == set()


def test_no_module_is_a_bag():
    words = {file: {*file.stem.split("_"), *file.parts} for file in modules(*SOURCE, "bench")}
    words |= {file: {file.stem, *file.parts} for file in modules("tests")}
    assert [path(file) for file, parts in words.items() if NO_NAMES & parts] == []


@pytest.mark.parametrize("mark", UNFINISHED)
def test_nothing_is_left_to_be_done(mark):
    files = modules(*SOURCE, "bench", "tests")
    assert [path(file) for file in files if re.search(rf"\b{mark}\b", text_of(file))] == []


def test_only_the_decision_makes_a_grant():
    made = {
        path(file)
        for file in modules(*SOURCE)
        if "Grant(" in text_of(file)
        for node in ast.walk(parsed(file))
        if called(node) == "Grant"
    }
    assert made == {"acl/decide.py"}


def test_only_the_reply_knows_the_status_of_a_problem():
    problems = {
        node.name
        for node in parsed(ROOT / "pod/problems.py").body
        if isinstance(node, ast.ClassDef)
    } | {"Refused"}
    assert len(problems) > 10
    found = {
        path(file)
        for file in modules("pod")
        if STATUS.search(text_of(file))
        for node in ast.walk(parsed(file))
        if _ties_a_problem_to_a_number(node, problems)
    }
    assert found == {"pod/web/reply.py"}


def _ties_a_problem_to_a_number(node: ast.AST, problems: set[str]) -> bool:
    """Whether a mapping, a case or an except clause turns a problem into a status."""
    if isinstance(node, ast.Dict):
        return any(_names(key) & problems for key in node.keys if key) and _has_status(node)
    if isinstance(node, ast.ExceptHandler | ast.match_case):
        kind = node.type if isinstance(node, ast.ExceptHandler) else node.pattern
        return bool(kind and _names(kind) & problems) and _has_status(node)
    return False


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _has_status(node: ast.AST) -> bool:
    numbers = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return any(type(number) is int and 400 <= number < 600 for number in numbers)


def test_nothing_is_mocked():
    mock = "unittest" + ".mock"
    files = modules("tests")
    assert [path(file) for file in files if mock in text_of(file)] == []


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def asserts(function: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Assert) or called(node) in {"raises", "warns", "fail"}
        for node in ast.walk(function)
    )


def test_every_test_can_fail():
    found = [
        (file, function, asserts(function))
        for file in modules("tests")
        for function in functions(parsed(file))
    ]
    asserting = {function.name for _, function, is_so in found if is_so}
    idle = [
        f"{path(file)}::{function.name}"
        for file, function, is_so in found
        if function.name.startswith("test_")
        and not is_so
        and not any(called(node) in asserting for node in ast.walk(function))
    ]
    assert idle == []
