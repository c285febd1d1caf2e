"""How long the pages of a person's data take: `python bench/pages.py [--years N] [--rounds N]`.

A household of so many years is imported into a pod; then each page is asked for over HTTP, as her
browser does, with the index loaded. What is to be quoted is the median on a machine that does
nothing else; the best is what a page takes where others are in the way.
"""

import asyncio
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import sites
from agents import Connection
from browser import Browser
from serving import free_port

from pod.app import opened
from pod.cli.people_kit import import_into
from pod.config import Config
from pod.flows.provision import create_account
from pod.flows.rows import rows
from pod.people.home import Span, home
from pod.people.made import made

NAME, PASSWORD = "nora", "a good password"
FIRST = date(2022, 1, 1)
LIMIT = 300.0  # milliseconds that a page may take


class Household(sites.Ours):
    """Our server, with a pod that somebody lives in."""

    async def fill_with(self, years: int) -> int:
        """Import her household; returns how many triples there are then."""
        config = Config(data=self.folder / "data", port=self.port, base_url=self.base)
        async with opened(config) as server:
            await create_account(NAME, f"{NAME}@example.org", PASSWORD, server)
            pod = await server.pods.find(NAME)
            if pod is None:
                raise SystemExit("the pod was not made")
            days = round(365.25 * years)
            await import_into(made(home(2, 1, Span(first=FIRST, days=days))), pod)
            (counted,) = await rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", pod)
            return int(counted["n"])


def pages(browser: Browser) -> Iterator[tuple[str, str]]:
    """The pages by their names, a record of each sort among them."""
    yield "home", "/.account/"
    yield "all data", "/.account/data/"
    yield "a domain", "/.account/data/?domain=home"
    for kind, where in (
        ("BankTransaction", "bank"),
        ("Consumption", "energy"),
        ("SeriesChunk", "energy"),
        ("Communication", "telecom"),
        ("Line", "retail"),
    ):
        yield f"category {kind}", f"/.account/data/?{urlencode({'in': where, 'class': kind})}"
    text = browser.open("/.account/data/?in=retail&class=Purchase").text
    record = text.partition('href="/.account/data/?record=')[2].partition('"')[0]
    yield "a record", f"/.account/data/?record={record}"
    yield "a month of everything", "/.account/timeline/?when=2023-03"
    yield "a year of everything", "/.account/timeline/?when=2023"
    yield "a table (CSV)", "/.account/data.csv?in=bank&class=BankTransaction"


def measure(browser: Browser, address: str, rounds: int) -> list[float]:
    """Milliseconds from the request to the last octet of the answer."""
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        answer = browser.open(address)
        took.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{address} was answered with {answer.status}")
    return took


def main() -> None:
    parser = ArgumentParser(description="how long the pages of a person's data take")
    parser.add_argument("--years", type=int, default=4, help="of the household")
    parser.add_argument("--rounds", type=int, default=15, help="times that each page is asked for")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Household(Path(folder), free_port())
        triples = asyncio.run(site.fill_with(chosen.years))
        print(f"{triples:,} triples of {chosen.years} years")
        site.start()
        try:
            browser = Browser(site.base, Connection("localhost", site.port))
            browser.open("/.account/sign-in/")
            browser.send({"email": f"{NAME}@example.org", "password": PASSWORD}, form=1)
            slow = [name for name, took in _table(browser, chosen.rounds) if median(took) > LIMIT]
        finally:
            site.stop()
    if slow:
        sys.exit(f"slower than {LIMIT:.0f} ms: {', '.join(slow)}")


def _table(browser: Browser, rounds: int) -> Iterator[tuple[str, list[float]]]:
    print("| page | best | median | longest | kB |\n|---|---|---|---|---|")
    for name, address in list(pages(browser)):
        took = measure(browser, address, rounds + 1)[1:]  # the first time is not like the others
        size = len(browser.open(address).body) / 1000
        figures = " | ".join(f"{one:.0f} ms" for one in (min(took), median(took), max(took)))
        print(f"| {name} | {figures} | {size:.0f} |", flush=True)
        yield name, took


if __name__ == "__main__":
    main()
