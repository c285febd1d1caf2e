"""Marks of EcoleDirecte: the means of a period are those of its marks."""

from pathlib import Path

from importers.contract import Problem, Record
from importers.education.ecole_directe import EcoleDirecte
from tests.importers.golden import items_of

FIXTURE = Path(__file__).parents[2] / "importers" / "education" / "ecole-directe.json"


def test_the_means_are_held_to_the_marks_on_one_scale():
    items = items_of(EcoleDirecte(), FIXTURE.read_bytes())
    checks = {check.name: (check.got, check.ok) for check in EcoleDirecte().reconcile(items)}
    assert checks["mean: MATHEMATIQUES, 1er Trimestre"] == ("14.00", True)
    assert checks["mean: LATIN, 1er Trimestre"] == ("11.00", True)
    assert checks["mean: all courses, 1er Trimestre"] == ("13.00", True)


def test_teachers_are_not_kept_and_a_broken_row_is_told():
    items = items_of(EcoleDirecte(), FIXTURE.read_bytes())
    assert "NEMO" not in repr([i for i in items if isinstance(i, Record)])
    assert [i.message for i in items if isinstance(i, Problem)] == ["this day does not exist"]
