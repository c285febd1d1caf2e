"""Tables that a program saved anew: read as they came from the holder, or told of row by row."""

import pytest

from importers import identify
from importers.contract import Problem, Record, Sample, Stated
from importers.text import decode
from tests.importers.damage import exports, problems, rows
from tests.importers.golden import items_of, options_of
from tests.importers.resaved import resaved

# An electrocardiogram is a list of names and values, and then of voltages: it has no columns. What
# is in the letters of MS-DOS has tests of its own, and so has what is read as a mapping says.
TABLES = [
    path
    for path in exports()
    if path.suffix in {".csv", ".tsv"}
    and not path.stem.startswith("ecg")
    and not path.stem.endswith("-dos")
    and "mapping" not in options_of(path).values
]
ANEW = "a program saved the file anew"

by_name = pytest.mark.parametrize("case", TABLES, ids=lambda path: path.name)


def read(case, content):
    importer = identify(case.name, content)[0][0]
    return importer, items_of(importer, content, options_of(case))


def said(items):
    """What stands in the items, wherever they stood in the file."""
    return [_said(item) for item in items if not isinstance(item, Stated)]


def _said(item):
    if isinstance(item, Problem):
        return item.message
    if isinstance(item, Sample):
        return item.sensor, item.start, item.values
    return item.fields if isinstance(item, Record) else (item.start, item.value)


@by_name
def test_a_table_is_read_the_same_whatever_stands_between_its_cells(case):
    content = case.read_bytes()
    importer, before = read(case, content)
    text = decode(content)
    ways = resaved(text, max(";,\t", key=text.count))
    del ways["French"]
    for way, anew in ways.items():
        claimed, after = read(case, anew)
        assert (way, claimed.format) == (way, importer.format)
        assert (way, said(after)) == (way, said(before))


@by_name
def test_dates_and_numbers_of_another_country_are_read_right_or_told_of(case):
    content = case.read_bytes()
    importer, before = read(case, content)
    text = decode(content)
    claimed, after = read(case, resaved(text, max(";,\t", key=text.count))["French"])
    assert claimed.format == importer.format
    right = said(before)
    kept = [item for item in rows(after) if not isinstance(item, Problem)]
    assert [one for one in said(kept) if one not in right] == []
    told = [one for one in problems(after) if one.message not in right]
    assert all(ANEW in one.message for one in told), told
    assert len(rows(after)) == len(rows(before))
