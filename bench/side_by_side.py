"""Our server beside others, in one run: `python bench/side_by_side.py [--quick] [--only ROW]`.

Every server has the same one core, the load another; all of them are up, and each row is asked of
one after the other, so that whatever else the machine does strikes all alike. What is to be quoted
is the ratio, and the processor time that an answer takes.

`--peers css-file,css-memory,jss` installs those that are not there yet (bench/peers.py); without
it there is only a bare handler, as a yardstick. The last lines are the table in Markdown.
"""

import os
import tempfile
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from statistics import median

from load import BROKEN
from peers import CACHE, Community, CommunityInMemory, JavaScriptSolidServer, install
from rows import ROWS, Measured, NotMeasured, Row, measure
from serving import free_port
from sites import Bare, Ours, Site
from usage import memory

LOAD_CORE = 1
MIB = 1024 * 1024
PEERS = {peer.name: peer for peer in (Community, CommunityInMemory, JavaScriptSolidServer)}
Table = dict[tuple[str, str], str]
TIMES, NONE = "\u00d7", "\u2013"


def main() -> None:
    chosen = _chosen()
    os.sched_setaffinity(0, {LOAD_CORE})
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        sites = list(_sites(chosen, Path(folder)))
        cells: Table = {}
        for site in sites:
            stack.callback(site.stop)
            _begin(site, cells)
        rows = [row for row in ROWS if not chosen.only or chosen.only in row.name]
        for row in rows:
            _run(row, sites, cells, chosen)
        for site in sites:
            cells["memory after the load", site.name] = f"{memory(site.pid) / MIB:.0f} MiB"
        print("\n".join(_markdown(cells, sites)))


def _chosen() -> Namespace:
    parser = ArgumentParser(description="this server beside others")
    parser.add_argument("--quick", action="store_true", help="one short round of each row")
    parser.add_argument("--only", metavar="ROW", help="rows whose name has this in it")
    parser.add_argument("--peers", default="", help=f"of {', '.join(PEERS)}; with commas")
    parser.add_argument("--folder", type=Path, default=CACHE, help="where the peers are installed")
    return parser.parse_args()


def _sites(chosen: Namespace, folder: Path) -> Iterator[Site]:
    yield Ours(folder / "ours", free_port())
    names = [name for name in chosen.peers.split(",") if name]
    if not names:
        yield Bare(folder / "bare", free_port())
        return
    modules = install(chosen.folder)
    for name in names:
        if name not in PEERS:
            raise SystemExit(f"there is no peer {name}; choose of {', '.join(PEERS)}")
        yield PEERS[name](modules, folder / name, free_port())


def _begin(site: Site, cells: Table) -> None:
    """Start a server twice, since the first time is not like the others, and make an account."""
    site.start()
    site.stop()
    cells["start to the first 200", site.name] = f"{site.start():.1f} s"
    cells["memory at rest", site.name] = f"{memory(site.pid) / MIB:.0f} MiB"
    site.make()


def _run(row: Row, sites: Sequence[Site], cells: Table, chosen: Namespace) -> None:
    """Ask a row of every server in turn, several times over, and note the medians."""
    rounds, seconds = (1, 1.0) if chosen.quick else (3, 3.0)
    found: dict[str, list[Measured]] = {}
    for _ in range(rounds):
        for site in sites:
            if row.bare or not isinstance(site, Bare):
                with suppress(NotMeasured):
                    measured = measure(row, site, seconds)
                    found.setdefault(site.name, []).append(measured)
    for name, measured in found.items():
        cells[row.name, name] = _cell(row, measured, found["ours"])
        print(f"{row.name:34} {name:11} {cells[row.name, name]}", flush=True)
    if row.aim is not None:
        cells[row.name, "aim"] = f"{row.aim:,.0f}{row.unit}"


def _cell(row: Row, measured: Sequence[Measured], ours: Sequence[Measured]) -> str:
    """Such as `2,617/s, 367 µs`; of another server also how many times more ours does a second,
    and how many times less of the processor it takes for each.
    """
    rate, micros = _medians(measured)
    statuses: Counter[int] = sum((each.figures.statuses for each in measured), Counter())
    wrong = {status: n for status, n in statuses.items() if status not in row.accepted}
    words = [f"{rate:,.0f}{row.unit}" if rate >= 10 else f"{rate:.1f}{row.unit}"]
    words += [f"{micros:,.0f} µs"] if row.unit == "/s" else []
    if measured is not ours and rate and micros:
        our_rate, our_micros = _medians(ours)
        words.append(f"{TIMES} {our_rate / rate:.1f} and {micros / our_micros:.1f}")
    named = {BROKEN: "broken off"}
    words += [f"{n / statuses.total():.0%} {named.get(s, s)}" for s, n in sorted(wrong.items())]
    return ", ".join(words)


def _medians(measured: Sequence[Measured]) -> tuple[float, float]:
    return median(each.rate for each in measured), median(each.micros for each in measured)


def _markdown(cells: Table, sites: Sequence[Site]) -> Iterator[str]:
    names = [sites[0].name, "aim", *(site.name for site in sites[1:])]
    yield "| | " + " | ".join(names) + " |"
    yield "|---" * (len(names) + 1) + "|"
    for row in dict.fromkeys(row for row, _ in cells):
        yield f"| {row} | " + " | ".join(cells.get((row, name), NONE) for name in names) + " |"


if __name__ == "__main__":
    main()
