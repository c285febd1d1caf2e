"""Other Solid servers, to be measured beside ours: `python bench/peers.py [FOLDER]` installs them.

They are installed with npm, in a folder of the user's cache unless another is named; nothing of
them comes into the repository.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from secrets import token_hex

from sites import DONE, TURTLE, App, Headers, Key, Site, call

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pod-bench"
PACKAGES = ("@solid/community-server@7.2.0", "javascript-solid-server@0.0.81")
EMAIL, PASSWORD = "alice@example.org", "a good password"


def install(folder: Path) -> Path:
    """See to it that the peers are in a folder; where their modules are."""
    modules = folder / "node_modules"
    if not (modules / "@solid").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        quiet = ("--no-audit", "--no-fund", "--loglevel=error")
        subprocess.run(["npm", "install", "--prefix", folder, *quiet, *PACKAGES], check=True)
    return modules


class Community(Site):
    """The Community Solid Server, on files."""

    name = "css-file"
    configuration = "@css:config/file.json"

    def __init__(self, modules: Path, folder: Path, port: int) -> None:
        super().__init__(folder, port)
        self._modules = modules

    def command(self) -> Sequence[str | Path]:
        program = self._modules / "@solid/community-server/bin/server.js"
        address = ("-p", str(self.port), "-b", self.base)
        return ("node", program, "-c", self.configuration, "-f", "data", "-l", "error", *address)

    def make(self) -> None:
        made = _posted(f"{self.base}.account/account/", {})
        bearer = {"Authorization": f"CSS-Account-Token {made['authorization']}"}
        account = call("GET", f"{self.base}.account/", {**bearer, "Accept": "application/json"})
        controls = account.json()["controls"]
        word = {"email": EMAIL, "password": PASSWORD}
        _posted(controls["password"]["create"], word, bearer)
        self.webid = _posted(controls["account"]["pod"], {"name": "alice"}, bearer)["webId"]
        asked = {"name": "bench", "webId": self.webid}
        self._made = _posted(controls["account"]["clientCredentials"], asked, bearer)

    def sign_in(self) -> App:
        app = App(self._made["id"], self._made["secret"], f"{self.base}.oidc/token")
        app.sign_in()
        return app

    def fill(self, container: str, count: int) -> bool:
        return _write_files(self.folder / "data", container, count)


class CommunityInMemory(Community):
    """The same, on nothing."""

    name = "css-memory"
    configuration = "@css:config/default.json"

    def fill(self, container: str, count: int) -> bool:
        del container, count
        return False


class JavaScriptSolidServer(Site):
    """javascript-solid-server, which keeps Turtle as JSON-LD and takes at most 10 MiB."""

    name = "jss"
    stored, other = "application/ld+json", "text/turtle"
    largest = 8_000_000

    def __init__(self, modules: Path, folder: Path, port: int) -> None:
        super().__init__(folder, port)
        self._modules = modules

    def command(self) -> Sequence[str | Path]:
        program = self._modules / "javascript-solid-server/bin/jss.js"
        address = ("--port", str(self.port), "--host", "localhost", "--root", "data")
        return ("node", program, "start", *address, "--idp", "--conneg", "-q")

    def environment(self) -> Headers:
        return {"JSS_DEFAULT_QUOTA": "0", "TOKEN_SECRET": "made up for this run"}

    def make(self) -> None:
        word = {"name": "alice", "email": EMAIL, "password": PASSWORD}
        self.webid = _posted(f"{self.base}.pods", word)["webId"]

    def sign_in(self) -> App:
        endpoint, key = f"{self.base}idp/credentials", Key()
        proof = {"DPoP": key.proof("POST", endpoint)}
        found = _posted(endpoint, {"email": EMAIL, "password": PASSWORD}, proof)
        return App("", "", "", key, found["access_token"])

    def fill(self, container: str, count: int) -> bool:
        return _write_files(self.folder / "data", container, count)


def _posted(url: str, values: Mapping[str, str], headers: Mapping[str, str] | None = None):  # noqa: ANN202 - as JSON has it
    sent = {"Content-Type": "application/json", "Accept": "application/json", **(headers or {})}
    answer = call("POST", url, sent, json.dumps(values).encode())
    if answer.status not in DONE:
        raise SystemExit(f"{url} answered {answer.status}: {answer.text}")
    return answer.json()


def _write_files(data: Path, container: str, count: int) -> bool:
    folder, mark = data / container.strip("/"), token_hex(4)
    for number in range(count):
        (folder / f"filled-{mark}-{number}.ttl").write_bytes(TURTLE)
    return True


if __name__ == "__main__":
    print(install(Path(sys.argv[1]) if len(sys.argv) > 1 else CACHE))
