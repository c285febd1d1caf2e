"""The query index follows a real pod, and never puts old rules over new documents."""

import asyncio
import sqlite3
from contextlib import closing
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pods import BOB, OWNER, STORAGE, Clock, acl, delete, iri, opened, put, stored_file
from query_worlds import Here, index_of, values

from acl import Agent, Mode, classes, decide, readable
from pod.sparql.dataset import restrict
from pod.sparql.request import Query
from pod.store.query_source import NOWHERE, Gone, Moved, PodSource, Written
from pod.store.writer import DATABASE

ALL = "SELECT ?o { ?s ?p ?o }"
BY_NAME = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
OWN = Agent(OWNER)
BOBS = Agent(BOB)


def says(value):
    return f"<#it> <http://x/p> '{value}' .".encode()


def what(agent, acls):
    return readable(acls, classes(acls), agent)


async def asked(index, agent, text=ALL):
    """The values that a query gives an agent."""
    plan = restrict(Query(text=text, base=STORAGE))
    media_type = "application/sparql-results+json"
    return values((await index.select(plan, partial(what, agent), media_type)).body)


@pytest.fixture
async def source(pod, tmp_path):
    """Ana's pod, in which she and Bob may read what is below `a/`, and she alone the rest."""

    def begin(tx):
        put(tx, "a/")
        put(tx, "a/.acl", acl("a/", OWNER, BOB))
        put(tx, "a/1", says("one"))
        put(tx, "b/")
        put(tx, "b/1", says("two"))

    await pod.write(begin)
    source = PodSource(tmp_path / "ana", Clock())
    yield source
    source.close()


@pytest.fixture
def index(source):
    return Here(source, STORAGE)


@pytest.fixture
async def process(source):
    """The same index, in a process of its own."""
    async with index_of(source, STORAGE) as process:
        yield process


async def test_each_agent_sees_what_the_rules_give(index):
    assert await asked(index, OWN) == ["one", "two"]
    assert await asked(index, BOBS) == ["one"]
    assert await asked(index, Agent()) == []


async def test_a_query_after_a_write_sees_it(process, pod):
    await asked(process, OWN)
    await pod.write(lambda tx: put(tx, "a/2", says("three")))
    assert await asked(process, BOBS) == ["one", "three"]
    await pod.write(lambda tx: put(tx, "a/2", says("four")))
    assert await asked(process, BOBS) == ["four", "one"]
    await pod.write(lambda tx: delete(tx, "a/2"))
    assert await asked(process, BOBS) == ["one"]


async def test_many_writes_in_a_row_are_all_seen(index, pod):
    await asked(index, OWN)
    for number in range(20):
        await pod.write(lambda tx, number=number: put(tx, f"a/n{number}", says(f"n{number}")))
    assert len(await asked(index, BOBS)) == 21


async def test_the_very_next_query_after_a_revocation_sees_nothing(process, pod):
    assert await asked(process, BOBS) == ["one"]
    await pod.write(lambda tx: put(tx, "a/.acl", acl("a/", OWNER)))
    assert await asked(process, BOBS) == []
    await pod.write(lambda tx: put(tx, "a/.acl", acl("a/", OWNER, BOB)))
    assert await asked(process, BOBS) == ["one"]


async def test_what_is_written_with_a_revocation_is_not_seen_either(index, pod):
    await asked(index, BOBS)

    def revoke(tx):
        put(tx, "a/.acl", acl("a/", OWNER))
        put(tx, "a/1", says("private"))

    await pod.write(revoke)
    assert await asked(index, BOBS) == []
    assert await asked(index, OWN) == ["private", "two"]


async def test_queries_that_overlap_with_a_revocation_see_one_state(process, pod):
    """Whatever comes first: no query sees what was written after Bob was shut out."""
    await asked(process, BOBS)

    def revoke(tx):
        put(tx, "a/.acl", acl("a/", OWNER))
        put(tx, "a/1", says("private"))

    before = [asyncio.create_task(asked(process, BOBS)) for _ in range(4)]
    writing = asyncio.create_task(pod.write(revoke))
    after = [asyncio.create_task(asked(process, BOBS)) for _ in range(4)]
    for answer in await asyncio.gather(*before, *after):
        assert answer in (["one"], [])
    await writing
    assert await asked(process, BOBS) == []


async def test_a_document_comes_under_a_new_acl_and_back(index, pod):
    await asked(index, BOBS)
    await pod.write(lambda tx: put(tx, "a/1.acl", acl("a/1", OWNER)))
    assert await asked(index, BOBS) == []
    await pod.write(lambda tx: delete(tx, "a/1.acl"))
    assert await asked(index, BOBS) == ["one"]


async def test_what_a_container_holds_comes_under_its_new_acl_and_back(index, pod):
    await pod.write(lambda tx: (put(tx, "b/c/"), put(tx, "b/c/1", says("deep"))))
    assert await asked(index, BOBS) == ["one"]
    await pod.write(lambda tx: put(tx, "b/.acl", acl("b/", OWNER, BOB)))
    assert await asked(index, BOBS) == ["deep", "one", "two"]
    await pod.write(lambda tx: put(tx, "b/c/.acl", acl("b/c/", OWNER)))
    assert await asked(index, BOBS) == ["one", "two"]
    await pod.write(lambda tx: (delete(tx, "b/.acl"), delete(tx, "b/c/.acl")))
    assert await asked(index, BOBS) == ["one"]
    assert await asked(index, OWN) == ["deep", "one", "two"]


async def test_an_acl_that_cannot_be_read_lets_nobody_in(index, pod):
    await asked(index, BOBS)
    await pod.write(lambda tx: put(tx, "a/.acl", b"<broken"))
    assert await asked(index, BOBS) == []


async def test_acls_and_containers_and_other_files_are_no_part_of_the_index(index, pod):
    def write(tx):
        put(tx, "b/picture", b"\x89PNG", "image/png")
        put(tx, "b/", says("of the container"))
        put(tx, "b/1.meta", says("about one"))

    await pod.write(write)
    assert await asked(index, OWN, BY_NAME) == [
        STORAGE + path for path in ("a/1", "b/1", "b/1.meta")
    ]


async def test_a_description_comes_under_the_acl_of_its_subject_and_goes_with_it(index, pod):
    await pod.write(lambda tx: (put(tx, "b/1.meta", says("about")), put(tx, "b/.meta", says("b"))))
    assert await asked(index, BOBS) == ["one"]
    await pod.write(lambda tx: put(tx, "b/1.acl", acl("b/1", OWNER, BOB)))
    assert await asked(index, BOBS) == ["about", "one", "two"]
    await pod.write(lambda tx: put(tx, "b/.acl", acl("b/", OWNER, BOB, default=False)))
    assert await asked(index, BOBS) == ["about", "b", "one", "two"]
    await pod.write(lambda tx: delete(tx, "b/1"))
    assert await asked(index, BOBS) == ["b", "one"]
    assert await asked(index, OWN) == ["b", "one"]


async def test_a_document_that_becomes_a_picture_is_gone(index, pod):
    await asked(index, OWN)
    await pod.write(lambda tx: put(tx, "b/1", b"\x89PNG", "image/png"))
    assert await asked(index, OWN) == ["one"]


async def test_former_states_are_found_by_name_only(index, pod):
    await pod.write(lambda tx: (put(tx, "history/"), put(tx, "history/1", says("old"))))
    assert await asked(index, OWN) == ["one", "two"]
    assert STORAGE + "history/1" in await asked(index, OWN, BY_NAME)
    assert await asked(index, OWN, "SELECT ?o FROM <history/1> { ?s ?p ?o }") == ["old"]


async def test_large_documents_come_from_their_files(index, pod):
    await asked(index, OWN)
    text = says("large") + b"\n# " + b"x" * 2000
    blob = await stored_file(pod, text)
    await pod.write(lambda tx: put(tx, "b/2", blob))
    assert await asked(index, OWN) == ["large", "one", "two"]


async def test_a_document_whose_file_is_gone_is_left_out(index, pod):
    blob = await stored_file(pod, says("large") + b"\n# " + b"x" * 2000)
    await pod.write(lambda tx: put(tx, "b/2", blob))
    pod.path_of(blob).unlink()
    assert await asked(index, OWN) == ["one", "two"]


def forget(folder, *, all_but):
    with closing(sqlite3.connect(folder / DATABASE)) as connection, connection:
        connection.execute(
            "DELETE FROM outbox WHERE seq <= (SELECT max(seq) FROM outbox) - ?", (all_but,)
        )


async def test_an_index_that_stands_too_far_behind_is_read_anew(index, pod, tmp_path):
    await asked(index, OWN)
    await pod.write(lambda tx: (delete(tx, "b/1"), put(tx, "a/2", says("three"))))
    forget(tmp_path / "ana", all_but=1)
    assert await asked(index, OWN) == ["one", "three"]


@pytest.fixture
def state(source):
    """The position of a source that has been read once."""
    with source.changes_since(NOWHERE) as changes:
        assert changes.whole
        return changes.position


def told(source, position):
    with source.changes_since(position) as changes:
        return list(changes.documents)


async def test_nothing_is_told_when_nothing_has_changed(state, source):
    assert told(source, state) == []


async def test_a_change_is_told_once_and_alone(state, source, pod):
    await pod.write(lambda tx: (put(tx, "a/1", says("x")), put(tx, "a/1", says("three"))))
    (document,) = told(source, state)
    assert isinstance(document, Written)
    assert document.content == says("three")
    assert document.access.source == iri("a/")


async def test_a_deletion_is_told(state, source, pod):
    await pod.write(lambda tx: delete(tx, "a/1"))
    assert told(source, state) == [Gone(path="a/1")]


async def test_a_changed_acl_is_not_told_since_no_document_changes_its_class(state, source, pod):
    await pod.write(lambda tx: put(tx, "a/.acl", acl("a/", BOB)))
    assert told(source, state) == []


async def test_a_new_acl_moves_what_it_covers_without_its_content(state, source, pod):
    await pod.write(lambda tx: put(tx, "b/.acl", acl("b/", BOB)))
    (document,) = told(source, state)
    assert isinstance(document, Moved)
    assert (document.path, document.access.source) == ("b/1", iri("b/"))


async def test_a_source_that_was_closed_is_opened_again(state, source):
    source.close()
    with source.changes_since(state) as changes:
        assert changes.whole


PATHS = ("1", "2", "a/1", "a/2", "a/b/1")
SUBJECTS = ("", "1", "a/", "a/1", "a/b/")
STEPS = st.one_of(
    st.tuples(st.just("put"), st.sampled_from(PATHS)),
    st.tuples(st.just("delete"), st.sampled_from(PATHS)),
    st.tuples(st.just("share"), st.sampled_from(SUBJECTS), st.booleans()),
    st.tuples(st.just("unshare"), st.sampled_from(SUBJECTS)),
)


def take(tx, step):
    """One step, where it is possible."""
    match step:
        case "put", path:
            put(tx, path, says(path))
        case "delete", path if tx.load(iri(path)) is not None:
            delete(tx, path)
        case "share", subject, with_bob if tx.load(iri(subject)) is not None:
            agents = (OWNER, BOB) if with_bob else (OWNER,)
            put(tx, subject + ".acl", acl(subject, *agents))
        case "unshare", subject if subject and tx.load(iri(subject + ".acl")) is not None:
            delete(tx, subject + ".acl")


class Follower:
    """An index of paths and classes alone, brought up as the real one is."""

    def __init__(self, source):
        self.source = source
        self.position = NOWHERE
        self.documents = {}
        self.acls = None

    def follow(self):
        with self.source.changes_since(self.position) as changes:
            if changes.whole:
                self.documents.clear()
            for document in changes.documents:
                match document:
                    case Gone():
                        self.documents.pop(document.path, None)
                    case Written():
                        self.documents[document.path] = document.access
                    case Moved() if document.path in self.documents:
                        self.documents[document.path] = document.access
            self.position = changes.position
            self.acls = changes.acls

    def read_by(self, agent):
        found = what(agent, self.acls)
        return {path for path, access in self.documents.items() if access in found}


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(batches=st.lists(st.lists(STEPS, max_size=5), max_size=4))
def test_a_query_sees_what_a_get_would_answer(batches, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pods") / "ana"

    async def check():
        async with opened(folder) as pod:
            await pod.write(lambda tx: (put(tx, "a/"), put(tx, "a/b/")))
            source = PodSource(folder, Clock())
            follower = Follower(source)
            for batch in batches:
                await pod.write(lambda tx, batch=batch: [take(tx, step) for step in batch])
                follower.follow()
                snapshot = pod.snapshot()
                for agent in (OWN, BOBS, Agent()):
                    expected = {
                        path
                        for path in PATHS
                        if snapshot.load(iri(path)) is not None
                        and Mode.READ in decide(snapshot.acls(), iri(path), agent).modes
                    }
                    assert follower.read_by(agent) == expected
            source.close()

    asyncio.run(check())
