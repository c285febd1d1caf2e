"""The command `pod`. One module a family of commands; this one only joins them, and loads of them
what the first word names.

Exit status: 0 done, 1 something was found wrong, 2 wrong use. Errors are one sentence on standard
error; `--json` makes standard output one JSON document.
"""

import asyncio
import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Final

from pod.cli.terms import CommandLine, CommandProblem, complain
from pod.config import ConfigProblem
from pod.problems import Malformed, Problem
from pod.store.migrate import UnusableDatabase
from pod.store.sqlite import DatabaseProblem

UNREAD = 141  # what a shell says of a program whose output nobody wanted to read to its end
FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "serve": ("serve",),
    "demo": ("demo",),
    "app": ("app",),
    "account": ("account", "credentials"),
    "add": ("add", "classes"),
    "export": ("import",),
    "archive": ("export",),
    "formats": ("formats",),
    "mapping": ("mapping",),
    "extract": ("extract",),
    "identify": ("identify",),
    "forget": ("forget",),
    "annotate": ("correct", "categorise", "note", "history"),
    "match": ("match",),
    "query": ("query",),
    "share": ("share", "unshare", "accept"),
    "grant": ("grant",),
    "headers": ("headers",),
    "holder": ("holder",),
    "journal": ("journal",),
    "check": ("check",),
    "people": ("people",),
    "profile": ("profile",),
}
"""The modules, each with the commands that it has."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    if isinstance(sys.stdout, TextIOWrapper):
        # Names of people and files have letters that the terminal of some country does not know.
        sys.stdout.reconfigure(errors="backslashreplace")
    given = sys.argv[1:] if words is None else words
    chosen = parser(given[0] if given else "").parse_args(given)
    try:
        with asyncio.Runner(loop_factory=_event_loop()) as runner:
            status = int(runner.run(chosen.run(chosen)))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # What is left in the buffer goes nowhere, or the interpreter would complain at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    except (CommandProblem, ConfigProblem, UnusableDatabase, Problem) as problem:
        return _fail(str(problem), _status(problem))
    except (OSError, DatabaseProblem) as problem:
        return _fail(f"the data folder cannot be used: {_reason(problem)}", 1)
    return status


def _status(problem: Exception) -> int:
    """2 for wrong use, 1 for what was found."""
    if isinstance(problem, CommandProblem):
        return problem.status
    found = isinstance(problem, Problem) and not isinstance(problem, Malformed)
    return 1 if found else 2


def parser(first: str = "") -> ArgumentParser:
    """The command line: of the family that has a command of this name, else the whole."""
    whole = CommandLine(prog="pod", description="a personal data pod")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    named = [family for family, has in FAMILIES.items() if first in has]
    for family in named or FAMILIES:
        import_module(f"{__name__}.{family}").add_to(commands)
    return whole


def _event_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The faster event loop, where there is one for this system."""
    try:
        import uvloop  # noqa: PLC0415 - not to be had on every system
    except ImportError:
        return None
    return uvloop.new_event_loop


def _reason(problem: Exception) -> str:
    """What the system says, without the path that it says it of."""
    said = problem.strerror if isinstance(problem, OSError) else str(problem)
    return (said or "the system did not say why").lower()


def _fail(sentence: str, status: int) -> int:
    complain(sentence)
    return status
