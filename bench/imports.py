"""From a file to durable and queryable, in one run on one core: `python bench/imports.py`.

A year of half-hourly readings and 1,000 bank lines, taken in as `pod import` does it, then one
query that sees them.
"""

import asyncio
import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pod.app import opened
from pod.config import Config
from pod.demo.files import HolderFile, holder_files
from pod.demo.household import household
from pod.flows.context import Pod
from pod.flows.owner import owner_of
from pod.flows.provision import create_account
from pod.flows.query import results
from pod.flows.restitution import take_in
from pod.intake.delivery import Delivery
from pod.sparql.dataset import restrict
from pod.sparql.request import Query

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?x a <https://w3id.org/selfdata/ns#%s> }"
KINDS = {"releves-banque.xml": "BankTransaction", "Enedis_Conso_Heure.csv": "Consumption"}


async def take(file: HolderFile, pod: Pod) -> int:
    delivery = Delivery(
        filename=file.filename,
        media_type=file.media_type,
        content=file.content,
        holder=file.holder,
    )
    done = await take_in(delivery, owner_of(pod), pod)
    return done["read"]


async def ask(kind: str, pod: Pod) -> str:
    plan = restrict(Query(text=COUNT % kind, base=pod.store.storage))
    owner = owner_of(pod)
    return (await results(plan, "text/csv", owner, pod)).body.decode().split()[-1]


async def main() -> None:
    os.sched_setaffinity(0, {0})
    files = holder_files(household(date(2025, 1, 1), 365, 1000, 7))
    with tempfile.TemporaryDirectory() as folder:
        async with opened(Config(data=Path(folder))) as server:
            await create_account("alice", "alice@example.org", "a good password", server)
            pod = await server.pods.find("alice")
            if pod is None:
                raise SystemExit("the pod was not made")
            await ask("BankTransaction", pod)  # the index of a server that has run for a while
            begun, read = time.perf_counter(), 0
            for file in files[:2]:
                start = time.perf_counter()
                rows = await take(file, pod)
                stored = time.perf_counter() - start
                found = await ask(KINDS[file.filename], pod)
                whole = time.perf_counter() - start
                print(
                    f"{file.title:<32} {rows:6} rows  durable {stored:5.2f} s  "
                    f"queryable {whole:5.2f} s  {rows / whole:7.0f} rows/s  "
                    f"({found} {KINDS[file.filename]})"
                )
                read += rows
            seconds = time.perf_counter() - begun
            print(f"{'both':<32} {read:6} rows  {seconds:31.2f} s  {read / seconds:7.0f} rows/s")
            for file in files[:2]:
                start = time.perf_counter()
                await take(file, pod)
                print(f"{file.title + ', again':<40} {time.perf_counter() - start:5.2f} s")


if __name__ == "__main__":
    asyncio.run(main())
