"""Why a file is left aside, in French: all that importers know by its beginning, and no more."""

import tomllib
from importlib.resources import files

import pytest

from importers import archive, beginnings, unrecognised
from pod.flows import sorted_out, sources
from pod.web.ui.reasons import in_french, plain

PHRASES = tomllib.loads(files("pod.web.ui").joinpath("reasons.toml").read_text("utf-8"))
KNOWN = (
    *((what, advice) for _, _, what, advice in beginnings.OCTETS),
    *((what, advice) for _, what, advice in beginnings.WORDS),
    *beginnings.ROOTS.values(),
    *((what, advice) for _, what, advice in beginnings.PARTS),
    *((what, advice) for _, what, advice in beginnings.KINDS),
    *((what, advice) for _, what, advice in beginnings.STREAMS),
)


@pytest.mark.parametrize(("what", "advice"), sorted(set(KNOWN)))
def test_what_is_known_by_its_beginning_is_told_in_french(what, advice):
    said = in_french(plain(f"this is {what}: {advice}"))
    assert said.startswith("c\N{RIGHT SINGLE QUOTATION MARK}est ")
    assert (": " in said) == (not advice.startswith(beginnings.NO_IMPORTER))


@pytest.mark.parametrize(
    "head",
    [b"a;b\n1;2\n", b'{"a": 1}', b"<foo/>", b"words", b"", b"\xff\xd8\xff", b"\x01\x02\x03\x04"],
    ids=["table", "json", "xml", "text", "empty", "picture", "octets"],
)
def test_what_is_seen_in_a_file_is_told_in_french(head):
    said = in_french(plain(str(unrecognised(head))))
    assert said
    assert "pod formats" not in said


def test_names_of_columns_are_told_as_they_are():
    assert in_french("this is a table with `Datum`, `Betrag`").endswith("`Datum`, `Betrag`")


def test_what_we_have_no_words_for_is_not_made_up():
    assert in_french("this is a thing: do something") == ""
    assert in_french("nobody knows") == ""


def test_what_is_said_of_archives_is_told_in_french():
    said = {
        *(
            value
            for module in (archive, sorted_out, sources)
            for value in vars(module).values()
            if isinstance(value, str)
        ),
    }
    assert set(PHRASES["whole"]) <= said | {"it is no file that could be read"}
    assert all(in_french(one) for one in PHRASES["whole"])
