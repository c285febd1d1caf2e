"""A pod: what is written is read, versions never come back, and nothing is left half done."""

from datetime import timedelta

import pytest
from pods import BOB, OWNER, START, STORAGE, acl, delete, draft, grant, iri, opened, put

from acl.model import Grant, Mode
from pod.model import Change
from pod.problems import Conflict
from pod.store.outbox import Kind


def load(pod, path):
    return pod.snapshot().load(iri(path))


def names(pod, path=""):
    return [member.iri.path for member in pod.snapshot().members(iri(path))]


def events(pod, after=0):
    return [(event.target.path, event.kind) for event in pod.snapshot().events(after=after)]


async def test_a_pod_knows_its_name_and_address(pod):
    assert (pod.name, pod.storage) == ("ana", STORAGE)
    assert (pod.identity.owner, pod.identity.created) == (OWNER, START)


async def test_what_is_written_is_read_as_it_was_sent(pod):
    written = await pod.write(lambda tx: put(tx, "a", b"<#me> a <#it> .", "text/turtle;x=1"))
    found = load(pod, "a")
    assert found == written
    assert found.content == b"<#me> a <#it> ."
    assert (found.iri, found.media_type, found.modified) == (iri("a"), "text/turtle;x=1", START)
    assert pod.snapshot().read(found.content) == found.content


async def test_a_job_sees_what_it_has_written_itself(pod):
    def work(tx):
        written = put(tx, "c/", b"")
        inner = put(tx, "c/a", b"1")
        moved = tx.load(iri("c/"))
        return written, inner, moved, tx.load(iri("c/a")), list(tx.members(iri("")))

    written, inner, moved, again, members = await pod.write(work)
    assert again == inner
    assert moved.version == inner.version != written.version
    assert [member.iri.path for member in members] == ["c/"]


async def test_nothing_is_found_where_nothing_is(pod):
    assert load(pod, "a") is None
    assert await pod.write(lambda tx: tx.load(iri("a"))) is None


async def test_a_resource_of_another_pod_is_not_found_here(pod):
    await pod.write(lambda tx: put(tx, "a", b"1"))
    elsewhere = type(iri(""))("https://pod.example/bob/", "a")
    assert load(pod, "a") is not None
    assert pod.snapshot().load(elsewhere) is None
    assert await pod.write(lambda tx: tx.load(elsewhere)) is None


async def test_an_empty_body_is_a_body(pod):
    await pod.write(lambda tx: put(tx, "a", b""))
    assert load(pod, "a").content == b""


CONTENTS = {"empty": b"", "small": b"a", "other": b"bb" * 100}


@pytest.mark.parametrize("after", CONTENTS.values(), ids=CONTENTS.keys())
@pytest.mark.parametrize("before", CONTENTS.values(), ids=CONTENTS.keys())
async def test_a_body_is_replaced(pod, before, after):
    await pod.write(lambda tx: put(tx, "a", before, "text/plain"))
    await pod.write(lambda tx: put(tx, "a", after, "text/html"))
    found = load(pod, "a")
    assert (found.content, found.media_type, found.size) == (after, "text/html", len(after))


async def test_times_are_kept_in_whole_seconds(pod):
    time = START + timedelta(seconds=5, microseconds=999_999)

    def work(tx):
        change = Change(target=iri("a"), before=None, after=draft(b"1", modified=time))
        return tx.apply(change, grant("a"))

    written = await pod.write(work)
    assert written.modified == START + timedelta(seconds=5)
    assert load(pod, "a") == written


@pytest.mark.spec("RFC 9110 §8.8.1 #weak.and.strong.validators")
async def test_a_version_never_comes_back(pod):
    seen = []
    for turn in range(4):
        seen.append((await pod.write(lambda tx: put(tx, "a", b"same"))).version)
        if turn % 2:
            await pod.write(lambda tx: delete(tx, "a"))
    assert len(set(seen)) == 4


async def test_a_version_survives_closing(tmp_path):
    async with opened(tmp_path / "ana") as pod:
        written = await pod.write(lambda tx: put(tx, "a", b"1"))
    async with opened(tmp_path / "ana") as pod:
        assert load(pod, "a") == written
        assert (await pod.write(lambda tx: put(tx, "a", b"1"))).version != written.version


@pytest.mark.spec("Solid Protocol §4.2 #container-last-modified-reliability")
@pytest.mark.parametrize(("what", "dated"), [("create", True), ("update", False), ("delete", True)])
async def test_a_container_moves_with_its_members(pod, clock, what, dated):
    await pod.write(lambda tx: (put(tx, "c/"), what == "create" or put(tx, "c/a", b"1")))
    before, root = load(pod, "c/"), load(pod, "")
    clock.move(60)
    await pod.write(lambda tx: delete(tx, "c/a") if what == "delete" else put(tx, "c/a", b"2"))
    after = load(pod, "c/")
    assert after.version != before.version
    assert after.modified - before.modified == timedelta(seconds=60 if dated else 0)
    # The listing of the root tells the time of `c/`, but only the container itself moves.
    assert load(pod, "") == root


async def test_a_container_keeps_the_time_of_a_member_that_came_before_a_change_of_it(pod, clock):
    await pod.write(lambda tx: put(tx, "c/"))
    clock.move(60)
    await pod.write(lambda tx: (put(tx, "c/a", b"1"), put(tx, "c/a", b"2")))
    assert load(pod, "c/").modified == START + timedelta(seconds=60)


async def test_a_container_that_moved_and_was_written_in_one_batch_is_as_it_was_written(pod):
    def work(tx):
        put(tx, "c/")
        put(tx, "c/a", b"1")
        return put(tx, "c/", b"<> <#about> 1 .")

    written = await pod.write(work)
    assert load(pod, "c/") == written


async def test_a_container_that_moved_and_went_in_one_batch_is_gone(pod):
    def work(tx):
        put(tx, "c/")
        put(tx, "c/a", b"1")
        delete(tx, "c/a")
        delete(tx, "c/")
        put(tx, "c/")

    await pod.write(work)
    assert names(pod) == ["c/"]
    assert load(pod, "c/").content == b""


async def test_the_acl_of_a_resource_does_not_move_its_container(pod):
    await pod.write(lambda tx: put(tx, "a", b"1"))
    before = load(pod, "")
    await pod.write(lambda tx: put(tx, "a.acl", acl("a", BOB)))
    assert load(pod, "") == before


async def test_members_are_listed_by_name_without_what_is_auxiliary(pod, clock):
    clock.move(5)

    def work(tx):
        for path in ("b", "c/", "a", "c/inner", "a.acl", "c/.acl", "b.meta"):
            put(tx, path, b"x" * len(path))

    await pod.write(work)
    assert names(pod) == ["a", "b", "c/"]
    assert names(pod, "c/") == ["c/inner"]
    listed = list(pod.snapshot().members(iri("")))
    assert [member.size for member in listed] == [1, 1, 2]
    assert [member.modified - START for member in listed] == [
        timedelta(),
        timedelta(),
        timedelta(seconds=5),
    ]
    assert names(pod, "a") == []


async def test_a_long_listing_is_whole_and_in_order(pod):
    def work(tx):
        put(tx, "c/")
        for number in range(1500):
            put(tx, f"c/{number:05}")

    await pod.write(work)
    assert names(pod, "c/") == [f"c/{number:05}" for number in range(1500)]


async def test_only_a_part_of_a_large_batch_is_kept_in_memory(pod):
    written = await pod.write(lambda tx: [put(tx, f"a{number:04}") for number in range(1100)])
    snapshot = pod.snapshot()
    read = [snapshot.load(resource.iri) for resource in written]
    assert read == written
    kept = [one is other for one, other in zip(read, written, strict=True)]
    assert kept == [True] * sum(kept) + [False] * (1100 - sum(kept))
    assert 1000 < sum(kept) < 1100


async def test_documents_below_a_container_are_found_at_any_depth(pod):
    below = ("c/a", "c/d/b", "c/d/e/f", "c/z")
    beside = ("c", "c0", "c.acl", "b/x")

    def work(tx):
        for path in ("b/", "c/", "c/d/", "c/d/e/", *below, *beside, "c/.acl", "c/a.acl"):
            put(tx, path, path.encode())
        return [document.iri.path for document in tx.documents(iri("c/"))]

    within = await pod.write(work)
    found = list(pod.snapshot().documents(iri("c/")))
    assert [document.iri.path for document in found] == within
    assert sorted(within) == sorted(below)
    assert all(document.content == document.iri.path.encode() for document in found)
    everything = {document.iri.path for document in pod.snapshot().documents(iri(""))}
    assert everything == {*below, "c", "c0", "b/x"}


async def test_changes_are_told_in_order(pod, clock):
    start = max(event.seq for event in pod.snapshot().events())
    clock.move(7)
    await pod.write(lambda tx: (put(tx, "a", b"1"), put(tx, "a", b"2"), put(tx, "a.acl")))
    await pod.write(lambda tx: delete(tx, "a"))
    told = list(pod.snapshot().events(after=start))
    assert events(pod, start) == [
        ("a", Kind.CREATED),
        ("a", Kind.UPDATED),
        ("a.acl", Kind.CREATED),
        ("a.acl", Kind.DELETED),
        ("a", Kind.DELETED),
    ]
    assert {event.time for event in told} == {START + timedelta(seconds=7)}


async def test_the_last_changes_are_kept_and_no_more(pod, monkeypatch):
    monkeypatch.setattr("pod.store.outbox.KEPT", 3)
    for number in range(5):
        await pod.write(lambda tx, number=number: put(tx, f"n{number}", b"x"))
    assert [path for path, _ in events(pod)] == ["n2", "n3", "n4"]


async def test_a_change_of_something_else_than_what_is_there_is_a_conflict(pod):
    await pod.write(lambda tx: put(tx, "a", b"1"))
    stale = load(pod, "a")
    await pod.write(lambda tx: put(tx, "a", b"2"))

    for before in (stale, None):
        change = Change(target=iri("a"), before=before, after=draft(b"3"))
        with pytest.raises(Conflict, match="the resource changed meanwhile"):
            await pod.write(lambda tx, change=change: tx.apply(change, grant("a")))
    gone = Change(target=iri("b"), before=stale, after=None)
    with pytest.raises(Conflict):
        await pod.write(lambda tx: tx.apply(gone, grant("b")))
    assert load(pod, "a").content == b"2"


REFUSED = {
    "a container that does not exist": (lambda tx: put(tx, "no/a", b"1"), "does not exist"),
    "an acl in no container": (lambda tx: put(tx, "no/.acl", b"1"), "does not exist"),
    "a document as container": (lambda tx: put(tx, "c/a/b", b"1"), "does not exist"),
    "a container that is not empty": (lambda tx: delete(tx, "c/"), "not empty"),
    "the root": (lambda tx: delete(tx, ""), "root"),
    "nothing": (lambda tx: delete(tx, "nothing"), "nothing to delete"),
    "no grant": (
        lambda tx: tx.apply(Change(target=iri("b"), before=None, after=draft(b"")), Grant(())),
        "needs a grant",
    ),
    "something for a grant": (
        lambda tx: tx.apply(Change(target=iri("b"), before=None, after=draft(b"")), Mode.WRITE),
        "needs a grant",
    ),
    "another pod": (
        lambda tx: tx.apply(
            Change(
                target=type(iri(""))("https://pod.example/bob/", "b"),
                before=None,
                after=draft(b""),
            ),
            grant(),
        ),
        "another pod",
    ),
}


@pytest.mark.parametrize(("work", "message"), REFUSED.values(), ids=REFUSED.keys())
async def test_what_must_not_be_is_refused_and_changes_nothing(pod, work, message):
    await pod.write(lambda tx: (put(tx, "c/"), put(tx, "c/a", b"1")))
    before = load(pod, ""), load(pod, "c/"), events(pod)
    with pytest.raises(ValueError, match=message):
        await pod.write(work)
    assert (load(pod, ""), load(pod, "c/"), events(pod)) == before
    assert load(pod, "c/a").content == b"1"


@pytest.mark.spec("Solid Protocol §5.4 #server-delete-remove-auxiliary-resource")
async def test_what_is_about_a_resource_goes_with_it(pod):
    gone = ("a", "a.acl", "a.meta", "a.meta.acl")
    stays = ("a.b", "a.b.acl", "a.acl.txt", "ab", "ab.acl")

    def work(tx):
        for path in (*gone, *stays):
            put(tx, path, b"x")
        delete(tx, "a")
        return [path for path in (*gone, *stays) if tx.load(iri(path))]

    assert await pod.write(work) == list(stays)
    assert [path for path in (*gone, *stays) if load(pod, path)] == list(stays)


@pytest.mark.spec("Solid Protocol §5.4 #server-delete-remove-empty-container")
async def test_auxiliary_resources_do_not_keep_a_container(pod):
    within = ("c/.acl", "c/.meta", "c/.meta.acl", "c/gone.acl")
    await pod.write(lambda tx: [put(tx, path, b"x") for path in ("c/", *within)])
    await pod.write(lambda tx: delete(tx, "c/"))
    assert [path for path in ("c/", *within) if load(pod, path)] == []


@pytest.mark.spec("WAC §5.3.1 #reinstated-resource-permissions")
async def test_a_resource_made_anew_inherits_nothing(pod):
    await pod.write(lambda tx: (put(tx, "a", b"1"), put(tx, "a.acl", acl("a", BOB))))
    assert iri("a") in pod.snapshot().acls().rules
    await pod.write(lambda tx: (delete(tx, "a"), put(tx, "a", b"2")))
    assert load(pod, "a.acl") is None
    assert iri("a") not in pod.snapshot().acls().rules


async def test_acls_are_parsed_when_they_are_written(pod):
    await pod.write(lambda tx: (put(tx, "c/"), put(tx, "c/.acl", acl("c/", BOB))))
    rules = pod.snapshot().acls().rules[iri("c/")]
    assert {(rule.agents, rule.modes) for rule in rules} == {(frozenset({BOB}), Mode.READ)}
    assert pod.snapshot().acls().owners == {OWNER}

    await pod.write(lambda tx: delete(tx, "c/.acl"))
    assert set(pod.snapshot().acls().rules) == {iri("")}


async def test_a_job_sees_the_acls_it_has_written(pod):
    def work(tx):
        before = tx.acls()
        put(tx, "a", b"1")
        put(tx, "a.acl", acl("a", BOB))
        return before, tx.acls()

    before, after = await pod.write(work)
    assert set(before.rules) == {iri("")}
    assert set(after.rules) == {iri(""), iri("a")}
    assert pod.snapshot().acls() is after


UNREADABLE = {
    "broken syntax": (b"this is no turtle", "text/turtle"),
    "no rdf": (acl("a", BOB), "text/plain"),
    "nothing of an acl": (b"<#me> a <#it> .", "text/turtle"),
    "empty": (b"", "text/turtle"),
}


@pytest.mark.parametrize(("text", "media_type"), UNREADABLE.values(), ids=UNREADABLE.keys())
async def test_an_acl_that_cannot_be_read_lets_nobody_in(tmp_path, text, media_type):
    async with opened(tmp_path / "ana") as pod:
        await pod.write(lambda tx: (put(tx, "a"), put(tx, "a.acl", text, media_type)))
        assert pod.snapshot().acls().rules[iri("a")] == ()
    async with opened(tmp_path / "ana") as pod:
        assert pod.snapshot().acls().rules[iri("a")] == ()


async def test_acls_are_the_same_after_opening_as_they_were_written(tmp_path):
    async with opened(tmp_path / "ana") as pod:
        await pod.write(
            lambda tx: [
                put(tx, "c/"),
                put(tx, "c/.acl", acl("c/", OWNER, BOB)),
                put(tx, "c/.meta", acl("c/", BOB)),
            ]
        )
        before = pod.snapshot().acls()
        assert len(before.rules) == 2
    async with opened(tmp_path / "ana") as pod:
        assert pod.snapshot().acls() == before
