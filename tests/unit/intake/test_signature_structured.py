"""Structured fields: what is read, what is refused, and that writing is the other way round."""

import http_sf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pod.intake.structured import (
    InnerList,
    Item,
    Token,
    read_dictionary,
    write_dictionary,
    write_member,
)


@pytest.mark.spec("RFC9651 §4.2.2")
@pytest.mark.parametrize(
    ("text", "members"),
    [
        pytest.param("", {}, id="empty"),
        pytest.param("a=1", {"a": Item(1)}, id="integer"),
        pytest.param("a=-12", {"a": Item(-12)}, id="negative"),
        pytest.param('a="x \\"y\\" \\\\z"', {"a": Item('x "y" \\z')}, id="string"),
        pytest.param('a=""', {"a": Item("")}, id="empty string"),
        pytest.param("a=:AQID:", {"a": Item(b"\x01\x02\x03")}, id="bytes"),
        pytest.param("a=::", {"a": Item(b"")}, id="no bytes"),
        pytest.param("a=?1, b=?0", {"a": Item(value=True), "b": Item(value=False)}, id="booleans"),
        pytest.param("a=*x/y:z", {"a": Item(Token("*x/y:z"))}, id="token"),
        pytest.param("a", {"a": Item(value=True)}, id="key alone"),
        pytest.param(
            "a;b", {"a": Item(value=True, parameters=(("b", True),))}, id="key with a parameter"
        ),
        pytest.param('a=1;b; c="d"', {"a": Item(1, (("b", True), ("c", "d")))}, id="parameters"),
        pytest.param("  a=1 ,\tb=2  ", {"a": Item(1), "b": Item(2)}, id="space around"),
        pytest.param("a=()", {"a": InnerList(())}, id="empty list"),
        pytest.param(
            'a=( "x"  "y";sf );c=1',
            {"a": InnerList((Item("x"), Item("y", (("sf", True),))), (("c", 1),))},
            id="list",
        ),
        pytest.param("*-_.9=1", {"*-_.9": Item(1)}, id="any key"),
    ],
)
def test_a_dictionary_is_read(text, members):
    assert read_dictionary(text) == members


@pytest.mark.parametrize(
    "text",
    [
        "a=1,",
        ",a=1",
        "a=1 b=2",
        "A=1",
        "a=",
        "a= 1",
        "a=1;",
        "a=1;B",
        "a=1.5",
        "a=12.5",
        "a=1234567890123456",
        "a=--1",
        'a="x',
        'a="é"',
        'a="\\x"',
        "a=:AQ=D:",
        "a=:é:",
        "a=:AQID",
        "a=?2",
        "a=?",
        "a=(1",
        "a=(1 2",
        "a=(1,2)",
        'a=("x""y")',
        "a=é",
        "a=@1659578233",
        'a=%"x"',
        "a=1, a=2",
        "a=1;b;b",
    ],
)
def test_what_is_no_dictionary_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        read_dictionary(text)


@pytest.mark.parametrize("text", ["é", "a\nb", "\x7f"])
def test_a_string_that_cannot_be_written_is_refused(text):
    with pytest.raises(ValueError, match="ASCII"):
        write_member(Item(text))


_KEYS = st.from_regex(r"\A[a-z*][a-z0-9_.*-]{0,4}\Z")
_BARE = (
    st.integers(-(10**15) + 1, 10**15 - 1)
    | st.booleans()
    | st.binary(max_size=4)
    | st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=6)
    | st.from_regex(r"\A[A-Za-z*][A-Za-z0-9:/!#$%&'*+.^_`|~-]{0,4}\Z").map(Token)
)
_PARAMETERS = st.dictionaries(_KEYS, _BARE, max_size=2).map(lambda found: tuple(found.items()))
_ITEMS = st.builds(Item, _BARE, _PARAMETERS)
_LISTS = st.builds(InnerList, st.lists(_ITEMS, max_size=2).map(tuple), _PARAMETERS)
_DICTIONARIES = st.dictionaries(_KEYS, _ITEMS | _LISTS, max_size=3)


@given(_DICTIONARIES)
def test_what_is_written_is_read_again(members):
    text = write_dictionary(members)
    assert read_dictionary(text) == members
    # Python takes 1 and True for equal; the text does not.
    assert write_dictionary(read_dictionary(text)) == text


@given(_DICTIONARIES.filter(bool))
def test_another_implementation_reads_the_same_and_writes_the_same(members):
    text = write_dictionary(members)
    foreign = http_sf.parse(text.encode(), tltype="dictionary")
    assert list(foreign) == list(members)
    assert read_dictionary(http_sf.ser(foreign)) == members


@given(st.text(alphabet='ab=;,()":?*19. \\-é', max_size=20))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    try:
        members = read_dictionary(text)
    except ValueError:
        return
    assert read_dictionary(write_dictionary(members)) == members
