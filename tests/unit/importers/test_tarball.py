"""Tar archives are read within the bounds of ZIP archives, and nothing leads out of them."""

import io
import tarfile

import pytest

from importers import identify
from importers.archive import Bounds, Unreadable
from importers.contract import Problem
from importers.tarball import Tarball, is_tar

WIDE = Bounds(files=100, octets=1 << 20)
FORMATS = [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]


def tar(*entries, format_=tarfile.PAX_FORMAT):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=format_) as archive:
        for entry, content in entries:
            info = tarfile.TarInfo(entry) if isinstance(entry, str) else entry
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return made.getvalue()


def special(name, kind, target=""):
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, target
    return entry, b""


def read(content, bounds=WIDE):
    """What is in an archive: of each file its octets, or why it is not read."""
    found = {}
    for entry in Tarball(io.BytesIO(content), bounds).entries():
        if isinstance(entry, Problem):
            found[entry.locator] = entry.message
            continue
        try:
            found[entry.name] = b"".join(entry.pieces())
        except Unreadable as reason:
            found[entry.name] = str(reason)
    return found


@pytest.mark.parametrize("format_", FORMATS)
def test_the_files_of_an_archive_are_read_in_order(format_):
    long = "dossier/" * 12 + "relevé.csv"
    content = tar(("./a/b.csv", b"x;y"), (long, b"z" * 100_000), format_=format_)
    assert is_tar(content)
    assert read(content) == {"./a/b.csv": b"x;y", long: b"z" * 100_000}


@pytest.mark.parametrize("name", ["../a.csv", "a/../../b.csv", "/etc/a.csv", "C:/a.csv", "..\\a"])
def test_a_name_that_leads_out_is_refused(name):
    (why,) = read(tar((name, b"x"))).values()
    assert why.startswith("its name leads out")


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        (tarfile.SYMTYPE, "it is a link to another file"),
        (tarfile.LNKTYPE, "it is a link to another file"),
        (tarfile.FIFOTYPE, "it is no file that could be read"),
        (tarfile.CHRTYPE, "it is no file that could be read"),
        (tarfile.GNUTYPE_SPARSE, "it is damaged or packed"),
    ],
)
def test_what_is_no_file_is_told_of_and_the_rest_is_read(kind, why):
    found = read(tar(special("x", kind, "/etc/passwd"), ("y", b"z")))
    assert found["x"].startswith(why)
    assert found["y"] == b"z"


def test_a_folder_is_none_and_a_name_that_comes_twice_is_read_once():
    found = read(tar(special("a", tarfile.DIRTYPE), ("a/b", b"1"), ("a/b", b"2")))
    assert found == {"a/b": "the archive has another file of this name, and only the first is read"}


def test_files_are_counted_together():
    found = read(tar(*((f"{n}.csv", b"x" * 100) for n in range(3))), Bounds(files=9, octets=250))
    assert [isinstance(one, bytes) for one in found.values()] == [True, True, False]


def test_no_more_files_are_read_than_an_archive_may_have():
    found = read(tar(*((f"{n}.csv", b"x") for n in range(3))), Bounds(files=2, octets=250))
    assert (list(found), found["/"][:26]) == (["0.csv", "1.csv", "/"], "the archive has more files")


@pytest.mark.parametrize("size", [0, 300, 512, 513, 1024, 1100, 1536, 2000])
def test_an_archive_that_is_cut_gives_what_stands_before_and_is_told_of(size):
    found = read(tar(("a", b"x" * 10), ("b", b"y" * 600), format_=tarfile.USTAR_FORMAT)[:size])
    assert found.get("a", b"") in {
        b"",
        b"x" * 10,
        "it is damaged or packed in a way that is not read: unpack it and import it by itself",
    }
    assert any(
        str(one).startswith(("the archive is damaged", "it is damaged")) for one in found.values()
    )


def test_a_header_that_is_damaged_ends_it_and_is_told_of():
    content = bytearray(tar(("a", b"x"), ("b", b"y"), format_=tarfile.USTAR_FORMAT))
    content[1024 + 148 : 1024 + 156] = b"0000000\0"  # the checksum of the second
    found = read(bytes(content))
    assert found["a"] == b"x"
    assert found["/"].startswith("the archive is damaged")


def test_a_header_that_says_to_be_huge_is_not_taken_in():
    huge = special("x", tarfile.XHDTYPE)[0]
    made = io.BytesIO(huge.tobuf(tarfile.USTAR_FORMAT))
    header = bytearray(made.getvalue())
    header[124:136] = b"77777777777\0"
    header[148:156] = b"        "
    header[148:156] = f"{sum(header):06o}\0 ".encode()
    assert read(bytes(header) + bytes(4096))["/"].startswith("the archive is damaged")


def test_what_a_tar_archive_holds_is_not_taken_for_it():
    assert identify("a.tar", tar(("x.ofx", b"OFXHEADER:100\n<OFX>"))) == ()


@pytest.mark.parametrize("octets", [b"", b"x" * 600])
def test_what_is_no_archive_is_told_of(octets):
    assert not is_tar(octets)
    assert list(read(octets)) == ["/"]
