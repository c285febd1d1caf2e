"""`pod identify`: what files are and hold, in folders and archives too, or why not."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypedDict

from importers import by_format
from importers.archive import Unreadable
from importers.contract import Match, Options
from importers.options import example, needed, with_name
from pod.cli.progress import Bar
from pod.cli.terms import CommandProblem, Commands, answer, command
from pod.flows.sorted_out import Claimed, Passed, sorted_out
from pod.flows.sources import opened
from pod.intake.contents import Contents, contents
from vocab.glossary import glossary
from vocab.kinds import KINDS


class Identified(TypedDict):
    """What one file is: `format` is "" where `reason` says why it cannot be read.

    `options` name what it does not say itself.
    """

    file: str
    format: str
    title: str
    holder: str
    holds: dict[str, int]
    series: dict[str, int]
    first: str | None
    last: str | None
    rejected: int
    options: list[str]
    reason: str


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "identify", _identify, "say what files are and hold; store nothing")
    made.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a file, a folder or an archive"
    )


def check_paths(paths: Iterable[Path], format_: str | None = None) -> None:
    """Raises CommandProblem for a path where nothing is, and for a format that there is not."""
    if format_ is not None and by_format(format_) is None:
        raise CommandProblem(f"there is no format `{format_}`; `pod formats` lists them", 2)
    for path in paths:
        if not path.is_file() and not path.is_dir():
            raise CommandProblem(f"{path.name} cannot be read; check its name", 2)


async def _identify(chosen: Namespace) -> int:
    check_paths(chosen.files)
    found: list[Identified] = []
    is_lost = False
    with Bar("files") as bar:
        for number, path in enumerate(chosen.files, 1):
            for one in sorted_out([path]):
                try:
                    found.append(_identified(one))
                except Unreadable as reason:
                    found.append(_unknown(one.name, str(reason)))
                    is_lost = True
            bar("reading", number, len(chosen.files))
    answer(chosen, found, *(line for one in found for line in _lines(one)))
    return 1 if is_lost else 0


def _identified(found: Claimed | Passed) -> Identified:
    """What a file is and holds. Raises Unreadable where it cannot even be looked at."""
    if isinstance(found, Passed):
        if found.lost:
            raise Unreadable(found.reason)
        return _unknown(found.name, found.reason)
    match = found.importer.recognise(found.file, found.head)
    held, holder = _read(found, match)
    return Identified(
        file=found.name,
        format=found.importer.format,
        title=found.importer.title,
        holder=holder,
        holds=dict(held.kinds),
        series=dict(held.series),
        first=held.first.isoformat() if held.first else None,
        last=held.last.isoformat() if held.last else None,
        rejected=held.rejected,
        options=[one.name for one in needed(match, found.importer)],
        reason="",
    )


def _read(found: Claimed, match: Match | None) -> tuple[Contents, str]:
    """What a source holds, and who gave it. Raises Unreadable."""
    with opened(found.source) as export:
        held = contents(found.importer.parse(export, with_name(Options(), match)))
    return held, found.importer.holder(found.head).name


def _unknown(name: str, reason: str) -> Identified:
    return Identified(
        file=name,
        format="",
        title="",
        holder="",
        holds={},
        series={},
        first=None,
        last=None,
        rejected=0,
        options=[],
        reason=reason,
    )


def _lines(found: Identified) -> Iterator[str]:
    if found["reason"]:
        yield f"{found['file']}: {found['reason']}"
        return
    yield f"{found['file']}: {found['title']}, from {found['holder']}"
    for kind, number in found["holds"].items():
        yield f"  {_label(kind)}: {number}"
    for series, number in found["series"].items():
        yield f"  points of the series {series}: {number}"
    if found["first"]:
        yield f"  from {found['first']} to {found['last']}"
    importer = by_format(found["format"])
    for option in importer.options if importer else ():
        if option.name in found["options"]:
            yield f"  --option {option.name}={example(option)}: {option.en}"
    if found["rejected"]:
        yield f"  rows that cannot be read: {found['rejected']}; `pod import --dry-run` says why"


def _label(kind: str) -> str:
    word = glossary().get(KINDS[kind].iri)
    return word.label["en"] if word else kind
