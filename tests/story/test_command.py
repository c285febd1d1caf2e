"""The command line as its user meets it: exit statuses, sentences, JSON, and a running server."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from client import App, call
from serving import MIB, Done, Host, end, free_port, here, wait

from pod.demo.files import ENERGY, camt053, load_curve
from pod.demo.household import Household, household

SECONDS = 20  # that anything may take; nothing is waited for that long
COUNT = "SELECT (COUNT(*) AS ?n) { ?x a <https://w3id.org/selfdata/ns#BankTransaction> }"
HOLDER = "https://bank.example/#it"
COMMANDS = (
    "serve",
    "demo",
    "account create",
    "account delete",
    "credentials create",
    "formats",
    "import",
    "query",
    "check",
    "share",
    "unshare",
    "accept",
    "headers",
    "holder keygen",
    "holder profile",
    "holder sign",
    "holder push",
)


def month(number: int = 0) -> Household:
    """Thirty days of a household that is the same one each time."""
    return household(date(2026, 1, 1) + timedelta(days=30 * number), 30, 20, number)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """A server that runs, beside all the commands of this module, and says nothing wrong."""
    folder = tmp_path_factory.mktemp("command")
    made = Host(folder / "data", free_port())
    file = folder / "errors"
    with file.open("w") as errors, made.serving(errors=errors):
        yield made
    assert file.read_text() == ""


@pytest.fixture
def ana(host: Host, request: pytest.FixtureRequest) -> str:
    """The name of an account that no other test knows."""
    name = re.sub("[^a-z0-9]+", "-", request.node.name.lower())[-50:].strip("-")
    assert host.here(*creation(name), given="a good password\n").status == 0
    return name


@pytest.fixture
def bank(tmp_path: Path) -> str:
    """A statement of twenty movements."""
    file = tmp_path / "bank.xml"
    file.write_bytes(camt053(month()))
    return str(file)


def creation(name: str) -> tuple[str, ...]:
    return ("account", "create", name, "--email", f"{name}@example.org", "--password-stdin")


def app(host: Host, name: str) -> App:
    made = host.here("credentials", "create", name, "--label", "script", "--json").json()
    return App(made["id"], made["secret"], made["token_endpoint"])


def webid(host: Host, name: str) -> str:
    return f"{host.base}{name}/profile/card#me"


def count(host: Host, name: str, *options: str) -> int:
    """How many movements a query finds."""
    told = host.here("query", name, COUNT, *options).json()
    return int(told["results"]["bindings"][0]["n"]["value"])


def check_sentence(done: Done, status: int) -> None:
    """Nothing but one sentence that says what is wrong, and nothing of the machine."""
    assert (done.status, done.out) == (status, "")
    (line,) = done.err.splitlines()
    assert re.fullmatch(r"pod: .+[^.]", line), line
    assert "Traceback" not in line
    assert "/tmp" not in line  # noqa: S108 - where the tests' files are


# Every command.


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
    "a folder for a file": "import {folder} --pod {ola}",
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


@pytest.fixture(scope="module")
def ola(host: Host) -> str:
    """An account that nothing happens to."""
    assert host.here(*creation("ola"), given="a good password\n").status == 0
    return "ola"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        *(pytest.param(line, 2, id=name) for name, line in WRONG_USE.items()),
        *(pytest.param(line, 1, id=name) for name, line in FOUND_WRONG.items()),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    host: Host, ola: str, bank: str, tmp_path: Path, line: str, status: int
) -> None:
    unknown, elsewhere = tmp_path / "unknown", tmp_path / "elsewhere"
    unknown.write_bytes(b"nobody knows this")
    nowhere = {"id": "a", "secret": "b", "token_endpoint": f"http://localhost:{free_port()}/"}
    elsewhere.write_text(json.dumps(nowhere))
    places = {"ola": ola, "bank": bank, "unknown": unknown, "elsewhere": elsewhere}
    words = [word.format(**places, folder=tmp_path, free=free_port()) for word in line.split()]
    password = "short" if "anna" in words else "a good password"
    check_sentence(host.here(*words, given=f"{password}\n"), status)


@pytest.mark.parametrize("words", [(), ("account",)], ids=["no command", "no action"])
def test_a_command_that_is_not_named_is_asked_for_in_one_sentence(words: tuple[str, ...]) -> None:
    check_sentence(here(*words), 2)


def test_a_wrong_place_is_said_in_one_sentence(host: Host, tmp_path: Path, ola: str) -> None:
    place = ("--data", str(host.data))
    check_sentence(here("check", "--data", str(tmp_path / "nothing")), 2)
    assert not (tmp_path / "nothing").exists()
    check_sentence(here("check", *place, "--base-url", "https://elsewhere.example/"), 2)
    check_sentence(here("serve", *place, "--base-url", "https://elsewhere.example/"), 2)
    check_sentence(here("serve", *place, "--port", str(free_port())), 2)
    new = ("--data", str(tmp_path / "new"))
    check_sentence(here("serve", *new, "--port", str(host.port)), 1)  # somebody listens there
    assert here("query", ola, "ASK {}", *place).status == 0  # the address is known from the pods


def test_a_folder_may_be_named_by_the_environment(
    host: Host, ola: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POD_DATA", str(host.data))
    assert here("check", "--pod", ola).out == "1 checked, 0 findings\n"


def test_a_reader_who_has_enough_is_not_complained_of() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "pod", "formats"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 128 + signal.SIGPIPE


# Accounts.


def test_an_account_is_made_with_its_pod(host: Host) -> None:
    done = host.here(*creation("new"), "--json", given="a good password\n")
    assert done.json() == {"webid": webid(host, "new"), "storage": f"{host.base}new/"}
    assert done.err == ""
    assert call("GET", webid(host, "new").partition("#")[0]).status == 200
    made = host.here("credentials", "create", "new", "--label", "my script", "--json").json()
    assert made.keys() == {"id", "secret", "webid", "token_endpoint"}
    assert made["webid"] == webid(host, "new")
    script = App(made["id"], made["secret"], made["token_endpoint"])
    assert script.get(f"{host.base}new/").status == 200


def test_an_account_that_is_deleted_leaves_nothing(host: Host) -> None:
    name = "zebulon"
    host.here(*creation(name), given="a good password\n")
    script = app(host, name)
    film = script.put(f"{host.base}{name}/film", b"x" * MIB, "video/mp4")
    assert film.status == 201
    assert script.get(f"{host.base}{name}/").status == 200
    assert traces(host.data, name)
    done = host.here("account", "delete", name, "--yes", "--json")
    assert (done.status, done.json()) == (0, {"deleted": name})
    # At once, and for the server that runs.
    assert script.get(f"{host.base}{name}/").status in {401, 404}
    assert call("GET", webid(host, name).partition("#")[0]).status == 404
    assert traces(host.data, name) == []
    assert host.here("account", "delete", name, "--yes").status == 1
    # Who comes to the name next finds nothing of it.
    assert host.here(*creation(name), given="a good password\n").status == 0
    assert script.get(f"{host.base}{name}/").status == 401
    assert app(host, name).get(f"{host.base}{name}/film").status == 404


def traces(data: Path, name: str) -> list[Path]:
    """Every file in a folder that has a name in it, or in its own name."""
    files = [file for file in data.rglob("*") if file.is_file()]
    return [file for file in files if name in str(file) or name.encode() in file.read_bytes()]


def test_a_seed_makes_accounts_once(tmp_path: Path) -> None:
    seed = tmp_path / "seed.json"
    pods = [{"name": "sam"}]
    seed.write_text(json.dumps([{"email": "s@a.example", "password": "long enough", "pods": pods}]))
    host = Host(tmp_path / "data", free_port())
    for _ in range(2):
        with host.serving("--seed", str(seed)):
            assert call("GET", webid(host, "sam").partition("#")[0]).status == 200
    assert host.here("check", "--json").json() == []


# Importing.


def test_the_formats_are_listed() -> None:
    formats = here("formats", "--json").json()
    assert {"camt-053", "ofx", "enedis-load-curve"} <= {one["format"] for one in formats}
    assert all(one.keys() == {"format", "title", "domain", "extensions"} for one in formats)
    assert len(here("formats").out.splitlines()) == len(formats)


def test_an_import_reports_what_became_of_each_row(host: Host, ana: str, bank: str) -> None:
    words = ("import", bank, "--pod", ana, "--holder", HOLDER, "--json")
    planned = host.here(*words, "--dry-run")
    assert count(host, ana) == 0
    (first,) = host.here(*words).json()
    assert (planned.status, planned.json()[0]["new"]) == (0, 20)
    assert first.keys() == {
        *("file", "format", "read", "new", "same", "updated", "rejected"),
        *("problems", "checks", "resources"),
    }
    assert (first["file"], first["format"], first["new"]) == ("bank.xml", "camt-053", 20)
    assert count(host, ana) == 20
    owner = app(host, ana)
    assert all(owner.get(url).status == 200 for url in first["resources"])
    (second,) = host.here(*words).json()
    assert (second["new"], second["same"], second["resources"]) == (0, 20, [])


def test_an_import_that_lost_a_row_is_not_called_a_success(
    host: Host, ana: str, tmp_path: Path
) -> None:
    whole = camt053(month())
    file = tmp_path / "broken.xml"
    file.write_bytes(re.sub(rb"<BookgDt>.*?</BookgDt>", b"<BookgDt/>", whole, count=1))
    done = host.here("import", str(file), "--pod", ana, "--json")
    assert (done.status, done.err) == (1, "")
    (report,) = done.json()
    assert (report["new"], report["rejected"], len(report["problems"])) == (19, 1, 1)
    assert not all(check["ok"] for check in report["checks"])
    assert "1 rejected" in host.here("import", str(file), "--pod", ana).out


def test_a_file_that_cannot_be_taken_in_hides_no_report(
    host: Host, ana: str, bank: str, tmp_path: Path
) -> None:
    unknown = tmp_path / "unknown"
    unknown.write_bytes(b"nobody knows this")
    done = host.here("import", bank, str(unknown), "--pod", ana, "--json")
    assert (done.status, [report["new"] for report in done.json()]) == (1, [20])
    assert done.err.startswith("pod: unknown: ")


def test_two_imports_at_once_both_succeed(host: Host, ana: str, tmp_path: Path) -> None:
    """Of one meter and one month, so that both write the same documents; and of large files."""
    home = household(date(2026, 3, 1), 20, 0, 5)
    curve = load_curve(home).splitlines(keepends=True)
    halves = (curve[:3] + curve[3:500], curve[:3] + curve[500:])
    files = [tmp_path / f"{number}.csv" for number in range(2)]
    for file, lines in zip(files, halves, strict=True):
        file.write_bytes(b"".join(lines) + b"\r\n" * 150_000)  # more than is kept in memory
    with ThreadPoolExecutor() as threads:
        words = [("import", str(f), "--pod", ana, "--holder", ENERGY, "--json") for f in files]
        done = list(threads.map(lambda each: host.command(*each), words))
    assert [(one.status, one.err) for one in done] == [(0, ""), (0, "")]
    assert sum(one.json()[0]["new"] for one in done) == len(home.load)
    days = COUNT.replace("BankTransaction", "Consumption")
    told = host.here("query", ana, days).json()
    assert int(told["results"]["bindings"][0]["n"]["value"]) == home.days
    assert host.here("check", "--pod", ana, "--json").json() == []


# Asking and sharing.


def test_a_query_is_answered_in_the_form_that_is_asked_for(
    host: Host, ana: str, tmp_path: Path
) -> None:
    profile = f"SELECT ?s {{ ?s <http://www.w3.org/ns/pim/space#storage> <{host.base}{ana}/> }}"
    file = tmp_path / "query.rq"
    file.write_text(profile)
    assert host.here("query", ana, f"@{file}", "--format", "csv").out.split() == [
        "s",
        webid(host, ana),
    ]
    rows = host.here("query", ana, profile).json()["results"]["bindings"]
    assert [row["s"]["value"] for row in rows] == [webid(host, ana)]
    assert host.here("query", ana, profile, "--format", "csv", "--json").json()["results"]
    assert host.here("query", ana, "ASK { ?s ?p ?o }").json()["boolean"] is True
    graph = "CONSTRUCT WHERE { ?s a ?kind }"
    assert webid(host, ana) in host.here("query", ana, graph, "--format", "turtle").out
    assert isinstance(host.here("query", ana, graph, "--json").json(), list)


def test_what_is_shared_is_seen_at_once_and_no_more_than_that(
    host: Host, ana: str, bank: str, ola: str
) -> None:
    (report,) = host.here("import", bank, "--pod", ana, "--json").json()
    document = next(url for url in report["resources"] if "/data/bank/" in url)
    other, place = app(host, ola), (ana, "/data/bank/", "--with", webid(host, ola))
    seen = lambda: (other.get(document).status, count(host, ana, "--as", webid(host, ola)))  # noqa: E731 - asked thrice

    assert seen() == (403, 0)
    assert host.here("share", *place, "--json").json() == {"shared": "/data/bank/"}
    assert seen() == (200, 20)
    assert other.put(document, b"").status == 403
    assert host.here("share", *place, "--mode", "write").status == 0
    assert other.put(f"{host.base}{ana}/data/bank/note", b"", "text/plain").status == 201
    assert host.here("unshare", *place, "--json").json() == {"unshared": "/data/bank/"}
    assert seen() == (403, 0)


def test_what_is_shared_through_one_app_is_not_seen_through_another(
    host: Host, ana: str, bank: str, ola: str
) -> None:
    assert host.here("import", bank, "--pod", ana).status == 0
    other, client = ("--as", webid(host, ola)), "https://app.example/id"
    through = ("--with", webid(host, ola), "--client", client)
    assert host.here("share", ana, "/data/bank/", *through).status == 0
    assert count(host, ana, *other, "--client", client) == 20
    assert count(host, ana, *other, "--client", "https://other.example/id") == 0
    assert count(host, ana, *other) == 0
    assert host.here("unshare", ana, "/data/bank/", *through).status == 0
    assert count(host, ana, *other, "--client", client) == 0


def test_headers_sign_one_request_in(host: Host, ana: str, tmp_path: Path) -> None:
    kept, url = tmp_path / "kept.json", f"{host.base}{ana}/"
    kept.write_text(host.here("credentials", "create", ana, "--label", "curl", "--json").out)
    words = ("headers", "GET", url, "--credentials", str(kept))
    signed = here(*words, "--json").json()
    assert call("GET", url, signed).status == 200
    assert call("GET", url, signed).status == 401  # a proof is good once
    lines = dict(line.split(": ", 1) for line in here(*words).out.splitlines())
    assert call("GET", url, lines).status == 200
    assert call("PUT", url, lines).status == 401


# Holders.


def test_a_holder_makes_a_key_a_profile_and_signs(
    host: Host, ana: str, ola: str, bank: str, tmp_path: Path
) -> None:
    key, holder = tmp_path / "key", f"{host.base}{ola}/public/{ana}#it"
    public = here("holder", "keygen", "--key", str(key), "--json").json()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "d" not in public
    assert json.loads(key.read_text())["kid"] == public["kid"]
    who = ("--webid", holder, "--key", str(key))
    profile = here("holder", "profile", *who, "--name", "A bank").out
    assert here("holder", "profile", *who, "--name", "A bank", "--json").json() == {
        "profile": profile
    }
    assert app(host, ola).put(holder.partition("#")[0], profile.encode()).status == 201

    deposit = f"{host.base}{ana}/.well-known/deposit"
    push = ("holder", "push", bank, *who, "--to", deposit)
    check_sentence(here(*push), 1)  # the person has not accepted this holder
    accepted = host.here("accept", ana, holder, "--domain", "bank", "--json")
    assert accepted.json() == {"accepted": holder, "domain": "bank"}
    sign = ("holder", "sign", bank, *who, "--to", deposit)
    signed = here(*sign, "--json").json()
    assert call("POST", deposit, signed, Path(bank).read_bytes()).json()["new"] == 20
    lines = dict(line.split(": ", 1) for line in here(*sign).out.splitlines())
    assert lines.keys() == signed.keys()
    done = here(*push)
    assert (done.status, done.out) == (
        0,
        "20 read, 0 new, 20 the same, 0 updated, 0 rejected\n",
    )
    nobody = ("holder", "push", bank, *who, "--to", f"http://localhost:{free_port()}/")
    check_sentence(here(*nobody), 1)


# A running server.


def test_a_server_that_is_asked_to_stop_finishes_what_is_under_way(tmp_path: Path) -> None:
    host = Host(tmp_path / "data", free_port())
    (owner,) = host.people("ana")
    url, half = f"{host.base}ana/film", b"x" * MIB
    with (
        host.serving() as process,
        closing(connection(host)) as idle,
        closing(connection(host)) as slow,
    ):
        idle.request("GET", "/")
        assert idle.getresponse().read()
        slow.putrequest("PUT", "/ana/film")
        head = owner.headers("PUT", url) | {"Content-Type": "video/mp4"}
        for name, value in (head | {"Content-Length": str(2 * MIB)}).items():
            slow.putheader(name, value)
        slow.endheaders(half)
        incoming = host.data / "pods" / "ana" / "blobs" / "incoming"
        assert becomes(lambda: any(incoming.iterdir()))  # the server is at it
        process.send_signal(signal.SIGTERM)
        assert becomes(lambda: not listens(host.port))
        slow.send(half)
        assert slow.getresponse().status == 201
        slow.close()
        assert process.wait(SECONDS) == 0
    with host.serving():
        assert owner.get(url).body == half + half


def connection(host: Host) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("localhost", host.port, timeout=SECONDS)


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return False
    return True


def becomes(true: Callable[[], bool]) -> bool:
    """Whether something that another process does comes true."""
    until = time.monotonic() + SECONDS
    while not true() and time.monotonic() < until:
        time.sleep(0.01)  # nobody tells when it is so
    return true()


DEMO = (
    "pim:Storage",
    "owl:Ontology",
    "HTTP/1.1 401",
    "ldp:contains",
    '"status": 403',
    r'"kWh".*"value":"[1-9][0-9]{3}',
    r'"kWh".*"value":"0"',
    "^$",
)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_every_line_that_the_demonstration_says_to_try_works(tmp_path: Path) -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "pod", "demo", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    try:
        told = wait(process)
        lines = [line.strip() for line in told if re.match(r"  (\S.*)?\bcurl ", line)]
        assert len(lines) == len(DEMO)
        for line, expected in zip(lines, DEMO, strict=True):
            assert re.search(expected, typed(line)), line
        note = lines[-1].replace("headers PUT", "headers GET")
        assert typed(re.sub("-X PUT .* -d hello", "", note)) == "hello"
        notice = call("GET", f"http://localhost:{port}/").text
        assert "made up" in notice
        assert len(list(tmp_path.iterdir())) == 1
    finally:
        end(process)
    assert list(tmp_path.iterdir()) == []


def typed(line: str) -> str:
    """What a line says when it is typed into a shell."""
    done = subprocess.run(
        ["/bin/sh", "-c", line], capture_output=True, text=True, timeout=SECONDS, check=True
    )
    return done.stdout
