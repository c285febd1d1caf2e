import io
import sys
import zlib

import pytest
from pypdf import PdfReader, PdfWriter

from importers.contract import Problem
from importers.pdf import Attachment, Line, attached_to, lines_of
from tests.unit.importers.pdf import document

PAGE = [[(40, "Date des soins"), (200, "Montant payé")], [], [(40, "05/03/2026"), (200, "30,00")]]
WHOLE = document(PAGE, PAGE)


def problems(content):
    return [one.message for one in lines_of(content) if isinstance(one, Problem)]


def texts(content):
    return [one.text.split() for one in lines_of(content) if isinstance(one, Line)]


@pytest.mark.parametrize("packed", [True, False])
def test_lines_are_in_their_order_with_their_places(packed):
    found = list(lines_of(document(PAGE, PAGE, packed=packed)))
    assert [one.locator for one in found] == [
        "page=1 line=1",
        "page=1 line=2",
        "page=2 line=1",
        "page=2 line=2",
    ]
    header, row = found[0].text, found[1].text
    assert header.index("Montant") == row.index("30,00")


def locked(password):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(WHOLE)))
    writer.encrypt(password, "the owner's", algorithm="AES-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_a_document_locked_with_a_password_is_told_of():
    (problem,) = problems(locked("secret"))
    assert "password" in problem


def test_one_locked_only_against_changes_is_read():
    assert texts(locked("")) == texts(WHOLE)


@pytest.mark.parametrize("cut", [1, 40, 700])
def test_one_that_is_cut_short_is_told_of(cut):
    found = list(lines_of(WHOLE[: -(cut + 6)]))
    assert [one.message for one in found] == ["the document is cut short: download it anew"]


def test_the_beginning_of_one_is_read_as_far_as_it_goes():
    for end, lines in ((WHOLE.index(b"xref"), 4), (WHOLE.index(b"7 0 obj") + 60, 2)):
        found = list(lines_of(WHOLE[:end], is_head=True))
        assert len([one for one in found if isinstance(one, Line)]) == lines


def test_a_damaged_stream_is_told_of():
    at = WHOLE.index(b"stream") + 20
    damaged = WHOLE[:at] + bytes([WHOLE[at] ^ 0xFF]) + WHOLE[at + 1 :]
    assert problems(damaged) == ["the document is damaged: download it anew"]


def test_an_instruction_that_is_unknown_is_told_of():
    plain = document(PAGE, packed=False).replace(b"(30,00) Tj", b"(30,00) Tz")
    (problem,) = problems(plain.replace(b"Tz", b"Ty"))
    assert "damaged" in problem


def with_stream(content, said):
    """A document whose first page shows a stream of other octets."""
    packed = zlib.compress(content, 9)
    begin = WHOLE.index(b"5 0 obj")
    end = WHOLE.index(b"endobj", begin)
    made = b"5 0 obj\n<< /Length %d %s >>\nstream\n%s\nendstream\n" % (len(packed), said, packed)
    return WHOLE[:begin] + made + WHOLE[end:]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"q Q " * (20 << 20), b"/Filter /FlateDecode"),
        (b"q Q\n" * (1 << 20), b"/Filter /FlateDecode"),
        (b"1 0 " * (1 << 20), b"/Type /ObjStm /N 1000000 /First 4 /Filter /FlateDecode"),
    ],
    ids=["more than is unpacked", "more than a page shows", "objects"],
)
def test_a_bomb_is_not_unpacked(content, said):
    bomb = with_stream(content, said)
    assert len(bomb) < 200_000
    assert any("unpacks to more" in problem for problem in problems(bomb))


def test_without_its_library_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (problem,) = problems(WHOLE)
    assert "selfdata-pod[formats]" in problem


def test_any_octets_behind_the_mark_are_told_of():
    assert len(problems(b"%PDF-1.7\n%%EOF\n")) == 1
    assert len(problems(b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"%%EOF\n")) == 1


def test_attached_files_are_found_by_their_names():
    made = document(PAGE, attached=[("a.xml", b"<a/>"), ("b.txt", b"b")])
    assert list(attached_to(made)) == [Attachment("a.xml", b"<a/>"), Attachment("b.txt", b"b")]
    assert list(attached_to(WHOLE)) == []
    (cut,) = attached_to(made[:-9])
    assert isinstance(cut, Problem)
    assert cut.row


def test_attached_files_of_a_locked_document_are_not_read():
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(WHOLE)))
    writer.add_attachment("a.xml", b"<a/>")
    writer.encrypt("secret", algorithm="RC4-128")
    locked = io.BytesIO()
    writer.write(locked)
    (problem,) = attached_to(locked.getvalue())
    assert "password" in problem.message
