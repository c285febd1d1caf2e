"""The page of the journal: sentences, what has left, and what is unusual, without scripts."""

import re
import sqlite3
from contextlib import closing
from urllib.parse import urlencode

import pytest
from access_pages import ADVICE, enter, given, press, state_of, text

from pod.agreements import GrantState, Item
from pod.flows.journal_file import LONGEST
from pod.web.account.pages.journal_values import SHOWN
from pod.web.ui.told import short


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
        assert browser.title == f"Journal of {eve.name.capitalize()}"
        assert (
            f"{short(reader.webid)} read Bank, 6 records, 3 times, for “Giving you advice”" in said
        )
        assert f"{short(reader.webid)}: reading Health was refused" in said
        assert "Access given" in said
        assert "advise you on your spending" in said

    @pytest.mark.spec("Self Data B5")
    def test_the_sheet_of_a_month_adds_up_what_has_left(self, world, browser, eve, reader):
        given(world, eve, reader)
        sizes = [len(reader.get(eve.storage + "data/bank/a.ttl").body) for _ in range(3)]
        enter(browser, eve)
        found = browser.open(f"/.account/journal.json?space={eve.name}").json()["outflow"]
        assert found == [
            {
                "category": "Bank",
                "who": short(reader.webid),
                "purpose": "Giving you advice",
                "answers": 3,
                "rows": 6,
                "bytes": sum(sizes),
            }
        ]
        browser.open(f"/.account/journal/?space={eve.name}")
        sheet = browser.page.text.partition('id="sheet"')[2]
        cells = re.findall(r"<td[^>]*>(.*?)</td>", sheet)
        assert cells == [
            "Bank",
            short(reader.webid),
            "Giving you advice",
            "3",
            "6",
            f"{sum(sizes):,}",
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
        month = re.search(r"file\?[^\"]*month=(\d{4}-\d\d)", browser.page.text).group(1)
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
        assert f"{short(reader.webid)}: sensitive data were read, Health" in said
        assert f"{short(reader.webid)}: first access to your space" in said
        browser.open(f"/.account/journal/?space={eve.name}")
        assert "read Health, 1 record, for “Giving you advice” unusual" in text(browser)

    def test_what_is_too_long_for_a_page_or_a_file_goes_on(self, world, browser, eve):
        entry = world.journal(eve.name)[-1]
        lines = [entry._replace(target=f"x/{n % 250}", categories=()) for n in range(LONGEST + 1)]

        def work(tx):
            for line in lines:
                tx.note(line)

        world.run(world.pod(eve.name).store.write(work))
        enter(browser, eve)
        browser.open(f"/.account/journal/?space={eve.name}")
        first = browser.page.text
        link = re.search(r'<a href="([^"]+)">Earlier', first).group(1)
        browser.open(link.replace("&amp;", "&"))
        assert ">Earlier<" not in browser.page.text
        shown = [re.findall(r'id="line-(\d+)"', page) for page in (first, browser.page.text)]
        assert (len(shown[0]), set(shown[0]) & set(shown[1])) == (SHOWN, set())
        browser.open(f"/.account/journal/file?space={eve.name}&as=csv")
        rest = re.search('<([^>]+)>; rel="next"', browser.page.headers["Link"]).group(1)
        assert browser.page.text.count("\r\n") == LONGEST + 1
        browser.open(rest)
        assert "Link" not in browser.page.headers
