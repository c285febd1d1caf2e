"""What the journal costs: `python bench/journal.py [--rounds N] [--seconds S]`.

Two servers of the same project on one core, the load on another: one as it is, and one whose store
does nothing when a line is noted. They are loaded by turns, with reads that are signed and a proof
of its own for each, so that whatever else the machine does strikes both alike. What is to be quoted
is the ratio, and the processor time that an answer takes.
"""

import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from statistics import median

from rows import ROWS, Measured, Row, measure
from serving import free_port
from side_by_side import LOAD_CORE
from sites import Ours

from pod.cli import main as pod
from pod.store.pod import OpenPod

SERVE = "--without-journal"
NAMES = ("GET authenticated", "GET authenticated, many resources")


class Silent(Ours):
    """The server of this project, with a journal that nothing is noted in."""

    name = "without"

    def command(self) -> Sequence[str | Path]:
        _, _, _, *words = super().command()
        return (sys.executable, __file__, SERVE, *words)


def serve(words: Sequence[str]) -> int:
    """Run the server, whose stores forget the lines that readers note."""
    OpenPod.note = lambda _, __: None  # type: ignore[method-assign]
    return pod(words)


def main() -> None:
    parser = ArgumentParser(description="what the journal costs")
    parser.add_argument("--rounds", type=int, default=9, help="turns of each server")
    parser.add_argument("--seconds", type=float, default=3.0, help="of each turn")
    chosen = parser.parse_args()
    os.sched_setaffinity(0, {LOAD_CORE})
    rows = [row for row in ROWS if row.name in NAMES]
    with tempfile.TemporaryDirectory() as folder:
        sites = [
            Ours(Path(folder) / "with", free_port()),
            Silent(Path(folder) / "without", free_port()),
        ]
        for site in sites:
            site.start()
            site.make()
        try:
            for row in rows:
                _compare(row, sites, partial(measure, seconds=chosen.seconds), chosen.rounds)
        finally:
            for site in sites:
                site.stop()


def _compare(row: Row, sites: Sequence[Ours], ask: "partial[Measured]", rounds: int) -> None:
    found: dict[str, list[Measured]] = {site.name: [] for site in sites}
    for number in range(rounds):
        for site in sites if number % 2 else reversed(sites):
            found[site.name].append(ask(row, site))
    rates = {name: median(each.rate for each in measured) for name, measured in found.items()}
    micros = {name: median(each.micros for each in measured) for name, measured in found.items()}
    for site in sites:
        print(f"{row.name}, {site.name}: {rates[site.name]:,.0f}/s, {micros[site.name]:.0f} us")
    fewer = 1 - rates["ours"] / rates["without"]
    more = micros["ours"] / micros["without"] - 1
    print(f"{row.name}: {fewer:.1%} fewer answers, {more:.1%} more of the processor", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == [SERVE]:
        sys.exit(serve(sys.argv[2:]))
    main()
