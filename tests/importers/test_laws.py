"""What holds for every format and any export: nothing raises, nothing is lost, nothing doubles.

Each export is one test, which reads the whole of it once for all laws; the trace says which of them
is broken.
"""

import io
import random
import re

import pytest

from importers import identify
from importers.contract import Problem, Reading, Record, Sample, Stated
from importers.series import settle
from importers.triples import ranked, to_node
from tests.importers.damage import ENDLESS, MARKS, damages, exports, problems, rows, silent
from tests.importers.golden import importer_of, items_of, naming, options_of
from vocab.shapes import violations

CASES = exports()
# The readings of meters are put in the order of time, and what they add up to comes with them, so
# that what comes first is not what stands first. What an order comes to is the sum of rows that may
# stand anywhere.
OUT_OF_ORDER = frozenset({"energy", "orders"})
SUMMED = frozenset({"amazon-orders", "amazon-digital", "orders"})
IN_ORDER = [path for path in CASES if path.parent.name not in OUT_OF_ORDER]

EVERY = 1024
SMALL = 256
PLACES = 6
A_DAY = re.compile(rb"^(?:\xef\xbb\xbf|\xe2\x80\x8e)*\[?\d\d?[./]\d\d?[./]\d\d", re.MULTILINE)
NAMING_A_PERSON = (
    "12345678900000000253",
    "01234567890",
    "4970101234567890",
    "600000101",
    "600000102",
    "600-00-0101",
    "1EG4TE5MK73",
    "555-010-01",
)


class Drip(io.BytesIO):
    """What comes a few octets at a time."""

    def read(self, _size=-1):
        return super().read(7)


class Export:
    """An export, what it gives as a whole, and what chooses the places to damage, always alike."""

    def __init__(self, case):
        self.content = case.read_bytes()
        self.options = options_of(case)
        self.importer = importer_of(case)
        # Whoever says a mapping says by which importer it is read.
        is_said = "mapping" in self.options.values
        self.claims = ((self.importer, None),) if is_said else identify(case.name, self.content)
        self.chance = random.Random(case.name)  # noqa: S311 - no secret
        self.in_order = case.parent.name not in OUT_OF_ORDER and case.stem not in SUMMED
        self.is_chat = case.stem.startswith("chat")
        self.endless = case.suffix in ENDLESS
        self.whole = self.read(self.content)
        self.kept = stored(self.importer, self.whole)

    def read(self, content):
        return items_of(self.importer, content, self.options)

    def places(self, count=PLACES):
        return sorted(self.chance.sample(range(len(self.content)), count))

    def cuts(self):
        """Each kilobyte, and some places between; each octet of what is small."""
        size = len(self.content)
        return range(size) if size <= SMALL else sorted({*range(0, size, EVERY), *self.places()})


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


def is_claimed_by_one_importer(export):
    assert [importer.format for importer, _ in export.claims] == [export.importer.format]


def says_what_is_missing_where_it_is_cut(export):
    """And gives what came before."""
    whole = taken(export.whole)
    for end in export.cuts():
        found = export.read(export.content[:end])
        kept = taken(found)
        if len(rows(kept)) < len(rows(whole)) and not export.endless:
            assert any(one.row for one in problems(found)), f"cut at {end}"
        if export.in_order:
            # What a chat ends with is kept as far as it goes, with a remark.
            firm = kept[:-1] if export.is_chat else kept
            assert firm == whole[: len(firm)], f"cut at {end}"


def loses_no_damaged_row_without_a_word(export):
    """Nor what came before the damage."""
    for at in export.places():
        octet = bytes([export.chance.randrange(256)])
        for mark in (export.chance.choice(MARKS), octet):
            instead, besides = (export.read(d) for d in damages(export.content, at, mark))
            for found in (instead, besides):
                assert silent(export.whole, found) == "", f"{mark!r} at {at}"
        stored(export.importer, besides)
        if export.in_order:
            before = taken(export.read(export.content[: beginning(export, at)]))
            assert taken(instead)[: len(before)] == before, f"{octet!r} at {at}"


def beginning(export, at):
    """Where that begins which damage may change: a row of a table ends with its line.

    A message goes on until a line that begins with a day.
    """
    if export.is_chat:
        return max(found.start() for found in A_DAY.finditer(export.content) if found.start() <= at)
    return export.content.rfind(b"\n", 0, at) + 1 if export.endless else at


def takes_any_octets(export):
    """It is read, kept and counted without an error."""
    for at in export.places(4):
        octets = export.chance.randbytes(export.chance.randrange(200))
        found = export.read(export.content[:at] + octets + export.content[at:])
        stored(export.importer, found)
        assert isinstance(export.importer.reconcile(found), tuple)


def says_where_each_problem_is_and_why(export):
    for one in problems(export.whole):
        assert one.locator.strip()
        assert one.message.strip()
        assert not one.message.endswith(".")


def is_the_same_once_more_and_in_small_pieces(export):
    again = list(export.importer.parse(Drip(export.content), export.options))
    assert again == export.whole


def is_the_same_in_another_order(export):
    shuffled = list(export.whole)
    export.chance.shuffle(shuffled)
    assert stored(export.importer, shuffled) == export.kept


def keeps_to_the_shapes_of_the_vocabulary(export):
    context = naming(export.importer.domain)
    for record in export.whole:
        if isinstance(record, Record):
            iri = context.iri(record)
            assert violations(iri, to_node(record, iri, context)) == ()


def holds_no_number_that_would_name_a_person(export):
    said = str(list(export.kept.items()))
    # What names a meter is kept: readings are of it.
    of_a_meter = {"01234567890"} if export.importer.domain == "energy" else set()
    assert {number for number in NAMING_A_PERSON if number in said} <= of_a_meter


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_holds_for_any_export_holds_for_this_one(case):
    export = Export(case)
    is_claimed_by_one_importer(export)
    says_what_is_missing_where_it_is_cut(export)
    loses_no_damaged_row_without_a_word(export)
    takes_any_octets(export)
    says_where_each_problem_is_and_why(export)
    is_the_same_once_more_and_in_small_pieces(export)
    is_the_same_in_another_order(export)
    keeps_to_the_shapes_of_the_vocabulary(export)
    holds_no_number_that_would_name_a_person(export)
