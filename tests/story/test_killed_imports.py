"""An import that is killed: each file is there whole or not at all, and many are gone on with."""

import os
import re
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from commands import count, creation
from deposits import ofx
from serving import Host, free_port

ROWS = 1500
PARTS, ROWS_OF_PART = 8, 60


@pytest.fixture
def host(tmp_path: Path) -> Host:
    made = Host(tmp_path / "data", free_port())
    assert made.here(*creation("ana"), given="a good password\n").status == 0
    return made


@pytest.fixture
def words(tmp_path: Path) -> tuple[str, ...]:
    """The command for a statement of which hardly anything may be in memory."""
    statement, settings = tmp_path / "releve.ofx", tmp_path / "pod.toml"
    first = date(2024, 1, 1)
    days = (first + timedelta(days=number % 700) for number in range(ROWS))
    statement.write_bytes(ofx([(day, "-2.50", "CB CAFE") for day in days], 1))
    settings.write_text("import_memory = 100\n")
    return ("import", str(statement), "--pod", "ana", "--config", str(settings))


@pytest.fixture
def archive(tmp_path: Path) -> tuple[str, ...]:
    """The command for an archive of statements, of which each day is in one."""
    days = [date(2020, 1, 1) + timedelta(days=number) for number in range(PARTS * ROWS_OF_PART)]
    with zipfile.ZipFile(tmp_path / "Takeout-001.zip", "w") as made:
        for part in range(PARTS):
            its = days[part * ROWS_OF_PART : (part + 1) * ROWS_OF_PART]
            made.writestr(f"{part}.ofx", ofx([(day, "-2.50", "CB CAFE") for day in its], part))
    return ("import", str(tmp_path / "Takeout-001.zip"), "--pod", "ana")


def killed_at(stage: str, words: tuple[str, ...], host: Host) -> str:
    """Kill the command once its bar shows a stage; what the bar has shown."""
    ours, terminal = os.openpty()
    place = ("--data", str(host.data), "--base-url", host.base)
    program = [sys.executable, "-m", "pod", *words, *place]
    with subprocess.Popen(program, stderr=terminal, stdout=subprocess.DEVNULL) as process:
        os.close(terminal)
        shown = b""
        try:
            while not re.search(stage.encode(), shown) and (more := os.read(ours, 1024)):
                shown += more
        finally:
            process.kill()
            os.close(ours)
    return shown.decode()


@pytest.mark.parametrize("stage", ["reading", "storing"])
def test_it_is_there_whole_or_not_at_all(host: Host, words: tuple[str, ...], stage: str) -> None:
    shown = killed_at(stage, words, host)
    assert "releve.ofx: reading [" in shown
    found = count(host, "ana")
    assert found in {0, ROWS}
    (again,) = host.here(*words, "--json").json()
    assert (again["new"], again["same"]) == (ROWS - found, found)
    assert count(host, "ana") == ROWS
    assert [file.name for file in host.data.rglob("incoming/*")] == []


def test_an_archive_goes_on_where_it_was(host: Host, archive: tuple[str, ...]) -> None:
    shown = killed_at(r" 2\d %", archive, host)
    assert "Takeout-001.zip: reading [" in shown
    before = count(host, "ana")
    assert before % ROWS_OF_PART == 0  # each file is there whole or not at all
    done = host.here(*archive)
    assert (done.status, count(host, "ana")) == (0, PARTS * ROWS_OF_PART)
    found = re.match(r"this import was interrupted; files taken in before that: (\d+)\n", done.out)
    if before < PARTS * ROWS_OF_PART:
        # What was stored and not noted in the same moment is read again, and is the same.
        assert found
        assert int(found[1]) in {before // ROWS_OF_PART, before // ROWS_OF_PART - 1}
    assert list(host.data.rglob("under-way/*")) == []
