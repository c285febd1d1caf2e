"""The data browser is brought from a registry: which one, what is kept, what is refused."""

import base64
import io
import tarfile
from functools import cache
from hashlib import sha512

import pytest

from pod.web.browser_install import (
    VERSION,
    NotInstalled,
    archive_address,
    install,
    is_installed,
)

PARTS = {
    "package/dist/elements/elements.esm.js": b'sl("folder")',
    "package/dist/elements/elements.css": b"p {}",
    "package/dist/elements/elements.esm.js.map": b"a source map",
    "package/dist/elements/../../../outside.js": b"leads out",
    "package/dist/elements/shoelace/assets/icons/folder.svg": b"<svg/>",
    "package/dist/elements/shoelace/assets/icons/alarm.svg": b"<svg/>",
    "package/dist/cjs/index.js": b"for another tool",
    "package/package.json": b"{}",
}


@cache  # one that is made a second later has another time in it
def archive() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as made:
        for name, content in PARTS.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            made.addfile(member, io.BytesIO(content))
    return file.getvalue()


def digest(octets: bytes) -> str:
    return base64.b64encode(sha512(octets).digest()).decode()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def address(elsewhere):
    """Where the registry has the archive."""
    elsewhere.pages["elements.tgz"] = (200, "application/octet-stream", archive())
    return elsewhere.base + "elements.tgz"


def test_what_a_page_loads_is_kept_and_nothing_else(tmp_path, address):
    folder = tmp_path / "podos"
    install(address, folder, digest(archive()))
    kept = {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}
    icons = "shoelace/assets/icons/folder.svg"
    assert kept == {"elements.esm.js", "elements.css", icons, "version.txt"}
    assert is_installed(folder)
    assert [*tmp_path.iterdir()] == [folder]


def test_another_archive_than_the_expected_one_is_not_unpacked(tmp_path, address):
    with pytest.raises(NotInstalled, match="not the data browser that is expected"):
        install(address, tmp_path / "podos", digest(b"something else"))
    assert not (tmp_path / "podos").exists()


@pytest.mark.parametrize("path", ["none.tgz", ""])
def test_a_registry_that_does_not_have_it_is_told_of(tmp_path, elsewhere, path):
    with pytest.raises(NotInstalled, match="run this again with a network"):
        install(elsewhere.base + path, tmp_path / "podos")


def test_an_address_that_is_none_of_the_web_is_refused(tmp_path):
    with pytest.raises(NotInstalled, match="must be an http or https address"):
        install("file:///elements.tgz", tmp_path / "podos")


def test_another_version_is_no_installation(tmp_path):
    assert not is_installed(tmp_path)
    (tmp_path / "version.txt").write_text("0.0.1\n")
    assert not is_installed(tmp_path)
    (tmp_path / "version.txt").write_text(VERSION + "\n")
    assert is_installed(tmp_path)


@pytest.mark.parametrize(
    ("environment", "setting", "registry"),
    [
        ({}, None, "https://registry.npmjs.org"),
        ({}, "fund=false\n", "https://registry.npmjs.org"),
        ({}, "registry=https://mirror.example/npm/\n", "https://mirror.example/npm"),
        (
            {"NPM_CONFIG_REGISTRY": "https://other.example/"},
            "registry=https://mirror.example/npm/\n",
            "https://other.example",
        ),
        ({"npm_config_registry": "https://small.example"}, None, "https://small.example"),
    ],
)
def test_it_comes_from_the_registry_that_npm_would_ask(
    tmp_path, monkeypatch, environment, setting, registry
):
    monkeypatch.chdir(tmp_path)
    if setting:
        (tmp_path / ".npmrc").write_text(setting)
    end = f"/@pod-os/elements/-/elements-{VERSION}.tgz"
    assert archive_address(environment, tmp_path) == registry + end
