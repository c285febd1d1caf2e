"""What the asker, and everyone, may do, as WAC-Allow says it (WAC §5.3.5, §6.1)."""

import pytest
from agents import EVERYONE, rule

FULL = "Read Write Control"


def modes(answer, who):
    """What WAC-Allow says that the user, or the public, may do."""
    groups = dict(part.split("=") for part in answer.headers["WAC-Allow"].split(","))
    return set(groups[who].strip('"').split())


class TestWacAllow:
    """WAC §5.3.5, §6.1: what the asker, and everyone, may do."""

    pytestmark = pytest.mark.spec("WAC §5.3.5 #server-wac-allow")

    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    @pytest.mark.parametrize(
        ("to_bob", "to_all", "of_bob", "of_all"),
        [
            ("Read", "", {"read"}, set()),
            ("Read Append", "", {"read", "append"}, set()),
            ("Read Write", "", {"read", "write", "append"}, set()),
            ("Read Write Append", "", {"read", "write", "append"}, set()),
            ("Read Control", "", {"read", "control"}, set()),
            (FULL, "Read", {"read", "write", "append", "control"}, {"read"}),
            ("Append", "Read", {"read", "append"}, {"read"}),
            ("", "Read Append", {"read", "append"}, {"read", "append"}),
        ],
    )
    def test_exactly(self, ana, bob, nobody, place, method, to_bob, to_all, of_bob, of_all):
        ana.put(place + "x")
        given = [rule(bob.webid, to_bob)] if to_bob else []
        public = [rule(EVERYONE, to_all)] if to_all else []
        ana.grant(place, rule(ana.webid, FULL), *given, *public)
        answer = bob.call(method, place + "x")
        assert (modes(answer, "user"), modes(answer, "public")) == (of_bob, of_all)
        if to_all:
            answer = nobody.call(method, place + "x")
            assert (modes(answer, "user"), modes(answer, "public")) == (of_all, of_all)

    @pytest.mark.spec("WAC §6.1 #wac-allow")
    def test_its_form(self, kinds, ana):
        told = ana.get(kinds["container"]).headers["WAC-Allow"]
        assert told == 'user="read write append control",public=""'

    @pytest.mark.parametrize("kind", ["acl", "root acl"])
    def test_on_rules(self, kinds, ana, kind):
        assert modes(ana.get(kinds[kind]), "user") == {"read", "write", "append"}

    def test_on_a_description(self, kinds, ana):
        for kind in ("description", "document"):
            told = ana.get(kinds[kind]).headers["WAC-Allow"]
            assert told == 'user="read write append control",public=""'

    def test_on_the_storage_description(self, kinds, bob, nobody):
        for who in (bob, nobody):
            answer = who.get(kinds["storage description"])
            assert (modes(answer, "user"), modes(answer, "public")) == ({"read"}, {"read"})

    def test_it_is_not_kept_from_one_asker_to_the_next(self, ana, bob, place):
        ana.put(place + "x")
        ana.grant(place, rule(ana.webid, FULL), rule(bob.webid, "Read"))
        tag = bob.get(place + "x").headers["ETag"]
        assert modes(ana.get(place + "x"), "user") == {"read", "write", "append", "control"}
        assert modes(bob.get(place + "x", {"If-None-Match": tag}), "user") == {"read"}
        ana.grant(place, rule(ana.webid, FULL), rule(bob.webid, "Read Append"))
        again = bob.get(place + "x", {"If-None-Match": tag})
        assert (again.status, modes(again, "user")) == (304, {"read", "append"})
