"""Brings the data browser, PodOS, from the npm registry into this package: when it is built.

It knows the standard library alone, so that it also runs where nothing is installed yet. Without
a network the server works without the pages.
"""

import base64
import io
import os
import re
import shutil
import sys
import tarfile
import urllib.request
from collections.abc import Iterator, Mapping
from hashlib import sha512
from http.client import HTTPException
from pathlib import Path

NAME, VERSION = "@pod-os/elements", "0.44.0"
INTEGRITY = (  # SHA-512, in base64, as the registry has it
    "pfVloayBWerwO/wx/JRqdQp9scgAnPni1kFGifH8ARcRBiUwtEob+NYHi3oHVNR1EeDXEooKplRibOBV+MShoA=="
)
REGISTRY = "https://registry.npmjs.org/"
SECONDS = 60
PARTS = "package/dist/elements/"  # what a page loads, without the forms for other tools
FOLDER = Path(__file__).with_name("browser_files") / "podos"
STAMP = "version.txt"
ICONS = "shoelace/assets/icons/"

_KEPT = re.compile(rf"[\w-]+(?:\.[\w-]+)*\.(?:js|css)|{ICONS}[\w-]+\.svg")
_SETTING = re.compile(r"^\s*registry\s*=\s*(\S+)\s*$", re.MULTILINE)


class NotInstalled(Exception):
    """Why there is no data browser, in one sentence."""


def is_installed(folder: Path = FOLDER) -> bool:
    """Whether the folder holds exactly the version that this server was made for."""
    stamp = folder / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == VERSION


def install(address: str, folder: Path = FOLDER, integrity: str = INTEGRITY) -> None:
    """Fetch the archive at an address and unpack what a page needs. Raises NotInstalled.

    `integrity` is the SHA-512 of the archive, in base64: nothing else is unpacked.
    """
    archive = _fetched(address)
    if base64.b64encode(sha512(archive).digest()).decode() != integrity:
        raise NotInstalled("what the registry sent is not the data browser that is expected")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in _parts(archive).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    # Last: what was broken off is no installation.
    (folder / STAMP).write_text(VERSION + "\n", encoding="utf-8")


def archive_address(environment: Mapping[str, str], home: Path) -> str:
    """Where the archive is, at the registry that npm would ask: by environment, or `.npmrc`."""
    registry = next(_registries(environment, home))
    return f"{registry.rstrip('/')}/{NAME}/-/{NAME.partition('/')[2]}-{VERSION}.tgz"


def _registries(environment: Mapping[str, str], home: Path) -> Iterator[str]:
    for name in ("npm_config_registry", "NPM_CONFIG_REGISTRY"):
        if environment.get(name):
            yield environment[name]
    for file in (Path(".npmrc"), home / ".npmrc"):
        if file.is_file() and (found := _SETTING.search(file.read_text(encoding="utf-8"))):
            yield found[1]
    yield REGISTRY


def _fetched(address: str) -> bytes:
    if not address.startswith(("https://", "http://")):
        raise NotInstalled("the npm registry must be an http or https address; check its setting")
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 - checked above
            return bytes(answer.read())
    except (OSError, HTTPException) as error:
        raise NotInstalled(
            "the npm registry cannot be reached, so this server has no data browser; "
            "run this again with a network"
        ) from error


def _parts(archive: bytes) -> dict[str, bytes]:
    """The files that a page loads, by name: scripts, styles, and the icons that scripts name."""
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as files:
        found = dict(_files(files))
    scripts = b"".join(content for name, content in found.items() if name.endswith(".js"))
    named = set(re.findall(rb"""["'`]([a-z0-9-]+)["'`]""", scripts))
    return {
        name: content
        for name, content in found.items()
        if not name.startswith(ICONS) or Path(name).stem.encode() in named
    }


def _files(archive: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    for member in archive:
        name = member.name.removeprefix(PARTS)
        # Never a name that leads out of the folder, whatever the archive says.
        if member.isfile() and name != member.name and _KEPT.fullmatch(name):
            content = archive.extractfile(member)
            if content is not None:
                yield name, content.read()


def main() -> None:
    """Install it unless it is there; say so in one sentence when that cannot be done."""
    if is_installed():
        return
    try:
        install(archive_address(os.environ, Path.home()))
    except NotInstalled as problem:
        sys.stderr.write(f"pod: {problem}\n")


if __name__ == "__main__":
    main()
