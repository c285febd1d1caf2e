"""A folder or an archive of anything, sorted: everything there is comes out once, by its name."""

import gzip
import io
import os
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from importers import HEAD
from importers.archive import Unreadable
from pod.flows.sorted_out import Claimed, Passed, Recogniser, sorted_out
from tests.unit.importers.pdf import document

OFX = b"OFXHEADER:100\nVERSION:102\n<OFX><SIGNONMSGSRSV1>"
PICTURE = b"\xff\xd8\xff\xe0"


def packed(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def sort(*paths: Path, format_: str | None = None) -> dict[str, str]:
    """What becomes of each file, by name: its format, or the beginning of the reason."""
    return {
        one.name: one.importer.format if isinstance(one, Claimed) else one.reason[:25]
        for one in sorted_out(paths, Recogniser(format_))
    }


def test_all_of_a_pdf_is_looked_at(tmp_path):
    invoice = b"<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'/>"
    scan = random.Random(1).randbytes(2 * HEAD)  # noqa: S311 - no secret
    pages = document([[(50, "Facture")]], attached=[("a.bin", scan), ("data.xml", invoice)])
    assert len(pages) > 2 * HEAD
    (tmp_path / "a.pdf").write_bytes(pages)
    (tmp_path / "b.zip").write_bytes(packed(c_pdf=pages))
    assert sort(tmp_path / "a.pdf", tmp_path / "b.zip") == {
        "a.pdf": "e-invoice",
        "b.zip!c.pdf": "e-invoice",
    }


def test_every_file_below_a_folder_comes_out(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.ofx").write_bytes(OFX)
    (tmp_path / ".hidden").write_bytes(PICTURE)
    (tmp_path / "empty").mkdir()
    here = tmp_path.name
    assert sort(tmp_path) == {
        f"{here}/.hidden": "this is a picture (JPEG):",
        f"{here}/b/x.ofx": "ofx",
    }


def test_archives_are_opened_also_within_archives(tmp_path):
    inner = packed(x_ofx=OFX, y_jpg=PICTURE)
    (tmp_path / "all.zip").write_bytes(packed(Takeout__in_zip=inner, a_ofx=OFX))
    assert sort(tmp_path / "all.zip") == {
        "all.zip!Takeout/in.zip!x.ofx": "ofx",
        "all.zip!Takeout/in.zip!y.jpg": "this is a picture (JPEG):",
        "all.zip!a.ofx": "ofx",
    }


def test_what_came_out_of_an_archive_can_be_read(tmp_path):
    (tmp_path / "all.zip").write_bytes(packed(in_zip=packed(x_ofx=OFX)))
    (found,) = (b"".join(one.source.pieces()) for one in sorted_out([tmp_path / "all.zip"]))
    assert found == OFX


def test_an_archive_that_one_importer_reads_whole_stays_whole(tmp_path):
    (tmp_path / "edf.zip").write_bytes(packed(**{"mes-index-elec-1_csv": b"x"}))
    assert sort(tmp_path / "edf.zip") == {"edf.zip": "edf-archive"}


def test_archives_are_opened_to_a_depth(tmp_path):
    content = packed(x_ofx=OFX)
    for _ in range(3):
        content = packed(in_zip=content)
    (tmp_path / "a.zip").write_bytes(content)
    assert sort(tmp_path / "a.zip") == {"a.zip!in.zip!in.zip!in.zip": "so many archives within e"}


def test_a_packed_file_is_unpacked(tmp_path):
    (tmp_path / "x.ofx.gz").write_bytes(gzip.compress(OFX))
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"0" * 4_000_000, 9))
    (tmp_path / "cut.gz").write_bytes(gzip.compress(OFX)[:20])
    (tmp_path / "in.zip.gz").write_bytes(gzip.compress(packed(x_ofx=OFX)))
    (tmp_path / "x.tar.GZ").write_bytes(gzip.compress(OFX))
    found = {name.partition("/")[2]: what for name, what in sort(tmp_path).items()}
    assert found == {
        "x.ofx.gz": "ofx",
        # Its beginning is looked at, and no more: nobody claims it.
        "bomb.gz": "this is a text: no import",
        "cut.gz": "it is damaged or cut shor",
        "in.zip.gz!x.ofx": "ofx",
        "x.tar.GZ": "ofx",
    }


def tarred(**files: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name.replace("__", "/").replace("_", "."))
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return made.getvalue()


@pytest.mark.parametrize("name", ["takeout.tgz", "takeout.tar.gz", "takeout.TGZ", "takeout"])
def test_an_archive_of_takeout_is_opened_whichever_it_is(name, tmp_path):
    content = tarred(Takeout__Fit__x_ofx=OFX, y_jpg=PICTURE, in_zip=packed(z_ofx=OFX))
    (tmp_path / name).write_bytes(gzip.compress(content))
    assert sort(tmp_path / name) == {
        f"{name}!Takeout/Fit/x.ofx": "ofx",
        f"{name}!y.jpg": "this is a picture (JPEG):",
        f"{name}!in.zip!z.ofx": "ofx",
    }


def test_what_came_out_of_a_tar_archive_can_be_read_more_than_once(tmp_path):
    (tmp_path / "a.tar").write_bytes(tarred(x_ofx=OFX))
    for found in sorted_out([tmp_path / "a.tar"]):
        assert [b"".join(found.source.pieces()) for _ in range(2)] == [OFX, OFX]


def test_a_tar_archive_that_is_cut_gives_what_stands_before_and_is_told_of(tmp_path):
    content = tarred(a_ofx=OFX, b_ofx=OFX)
    (tmp_path / "a.tar").write_bytes(content[:1500])
    found = sort(tmp_path / "a.tar")
    assert found["a.tar!a.ofx"] == "ofx"
    assert found["a.tar"].startswith("the archive is damaged")


def test_a_packed_bomb_is_not_unpacked_to_its_end(tmp_path):
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(OFX + b"0" * 4_000_000, 9))
    (found,) = sorted_out([tmp_path / "bomb.gz"])
    assert isinstance(found, Claimed)
    with pytest.raises(Unreadable, match="it unpacks to more than an export has"):
        list(found.source.pieces())


@pytest.mark.parametrize(
    "content", [packed(x_ofx=OFX)[:-10], b"PK\x03\x04 and nothing more"], ids=["cut", "begun"]
)
def test_a_damaged_archive_is_told_of(content, tmp_path):
    (tmp_path / "a.zip").write_bytes(content)
    ((found),) = sorted_out([tmp_path / "a.zip"])
    assert isinstance(found, Passed)
    assert (found.name, found.lost) == ("a.zip", True)
    assert found.reason.startswith("the archive is damaged")


def test_a_link_in_a_folder_is_not_followed(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "x.ofx").write_bytes(OFX)
    (tmp_path / "folder" / "there").symlink_to(tmp_path)
    (tmp_path / "folder" / "file").symlink_to(tmp_path / "x.ofx")
    assert set(sort(tmp_path / "folder").values()) == {"it is a link: import the "}


def test_what_is_no_file_is_told_of(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert sort(tmp_path) == {f"{tmp_path.name}/pipe": "it is no file that could "}


def test_who_names_a_format_is_believed(tmp_path):
    (tmp_path / "a").write_bytes(b"anything")
    assert sort(tmp_path, format_="ofx") == {f"{tmp_path.name}/a": "ofx"}


def test_a_format_is_named_of_what_is_in_an_archive(tmp_path):
    (tmp_path / "a.zip").write_bytes(packed(x_txt=b"anything"))
    (tmp_path / "b.gz").write_bytes(gzip.compress(b"anything"))
    assert sort(tmp_path, format_="ofx") == {
        f"{tmp_path.name}/a.zip!x.txt": "ofx",
        f"{tmp_path.name}/b.gz": "ofx",
    }


def test_the_name_of_a_file_is_without_what_it_is_in(tmp_path):
    inner = packed(**{"b!__c!c_ofx": OFX, "d_ofx_gz": gzip.compress(OFX)})
    (tmp_path / "a!b.zip").write_bytes(packed(in_zip=inner))
    found = sorted_out([tmp_path])
    assert [one.file for one in found if isinstance(one, Claimed)] == ["c!c.ofx", "d.ofx"]


def test_a_document_of_an_office_program_is_no_folder(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(packed(_rels__x_rels=b"<R/>", xl__workbook_xml=b"<w/>"))
    (tmp_path / "b.ods").write_bytes(
        packed(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", x_xml=b"<x/>")
    )
    reasons = {one.name: one.reason for one in sorted_out([tmp_path]) if isinstance(one, Passed)}
    for name, what in (("a.xlsx", "Excel"), ("b.ods", "LibreOffice")):
        said = f"this is a workbook ({what}): save its sheet as CSV (UTF-8) and import that"
        assert reasons[f"{tmp_path.name}/{name}"] == said


def test_a_name_that_is_no_text_is_told_all_the_same(tmp_path):
    (tmp_path / os.fsdecode(b"relev\xe9\n.ofx")).write_bytes(OFX)
    assert sort(tmp_path) == {f"{tmp_path.name}/relev\xe9.ofx": "ofx"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_told_of(tmp_path):
    (tmp_path / "locked").mkdir(mode=0)
    assert sort(tmp_path) == {f"{tmp_path.name}/locked": "it cannot be read: look a"}


def test_what_was_recognised_once_is_recognised_alike(tmp_path):
    (tmp_path / "all.zip").write_bytes(packed(a_ofx=OFX, b_jpg=PICTURE))
    recogniser = Recogniser()
    first, second = ([*sorted_out([tmp_path], recogniser)] for _ in range(2))
    assert [(one.name, type(one)) for one in first] == [(one.name, type(one)) for one in second]
    assert [one.weight for one in first if isinstance(one, Claimed)] == [len(OFX)]


def test_of_what_nobody_reads_only_a_table_may_be_read_by_a_mapping(tmp_path):
    for name, content in (
        ("a.csv", b"Jour;Montant\n1;2\n3;4\n"),
        ("b.csv", b"Jour;Lib\xc3\x83\xc2\xa9\n1;2\n"),  # spoilt, and to be downloaded anew
        ("c.txt", b"words"),
        ("d.jpg", PICTURE),
    ):
        (tmp_path / name).write_bytes(content)
    found = [one for one in sorted_out([tmp_path]) if isinstance(one, Passed)]
    assert [one.is_table for one in found] == [True, False, False, False]
