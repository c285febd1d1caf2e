"""The command `pod`. One module a family of commands; this one only joins them.

Exit status: 0 done, 1 something was found wrong, 2 wrong use. Errors are one sentence on standard
error; `--json` makes standard output one JSON document.
"""

import asyncio
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Sequence

from pod.cli import account, check, demo, export, headers, holder, query, serve, share
from pod.cli.terms import CommandProblem
from pod.config import ConfigProblem
from pod.problems import Problem
from pod.store.migrate import UnusableDatabase
from pod.store.sqlite import DatabaseProblem

FAMILIES = (serve, demo, account, export, query, share, headers, holder, check)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    chosen = parser().parse_args(words)
    try:
        with asyncio.Runner(loop_factory=_event_loop()) as runner:
            return int(runner.run(chosen.run(chosen)))
    except KeyboardInterrupt:
        return 130
    except (CommandProblem, ConfigProblem, UnusableDatabase, Problem) as problem:
        return _fail(str(problem), _status(problem))
    except (OSError, DatabaseProblem) as problem:
        return _fail(f"the data folder cannot be used: {_reason(problem)}", 1)


def _status(problem: Exception) -> int:
    """2 for wrong use, 1 for what was found."""
    if isinstance(problem, CommandProblem):
        return problem.status
    return 1 if isinstance(problem, Problem) else 2


def parser() -> ArgumentParser:
    """The whole command line."""
    whole = ArgumentParser(prog="pod", description="a personal data pod")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    for family in FAMILIES:
        family.add_to(commands)
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
    print(f"pod: {sentence}", file=sys.stderr)
    return status
