"""What `pod import` prints of a file, as a value that JSON can hold."""

from typing import TypedDict

from pod.intake.plan import Summary
from pod.intake.provenance import Export


class ProblemLine(TypedDict):
    locator: str
    message: str


class CheckLine(TypedDict):
    name: str
    expected: str
    got: str
    ok: bool


class Report(TypedDict):
    """One file of an import.

    Of the same records `deleted` are deleted by the person, and stay so; of the rejected rows
    `conflict` contradict another statement; `withdrawn` are records that a complete export lacks.
    `resources` are the addresses of the documents that were written.
    """

    file: str
    format: str
    read: int
    new: int
    same: int
    updated: int
    rejected: int
    deleted: int
    conflict: int
    withdrawn: int
    problems: list[ProblemLine]
    checks: list[CheckLine]
    resources: list[str]


def report(export: Export, done: Summary, storage: str) -> Report:
    """The report on one file; `storage` is the root of the storage, with its slash."""
    return Report(
        file=export.filename,
        format=export.format,
        read=done.read,
        new=done.new,
        same=done.same,
        updated=done.updated,
        rejected=done.rejected,
        deleted=done.deleted,
        conflict=done.conflict,
        withdrawn=done.withdrawn,
        problems=_problems(done),
        checks=[
            CheckLine(name=c.name, expected=c.expected, got=c.got, ok=c.ok) for c in done.checks
        ],
        resources=[storage + path for path in done.paths],
    )


def _problems(done: Summary) -> list[ProblemLine]:
    found = [ProblemLine(locator=p.locator, message=p.message) for p in done.problems]
    if done.more:
        message = f"{done.more} more problems are not listed: put these right, and import again"
        found.append(ProblemLine(locator="/", message=message))
    return found


def passed_over(file: str, reason: str, *, lost: bool) -> Report:
    """The report on a file that no importer reads; `lost` where it could have been an export."""
    return Report(
        file=file,
        format="",
        read=int(lost),
        new=0,
        same=0,
        updated=0,
        rejected=int(lost),
        deleted=0,
        conflict=0,
        withdrawn=0,
        problems=[ProblemLine(locator="/", message=reason)],
        checks=[],
        resources=[],
    )


def succeeded(found: Report) -> bool:
    """Whether nothing was rejected and every check held: else `pod import` exits with 1."""
    return not found["rejected"] and all(check["ok"] for check in found["checks"])
