"""`pod extract`: data of a pod as a file for other programs: Green Button, OFX, tables."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from pod.cli.terms import CommandProblem, Commands, absolute_iri, answer, command, pod_of, server_of
from pod.flows.context import Server
from pod.flows.extract import Extract, Format, Wanted, extract
from pod.flows.owner import owner_of
from vocab.extended import Vocabulary


def add_to(commands: "Commands[ArgumentParser]") -> None:
    made = command(commands, "extract", _extract, "give data back as a file for other programs")
    made.add_argument("name", help="the pod's name")
    made.add_argument("--as", dest="format", choices=[*Format], required=True)
    made.add_argument("--to", type=Path, required=True, metavar="FILE", help="a file not yet there")
    made.add_argument(
        "--class",
        dest="kind",
        metavar="CLASS",
        help="of a table: BankTransaction, …, or one of an extension",
    )
    made.add_argument("--holder", type=absolute_iri, help="only what this organisation gave")
    made.add_argument(
        "--with-others",
        action="store_true",
        help="with the names of other people, who else have pseudonyms",
    )
    made.add_argument("--language", choices=["fr", "en"], default="en", help="of a table")


async def _extract(chosen: Namespace) -> int:
    async with server_of(chosen) as server:
        wanted = Wanted(
            format=Format(chosen.format),
            kind=_kind(chosen, server),
            holder=chosen.holder,
            language=chosen.language,
            with_others=chosen.with_others,
        )
        pod = await pod_of(server, chosen.name)
        made = await extract(wanted, owner_of(pod), pod)
    try:
        with chosen.to.open("xb") as file:
            file.write(made.content)
    except OSError as error:
        raise CommandProblem(
            f"{chosen.to.name} is there already or cannot be written", 2
        ) from error
    said = {"file": chosen.to.name, "count": made.count}
    said |= {"left_out": made.left_out, "others": made.others}
    answer(chosen, said, *_lines(made, chosen.to.name))
    return 0


def _lines(made: Extract, file: str) -> Iterator[str]:
    beside = f"; {made.left_out} left out, which this format cannot say" if made.left_out else ""
    yield f"{made.count} in {file}{beside}"
    if made.others:
        yield (
            f"  {made.others} values that may name other people have pseudonyms in them, or are "
            "left out; `--with-others` gives them as they are"
        )


def _kind(chosen: Namespace, server: Server) -> str:
    """The IRI of the class of a table, "" where no table is wanted. Raises CommandProblem."""
    if Format(chosen.format) is not Format.CSV:
        return ""
    known = Vocabulary.of(server.profiles.values())
    if kind := known.class_of(chosen.kind or ""):
        return kind
    raise CommandProblem(f"say with --class which: {', '.join(known.classes)}", 2)
