"""The command line loads of its families the one that is asked for, and of importers none."""

import subprocess
import sys
from importlib import import_module

import pytest

from pod.cli import FAMILIES
from pod.cli.terms import CommandLine

STARTED = "import sys, pod.cli.serve; print(*sys.modules)"


@pytest.mark.parametrize(("family", "has"), FAMILIES.items(), ids=FAMILIES)
def test_a_family_has_the_commands_of_the_table(family, has):
    commands = CommandLine(prog="pod").add_subparsers()
    import_module(f"pod.cli.{family}").add_to(commands)
    assert tuple(commands.choices) == has


def test_a_server_starts_without_the_importers():
    words = [sys.executable, "-c", STARTED]
    loaded = subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()
    assert "pod.cli.serve" in loaded
    assert not {"importers.health", "importers.activity", "pod.cli.demo"}.intersection(loaded)
