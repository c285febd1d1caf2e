"""The inbox that a description names is its subject's, which has a new version by it."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pods import STORAGE, delete, iri, opened, put, stored_file

from pod.store.inbox import LONGEST, from_row, to_row
from pod.store.writer import DATABASE
from vocab.iri import ResourceIri
from vocab.names import LDP

SUBJECTS = ("", "c/", "c/x", "x")
IN = STORAGE + "c/"
OUT = "https://elsewhere.example/in/"


def names(path, *inboxes):
    """A description of the resource at a path that names these inboxes."""
    subject = iri(path)
    return "".join(f"<{subject}> <{LDP.inbox}> <{inbox}> .\n" for inbox in inboxes).encode()


def load(pod, path):
    return pod.snapshot().load(iri(path))


async def begin(pod):
    await pod.write(lambda tx: [put(tx, path, b"<> a <#A> .") for path in ("c/", "c/x", "x")])


async def describe(pod, path, text, kind="text/turtle"):
    await pod.write(lambda tx: put(tx, path + ".meta", text, kind))


@pytest.mark.spec("Practice AUX-12")
@pytest.mark.parametrize("path", SUBJECTS)
async def test_the_subject_has_it_in_a_version_of_its_own(pod, path):
    await begin(pod)
    before = load(pod, path)
    await describe(pod, path, names(path, OUT))
    after = load(pod, path)
    assert after.version != before.version
    assert after == replace(before, version=after.version, inbox=OUT)
    await describe(pod, path, names(path, OUT) + b"<> a <#More> .")
    assert load(pod, path) == after
    await pod.write(lambda tx: delete(tx, path + ".meta"))
    assert (load(pod, path).inbox, load(pod, path).content) == (None, before.content)
    assert load(pod, path).version not in {before.version, after.version}


async def test_nothing_else_moves_with_it(pod):
    await begin(pod)
    before = [load(pod, path) for path in ("", "c/", "x")]
    events = list(pod.snapshot().events())
    await describe(pod, "c/x", names("c/x", IN))
    assert [load(pod, path) for path in ("", "c/", "x")] == before
    (event,) = list(pod.snapshot().events())[len(events) :]
    assert event.target == iri("c/x.meta")


async def test_it_is_there_after_opening(tmp_path):
    async with opened(tmp_path / "ana") as pod:
        await begin(pod)
        await describe(pod, "x", names("x", IN))
        before = load(pod, "x")
    async with opened(tmp_path / "ana") as pod:
        assert load(pod, "x") == before


async def test_one_in_the_pod_moves_with_it(tmp_path):
    async with opened(tmp_path / "ana") as pod:
        await begin(pod)
        await describe(pod, "x", names("x", IN))
        await describe(pod, "c/", names("c/", OUT))
    there = "https://new.example/"
    with closing(sqlite3.connect(tmp_path / "ana" / DATABASE)) as database, database:
        database.execute("UPDATE meta SET value = ? WHERE key = 'storage'", (there,))
    async with opened(tmp_path / "ana") as pod:
        root = ResourceIri(there, "")
        found = [pod.snapshot().load(root.child(path)).inbox for path in ("x", "c/")]
    assert found == [there + "c/", OUT]


async def test_of_a_large_description_too(pod):
    await begin(pod)
    blob = await stored_file(pod, names("x", OUT) + b"# large\n" * 500)
    await describe(pod, "x", blob)
    assert load(pod, "x").inbox == OUT


@pytest.mark.parametrize(
    ("text", "kind", "inbox"),
    [
        pytest.param(names("x", OUT, IN), "text/turtle", OUT, id="the first of several"),
        pytest.param(names("y", OUT), "text/turtle", None, id="of another"),
        pytest.param(b"<x> a <#A> .", "text/turtle", None, id="none"),
        pytest.param(names("x", OUT), "text/plain", None, id="no RDF"),
        pytest.param(names("x", OUT) + b"<", "text/turtle", None, id="broken"),
        pytest.param(names("x", "urn:a:" + "b" * LONGEST), "text/turtle", None, id="too long"),
        pytest.param(b"<x> <%s> 'c/', [] ." % LDP.inbox.encode(), "text/turtle", None, id="no IRI"),
    ],
)
async def test_what_a_description_names(pod, text, kind, inbox):
    await begin(pod)
    await describe(pod, "x", text, kind)
    assert load(pod, "x").inbox == inbox


async def test_a_description_of_nothing_is_of_no_use(pod):
    await describe(pod, "x", names("x", OUT))
    await pod.write(lambda tx: put(tx, "x"))
    assert load(pod, "x").inbox is None


async def test_a_job_that_fails_leaves_none(pod):
    await begin(pod)
    before = load(pod, "x")

    def work(tx):
        put(tx, "x.meta", names("x", OUT))
        assert tx.load(iri("x")).inbox == OUT
        raise LookupError

    with pytest.raises(LookupError):
        await pod.write(work)
    assert load(pod, "x") == before
    assert load(pod, "x.meta") is None


@pytest.mark.parametrize("inbox", [None, OUT, IN, STORAGE, "urn:a:b"])
def test_it_comes_from_a_row_as_it_went_there(inbox):
    assert from_row(to_row(inbox, STORAGE), STORAGE) == inbox


steps = st.one_of(
    st.tuples(st.just("put"), st.sampled_from(["x", "c/x", "c/", "c/y", ""])),
    st.tuples(st.just("describe"), st.sampled_from(SUBJECTS), st.sampled_from([IN, OUT, None])),
    st.tuples(
        st.just("delete"), st.sampled_from(["x", "c/x", "c/y", "x.meta", "c/.meta", ".meta"])
    ),
)
jobs = st.lists(st.lists(steps, min_size=1, max_size=4), min_size=1, max_size=3)


def work_of(job):
    def work(tx):
        for what, path, *inbox in job:
            there = tx.load(iri(path))
            if what == "put":
                put(tx, path, b"x")
            elif what == "describe" and there is not None:
                put(tx, path + ".meta", names(path, *filter(None, inbox)))
            elif what == "delete" and there is not None:
                delete(tx, path)

    return work


def state_of(pod):
    """What is there, by path and version, as far as an answer shows it."""
    snapshot = pod.snapshot()
    found = filter(None, (snapshot.load(iri(path)) for path in (*SUBJECTS, "c/y")))
    return {
        (each.iri.path, each.version): (
            each.inbox,
            each.content,
            tuple(member.iri.path for member in snapshot.members(each.iri)),
        )
        for each in found
    }


def named_in(pod):
    """The inboxes of the resources, as their descriptions have them now."""
    snapshot = pod.snapshot()
    subjects = [path for path in SUBJECTS if snapshot.load(iri(path)) is not None]
    texts = {path: snapshot.load(iri(path + ".meta")) for path in subjects}
    return {
        path: next(
            (each for each in (IN, OUT) if text and f"> <{each}>".encode() in text.content), None
        )
        for path, text in texts.items()
    }


@pytest.mark.spec("RFC 9110 §8.8.1")
@given(batches=st.lists(jobs, max_size=6))
def test_whatever_is_written_a_version_shows_one_state_and_the_inbox_that_is_named(batches):
    async def run():
        with TemporaryDirectory() as folder:
            async with opened(Path(folder) / "ana") as pod:
                await begin(pod)
                shown = state_of(pod)
                for batch in batches:
                    await asyncio.gather(*(pod.write(work_of(job)) for job in batch))
                    now = state_of(pod)
                    assert {
                        name: shown[name] for name in now.keys() & shown.keys()
                    }.items() <= now.items()
                    shown |= now
                    inboxes = {path: inbox for (path, _), (inbox, *_) in now.items()}
                    assert named_in(pod).items() <= inboxes.items()
                before = state_of(pod)
            async with opened(Path(folder) / "ana") as pod:
                assert state_of(pod) == before

    asyncio.run(run())
