"""Meter readings: each export beside what it must become, and the laws of a pod that holds them."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers import identify
from importers.contract import Problem, Reading, Record
from importers.series import settle
from tests.importers.golden import importer_of, items_of, outcome
from tests.unit.intake.house import House, counts

HERE = Path(__file__).parent / "energy"
SHARED = Path(__file__).parents[3] / "shared" / "samples"
CASES = sorted(path for path in HERE.iterdir() if path.suffix != ".expected")
CONTENTS = {path: path.read_bytes() for path in CASES}

any_case = st.sampled_from(CASES)
some = settings(max_examples=30, deadline=None)
by_name = pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)


def house():
    return House(domain="energy", slug="grd")


def read(items):
    """How many items of an export count as read."""
    rows = sum(item.row for item in items if isinstance(item, Problem))
    return rows + sum(i.counted for i in items if isinstance(i, Record | Reading))


def held(home):
    """What a pod holds, but for where in the export it stood, or could not be read."""
    places = {f"https://w3id.org/selfdata/ns#{name}" for name in ("sourceLocator", "report")}
    return {p: {t for t in g if t.predicate.value not in places} for p, g in home.held.items()}


@by_name
def test_an_export_becomes_what_stands_beside_it(case):
    assert outcome(case) == Path(f"{case}.expected").read_text(encoding="utf-8")


def test_an_export_is_claimed_by_one_importer_whatever_its_name():
    claims = {case.name: [one.format for one, _ in identify("x", CONTENTS[case])] for case in CASES}
    assert claims == {case.name: [importer_of(case).format] for case in CASES}


def test_each_expectation_has_its_export():
    assert {path.stem for path in HERE.glob("*.expected")} == {case.name for case in CASES}


@by_name
def test_importing_twice_is_importing_once(case):
    items = items_of(importer_of(case), CONTENTS[case])
    home = house()
    done, _ = home.take(*items)
    assert done.read == read(items) == done.new + done.same + done.updated + done.rejected
    again = home.plan(*items)
    assert (again.documents, counts(again)) == (
        (),
        (done.read, 0, done.new + done.same, 0, done.rejected),
    )


@some
@given(any_case, st.data())
def test_an_export_that_is_cut_anywhere_is_read_as_far_as_it_goes(case, data):
    content = CONTENTS[case]
    found = items_of(importer_of(case), content[: data.draw(st.integers(0, len(content)))])
    assert read(found) <= read(items_of(importer_of(case), content)) + 1
    assert house().plan(*found).read == read(found)


@some
@given(any_case, st.binary(max_size=60), st.data())
def test_an_export_that_is_damaged_anywhere_is_read_without_an_error(case, octets, data):
    content = CONTENTS[case]
    at = data.draw(st.integers(0, len(content)))
    damaged = content[:at] + octets + content[at + data.draw(st.integers(0, 40)) :]
    found = items_of(importer_of(case), damaged)
    done = house().plan(*found)
    assert done.read == read(found)
    assert isinstance(importer_of(case).reconcile(found), tuple)


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_rows_in_another_order_are_the_same_pod(data):
    for name, first in (("load-curve-2022.csv", 3), ("index.csv", 4)):
        case = HERE / name
        lines = CONTENTS[case].splitlines(keepends=True)
        rows = [line for line in lines[first:] if line[:2] == b"20"]
        mixed = b"".join(lines[:first] + data.draw(st.permutations(rows)))
        straight = b"".join(lines[:first] + rows)
        one, other = house(), house()
        one.take(*items_of(importer_of(case), straight))
        other.take(*items_of(importer_of(case), mixed))
        assert held(one) == held(other)


def sample(name):
    """A file of other people's and what was counted in it, where they are at hand."""
    manifest = SHARED / "MANIFEST.tsv"
    if not manifest.exists():
        pytest.skip("the shared samples are not at hand")
    lines = (line.split("\t") for line in manifest.read_text(encoding="utf-8").splitlines())
    (known,) = [cells[6] for cells in lines if cells[0] == name]
    content = (SHARED / name).read_bytes()
    ((importer, _),) = identify(name, content)
    return items_of(importer, content), json.loads(known.strip('"').replace('""', '"'))


def test_a_load_curve_of_enedis_gives_what_was_counted_in_it():
    items, known = sample("enedis/Enedis_Conso_Heure.csv")
    home = house()
    done, _ = home.take(*items)
    values = [value for value in _values(home) if value is not None]
    assert counts(done) == (known["rows"], known["rows"], 0, 0, 0)
    assert (len(values), sum(values)) == (known["nonempty"], known["sum_W"])
    assert _energy(home) == Decimal(known["kWh"])
    assert home.plan(*items).documents == ()


@pytest.mark.parametrize("name", ["electric_containerized", "utilityapi_batch"])
def test_a_green_button_file_gives_what_was_counted_in_it(name):
    items, known = sample(f"greenbutton/{name}.xml")
    home = house()
    done, _ = home.take(*items)
    (kind,) = known["reading_types"]
    total = Decimal(known["raw_value_sum"]).scaleb(int(kind["powerOfTenMultiplier"]))
    readings = [item for item in items if isinstance(item, Reading)]
    assert counts(done) == (known["interval_readings"], known["distinct_starts"], 0, 0, 0)
    assert sum(value for value in _values(home) if value is not None) == total
    assert _energy(home) == total / 1000
    assert {r.series.flow for r in readings} == {"out" if kind["flowDirection"] == "19" else "in"}
    assert {(r.end - r.start).seconds for r in readings} == {int(kind["intervalLength"])}
    assert home.plan(*items).documents == ()


def test_a_block_that_is_not_valid_is_told_of():
    items, known = sample("greenbutton/BatchWithInvalidIntervalBlock.xml")
    assert known["interval_readings"] == 0
    assert [item.row for item in items if isinstance(item, Problem)] == [True]


def test_the_sample_of_a_load_curve_begins_half_an_hour_before_its_first_stamp():
    items, _ = sample("enedis/Enedis_Conso_Heure.csv")
    (points,) = settle(item for item in items if isinstance(item, Reading)).kept.values()
    assert points[0].reading.start.isoformat() == "2022-01-18T00:00:00+01:00"
    assert points[-1].reading.end.isoformat() == "2022-01-26T05:30:00+01:00"
    assert Counter(point.step for point in points) == {1800: 104}


def _values(home):
    graphs = (graph for path, graph in home.held.items() if "/series/" in path)
    texts = (t.object.value for g in graphs for t in g if t.predicate.value.endswith("#values"))
    return [value for text in texts for value in json.loads(text)]


def _energy(home):
    totals = (t for g in home.held.values() for t in g if t.predicate.value.endswith("#energy"))
    return sum((Decimal(t.object.value) for t in totals), Decimal(0))
