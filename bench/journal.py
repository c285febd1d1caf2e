"""What the journal costs: `python bench/journal.py [--rounds N] [--requests N]`.

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
from pathlib import Path
from statistics import median

from load import load
from rows import CONNECTIONS, ROWS, Row
from serving import free_port
from side_by_side import LOAD_CORE
from sites import Ours

from pod.cli import main as pod
from pod.store.pod import OpenPod

SERVE = "--without-journal"
PATIENCE = 60.0  # seconds that a turn may take
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
    parser.add_argument("--rounds", type=int, default=15, help="turns of each server")
    parser.add_argument("--requests", type=int, default=1500, help="of each turn")
    chosen = parser.parse_args()
    os.sched_setaffinity(0, {LOAD_CORE})
    with tempfile.TemporaryDirectory() as folder:
        made = ((Ours, "with"), (Silent, "without"))
        sites = [kind(Path(folder) / name, free_port()) for kind, name in made]
        try:
            for site in sites:
                site.start()
                site.make()
            for row in ROWS:
                if row.name in NAMES:
                    _compare(row, sites, chosen.rounds, chosen.requests)
        finally:
            for site in sites:
                site.stop()


def _compare(row: Row, sites: Sequence[Ours], rounds: int, count: int) -> None:
    """Ask a row of both by turns; what is said is the median, also of the ratios of each round."""
    found: dict[str, list[tuple[float, float]]] = {site.name: [] for site in sites}
    for number in range(rounds + 1):
        for site in sites if number % 2 else reversed(sites):
            figures = _turn(row, site, count)
            if number:  # the first time is not like the others
                found[site.name].append(figures)
    with_it, without = (found[site.name] for site in sites)
    for site in sites:
        rate, micros = (median(column) for column in zip(*found[site.name], strict=True))
        print(f"{row.name}, {site.name}: {rate:,.0f}/s, {micros:.0f} us")
    fewer = median(1 - one[0] / other[0] for one, other in zip(with_it, without, strict=True))
    more = median(one[1] - other[1] for one, other in zip(with_it, without, strict=True))
    share = median(one[1] / other[1] - 1 for one, other in zip(with_it, without, strict=True))
    print(
        f"{row.name}: {fewer:.1%} fewer answers; {more:.0f} us more of the processor, {share:.1%}"
    )


def _turn(row: Row, site: Ours, count: int) -> tuple[float, float]:
    """Answers a second, and microseconds of the processor for each."""
    requests = row.requests(site, count)
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
