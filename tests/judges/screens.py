"""Pictures of every page, from the demonstration household: `python -m tests.judges.screens`.

They go to docs/screens, with a page that lists them. It needs Node.js and Chromium, and what
`make test` has installed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent), str(HERE)]
from judged import Told  # noqa: E402 - found where this script has just said
from lived import known, made_household  # noqa: E402 - as above
from serving import free_port  # noqa: E402 - as above

OUT = HERE.parents[1] / "docs" / "screens"
_SIGN_IN = re.compile(r"^as (\S+) with the password (\S+)$", re.MULTILINE)
_MAIN = ("-phone", "-dark")
_LIST = """# What the pages look like

Camille of `pod demo`, in French, at a desk; the main pages also on a telephone (`-phone`) and in
the dark (`-dark`). `make screens` takes these pictures anew.

"""


@contextmanager
def demonstration(folder: Path) -> Iterator[Told]:
    """`pod demo`, and what the script has to know of its people."""
    port = free_port()
    base = f"http://localhost:{port}/"
    words = [sys.executable, "-u", "-m", "pod", "demo", "--port", str(port)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = ""
    try:
        for line in process.stdout:
            said += line
            if line.startswith("listening on"):
                break
        yield {
            "BASE": base,
            "ISSUER": base,
            **_people(base, said),
            **known(folder, made_household()),
        }
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def _people(base: str, said: str) -> Told:
    """Camille, who signs in as the command has told."""
    signing = _SIGN_IN.search(said)
    if signing is None:
        raise SystemExit("the demonstration does not say who signs in; see pod/cli/demo.py")
    email, password = signing.groups()
    return {
        "CAMILLE_POD": f"{base}camille/",
        "CAMILLE_EMAIL": email,
        "CAMILLE_PASSWORD": password,
    }


def listed(shown: Iterable[Mapping[str, str]], out: Path) -> str:
    """The page that lists the pictures."""
    parts = []
    for one in shown:
        name, sentence = one["name"], one["sentence"]
        also = (f"{name}{end}.webp" for end in _MAIN if (out / f"{name}{end}.webp").exists())
        more = "".join(f" · [{path.removesuffix('.webp')}]({path})" for path in also)
        parts.append(f"## {name}\n\n{sentence}{more}\n\n![{sentence}]({name}.webp)\n")
    return _LIST + "\n".join(parts)


def main(out: Path = OUT) -> None:
    """Takes the pictures; those that are there go."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder, demonstration(Path(folder)) as told:
        env = {**os.environ, **told, "OUT": str(out), "CHROMIUM": shutil.which("chromium") or ""}
        done = subprocess.run(
            ["node", str(HERE / "pages" / "screens.mjs")],  # noqa: S607 - the one that is installed
            env=env,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    shown = [json.loads(line) for line in done.stdout.splitlines()]
    (out / "README.md").write_text(listed(shown, out), encoding="utf-8")
    size = sum(file.stat().st_size for file in out.iterdir())
    print(f"{len(shown)} pages, {len([*out.glob('*.webp')])} pictures, {size // 1024} KiB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
