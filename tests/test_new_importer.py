"""A new bank takes one file of under eighty lines and no change elsewhere, as the page says."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pages import ROOT, blocks

PAGE = "docs/new-importer.md"
TOLD = """
import io, json, sys
from importers import identify, known
from importers.contract import Options, Problem, Record
content = open(sys.argv[1], "rb").read()
((importer, _),) = identify("x", content)
items = list(importer.parse(io.BytesIO(content), Options()))
moved = [dict(i.fields) for i in items if isinstance(i, Record) and i.counted]
print(json.dumps({
    "format": importer.format,
    "others": len(known()),
    "amounts": [str(one["sd:amount"]) for one in moved],
    "labels": [one["sd:sourceLabel"] for one in moved],
    "keys": [i.key.stable for i in items if isinstance(i, Record) and i.counted],
    "problems": [[i.locator, i.message] for i in items if isinstance(i, Problem)],
    "checks": [one.ok for one in importer.reconcile(items)],
}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory):
    """What a copy of the importers, to which the page adds its one file, makes of the sample."""
    here = tmp_path_factory.mktemp("copy")
    for package in ("importers", "vocab"):
        shutil.copytree(
            ROOT / package, here / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    (module,) = blocks(PAGE, "python")
    (sample,) = blocks(PAGE, "csv")
    file = here / "importers" / "bank" / "banks" / "banque_du_marais.py"
    file.write_text(module, encoding="utf-8")
    (here / "marais.csv").write_text(sample, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-P", "-c", TOLD, str(here / "marais.csv")],
        cwd=here,
        env={"PYTHONPATH": str(here)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_file_of_the_page_has_under_eighty_lines():
    (module,) = blocks(PAGE, "python")
    assert len(module.splitlines()) < 80


def test_the_file_alone_reads_the_sample_of_the_page(told):
    assert told["format"] == "banque-du-marais-csv"
    assert told["amounts"] == ["2150.00", "-42.10", "-69.00", "-994.50"]
    assert told["keys"] == ["R-1001", "R-1002", "R-1003", "R-1005"]
    assert told["labels"][2] == "PRLV SEPA ÉNERGIE EXEMPLE RUM 6012345678001"
    assert [place for place, _ in told["problems"]] == ["line=10"]


def test_the_sums_are_held_against_the_balances(told):
    assert told["checks"]
    assert told["checks"] == [True] * len(told["checks"])


def test_the_page_tells_what_the_command_tells():
    text = Path(ROOT / PAGE).read_text(encoding="utf-8")
    assert (
        "marais.csv (banque-du-marais-csv): 5 read, 4 new, 0 the same, 0 updated, 1 rejected"
        in text
    )
