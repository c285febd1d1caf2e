"""What was used once, in processes that share a data folder, end, crash and come again."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pod.intake.verify import DEPOSITS
from pod.oidc.replay import PROOFS
from pod.once import BUCKET, SLOT, TABLE, TRIED, Mark, behind, place_of, stretch_of
from pod.problems import Unavailable
from pod.store.seen import SeenMarks

NOW = datetime(2027, 3, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ANOTHER = """
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from pod.oidc.replay import PROOFS
from pod.once import Mark
from pod.store.seen import SeenMarks
now = datetime.fromisoformat(sys.argv[2])
seen = SeenMarks(Path(sys.argv[1]), boot="first")
for text in sys.stdin:
    print(seen.first_use(Mark(PROOFS, "key-1", text.strip(), now.timestamp()), now), flush=True)
seen.close()
"""


def proof(text: str, issued: datetime = NOW, owner: str = "key-1") -> Mark:
    return Mark(PROOFS, owner, text, issued.timestamp())


def deposit(text: str, issued: datetime = NOW) -> Mark:
    return Mark(DEPOSITS, "https://bank.example/#key", text, issued.timestamp())


def left_open(data: Path, boot: str = "first") -> SeenMarks:
    """What a process has opened that will never close it."""
    seen = SeenMarks(data, boot=boot)
    seen.open(NOW)
    return seen


class Crashing(SeenMarks):
    """One that may end without saying so."""

    def crash(self) -> None:
        state = self.folder / "state"
        before = state.read_bytes() if state.exists() else None
        self.close()
        if before is not None:
            state.write_bytes(before)


def tables(data: Path) -> set[str]:
    return {file.name for file in (data / "seen").glob("*-*")}


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[SeenMarks]:
    opened = SeenMarks(tmp_path, boot="first")
    yield opened
    opened.close()


@pytest.mark.spec("RFC9449 §11.1")
def test_a_mark_is_good_once(seen):
    assert seen.first_use(proof("a"), NOW)
    assert not seen.first_use(proof("a"), NOW)
    assert not seen.first_use(proof("a"), NOW + 5 * MINUTE)


def test_two_keys_may_use_the_same_text_and_one_key_for_two_kinds(seen):
    assert seen.first_use(proof("a"), NOW)
    assert seen.first_use(proof("a", owner="key-2"), NOW)
    assert seen.first_use(deposit("a"), NOW)
    assert not seen.first_use(deposit("a"), NOW)


@pytest.mark.spec("RFC9449 §11.1")
def test_what_one_process_notes_all_others_know(tmp_path: Path, seen):
    words = [sys.executable, "-c", ANOTHER, str(tmp_path), NOW.isoformat()]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as another:
        assert another.stdin is not None
        assert another.stdout is not None

        def there(text: str) -> str:
            another.stdin.write(f"{text}\n")
            another.stdin.flush()
            return another.stdout.readline().strip()

        assert there("a") == "True"
        assert not seen.first_use(proof("a"), NOW)
        assert seen.first_use(proof("b"), NOW)
        assert there("b") == "False"
        another.kill()
    assert not seen.first_use(proof("a"), NOW)


def test_of_many_processes_that_take_the_same_marks_one_is_first(tmp_path: Path):
    words = [sys.executable, "-c", ANOTHER, str(tmp_path), NOW.isoformat()]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    racing = [subprocess.Popen(words, **pipes) for _ in range(3)]
    said = "".join(f"{number}\n" for number in range(400))
    for process in racing:
        process.stdin.write(said)
        process.stdin.close()
    firsts = [process.stdout.read().split() for process in racing]
    for process in racing:
        process.stdout.close()
        assert process.wait() == 0
    assert [line.count("True") for line in zip(*firsts, strict=True)] == [1] * 400


def test_what_was_noted_is_known_after_an_orderly_end_and_a_new_start_of_the_machine(tmp_path):
    before = left_open(tmp_path)
    assert before.first_use(proof("a"), NOW)
    before.close()
    after = left_open(tmp_path, "second")
    assert not after.first_use(proof("a"), NOW)
    assert after.first_use(proof("b"), NOW)


def test_what_was_noted_is_known_when_a_process_crashes(tmp_path):
    assert left_open(tmp_path).first_use(proof("a"), NOW)
    after = left_open(tmp_path)
    assert not after.first_use(proof("a"), NOW)
    assert after.first_use(proof("b"), NOW)


def test_after_a_crash_of_the_machine_nothing_is_taken_that_may_have_been_used(tmp_path):
    assert left_open(tmp_path).first_use(proof("a"), NOW)
    after = left_open(tmp_path, "second")
    for mark in (proof("b"), proof("b", NOW + MINUTE), deposit("b", NOW + 5 * MINUTE)):
        with pytest.raises(Unavailable, match="try again in some minutes"):
            after.first_use(mark, NOW)
    fresh = NOW + timedelta(seconds=61)
    assert after.first_use(proof("b", fresh), fresh)
    assert not left_open(tmp_path, "second").first_use(proof("b", fresh), fresh)


def test_a_state_that_cannot_be_read_is_that_of_a_crash(tmp_path):
    left_open(tmp_path).close()
    (tmp_path / "seen" / "state").write_text("")
    with pytest.raises(Unavailable):
        left_open(tmp_path).first_use(proof("a"), NOW)


def test_a_state_that_is_lost_on_the_way_lets_nobody_in(tmp_path, seen):
    assert seen.first_use(proof("a"), NOW)
    (tmp_path / "seen" / "state").write_text(json.dumps({"no": "state"}))
    with pytest.raises(Unavailable, match="cannot note"):
        seen.first_use(proof("a", NOW + MINUTE), NOW + MINUTE)


def test_tables_go_when_nothing_in_them_is_accepted_any_more(tmp_path, seen):
    for minute in range(20):
        now = NOW + minute * MINUTE
        assert seen.first_use(proof("a", now), now)
        assert not seen.first_use(proof("a", now), now)
    assert len(tables(tmp_path)) == 6
    assert not seen.first_use(proof("b"), now)


def test_a_table_that_another_process_has_removed_is_not_written_to(tmp_path, seen):
    # The clock goes forward by an hour, and back again.
    other, late = left_open(tmp_path), NOW + 60 * MINUTE
    assert seen.first_use(proof("a"), NOW)
    assert other.first_use(proof("b", late), late)
    assert not other.first_use(proof("c"), late)
    with pytest.raises(Unavailable):
        other.first_use(proof("c", NOW + MINUTE), NOW)
    soon = NOW + 2 * MINUTE
    assert seen.first_use(proof("d", soon), soon)
    assert not other.first_use(proof("d", soon), soon)
    assert not other.first_use(proof("b", late), late)


def test_a_full_table_takes_nothing_more_but_still_knows_what_is_in_it(tmp_path, seen):
    assert seen.first_use(proof("a"), NOW)
    secret = bytes.fromhex(json.loads((tmp_path / "seen" / "state").read_text())["secret"])
    [table] = (tmp_path / "seen").glob("proofs-*")
    offset, slot = place_of(proof("a"), secret)
    content = bytearray(b"\x01" * TABLE)
    for _ in range(TRIED - 1):
        offset = behind(offset)
    content[offset + BUCKET - SLOT : offset + BUCKET] = slot
    table.write_bytes(content)
    assert not seen.first_use(proof("a"), NOW)
    with pytest.raises(Unavailable, match="too many"):
        seen.first_use(proof("b"), NOW)
    assert seen.first_use(proof("b", NOW + MINUTE), NOW)


def test_a_mark_goes_on_in_the_next_bucket_when_its_own_is_full(tmp_path, seen):
    assert seen.first_use(proof("z"), NOW)
    secret = bytes.fromhex(json.loads((tmp_path / "seen" / "state").read_text())["secret"])
    [table] = (tmp_path / "seen").glob("proofs-*")
    offset, slot = place_of(proof("a"), secret)
    with table.open("r+b") as file:
        os.pwrite(file.fileno(), b"\x01" * BUCKET, offset)
        assert seen.first_use(proof("a"), NOW)
        assert os.pread(file.fileno(), SLOT, behind(offset)) == slot
    assert not seen.first_use(proof("a"), NOW)


def test_what_cannot_be_written_is_not_taken(tmp_path):
    (tmp_path / "seen").write_text("in the way")
    with pytest.raises(Unavailable, match="cannot note"):
        SeenMarks(tmp_path, boot="first").first_use(proof("a"), NOW)


def test_only_the_owner_can_read_it_and_nothing_of_a_mark_is_in_it(tmp_path, seen):
    assert seen.first_use(proof("proof-of-alice"), NOW)
    folder = tmp_path / "seen"
    assert folder.stat().st_mode & 0o777 == 0o700
    for file in folder.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
        assert b"alice" not in file.read_bytes()


def test_a_table_takes_no_more_of_the_disk_than_what_is_in_it(tmp_path, seen):
    assert seen.first_use(proof("a"), NOW)
    [table] = (tmp_path / "seen").glob("proofs-*")
    assert table.stat().st_blocks * 512 <= 64 * 1024


def test_the_machine_tells_its_starts_apart(tmp_path):
    before = SeenMarks(tmp_path)
    before.open(NOW)
    assert before.first_use(proof("a"), NOW)
    assert not SeenMarks(tmp_path).first_use(proof("a"), NOW)


def test_what_was_never_opened_leaves_nothing(tmp_path):
    SeenMarks(tmp_path).close()
    assert list(tmp_path.iterdir()) == []


STEPS = st.lists(
    st.tuples(
        st.integers(0, 3),  # which process
        st.sampled_from(["use", "use", "use", "close", "crash"]),
        st.integers(0, 4),  # which mark
        st.integers(-60, 300),  # seconds ago that it was signed
        st.integers(0, 150),  # seconds later
    ),
    max_size=20,
)


@settings(max_examples=15, deadline=None)
@given(STEPS)
def test_within_its_time_a_mark_is_taken_exactly_once_whoever_ends(steps):
    known: set[tuple[int, int]] = set()
    now = NOW
    with TemporaryDirectory() as folder:
        processes = [Crashing(Path(folder), boot="first") for _ in range(4)]
        for number, step, text, age, later in steps:
            now += timedelta(seconds=later)
            if step == "use":
                issued = int(now.timestamp()) - age
                mark = Mark(PROOFS, "key-1", str(text), float(issued))
                once = text, stretch_of(mark)
                assert processes[number].first_use(mark, now) == (once not in known)
                known.add(once)
            elif step == "close":
                processes[number].close()
            else:
                processes[number].crash()
        for process in processes:
            process.close()
