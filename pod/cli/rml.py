"""Tables read by an RML mapping, with morph-kgc, in a process and an environment of its own.

RML: https://rml.io/specs/rml/. morph-kgc asks for other versions of libraries than this server has,
so that it cannot be installed beside it.
"""

import asyncio
import shutil
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from importers.mapped.linked import RECORDS
from importers.text import printable
from pod.cli.terms import CommandProblem

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can say
_MAPPING: Final = "mapping.rml.ttl"
_CONFIGURATION: Final = f"""\
[CONFIGURATION]
output_file: {RECORDS}
output_format: N-TRIPLES
number_of_processes: 1
logging_level: ERROR
[TABLES]
mappings: {_MAPPING}
"""
_SECONDS: Final = 900
_UNSET: Final = (
    "RML is read by morph-kgc, in an environment of its own: `python3 -m venv rml`, then "
    "`rml/bin/pip install 'morph-kgc>=2.8,<3'`, and the setting `rml_python = \"rml/bin/python\"`"
)


@asynccontextmanager
async def converted(path: Path, mapping: str, python: str) -> AsyncIterator[Path]:
    """An archive of the records that a mapping makes of a file or a folder, and of these.

    `python` is that of the environment of morph-kgc, "" for none. The mapping names tables by their
    paths from the folder, or from that of the file. Raises CommandProblem where it makes none.
    """
    if not python:
        raise CommandProblem(_UNSET, 2)
    with TemporaryDirectory() as made:
        here = Path(made) / "tables"
        _lay_out(path, mapping, here)
        await _run(_whole(python), here)
        yield _packed(here, Path(made) / f"{printable(_whole(path).name)}.rml.zip")


def _lay_out(path: Path, mapping: str, here: Path) -> None:
    try:
        if path.is_dir():
            shutil.copytree(path, here)
        else:
            here.mkdir()
            shutil.copy(path, here)
        (here / _MAPPING).write_text(mapping, encoding="utf-8")
        (here / "configuration.ini").write_text(_CONFIGURATION, encoding="utf-8")
    except (OSError, shutil.Error) as error:
        raise CommandProblem(f"{printable(path.name)} cannot be read; check its name", 2) from error


async def _run(python: Path, here: Path) -> None:
    words = ("-I", "-m", "morph_kgc", "configuration.ini")
    try:
        process = await asyncio.create_subprocess_exec(
            str(python),
            *words,
            cwd=here,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
    except OSError as error:
        raise CommandProblem(_UNSET, 2) from error
    try:
        said, _ = await asyncio.wait_for(process.communicate(), _SECONDS)
    except TimeoutError as error:
        process.kill()
        await process.wait()
        raise CommandProblem("morph-kgc took more than a quarter of an hour") from error
    if process.returncode or not (here / RECORDS).is_file():
        last = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise CommandProblem(f"morph-kgc makes nothing of it: {printable(last)[:300]}")


def _whole(path: str | Path) -> Path:
    """A path from the root: the process runs in another folder."""
    return Path(path).absolute()


def _packed(here: Path, archive: Path) -> Path:
    """The records first, then what they were made of; always the same octets for the same files."""
    records = sorted(set((here / RECORDS).read_text(encoding="utf-8").splitlines(keepends=True)))
    left_out = {RECORDS, "configuration.ini"}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        _put(packed, RECORDS, "".join(records).encode())
        for file in sorted(here.rglob("*")):
            name = file.relative_to(here).as_posix()
            if file.is_file() and not file.is_symlink() and name not in left_out:
                _put(packed, name, file.read_bytes())
    return archive


def _put(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    packed.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
