"""What it costs to know who asks: `python bench/identity.py [--quick]`.

The server has one core, the load another. One public document of a kilobyte is asked for by nobody
in particular, and by its owner with a DPoP proof of its own each time, by turns; what is to be
quoted is the ratio of the two. Then it is asked for with tokens of our own issuer that the server
sees for the first time.
"""

import os
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from load import load
from rows import Measured, Requests, Row, measure, public
from serving import free_port
from side_by_side import LOAD_CORE
from sites import Ours, Site

AIM = 0.55  # of the rate of those who do not say who they are
FIRST_SIGHT = 5.0  # milliseconds


def main() -> None:
    parser = ArgumentParser(description="what it costs to know who asks")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    rounds, seconds, tokens = (3, 1.0, 100) if parser.parse_args().quick else (7, 3.0, 500)
    os.sched_setaffinity(0, {LOAD_CORE})
    with tempfile.TemporaryDirectory() as folder:
        site = Ours(Path(folder), free_port())
        site.start()
        try:
            site.make()
            _compare(site, rounds, seconds)
            _first_sight(site, tokens)
        finally:
            site.stop()


def _anonymous(site: Site, count: int) -> Requests:
    return [site.unsigned("GET", public(site))] * count


def _authenticated(site: Site, count: int) -> Requests:
    path = public(site)
    return [site.signed("GET", path) for _ in range(count)]


ROWS = (
    Row(name="anonymous", requests=_anonymous, aim=None),
    Row(name="authenticated", requests=_authenticated, aim=None),
)


def _compare(site: Site, rounds: int, seconds: float) -> None:
    """By turns, so that whatever else the machine does strikes both alike."""
    turns = [[measure(row, site, seconds) for row in ROWS] for _ in range(rounds)]
    (plain, plain_micros), (known, known_micros) = map(_medians, zip(*turns, strict=True))
    wrong = sum(
        each.figures.answers - each.figures.statuses[200] for turn in turns for each in turn
    )
    print(f"anonymous      {plain:,.0f}/s, {plain_micros:,.0f} µs")
    print(f"authenticated  {known:,.0f}/s, {known_micros:,.0f} µs")
    print(
        f"ratio          {known / plain:.0%} of the rate, aim {AIM:.0%}; "
        f"{plain_micros / known_micros:.0%} by processor time; {wrong} wrong answers"
    )


def _medians(measured: Sequence[Measured]) -> tuple[float, float]:
    return median(each.rate for each in measured), median(each.micros for each in measured)


def _first_sight(site: Ours, count: int) -> None:
    """Milliseconds until the answer to the first request with a token, and to the second."""
    path = public(site)
    pairs = []
    for _ in range(count):
        site.sign_in()
        pairs.append([site.signed("GET", path) for _ in range(2)])
    waits = [[_waited(site, request) for request in pair] for pair in pairs]
    for name, each in zip(("first", "second"), zip(*waits, strict=True), strict=True):
        last = quantiles(each, n=100)[98]
        aim = f", aim {FIRST_SIGHT:.0f} ms" if name == "first" else ""
        print(f"{name} use of a token  {median(each):.2f} ms, 99 % within {last:.2f} ms{aim}")


def _waited(site: Site, request: bytes) -> float:
    figures = load(site.port, [request], 1)
    if figures.statuses[200] != 1:
        raise SystemExit(f"a request with a good token was answered with {figures.statuses}")
    return figures.longest * 1000


if __name__ == "__main__":
    main()
