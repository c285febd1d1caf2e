"""How long the pages of a person's data take: `python bench/pages.py [--years N] [--rounds N]`.

A household of so many years is imported into a pod; then each page is asked for over HTTP, as her
browser does, with the index loaded. No answer of a query is kept from one look at a page to the
next, so that each is as good as the first one. The very first one is told apart, since templates
are made ready for it, where no page before has used them.

What is to be quoted is the median on a machine that does nothing else. The best is what a page
takes where others are in the way, and so is processor time: of the server and of all processes that
it starts, where the system lets us have a control group.
"""

import asyncio
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import sites
from agents import Connection
from browser import Browser
from serving import free_port
from usage import Group

from pod.app import opened
from pod.cli.people_kit import import_into
from pod.config import Config
from pod.flows.provision import create_account
from pod.flows.rows import rows
from pod.people.home import Span, home
from pod.people.made import Made, made

NAME, PASSWORD = "nora", "a good password"
FIRST = date(2022, 1, 1)
LIMIT = 300.0  # milliseconds that a page may take
SETTLING = 0.05  # seconds until what has answered has ended, too
FOLDERS = frozenset(
    {"banque", "energie", "reseau", "telecom", "epicerie", "coffre", "sante", "assurance"}
    | {"boutique", "course", "paie", "agenda", "association", "ecole", "mesures"}
)
"""Of the files of a household those that were there when pages were first measured."""
LEFT_OUT = frozenset({"enedis-data-connect", "mesinfos-maif-claim"})
"""Formats in these folders that came later."""


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
            await import_into(as_before(made(home(2, 1, Span(first=FIRST, days=days)))), pod)
            (counted,) = await rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", pod)
            return int(counted["n"])


def as_before(whole: Made) -> Made:
    """A household with the files whose figures can be compared."""
    files = (file for file in whole.files if file.path.partition("/")[0] in FOLDERS)
    return replace(whole, files=tuple(file for file in files if file.format not in LEFT_OUT))


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
    yield "a map", "/.account/data/?in=mobility&class=Trip"
    yield "a month of everything", "/.account/timeline/?when=2023-03"
    yield "a year of everything", "/.account/timeline/?when=2023"
    yield "a table (CSV)", "/.account/data.csv?in=bank&class=BankTransaction"
    yield "a graph (Turtle)", "/.account/data.ttl"
    for recipe in ("", "budget/", "energy/", "suppliers/"):
        yield f"recipes {recipe.rstrip('/')}".rstrip(), f"/.account/recipes/{recipe}"
    text = browser.open("/.account/organisations/").text
    holder = unescape(text.partition("/.account/organisations/?")[2].partition('"')[0])
    yield "organisations", "/.account/organisations/"
    yield "an organisation", f"/.account/organisations/?{holder}"
    yield "a year of an organisation", f"/.account/timeline/?when=2023&{holder}"
    for name in ("journal", "apps", "requests", "settings", "add"):
        yield name, f"/.account/{name}/"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a page took, in milliseconds from the request to the last octet of the answer.

    `first` is its first time; `processor` is what one look takes of it, None where that could not
    be measured.
    """

    first: float
    took: list[float]
    processor: float | None

    def __str__(self) -> str:
        took = (self.first, min(self.took), median(self.took), max(self.took))
        spent = "-" if self.processor is None else f"{self.processor:.0f} ms"
        return " | ".join([*(f"{one:.0f} ms" for one in took), spent])


def measure(browser: Browser, address: str, rounds: int, group: Group | None) -> Measured:
    """Look at a page as often as that, and once more before."""
    (first,) = _looks(browser, address, 1)
    before = group.cpu() if group else 0
    took = _looks(browser, address, rounds)
    time.sleep(SETTLING)
    spent = (group.cpu() - before) * 1000 / rounds if group else None
    return Measured(first, took, spent)


def _looks(browser: Browser, address: str, rounds: int) -> list[float]:
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
        group = _group(site.pid)
        try:
            browser = Browser(site.base, Connection("localhost", site.port))
            browser.open("/.account/sign-in/")
            browser.send({"email": f"{NAME}@example.org", "password": PASSWORD}, form=1)
            every = list(_table(browser, chosen.rounds, group))
        finally:
            site.stop()
            if group is not None:
                time.sleep(SETTLING)
                group.end()
    slow = [name for name, found in every if median(found.took) > LIMIT]
    if slow:
        sys.exit(f"slower than {LIMIT:.0f} ms: {', '.join(slow)}")


def _group(pid: int) -> Group | None:
    try:
        group = Group()
        group.take(pid)
    except OSError as error:
        print(f"processor time is not measured: {error}", file=sys.stderr)
        return None
    return group


def _table(browser: Browser, rounds: int, group: Group | None) -> Iterator[tuple[str, Measured]]:
    print("| page | first | best | median | longest | processor | kB |")
    print("|---|---|---|---|---|---|---|")
    browser.open("/.account/settings/")
    for name, address in list(pages(browser)):
        found = measure(browser, address, rounds, group)
        size = len(browser.open(address).body) / 1000
        print(f"| {name} | {found} | {size:.0f} |", flush=True)
        yield name, found


if __name__ == "__main__":
    main()
