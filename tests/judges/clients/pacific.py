"""pacific-solid, a client in Python (PyPI): a line of JSON for each case."""

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable

import pacific_solid as ps

SECONDS = 120  # that anything may take; nothing is waited for that long
NAME = ps.URI("https://schema.org/name")
FOLDER = f"pacific-{int(time.time() * 1000)}/"
told = os.environ
failed = 0


async def case(name: str, work: Callable[[], Awaitable[object]]) -> None:
    """Run one case; whatever it raises is a failure."""
    global failed  # noqa: PLW0603 - a script counts
    try:
        await asyncio.wait_for(work(), SECONDS)
    except Exception as error:  # noqa: BLE001 - that is what is asked
        failed += 1
        why = f"{type(error).__name__}: {error}"[:500]
        print(json.dumps({"name": name, "passed": False, "why": why}))
    else:
        print(json.dumps({"name": name, "passed": True}))


def triples(graph: ps.Graph) -> list[object]:
    return list(graph.triples() if callable(graph.triples) else graph.triples)


def values(graph: ps.Graph) -> list[str]:
    return [str(triple.object) for triple in triples(graph)]


def graph_of(subject: str, name: str) -> ps.Graph:
    graph = ps.Graph()
    graph.add(ps.URI(subject), NAME, ps.Literal(name))
    return graph


async def signed_in(who: str):
    words = (told[f"{who}_CLIENT_ID"], told[f"{who}_CLIENT_SECRET"])
    return await ps.login(told["ISSUER"], *words)


class Cases:
    """What somebody does in her pod, and somebody else tries."""

    def __init__(self, me, bob) -> None:
        self.me = me
        self.root = told["ALICE_POD"]
        self.document = FOLDER + "a"
        self.pod, self.theirs = me.pod(self.root), bob.pod(self.root)

    async def resolve(self) -> None:
        profile = await self.me.resolve(told["ALICE_WEBID"])
        issuers = getattr(profile, "oidc_issuers", None) or profile.issuers
        assert told["ISSUER"].rstrip("/") in [str(each).rstrip("/") for each in issuers]

    async def write(self) -> None:
        await self.pod.write(self.document, graph_of(f"{self.root}{self.document}#it", "one"))

    async def read(self) -> None:
        assert values(await self.pod.read(self.document)) == ["one"]

    async def patch(self) -> None:
        graph = await self.pod.read(self.document)
        if not graph.has_snapshot:
            graph.take_snapshot()
        it = ps.URI(f"{self.root}{self.document}#it")
        graph.remove(it, NAME, ps.Literal("one"))
        graph.add(it, NAME, ps.Literal("two"))
        await self.pod.patch(self.document, graph)
        assert values(await self.pod.read(self.document)) == ["two"]

    async def create(self) -> None:
        made = await self.pod.create(FOLDER, graph_of("", "posted"), slug="posted")
        assert self.root + FOLDER in str(made)

    async def listing(self) -> None:
        assert len(await self.pod.list(FOLDER)) == 2

    async def denied(self) -> None:
        try:
            await self.theirs.read(self.document)
        except ps.AccessDeniedError:
            return
        raise AssertionError("somebody without access could read")

    async def grant(self) -> None:
        owner = [ps.ACL.Read, ps.ACL.Write, ps.ACL.Control]
        await self.pod.grant(self.document, agent=told["ALICE_WEBID"], modes=owner)
        await self.pod.grant(self.document, agent=told["BOB_WEBID"], modes=[ps.ACL.Read])
        assert values(await self.theirs.read(self.document)) == ["two"]

    async def grants(self) -> None:
        granted = await self.pod.grants(self.document)
        assert any(told["BOB_WEBID"] in str(each) for each in granted)

    async def missing(self) -> None:
        try:
            await self.pod.read(FOLDER + "nothing")
        except ps.NotFoundError:
            return
        raise AssertionError("nothing was found")

    async def delete(self) -> None:
        for each in await self.pod.list(FOLDER):
            await self.pod.delete(str(each))
        await self.pod.delete(FOLDER)


async def main() -> None:
    me, bob = await signed_in("ALICE"), await signed_in("BOB")
    try:
        cases = Cases(me, bob)
        await case("resolve a WebID and its issuer", cases.resolve)
        await case("write a graph", cases.write)
        await case("read a graph", cases.read)
        await case("patch a graph", cases.patch)
        await case("create in a container, with a suggested name", cases.create)
        await case("list a container", cases.listing)
        await case("somebody without access is denied", cases.denied)
        await case("grant somebody to read", cases.grant)
        await case("list what is granted", cases.grants)
        await case("what is not there is not found", cases.missing)
        await case("delete everything", cases.delete)
    finally:
        await me.close()
        await bob.close()


asyncio.run(main())
sys.exit(1 if failed else 0)
