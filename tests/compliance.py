"""docs/compliance.md: which test shows which clause, and what is not done, with the reason.

The clauses are those of the marks on the tests (`@pytest.mark.spec`); what each is about, and what
is not done, is in tests/spec/requirements.tsv. `python tests/compliance.py` says whether the page
is up to date, with `--write` it writes it; `python -m pytest --compliance` prints it.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import verdicts
from verdicts import DISPUTED

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "compliance.md"
TABLE = ROOT / "tests" / "spec" / "requirements.tsv"

INTRODUCTION = """# Compliance

What the specifications ask for, and the tests that show it. This page is written by
`python tests/compliance.py --write`; a test keeps it true. *Practice* is what no specification
asks for, but clients in use rely on, or what had to be decided where a specification is silent.
*Self Data* is what a person needs of a pod of her own, whatever specifications say.
"""

SELF_DATA = "Self Data "  # begins the clauses of what no specification of Solid is about

JUDGES = """
## Foreign judges

Clients in use, official tests and tests of client libraries, run against this server and against
Community Solid Server 7.2.0 (CSS), with its data in memory. `python tests/judges/compare.py` and
`python tests/judges/official.py` ask anew; `make test` asks the clients each time, of this server.
"""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A row of the table: `clauses` are those of marks.

    `reason` says why it is not done, for as long as no test shows all of its clauses.
    """

    row: str
    level: str
    text: str
    clauses: tuple[str, ...]
    reason: str

    @property
    def is_self_data(self) -> bool:
        return any(clause.startswith(SELF_DATA) for clause in self.clauses)


def requirements() -> tuple[Requirement, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return tuple(
            Requirement(row, level, text, tuple(clauses.split("; ")) if clauses else (), reason)
            for row, level, text, clauses, reason in rows
        )


def shown(items: Iterable[pytest.Item]) -> Mapping[str, Sequence[str]]:
    """The test functions by clause, both in order."""
    found = defaultdict(set)
    for item in items:
        for mark in item.iter_markers("spec"):
            found[mark.args[0]].add(item.nodeid.partition("[")[0])
    return {clause: sorted(found[clause]) for clause in sorted(found)}


def document(items: Iterable[pytest.Item]) -> str:
    """The whole page."""
    return "\n".join(_lines(shown(items), requirements()))


def _lines(tests: Mapping[str, Sequence[str]], table: Sequence[Requirement]) -> Iterator[str]:
    yield INTRODUCTION
    yield "## Solid servers\n"
    yield from _done([one for one in table if not one.is_self_data], tests)
    yield "\n## Self Data\n"
    yield from _done([one for one in table if one.is_self_data], tests)
    yield "\n## Not done\n\n| row | requirement | clause | why |\n|---|---|---|---|"
    for one in table:
        if not _is_done(one, tests):
            yield f"| {one.row} | {one.text} | {', '.join(one.clauses)} | {one.reason} |"
    known = {clause for one in table for clause in one.clauses}
    yield from _judged()
    yield "\n## Other clauses\n\n| clause | tests |\n|---|---|"
    for clause, names in tests.items():
        if clause not in known:
            yield f"| {clause} | {_names(names)} |"
    yield ""


def _done(table: Sequence[Requirement], tests: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield "| row | level | requirement | clause | tests |\n|---|---|---|---|---|"
    for one in table:
        if _is_done(one, tests):
            for clause in one.clauses:
                names = _names(tests.get(clause, ()))
                yield f"| {one.row} | {one.level} | {one.text} | {clause} | {names} |"


def _judged() -> Iterator[str]:
    """What foreign judges said, of this server and of the one it is compared with."""
    yield JUDGES
    yield "| judge | version | cases | passed here | passed by CSS |\n|---|---|---|---|---|"
    kept = verdicts.read()
    for one in kept:
        here, theirs = one.cases - len(one.here), one.cases - len(one.community)
        yield f"| {one.judge} | {one.version} | {one.cases} | {here} | {theirs} |"
    yield "\n| judge | case that does not pass here | why it stays so |\n|---|---|---|"
    for one in kept:
        for case in one.here:
            yield f"| {one.judge} | {case} | {DISPUTED[one.judge, case]} |"


def _is_done(one: Requirement, tests: Mapping[str, Sequence[str]]) -> bool:
    return not one.reason or (bool(one.clauses) and all(clause in tests for clause in one.clauses))


def _names(tests: Sequence[str]) -> str:
    """Where the tests are: files, and of those over HTTP the tests by name."""
    files: dict[str, list[str]] = {}
    for test in tests:
        file, _, name = test.partition("::")
        names = files.setdefault(file.removeprefix("tests/"), [])
        if not file.startswith("tests/unit/"):
            names.append(name.rpartition("::")[2].removeprefix("test_"))
    return "<br>".join(f"`{file}`{_listed(names)}" for file, names in files.items())


def _listed(names: Sequence[str]) -> str:
    return f": {', '.join(names)}" if names else ""


class Collected:
    """The tests that a run of pytest would run."""

    def __init__(self) -> None:
        self.items: list[pytest.Item] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = list(session.items)


def collected() -> list[pytest.Item]:
    """All tests of the project, collected and not run."""
    found = Collected()
    words = ["--collect-only", "--quiet", "--quiet", "--no-summary", str(ROOT / "tests")]
    status = pytest.main(words, plugins=[found])
    if status is not pytest.ExitCode.OK:
        raise SystemExit("some tests cannot be collected; run pytest to see why")
    return found.items


if __name__ == "__main__":
    page = document(collected())
    if "--write" in sys.argv:
        PAGE.write_text(page, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page:
        raise SystemExit("docs/compliance.md is not up to date; write it with --write")
