"""A progress bar on a terminal, and nothing anywhere else."""

import sys
from typing import Self, TextIO

from pod.flows.planned import READING

WIDTH = 30


class Bar:
    """How far the work on one thing is, on standard error: `with Bar("a.xml") as bar: …`.

    Told of a stage, and how much of it is done of how much, it draws the line anew with each
    hundredth. It may be told by any one thread at a time.
    """

    def __init__(self, name: str, stream: TextIO | None = None) -> None:
        self._name = name
        self._stream = stream or sys.stderr
        self._is_seen = self._stream.isatty()
        self._drawn = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._stream.write("\n")

    def __call__(self, stage: str, done: int, of: int) -> None:
        if self._is_seen:
            self._draw(stage, 100 * min(done, of) // of if of else 100)

    def _draw(self, stage: str, hundredths: int) -> None:
        filled = WIDTH * hundredths // 100
        bar = "#" * filled + "." * (WIDTH - filled)
        line = f"{self._name}: {stage:<7} [{bar}] {hundredths:>3} %"
        if line != self._drawn:
            self._drawn = line
            self._stream.write(f"\r{line}")
            self._stream.flush()


class Part:
    """How far the work on a part of something is, shown as how far that is as a whole.

    `before` is what of it was done before the part, `weight` that of the part, `of` that of all.
    Each part is done half when it was read, and whole when it is stored.
    """

    def __init__(self, bar: Bar, before: int, weight: int, of: int) -> None:
        self._bar = bar
        self._before = before
        self._weight = weight
        self._of = of

    def __call__(self, stage: str, done: int, of: int) -> None:
        half = self._weight * min(done, of) // (2 * of) if of else self._weight // 2
        read = 0 if stage == READING else self._weight // 2
        self._bar(stage, self._before + read + half, self._of)
