"""The tables of the documentation that are made of the code; tests/test_docs.py holds them equal.

`python -m tests.docs_tables` writes them anew between their marks.
"""

import ast
import inspect
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from importers import HEAD as READ_FIRST
from importers import known, reach_of
from importers.declined import DECLINED
from importers.options import by_option
from pod import config
from pod.account import passwords
from pod.config import Config, Operator
from pod.consent.bilingual import Bilingual
from pod.flows import query as query_flow
from pod.flows import subscribe
from pod.intake import verify
from pod.ldp import inbox, operation
from pod.notify import request
from pod.oidc import proof
from pod.rdf import parse, reading
from pod.sparql import request as query_request
from pod.store import blobs
from pod.store.query import QueryLimits
from pod.web import lines, outgoing
from pod.web.oidc import endpoints
from tests import importable

DOCS = Path(__file__).parents[1] / "docs"
KIB, MIB = 1024, 1024 * 1024

Row = Iterable[str]


def table(head: Row, rows: Iterable[Row]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def sentences(name: str = "Config") -> dict[str, str]:
    """What stands under each field of Config, or of another class of settings."""
    (found,) = (
        node
        for node in ast.parse(inspect.getsource(config)).body
        if isinstance(node, ast.ClassDef) and node.name == name
    )
    said = {}
    for field, text in zip(found.body, found.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            assert isinstance(text, ast.Expr), f"{field.target.id} has no sentence"
            assert isinstance(text.value, ast.Constant), f"{field.target.id} has no sentence"
            said[field.target.id] = " ".join(str(text.value.value).split())
    return said


def size(octets: int) -> str:
    if octets % MIB == 0:
        return f"{octets // MIB} MiB"
    return f"{octets // KIB} KiB" if octets % KIB == 0 else str(octets)


def default(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"`[{', '.join(value)}]`"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, int):
        return f"{value}, which is {size(value)}" if value and value % KIB == 0 else str(value)
    text = value.en if isinstance(value, Bilingual) else value
    return f'`"{text}"`'


def settings() -> str:
    said = sentences()
    plain = [f for f in fields(Config) if not isinstance(f.default, Operator)]
    rows = [[f"`{f.name}`", default(f.default), said[f.name]] for f in plain]
    said = sentences("Operator")
    rows += [[f"`operator.{f.name}`", default(f.default), said[f.name]] for f in fields(Operator)]
    return table(("setting", "default", "what it does"), rows)


def limits() -> str:
    own_config, query = Config(), QueryLimits()
    assert (query.seconds, query.memory) == (own_config.query_seconds, own_config.query_memory)
    rows = (
        ("an RDF document", size(parse.LIMIT), "413"),
        ("statements of one", f"{reading.MAX_STATEMENTS:,}", "413"),
        ("one with all its names in full", size(reading.MAX_EXPANDED), "413"),
        ("a patch", size(operation.PATCH_LIMIT), "413"),
        ("a notification in an inbox", size(inbox.LARGEST), "413"),
        ("any other document", "what the disk holds", "503"),
        (
            "an export that is deposited",
            f"`largest_export`, {size(own_config.largest_export)}",
            "413",
        ),
        (
            "what a person brings to her page, and what waits there of an account",
            f"`largest_upload`, {size(own_config.largest_upload)}",
            "413",
        ),
        ("the text of a query", f"{query_request.LONGEST} characters", "413"),
        ("what is posted to the query endpoint", size(query_flow.LONGEST), "413"),
        ("what is posted to the token endpoint", size(endpoints.FORM_LIMIT), "413"),
        ("how long a query runs", f"`query_seconds`, {query.seconds:g} s", "503"),
        ("the memory of a query, on Linux", f"`query_memory`, {size(query.memory)}", "503"),
        ("the result of a query", size(query.result), "503"),
        ("queries of a pod at once", f"{query.at_once}; others wait {query.patience:g} s", "503"),
        (
            "how long a query waits for its index",
            f"three times `query_seconds`, at least {query.loading:g} s",
            "503",
        ),
        ("a query index that nobody asks", f"is kept {query.idle:g} s", ""),
        ("the age of a DPoP proof", f"{proof.OLDEST} s, or {proof.NEWEST} s ahead", "401"),
        ("the clock of a holder", f"{verify.WINDOW.total_seconds():g} s off", "401"),
        ("a document fetched elsewhere", f"{size(outgoing.LIMIT)}, {outgoing.SECONDS:g} s", ""),
        ("the part of an export that tells its format", f"the first {size(READ_FIRST)}", ""),
        ("the part of a PDF or an electronic invoice that does", size(reach_of(b"%PDF-")), ""),
        ("topics of a notification channel", str(request.MOST_TOPICS), "422"),
        ("a notification channel", f"{subscribe.LIFETIME.days} days", "404"),
        (
            "notification channels",
            f"{subscribe.MOST_OF_AGENT} of an agent in a pod, {subscribe.MOST_OF_POD} of a pod",
            "409",
        ),
        ("what waits for one receiver of messages", size(lines.MOST_WAITING), ""),
        ("a password", f"at least {passwords.SHORTEST} characters", ""),
        ("a file that belongs to no resource", f"is kept {blobs.GRACE_SECONDS:g} s", ""),
    )
    return table(("what", "limit", "beyond it"), rows)


def formats() -> str:
    rows = (
        [f"`{one.format}`", one.title, one.domain, ", ".join(one.extensions)] for one in known()
    )
    return table(("format", "what it is", "domain", "files"), rows)


def options() -> str:
    rows = (
        [
            f"`{one.name}`{' (needed)' if one.is_required else ''}",
            one.en,
            " or ".join(f"`{value}`" for value in one.values or (one.example,)),
            ", ".join(f"`{name}`" for name in formats) or "every format",
        ]
        for one, formats in by_option(known())
    )
    return table(("option", "what it says", "value, or one for example", "formats"), rows)


def refused() -> str:
    return table(("file", "why it is not imported"), ([one.what, one.why] for one in DECLINED))


TABLES = {
    ("operations.md", "settings"): settings,
    ("operations.md", "limits"): limits,
    ("holders.md", "formats"): formats,
    ("holders.md", "declined"): refused,
    ("holders.md", "options"): options,
}


def with_table(page: str, name: str, made: str) -> str:
    """The page with a table between its marks."""
    before, mark, rest = page.partition(f"<!-- {name} -->\n")
    _, end, after = rest.partition("<!-- end -->")
    assert mark, f"the page has no place for the table {name}"
    assert end, f"nothing ends the table {name}"
    return f"{before}{mark}{made}\n{end}{after}"


if __name__ == "__main__":
    importable.write()
    for (page, name), make in TABLES.items():
        file = DOCS / page
        text = file.read_text(encoding="utf-8")
        file.write_text(with_table(text, name, make()), encoding="utf-8")
