"""The call behind a page that reads one document of a space: with curl, in Python, in JavaScript.

Each runs as it stands, beside a file with credentials as `pod credentials create --json` prints it.
"""

import json
from dataclasses import dataclass
from shlex import quote
from typing import Final

_CREDENTIALS: Final = "credentials.json"
_PYTHON: Final = """\
import json
import subprocess
from urllib.request import Request, urlopen

URL = {url}

command = ["pod", "headers", "GET", URL, "--credentials", {credentials}]
signed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
headers = dict(line.split(": ", 1) for line in signed.splitlines())
with urlopen(Request(URL, headers=headers | {{"Accept": {accept}}})) as answer:
    print(json.dumps(json.load(answer), indent=2))
"""
_JAVASCRIPT: Final = """\
import {{ execFileSync }} from "node:child_process";

const url = {url};

const command = ["headers", "GET", url, "--credentials", {credentials}];
const signed = execFileSync("pod", command, {{ encoding: "utf8" }}).trim().split("\\n");
const headers = Object.fromEntries(signed.map((line) => line.split(/: (.*)/).slice(0, 2)));
const answer = await fetch(url, {{ headers: {{ ...headers, Accept: {accept} }} }});
console.log(JSON.stringify(await answer.json(), null, 2));
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Get:
    """A request for a document, in a media type of JSON."""

    url: str
    accept: str = "application/json"

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """The call in each way, by its name."""
        return (
            ("curl", self._curl()),
            ("python", self._in(_PYTHON)),
            ("javascript", self._in(_JAVASCRIPT)),
        )

    def _curl(self) -> str:
        signing = f"pod headers GET {quote(self.url)} --credentials {_CREDENTIALS}"
        asking = f"curl -s -H @- -H {quote(f'Accept: {self.accept}')} {quote(self.url)}"
        return f"{signing} |\n  {asking}\n"

    def _in(self, program: str) -> str:
        return program.format(
            url=json.dumps(self.url),
            accept=json.dumps(self.accept),
            credentials=json.dumps(_CREDENTIALS),
        )
