"""What the pages have their readers do, done: each command, each program, each answer shown."""

import contextlib
import io
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from asking import Asking
from client import App
from pages import ROOT, Step, blocks, is_pod, steps
from serving import Host, free_port

import importers
from acl import ConditionKind, Mode, Scope, rules_from
from pod import cli
from pod.cli.seed import read_seed
from pod.config import read_config
from pod.rdf.formats import RdfFormat
from pod.rdf.parse import parse
from tests.importers import golden
from vocab.iri import ResourceIri
from vocab.names import SD, XSD

TYPED = "a good password\n"
NOT_HERE = {"make", "git", "python3", "export"}  # of the machine, not of the pod
ADDRESS = "localhost:3000"

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
needs_sqlite = pytest.mark.skipif(
    shutil.which("sqlite3") is None, reason="the program sqlite3 is not installed"
)


@dataclass(frozen=True)
class Done:
    status: int
    out: str
    err: str


def pod(words: list[str], given: str = "") -> Done:
    """The command `pod`, in this process, as it is thrice as fast as in one of its own."""
    out, err = io.TextIOWrapper(io.BytesIO()), io.StringIO()
    before, sys.stdin = sys.stdin, io.StringIO(given)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = cli.main(words)
    finally:
        sys.stdin = before
    out.seek(0)
    return Done(status, out.read(), err.getvalue())


def program(words: list[str], given: str) -> Done:
    command = [sys.executable if words[0] == "python" else words[0], *words[1:]]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


class Reader:
    """Somebody who types what a page says, in the folder where she is."""

    def __init__(self, folder: Path) -> None:
        self.host = Host(folder / "data", free_port())
        self.here = f"localhost:{self.host.port}"
        self._open = contextlib.ExitStack()

    def type(self, step: Step) -> Done:
        """Run a step, and hold what it says to what the page shows."""
        stages = Step(step.line.replace(ADDRESS, self.here), ()).stages
        if stages[0][0] in NOT_HERE:
            return Done(0, "", "")
        if is_pod(stages[0]) and stages[0][1] == "serve":
            self._open.enter_context(self.host.serving())
            return Done(0, "", "")
        done, given = Done(0, "", ""), TYPED
        for words in stages:
            target = words.index(">") if ">" in words else len(words)
            run = pod(words[1:target], given) if is_pod(words) else program(words[:target], given)
            done, given = Done(max(done.status, run.status), run.out, done.err + run.err), run.out
            for file in words[target + 1 :]:
                Path(file).write_text(run.out, encoding="utf-8")
        said = (done.out or done.err).replace(self.here, ADDRESS).splitlines()
        assert tuple(said[: len(step.expected)]) == step.expected, (step.line, said)
        return done

    def close(self) -> None:
        self._open.close()


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    monkeypatch.chdir(tmp_path)
    made = Reader(tmp_path)
    monkeypatch.setenv("POD_BASE_URL", made.host.base)
    yield made
    made.close()


def test_the_french_quick_start_does_what_it_says(reader, tmp_path):
    shutil.copy(ROOT / "tests" / "importers" / "bank" / "two-accounts.ofx", tmp_path / "releve.ofx")
    typed = [reader.type(step) for step in steps("docs/demarrer.md")]
    assert [done.status for done in typed] == [0] * len(typed)
    assert not [*(tmp_path / "data" / "pods").iterdir()]


@needs_curl
def test_a_holder_can_follow_her_page(reader, tmp_path):
    export = next(text for text in blocks("docs/holders.md", "csv") if "PRM" in text)
    (tmp_path / "courbe.csv").write_text(export, encoding="utf-8")
    (tmp_path / "deposit.py").write_text(blocks("docs/holders.md", "python")[0], encoding="utf-8")
    all_steps = [*steps("docs/holders.md")]
    pushing = [step for step in all_steps if "points.csv" not in step.line]
    assert len(all_steps) - len(pushing) == 1
    typed = {step.line: reader.type(step) for step in pushing}
    pushes = [done for line, done in typed.items() if "holder push" in line]
    assert [done.status for done in pushes] == [1, 1]  # refused; then one row rejected
    shown = json.loads(blocks("docs/holders.md", "json")[0])
    report = json.loads(pushes[1].out)
    assert {**report, "resources": []} == {**shown, "resources": []}
    assert shown["resources"][0].replace(ADDRESS, reader.here)[:-1] in report["resources"][0]
    own = json.loads(next(done.out for line, done in typed.items() if "deposit.py" in line))
    assert (own["new"], own["same"], own["rejected"]) == (0, 2, 1)


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The export of the page for holders; its importer is known as one of the project's own."""
    code = blocks("docs/holders.md", "python")[1]
    module: dict[str, Any] = {}
    exec(compile(code, "holders.md", "exec"), module)  # noqa: S102 - this very page
    every = (*importers.known(), module["MoulinBleu"]())
    monkeypatch.setattr(importers, "known", lambda: every)
    file = tmp_path / "points.csv"
    sample = next(text for text in blocks("docs/holders.md", "csv") if "Solde" in text)
    file.write_text(sample, encoding="utf-8")
    return file


def test_the_importer_of_the_page_reads_the_export_of_the_page(example):
    found = json.loads(golden.outcome(example))
    assert (found["format"], found["read"], found["records"]) == ("moulin-bleu-points", 4, 3)
    assert [check["ok"] for check in found["checks"]] == [True]
    assert [problem["locator"] for problem in found["problems"]] == ["line=5"]


@pytest.mark.usefixtures("example")
def test_the_importer_of_the_page_makes_the_records_of_the_page(reader):
    reader.type(Step("pod account create ana --email ana@example.org --password-stdin", ()))
    importing = next(step for step in steps("docs/holders.md") if "points.csv" in step.line)
    assert reader.type(importing).status == 1
    stored = Step(importing.line.replace(" --dry-run", ""), importing.expected)
    assert reader.type(stored).status == 1  # one row is broken
    shown = blocks("docs/holders.md", "turtle")[0]
    query = "CONSTRUCT { ?s ?p ?o } { ?s a sd:PointsMovement ; ?p ?o }"
    asked = Step(f"pod query ana 'PREFIX sd: <{SD.NS}> {query}' --format turtle", ())
    held = triples(reader.type(asked).out, reader.host.base)
    prefixes = f"@prefix sd: <{SD.NS}> . @prefix xsd: <{XSD.NS}> .\n"
    assert triples(prefixes + shown, reader.host.base) <= held


def triples(turtle: str, base: str) -> set[tuple[str, str, str]]:
    """The statements of a document, numbers by their value."""
    parsed = ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE, base_iri=base)
    return {(str(t.subject), str(t.predicate), _value(t.object)) for t in parsed}


def _value(term: Any) -> str:
    is_number = isinstance(term, ox.Literal) and term.datatype.value == XSD.decimal
    return str(Decimal(term.value).normalize()) if is_number else str(term)


def test_the_importer_of_the_page_keeps_to_our_style():
    words = ("ruff", "check", "--quiet", "--stdin-filename", "importers/bank/moulin_bleu.py", "-")
    code = blocks("docs/holders.md", "python")[1]
    done = program(["python", "-m", *words], code)
    assert done.status == 0, done.out


SENT = {"python": ("python", "py"), "js": ("node", "mjs")}


@pytest.mark.parametrize("language", ["python", pytest.param("js", marks=needs_node)])
def test_an_app_can_be_written_as_its_page_says(world, owner, tmp_path, monkeypatch, language):
    monkeypatch.chdir(tmp_path)
    bank = f"{owner.storage}data/bank/"
    shutil.copy(ROOT / "tests/importers/bank/two-accounts.ofx", tmp_path / "releve.ofx")
    place = ["--data", str(world.server.config.data), "--base-url", world.base]
    pod(["import", "releve.ofx", "--pod", owner.name, *place])
    app = world.fresh()
    words = ["credentials", "create", app.name, "--label", "budget app", "--json", *place]
    Path("credentials.json").write_text(pod(words).out, encoding="utf-8")
    command, suffix = SENT[language]
    library, reading = blocks("docs/apps.md", language)[:2]
    Path(f"pod{'_' if language == 'python' else '-'}client.{suffix}").write_text(library)
    Path(f"app.{suffix}").write_text(reading)

    refused = program([command, f"app.{suffix}", bank], "")
    pod(["share", owner.name, "/data/bank/", "--with", app.webid, *place])
    done = program([command, f"app.{suffix}", bank], "")
    assert "403" in refused.out + refused.err
    assert done.status == 0, done.err
    allowed, listing, result = done.out.split("\n", 1)[0], done.out, done.out.splitlines()[-1]
    assert allowed == 'user="read",public=""'
    assert bank in listing
    row = json.loads(result)["results"]["bindings"][0]
    assert (row["count"]["value"], row["sum"]["value"]) == ("7", "2028.35")


@pytest.mark.spec("Self Data CON-23")
def test_the_kit_for_developers_does_what_the_page_says(reader, tmp_path):
    page = [*steps("docs/apps.md")]
    first = next(n for n, step in enumerate(page) if "pod people" in step.line)
    last = next(n for n, step in enumerate(page) if "compare.py" in step.line)
    (code,) = (text for text in blocks("docs/apps.md", "python") if "answers.json" in text)
    (tmp_path / "compare.py").write_text(code, encoding="utf-8")
    typed = [reader.type(step) for step in page[first : last + 1]]
    assert [done.status for done in typed] == [0] * 8


@needs_curl
@pytest.mark.spec("Self Data CAP-04")
def test_access_is_asked_for_as_the_page_says(world, bob, owner, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    asking = Asking(world, owner, bob)
    asking.accept()
    said = {"id": bob.app.id, "secret": bob.app.secret, "token_endpoint": bob.app.token_endpoint}
    Path("credentials.json").write_text(json.dumps(said), encoding="utf-8")
    plain, linked = (text for text in blocks("docs/apps.md", "json") if '"sentence": "' in text)
    (step,) = (one for one in steps("docs/apps.md") if "ask.json" in one.line)
    place = "http://localhost:3000/ana/"
    budget = "http://localhost:3000/budget/profile/card#me"
    headers, curl = Step(step.line.replace(place, owner.storage), ()).stages
    for text in (plain, linked):
        body = text.replace(place, owner.storage).replace(budget, bob.webid)
        ends = datetime.now(UTC) + timedelta(days=60)
        body = body.replace("2027-01-31T00:00:00Z", f"{ends:%Y-%m-%d}T00:00:00Z")
        Path("ask.json").write_text(body, encoding="utf-8")
        told = json.loads(program(curl, pod(headers[1:]).out).out)
        assert told["state"] == "waiting", told
    kept = asking.all()
    assert {one.required[0].path for one in kept} == {"data/energy/"}
    assert {one.sentence for one in kept} == {kept[0].sentence}


def test_an_account_is_made_over_http_as_the_page_says(world, tmp_path):
    name = f"page{next(world.numbers)}"
    code = blocks("docs/apps.md", "python")[2]
    for shown, meant in (
        ("http://localhost:3000/", world.base),
        ('"ana"', f'"{name}"'),
        ("ana@example.org", f"{name}@example.org"),
    ):
        assert shown in code
        code = code.replace(shown, meant)
    file = tmp_path / "account.py"
    file.write_text(code + "print(json.dumps(credentials))\n", encoding="utf-8")
    done = program(["python", str(file)], "")
    assert done.status == 0, done.err
    made = json.loads(done.out)
    app = App(made["id"], made["secret"], world.base + ".oidc/token")
    assert app.get(f"{world.base}{name}/").status == 200


def test_the_rule_for_a_person_with_an_app_says_what_the_page_says():
    target = ResourceIri("http://localhost:3000/ana/", "data/bank/")
    (text,) = blocks("docs/apps.md", "turtle")
    rules = rules_from(parse(text.encode(), RdfFormat.TURTLE, str(target.acl)), target)
    assert {rule.scope for rule in rules} == {Scope.ACCESS_TO, Scope.DEFAULT}
    for rule in rules:
        assert rule.agents == {"http://localhost:3000/bob/profile/card#me"}
        assert [condition.kind for condition in rule.conditions] == [ConditionKind.CLIENT]
        assert rule.modes is Mode.READ


def test_the_settings_files_of_the_page_can_be_used(tmp_path):
    file, configs = tmp_path / "pod.toml", []
    for text in blocks("docs/operations.md", "toml"):
        file.write_text(text, encoding="utf-8")
        configs.append(read_config(file, {}))
    plain, operated, secure, behind = configs
    assert {one.base for one in (plain, secure, behind)} == {"https://pod.example/"}
    assert operated.operator.contact.within("fr") == "aide@pod.example"
    assert plain.largest_export == 512 * 1024 * 1024
    assert (secure.port, secure.http_port) == (443, 80)
    assert behind.trusted_proxies == ("127.0.0.1", "::1")


def test_the_seed_file_of_the_page_can_be_used(tmp_path):
    (text,) = blocks("docs/operations.md", "json")
    file = tmp_path / "accounts.json"
    file.write_text(text, encoding="utf-8")
    assert [seed.pods for seed in read_seed(file)] == [("alice",)]


@needs_sqlite
def test_the_backup_of_the_page_is_whole_while_the_server_runs(world, owner, tmp_path):
    large = bytes(range(256)) * 2048
    assert owner.put(owner.storage + "large", large, "application/octet-stream").status == 201
    assert owner.put(owner.storage + "last", b"a", "text/plain").status == 201
    backup, *_ = blocks("docs/operations.md", "bash")
    (tmp_path / "data").symlink_to(world.server.config.data)
    done = program(["bash", "-euc", f"cd {tmp_path}\n{backup}"], "")
    assert (done.status, done.err) == (0, "")
    (copy,) = tmp_path.glob("backup-*")

    checked = pod(["check", "--pod", owner.name, "--data", str(copy)])
    assert (checked.status, checked.out) == (0, "1 checked, 0 findings\n")
    with closing(sqlite3.connect(copy / "pods" / owner.name / "pod.sqlite3")) as database:
        names = {name for (name,) in database.execute("SELECT name FROM resource")}
    assert {"large", "last"} <= names
