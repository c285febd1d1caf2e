import pytest

from importers.sight import described

NOBODY = "no importer knows this format"


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture (JPEG)"),
        (b"\0\0\0\x18ftypheic", "a picture (HEIF)"),
        (b"\0\0\0\x18ftypmp42", "a film (MPEG-4)"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a picture (WebP)"),
        (b"%PDF-1.7\n", "a document to read"),
        (b"PK\x03\x04\x14\0", "an archive"),
        (b"\0" * 257 + b"ustar\0", "an archive (tar)"),
        (b"SQLite format 3\0", "a database (SQLite)"),
        (b"BEGIN:VCARD\r\nVERSION:2.1", "an address book (vCard)"),
        (b"\xef\xbb\xbfBEGIN:VCALENDAR\n", "a calendar (iCalendar)"),
        (b"<!DOCTYPE html><title>x</title>", "a page to read (HTML)"),
        (b"", "an empty file"),
        (b" \r\n\0", "an empty file"),
        (b"\x01\x02\x03\x04" * 40, "a file of octets of an unknown kind"),
        (b"Dear bank,\nplease send my data.\n", "a text"),
        (b"1;2;3\na text\n", "a text"),
        (
            b'<?xml version="1.0"?><!-- <a> --><ns:Invoice xmlns:ns="x">',
            "XML of the kind `Invoice`",
        ),
        (b"<?xml", "XML"),
        (b"[04.01.18, 11:53:57] A: hello", "a text"),
    ],
)
def test_a_file_is_named_by_what_it_begins_with(head, what):
    assert described(head).startswith(f"this is {what}: ")


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("Date;Libellé;Montant\n01/02/2026;x;1,00\n".encode(), "`Date`, `Libellé`, `Montant`"),
        (b'"a b",c\r\n1,2\r\n', "`a b`, `c`"),
        (b'{"a": [{"x": 1}], "b": {"y": "{"}}', "`a`, `b`"),
        (b'[{"a": {"z": 1}, "b": "cut', "`a`, `b`"),
    ],
)
def test_a_table_is_named_by_its_columns_and_a_document_by_its_members(head, names):
    assert f" with {names}: " in described(head)


@pytest.mark.parametrize(
    "head", [b"Camille;0612345678\nLou;0612345679\n", b'{"+33612345678": 1, "+33612345679": 2}']
)
def test_what_could_be_a_value_is_not_told(head):
    assert "061234" not in described(head)
    assert "3361234" not in described(head)


def test_what_to_do_is_told():
    assert described(b"%PDF-").endswith("ask the holder for a file of data (CSV, JSON, XML, OFX)")
    assert described(b"PK\x03\x04").endswith("unpack it and import the files in it")
    assert NOBODY in described(b"\x89PNG\r\n\x1a\n")
