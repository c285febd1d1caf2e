"""Runs the official specification tests, and end-to-end tests of client libraries.

`python tests/judges/official.py SPECIFICATION-TESTS [SOLID-CLIENT-JS]` takes checkouts of
solid-contrib/specification-tests and of inrupt/solid-client-js; in the second, `npm ci` must have
been run. The first are written for Karate; karate/run.cjs interprets the part of it that they use.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from compare import BUILD
from judged import Told, community, here
from jury import HERE
from verdicts import ACTIVE, CONVERTED, LIBRARY, Verdict, keep


def specification(checkout: Path, told: Told) -> dict[str, dict[str, str]]:
    """Of each group the scenarios, with what went wrong: nothing where it passed."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "told.json"
        places = [str(checkout / part) for part in ("protocol", "web-access-control")]
        words = ["node", str(HERE / "karate" / "run.cjs"), f"--json={file}", *places]
        subprocess.run(words, env={**os.environ, **told}, stdout=subprocess.DEVNULL, check=False)
        told_of = json.loads(file.read_text(encoding="utf-8"))["results"]
    found: dict[str, dict[str, str]] = {ACTIVE: {}, CONVERTED: {}}
    for number, one in enumerate(told_of):
        where = Path(one["file"]).relative_to(checkout.resolve())
        group = found[CONVERTED if "converted" in where.parts else ACTIVE]
        if one["status"] != "skipped":
            name = f"{where.stem}: {one['name']}"
            name = f"{name} ({number})" if name in group else name
            group[name] = "" if one["status"] == "passed" else one["error"]
    return found


def library(checkout: Path, told: Told) -> dict[str, str]:
    """The tests of a client library, with what went wrong."""
    # A profile here names its storage already; that is said once more, and changes nothing.
    naming = ["node", str(HERE / "lib" / "storage.mjs")]
    subprocess.run(naming, env={**os.environ, **told}, check=True)
    env = {
        "E2E_TEST_ENVIRONMENT": "Custom",
        "E2E_TEST_FEATURE_WAC": "true",
        "E2E_TEST_FEATURE_ACP": "false",
        "E2E_TEST_FEATURE_ACP_V3": "false",
        "E2E_TEST_IDP": told["ISSUER"],
        "E2E_TEST_OWNER_CLIENT_ID": told["ALICE_CLIENT_ID"],
        "E2E_TEST_OWNER_CLIENT_SECRET": told["ALICE_CLIENT_SECRET"],
        "E2E_TEST_REQUESTOR_CLIENT_ID": told["BOB_CLIENT_ID"],
        "E2E_TEST_REQUESTOR_CLIENT_SECRET": told["BOB_CLIENT_SECRET"],
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "told.json"
        words = ["npx", "jest", "--selectProjects", "e2e-node", "--collectCoverage", "false"]
        subprocess.run(
            [*words, "--testTimeout", "30000", "--json", f"--outputFile={file}"],
            cwd=checkout,
            env={**os.environ, **env},
            capture_output=True,
            check=False,
        )
        suites = json.loads(file.read_text(encoding="utf-8"))["testResults"]
    return {
        one["fullName"]: "" if one["status"] == "passed" else " ".join(one["failureMessages"])
        for suite in suites
        for one in suite["assertionResults"]
        if one["status"] in {"passed", "failed"}
    }


def commit(checkout: Path) -> str:
    words = ["git", "-C", str(checkout), "rev-parse", "--short", "HEAD"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def note(judge: str, version: str, ours: dict[str, str], theirs: dict[str, str]) -> None:
    said = [[name for name, why in one.items() if why] for one in (ours, theirs)]
    keep(Verdict(judge=judge, version=version, cases=len(ours), here=said[0], community=said[1]))
    print(f"{judge}: {len(ours) - len(said[0])}, {len(theirs) - len(said[1])} of {len(ours)}")


def main(tests: Path, client: Path | None = None) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        here(Path(folder)) as ours,
        community(BUILD) as theirs,
    ):
        said = [specification(tests, told) for told in (ours, theirs)]
        for group in (ACTIVE, CONVERTED):
            note(group, commit(tests), said[0][group], said[1][group])
        if client is not None:
            note(LIBRARY, commit(client), *(library(client, told) for told in (ours, theirs)))


if __name__ == "__main__":
    main(*(Path(word).resolve() for word in sys.argv[1:]))
