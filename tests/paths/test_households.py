"""Synthetic households in a pod: what queries find is what the answer sheet says."""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from kit_answers import ANSWERS, rows

from pod.app import opened
from pod.cli.people_kit import import_into
from pod.config import read_config
from pod.flows.context import Pod
from pod.flows.match import match
from pod.flows.owner import owner_of
from pod.flows.provision import create_account
from pod.flows.query import results
from pod.people.home import EVENTS, Span, home
from pod.people.made import Made, made
from pod.sparql.dataset import restrict
from pod.sparql.request import Query

SPAN = Span(first=date(2024, 1, 10), days=80)
QUERIES = files("pod.people") / "queries"
SPARQL_JSON = "application/sparql-results+json"


async def ask(name: str, pod: Pod) -> Any:
    text = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    plan = restrict(Query(text=text, base=pod.store.storage))
    return json.loads((await results(plan, SPARQL_JSON, owner_of(pod), pod)).body)


async def asked(whole: Made, folder: Path) -> Mapping[str, Any]:
    """What every query finds in a pod that has the files of a household, matched."""
    config = read_config(None, {"data": folder, "base_url": "http://localhost:3999/"})
    async with opened(config) as server:
        await create_account("nora", "nora@example.org", "a good password", server)
        pod = await server.pods.find("nora")
        assert pod is not None
        done = await import_into(whole, pod)
        assert (done["files"], done["unread"], done["rejected"]) == (len(whole.files), 0, 0)
        await match(pod)
        names = [file.name.removesuffix(".rq") for file in QUERIES.iterdir()]
        return {name: await ask(name, pod) for name in names}


@pytest.mark.spec("Self Data CON-23")
@pytest.mark.parametrize(
    ("number", "events"), [(1, frozenset()), (2, frozenset({"moving"})), (3, frozenset(EVENTS))]
)
def test_queries_find_what_the_answer_sheet_says(
    number: int, events: frozenset[str], tmp_path: Path
):
    whole = made(home(7, number, SPAN, events))
    found = asyncio.run(asked(whole, tmp_path))
    assert found.keys() == ANSWERS.keys()
    for name, answers in ANSWERS.items():
        expected, got = Counter(answers(whole.answers)), rows(found[name])
        assert (name, got - expected, expected - got) == (name, {}, {})
