"""Several queries of one asker in one sitting: none hurts another, and all see one state."""

import asyncio
from dataclasses import asdict
from types import SimpleNamespace

import pytest
from query_worlds import (
    SECONDS,
    SECRET,
    SHARED,
    STORAGE,
    Told,
    ask,
    children_of,
    index_of,
    patient,
    sitting_of,
    until_gone,
    values,
    workers,
    written,
)

from pod.problems import Malformed, Unavailable

ALL = "SELECT ?o { ?s ?p ?o }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
BAD = {
    "takes-too-much-memory": (
        "SELECT (GROUP_CONCAT(?x) AS ?n) { ?a ?b ?x . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
        "too much memory",
    ),
    "is-too-large": ("SELECT * { ?a ?b ?x . ?d ?e ?y . ?g ?h ?i }", "larger than 1 MiB"),
    "exhausts-the-stack": ("SELECT * {" + "{" * 30_000 + "}" * 30_000 + "}", "too much memory"),
    "is-no-query": ("SELECT * { ?s ?p ", "line 1"),
    "has-an-unknown-function": ("SELECT (<http://x/f>(1) AS ?x) {}", "function"),
}


@pytest.fixture
def source():
    return Told([written("shared/a", "<#it> <http://x/p> 'one' .")])


@pytest.fixture(scope="module")
def large():
    facts = "".join(f"<#{n}> <http://x/p{n % 7}> '{n:0>1000}' .\n" for n in range(300))
    return Told([written("shared/many", facts)])


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD.keys())
async def test_a_query_that_fails_hurts_no_other(large, text, message):
    bounds = {"memory": 32 * 1024 * 1024, "result": 2**20}
    async with index_of(large, **bounds) as index, sitting_of(index, SHARED) as asked:
        assert values(await asked(COUNT)) == ["300"]
        with pytest.raises((Unavailable, Malformed), match=message):
            await asked(text)
        assert values(await asked(COUNT)) == ["300"]


async def test_a_query_that_takes_too_long_hurts_no_other(large):
    limits = SimpleNamespace(**asdict(patient()))
    async with index_of(large, limits=limits) as index, sitting_of(index, SHARED) as asked:
        assert values(await asked(COUNT)) == ["300"]
        limits.seconds = 0.5
        with pytest.raises(Unavailable, match="took longer"):
            await asked(ENDLESS)
        limits.seconds = SECONDS  # others take what a busy machine leaves them
        assert values(await asked(COUNT)) == ["300"]


async def test_each_query_has_bounds_of_its_own(large):
    """What those before it have taken counts for none after them."""
    text = "SELECT (COUNT(DISTINCT ?xy) AS ?n) { ?a ?b ?x . ?d ?e ?y BIND(CONCAT(?x, ?y) AS ?xy) }"
    bounds = {"memory": 400 * 1024 * 1024}
    async with index_of(large, **bounds) as index, sitting_of(index, SHARED) as asked:
        for _ in range(3):
            assert values(await asked(text)) == ["90000"]


async def test_one_child_answers_all_of_them_in_their_order(source):
    others = set(workers())
    async with index_of(source) as index:
        async with sitting_of(index, SHARED) as asked:
            children = set()
            for number in range(5):
                assert values(await asked(f"SELECT ?n {{ BIND({number} AS ?n) }}")) == [str(number)]
                (worker,) = set(workers()) - others
                children.update(children_of(worker))
            assert len(children) == 1
            at_once = await asyncio.gather(
                *(asked(f"SELECT ?n {{ BIND({number} AS ?n) }}") for number in range(5))
            )
            assert list(map(values, at_once)) == [[str(number)] for number in range(5)]
        for child in children:
            await until_gone(child)


async def test_all_of_them_see_one_state_and_the_next_sitting_the_one_after(source):
    async with index_of(source) as index:
        async with sitting_of(index, SHARED) as asked:
            assert values(await asked(ALL)) == ["one"]
            source.said.append(written("shared/b", "<#it> <http://x/p> 'two' ."))
            assert values(await ask(index, ALL, SHARED)) == ["one", "two"]
            assert values(await asked(ALL)) == ["one"]
        async with sitting_of(index, SHARED) as asked:
            assert values(await asked(ALL)) == ["one", "two"]


async def test_each_has_a_dataset_of_its_own(source):
    source.said.append(written("shared/b", "<#it> <http://x/p> 'two' ."))
    source.said.append(written("secret/c", "<#it> <http://x/p> 'three' .", SECRET))
    async with index_of(source) as index, sitting_of(index, SHARED) as asked:
        assert values(await asked(ALL)) == ["one", "two"]
        for names, expected in (
            (("shared/a", "shared/b"), ["one", "two"]),
            (("shared/b", "secret/c"), ["two"]),
            (("shared/a", "secret/c"), ["one"]),
        ):
            graphs = frozenset(STORAGE + name for name in names)
            assert values(await asked(ALL, default_graphs=graphs)) == expected
        assert values(await asked("SELECT ?o { GRAPH ?g { ?s ?p ?o } }")) == ["one", "two"]
        assert values(await asked(ALL)) == ["one", "two"]


async def test_a_sitting_takes_one_turn(source):
    async with index_of(source, at_once=1, patience=0.1) as index:
        async with sitting_of(index, SHARED) as asked:
            assert values(await asked(ALL)) == ["one"]
            with pytest.raises(Unavailable, match="too many"):
                await ask(index, ALL, SHARED)
            assert values(await asked(ALL)) == ["one"]
        assert values(await ask(index, ALL, SHARED)) == ["one"]


async def test_who_leaves_in_the_middle_of_a_question_leaves_nothing_running(large):
    others = set(workers())
    async with index_of(large) as index, sitting_of(index, SHARED) as asked:
        assert values(await asked(COUNT)) == ["300"]
        (worker,) = set(workers()) - others
        (child,) = children_of(worker)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asked(ENDLESS), 0.05)
        await until_gone(child)
        assert values(await asyncio.wait_for(asked(COUNT), SECONDS)) == ["300"]
