import io

import pytest

from importers.contract import Problem
from importers.markup import Element, elements

ROWS = frozenset({"/D/S/A", "/D/S/N"})


def read(content):
    return list(elements(io.BytesIO(content), ROWS))


TWO = (
    b'<?xml version="1.0"?><D xmlns="urn:x"><S><A p:q="1" xmlns:p="urn:y"> t &amp; u </A>'
    b"<N><V>1</V></N><N/></S><S><N/></S></D>"
)


def test_elements_are_given_with_their_place_among_their_like():
    assert [e.locator for e in read(TWO)] == [
        "/D/S[1]/A[1]",
        "/D/S[1]/N[1]",
        "/D/S[1]/N[2]",
        "/D/S[2]/N[1]",
    ]


def test_an_element_is_read_by_local_names():
    a, n, *_ = read(TWO)
    assert a.attributes == {"q": "1"}
    assert a.text == " t & u "
    assert n.get("V") == "1"
    assert n.get("V/W") == ""


def test_elements_further_in_are_found_in_order():
    content = b"<D><S><N><L><T>a</T><T> b </T></L><L><T>c</T></L></N></S></D>"
    (row,) = read(content)
    assert [t.text for t in row.all("L/T")] == ["a", " b ", "c"]
    assert row.get("L/T") == "a"


def test_what_lies_outside_of_the_paths_is_not_kept():
    (row,) = elements(io.BytesIO(b"<D><X><Y/></X><S><N/></S></D>"), frozenset({"/D"}))
    assert [child.name for child in row.children] == ["X", "S"]
    (row,) = elements(io.BytesIO(b"<D><S><N><V/></N></S></D>"), frozenset({"/D/S/N/V"}))
    assert row.locator == "/D/S[1]/N[1]/V[1]"


@pytest.mark.parametrize(
    ("content", "locator"),
    [
        pytest.param(b"<D><S><N/><N><V>1", "/D/S[1]/N[2]/V[1]", id="cut"),
        pytest.param(b"<D><S><N/></S><S></D>", "/D/S[2]", id="an end tag is missing"),
    ],
)
def test_what_comes_before_a_break_is_read(content, locator):
    row, problem = read(content)
    assert isinstance(row, Element)
    assert isinstance(problem, Problem)
    assert problem.locator == locator
    assert problem.message == "the document is not read from line 1 on: it stops being XML"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "stops being XML", id="nothing"),
        pytest.param(
            b'<!DOCTYPE D [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><D>&b;</D>',
            "document type declaration",
            id="entities",
        ),
        pytest.param(
            b'<!DOCTYPE D SYSTEM "file:///etc/passwd"><D/>',
            "document type declaration",
            id="a file from elsewhere",
        ),
        pytest.param(b"<D>" * 200, "nested too deeply", id="depth"),
    ],
)
def test_what_is_not_read_says_why(content, reason):
    (problem,) = read(content)
    assert reason in problem.message


def test_a_document_longer_than_a_block_is_read_as_it_comes():
    content = b"<D><S>" + b"<N><V>1</V></N>" * 20_000 + b"</S></D>"
    assert sum(1 for _ in read(content)) == 20_000


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<D>\xe9t\xe9</D>", "its text is not in the encoding that it says; save it as UTF-8"),
        (b'<?xml version="1.0" encoding="x-none"?><D/>', "its text is not in the encoding"),
        (b'<?xml version="1.0" encoding="UTF-16"?><D/>', "its text is not in the encoding"),
        (b"<D>&eacute;</D>", "it has an entity that is not one of XML"),
        (b"<D/><D/>", "something stands behind its outermost element"),
        (b"<D><S></D>", "it stops being XML"),
    ],
)
def test_what_is_wrong_with_a_document_is_said(content, reason):
    (problem,) = read(content)
    assert problem.message.startswith(f"the document is not read from line 1 on: {reason}")


@pytest.mark.parametrize("before", [b"\n", b"\xef\xbb\xbf\r\n ", b" " * (1 << 17)])
def test_blanks_before_a_document_are_passed_over(before):
    assert read(before + TWO) == read(TWO)
