"""What holds for every format and any export: nothing raises, nothing is lost, nothing doubles."""

import io
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.contract import Problem, Reading, Record, Sample, Stated
from importers.triples import ranked, to_node
from tests.importers.golden import cases, importer_of, items_of, naming, options_of
from vocab.shapes import violations

CASES = cases()
CONTENTS = {path: path.read_bytes() for path in CASES}
OPTIONS = {path: options_of(path) for path in CASES}


def read(case, content):
    return items_of(importer_of(case), content, OPTIONS[case])


@cache
def read_whole(case):
    """What a whole export gives."""
    return read(case, CONTENTS[case])


# These do not say where they end: who cuts one off behind a row, or a message, takes from it what
# nobody misses.
ENDLESS = frozenset(
    {".csv", ".tsv", ".qif", ".sta", ".mt942", ".cfo", ".qr", ".ndjson", ".text", ".hc1"}
)

any_case = st.sampled_from(CASES)
few = settings(max_examples=150, deadline=None)


def rows(items):
    return [item for item in items if _is_row(item)]


def problems(items):
    return [item for item in items if isinstance(item, Problem)]


def _is_row(item):
    return item.row if isinstance(item, Problem) else getattr(item, "counted", False)


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
    for item in items:
        if isinstance(item, Reading):
            held[(item.series.name, item.start, item.end)] = item.value
        if isinstance(item, Sample):
            held[(item.sensor, item.start, item.end, item.values)] = item.values
    return held


@few
@given(any_case, st.data())
def test_an_export_that_is_cut_anywhere_gives_what_came_before(case, data):
    content = CONTENTS[case]
    cut = content[: data.draw(st.integers(0, len(content)))]
    found = read(case, cut)
    # What an export states of itself is of the whole, and is not there or says something else.
    whole = [item for item in read_whole(case) if not isinstance(item, Problem | Stated)]
    kept = [item for item in found if not isinstance(item, Problem | Stated)]
    assert kept == whole[: len(kept)]
    if len(rows(kept)) < len(rows(whole)) and case.suffix not in ENDLESS:
        assert any(isinstance(item, Problem) and item.row for item in found)


@few
@given(any_case, st.data())
def test_an_export_that_is_damaged_anywhere_gives_what_came_before(case, data):
    content = CONTENTS[case]
    at = data.draw(st.integers(0, len(content) - 1))
    octet = data.draw(st.integers(0, 255))
    damaged = content[:at] + bytes([octet]) + content[at + 1 :]
    found = read(case, damaged)
    # A row of a table ends with its line, and is another where something is added to it.
    whole = content.rfind(b"\n", 0, at) + 1 if case.suffix in ENDLESS else at
    before = [i for i in read(case, content[:whole]) if not isinstance(i, Problem | Stated)]
    kept = [item for item in found if not isinstance(item, Problem | Stated)]
    assert kept[: len(before)] == before
    stored(importer_of(case), found)
    if len(rows(found)) < len(rows(read_whole(case))):
        told = set(problems(found)) - set(problems(read_whole(case)))
        assert told, "a row is lost without a word"


@few
@given(any_case, st.binary(max_size=200), st.data())
def test_any_octets_are_read_without_an_error(case, octets, data):
    content = CONTENTS[case]
    at = data.draw(st.integers(0, len(content)))
    assert isinstance(read(case, content[:at] + octets + content[at:]), list)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_the_same_export_twice_is_the_same_records(case):
    again = read(case, CONTENTS[case])
    assert again == read_whole(case)
    assert stored(importer_of(case), again) == stored(importer_of(case), read_whole(case))


@few
@given(any_case, st.randoms())
def test_rows_in_another_order_are_the_same_records(case, random):
    shuffled = list(read_whole(case))
    random.shuffle(shuffled)
    assert stored(importer_of(case), shuffled) == stored(importer_of(case), read_whole(case))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_an_export_is_read_the_same_in_small_pieces(case):
    class Drip(io.BytesIO):
        def read(self, _size=-1):
            return super().read(7)

    found = list(importer_of(case).parse(Drip(CONTENTS[case]), OPTIONS[case]))
    assert found == read_whole(case)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_records_keep_to_the_shapes_of_the_vocabulary(case):
    context = naming(importer_of(case).domain)
    for record in read_whole(case):
        if isinstance(record, Record):
            iri = context.iri(record)
            assert violations(iri, to_node(record, iri, context)) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_no_record_holds_a_number_that_would_name_a_person(case):
    graphs = stored(importer_of(case), read_whole(case)).values()
    said = {str(triple) for graph in graphs for triple in _triples(graph)}
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
