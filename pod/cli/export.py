"""`pod formats` and `pod import`: what can be read, and reading it into a pod."""

from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Iterator
from mimetypes import guess_type
from pathlib import Path

from acl import Refused
from importers import IMPORTERS
from importers.contract import Options
from pod.cli.progress import shown
from pod.cli.terms import (
    CommandProblem,
    Commands,
    absolute_iri,
    answer,
    command,
    pod_of,
    server_of,
)
from pod.flows.context import Pod
from pod.flows.owner import owner_of
from pod.flows.restitution import take_in
from pod.intake.delivery import Delivery
from pod.intake.report import Report, succeeded
from pod.problems import Malformed, Problem

PIECE = 1024 * 1024


def add_to(commands: "Commands[ArgumentParser]") -> None:
    command(commands, "formats", _formats, "list the exports that can be imported")
    made = command(commands, "import", _import, "convert exports and store them in a pod")
    made.add_argument("files", nargs="+", type=Path, metavar="FILE")
    made.add_argument("--pod", required=True, help="the pod's name")
    made.add_argument("--format", help="the format, where it is not recognised")
    made.add_argument(
        "--holder", type=absolute_iri, help="the address of the organisation that gave it"
    )
    made.add_argument(
        "--option", action="append", default=[], metavar="K=V", help="what the format asks for"
    )
    made.add_argument("--dry-run", action="store_true", help="report, and store nothing")


async def _formats(chosen: Namespace) -> int:
    known = [
        {
            "format": one.format,
            "title": one.title,
            "domain": one.domain,
            "extensions": list(one.extensions),
        }
        for one in IMPORTERS
    ]
    lines = (f"{one.format:<22} {one.domain:<10} {one.title}" for one in IMPORTERS)
    answer(chosen, known, *lines)
    return 0


async def _import(chosen: Namespace) -> int:
    values = dict(_pair(text) for text in chosen.option)
    async with server_of(chosen) as server:
        pod, reports = await pod_of(server, chosen.pod), []
        try:
            for file in shown(chosen.files, "importing"):
                reports.append(await _file(file, chosen, Options(values=values), pod))  # noqa: PERF401 - kept one by one
        finally:  # what was stored is told, though a file after it cannot be taken in
            if reports:
                answer(chosen, reports, *(line for one in reports for line in _lines(one)))
    return 0 if all(succeeded(one) for one in reports) else 1


async def _file(file: Path, chosen: Namespace, options: Options, pod: Pod) -> Report:
    try:
        content = await pod.store.receive(_pieces(file))
    except OSError as error:
        raise CommandProblem(f"{file.name} cannot be read; check its name", 2) from error
    delivery = Delivery(
        filename=file.name,
        media_type=guess_type(file.name)[0] or "application/octet-stream",
        content=content,
        holder=chosen.holder,
        format=chosen.format,
        options=options,
    )
    owner = owner_of(pod)
    try:
        return await take_in(delivery, owner, pod, dry=chosen.dry_run)
    except Problem as problem:
        status = 2 if isinstance(problem, Malformed) else 1
        raise CommandProblem(f"{file.name}: {problem}", status) from problem
    except Refused as refused:
        raise CommandProblem("the rules of this pod do not let its owner write there") from refused


async def _pieces(file: Path) -> AsyncIterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise CommandProblem("an option is written NAME=VALUE", 2)
    return name, value


def _lines(found: Report) -> Iterator[str]:
    yield (
        f"{found['file']} ({found['format']}): {found['read']} read, {found['new']} new, "
        f"{found['same']} the same, {found['updated']} updated, {found['rejected']} rejected"
    )
    for check in found["checks"]:
        if check["ok"]:
            yield f"  {check['name']}: {check['got']}, as stated"
        else:
            yield f"  {check['name']}: {check['got']}, but {check['expected']} is stated"
    for problem in found["problems"]:
        yield f"  at {problem['locator']}: {problem['message']}"
