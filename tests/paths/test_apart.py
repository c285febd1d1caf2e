"""Large documents are read and written beside the event loop, which goes on answering."""

import asyncio
import threading

import pytest

from pod.flows.apart import LARGE, Apart

TURTLE = b"".join(b'<#%d> <http://v.example/p> "x" .\n' % number for number in range(4000))


def test_a_large_document_is_had_in_each_format(ana, place):
    assert len(TURTLE) > LARGE
    assert ana.put(place + "x", TURTLE).status == 201
    lines = ana.get(place + "x", {"Accept": "application/n-triples"})
    assert (lines.status, lines.body.count(b"\n")) == (200, 4000)
    again = ana.get(place + "x", {"Accept": "application/n-triples"})
    assert (again.body, again.headers["ETag"]) == (lines.body, lines.headers["ETag"])
    assert ana.put(place + "x", TURTLE + b"<#new> a <#Note> .").status == 204
    after = ana.get(place + "x", {"Accept": "application/n-triples"})
    assert after.body.count(b"\n") == 4001


def test_what_is_wrong_with_a_large_document_is_told_to_who_may_write(ana, nobody, place):
    broken = TURTLE + b"<"
    assert ana.put(place + "x", broken).status == 400
    assert nobody.put(place + "x", broken).status == 401
    assert ana.get(place + "x").status == 404


def test_a_large_document_that_cannot_be_written_is_not_acceptable(ana, place):
    ana.put(place + "x", TURTLE + b"<> <urn:1> 1 .")
    assert ana.get(place + "x", {"Accept": "application/rdf+xml"}).status == 406


def test_a_large_picture_waits_for_nothing(ana, place):
    assert ana.put(place + "x", b"x" * (LARGE + 1), "image/png").status == 201


def test_one_work_runs_at_a_time_and_the_loop_goes_on():
    async def main():
        apart, under_way, most, go = Apart(), [0], [0], threading.Event()

        def work():
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
            assert go.wait(30)
            under_way[0] -= 1
            return threading.current_thread() is threading.main_thread()

        works = [asyncio.create_task(apart.run(work)) for _ in range(3)]
        await asyncio.sleep(0)  # the loop is free while the first one waits
        go.set()
        assert await asyncio.gather(*works) == [False, False, False]
        assert most == [1]

    asyncio.run(main())


def test_what_a_work_raises_is_raised():
    def work():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        asyncio.run(Apart().run(work))
