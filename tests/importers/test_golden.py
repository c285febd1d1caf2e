"""Each export of this folder beside what it must become; `golden.py` writes that anew."""

from pathlib import Path

import pytest

from tests.importers.golden import BESIDE, FOLDERS, HERE, cases, outcome

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_export_becomes_what_stands_beside_it(case):
    assert outcome(case) == Path(f"{case}.expected").read_text(encoding="utf-8")


def test_each_expectation_has_its_export():
    beside = {
        path.stem
        for folder in FOLDERS
        for path in (HERE / folder).glob("*")
        if path.suffix in BESIDE
    }
    assert beside == {case.name for case in CASES}
