"""Every command: what it says of itself, and what it says is wrong, in one sentence each."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from commands import check_sentence
from serving import Host, free_port, here

COMMANDS = (
    "serve",
    "demo",
    "account create",
    "account delete",
    "credentials create",
    "formats",
    "import",
    "query",
    "journal",
    "check",
    "people",
    "share",
    "unshare",
    "accept",
    "headers",
    "holder keygen",
    "holder profile",
    "holder sign",
    "holder push",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    done = here(*command.split(), "--help")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(f"usage: pod {command} ")
    assert "--data" in done.out
    assert "--json" in done.out


def test_the_command_itself_lists_the_commands() -> None:
    done = here("--help")
    assert done.status == 0
    assert all(command.split()[0] in done.out for command in COMMANDS)


WRONG_USE = {
    "unknown command": "nonsense",
    "unknown option": "formats --nonsense",
    "no name": "account create --email a@example.org --password-stdin",
    "a name that cannot be": "account create Bad_Name --email a@example.org --password-stdin",
    "a short password": "account create anna --email a@example.org --password-stdin",
    "no address": "account create anna --email nonsense --password-stdin",
    "deleting without yes": "account delete anna",
    "no label": "credentials create anna",
    "no files": "import --pod {ola}",
    "no such file": "import nonsense --pod {ola}",
    "an option without value": "import {bank} --pod {ola} --option nonsense",
    "no such format": "import {bank} --pod {ola} --format nonsense",
    "a holder that is no address": "import {bank} --pod {ola} --holder nonsense",
    "no SPARQL": "query {ola} nonsense",
    "no such query file": "query {ola} @nonsense",
    "an agent that is no address": "query {ola} ASK{{}} --as nonsense",
    "no such results": "query {ola} ASK{{}} --format nonsense",
    "sharing with nobody": "share {ola} /public/",
    "sharing with no address": "share {ola} /public/ --with nonsense",
    "no such mode": "share {ola} /public/ --with https://a.example/ --mode nonsense",
    "an impossible path": "share {ola} /a/../b/ --with https://a.example/",
    "unsharing with nobody": "unshare {ola} /public/",
    "no such domain": "accept {ola} https://a.example/ --domain nonsense",
    "accepting no address": "accept {ola} nonsense --domain bank",
    "no credentials": "headers GET https://a.example/ --credentials nonsense",
    "credentials that are none": "headers GET https://a.example/ --credentials {bank}",
    "a key over a file": "holder keygen --key {bank}",
    "a key nowhere": "holder keygen --key nonsense/key",
    "no key": "holder profile --webid https://a.example/ --key nonsense --name A",
    "a key that is none": "holder profile --webid https://a.example/ --key {bank} --name A",
    "nothing to sign": "holder sign nonsense --webid https://a.example/ --key {bank} --to b",
    "no port": "serve --port nonsense",
    "an impossible port": "serve --port 99999",
    "no such settings": "serve --config nonsense",
    "settings that are none": "serve --config {bank}",
    "no such seed": "serve --seed nonsense",
    "a seed that is none": "serve --seed {bank}",
}
FOUND_WRONG = {
    "an account that is there": "account create {ola} --email b@example.org --password-stdin",
    "an address that is taken": "account create {ola}-2 --email {ola}@example.org --password-stdin",
    "a name of the server's": "account create ns --email c@example.org --password-stdin",
    "deleting nobody": "account delete nobody --yes",
    "credentials of nobody": "credentials create nobody --label script",
    "importing to nobody": "import {bank} --pod nobody",
    "a file nobody knows": "import {unknown} --pod {ola}",
    "asking nobody": "query nobody ASK{{}}",
    "checking nobody": "check --pod nobody",
    "sharing of nobody": "share nobody /public/ --with https://a.example/",
    "sharing nothing": "share {ola} /nothing --with https://a.example/",
    "accepting for nobody": "accept nobody https://a.example/ --domain bank",
    "no server to ask": "headers GET https://a.example/ --credentials {elsewhere}",
    "a folder that is served": "serve --port {free}",
}


@pytest.mark.parametrize(
    ("line", "status"),
    [
        *(pytest.param(line, 2, id=name) for name, line in WRONG_USE.items()),
        *(pytest.param(line, 1, id=name) for name, line in FOUND_WRONG.items()),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    served: Host, ola: str, bank: str, tmp_path: Path, line: str, status: int
) -> None:
    unknown, elsewhere = tmp_path / "unknown", tmp_path / "elsewhere"
    unknown.write_bytes(b"nobody knows this")
    nowhere = {"id": "a", "secret": "b", "token_endpoint": f"http://localhost:{free_port()}/"}
    elsewhere.write_text(json.dumps(nowhere))
    places = {"ola": ola, "bank": bank, "unknown": unknown, "elsewhere": elsewhere}
    words = [word.format(**places, free=free_port()) for word in line.split()]
    password = "short" if "anna" in words else "a good password"
    check_sentence(served.here(*words, given=f"{password}\n"), status)


@pytest.mark.parametrize("words", [(), ("account",)], ids=["no command", "no action"])
def test_a_command_that_is_not_named_is_asked_for_in_one_sentence(words: tuple[str, ...]) -> None:
    check_sentence(here(*words), 2)


def test_a_wrong_place_is_said_in_one_sentence(served: Host, tmp_path: Path, ola: str) -> None:
    place = ("--data", str(served.data))
    check_sentence(here("check", "--data", str(tmp_path / "nothing")), 2)
    assert not (tmp_path / "nothing").exists()
    check_sentence(here("check", *place, "--base-url", "https://elsewhere.example/"), 2)
    check_sentence(here("serve", *place, "--base-url", "https://elsewhere.example/"), 2)
    check_sentence(here("serve", *place, "--port", str(free_port())), 2)
    new = ("--data", str(tmp_path / "new"))
    check_sentence(here("serve", *new, "--port", str(served.port)), 1)  # somebody listens there
    assert here("query", ola, "ASK {}", *place).status == 0  # the address is known from the pods


def test_a_folder_may_be_named_by_the_environment(
    served: Host, ola: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POD_DATA", str(served.data))
    assert here("check", "--pod", ola).out == "1 checked, 0 findings\n"


def test_a_terminal_that_knows_few_letters_is_answered_too() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pod", "formats"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"Soci\xe9t\xe9 G\xe9n\xe9rale" in done.stdout


def test_a_reader_who_has_enough_is_not_complained_of() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "pod", "formats"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 128 + signal.SIGPIPE
