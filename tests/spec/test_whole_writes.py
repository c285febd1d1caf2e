"""A write happens as a whole, once, or not at all."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from answers import members
from client import call


class TestWhole:
    """LIF-20, LIF-22: a write happens as a whole, once, or not at all."""

    @pytest.mark.spec("Practice LIF-20")
    def test_of_many_who_create_at_once_one_does(self, ana, place):
        def create(number: int) -> int:
            url = place + "x"
            headers = {"Content-Type": "text/plain", "If-None-Match": "*"}
            signed = ana.app.headers("PUT", url)
            return call("PUT", url, {**signed, **headers}, b"%d" % number).status

        with ThreadPoolExecutor(8) as threads:
            statuses = sorted(threads.map(create, range(24)))
        assert statuses == [201] + [412] * 23

    @pytest.mark.spec("Practice LIF-20")
    def test_of_many_who_replace_the_same_state_at_once_one_does(self, ana, place):
        url = place + "x"
        tag = ana.put(url, b"first", "text/plain").headers["ETag"]

        def replace(number: int) -> int:
            headers = {"Content-Type": "text/plain", "If-Match": tag}
            signed = ana.app.headers("PUT", url)
            return call("PUT", url, {**signed, **headers}, b"%d" % number).status

        with ThreadPoolExecutor(8) as threads:
            statuses = sorted(threads.map(replace, range(24)))
        assert statuses == [204] + [412] * 23

    @pytest.mark.spec("Practice LIF-20")
    def test_many_members_at_once_all_come(self, ana, place):
        ana.put(place)

        def add(number: int) -> str:
            signed = ana.app.headers("POST", place)
            headers = {"Content-Type": "text/plain", "Slug": "same"}
            return call("POST", place, {**signed, **headers}, b"%d" % number).headers["Location"]

        with ThreadPoolExecutor(8) as threads:
            made = set(threads.map(add, range(24)))
        assert made == members(ana.get(place), place)
        assert {ana.get(url).body for url in made} == {b"%d" % n for n in range(24)}

    @pytest.mark.spec("Practice LIF-22")
    @pytest.mark.parametrize("sent", [100, 600_000], ids=["small", "large"])
    @pytest.mark.parametrize("there", [True, False], ids=["replacing", "creating"])
    def test_an_upload_that_breaks_off_changes_nothing(self, world, ana, place, sent, there):
        ana.put(place)
        if there:
            ana.put(place + "x", b"old", "text/plain")
        before = world.state("ana")
        signed = ana.app.headers("PUT", place + "x")
        headers = {**signed, "Content-Type": "text/plain"}
        world.break_off("PUT", place + "x", headers, b"x" * sent)
        assert world.state("ana") == before
        assert ana.get(place + "x").status == (200 if there else 404)
