"""The inbox that a description names is linked to by its subject (LDN §3.1)."""

import pytest
from agents import rule
from answers import LDP, links, said, values
from described import SUBJECTS, TITLE, titled
from patches import UPDATE, n3, patch

FULL = "Read Write Control"
INBOX = LDP + "inbox"


@pytest.mark.spec("Practice AUX-12")
@pytest.mark.spec("LDN §3.1 #discovery")
class TestInbox:
    """The inbox that a description names is linked to by its subject."""

    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    @pytest.mark.parametrize("path", SUBJECTS)
    def test_it_is_linked_to_as_long_as_it_is_named(self, ana, here, path, method):
        url, meta = here + path, here + path + ".meta"
        seen = []
        for text in (
            f"<{url}> <{INBOX}> <{here}c/> .",
            f"<{url}> <{INBOX}> <https://elsewhere.example/in/> .",
            f'<{url}> <{TITLE}> "no inbox any more" .',
        ):
            ana.put(meta, text.encode())
            answer = ana.call(method, url)
            seen.append(links(answer, INBOX))
            # A cache must not go on with the links of before (CND-09).
            again = ana.call(method, url, {"If-None-Match": answer.headers["ETag"]})
            assert (again.status, links(again, INBOX)) == (304, seen[-1])
        assert seen == [[here + "c/"], ["https://elsewhere.example/in/"], []]
        patch(ana, meta, f"INSERT DATA {{ <{url}> <{INBOX}> <{here}c/> }}", UPDATE)
        assert links(ana.call(method, url), INBOX) == [here + "c/"]
        ana.delete(meta)
        assert links(ana.call(method, url), INBOX) == []

    @pytest.mark.spec("RFC 9110 §8.8.1")
    def test_a_change_of_it_is_a_new_version_and_nothing_else_is(self, ana, here):
        tags = []
        for text in (
            "",
            f"<x> <{INBOX}> <c/> .",
            f"<x> <{INBOX}> <c/> . <> a <#A> .",
            "<> a <#A> .",
        ):
            ana.put(here + "x.meta", text.encode())
            tags.append(ana.get(here + "x").headers["ETag"])
        assert tags[1] == tags[2]
        assert len(set(tags)) == 3
        assert ana.put(here + "x", b"", headers={"If-Match": tags[1]}).status == 412
        assert ana.put(here + "x", b"", headers={"If-Match": tags[3]}).status == 204

    def test_it_stays_when_the_resource_changes(self, ana, here):
        ana.put(here + "x.meta", f"<x> <{INBOX}> <c/> .".encode())
        for change in (
            lambda: ana.put(here + "x", titled("new")),
            lambda: patch(ana, here + "x", n3(inserts="<> a v:A")),
            lambda: ana.put(here + "x", b"\x89PNG", "image/png"),
        ):
            assert change().status == 204
            assert links(ana.get(here + "x"), INBOX) == [here + "c/"]

    def test_and_when_a_container_gets_members(self, ana, here):
        ana.put(here + "c/.meta", f"<./> <{INBOX}> <../x> .".encode())
        for change in (lambda: ana.put(here + "c/y"), lambda: ana.delete(here + "c/y")):
            assert change().status in {201, 205}
            assert links(ana.get(here + "c/"), INBOX) == [here + "x"]

    def test_it_is_shown_to_readers_only(self, ana, bob, nobody, here):
        ana.put(here + "x.meta", f"<x> <{INBOX}> <c/> .".encode())
        ana.grant(
            here + "x", rule(ana.webid, FULL, "accessTo"), rule(bob.webid, "Write", "accessTo")
        )
        for answer in (
            nobody.get(here + "x"),
            nobody.options(here + "x"),
            bob.get(here + "x"),
            bob.put(here + "x"),
        ):
            assert links(answer, INBOX) == []
        assert links(ana.get(here + "x"), INBOX) == [here + "c/"]

    @pytest.mark.parametrize(
        "text",
        [
            "<y> <{inbox}> <c/> .",
            "<> <{inbox}> <c/> .",
            "<x#me> <{inbox}> <c/> .",
            '<x> <{inbox}> "c/" .',
            "<x> <{inbox}> [] .",
            "<x> <http://v.example/inbox> <c/> .",
        ],
    )
    def test_only_what_is_an_inbox_of_the_subject_counts(self, ana, here, text):
        assert ana.put(here + "x.meta", text.format(inbox=INBOX).encode()).status == 201
        assert links(ana.get(here + "x"), INBOX) == []

    def test_there_is_only_one(self, ana, here):
        two = f"<x> <{INBOX}> <c/>, <d/> ."
        assert ana.put(here + "x.meta", two.encode()).status == 409
        assert ana.put(here + "x.meta", f"<x> <{INBOX}> <c/> .".encode()).status == 201
        more = n3(inserts=f"<{here}x> <{INBOX}> <{here}d/>")
        assert patch(ana, here + "x.meta", more).status == 409
        assert links(ana.get(here + "x"), INBOX) == [here + "c/"]

    def test_it_is_written_as_a_uri(self, ana, here):
        ana.put(here + "x.meta", f"<x> <{INBOX}> <https://b\u00fccher.example/in/> .".encode())
        assert links(ana.get(here + "x"), INBOX) == ["https://b%C3%BCcher.example/in/"]

    def test_one_that_no_header_can_carry_is_left_to_the_description(self, ana, here):
        long = "https://elsewhere.example/" + "a" * 20_000
        assert ana.put(here + "x.meta", f"<x> <{INBOX}> <{long}> .".encode()).status == 201
        answer = ana.get(here + "x")
        assert (answer.status, links(answer, INBOX)) == (200, [])
        assert values(said(ana.get(here + "x.meta"), here + "x.meta"), here + "x", INBOX) == {long}
