"""`pod import`: exports read into a pod."""

from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from importers import known
from importers.archive import Unreadable
from importers.contract import Options
from importers.mapped.linked import RML
from importers.mapped.table import MAPPING, MappedTable
from importers.options import hold
from importers.text import printable
from pod.cli.collector import settle
from pod.cli.identify import check_paths
from pod.cli.preview import preview
from pod.cli.progress import Bar
from pod.cli.rml import converted
from pod.cli.terms import (
    CommandProblem,
    Commands,
    absolute_iri,
    answer,
    command,
    complain,
    config_of,
    pod_of,
    server_of,
)
from pod.flows.add_files import NotTaken, Part, Wish, take_file
from pod.flows.context import Pod
from pod.flows.planned import Watch
from pod.flows.resumption import Resumption
from pod.flows.sorted_out import Claimed, Passed, Recogniser, as_one, sorted_out
from pod.intake.report import Report, passed_over, succeeded

MAPPED = MappedTable.format
_FILES = frozenset(
    option.name for importer in known() for option in importer.options if option.is_file
)


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "import", _import, "convert exports and store them in a pod")
    made.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="a file, a folder or an archive"
    )
    made.add_argument("--pod", required=True, help="the pod's name")
    made.add_argument("--format", help="the format, where it is not recognised")
    made.add_argument(
        "--holder", type=absolute_iri, help="the address of the organisation that gave it"
    )
    made.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="K=V",
        help="what the format asks for; K=@FILE gives what is in a file",
    )
    made.add_argument("--dry-run", action="store_true", help="report, and store nothing")


async def _import(chosen: Namespace) -> int:
    values = dict(_pair(text) for text in chosen.option)
    rml = values.pop(RML.name, "")
    async with AsyncExitStack() as made:
        if rml:
            check_paths(chosen.files)
            python = config_of(chosen).rml_python
            each = (converted(file, rml, python) for file in chosen.files)
            chosen.files = [await made.enter_async_context(one) for one in each]
        return await _imported(Options(values=values), chosen)


async def _imported(options: Options, chosen: Namespace) -> int:
    if MAPPING.name in options.values:
        # Who says what the columns are means the table, whatever else it looks like.
        chosen.format = chosen.format or MAPPED
    check_paths(chosen.files, chosen.format)
    recogniser = Recogniser(chosen.format)
    _check_options(options, chosen, recogniser)
    reports: list[Report] = []
    previews: list[str] = []
    refused: list[NotTaken] = []
    async with server_of(chosen) as server:
        settle()
        pod = await pod_of(server, chosen.pod)
        resumption = Resumption(chosen.files, options, chosen.holder, pod.store)
        try:
            for file in chosen.files:
                whole = _Whole(file, chosen, options, pod, resumption, recogniser)
                try:
                    async for done, shown in whole.reports():
                        reports.append(done)
                        previews += shown
                except NotTaken as reason:
                    refused.append(reason)
            resumption.end()
        finally:  # what was stored is told, though a file after it cannot be taken in
            if reports:
                lines = (line for one in reports for line in _lines(one))
                answer(chosen, reports, *_resumed(resumption), *lines, *previews)
    for one in refused:
        complain(str(one))
    has_failed = not all(succeeded(one) for one in reports)
    return max((int(has_failed), *(2 if each.asked else 1 for each in refused)))


def _check_options(options: Options, chosen: Namespace, recogniser: Recogniser) -> None:
    """Raises CommandProblem for an option that no file takes, before any file is taken in."""
    if not options.values:
        return
    found = _sorted(chosen.files, chosen.format, recogniser)
    importers = {one.importer.format: one.importer for one in found if isinstance(one, Claimed)}
    try:
        hold(options, tuple(importers.values()) or known())
    except ValueError as error:
        raise CommandProblem(str(error), 2) from error


def _sorted(
    paths: Iterable[Path], format_: str | None, recogniser: Recogniser
) -> Iterator[Claimed | Passed]:
    """What is there, file by file; the tables of a dump are one export."""
    return as_one(paths, format_) if format_ == MAPPED else sorted_out(paths, recogniser)


def _resumed(resumption: Resumption) -> Iterator[str]:
    """What is told of an import that goes on."""
    if resumption.passed:
        yield f"this import was interrupted; files taken in before that: {resumption.passed}"


@dataclass(frozen=True, slots=True)
class _Whole:
    """A path that was named: a folder, an archive, or one file."""

    path: Path
    chosen: Namespace
    options: Options
    pod: Pod
    resumption: Resumption
    recogniser: Recogniser

    async def reports(self) -> AsyncIterator[tuple[Report, tuple[str, ...]]]:
        """What became of each file of a folder or an archive, or of one file. Raises NotTaken.

        Beside it stand the first records of a table, where they are only to be looked at.
        """
        done, whole = 0, sum(one.weight for one in self._found() if isinstance(one, Claimed))
        with Bar(printable(self.path.name)) as bar:
            for found in self._found():
                weight = found.weight if isinstance(found, Claimed) else 0
                watch = bar if self._is_all(found) else Part(bar, done, weight, whole)
                try:
                    yield await self._report(found, watch), self._shown(found)
                except NotTaken as reason:
                    # Who names a file wants it to be imported; in a folder there may be anything.
                    if self._is_all(found):
                        raise NotTaken(f"{found.name}: {reason}", reason.asked) from reason
                    is_lost = isinstance(found, Claimed) or found.lost
                    yield passed_over(found.name, str(reason), lost=is_lost), ()
                done += weight

    def _found(self) -> Iterator[Claimed | Passed]:
        return _sorted([self.path], self.chosen.format, self.recogniser)

    def _shown(self, found: Claimed | Passed) -> tuple[str, ...]:
        if not self.chosen.dry_run or self.chosen.format != MAPPED or isinstance(found, Passed):
            return ()
        return tuple(preview(found, self.options))

    def _is_all(self, found: Claimed | Passed) -> bool:
        return found.name == printable(self.path.name)

    async def _report(self, found: Claimed | Passed, watch: Watch) -> Report:
        """What was done with a file, now or before it was interrupted. Raises NotTaken."""
        if isinstance(found, Passed):
            raise NotTaken(found.reason)
        if self.chosen.dry_run or (self._is_all(found) and len(self.chosen.files) == 1):
            return (await _taken(found, self.chosen, self.options, self.pod, watch))[0]
        try:
            report = self.resumption.before(found)
        except Unreadable as reason:
            raise NotTaken(str(reason)) from reason
        if report is None:
            report, sha256 = await _taken(found, self.chosen, self.options, self.pod, watch)
            self.resumption.note(found, sha256, report)
        return report


async def _taken(
    found: Claimed, chosen: Namespace, options: Options, pod: Pod, watch: Watch
) -> tuple[Report, str]:
    """What was done with a file, and its digest. Raises NotTaken."""
    wish = Wish(holder=chosen.holder, options=options, is_dry=chosen.dry_run)
    done, sha256 = await take_file(found, wish, pod, watch)
    return {**done.report, "file": found.name}, sha256


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise CommandProblem("an option is written NAME=VALUE", 2)
    if value.startswith("@") or name in _FILES:
        return name, _in_file(Path(value.removeprefix("@")))
    return name, value


def _in_file(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandProblem(f"{file.name} cannot be read as text; check its name", 2) from error


def _lines(found: Report) -> Iterator[str]:
    if not found["format"]:
        yield f"{found['file']}: {found['problems'][0]['message']}"
        return
    yield (
        f"{found['file']} ({found['format']}): {found['read']} read, {found['new']} new, "
        f"{found['same']} the same, {found['updated']} updated, {found['rejected']} rejected"
    )
    if found["deleted"]:
        yield f"  {found['deleted']} of them you deleted, and they stay deleted"
    if found["conflict"]:
        yield f"  {found['conflict']} of the rejected contradict another row, and neither is taken"
    for check in found["checks"]:
        if check["ok"]:
            yield f"  {check['name']}: {check['got']}, as stated"
        else:
            yield f"  {check['name']}: {check['got']}, but {check['expected']} is stated"
    for problem in found["problems"]:
        yield f"  at {problem['locator']}: {problem['message']}"
