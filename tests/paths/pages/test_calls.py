"""The calls that developers are shown behind a page: each runs as it stands, and is right."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pod.web.ui.calls import Call

DATA = "/.account/data"
_CODE = re.compile(r"<pre tabindex=\"0\"><code>(.*?)</code></pre>", re.DOTALL)
WAYS = ("curl", "python", "javascript")


@pytest.fixture
def run(lived, tmp_path: Path) -> Callable[[str, str], str]:
    """Runs a shown call where `pod headers` is there, and signs as it does for the owner's app.

    What the command does itself is held by its own tests; to start it takes longer than the call.
    """
    url = f"{lived.owner.storage}.well-known/sparql"
    asked = f"headers POST {url} --credentials credentials.json"
    signed = "".join(f"{n}: {v}\n" for n, v in lived.owner.app.headers("POST", url).items())
    (tmp_path / "signed").write_text(signed, encoding="utf-8")
    program = tmp_path / "pod"
    program.write_text(f'#!/bin/sh\n[ "$*" = "{asked}" ] && cat signed\n', encoding="utf-8")
    program.chmod(0o700)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    commands = {
        "curl": lambda text: ["sh", "-c", text],
        "python": lambda text: [sys.executable, "-c", text],
        "javascript": lambda text: ["node", "--input-type=module", "-e", text],
    }

    def ran(way: str, text: str) -> str:
        done = subprocess.run(
            commands[way](text),
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return ran


def shown(browser, address: str) -> dict[str, str]:
    """The calls of a page, for who wants to see them, by their ways."""
    browser.open(address)
    assert not _CODE.search(browser.page.text)
    form = next(n for n, form in enumerate(browser.forms) if form.action == "/.account/look/")
    browser.send({"developer": "yes", "language": None}, form=form)
    texts = [html.unescape(code) for code in _CODE.findall(browser.open(address).text)]
    return dict(zip(WAYS, texts, strict=True))


@pytest.mark.parametrize("way", WAYS)
def test_the_call_of_a_page_finds_its_numbers(lived, browse, run, way):
    if shutil.which({"curl": "curl", "python": "sh", "javascript": "node"}[way]) is None:
        pytest.skip("this way needs a program that is not here")
    browser = browse(lived.owner)
    found = run(way, shown(browser, f"{DATA}/")[way])
    if way == "curl":
        rows = [
            {name: term["value"] for name, term in row.items()}
            for row in json.loads(found)["results"]["bindings"]
        ]
    else:
        rows = [json.loads(line) for line in found.splitlines()]
    counted = sum(int(row["count"]) for row in rows if row["class"].endswith("#BankTransaction"))
    page = json.loads(browser.open(f"{DATA}.json").body)["categories"]
    assert page[0]["category"] == "Bank transactions"
    assert page[0]["count"] == counted


@pytest.mark.parametrize("place", ["", "recipes/"])
def test_the_first_pages_have_a_call_too(lived, browse, place):
    address = f"{lived.owner.storage}.well-known/sparql"
    said = shown(browse(lived.owner), f"/.account/{place}")
    assert all(address in text for text in said.values())
    assert set(said) == set(WAYS)


def test_no_text_of_a_query_ends_the_text_of_a_program():
    query = 'SELECT * { ?x ?p """a `b` ${c} \\n \'d\'""" }'
    ways = dict(Call(url="https://a.example/sparql", query=query).said)
    names: dict[str, str] = {}
    exec(ways["python"].partition("\ncommand")[0], names)  # noqa: S102 - our own text
    assert names["QUERY"].strip() == query
    assert "\\`b\\` \\${c}" in ways["javascript"]
