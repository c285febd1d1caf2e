"""The foreign judges: stock clients of Solid, each run by a script of its own against a server."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
NEIGHBOUR = HERE.parent / "community"  # Community Solid Server; it looks for parts in what is above
SECONDS = 900  # that a script may take
_CASE = re.compile(r'^\s*await (?:test|case)\(\s*"([^"]+)"', re.MULTILINE)


@dataclass(frozen=True)
class Judge:
    """A client: the package that is judged with, and the script that drives it.

    `home` is the folder that has the package.
    """

    name: str
    script: Path
    home: Path = HERE

    @property
    def cases(self) -> tuple[str, ...]:
        """The names of its cases, in order, as the script has them."""
        return tuple(_CASE.findall(self.script.read_text(encoding="utf-8")))

    @property
    def absent(self) -> str:
        """Why it cannot be run here; nothing when it can."""
        if self.script.suffix == ".py":
            return "" if find_spec("pacific_solid") else "pacific-solid is not installed"
        if shutil.which("node") is None:
            return "Node.js is not installed"
        return "" if (self.home / "node_modules").is_dir() else "run make test once with a network"

    def run(self, world: Mapping[str, str]) -> dict[str, str]:
        """Run all cases; why each has failed, by its name: nothing where it passed."""
        program = sys.executable if self.script.suffix == ".py" else "node"
        done = subprocess.run(
            [program, str(self.script)],
            env={**os.environ, **world},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"name"')]
        why = f"the script did not come to it: {done.stderr[-2000:]}"
        found = {one["name"]: "" if one["passed"] else one["why"] for one in told}
        return {name: found.get(name, why) for name in self.cases}


JUDGES = tuple(
    Judge(name, HERE / "clients" / script, home)
    for name, script, home in (
        ("@inrupt/solid-client", "inrupt.mjs", HERE),
        ("rdflib", "rdflib.mjs", HERE),
        ("solid-file-client", "file_client.mjs", HERE),
        ("@comunica/query-sparql-solid", "comunica.mjs", HERE),
        ("@ldo/connected-solid", "ldo.mjs", HERE),
        ("soukai-solid", "soukai.mjs", HERE),
        ("@solid-notifications/subscription", "notifications.mjs", HERE),
        ("solid-bashlib", "bashlib.mjs", NEIGHBOUR),
        ("pacific-solid", "pacific.py", HERE),
        ("W3C LDN receiver", "ldn.mjs", HERE),
    )
)
