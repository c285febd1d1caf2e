import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.text import decode, for_key, lines, mailto, name_of, octets, printable

calm = settings(deadline=None)  # the machine may be busy

ACCENTS = "Épicerie « Dupré » 12 €"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(ACCENTS.encode(), id="utf-8"),
        pytest.param(ACCENTS.encode("utf-8-sig"), id="utf-8 with its mark"),
        pytest.param(ACCENTS.encode("cp1252"), id="windows-1252"),
        pytest.param(ACCENTS.encode("utf-16"), id="utf-16, little end first"),
        pytest.param(b"\xfe\xff" + ACCENTS.encode("utf-16-be"), id="utf-16, big end first"),
    ],
)
def test_a_text_is_read_in_whatever_encoding_it_is(content):
    assert decode(content) == ACCENTS
    assert list(lines(io.BytesIO(content))) == [ACCENTS + "\n"]


def test_an_octet_that_windows_1252_leaves_open_keeps_its_number():
    assert decode(b"\xe9\x81") == "é\x81"


@pytest.mark.parametrize(
    ("name", "told"),
    [("Icon\r", "Icon"), ("relev\udce9.csv", "relevé.csv"), ("\x1b[31m", "[31m"), ("\n", "?")],
)
def test_a_name_is_told_without_what_cannot_be_printed(name, told):
    assert printable(name) == told


@calm
@given(st.binary())
def test_decoding_never_fails(content):
    assert isinstance(decode(content), str)


class Trickle(io.RawIOBase):
    """A file that gives one octet at a time, whatever is asked for."""

    def __init__(self, content):
        self._rest = io.BytesIO(content)

    def readable(self):
        return True

    def readinto(self, buffer):
        got = self._rest.read(1)
        buffer[: len(got)] = got
        return len(got)


@pytest.mark.parametrize("content", [b"", b"x", b"x" * ((1 << 16) + 1)])
def test_an_export_is_read_to_its_end(content):
    assert octets(io.BytesIO(content)) == content
    assert octets(Trickle(content)) == content


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"a\nb\n", ["a\n", "b\n"], id="line feeds"),
        pytest.param(b"a\r\nb\r\n", ["a\n", "b\n"], id="both"),
        pytest.param(b"a\rb\r", ["a\n", "b\n"], id="carriage returns only"),
        pytest.param(b"a\n\nb", ["a\n", "\n", "b\n"], id="an empty line, and no last line end"),
        pytest.param(b"", [], id="nothing"),
        pytest.param("é\r\nb".encode("utf-16"), ["é\n", "b\n"], id="utf-16"),
    ],
)
def test_lines_end_the_same_whatever_the_file_has(content, expected):
    assert list(lines(io.BytesIO(content))) == expected


def test_one_damaged_line_leaves_the_others_readable():
    content = "été\n".encode() + b"\xe9t\xff\n" + "été\n".encode()
    assert list(lines(io.BytesIO(content))) == ["été\n", "étÿ\n", "été\n"]


def test_a_line_end_on_the_border_of_two_blocks_is_one():
    content = b"x" * ((1 << 16) - 1) + b"\r\ny"
    assert [len(line) for line in lines(io.BytesIO(content))] == [1 << 16, 2]


def test_a_line_without_end_is_not_collected_for_ever():
    pieces = [len(line) for line in lines(io.BytesIO(b"x" * (3 << 20)))]
    assert len(pieces) > 1
    assert sum(pieces) == (3 << 20) + 1


@pytest.mark.parametrize("letter", ["x", "é", "€", "𝄞"])
@pytest.mark.parametrize("before", range(4))
def test_the_pieces_of_a_line_are_that_line(letter, before):
    line = "a" * before + letter * (2 << 20)
    assert "".join(lines(io.BytesIO(line.encode()))) == line + "\n"


def test_the_pieces_of_a_line_in_windows_1252_are_all_there():
    assert "".join(lines(io.BytesIO(b"\x80" * (2 << 20)))) == "€" * (2 << 20) + "\n"


@pytest.mark.parametrize(
    ("text", "same"),
    [
        pytest.param("Cafe\u0301", "Café", id="composed"),
        pytest.param("\u200eCafé\u202f  de la  place ", "Café de la place", id="marks and blanks"),
    ],
)
def test_texts_that_look_the_same_make_the_same_key(text, same):
    assert for_key(text) == for_key(same) == same


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("202200700005BD27", "202200700005BD27", id="kept, with its case"),
        pytest.param("A/B", "A-B~998d3ed8983a", id="a mark is replaced, and a hash tells it apart"),
        pytest.param("é", "~4a99557e4033", id="nothing to keep"),
    ],
)
def test_a_text_becomes_a_name_of_an_iri(text, name):
    assert name_of(text) == name


@calm
@given(st.text(), st.text())
def test_two_texts_never_get_one_name(one, other):
    assert (name_of(one) == name_of(other)) == (one == other)


def test_a_name_with_a_hash_is_not_the_name_of_another_text():
    assert name_of(name_of("A/B")) != name_of("A/B")


def test_a_long_text_becomes_a_name_that_is_cut_and_told_apart():
    names = {name_of("a" * 100), name_of("a" * 101)}
    assert len(names) == 2
    assert all(len(name) < 80 for name in names)


def test_an_address_with_a_blank_is_still_an_iri():
    assert mailto(" a b@example.org ") == "mailto:a%20b@example.org"
