"""What the commands share: their common options, how they open a data folder, how they answer."""

import asyncio
import json
import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NoReturn

from pod.app import opened
from pod.config import Config, read_config
from pod.flows.context import Pod, Server
from pod.store.sqlite import BEHIND
from vocab.graph import NamedNode

Commands = _SubParsersAction  # argparse has no public name for it
Run = Callable[[Namespace], Awaitable[int]]


class CommandProblem(Exception):
    """A command that cannot be carried out. `status` is 2 for wrong use, 1 for what was found."""

    def __init__(self, sentence: str, status: int = 1) -> None:
        super().__init__(sentence)
        self.status = status


class CommandLine(ArgumentParser):
    """A parser that says in one sentence what is wrong with a command line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"pod: {message}; see `{self.prog} --help`\n")


def absolute_iri(text: str) -> str:
    """An argument that names somebody or something on the web; for argparse."""
    try:
        return NamedNode(text).value
    except ValueError as error:
        raise ArgumentTypeError(f"`{text}` is no absolute IRI") from error


def command(
    commands: "Commands[ArgumentParser]", name: str, run: Run, help_: str
) -> ArgumentParser:
    """A command with the options that every command takes."""
    made = commands.add_parser(name, help=help_, description=help_)
    made.add_argument(
        "--data", type=Path, help="the folder that holds the pods (default ./data, or POD_DATA)"
    )
    made.add_argument("--base-url", help="the public address, with its final slash")
    made.add_argument("--config", type=Path, help="a TOML file of settings")
    made.add_argument("--json", action="store_true", help="answer with one JSON document")
    made.set_defaults(run=run)
    return made


def config_of(chosen: Namespace, **given: object) -> Config:
    """The settings that a command line stands for."""
    data = chosen.data or os.environ.get("POD_DATA")
    base = chosen.base_url or os.environ.get("POD_BASE_URL")
    values = {"data": None if data is None else Path(data), "base_url": base, **given}
    return read_config(chosen.config, values)


@asynccontextmanager
async def server_of(chosen: Namespace, *, made: bool = False) -> AsyncIterator[Server]:
    """The data folder of a command, opened. It must be there, or is `made`."""
    config = config_of(chosen)
    if not made and not config.data.exists():
        raise CommandProblem("there is no data folder there; say where it is with --data", 2)
    async with opened(config) as server:
        yield server
    # A server of the same folder has seen what was done when the command says that it is done.
    await asyncio.sleep(BEHIND)


async def pod_of(server: Server, name: str) -> Pod:
    """A pod by its name; raises CommandProblem when there is none."""
    found = await server.pods.find(name)
    if found is None:
        raise CommandProblem(f"there is no pod `{name}` in this data folder")
    return found


def answer(chosen: Namespace, value: Any, *lines: str) -> None:
    """Print a command's result: the value as JSON where it was asked for, else lines of text."""
    print(json.dumps(value, ensure_ascii=False, indent=2) if chosen.json else "\n".join(lines))


def complain(sentence: str) -> None:
    """Say what is wrong, in one sentence on standard error."""
    print(f"pod: {sentence}", file=sys.stderr)
