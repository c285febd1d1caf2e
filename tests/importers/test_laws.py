"""What holds for every format and any export: nothing raises, nothing is lost, nothing doubles."""

import io
import random
from functools import cache

import pytest

from importers.contract import Problem, Reading, Record, Sample, Stated
from importers.series import settle
from importers.triples import ranked, to_node
from tests.importers.damage import ENDLESS, MARKS, damages, exports, problems, rows, silent
from tests.importers.golden import importer_of, items_of, naming, options_of
from vocab.shapes import violations

CASES = exports()
CONTENTS = {path: path.read_bytes() for path in CASES}
OPTIONS = {path: options_of(path) for path in CASES}


def read(case, content):
    return items_of(importer_of(case), content, OPTIONS[case])


@cache
def read_whole(case):
    """What a whole export gives."""
    return read(case, CONTENTS[case])


# The readings of meters are put in the order of time, and what they add up to comes with them, so
# that what comes first is not what stands first.
IN_ORDER = [path for path in CASES if path.parent.name != "energy"]

EVERY = 1024
SMALL = 256
PLACES = 6

by_name = pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
in_order = pytest.mark.parametrize("case", IN_ORDER, ids=lambda path: path.name)


def places(case, count=PLACES):
    """Some places of an export, always the same ones."""
    size = len(CONTENTS[case])
    return sorted(random.Random(case.name).sample(range(size), count))  # noqa: S311 - no secret


def cuts(case):
    """Each kilobyte of an export, and some places between; each octet of a small one."""
    size = len(CONTENTS[case])
    return range(size) if size <= SMALL else sorted({*range(0, size, EVERY), *places(case)})


def taken(items):
    """What an export gives, without what it states of its whole, which a part of it gives not."""
    return [item for item in items if not isinstance(item, Problem | Stated)]


def stored(importer, items):
    """What a pod would hold after these items: each record by its IRI, and each reading."""
    context = naming(importer.domain)
    records = (item for item in items if isinstance(item, Record))
    held = {}
    for record, rank in ranked(records):
        iri = context.iri(record, rank)
        held[iri] = {
            name: frozenset(values)
            for name, values in to_node(record, iri, context).items()
            if not name.endswith("#sourceLocator")
        }
    readings = settle(item for item in items if isinstance(item, Reading))
    for series, points in readings.kept.items():
        for point in points:
            held[(series, point.reading.start, point.reading.end)] = point.reading.value
    for item in items:
        if isinstance(item, Sample):
            held[(item.sensor, item.start, item.end, item.values)] = item.values
    return held


@by_name
def test_an_export_that_is_cut_says_what_is_missing(case):
    whole = len(rows(taken(read_whole(case))))
    for end in cuts(case):
        found = read(case, CONTENTS[case][:end])
        if len(rows(taken(found))) < whole and case.suffix not in ENDLESS:
            assert any(one.row for one in problems(found)), end


@in_order
def test_an_export_that_is_cut_gives_what_came_before(case):
    whole = taken(read_whole(case))
    for end in cuts(case):
        kept = taken(read(case, CONTENTS[case][:end]))
        assert kept == whole[: len(kept)], end


@by_name
def test_a_row_that_is_damaged_is_never_lost_without_a_word(case):
    chance = random.Random(case.name)  # noqa: S311 - no secret
    for at in places(case):
        marks = chance.choice(MARKS), bytes([chance.randrange(256)])
        for damaged in (one for mark in marks for one in damages(CONTENTS[case], at, mark)):
            found = read(case, damaged)
            assert silent(read_whole(case), found) == "", (at, damaged[at : at + 1])
        stored(importer_of(case), found)


@in_order
def test_an_export_that_is_damaged_gives_what_came_before(case):
    content = CONTENTS[case]
    chance = random.Random(case.name)  # noqa: S311 - no secret
    for at in places(case):
        # A row of a table ends with its line, and is another where something is added to it.
        whole = content.rfind(b"\n", 0, at) + 1 if case.suffix in ENDLESS else at
        before = taken(read(case, content[:whole]))
        damaged = content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]
        assert taken(read(case, damaged))[: len(before)] == before, at


@by_name
def test_any_octets_are_read_without_an_error(case):
    chance = random.Random(case.name)  # noqa: S311 - no secret
    for at in places(case, 4):
        octets = chance.randbytes(chance.randrange(200))
        found = read(case, CONTENTS[case][:at] + octets + CONTENTS[case][at:])
        stored(importer_of(case), found)
        importer_of(case).reconcile(found)


@by_name
def test_each_problem_says_where_and_why(case):
    for one in problems(read_whole(case)):
        assert one.locator.strip()
        assert one.message.strip()
        assert not one.message.endswith(".")


@by_name
def test_the_same_export_twice_is_the_same_records(case):
    again = read(case, CONTENTS[case])
    assert again == read_whole(case)
    assert stored(importer_of(case), again) == stored(importer_of(case), read_whole(case))


@by_name
def test_rows_in_another_order_are_the_same_records(case):
    shuffled = list(read_whole(case))
    random.Random(case.name).shuffle(shuffled)  # noqa: S311 - no secret
    assert stored(importer_of(case), shuffled) == stored(importer_of(case), read_whole(case))


@by_name
def test_an_export_is_read_the_same_in_small_pieces(case):
    class Drip(io.BytesIO):
        def read(self, _size=-1):
            return super().read(7)

    found = list(importer_of(case).parse(Drip(CONTENTS[case]), OPTIONS[case]))
    assert found == read_whole(case)


@by_name
def test_records_keep_to_the_shapes_of_the_vocabulary(case):
    context = naming(importer_of(case).domain)
    for record in read_whole(case):
        if isinstance(record, Record):
            iri = context.iri(record)
            assert violations(iri, to_node(record, iri, context)) == ()


@by_name
def test_no_record_holds_a_number_that_would_name_a_person(case):
    said = {
        str(t)
        for graph in stored(importer_of(case), read_whole(case)).values()
        for t in _triples(graph)
    }
    for number in (
        "12345678900000000253",
        "01234567890",
        "4970101234567890",
        "600000101",
        "600000102",
        "600-00-0101",
        "1EG4TE5MK73",
        "555-010-01",
    ):
        assert not any(number in triple for triple in said)


def _triples(held):
    return held if isinstance(held, frozenset) else ()
