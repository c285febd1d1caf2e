"""The page of compliance says what the tests show, and every clause that is cited is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from compliance import PAGE, ROOT, document, requirements

ANCHORS = frozenset((ROOT / "tests/spec/anchors.txt").read_text(encoding="utf-8").splitlines())
KNOWN = (
    "Solid Protocol",
    "WAC",
    "LDN",
    "WebID Profile",
    "Notifications",
    "LWS",
)
CITED = re.compile(rf"(?:{'|'.join(KNOWN)}) §[0-9.]+ #[A-Za-z0-9-]*[A-Za-z0-9](?![A-Za-z0-9-])")


def part(title: str) -> list[str]:
    """The rows of a table of the page."""
    text = PAGE.read_text(encoding="utf-8").partition(f"## {title}\n")[2].partition("\n## ")[0]
    return [line for line in text.splitlines() if line.startswith("| ")][1:]


def test_the_page_is_what_the_tests_say(request):
    files = {item.path for item in request.session.items}
    if files == set((ROOT / "tests").rglob("test_*.py")) and not request.config.option.keyword:
        assert document(request.session.items) == PAGE.read_text(encoding="utf-8")
        return
    # Only some tests were collected, so all are once more, by a process of its own.
    words = [sys.executable, str(ROOT / "tests" / "compliance.py")]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_every_requirement_is_shown_or_says_why_it_is_not_done():
    done = part("Solid servers") + part("Self Data")
    untested = [line for line in done if line.endswith("|  |")]
    unreasoned = [one.row for one in requirements() if not one.clauses and not one.reason]
    assert (untested, unreasoned) == ([], [])
    assert len(done) + len(part("Not done")) >= len(requirements())


@pytest.mark.parametrize("ours", ["Practice", "Self Data"])
def test_no_mark_names_what_is_ours_and_not_in_the_table(ours):
    assert [line for line in part("Other clauses") if line.startswith(f"| {ours}")] == []


def test_rows_are_named_once():
    rows = [one.row for one in requirements()]
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("folder", ["acl", "importers", "pod", "tests", "vocab"])
def test_every_clause_that_is_cited_is_there(folder):
    cited = {
        (str(file.relative_to(ROOT)), clause)
        for file in Path(ROOT / folder).rglob("*.py")
        for clause in CITED.findall(file.read_text(encoding="utf-8"))
    }
    assert {(file, clause) for file, clause in cited if clause not in ANCHORS} == set()


def test_the_clauses_of_the_table_are_there():
    clauses = {clause for one in requirements() for clause in one.clauses}
    solid = {c for c in clauses if c.startswith(KNOWN)}
    assert solid - ANCHORS == set()
