"""A server that runs while the commands do, and who has an account on it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from commands import creation
from household import household
from serving import Host, free_port


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A server in a process of its own, which has nothing to complain of."""
    folder = tmp_path_factory.mktemp("served")
    made = Host(folder / "data", free_port())
    file = folder / "errors"
    with file.open("w") as errors, made.serving(errors=errors):
        yield made
    assert file.read_text() == ""


@pytest.fixture
def ana(served: Host, request: pytest.FixtureRequest) -> str:
    """The name of an account that no other test knows."""
    name = re.sub("[^a-z0-9]+", "-", request.node.name.lower())[-50:].strip("-")
    assert served.here(*creation(name), given="a good password\n").status == 0
    return name


@pytest.fixture(scope="session")
def ola(served: Host) -> str:
    """The name of an account whose pod nothing happens to."""
    assert served.here(*creation("ola"), given="a good password\n").status == 0
    return "ola"


@pytest.fixture
def bank(tmp_path: Path) -> str:
    """A statement of twenty movements."""
    file = tmp_path / "bank.xml"
    file.write_bytes(household(date(2026, 1, 1), 30, 20).camt053)
    return str(file)
