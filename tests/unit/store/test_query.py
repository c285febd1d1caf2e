"""The query index: it answers, follows, ends what runs away, and starts again."""

import asyncio
import os
import signal
import sys
import threading

import pytest
from query_worlds import (
    JSON,
    SECONDS,
    SECRET,
    SHARED,
    STORAGE,
    Told,
    ask,
    children_of,
    index_of,
    running,
    told_of,
    until_gone,
    values,
    workers,
    written,
)

from pod.problems import Malformed, Unavailable
from pod.store.query_source import Gone, Moved

ALL = "SELECT ?o { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
# Long strings, so that the bound on memory is met early.
GREEDY = "SELECT (GROUP_CONCAT(?x) AS ?n) { ?a ?b ?x . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FLOOD = "SELECT * { ?a ?b ?x . ?d ?e ?y . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture
def source():
    return Told([written("shared/a", "<#it> <http://x/p> 'one' .")])


@pytest.fixture
def large():
    """Enough for queries that never end."""
    facts = "".join(f"<#{n}> <http://x/p{n % 7}> '{n:0>1000}' .\n" for n in range(300))
    return Told([written("shared/many", facts)])


async def test_the_index_follows_its_source(source):
    async with index_of(source) as index:
        assert values(await ask(index, ALL, SHARED)) == ["one"]
        source.said.append(written("shared/b", "<#it> <http://x/p> 'two' ."))
        assert values(await ask(index, ALL, SHARED)) == ["one", "two"]
        source.said.append(written("shared/b", "<#it> <http://x/p> 'three' ."))
        source.said.append(Moved(path="shared/a", access=SECRET))
        assert values(await ask(index, ALL, SHARED)) == ["three"]
        assert values(await ask(index, ALL, SECRET)) == ["one"]
        source.said.append(Gone(path="shared/b"))
        assert values(await ask(index, ALL, SHARED, SECRET)) == ["one"]


async def test_what_is_readable_is_computed_from_the_rules_of_the_state_that_is_asked(source):
    async with index_of(source) as index:
        seen = []

        class AsItIs:
            text, base, default_graphs, named_graphs = ALL, STORAGE, None, ()

        def readable(acls):
            seen.append(acls)
            return {SHARED}

        await index.select(AsItIs(), readable, JSON)
        assert seen == [source.acls]


async def test_nothing_is_read_twice(source):
    async with index_of(source) as index:
        await ask(index, ALL, SHARED)
        source.said[0] = written("shared/a", "<#it> <http://x/p> 'changed behind its back' .")
        assert values(await ask(index, ALL, SHARED)) == ["one"]


async def test_a_source_that_has_lost_count_is_read_anew(source):
    async with index_of(source) as index:
        await ask(index, ALL, SHARED)
        anew = Told([written("shared/c", "<#it> <http://x/p> 'anew' .")])
        source.said = anew.said
        source.changes_since = lambda _: anew.changes_since(0)
        assert values(await ask(index, ALL, SHARED)) == ["anew"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("SELECT * { ?s ?p ", "line 1, column 18", id="not-SPARQL"),
        pytest.param("SELECT (<http://x/f>(1) AS ?x) {}", "function", id="unknown-function"),
    ],
)
async def test_a_query_that_cannot_be_run_is_refused(source, text, message):
    async with index_of(source) as index:
        with pytest.raises(Malformed, match=message):
            await ask(index, text, SHARED)


async def test_a_runaway_query_harms_no_other(large):
    async with index_of(large) as index:
        runaway = asyncio.create_task(ask(index, ENDLESS, SHARED))
        await running(runaway)
        assert values(await ask(index, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", SHARED)) == ["300"]
        assert not runaway.done()
        runaway.cancel()
        await asyncio.wait([runaway])


async def test_a_runaway_query_is_ended_and_its_index_is_kept(large):
    others = set(workers())
    async with index_of(large, seconds=0.3) as index:
        with pytest.raises(Unavailable, match=r"longer than 0\.3 seconds"):
            await ask(index, ENDLESS, SHARED)
        (worker,) = set(workers()) - others
        for child in children_of(worker):
            await until_gone(child)
        assert worker in workers()


async def test_a_query_that_takes_too_much_memory_is_ended(large):
    async with index_of(large, memory=32 * 1024 * 1024) as index:
        with pytest.raises(Unavailable, match="too much memory"):
            await ask(index, GREEDY, SHARED)
        assert values(await ask(index, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", SHARED)) == ["300"]


async def test_a_query_whose_text_exhausts_the_stack_is_ended(source):
    async with index_of(source) as index:
        with pytest.raises(Unavailable, match="too much memory"):
            await ask(index, "SELECT * {" + "{" * 30_000 + "}" * 30_000 + "}", SHARED)
        assert values(await ask(index, ALL, SHARED)) == ["one"]


async def test_a_result_without_end_is_cut_off(large):
    async with index_of(large, result=2**20) as index:
        with pytest.raises(Unavailable, match="larger than 1 MiB"):
            await ask(index, FLOOD, SHARED, media_type="text/csv")


async def test_a_large_result_comes_whole(large):
    async with index_of(large) as index:
        text = "SELECT ?x ?y { ?a ?b ?x . ?d ?e ?y } LIMIT 9000"
        answer = await ask(index, text, SHARED, media_type="text/csv")
        assert answer.count(b"\n") == 9001
        assert len(answer) > 2**24


async def test_queries_wait_for_their_turn(large):
    async with index_of(large, at_once=1, seconds=0.3) as index:
        both = [asyncio.create_task(ask(index, ENDLESS, SHARED)) for _ in range(2)]
        for task in both:
            with pytest.raises(Unavailable, match="took longer"):
                await task


async def test_a_query_does_not_wait_for_its_turn_for_ever(large):
    async with index_of(large, at_once=1, patience=0.2) as index:
        first = asyncio.create_task(ask(index, ENDLESS, SHARED))
        await running(first)
        with pytest.raises(Unavailable, match="too many"):
            await ask(index, ALL, SHARED)
        first.cancel()
        await asyncio.wait([first])
        assert len(values(await ask(index, ALL, SHARED))) == 300


async def test_a_query_that_nobody_waits_for_is_ended(large):
    async with index_of(large) as index:
        task = asyncio.create_task(ask(index, ENDLESS, SHARED))
        _, child = await running(task)
        task.cancel()
        await until_gone(child)
        await asyncio.wait([task])
        assert task.cancelled()


async def test_a_closed_index_leaves_nothing_running(large):
    async with index_of(large) as index:
        task = asyncio.create_task(ask(index, ENDLESS, SHARED))
        worker, child = await running(task)
        task.cancel()
    await until_gone(child)
    await until_gone(worker)
    with pytest.raises(Unavailable, match="closed"):
        await ask(index, ALL, SHARED)


SERVER = """
import asyncio
from query_worlds import SHARED, Told, ask, index_of, running, written

async def serve():
    facts = "".join(f"<#{n}> <http://x/p> {n} ." for n in range(300))
    async with index_of(Told([written("shared/many", facts)])) as index:
        task = asyncio.create_task(ask(index, ENDLESS, SHARED))
        print(*await running(task), flush=True)
        await task

asyncio.run(serve())
""".replace("ENDLESS", repr(ENDLESS))


async def test_a_server_that_is_killed_leaves_nothing_running():
    server = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        SERVER,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=asyncio.subprocess.PIPE,
    )
    worker, child = map(int, (await server.stdout.readline()).split())
    server.kill()
    await server.wait()
    await until_gone(child)
    await until_gone(worker)


async def test_an_index_whose_process_dies_starts_again(source):
    others = set(workers())
    async with index_of(source) as index:
        await ask(index, ALL, SHARED)
        (worker,) = set(workers()) - others
        os.kill(worker, signal.SIGKILL)
        await until_gone(worker)
        assert values(await ask(index, ALL, SHARED)) == ["one"]


@pytest.mark.parametrize("program", ["/bin/false", "/no/such/program"])
async def test_an_index_that_cannot_start_says_so(source, monkeypatch, program):
    monkeypatch.setattr("sys.executable", program)
    async with index_of(source) as index:
        with pytest.raises(Unavailable, match="could not be started"):
            await ask(index, ALL, SHARED)


async def test_an_index_that_takes_too_long_to_load_says_so(source):
    loading, tell = threading.Event(), source.changes_since

    def late(position):
        assert loading.wait(SECONDS)
        return tell(position)

    source.changes_since = late
    async with index_of(source, loading=0.1) as index:
        with pytest.raises(Unavailable, match="being loaded"):
            await ask(index, ALL, SHARED)
        loading.set()


async def test_an_idle_index_is_put_away_and_comes_back(source):
    others = set(workers())
    async with index_of(source, idle=0.0) as index:
        assert values(await ask(index, ALL, SHARED)) == ["one"]
        for worker in set(workers()) - others:
            await until_gone(worker)
        source.said.append(written("shared/b", "<#it> <http://x/p> 'two' ."))
        assert values(await ask(index, ALL, SHARED)) == ["one", "two"]


async def test_a_document_that_cannot_be_read_is_left_out(source):
    source.said += [written("shared/broken", "<#it> <p"), written("shared/b", "<#it> <p> 'two' .")]
    async with index_of(source) as index:
        assert values(await ask(index, ALL, SHARED)) == ["one", "two"]


async def test_the_worker_knows_nothing_of_the_servers_environment(source, monkeypatch):
    monkeypatch.setenv("POD_SECRET", "swordfish")
    others = set(workers())
    async with index_of(source) as index:
        await ask(index, ALL, SHARED)
        (worker,) = set(workers()) - others
        environment = told_of(worker, "environ")
        assert b"PYTHONPATH" in environment
        assert b"swordfish" not in environment
