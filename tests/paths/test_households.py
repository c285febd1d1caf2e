"""Synthetic households in a pod: what queries find is what the answer sheet says."""

import asyncio
import json
from collections import Counter
from datetime import date
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from importers import by_format
from pod.app import opened
from pod.cli.people_kit import import_into
from pod.config import read_config
from pod.flows.context import Pod
from pod.flows.owner import owner_of
from pod.flows.provision import create_account
from pod.flows.query import results
from pod.people.home import Span, home
from pod.people.made import Made, made
from pod.sparql.dataset import restrict
from pod.sparql.request import Query

SPAN = Span(first=date(2024, 1, 10), days=80)
QUERIES = files("pod.people") / "queries"
SPARQL_JSON = "application/sparql-results+json"
Row = dict[str, str]


async def ask(name: str, pod: Pod) -> list[Row]:
    text = (QUERIES / f"{name}.rq").read_text(encoding="utf-8")
    plan = restrict(Query(text=text, base=pod.store.storage))
    found = json.loads((await results(plan, SPARQL_JSON, owner_of(pod), pod)).body)
    return [
        {name: term["value"] for name, term in row.items()} for row in found["results"]["bindings"]
    ]


async def asked(whole: Made, folder: Path) -> dict[str, list[Row]]:
    """The rows of every query on a pod that has the files of a household."""
    config = read_config(None, {"data": folder, "base_url": "http://localhost:3999/"})
    async with opened(config) as server:
        await create_account("nora", "nora@example.org", "a good password", server)
        pod = await server.pods.find("nora")
        assert pod is not None
        done = await import_into(whole, pod)
        assert (done["files"], done["unread"], done["rejected"]) == (len(whole.files), 0, 0)
        names = [file.name.removesuffix(".rq") for file in QUERIES.iterdir()]
        return {name: await ask(name, pod) for name in names}


def amounts(rows: list[Row], key: str, value: str) -> dict[str, Decimal]:
    return {row[key].rpartition("#")[2]: Decimal(row[value]) for row in rows}


def figures(said: dict[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in said.items() if Decimal(value)}


@pytest.mark.spec("Self Data CON-23")
@pytest.mark.parametrize("number", [1, 2, 3])
def test_queries_find_what_the_answer_sheet_says(number: int, tmp_path: Path):
    whole = made(home(7, number, SPAN))
    if not all(by_format(file.format) for file in whole.files):
        pytest.skip("some formats have no importer yet")
    found = asyncio.run(asked(whole, tmp_path))
    queries: Any = whole.answers["queries"]
    services: Any = whole.answers["services"]

    assert amounts(found["carbon"], "post", "kg") == figures(queries["q5-carbon"])
    assert amounts(found["electricity-by-month"], "month", "energy") == figures(services["SVC-18"])
    charged = {year: sums["charged"] for year, sums in services["SVC-04"]["years"].items()}
    assert amounts(found["care-by-year"], "year", "charged") == figures(charged)
    billed = {name: said["billed"] for name, said in queries["q4-supplier-dashboard"].items()}
    assert amounts(found["billed-by-holder"], "holder", "billed") == figures(billed)
    assert pairs(found["energy-asked-for"], "due", "total") == Counter(
        (said["due"], Decimal(said["total"])) for said in queries["q1-energy-vs-bank"]
    )
    assert pairs(found["cards-around-trips"], "label", "paid") == Counter(
        (said["label"], Decimal(said["paid"])) for said in queries["q2-trips-vs-cards"]
    )
    lines = ((said, *line) for said in queries["q6-receipt-behind-card"] for line in said["lines"])
    assert Counter(
        (row["label"], row["item"], Decimal(row["total"])) for row in found["receipts-behind-cards"]
    ) == Counter((said["label"], item, Decimal(total)) for said, item, total in lines)


def pairs(rows: list[Row], key: str, value: str) -> Counter[tuple[str, Decimal]]:
    return Counter((row[key], Decimal(row[value])) for row in rows)
