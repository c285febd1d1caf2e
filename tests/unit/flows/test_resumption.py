"""What an import of many files has taken in before it was ended, and what it reads again."""

import hashlib

from pods import STORAGE, delete, opened, put

from importers.contract import Options
from pod.flows.resumption import Resumption
from pod.flows.sorted_out import sorted_out
from pod.intake.report import passed_over
from pod.store.under_way import FOLDER, UnderWay

OFX = b"OFXHEADER:100\nVERSION:102\n<OFX><SIGNONMSGSRSV1>"
DOCUMENT = "x.ttl"
REPORT = {**passed_over("x.ofx", "", lost=False), "resources": [STORAGE + DOCUMENT]}
OPTIONS = Options(values={"complete": "no"})


def found_in(folder):
    (folder / "x.ofx").write_bytes(OFX)
    (found,) = sorted_out([folder])
    return found


async def test_a_file_that_was_taken_in_is_passed_over_while_it_is_all_there(tmp_path):
    (tmp_path / "Takeout").mkdir()
    path = tmp_path / "Takeout"
    found = found_in(path)
    async with opened(tmp_path / "ana") as pod:

        def again(options=OPTIONS, holder=None):
            return Resumption([path], options, holder, pod)

        await pod.write(lambda tx: put(tx, DOCUMENT))
        first = again()
        assert first.before(found) is None
        first.note(found, hashlib.sha256(OFX).hexdigest(), REPORT)
        second = again()
        assert (second.before(found), second.passed) == (REPORT, 1)
        # Said otherwise it is another import, and a file that has changed is another file.
        assert again(Options()).before(found) is None
        assert again(holder="https://bank.example/").before(found) is None
        (path / "x.ofx").write_bytes(OFX + b" ")
        assert again().before(found) is None
        (path / "x.ofx").write_bytes(OFX)
        await pod.write(lambda tx: delete(tx, DOCUMENT))
        assert again().before(found) is None
        second.end()
        await pod.write(lambda tx: put(tx, DOCUMENT))
        assert again().before(found) is None


def test_a_line_that_was_not_written_whole_is_no_line(tmp_path):
    UnderWay(tmp_path, "a").note("one", {"read": 1})
    with (tmp_path / FOLDER / "a").open("a") as noted:
        noted.write('["two", {"re')
    UnderWay(tmp_path, "a").note("three", {"read": 3})
    left = UnderWay(tmp_path, "a")
    assert [left.get(name) for name in ("one", "two", "three")] == [{"read": 1}, None, {"read": 3}]
    assert len(left) == 2
    assert len(UnderWay(tmp_path, "b")) == 0
    left.end()
    left.end()
    assert len(UnderWay(tmp_path, "a")) == 0
