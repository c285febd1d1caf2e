"""`pod forget`: records, or all that a holder gave, leave the pod."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import asdict

from pod.cli.terms import (
    CommandProblem,
    Commands,
    absolute_iri,
    answer,
    command,
    pod_of,
    server_of,
)
from pod.flows.forget import Forgotten, forget, forget_holder

_RECORDS = "this deletes the records, and no import brings them back; say --yes to do it"
_HOLDER = "this deletes all that the holder gave, with its files; say --yes to do it"


def add_to(commands: "Commands[ArgumentParser]") -> None:
    help_ = "delete records for good, or all that a holder gave"
    made = command(commands, "forget", _forget, help_)
    made.add_argument("name", help="the pod's name")
    made.add_argument(
        "records", nargs="*", type=absolute_iri, metavar="IRI", help="a record, as a query names it"
    )
    made.add_argument("--holder", type=absolute_iri, metavar="URL", help="who gave what shall go")
    made.add_argument("--yes", action="store_true", help="delete without asking")


async def _forget(chosen: Namespace) -> int:
    if bool(chosen.records) == bool(chosen.holder):
        raise CommandProblem("say which records to forget, or which --holder", 2)
    if not chosen.yes:
        raise CommandProblem(_HOLDER if chosen.holder else _RECORDS, 2)
    async with server_of(chosen) as server:
        pod = await pod_of(server, chosen.name)
        if chosen.holder:
            done = await forget_holder(chosen.holder, pod)
        else:
            done = await forget(chosen.records, pod)
    answer(chosen, asdict(done), *_lines(chosen, done))
    return 0


def _lines(chosen: Namespace, done: Forgotten) -> Iterator[str]:
    if chosen.holder:
        yield f"all that this holder gave is deleted: {len(done.deleted)} documents and folders"
    else:
        count = len(set(chosen.records))
        yield f"{count} deleted, with what was noted on them and their earlier states"
        yield "a file that they came in still has them, under /imports/"
