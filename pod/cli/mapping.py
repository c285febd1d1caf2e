"""`pod mapping`: a mapping drafted from a table, for the person to finish."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from importers.archive import Unreadable
from importers.mapped.draft import draft
from importers.mapped.table import MappedTable
from pod.cli.identify import check_paths
from pod.cli.terms import CommandProblem, Commands, answer, command
from pod.flows.sorted_out import Claimed, as_one
from pod.flows.sources import opened


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "mapping", _mapping, "draft how the columns of a table are to be read")
    made.add_argument("file", type=Path, metavar="FILE", help="a table, or a folder or ZIP of them")


async def _mapping(chosen: Namespace) -> int:
    check_paths([chosen.file])
    (found,) = as_one([chosen.file], MappedTable.format)
    if not isinstance(found, Claimed):
        raise CommandProblem(f"{found.name}: {found.reason}")
    try:
        with opened(found.source) as export:
            text = draft(export, found.file)
    except (Unreadable, ValueError) as reason:
        raise CommandProblem(f"{found.name}: {reason}") from reason
    answer(chosen, {"mapping": text}, text.rstrip("\n"))
    return 0
