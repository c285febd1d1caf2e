"""Asks every judge about this server and about Community Solid Server, and keeps what they say.

`python tests/judges/compare.py [NAME…]` asks all, or those whose names contain a NAME. It needs
Node.js, and a network the first time. docs/compliance.md shows what was said last.
"""

import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from judged import community, here
from jury import HERE, JUDGES, Judge
from verdicts import Verdict, keep

BUILD = HERE.parents[1] / "build" / "community-server"


def version_of(judge: Judge) -> str:
    if judge.script.suffix == ".py":
        return version(judge.name)
    packages = json.loads((judge.home / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return packages.get(judge.name, "")


def main(names: list[str]) -> None:
    chosen = [one for one in JUDGES if not names or any(name in one.name for name in names)]
    with (
        tempfile.TemporaryDirectory() as folder,
        here(Path(folder)) as ours,
        community(BUILD) as theirs,
    ):
        for judge in chosen:
            if judge.absent:
                raise SystemExit(judge.absent)
            said = [
                [name for name, why in judge.run(told).items() if why] for told in (ours, theirs)
            ]
            count = len(judge.cases)
            keep(
                Verdict(
                    judge=judge.name,
                    version=version_of(judge),
                    cases=count,
                    here=said[0],
                    community=said[1],
                )
            )
            print(f"{judge.name}: {count - len(said[0])}, {count - len(said[1])} of {count}")


if __name__ == "__main__":
    main(sys.argv[1:])
