import json
import tracemalloc
from decimal import Decimal
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.contract import Problem
from importers.document import Element, elements, first, has_marks, parts

calm = settings(deadline=None)  # the machine may be busy


def values(text, path="/*"):
    return [
        e.value if isinstance(e, Element) else (e.locator, e.message) for e in elements(text, path)
    ]


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        pytest.param('[{"a":1}, {"a":2.50}]', "/*", [{"a": 1}, {"a": Decimal("2.50")}], id="array"),
        pytest.param('{"m":{"r":[1,2],"u":"x"}}', "/m/r/*", [1, 2], id="an array further in"),
        pytest.param('{"m":{"r":[1,2],"u":"x"}}', "/m/u", ["x"], id="a member"),
        pytest.param('{"a":1,"b":2}', "/*", [1, 2], id="every member"),
        pytest.param(" [ ] ", "/*", [], id="nothing in it"),
        pytest.param('[{"r":[1]},{"r":[2]}]', "/*/r/*", [1, 2], id="arrays in arrays"),
        pytest.param("7", "", [7], id="the document itself"),
    ],
)
def test_values_are_found_by_their_path(text, path, expected):
    assert values(text, path) == expected


@pytest.mark.spec("RFC 6901 §3")
def test_locators_are_json_pointers():
    (found,) = elements('{"a/b":{"c~d":[1]}}', "/*/*/*")
    assert found.locator == "/a~1b/c~0d/0"


BREAKS = "the document stops being JSON near line {} and is not read from there on"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('[{"a":1}\n{"b":2}]', [{"a": 1}, ("/", BREAKS.format(2))], id="no comma"),
        pytest.param('[{"a":1},\n{"a":', [{"a": 1}, ("/1", BREAKS.format(2))], id="cut"),
        pytest.param('[{"a":1,\n}]', [("/0", BREAKS.format(2))], id="a comma too many"),
        pytest.param("[1,2", [1, ("/1", BREAKS.format(1))], id="a number that may go on"),
        pytest.param("[1]x", [1, ("/", BREAKS.format(1))], id="something after the end"),
        pytest.param('{"a":1 "b":2}', [1, ("/", BREAKS.format(1))], id="no comma in an object"),
        pytest.param("{1:2}", [("/", BREAKS.format(1))], id="a member without a name"),
        pytest.param("[NaN,1]", [("/0", BREAKS.format(1))], id="a number that is none"),
        pytest.param("", [("/", BREAKS.format(1))], id="nothing"),
        pytest.param("[" * 100_000, [("/0", BREAKS.format(1))], id="too deep"),
    ],
)
def test_what_comes_before_a_break_is_read(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "path", "problem"),
    [
        ('[{"x":1}]', "/*/r/*", ("/0", "`r` is missing here")),
        ("[7]", "/*/r", ("/0", "`r` is missing here")),
        ("7", "/*", ("/", "a list of rows is missing here")),
        ('[["x"]]', "/*/r", ("/0", "`r` is missing here")),
    ],
)
def test_rows_that_should_be_there_are_missed(text, path, problem):
    assert values(text, path) == [problem]


def test_half_a_character_costs_its_row_only():
    found = values('["\\ud83d", "\\ud83d\\ude00", 1]')
    assert found == [("/0", "a text here holds half a character"), "\U0001f600", 1]


PLAIN = st.none() | st.booleans() | st.integers(-9, 9) | st.text('a\\"é', max_size=4)


@calm
@given(st.recursive(PLAIN, st.lists, max_leaves=8))
def test_what_was_written_is_read_back(value):
    assert values(json.dumps([value])) == [value]


def test_the_first_value_at_a_path():
    assert first('{"u":"x"}', "/u") == "x"
    assert first('{"v":"x"}', "/u") is None
    assert first("[]", "/*") is None


ELEMENT = Element(
    "/0",
    {
        "a": {"b": " x "},
        "n": 5,
        "d": Decimal("1.50"),
        "t": "69,5",
        "s": "69.0",
        "l": [],
        "z": None,
        "y": True,
        "e": Decimal("1E+400"),
        "w": Decimal("1E+2"),
    },
)


@pytest.mark.parametrize(
    ("path", "text"), [("a/b", "x"), ("n", "5"), ("d", "1.50"), ("z", ""), ("q", ""), ("n/b", "")]
)
def test_a_member_as_text(path, text):
    assert ELEMENT.text(path) == text


@pytest.mark.parametrize("path", ["l", "y", "a"])
def test_what_is_no_text_is_refused(path):
    with pytest.raises(ValueError, match="is no text"):
        ELEMENT.text(path)


@pytest.mark.parametrize(
    ("path", "number"), [("n", "5"), ("d", "1.50"), ("s", "69.0"), ("w", "100")]
)
def test_a_member_as_number(path, number):
    assert ELEMENT.number(path) == Decimal(number)


@pytest.mark.parametrize("path", ["q", "z", "t", "y", "l", "e"])
def test_what_is_no_number_is_refused(path):
    with pytest.raises(ValueError, match="is missing or is not a number"):
        ELEMENT.number(path)


@pytest.mark.parametrize("path", ["q", "z", "a/c", "n/b"])
def test_a_number_may_be_missing(path):
    assert ELEMENT.number_or_none(path) is None


@pytest.mark.parametrize("path", ["n", "d", "s", "w"])
def test_a_number_that_may_be_missing_is_read(path):
    assert ELEMENT.number_or_none(path) == ELEMENT.number(path)


@pytest.mark.parametrize("path", ["t", "y", "l", "e", "b"])
def test_only_null_stands_for_a_missing_number(path):
    element = Element("/0", {**ELEMENT.value, "b": ""})
    with pytest.raises(ValueError, match="is missing or is not a number"):
        element.number_or_none(path)


def test_problems_of_documents_lose_a_row():
    assert all(e.row for e in elements("", "/*") if isinstance(e, Problem))


@pytest.mark.parametrize(
    ("head", "opens", "known"),
    [
        pytest.param(b'\xef\xbb\xbf \n{"a": 1, "b":', "{", True, id="all of them, behind blanks"),
        pytest.param(b'[{"a": 1, "b":', "{[", True, id="one of the two that may open it"),
        pytest.param(b'{"a": 1, "c":', "{", False, id="one is missing"),
        pytest.param(b'{"a": 1, b:', "{", False, id="one has no quotes"),
        pytest.param(b'[{"a": 1, "b":', "{", False, id="another opening"),
        pytest.param(b'x{"a": 1, "b":', "{[", False, id="something before it"),
        pytest.param(b"", "{[", False, id="nothing"),
    ],
)
def test_a_document_is_known_by_its_marks(head, opens, known):
    assert has_marks(head, ('"a"', '"b"'), opens=opens) is known


def test_parts_are_all_that_stands_in_a_document_and_the_opened_ones_come_as_their_members():
    text = '{"a": {"b": [1, {"c": 2}], "d": null}, "e": [3], "f": []}'
    found = [(one.locator, one.value) for one in parts(text, ("/a", "/a/b", "/f"))]
    assert found == [("/a/b/0", 1), ("/a/b/1", {"c": 2}), ("/a/d", None), ("/e", [3])]


@pytest.mark.parametrize("text", ["", "{", '{"a": [1', '{"a": [1]} x'])
def test_parts_of_a_document_that_breaks_end_with_a_problem(text):
    *_, last = parts(text, ("/a",))
    assert isinstance(last, Problem)


def test_of_two_members_of_one_name_neither_is_taken():
    text = '[{"a": {"b": 1, "b": 2}}, {"a": 1}, {"a": 1, "a": 1}]'
    first, second, third = elements(text, "/*")
    assert (second.locator, second.value) == ("/1", {"a": 1})
    assert [(one.locator, one.message) for one in (first, third)] == [
        ("/0", "a name stands twice in an object here"),
        ("/2", "a name stands twice in an object here"),
    ]


WRITTEN = (
    '{"a":[{"b":"x"},-1.50,true,null],\r\n "skipped":{"c":[1,[2,{"d":"é\\u00e9"}]]},"r":[12,34]}'
)


@pytest.mark.parametrize("path", ["/a/*", "/*", "/r/*", "", "/skipped/c"])
def test_a_text_in_pieces_is_read_as_the_whole_text(path):
    for text in (WRITTEN[:end] for end in range(len(WRITTEN) + 1)):
        for size in (1, 7):
            pieces = (text[at : at + size] for at in range(0, len(text), size))
            assert list(elements(pieces, path)) == list(elements(text, path))


ROW = '{"id":%d,"of":[{"x":"yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"}]}'


class Counted:
    """The pieces of a long text, and how many of them were taken."""

    def __init__(self, begin, rows, end):
        self.taken = 0
        self._all = chain([begin], (("," if i else "") + ROW % i for i in range(rows)), [end])

    def __iter__(self):
        for piece in self._all:
            self.taken += 1
            yield piece


def test_rows_are_given_before_the_text_is_at_its_end():
    pieces = Counted('{"rows":[', 10_000, "]}")
    found = elements(pieces, "/rows/*")
    assert next(found).value["id"] == 0
    assert pieces.taken < 2000
    assert sum(1 for _ in found) == 9_999


def test_what_is_passed_over_is_not_held():
    large = ('{"x":[{"y":"' + "z" * 4000 + '"}]},' for _ in range(500))
    pieces = chain(['{"large":['], large, ['0],"rows":[7]}'])
    tracemalloc.start()
    try:
        assert [one.value for one in elements(pieces, "/rows/*")] == [7]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000


def test_a_broken_text_is_not_read_to_its_end_to_find_that_out():
    pieces = Counted('{"rows":[{"a":tru},', 10_000, "]}")
    (found,) = elements(pieces, "/rows/*")
    assert found == Problem("/rows/0", BREAKS.format(1))
    assert pieces.taken < 2000


def test_a_value_that_is_longer_than_any_is_left_out_and_told():
    large = chain(["[1,["], ('"' + "x" * 2**20 + '",' for _ in range(20)), ["0],2]"])
    assert values(large) == [1, ("/1", "a value here is longer than any that is read"), 2]
