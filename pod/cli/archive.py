"""`pod export`: the whole of a pod as one archive."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from pod.cli.progress import Bar
from pod.cli.terms import CommandProblem, Commands, answer, command, pod_of, server_of
from pod.flows.export import note_export, pieces
from pod.model import Said


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "export", _export, "write the whole of a pod into one archive")
    made.add_argument("name", help="the pod's name")
    made.add_argument("--to", type=Path, required=True, metavar="FILE", help="a file not yet there")


async def _export(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        try:
            file = chosen.to.open("xb")
        except OSError as error:
            raise CommandProblem(
                f"{chosen.to.name} is there already or cannot be written; choose another", 2
            ) from error
        await note_export(pod)
        with file, Bar(chosen.to.name) as bar:
            made, size = pieces(pod), 0
            said = Said(0, ())
            while True:
                try:
                    piece = next(made)
                except StopIteration as end:
                    said = end.value
                    break
                size += file.write(piece)
                bar("writing", size, 0)
    value = {"file": chosen.to.name, "resources": said.rows, "bytes": size}
    answer(chosen, value, f"{said.rows} resources in {chosen.to.name}, {size} bytes")
    return 0
