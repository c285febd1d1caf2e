import io
import zipfile

import pytest

from importers.archive import Bounds, Member, first_files, members
from importers.contract import Problem


def packed(*files, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, method)
    return made.getvalue()


def read(content):
    return list(members(io.BytesIO(content)))


def reasons(content):
    return [(one.locator, one.message) for one in read(content) if isinstance(one, Problem)]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_the_files_of_an_archive_are_read_in_order(method):
    content = packed(("a/é.csv", "x;y"), ("a/", ""), ("b.csv", "z" * 100), method=method)
    assert read(content) == [Member("a/é.csv", b"x;y"), Member("b.csv", b"z" * 100)]
    assert read(content)[0].file == "é.csv"


@pytest.mark.parametrize(
    "name", ["../a.csv", "a/../../b.csv", "/etc/a.csv", "C:/a.csv", "..\\a.csv", "c:a.csv"]
)
def test_a_name_that_leads_out_is_refused(name):
    ((where, why),) = reasons(packed((name, "x")))
    assert (where, why.startswith("its name leads out")) == (name.replace("\\", "/"), True)


def test_what_unpacks_to_too_much_is_not_read_on_and_the_rest_is():
    found = read(packed(("bomb.csv", "0" * 20_000_000), ("good.csv", "x")))
    assert found[1] == Member("good.csv", b"x")
    assert found[0].message.startswith("it unpacks to more")


def test_many_files_are_counted_together(monkeypatch):
    monkeypatch.setattr("importers.archive.OF_AN_EXPORT", Bounds(files=9, octets=250))
    found = read(packed(*((f"{n}.csv", "x" * 100) for n in range(3))))
    assert [isinstance(one, Member) for one in found] == [True, True, False]


def test_too_many_files_are_not_read(monkeypatch):
    monkeypatch.setattr("importers.archive.OF_AN_EXPORT", Bounds(files=2, octets=250))
    content = packed(*((f"{n}.csv", "x") for n in range(3)))
    assert reasons(content) == [
        ("/", "the archive has more files than an export has, and none is read")
    ]


def test_an_archive_in_an_archive_is_not_opened():
    ((where, why),) = reasons(packed(("in.zip", packed(("a", "b")))))
    assert (where, why[:29]) == ("in.zip", "an archive within an archive ")


def test_a_locked_file_is_told_of():
    content = packed(("a.csv", "x"))
    flags = content.index(b"PK\x01\x02") + 8
    locked = content[:flags] + b"\x01" + content[flags + 1 :]
    ((_, why),) = reasons(locked)
    assert why.startswith("it is locked with a password")


def test_a_link_is_told_of():
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = 0o120777 << 16
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert reasons(made.getvalue()) == [
        ("link.csv", "it is a link to another file, and no file itself")
    ]


@pytest.mark.parametrize(
    ("octets", "name"),
    [("relevé.csv".encode(), "relevé.csv"), ("relevé.csv".encode("cp437"), "relevé.csv")],
    ids=["utf-8", "cp437"],
)
@pytest.mark.spec("APPNOTE.TXT §4.4.4 appendix D.1")
def test_a_name_without_a_flag_is_text_all_the_same(octets, name):
    plain = b"a" * len(octets)
    ((found),) = read(packed((plain.decode(), "x")).replace(plain, octets))
    assert found.name == name


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_files_of_one_name_the_first_is_read():
    found = read(packed(("a.csv", "1"), ("a.csv", "2")))
    assert found[0] == Member("a.csv", b"1")
    assert found[1].message.startswith("the archive has another file")


def test_damage_is_told_where_it_is():
    content = packed(("a.csv", "first"), ("b.csv", "second"), method=zipfile.ZIP_STORED)
    found = read(content.replace(b"first", b"f!rst", 1))
    assert found[0].message.startswith("it is damaged")
    assert found[1] == Member("b.csv", b"second")


def test_a_file_that_the_directory_passes_over_is_told_of():
    content = bytearray(packed(("a.csv", "first"), ("b.csv", "second")))
    entry = content.index(b"PK\x01\x02")
    # APPNOTE.TXT §4.3.12: at 32 the length of the comment, which then takes in the next entry.
    content[entry + 32] = 51
    lost, first = read(bytes(content))
    assert lost.message.startswith("the archive says that it has more or fewer files")
    assert (lost.row, first) == (True, Member("a.csv", b"first"))


def test_an_archive_that_is_cut_anywhere_is_told_of():
    content = packed(("a.csv", "first"))
    for end in range(len(content)):
        (found,) = read(content[:end])
        assert found.message.startswith("the archive is damaged or cut short")


def test_the_first_files_are_seen_in_the_beginning_of_an_archive():
    content = packed(("a.csv", "abc" * 100), ("b.csv", "x"))
    assert list(first_files(content)) == [
        Member("a.csv", b"abc" * 100),
        Member("b.csv", b"x"),
    ]
    assert [one.name for one in first_files(content[:60])] == ["a.csv"]
    assert list(first_files(b"PK\x03\x04")) == []
    assert list(first_files(b"a;b")) == []


def test_stored_and_damaged_beginnings_are_seen_as_far_as_they_go():
    stored = packed(("a.csv", "abc"), ("b.csv", "x"), method=zipfile.ZIP_STORED)
    assert [one.content for one in first_files(stored)] == [b"abc", b"x"]
    damaged = bytearray(packed(("a.csv", "abc")))
    damaged[30 + 5] = 0xFF
    assert list(first_files(bytes(damaged))) == [Member("a.csv", b"")]
