import io
import zipfile

import pytest

from importers import identify
from importers.declined import DECLINED
from importers.sight import is_document, seen

NOBODY = "no importer knows this format"


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture (JPEG)"),
        (b"\0\0\0\x18ftypheic", "a picture (HEIF)"),
        (b"\0\0\0\x18ftypmp42", "a film (MPEG-4)"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a picture (WebP)"),
        (b"{\\rtf1", "a document to read (RTF)"),
        (b"PK\x03\x04\x14\0", "an archive"),
        (b"\0" * 257 + b"ustar\0", "an archive (tar)"),
        (b"SQLite format 3\0", "a database (SQLite)"),
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
        (b"[1, 2]", "JSON"),
        (b'<?xml version="1.0"?><svg xmlns="x">', "a picture (SVG)"),
        (b"[.ShellClassInfo]\r\n", "a note of Windows on how a folder looks"),
        (b"[04.01.18, 11:53:57] A: hello", "a text"),
        (b"[04.01.18, 11:53:57] A: hello\n[04.01.18, 11:53:58] B: hello\n", "a text"),
        (b"Title,Date\nSomething,1/2/2026\n", "a table"),
        (
            b"Date;La\0bel;Amount\n1;2;3\n" + b"4;5;6\n" * 9,
            "a table in which zeros stand between the letters",
        ),
    ],
)
def test_a_file_is_named_by_what_it_begins_with(head, what):
    assert str(seen(head)).startswith(f"this is {what}: ")


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("Date;Libellé;Montant\n01/02/2026;x;1,00\n".encode(), "`Date`, `Libellé`, `Montant`"),
        (b'"a b",c\r\n1,2\r\n', "`a b`, `c`"),
        (b'{"a": [{"x": 1}], "b": {"y": "{"}}', "`a`, `b`"),
        (b'[{"a": {"z": 1}, "b": "cut', "`a`, `b`"),
        (b'{"@context": "https://schema.org", "name": "x"}', "`@context`, `name`"),
    ],
)
def test_a_table_is_named_by_its_columns_and_a_document_by_its_members(head, names):
    assert f" with {names}: " in str(seen(head))


@pytest.mark.parametrize(
    "head", [b"Camille;0612345678\nLou;0612345679\n", b'{"+33612345678": 1, "+33612345679": 2}']
)
def test_what_could_be_a_value_is_not_told(head):
    assert "061234" not in str(seen(head))
    assert "3361234" not in str(seen(head))


def test_what_to_do_is_told():
    assert str(seen(rb"{\rtf1")).endswith("ask the holder for a file of data (CSV, JSON, XML, OFX)")
    assert str(seen(b"PK\x03\x04")).endswith("unpack it and import the files in it")
    assert NOBODY in str(seen(b"bplist00"))
    assert str(seen(b"\x89PNG\r\n\x1a\n")).endswith("nothing in it can be imported")
    assert str(seen(b"\0\x05\x16\x07")).endswith("no data of yours are in it")


@pytest.mark.parametrize(
    ("stream", "what"),
    [
        ("Workbook", "a workbook of an older Excel: save its sheet as CSV (UTF-8) and import that"),
        ("EncryptedPackage", "a document of Office, locked with a password: save it without one"),
        ("Catalog", "pictures of Windows for a folder (Thumbs.db): "),
        ("Other", "a file of an older Office or of Windows: save it as CSV if it is a table"),
    ],
)
def test_a_compound_file_is_named_by_its_streams(stream, what):
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le")
    assert str(seen(head)).startswith(f"this is {what}")


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("xl/workbook.xml", "a workbook (Excel)"),
        ("word/document.xml", "a document to read (Word)"),
        ("Index/Document.iwa", "a document of Apple (Numbers, Pages)"),
        ("classes/META-INF/MANIFEST.MF", None),
    ],
)
def test_an_archive_that_is_a_document_is_named_as_one(name, what):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, "x")
    assert is_document(made.getvalue()) is (what is not None)
    assert str(seen(made.getvalue())).startswith(f"this is {what or 'an archive'}: ")


def test_the_first_row_of_a_table_is_found_below_its_notes():
    table = "Compte n 1;;\nSolde au 01/02/2026\n\nJour,Libellé,Montant\n01/02/2026,x,1.00\n"
    assert "a table with `Jour`, `Libellé`, `Montant`: " in str(seen(table.encode()))


def test_names_and_values_side_by_side_are_no_columns():
    assert "Camille" not in str(seen(b"Nom,Camille\nNaissance,1 janv. 1980\n"))


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("Libellé;Débit\n".encode().decode("cp1252").encode(), "spoilt when it was saved"),
        (b"Libell?s;D?bit\n", "lost when it was saved"),
        ("Libell\ufffds;D\ufffdbit\n".encode(), "lost when it was saved"),
        ("Libellé;Débit\n".encode("mac_roman"), "MS-DOS or an old Macintosh: save it as CSV"),
        ("Libellé;Débit\n".encode("cp850"), "MS-DOS or an old Macintosh: save it as CSV"),
    ],
    ids=["twice", "question", "replaced", "macintosh", "dos"],
)
def test_a_table_whose_accents_are_spoilt_is_told_from_others(head, what):
    said = str(seen(head + b"1;2\n"))
    assert said.startswith("this is a table, and its accents ")
    assert what in said


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_text_of_wide_characters_without_a_mark_is_seen(encoding):
    said = str(seen("Date;Libellé;Montant\n".encode(encoding)))
    assert said.startswith("this is a text in UTF-16 or UTF-32: open it in an editor, save it")


STEPS = b'[{"dateTime" : "03/31/24 00:59:00", "value" : "0"}]'


@pytest.mark.parametrize(
    ("head", "what", "why"),
    [
        (STEPS, "Fitbit: a series", "give it the name"),
        (b'[{"value": {"swimStrokeType": "FREESTYLE"}}]', "Fitbit: lengths swum", "exercise-"),
        (b"timestamp,rmssd,coverage,low_frequency,high_frequency\n", "Fitbit: heart", "zone"),
        (b"timestamp,beats per minute,data source\n", "Google Health: a series", "Global Export"),
        (
            b'"Profile Name","Email Address","Profile Creation Time"\n',
            "Netflix: another",
            "Viewing",
        ),
        (b"We found no information for this table.", "Netflix: another", "ViewingActivity.csv"),
        (b'{"inferences": ["1P_A"]}', "Spotify: the account", "StreamingHistory"),
        (b'{"Extensions": [], "Extension Settings": []}', "Google Takeout: settings and", "set"),
        (b'[{"subscription": {"period": {}}}]', "Google Takeout: subscriptions", "Order History"),
        (b'{"conversations": []}', "Google Takeout: conversations of Hangouts", "messages.json"),
        (
            b"<!DOCTYPE html><html><head><title>Google Data Export Archive Contents</title>",
            "Google Takeout: a page that leads to the files",
            "each by itself",
        ),
        (b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<META", "Bookmarks of a browser", "the history"),
        (b"<!doctype html><title>Your Twitter Data</title>", "X (Twitter): the page", "`data`"),
        (
            b'{"relationships_dismissed_suggested_users": [{"string_list_data": []}]}',
            "Instagram: another file",
            "no class",
        ),
        (b"Website,ReversalID,OrderID,CreationDate\n", "Amazon: returns", "Payments.csv"),
        (
            b'{"icon@2x.png": "0123456789012345678901234567890123456789"}',
            "Wallet: the list",
            "pass.json",
        ),
        (b"Activity ID,Activity Date,Activity Name\n", "Strava: the table", "GPX, TCX, FIT"),
        (b'{"name": "A", "type": "personal_chat", "id": 1, "messages": []}', "Telegram", "mapping"),
        (b'{"Saved Media": [{"Date": "x"}]}', "Snapchat", "mapping"),
        (b"id,permalink,date,ip,subreddit,gildings\n", "Reddit", "mapping"),
        (b"ID,Timestamp,Contents,Attachments\n", "Discord", "mapping"),
        (b"Name,Proficiency\nEnglish,Native\n", "LinkedIn: another table", "connections"),
        (
            b'<ClinicalDocument xmlns="urn:hl7-org:v3"><id extension="Health Export CDA"/>',
            "Apple Health: export_cda.xml",
            "export.xml has all that is in it",
        ),
    ],
)
def test_a_file_that_is_known_and_not_imported_is_named_with_the_reason(head, what, why):
    assert identify("x", head) == ()
    assert str(seen(head)).startswith(f"this is {what}")
    assert why in str(seen(head))


@pytest.mark.parametrize("one", DECLINED, ids=lambda one: one.what)
def test_what_is_not_imported_comes_without_names_of_persons_and_ends_in_no_mark(one):
    assert one.what[0].isupper()
    assert not one.why.endswith(".")
