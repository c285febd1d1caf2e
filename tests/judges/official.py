"""Runs the official specification tests, and end-to-end tests of client libraries.

`python tests/judges/official.py [--tests FOLDER] [--client FOLDER] [--authn FOLDER]` takes
checkouts of solid-contrib/specification-tests, inrupt/solid-client-js and
inrupt/solid-client-authn-js. The first are written for Karate; karate/run.cjs interprets the part
of it that they use. In the second, `npm ci` must have been run; in the third
`npm ci --ignore-scripts`, and then `npm run build -w packages/core -w packages/node`.
"""

import json
import os
import subprocess
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from compare import BUILD
from judged import Told, community, here
from jury import HERE
from verdicts import ACTIVE, AUTHN, CONVERTED, LIBRARY, Verdict, keep

# What the tests of signing in need of Jest, in plain JSON: their own settings are in TypeScript,
# which not every Node.js reads.
_JEST = {
    "roots": ["<rootDir>/e2e/node/script"],
    "testMatch": ["**/*.spec.ts"],
    "setupFiles": ["<rootDir>/e2e/node/jest.setup.ts"],
    "injectGlobals": False,
    "moduleNameMapper": {"^jose": "<rootDir>/node_modules/jose/dist/webapi/index.js"},
    "transform": {
        r"\.ts$": ["ts-jest", {"diagnostics": False}],
        r"node_modules/(jose|uuid).+\.js$": [
            "ts-jest",
            {"diagnostics": False, "tsconfig": {"allowJs": True}},
        ],
    },
    "transformIgnorePatterns": ["node_modules/(?!jose|uuid)"],
}
# Left out: a look at a server on the internet, and an hour's wait for a token to end.
_OF_AUTHN = "Authenticated fetch|Unauthenticated fetch|Post-logout fetch|login and logout"


Asked = Callable[[Path, Told], dict[str, str]]
"""From a checkout and a server to each test, with what went wrong."""


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
    return _told(checkout, told, ["--selectProjects", "e2e-node", "--collectCoverage", "false"])


def signing_in(checkout: Path, told: Told) -> dict[str, str]:
    """The tests of the library that signs in, of its scripts, with what went wrong."""
    _prepare("private_root.mjs", told)
    return _told(checkout, told, ["--config", json.dumps(_JEST), "-t", _OF_AUTHN])


def _prepare(script: str, told: Told) -> None:
    words = ["node", str(HERE / "lib" / script)]
    subprocess.run(words, env={**os.environ, **told}, check=True)


def _told(checkout: Path, told: Told, chosen: list[str]) -> dict[str, str]:
    # A profile here names its storage already; that is said once more, and changes nothing.
    _prepare("storage.mjs", told)
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
        words = ["npx", "jest", "--testTimeout", "30000", "--json", f"--outputFile={file}"]
        subprocess.run(
            [*words, *chosen],
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


def main(tests: Path | None, libraries: dict[str, tuple[Path | None, Asked]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        here(Path(folder)) as ours,
        community(BUILD) as theirs,
    ):
        if tests is not None:
            said = [specification(tests, told) for told in (ours, theirs)]
            for group in (ACTIVE, CONVERTED):
                note(group, commit(tests), said[0][group], said[1][group])
        for name, (checkout, asked) in libraries.items():
            if checkout is not None:
                note(name, commit(checkout), *(asked(checkout, told) for told in (ours, theirs)))


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    for name in ("--tests", "--client", "--authn"):
        parser.add_argument(name, type=lambda word: Path(word).resolve())
    chosen = parser.parse_args()
    main(
        chosen.tests,
        {LIBRARY: (chosen.client, library), AUTHN: (chosen.authn, signing_in)},
    )
