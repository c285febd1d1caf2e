"""What the journal costs: `python bench/journal.py [--rounds N] [--requests N]`.

One server on one core, the load on another. A signal has its stores forget the lines that are noted
by reads, and another one write them again, so that the two ways are measured by turns in one
process: two processes of the same program differ by more than what is looked for. Reads are signed,
with a proof of its own for each. What is to be quoted is the ratio, and the processor time that an
answer takes.
"""

import os
import signal
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from load import load
from rows import CONNECTIONS, ROWS, Row
from serving import free_port
from side_by_side import LOAD_CORE
from sites import Ours

from pod.cli import main as pod
from pod.store.pod import OpenPod

SERVE = "--serve"
WITH, WITHOUT = signal.SIGUSR1, signal.SIGUSR2
PATIENCE = 60.0  # seconds that a turn may take
NAMES = ("GET authenticated", "GET authenticated, many resources")

Turn = tuple[float, float]
"""Answers a second, and microseconds of the processor for each."""


class Switched(Ours):
    """The server of this project, which is told by signals whether to note what is read."""

    def command(self) -> Sequence[str | Path]:
        _, _, _, *words = super().command()
        return (sys.executable, __file__, SERVE, *words)


def serve(words: Sequence[str]) -> int:
    """Run the server; its stores note lines, or forget them, as the last signal said."""
    note = OpenPod.note

    def switch(number: int, _frame: Any) -> None:
        OpenPod.note = note if number == WITH else lambda _, __: None  # type: ignore[method-assign]

    for each in (WITH, WITHOUT):
        signal.signal(each, switch)
    return pod(words)


def main() -> None:
    parser = ArgumentParser(description="what the journal costs")
    parser.add_argument("--rounds", type=int, default=30, help="turns of each way")
    parser.add_argument("--requests", type=int, default=1500, help="of each turn")
    chosen = parser.parse_args()
    os.sched_setaffinity(0, {LOAD_CORE})
    with tempfile.TemporaryDirectory() as folder:
        site = Switched(Path(folder), free_port())
        try:
            site.start()
            site.make()
            for row in ROWS:
                if row.name in NAMES:
                    _compare(row, site, chosen.rounds, chosen.requests)
        finally:
            site.stop()


def _compare(row: Row, site: Ours, rounds: int, count: int) -> None:
    """Ask a row by turns; what is said is the median, also of the differences of each round."""
    found: dict[signal.Signals, list[Turn]] = {WITH: [], WITHOUT: []}
    for number in range(rounds + 1):
        for way in found if number % 2 else reversed(found):
            turn = _turn(row, site, count, way)
            if number:  # the first time is not like the others
                found[way].append(turn)
    for way, turns in found.items():
        rate, micros = (median(column) for column in zip(*turns, strict=True))
        print(f"{row.name}, {'with' if way is WITH else 'without'}: {rate:,.0f}/s, {micros:.0f} us")
    pairs = list(zip(found[WITH], found[WITHOUT], strict=True))
    fewer = median(1 - one[0] / other[0] for one, other in pairs)
    more = median(one[1] - other[1] for one, other in pairs)
    share = median(one[1] / other[1] - 1 for one, other in pairs)
    print(
        f"{row.name}: {fewer:.1%} fewer answers; {more:.0f} us more of the processor, {share:.1%}",
        flush=True,
    )


def _turn(row: Row, site: Ours, count: int, way: signal.Signals) -> Turn:
    requests = row.requests(site, count)
    os.kill(site.pid, way)
    before = _on_processor(site.pid)
    figures = load(site.port, requests, CONNECTIONS, PATIENCE)
    if figures.statuses.keys() != {200}:
        raise SystemExit(f"not every answer was one: {figures.statuses}")
    return figures.rate, (_on_processor(site.pid) - before) / figures.answers * 1e6


def _on_processor(pid: int) -> float:
    """Seconds that the threads of a process have run, to the nanosecond."""
    tasks = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


if __name__ == "__main__":
    if sys.argv[1:2] == [SERVE]:
        sys.exit(serve(sys.argv[2:]))
    main()
