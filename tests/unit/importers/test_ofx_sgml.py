import pytest

from importers.bank.ofx_sgml import Element, elements
from importers.contract import Problem

ROWS, AROUND = frozenset({"ROW"}), frozenset({"OFX", "LIST"})


def read(text):
    return list(elements(text, rows=ROWS, around=AROUND))


def values(element):
    return {**element.plain, **{child.name: child.value for child in element.children}}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param("<A>1<B>2", {"A": "1", "B": "2"}, id="values without end tags"),
        pytest.param("<A>1</A><B>2</B>", {"A": "1", "B": "2"}, id="with end tags"),
        pytest.param("<A>1</A>\n<B> 2 \n", {"A": "1", "B": "2"}, id="both, and blanks"),
        pytest.param("<A>\n<B>2", {"A": "", "B": "2"}, id="an empty value without end tag"),
        pytest.param("<A></A><B>2", {"A": "", "B": "2"}, id="an empty value with end tag"),
        pytest.param("<a>1", {"A": "1"}, id="small letters"),
        pytest.param("<A><![CDATA[1 < 2 & ]]>", {"A": "1 < 2 &"}, id="marks within CDATA"),
        pytest.param(
            "<A>R&amp;D &lt;&#233;&#xE9;&#XE9;&nbsp;x",
            {"A": "R&D <ééé\u00a0x"},
            id="references",
        ),
        pytest.param(
            "<A>A&REGIE &copy; &#0;&#xD800;&#x110000;",
            {"A": "A&REGIE &copy; &#0;&#xD800;&#x110000;"},
            id="what is no reference",
        ),
        pytest.param("<A>1<!-- a word --><B>2", {"A": "1", "B": "2"}, id="a comment"),
        pytest.param("<A>1 < 2", {"A": "1 < 2"}, id="a mark that opens nothing"),
        pytest.param("stray<A>1", {"A": "1"}, id="a text where none belongs"),
    ],
)
def test_a_row_is_read_whatever_tags_end_its_values(row, expected):
    (found,) = read(f"HEADER:1\n\n<OFX><LIST><ROW>{row}</ROW></LIST></OFX>")
    assert values(found) == expected


def test_an_aggregate_in_a_row_keeps_its_values():
    (found,) = read("<OFX><ROW><P><N>1<M></P><N>2</ROW></OFX>")
    assert found.get("P", "N") == "1"
    assert found.get("P", "Q") == found.get("Q", "N") == ""
    assert found.above(frozenset({"OFX"})).name == "OFX"
    assert found.above(frozenset({"LIST"})) is None


def test_what_seemed_to_lie_in_an_empty_value_follows_it():
    (found,) = read("<OFX><ROW><E><A>1<P><B>2</P></ROW></OFX>")
    assert [child.name for child in found.children] == ["E", "A", "P"]
    assert all(child.parent is found for child in found.children)


def test_a_row_behind_the_end_is_read():
    (found,) = read("<OFX></OFX><ROW><A>1</ROW>")
    assert found.parent is None


def test_rows_know_where_they_begin():
    found = read("<OFX>\n  <ROW><A>1</ROW><ROW><A>2</ROW>\n\n<ROW><A>3</ROW>\n</OFX>")
    assert [row.locator for row in found] == ["line=2", "line=2,column=18", "line=4"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<ROW><A>1<ROW><A>2</ROW>", ["1", "2"], id="the end tag of a row is missing"),
        pytest.param("<ROW><A>1</RQW><ROW><A>2</ROW>", [False, "1", "2"], id="or damaged"),
        pytest.param("<ROX><A>1</ROW><ROW><A>2</ROW>", [True, "2"], id="its first tag is damaged"),
        pytest.param("<LIST><ROW><A>1</LIST>", ["1"], id="the list ends it"),
    ],
)
def test_a_damaged_row_is_read_or_told(text, expected):
    found = [r.get("A") if isinstance(r, Element) else r.row for r in read(f"<OFX>{text}</OFX>")]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "locator", "message"),
    [
        ("<OFX>\n<ROW><A>1", "line=2", "the file ends in the middle of this element"),
        ("<OFX><LIST>", "line=1,column=6", "the file ends in the middle of this element"),
        ("OFXHEADER:100", "line=1", "the file has no element `OFX`"),
        ("<OFX>" + "<X>" * 200, "line=1,column=303", "the elements are nested too deeply"),
    ],
)
def test_a_file_that_breaks_off_says_so(text, locator, message):
    assert read(text) == [Problem(locator, message)]


@pytest.mark.parametrize("piece", ["<!", "<![CDATA[", "<ROW", "&#", "<", "<!--"])
def test_marks_without_end_do_not_hold_up_the_reading(piece):
    assert len(read("<OFX>" + piece * 50_000)) == 1


BOTH = "a row stands here whose tags are both damaged"


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        pytest.param("<ROX><M>1</ROX>", [BOTH], id="the only row"),
        pytest.param("<ROX><M>1</ROX><ROW><M>2</ROW>", [BOTH, "2"], id="before another"),
        pytest.param("<ROX><M>1</ROX><ROX><M>2</ROX>", [BOTH, BOTH], id="twice"),
        pytest.param(
            "<ROX><M>1</ROW>", ["the end tag of `ROW` ends nothing"], id="its end is whole"
        ),
        pytest.param(
            "<ROX><M>1</ROX><ROX><M>2</ROW>",
            [BOTH, "the end tag of `ROW` ends nothing"],
            id="before one whose end is whole",
        ),
        pytest.param("<ROW><M>1</ROX><ROW><M>2</ROW>", ["1", "2"], id="its beginning is whole"),
    ],
)
def test_a_row_of_which_both_tags_are_damaged_is_told_of(listed, told):
    text = f"<OFX><M>0</M><LIST>{listed}</LIST><M>3</M></OFX>"
    found = elements(text, rows=ROWS, around=AROUND, marks={"M": "LIST"})
    rows = [one for one in found if not isinstance(one, Problem) or one.row]
    assert [one.message if isinstance(one, Problem) else one.get("M") for one in rows] == told
