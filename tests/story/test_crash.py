"""A server that is killed again and again under a stream of writes loses nothing it acknowledged.

When it is killed and what is asked is random, by a seed that is the same each time; the moment of
a kill is also what the machine makes of it. Set CRASH_SEED to another number for others, and
CRASH_KILLS to kill it more often than there is time for each time.
"""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from threading import Event
from typing import IO
from urllib.parse import quote

import pytest
from answers import members
from client import App
from deposits import Holder, bank_exports, energy_exports, kept_as
from serving import Host, becomes, end, free_port, wait
from stream import OVER_MEMORY, SAYS, Bodies, Worker, look, parent, short

from pod.store.check import check

KILLS = int(os.environ.get("CRASH_KILLS", "6"))
SEED = int(os.environ.get("CRASH_SEED", "24"))
WORKERS = 3
SHORTEST, LONGEST = 0.05, 1.0  # seconds from the beginning of the stream to the kill
STARTING = 1.5  # seconds in which a server that starts is killed, where it is
EVERY_START, EVERY_QUERY, EVERY_COMMAND = 3, 4, 6  # kills


@dataclass
class Trial:
    """A pod, and all who write into it."""

    host: Host
    owner: App
    workers: list[Worker]
    holders: list[Holder]
    chance: Random
    kills: int = 0

    @property
    def alice(self) -> str:
        return f"{self.host.base}alice/"

    @property
    def above(self) -> str:
        return f"{self.alice}stream/"

    @property
    def there(self) -> Bodies:
        """All that must be there, but for what holders have given."""
        return {self.above: b""} | {
            url: body for worker in self.workers for url, body in worker.there.items()
        }

    def stream(self, process: "subprocess.Popen[str]") -> None:
        """All write at once, until the server is killed; a check sees nothing wrong meanwhile."""
        ending = Event()
        with ThreadPoolExecutor() as threads:
            jobs = [threads.submit(one.run, ending) for one in (*self.workers, *self.holders)]
            checking = threads.submit(check, self.host.data / "pods" / "alice")
            time.sleep(self.chance.uniform(SHORTEST, LONGEST))  # the moment of the kill is time
            is_under_way = becomes(self.is_answered)
            ending.set()
            process.kill()
        process.wait()
        for job in jobs:
            job.result()
        assert checking.result() == ()
        assert is_under_way
        self.kills += 1

    def is_answered(self) -> bool:
        """Whether each has been answered as often as it must be, however slow the machine is."""
        return all(worker.answered > self.kills for worker in self.workers) and all(
            len(holder.given) > self.kills // 5 for holder in self.holders
        )

    def settle(self) -> None:
        """Hold the server to all or nothing of what it did not answer."""
        kept = {url.rpartition("/")[2] for url in self.kept()}
        for worker in self.workers:
            worker.settle()
        for holder in self.holders:
            holder.settle(kept)

    def touched(self) -> set[str]:
        """The addresses that were written since this was asked last."""
        found = {url for worker in self.workers for url in worker.touched}
        for worker in self.workers:
            worker.touched.clear()
        return found

    def compare(self, touched: set[str]) -> None:
        """Look at these addresses, and at the listings that they are in."""
        there = self.there
        for url in touched:
            expected, found = there.get(url), look(self.owner, url)
            assert found == expected, (url, short(found), short(expected))
        for container in {self.above, *map(parent, touched)} & there.keys():
            listed = members(self.owner.get(container), container)
            held = {url for url in there if url != container and parent(url) == container}
            assert listed == {url for url in held if not url.endswith(".acl")}, container

    def compare_deposits(self) -> None:
        """What the last reports say was written is there; what was given last is nothing new."""
        for holder in self.holders:
            for url in holder.resources:
                assert look(self.owner, url), url
            holder.resources.clear()
            for export in holder.given[-1:]:
                holder.again(export)

    def kept(self) -> set[str]:
        """The addresses of the exports that the pod keeps as they came."""
        found: set[str] = set()
        for year in members(self.owner.get(f"{self.alice}imports/"), f"{self.alice}imports/"):
            found |= members(self.owner.get(f"{year}files/"), f"{year}files/")
        return found

    def compare_exports(self) -> None:
        """The exports that were given are kept with their bytes, and no others."""
        given = {kept_as(one): one.content for holder in self.holders for one in holder.given}
        kept = self.kept()
        assert {url.rpartition("/")[2] for url in kept} == given.keys()
        for url in kept:
            assert look(self.owner, url) == given[url.rpartition("/")[2]], url

    def query(self) -> None:
        """What a query says is what the documents say."""
        written = re.compile(rf'<{re.escape(SAYS)}> "([^"]*)"'.encode())
        expected = {
            (url, found[1].decode())
            for url, body in self.there.items()
            if (found := written.search(body))
        }
        rows = self._rows(f"SELECT ?d ?v {{ GRAPH ?d {{ ?s <{SAYS}> ?v }} }}")
        assert {(row["d"]["value"], row["v"]["value"]) for row in rows} == expected
        (row,) = self._rows(
            "SELECT (COUNT(*) AS ?n) { ?x a <https://w3id.org/selfdata/ns#BankTransaction> }"
        )
        assert int(row["n"]["value"]) == sum(one.rows for one in self.holders[0].given)

    def sweep(self) -> None:
        """What the dead left in files is gone once it is old, and nothing else is."""
        folder = self.host.data / "pods" / "alice" / "blobs"
        for file in folder.rglob("*"):
            os.utime(file, (0, 0))
        assert self.host.here("check", "--json").json() == []
        large = {body for body in self.there.values() if len(body) > OVER_MEMORY}
        left = {file.parent.name + file.name for file in folder.rglob("*") if file.is_file()}
        assert left == {sha256(body).hexdigest() for body in large}

    def _rows(self, query: str) -> list[dict[str, dict[str, str]]]:
        answer = self.owner.get(f"{self.alice}.well-known/sparql?query={quote(query)}")
        assert answer.status == 200, answer.text
        return answer.json()["results"]["bindings"]


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    """The server is not running yet; the holders are known to it and accepted."""
    host = Host(tmp_path / "data", free_port())
    chance = Random(SEED)  # noqa: S311 - nothing here is a secret
    owner, organisations = host.people("alice", "holders")
    above, webid = f"{host.base}alice/stream/", f"{host.base}alice/profile/card#me"
    shared = [chance.randbytes(OVER_MEMORY + 1 + number) for number in range(3)]
    workers = [
        Worker(owner, webid, f"{above}w{number}/", shared, Random(chance.random()))  # noqa: S311 - as above
        for number in range(WORKERS)
    ]
    endpoint = f"{host.base}alice/.well-known/deposit"
    holders = [
        Holder(f"{host.base}holders/public/{domain}#it", endpoint, exports, SEED)
        for domain, exports in (("bank", bank_exports()), ("energy", energy_exports()))
    ]
    for domain, holder in zip(("bank", "energy"), holders, strict=True):
        assert host.here("accept", "alice", holder.webid, "--domain", domain).status == 0
    with host.serving():
        assert owner.put(above, b"").status == 201
        for holder in holders:
            assert organisations.put(holder.document, holder.profile()).status == 201
    return Trial(host, owner, workers, holders, chance)


@pytest.mark.slow
def test_no_acknowledged_write_is_lost_and_none_is_half_there(trial: Trial, tmp_path: Path) -> None:
    host, chance = trial.host, trial.chance
    with (tmp_path / "errors").open("w+") as errors:
        for number in range(KILLS):
            if number % EVERY_START == EVERY_START - 1:
                starting = host.start(errors=errors)
                time.sleep(chance.uniform(0, STARTING))
                starting.kill()
                end(starting)
            with restarted(trial, number, errors) as process:
                trial.stream(process)
        with restarted(trial, KILLS, errors):
            trial.compare(set(trial.there))
            trial.compare_exports()
        assert (tmp_path / "errors").read_text() == ""
    trial.sweep()
    assert becomes(lambda: not processes(host.base))
    assert trial.kills == KILLS


@contextmanager
def restarted(trial: Trial, number: int, errors: IO[str]) -> "Iterator[subprocess.Popen[str]]":
    """The server after so many kills: nothing is broken, and what was answered is there."""
    process = trial.host.start(errors=errors)
    try:
        for name in ("alice", "holders"):  # while it starts, to save time
            assert check(trial.host.data / "pods" / name) == ()
        wait(process)
        trial.settle()
        trial.compare(trial.touched())
        trial.compare_deposits()
        if number % EVERY_QUERY == EVERY_QUERY - 1:
            trial.query()
        if number % EVERY_COMMAND == EVERY_COMMAND - 1:
            assert trial.host.pod("check", "--json").strip() == "[]"
        yield process
    finally:
        end(process)


def processes(base: str) -> list[Path]:
    """The processes that were started for a server at an address."""
    return [one for one in Path("/proc").glob("[0-9]*") if base.encode() in arguments(one)]


def arguments(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:  # it has ended meanwhile
        return b""
