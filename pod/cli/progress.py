"""A progress bar on a terminal, and nothing anywhere else."""

import sys
from typing import Self, TextIO

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
