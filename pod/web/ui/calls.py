"""The call behind a page, as developers write it: with curl, in Python and in JavaScript.

Each is whole and runs as it stands, beside a file with credentials as `pod credentials create
--json` prints it. What is signed is one request, so the command `pod headers` is part of each.
"""

import json
from dataclasses import dataclass
from shlex import quote
from typing import Final

from pod.flows.context import Pod

RESULTS: Final = "application/sparql-results+json"
_CREDENTIALS: Final = "credentials.json"
_PYTHON: Final = '''\
import json
import subprocess
from urllib.parse import urlencode
from urllib.request import Request, urlopen

URL = {url}
QUERY = """
{query}"""

command = ["pod", "headers", {method}, URL, "--credentials", {credentials}]
signed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
headers = dict(line.split(": ", 1) for line in signed.splitlines())
asked = Request(URL, urlencode({{"query": QUERY}}).encode(), headers | {{"Accept": {accept}}})
with urlopen(asked) as answer:
    for row in json.load(answer)["results"]["bindings"]:
        print(json.dumps({{name: term["value"] for name, term in row.items()}}))
'''
_JAVASCRIPT: Final = """\
import {{ execFileSync }} from "node:child_process";

const url = {url};
const query = `
{query}`;

const command = ["headers", {method}, url, "--credentials", {credentials}];
const signed = execFileSync("pod", command, {{ encoding: "utf8" }}).trim().split("\\n");
const headers = Object.fromEntries(signed.map((line) => line.split(/: (.*)/).slice(0, 2)));
const answer = await fetch(url, {{
  method: {method},
  headers: {{ ...headers, Accept: {accept} }},
  body: new URLSearchParams({{ query }}),
}});
for (const row of (await answer.json()).results.bindings) {{
  const values = Object.entries(row).map(([name, term]) => [name, term.value]);
  console.log(JSON.stringify(Object.fromEntries(values)));
}}
"""
_GET_IN_PYTHON: Final = """\
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
_GET_IN_JAVASCRIPT: Final = """\
import {{ execFileSync }} from "node:child_process";

const url = {url};

const command = ["headers", "GET", url, "--credentials", {credentials}];
const signed = execFileSync("pod", command, {{ encoding: "utf8" }}).trim().split("\\n");
const headers = Object.fromEntries(signed.map((line) => line.split(/: (.*)/).slice(0, 2)));
const answer = await fetch(url, {{ headers: {{ ...headers, Accept: {accept} }} }});
console.log(JSON.stringify(await answer.json(), null, 2));
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that gives the numbers of a page: a query to an endpoint, in a media type."""

    url: str
    query: str
    accept: str = RESULTS
    method: str = "POST"

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """The call in each way, by its name."""
        return ("curl", self._curl()), ("python", self._python()), ("javascript", self._script())

    def _curl(self) -> str:
        signing = f"pod headers {self.method} {quote(self.url)} --credentials {_CREDENTIALS}"
        asking = f"curl -s -H @- -H {quote(f'Accept: {self.accept}')}"
        sent = f"--data-urlencode {quote(f'query={self.query}')}"
        return f"{signing} |\n  {asking} {sent} {quote(self.url)}\n"

    def _python(self) -> str:
        text = self.query.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
        return self._filled(_PYTHON, text)

    def _script(self) -> str:
        text = self.query.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
        return self._filled(_JAVASCRIPT, text)

    def _filled(self, program: str, text: str) -> str:
        return program.format(
            url=json.dumps(self.url),
            query=text,
            method=json.dumps(self.method),
            accept=json.dumps(self.accept),
            credentials=json.dumps(_CREDENTIALS),
        )


def asks(query: str, pod: Pod) -> Call:
    """The call of a query to the endpoint of a pod."""
    return Call(url=f"{pod.store.storage}.well-known/sparql", query=query)


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
            ("python", self._in(_GET_IN_PYTHON)),
            ("javascript", self._in(_GET_IN_JAVASCRIPT)),
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
