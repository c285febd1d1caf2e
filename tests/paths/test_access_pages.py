"""The pages on which a person sees and ends what others may do in her spaces, without scripts."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from agents import Person, World
from browser import Browser
from client import Answer
from tried import register

from pod.agreements import ErasureState, GrantState, Item
from pod.flows.consent.give import Gift, give
from pod.flows.erase import answer as answer_erasure
from pod.flows.erase import erasures_of
from pod.flows.trust import trust, trusted_in
from pod.oidc.tokens import client_iri
from pod.store.server import Tables

PASSWORD = "a good password"  # noqa: S105 - made up
ADVICE = "https://w3id.org/dpv#ProvidePersonalisedRecommendations"
NOTE = b"<#it> <http://purl.org/dc/terms/title> 'a note' ."
TWO = b"<#a> <http://schema.org/name> 'a' . <#b> <http://schema.org/name> 'b' ."


@pytest.fixture
def eve(world: World) -> Person:
    """Somebody with a pod that no other test uses, and a few things in it."""
    who = world.fresh()
    for path, body in (("data/bank/a.ttl", TWO), ("data/health/b", NOTE)):
        assert who.put(who.storage + path, body).status == 201
    return who


@pytest.fixture
def reader(world: World) -> Person:
    """An organisation that reads as itself."""
    return world.fresh()


def enter(browser: Browser, who: Person) -> None:
    browser.open("/.account/sign-in/")
    browser.send({"email": f"{who.name}@example.org", "password": PASSWORD}, form=1)


def press(browser: Browser, action: str, which: int = 0, **fill: str) -> Answer:
    """Send one of the forms of a page that go to an address with this end."""
    found = [n for n, form in enumerate(browser.forms) if form.action.endswith(action)]
    return browser.send(fill, form=found[which])


def given(world: World, owner: Person, reader: Person, **more: object):
    """A grant that the owner has given a reader."""
    gift = Gift(
        agent=reader.webid,
        client=None,
        purpose=ADVICE,
        sentence="advise you on your spending",
        items=(Item(path="data/bank/", category="bank"),),
    )
    return world.run(give(replace(gift, **more), world.pod(owner.name)))


def state_of(world: World, owner: Person, grant) -> GrantState:
    found = world.pod(owner.name).store.snapshot().agreements.grants.find(grant.id)
    assert found is not None
    return found.state


def text(browser: Browser) -> str:
    """What a page says, without its marks."""
    assert browser.page is not None
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", browser.page.text))


def grow_old(world: World) -> None:
    """Let every session have begun an hour before it did."""

    def work(tables: Tables) -> None:
        for session in tables.sessions.all():
            tables.sessions.set("created", session.created - timedelta(hours=1), id=session.id)

    world.run(world.server.accounts.write(work))


class TestApps:
    @pytest.mark.spec("Self Data CAP-05")
    @pytest.mark.spec("Self Data CAP-34")
    def test_it_says_what_each_may_do_and_what_has_left(self, world, browser, eve, reader):
        given(world, eve, reader)
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 200
        enter(browser, eve)
        browser.open("/.account/apps/")
        said = text(browser)
        assert reader.webid in said
        assert "advise you on your spending" in said
        assert "Bank (read)" in said
        assert "Reason: Giving you advice" in said
        assert "Has left already: 2 records" in said
        assert "(in 30 days)" in said

    @pytest.mark.spec("Self Data CAP-10")
    def test_access_is_paused_and_resumed(self, world, browser, eve, reader):
        given(world, eve, reader)
        enter(browser, eve)
        browser.open("/.account/apps/")
        press(browser, "/pause")
        assert "Paused: nothing can be read." in text(browser)
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 403
        press(browser, "/resume")
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 200

    def test_access_is_stopped_and_what_has_left_is_said(self, world, browser, eve, reader):
        given(world, eve, reader)
        reader.get(eve.storage + "data/bank/a.ttl")
        enter(browser, eve)
        browser.open("/.account/apps/")
        press(browser, "/stop")
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 403
        said = text(browser)
        assert browser.title == f"{reader.webid}: access stopped"
        assert "Has left already: 2 records" in said
        assert "What does not work any more" in said
        browser.open("/.account/apps/")
        assert "Access that has ended" in text(browser)

    def test_erasure_is_asked_for_and_followed(self, world, browser, eve, reader):
        given(world, eve, reader)
        reader.get(eve.storage + "data/bank/a.ttl")
        enter(browser, eve)
        browser.open("/.account/apps/")
        press(browser, "/stop")
        press(browser, "/erasure")
        assert browser.title == "Request to erase"
        assert "Send them this letter yourself." in text(browser)
        pod = world.pod(eve.name)
        (asked,) = erasures_of(pod)
        world.run(answer_erasure(asked.id, ErasureState.CONFIRMED, "it is gone", pod))
        browser.open(browser.at)
        assert "Erasure was confirmed" in text(browser)
        assert "it is gone" in text(browser)

    def test_who_has_read_nothing_is_not_asked_to_erase(self, world, browser, eve, reader):
        given(world, eve, reader)
        enter(browser, eve)
        browser.open("/.account/apps/")
        press(browser, "/stop")
        assert "Nothing has left yet." in text(browser)
        assert not any(form.action.endswith("/erasure") for form in browser.forms)

    def test_the_record_is_the_one_that_was_signed(self, world, browser, eve, reader):
        grant = given(world, eve, reader)
        enter(browser, eve)
        page = browser.open(f"/.account/apps/record?space={eve.name}&grant={grant.id}")
        assert page.headers["Content-Type"] == "application/jose"
        assert page.text == grant.record

    def test_everything_is_paused_at_once(self, world, browser, eve, reader):
        grants = [
            given(world, eve, reader),
            given(world, eve, reader, items=(Item(path="data/energy/"),)),
        ]
        enter(browser, eve)
        browser.open("/.account/apps/")
        press(browser, "/pause-all")
        assert [state_of(world, eve, one) for one in grants] == [GrantState.PAUSED] * 2
        assert reader.get(eve.storage + "data/bank/a.ttl").status == 403

    def test_everything_is_stopped_by_who_has_ticked_the_box(self, world, browser, eve, reader):
        grant = given(world, eve, reader)
        enter(browser, eve)
        browser.open("/.account/apps/")
        assert press(browser, "/stop-all").status == 400
        assert state_of(world, eve, grant) is GrantState.ACTIVE
        press(browser, "/stop-all", sure="yes")
        assert state_of(world, eve, grant) is GrantState.STOPPED

    def test_what_cannot_be_resumed_is_said(self, world, browser, eve, reader):
        given(world, eve, reader)
        enter(browser, eve)
        browser.open("/.account/apps/")
        press(browser, "/pause")
        shown = browser.page
        press(browser, "/stop")
        browser.page = shown
        page = press(browser, "/resume")
        assert page.status == 409
        assert 'role="alert"' in page.text

    def test_spaces_and_grants_of_others_are_nobody_elses(self, world, browser, eve, reader):
        grant = given(world, eve, reader)
        enter(browser, reader)
        for page in ("apps/record", "apps/erasure", "journal/"):
            browser.open(f"/.account/{page}?space={eve.name}&grant={grant.id}")
            assert browser.page.status == 404, page
        browser.open("/.account/apps/")
        for action in ("pause", "stop", "trust", "distrust"):
            form = browser.forms[0]
            form_page = browser.page.text.replace(form.action, f"/.account/apps/{action}", 1)
            browser.page = replace(browser.page, body=form_page.encode())
            fill = {"space": eve.name, "grant": grant.id, "client": "https://x/", "sure": "yes"}
            assert browser.send(fill).status == 404, action
            browser.open("/.account/apps/")
        assert state_of(world, eve, grant) is GrantState.ACTIVE


class TestAppsThatActAsHer:
    @pytest.fixture
    def client(self, world, nobody) -> str:
        said = register(world, nobody, client_name="Old App").json()
        return client_iri(world.base, said["client_id"])

    def test_an_app_is_stopped_as_a_whole(self, world, browser, eve, client):
        first = given(world, eve, eve, client=client)
        second = given(world, eve, eve, client=client, items=(Item(path="data/energy/"),))
        enter(browser, eve)
        browser.open("/.account/apps/")
        forms = [form for form in browser.forms if form.action.endswith("/stop-app")]
        which = next(n for n, form in enumerate(forms) if ("client", client) in form.fields)
        press(browser, "/stop-app", which)
        assert {state_of(world, eve, one) for one in (first, second)} == {GrantState.STOPPED}

    def test_trust_is_given_by_who_has_shown_lately_who_she_is(self, world, browser, eve, client):
        given(world, eve, eve, client=client)
        pod = world.pod(eve.name)
        enter(browser, eve)
        grow_old(world)
        browser.open("/.account/apps/")
        press(browser, "/trust", sure="yes")
        assert browser.title == "Is it still you?"
        browser.send({"email": f"{eve.name}@example.org", "password": PASSWORD}, form=1)
        assert client not in trusted_in(pod)
        assert press(browser, "/trust").status == 400
        press(browser, "/trust", sure="yes")
        assert client in trusted_in(pod)
        assert "You let it do all that you can do." in text(browser)

    def test_trust_is_taken_back(self, world, browser, eve, client):
        pod = world.pod(eve.name)
        world.run(trust(client, pod))
        enter(browser, eve)
        browser.open("/.account/apps/")
        forms = [form for form in browser.forms if form.action.endswith("/distrust")]
        which = next(n for n, form in enumerate(forms) if ("client", client) in form.fields)
        press(browser, "/distrust", which)
        assert client not in trusted_in(pod)

    def test_nobody_is_trusted_who_has_asked_for_nothing(self, world, browser, eve, client):
        given(world, eve, eve, client=client)
        enter(browser, eve)
        browser.open("/.account/apps/")
        page = press(browser, "/trust", client="https://evil.example/id", sure="yes")
        assert page.status == 404
        assert "https://evil.example/id" not in trusted_in(world.pod(eve.name))

    def test_all_of_an_app_is_paused(self, world, browser, eve, client):
        grant = given(world, eve, eve, client=client)
        enter(browser, eve)
        browser.open("/.account/apps/")
        forms = [form for form in browser.forms if form.action.endswith("/pause-app")]
        which = next(n for n, form in enumerate(forms) if ("client", client) in form.fields)
        press(browser, "/pause-app", which)
        assert state_of(world, eve, grant) is GrantState.PAUSED


class TestTerms:
    @pytest.mark.spec("Self Data PRI-02")
    def test_she_chooses_what_she_offers(self, browser, eve, nobody):
        enter(browser, eve)
        browser.open("/.account/terms/")
        press(browser, "/terms/", preset="strict", of_all="yes")
        offered = nobody.get(eve.storage + ".well-known/myterms").json()
        assert offered["contexts"]["app"] == {"agreement": "strict", "required": True}
        assert [one["name"] for one in offered["agreements"]] == ["strict"]

    def test_what_is_none_of_them_is_said(self, browser, eve):
        enter(browser, eve)
        browser.open("/.account/terms/")
        assert press(browser, "/terms/", preset="none").status == 400


class TestJournal:
    @pytest.mark.spec("Self Data CAP-13")
    @pytest.mark.spec("Self Data CAP-05")
    def test_it_tells_who_read_what_for_which_purpose(self, world, browser, eve, reader):
        given(world, eve, reader)
        for _ in range(3):
            reader.get(eve.storage + "data/bank/a.ttl")
        reader.get(eve.storage + "data/health/b")
        enter(browser, eve)
        browser.open(f"/.account/journal/?space={eve.name}")
        said = text(browser)
        assert browser.title == f"Journal of {eve.name}"
        assert f"{reader.webid} read Bank, 6 records, 3 times, for “Giving you advice”" in said
        assert f"{reader.webid}: reading Health was refused" in said
        assert "Access given" in said
        assert "advise you on your spending" in said

    @pytest.mark.spec("Self Data B5")
    def test_the_sheet_of_a_month_adds_up_what_has_left(self, world, browser, eve, reader):
        given(world, eve, reader)
        sizes = [len(reader.get(eve.storage + "data/bank/a.ttl").body) for _ in range(3)]
        enter(browser, eve)
        browser.open(f"/.account/journal/?space={eve.name}")
        sheet = browser.page.text.partition('<table aria-labelledby="sheet">')[2]
        rows = re.findall(r"<td>(.*?)</td>", sheet)
        at = rows.index(reader.webid)
        assert rows[at : at + 5] == [
            reader.webid,
            "Giving you advice",
            "3",
            "6",
            str(sum(sizes)),
        ]

    @pytest.mark.parametrize(
        ("asked", "has", "has_not"),
        [
            ({"kind": "refused"}, "reading Health was refused", "read Bank"),
            ({"kind": "out"}, "read Bank", "was refused"),
            ({"kind": "decision"}, "Access given", "read Bank"),
            ({"category": "bank"}, "read Bank", "reading Health"),
            ({"category": "health"}, "reading Health", "read Bank"),
            ({"purpose": ADVICE}, "read Bank", "Access given"),
            ({"who": "!you"}, "Access given", "read Bank"),
            ({"month": "2020-01"}, "Nothing has happened.", "read Bank"),
            ({"page": "2"}, "Nothing has happened.", "read Bank,"),
        ],
        ids=str,
    )
    def test_what_is_looked_for_is_shown_alone(
        self, world, browser, eve, reader, asked, has, has_not
    ):
        given(world, eve, reader)
        reader.get(eve.storage + "data/bank/a.ttl")
        reader.get(eve.storage + "data/health/b")
        enter(browser, eve)
        browser.open(f"/.account/journal/?{urlencode({'space': eve.name, **asked})}")
        shown = browser.page.text.partition("Day by day")[2].partition('id="sheet"')[0]
        assert has in shown
        assert has_not not in shown

    @pytest.mark.spec("Self Data CAP-35")
    def test_a_line_says_why(self, world, browser, eve, reader):
        given(world, eve, reader)
        reader.get(eve.storage + "data/bank/a.ttl")
        enter(browser, eve)
        browser.open(f"/.account/journal/?space={eve.name}&who={reader.webid.replace('#', '%23')}")
        link = re.findall(r'<a href="([^"]*why[^"]*)">Why\?', browser.page.text)[0]
        browser.open(link.replace("&amp;", "&"))
        assert browser.title == "Why?"
        assert "because you agreed to it" in text(browser)

    def test_access_is_stopped_from_a_line(self, world, browser, eve, reader):
        grant = given(world, eve, reader)
        reader.get(eve.storage + "data/bank/a.ttl")
        enter(browser, eve)
        browser.open(f"/.account/journal/?space={eve.name}")
        press(browser, "/stop")
        assert state_of(world, eve, grant) is GrantState.STOPPED
        browser.open(f"/.account/journal/?space={eve.name}")
        press(browser, "/erasure")
        assert browser.title == "Request to erase"

    @pytest.mark.spec("Self Data B6")
    def test_it_is_checked_whether_anybody_has_altered_it(self, world, browser, eve):
        enter(browser, eve)
        browser.open(f"/.account/journal/?space={eve.name}")
        press(browser, "/verify")
        assert "Nobody has changed anything" in text(browser)
        file = world.server.config.data / "pods" / eve.name / "pod.sqlite3"
        with closing(sqlite3.connect(file)) as database, database:
            database.execute("UPDATE deed SET agent = 'https://evil.example/' WHERE id = 2")
        press(browser, "/verify")
        assert "Something was changed, taken away or added afterwards." in text(browser)

    @pytest.mark.parametrize(
        ("form", "kind"),
        [("csv", "text/csv"), ("json", "application/json"), ("ttl", "text/turtle")],
    )
    def test_a_month_is_kept_as_a_file(self, world, browser, eve, reader, form, kind):
        given(world, eve, reader)
        reader.get(eve.storage + "data/bank/a.ttl")
        enter(browser, eve)
        browser.open(f"/.account/journal/?space={eve.name}")
        month = re.search(r"month=(\d{4}-\d\d)", browser.page.text).group(1)
        address = f"/.account/journal/file?space={eve.name}&month={month}&as={form}"
        page = browser.open(address)
        assert page.status == 200
        assert page.headers["Content-Type"].startswith(kind)
        assert f"{eve.name}-{month}.{form}" in page.headers["Content-Disposition"]
        assert reader.webid in page.text
        before = browser.open(f"/.account/journal/file?space={eve.name}&month=2020-01&as={form}")
        assert reader.webid not in before.text

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("why?line=999999", 404),
            ("why?line=x", 404),
            ("file?as=exe", 404),
            ("?month=soon", 400),
            ("?page=x", 404),
            ("?space=nobody", 404),
        ],
    )
    def test_what_is_not_there_is_said(self, browser, eve, path, status):
        enter(browser, eve)
        assert browser.open(f"/.account/journal/{path}").status == status

    @pytest.mark.spec("Self Data CAP-13")
    def test_what_is_unusual_is_told_on_the_first_page(self, world, browser, eve, reader):
        given(world, eve, reader, items=(Item(path="data/health/", category="health"),))
        reader.get(eve.storage + "data/health/b")
        enter(browser, eve)
        browser.open("/.account/")
        said = text(browser)
        assert f"{reader.webid}: sensitive data were read, Health" in said
        assert f"{reader.webid}: first access to your space" in said
        browser.open(f"/.account/journal/?space={eve.name}")
        assert "read Health, 1 record, for “Giving you advice” unusual" in text(browser)
