"""What the store costs: durable creates a second, and point reads with and without the cache.

Run: `python -m bench.store` from the root of the repository, on an otherwise idle machine.
"""

import asyncio
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from acl.model import Access, Agent, Grant, Mode
from pod.model import Change, Draft, Entry
from pod.store.directory import PodDirectory
from pod.store.pod import OpenPod
from pod.store.transaction import PodTransaction
from vocab.iri import ResourceIri

STORAGE = "https://pod.example/ana/"
OWNER = STORAGE + "profile/card#me"
ROOT = ResourceIri(STORAGE, "")
WRITERS = 16
CREATES = 24_000
READS = 50_000
BODY = b'<#it> <https://schema.org/name> "Ana" .\n' * 25  # 1 kB

ACL = f"""
@prefix acl: <http://www.w3.org/ns/auth/acl#> .
<#owner> a acl:Authorization ; acl:agent <{OWNER}> ; acl:accessTo <./> ; acl:default <./> ;
    acl:mode acl:Read, acl:Write, acl:Control .
""".encode()


def now() -> datetime:
    return datetime.now(UTC)


def grant(target: ResourceIri) -> Grant:
    access = Access(
        target=target, agent=Agent(OWNER), modes=Mode.WRITE, public=Mode.NONE, source=ROOT
    )
    return Grant((access,))


def draft(body: bytes) -> Draft:
    return Draft(media_type="text/turtle", content=body, modified=now())


def put(transaction: PodTransaction, target: ResourceIri, body: bytes) -> None:
    """What a PUT does: look at the target and the rules, decide, write, note."""
    before = transaction.load(target)
    transaction.acls()
    change = Change(target=target, before=before, after=draft(body))
    transaction.apply(change, grant(target))
    transaction.note(entry(target))


def entry(target: ResourceIri) -> Entry:
    return Entry(
        time=now(),
        agent=OWNER,
        client="https://app.example/id",
        action="PUT",
        target=str(target),
        modes="Append",
        source=STORAGE,
        outcome=201,
    )


async def creates(pod: OpenPod, writers: int, number: int) -> None:
    async def writer(own: int) -> None:
        for turn in range(number // writers):
            target = ResourceIri(STORAGE, f"data/{hash((own, turn)) & 0xFFFFFFFFFFFF:x}")
            await pod.write(partial(put, target=target, body=BODY))

    begin, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(writer(own) for own in range(writers)))
    wall, cpu = time.perf_counter() - begin, time.process_time() - cpu
    each = 1e6 / number
    print(
        f"durable creates, {writers} writers: {number / wall:,.0f} a second; "
        f"{wall * each:.0f} us, of which {cpu * each:.0f} us CPU"
    )


def reads(pod: OpenPod, targets: list[ResourceIri], name: str) -> None:
    begin = time.perf_counter()
    for turn in range(READS):
        snapshot = pod.snapshot()
        snapshot.load(targets[turn % len(targets)])
        snapshot.acls()
    wall = time.perf_counter() - begin
    print(f"load and acls, {name}: {wall / READS * 1e6:.1f} us; {READS / wall:,.0f} a second")


def views(pod: OpenPod, targets: list[ResourceIri]) -> None:
    begin = time.perf_counter()
    for turn in range(READS):
        target = targets[turn % len(targets)]
        view = pod.view(target)
        view.load(target)
        view.acls()
    wall = time.perf_counter() - begin
    print(f"the same by a view, cached: {wall / READS * 1e6:.1f} us; {READS / wall:,.0f} a second")


def listing(pod: OpenPod) -> None:
    begin = time.perf_counter()
    number = sum(1 for _ in pod.snapshot().members(ResourceIri(STORAGE, "data/")))
    wall = time.perf_counter() - begin
    print(f"listing of {number:,} members: {wall * 1e3:.1f} ms; {wall / number * 1e6:.1f} us each")


async def main() -> None:
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        directory = PodDirectory(Path(folder), now=now)
        pod = await directory.create("ana", storage=STORAGE, owner=OWNER)
        data = ResourceIri(STORAGE, "data/")
        for target, body in ((ROOT, b""), (ROOT.acl, ACL), (data, b"")):
            await pod.write(partial(put, target=target, body=body))
        await creates(pod, 1, CREATES // 10)
        await creates(pod, WRITERS, CREATES)
        members = [member.iri for member in pod.snapshot().members(data)]
        reads(pod, members[:1000], "cached")
        views(pod, members[:1000])
        pod.snapshot()._readers.published.kept._kept.largest = -1  # noqa: SLF001 - to measure without
        reads(pod, members[1000:], "not cached")
        listing(pod)
        await directory.close()


if __name__ == "__main__":
    asyncio.run(main())
