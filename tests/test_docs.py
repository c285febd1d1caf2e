"""The documentation says what is: settings, formats, commands, files, refusals, links."""

import ast
import re
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from datetime import date
from typing import get_type_hints

import docs_tables
import pytest
from pages import ROOT, anchors, blocks, is_pod, links, pages, prose, read, steps

from importers import unrecognised
from importers.members import prefixed
from pod import cli
from pod.demo import camille, given_back
from pod.intake.report import CheckLine, ProblemLine, Report
from pod.matching.rules import RULES, Rule
from pod.web.reply import STATUS
from vocab.kinds import KINDS

PAGES = pages()
each_page = pytest.mark.parametrize("page", PAGES, ids=str)
DEPOSIT = ("envelope", "verify", "signature", "digest", "holder_key")


@pytest.mark.parametrize(("page", "name"), docs_tables.TABLES, ids=" ".join)
def test_a_table_that_is_made_of_the_code_is_up_to_date(page, name):
    made = docs_tables.TABLES[page, name]()
    # Else run `python -m tests.docs_tables`, and read what changed.
    assert docs_tables.with_table(read(f"docs/{page}"), name, made) == read(f"docs/{page}")


FLOWS = ROOT / "pod" / "flows"


@pytest.mark.parametrize("path", sorted(str(p.relative_to(FLOWS)) for p in FLOWS.rglob("*.py")))
def test_each_flow_is_named_in_the_architecture(path):
    name = path.removesuffix(".py")
    if not name.endswith("__init__"):
        assert re.search(rf"\bflows[./]{name}\b", read("docs/architecture.md"))


@pytest.mark.parametrize("field", [*get_type_hints(Report), *get_type_hints(ProblemLine)])
def test_each_field_of_a_report_is_explained_to_holders(field):
    assert f"`{field}`" in prose("docs/holders.md").partition("### The report")[2]


def test_each_field_of_a_check_is_explained_to_holders():
    assert all(f"`{field}`" in prose("docs/holders.md") for field in get_type_hints(CheckLine))


def refusals() -> Iterator[str]:
    """The fixed parts of every sentence with which a deposit may be refused."""
    for name in (*(f"pod/intake/{name}.py" for name in DEPOSIT), "pod/flows/push.py"):
        for node in ast.walk(ast.parse(read(name))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                yield from _fixed(node.exc)


def _fixed(call: ast.Call) -> Iterator[str]:
    for said in call.args[:1]:
        parts = said.values if isinstance(said, ast.JoinedStr) else [said]
        for part in parts:
            if isinstance(part, ast.Constant) and len(str(part.value)) > 6:
                yield str(part.value).strip("` ")


@pytest.mark.parametrize("sentence", sorted(set(refusals())))
def test_each_refusal_of_a_deposit_is_explained_to_holders(sentence):
    assert _plain(sentence) in _plain(prose("docs/holders.md"))


@pytest.mark.parametrize("head", [b"", b"anything", rb"{\rtf1", b"PK\x03\x04"])
def test_each_refusal_of_a_format_is_explained_to_holders(head):
    assert str(unrecognised(head)) in read("docs/holders.md")


def _plain(text: str) -> str:
    # "no JSON object" stands beside "no JSON" in one row of the table.
    return text.replace(" is no JSON object", " is no JSON")


def _days(rule: Rule) -> str:
    return (
        f"{rule.before} before to {rule.after} after"
        if rule.before
        else f"up to {rule.after} after"
    )


@pytest.mark.parametrize(
    "rule", [one for one in RULES.values() if one.after], ids=lambda one: one.name
)
def test_the_days_of_each_rule_of_matching_are_told(rule):
    rows = [row for row in read("docs/vocabulary.md").splitlines() if row.startswith("| ")]
    assert any(f"`{prefixed(rule.link)}`" in row and _days(rule) in row for row in rows)


def tried() -> Iterator[tuple[str, str]]:
    """The tests that the page of security names, each with its module."""
    for row in read("docs/security.md").splitlines():
        for part in row.split(";"):
            module, *names = re.findall(r"`(tests/[\w/]+\.py|test_\w+)`", part) or [""]
            yield from ((module, name) for name in names if name.startswith("test_"))


def test_an_attack_is_tried_by_the_test_that_is_named():
    found = [*tried()]
    assert len(found) > 30
    assert [name for module, name in found if f"def {name}(" not in read(module)] == []


@pytest.mark.parametrize("status", sorted(set(STATUS.values())))
def test_each_status_is_explained_to_apps(status):
    assert f"| {status} |" in read("docs/apps.md")


def commands(parser: ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[str]:
    """Every command of a parser, as it is typed."""
    actions = parser._actions  # noqa: SLF001 - argparse has no public way to its commands
    families = [action for action in actions if isinstance(action, _SubParsersAction)]
    if not families:
        yield " ".join(("pod", *words))
    for family in families:
        for word, below in family.choices.items():
            yield from commands(below, (*words, word))


@pytest.mark.parametrize("command", [*commands(cli.parser())])
def test_each_command_is_named_somewhere(command):
    assert any(command in read(page) for page in PAGES)


def _typed() -> list[tuple[str, list[str]]]:
    return [
        (f"{page}: {' '.join(words)[:60]}", words)
        for page in PAGES
        for step in steps(page)
        for words in step.stages
        if is_pod(words)
    ]


@pytest.mark.parametrize("words", [pytest.param(words, id=name) for name, words in _typed()])
def test_each_command_that_a_page_has_typed_is_one(words):
    end = words.index(">") if ">" in words else len(words)
    chosen = cli.parser().parse_args(words[1:end])
    assert callable(chosen.run)


@pytest.mark.parametrize(
    "command", sorted(set(re.findall(r"`(pod [a-z]+(?: [a-z]+)?)", "".join(map(read, PAGES)))))
)
def test_each_command_that_a_text_names_is_one(command):
    known = set(commands(cli.parser()))
    families = {" ".join(name.split()[:2]) for name in known}
    assert {command, " ".join(command.split()[:2])} & (known | families)


@each_page
def test_relative_links_lead_somewhere(page):
    for link in links(page):
        path, _, fragment = link.partition("#")
        if "://" in link:
            continue
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), link
        assert not fragment or fragment in anchors(target), link


@each_page
def test_no_page_names_a_path_of_a_machine(page):
    assert not re.search(r"(?<![\w./:])/(?:work|tmp|root|home|Users|usr|opt|mnt)/", read(page))


@each_page
def test_files_of_the_project_that_a_page_names_are_there(page):
    named = re.findall(
        r"`((?:pod|vocab|acl|importers|tests|docs|bench|\.ci)/[\w./-]*\w)/?`", prose(page)
    )
    made = {
        "holders.md": {"importers/retail/moulin_bleu.py", "tests/importers/retail/points.csv"},
        "new-importer.md": {
            "importers/bank/banks/banque_du_marais.py",
            "tests/importers/bank/banque-du-marais.csv",
        },
    }
    missing = {name for name in named if not (ROOT / name).exists()}
    assert missing <= made.get(page.name, set())


@each_page
def test_make_targets_that_a_page_names_are_there(page):
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^\$ )make ([a-z]+)", read(page), re.MULTILINE)) <= targets


def test_each_step_of_the_checks_is_named_in_the_readme():
    steps_of_ci = re.findall(r"^ +make ([a-z]+)", read(".ci/run"), re.MULTILINE)
    assert steps_of_ci
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    for step in steps_of_ci:
        assert step in targets
        assert f"make {step}" in read("README.md")


def test_the_readme_shows_what_the_demonstration_prints():
    shown = re.findall(r"^  from (\S+): (.+), \d+ rows$", read("README.md"), re.MULTILINE)
    given = given_back(camille(date(2026, 11, 25)))
    assert shown == [(one.holder, one.title) for one in given]


def test_the_domains_of_the_vocabulary_are_listed():
    listed = prose("docs/vocabulary.md").partition("The domains are ")[2].partition("\n\n")[0]
    assert {kind.domain for kind in KINDS.values() if kind.domain} <= set(
        re.findall(r"`(\w+)`", listed)
    )


def test_pages_in_python_can_be_compiled():
    for page in PAGES:
        for code in blocks(page, "python"):
            assert compile(code, str(page), "exec")
