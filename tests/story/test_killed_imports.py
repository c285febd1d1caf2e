"""An import that is killed, wherever it is, is there whole or not at all."""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from commands import count, creation
from deposits import ofx
from serving import Host, free_port

ROWS = 1500


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


def killed_at(stage: str, words: tuple[str, ...], host: Host) -> str:
    """Kill the command once its bar shows a stage; what the bar has shown."""
    ours, terminal = os.openpty()
    place = ("--data", str(host.data), "--base-url", host.base)
    program = [sys.executable, "-m", "pod", *words, *place]
    with subprocess.Popen(program, stderr=terminal, stdout=subprocess.DEVNULL) as process:
        os.close(terminal)
        shown = b""
        try:
            while stage.encode() not in shown and (more := os.read(ours, 1024)):
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
