"""A progress bar on a terminal, and nothing anywhere else."""

import sys
from collections.abc import Iterator, Sequence
from typing import TextIO, TypeVar

T = TypeVar("T")
WIDTH = 30


def shown(steps: Sequence[T], what: str, stream: TextIO | None = None) -> Iterator[T]:
    """The steps one by one, with a bar on standard error that says how many are done."""
    stream = stream or sys.stderr
    if not stream.isatty():
        yield from steps
        return
    try:
        for number, step in enumerate(steps):
            _draw(number, len(steps), what, stream)
            yield step
        _draw(len(steps), len(steps), what, stream)
    finally:
        stream.write("\n")


def _draw(done: int, of: int, what: str, stream: TextIO) -> None:
    filled = WIDTH * done // of
    stream.write(f"\r{what} [{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{of}")
    stream.flush()
