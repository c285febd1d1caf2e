"""She gives less of what she has given: at once, on a page, and never more."""

import json
from datetime import timedelta

import pytest
from access_pages import enter, given, press, state_of, text

from acl import Mode
from pod.agreements import GrantState, Item
from pod.flows.consent.pause import pause
from pod.flows.consent.reduce import reduce
from pod.problems import Unprocessable
from pod.web.ui.told import short

BANK = Item(path="data/bank/", category="bank")
ENERGY = Item(path="data/energy/", category="energy")


def look(browser, eve, grant) -> None:
    """She is at the page on which the grant is reduced."""
    enter(browser, eve)
    browser.open(f"/.account/apps/reduce?space={eve.name}&grant={grant.id}")


def answer(browser, how: str, **fill: str | None):
    which = next(n for n, one in enumerate(browser.forms) if "/reduce?" in one.action)
    return browser.send({"answer": how, **fill}, form=which)


def grants(world, eve):
    return world.pod(eve.name).store.snapshot().agreements.grants.all()


def instead_of(before, world, eve):
    (now,) = (one for one in grants(world, eve) if one.id != before.id)
    return now


@pytest.mark.spec("Self Data CAP-34")
class TestReducing:
    def test_what_is_unticked_is_not_read_from_the_next_request_on(
        self, world, browser, eve, reader
    ):
        before = given(world, eve, reader, items=(BANK, ENERGY))
        assert reader.get(eve.storage + "data/energy/").status == 200
        enter(browser, eve)
        browser.open("/.account/apps/")
        assert f"/.account/apps/reduce?space={eve.name}&amp;grant={before.id}" in browser.page.text
        look(browser, eve, before)
        assert browser.page.text.count(' name="item"') == 2
        assert browser.page.text.count(" checked>\n<strong>") == 2
        answer(browser, "accept", item="0", days="7")
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 200
        assert reader.get(eve.storage + "data/energy/").status == 403
        assert browser.title == f"What you have given to {short(reader.webid)}"
        now = instead_of(before, world, eve)
        assert now.items == (BANK,)
        assert now.until - now.since == timedelta(days=7)
        assert state_of(world, eve, before) is GrantState.STOPPED
        browser.open("/.account/journal/")
        assert "Access reduced" in text(browser)
        assert f"apps/receipt?space={eve.name}&amp;grant={now.id}" in browser.page.text

    def test_its_end_stays_where_it_was_where_only_data_are_taken_away(
        self, world, browser, eve, reader
    ):
        before = given(world, eve, reader, items=(BANK, ENERGY))
        look(browser, eve, before)
        answer(browser, "accept", item="0")
        now = instead_of(before, world, eve)
        assert (now.items, now.until) == ((BANK,), before.until)

    def test_the_receipt_can_be_kept(self, world, browser, eve, reader):
        before = given(world, eve, reader, items=(BANK, ENERGY))
        look(browser, eve, before)
        answer(browser, "accept", item="0")
        assert "Bank (read)" in text(browser)
        assert "print this page" in text(browser).lower()
        now = instead_of(before, world, eve)
        record = f"/.account/apps/record?space={eve.name}&grant={now.id}"
        said = json.loads(browser.open(f"{record}&as=jsonld").body)
        assert said["dcterms:replaces"]["@id"].endswith(before.id)
        assert browser.page.headers["Content-Type"] == "application/ld+json"
        assert browser.open(record).body.decode() == now.record

    def test_nothing_that_was_not_given_can_be_given_here(self, world, browser, eve, reader):
        before = given(world, eve, reader, items=(BANK,))
        look(browser, eve, before)
        said = browser.page.text
        assert {"1", "7", "30"} == {
            one.partition('"')[0] for one in said.split('name="days" value="')[1:]
        }
        for more in ({"days": "365"}, {"days": "until_stopped"}, {"item": "1"}):
            assert answer(browser, "accept", **more).status == 400
            browser.open(f"/.account/apps/reduce?space={eve.name}&grant={before.id}")
        assert answer(browser, "accept").status == 422  # it is just as much
        wider = (Item(path="data/"), Item(path="data/bank/", modes=Mode.READ | Mode.WRITE), ENERGY)
        for item in wider:
            with pytest.raises(Unprocessable):
                world.run(reduce(before.id, (item,), 7, world.pod(eve.name)))
        with pytest.raises(Unprocessable):
            world.run(reduce(before.id, (BANK,), None, world.pod(eve.name)))
        assert grants(world, eve) == (before,)

    def test_what_is_paused_stays_so(self, world, browser, eve, reader):
        before = given(world, eve, reader, items=(BANK, ENERGY))
        world.run(pause(before.id, world.pod(eve.name)))
        look(browser, eve, before)
        answer(browser, "accept", item="0")
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 403
        browser.open("/.account/apps/")
        press(browser, "/resume")
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 200
        assert reader.get(eve.storage + "data/energy/").status == 403

    def test_she_may_leave_it_or_stop_it_as_well(self, world, browser, eve, reader):
        before = given(world, eve, reader, items=(BANK,))
        look(browser, eve, before)
        answer(browser, "later")
        assert grants(world, eve) == (before,)
        look(browser, eve, before)
        answer(browser, "refuse")
        assert browser.title == f"{short(reader.webid)}: access stopped"
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 403
        look(browser, eve, before)
        assert browser.title == f"{short(reader.webid)}: access stopped"

    def test_nobody_reduces_what_another_has_given(self, world, browser, eve, ana, reader):
        before = given(world, eve, reader, items=(BANK,))
        enter(browser, ana)
        at = f"/.account/apps/reduce?space={eve.name}&grant={before.id}"
        assert browser.open(at).status == 404
