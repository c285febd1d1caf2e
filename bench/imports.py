"""From a file to durable and queryable, on one core: `python bench/imports.py`.

Statements of 20,000 rows as CSV and OFX, 1,000 bank lines as CAMT and a year of half-hourly
readings, each taken into a pod of its own as `pod import` does it, then one query that sees them.
The processor's time, which is steadier where the machine has other work too, is that of the import.
"""

import asyncio
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.statements import bank_csv, ofx
from importers import known
from pod.app import opened
from pod.cli.collector import settle
from pod.config import Config
from pod.flows.context import Pod, Server
from pod.flows.owner import owner_of
from pod.flows.provision import create_account
from pod.flows.query import results
from pod.flows.restitution import take_in
from pod.intake.delivery import Delivery
from pod.people.files.camt import camt
from pod.people.files.load_curve import load_curve
from pod.people.home import Span, home
from pod.people.life import life
from pod.sparql.dataset import restrict
from pod.sparql.request import Query

ROWS = 20_000
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?x a <https://w3id.org/selfdata/ns#%s> }"


@dataclass(frozen=True, slots=True)
class Case:
    """An export, and the class of which a query then counts the records."""

    title: str
    delivery: Delivery
    kind: str


def cases() -> list[Case]:
    lived = life(home(7, 1, Span(first=date(2025, 1, 1), days=365)))
    bank = camt(lived.accounts[0], lived.home.span)
    energy = load_curve(*lived.meters[0])
    demo = [
        Delivery(
            filename=file.path.rpartition("/")[2],
            media_type=file.media_type,
            content=file.content,
            holder=file.holder,
        )
        for file in (bank, energy)
    ]
    made = [
        Delivery(filename="operations.csv", media_type="text/csv", content=bank_csv(ROWS)),
        Delivery(filename="releve.ofx", media_type="application/x-ofx", content=ofx(ROWS)),
    ]
    return [
        Case("bank statement, CSV", made[0], "BankTransaction"),
        Case("bank statement, OFX", made[1], "BankTransaction"),
        Case("bank statement, CAMT.053", demo[0], "BankTransaction"),
        Case("a year of half hours, CSV", demo[1], "Consumption"),
    ]


async def ask(kind: str, pod: Pod) -> str:
    plan = restrict(Query(text=COUNT % kind, base=pod.store.storage))
    return (await results(plan, "text/csv", owner_of(pod), pod)).body.decode().split()[-1]


async def new_pod(name: str, server: Server) -> Pod:
    await create_account(name, f"{name}@example.org", "a good password", server)
    pod = await server.pods.find(name)
    if pod is None:
        raise SystemExit("the pod was not made")
    await ask("BankTransaction", pod)  # the index of a server that has run for a while
    return pod


async def measure(case: Case, pod: Pod) -> str:
    start, used = time.perf_counter(), time.process_time()
    done = await take_in(case.delivery, owner_of(pod), pod)
    stored, used = time.perf_counter() - start, time.process_time() - used
    found = await ask(case.kind, pod)
    whole = time.perf_counter() - start
    start = time.perf_counter()
    await take_in(case.delivery, owner_of(pod), pod)
    again = time.perf_counter() - start
    rows = done["read"]
    return (
        f"{case.title:<28}{rows:7} rows  durable {stored:5.2f} s {rows / stored:7.0f} rows/s  "
        f"processor {used:5.2f} s {rows / used:7.0f} rows/s  "
        f"queryable {whole:5.2f} s ({found} {case.kind})  again {again:5.2f} s"
    )


async def main() -> None:
    os.sched_setaffinity(0, {0})
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Config(data=Path(folder))) as server:
            known()  # they are loaded once, by the first import
            settle()  # as `pod serve` and `pod import` do
            for number, case in enumerate(cases()):
                print(await measure(case, await new_pod(f"pod{number}", server)), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
